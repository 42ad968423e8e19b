"""A person's own kinds -> kinds like those of the catalogue."""

import functools
import re

from launchready.catalog.kinds import Kind, Pattern, Token
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.custom.settings import CustomKind


@functools.cache
def every_kind(custom: tuple[CustomKind, ...]) -> tuple[Kind, ...]:
    """A person's own kinds, then the catalogue: of two for one value the own one counts."""
    return (*own_kinds(custom), *KINDS)


@functools.cache
def own_kinds(custom: tuple[CustomKind, ...]) -> tuple[Kind, ...]:
    """The kinds that these settings describe; they have passed `refusals`."""
    return tuple(map(kind_of, custom))


def kind_of(own: CustomKind) -> Kind:
    """The kind that one entry describes."""
    return Kind(
        id=own.id,
        title=own.title,
        opens=own.opens,
        revoke=own.revoke,
        format=Token(shapes=(own.shape,)) if own.shape else _pattern(own.regex or ""),
        reference="",
    )


def _pattern(regex: str) -> Pattern:
    """The expression, found by the texts that every match holds."""
    from launchready.steps.secret_scan.expressions import measure
    from launchready.steps.secret_scan.expressions.parse import parse
    from launchready.steps.secret_scan.expressions.write import write

    tree = parse(regex)
    literals = measure.literals(tree)
    return Pattern(
        regex=write(tree),
        anchor="|".join(map(re.escape, literals)),
        literals=literals,
        samples=(),
        is_caseless=True,
        reach=measure.longest(tree) or 0,
    )
