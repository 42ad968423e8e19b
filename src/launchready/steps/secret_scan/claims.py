"""Which kind a value belongs to where several would report it: the more specific one."""

import functools
import re

from launchready.catalog.kinds import Assigned, Keyword, Kind, Token
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan import assignment, names, shapes


def by_token(value: str) -> bool:
    """Whether the value is, or holds, a token that its own look gives away."""
    return bool(_tokens().search(value))


def by_name(kind: Kind, name: str, value: str) -> bool:
    """Whether an earlier kind of the catalogue is told by this name and takes this value."""
    parts = "_".join(names.words(name))
    for earlier in KINDS:
        if earlier is kind:
            return False
        match earlier.format:
            case Assigned(names=known, shapes=forms):
                if _word(known).search(parts) and any(_shape(s).fullmatch(value) for s in forms):
                    return True
            case Keyword(names=known, minimum=minimum):
                if len(value) >= minimum and names.holds_secret(name, known):
                    return True
    return False


@functools.cache
def _tokens() -> re.Pattern[str]:
    forms = [
        form for kind in KINDS if isinstance(kind.format, Token) for form in kind.format.shapes
    ]
    bodies = "|".join(shapes.regex(form) for form in dict.fromkeys(forms))
    return re.compile(f"(?<![A-Za-z0-9_])(?:{bodies})(?![A-Za-z0-9_])|^eyJ|^-----BEGIN")


@functools.cache
def _word(known: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(assignment.word_regex(known))


@functools.cache
def _shape(form: str) -> re.Pattern[str]:
    return re.compile(shapes.regex(form))
