"""Masks tokens in names: a file, a branch or an author may be called by a secret."""

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from launchready.catalog import shapes
from launchready.catalog.kinds import Token
from launchready.catalog.secrets import KINDS
from launchready.facts.secret import MASK, CommitFacts, SecretFacts
from launchready.model import FileLocation, Location, Unchecked

# What stands behind a match may be the rest of a longer token.
_REST = r"[A-Za-z0-9_=~\-]*"

Span = tuple[int, int, str]
"""Where a token starts and ends, and what of it its provider publishes."""


@functools.lru_cache(maxsize=4096)
def public(name: str) -> str:
    """The name without the tokens in it; of each the prefix stays that its provider publishes."""
    written, at = "", 0
    for start, end, prefix in sorted(_tokens(name), key=lambda span: (span[0], -span[1])):
        if start >= at:
            written += f"{name[at:start]}{prefix}{MASK}"
        at = max(at, end)
    return written + name[at:]


def public_fact(fact: SecretFacts) -> SecretFacts:
    """The fact with every name in it public."""
    return replace(
        fact,
        location=_location(fact.location),
        others=tuple(map(_location, fact.others)),
        present=tuple(map(public, fact.present)),
        introduced=_commit(fact.introduced) if fact.introduced else None,
        delivered_in=public(fact.delivered_in),
        left_in=public(fact.left_in),
        branches=tuple(map(public, fact.branches)),
        markers=tuple(replace(each, path=public(each.path)) for each in fact.markers),
    )


def public_gap(gap: Unchecked) -> Unchecked:
    """The same with public names."""
    return replace(gap, target=public(gap.target), reason=public(gap.reason), hint=public(gap.hint))


def _location(location: Location) -> Location:
    if isinstance(location, FileLocation):
        return replace(location, path=public(location.path))
    return location


def _commit(commit: CommitFacts) -> CommitFacts:
    return replace(commit, author=public(commit.author))


def _tokens(name: str) -> Iterator[Span]:
    """The matches of every published shape; they overlap where one shape is the beginning of
    another, and the longer one may hold signs that end the shorter one.
    """
    for form, literal in _published().items():
        if literal in name:
            prefix = shapes.prefix(form)
            yield from ((*found.span(), prefix) for found in _regex(form).finditer(name))


@functools.cache
def _published() -> dict[str, str]:
    """Every shape, with the text that all of its tokens hold: most names hold none of these."""
    return {
        form: shapes.literal(form)
        for kind in KINDS
        if isinstance(kind.format, Token)
        for form in kind.format.shapes
    }


@functools.cache
def _regex(form: str) -> re.Pattern[str]:
    return re.compile(shapes.regex(form) + _REST)
