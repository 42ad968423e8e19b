"""Which kind a value belongs to where several would report it: the more specific one."""

import functools
import itertools
import re

from launchready.catalog import shapes
from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.catalog.secrets import KINDS
from launchready.regex import Regex
from launchready.steps.secret_scan.formats import assignment, formats
from launchready.steps.secret_scan.judging import checksums, names
from launchready.steps.secret_scan.judging.candidates import Candidate

_NEAR = 400
_LONGEST_TOKEN = 1500
# Prefixes that many providers have, or that are too short to tell.
_ANYBODY_S = Regex(r".{0,3}|(?:(?:[aps]k|key|live|test|api|sdk|pat|sat|secret|console)[_\-.]?)+")


def by_other(candidate: Candidate) -> bool:
    """Whether a kind that knows more of the value reports it already."""
    return by_format(candidate) or by_name(candidate.kind, candidate.name, candidate.value)


def by_format(candidate: Candidate) -> bool:
    """Whether the value is a token, or part of a pattern, that its look gives away.

    A person's own kind is told before any of the catalogue, so none claims its values.
    """
    if candidate.kind.id not in _known_ids():
        return False
    return by_token(candidate.value) or _by_pattern(candidate)


def by_token(value: str) -> bool:
    """Whether the value is, or holds, a token that its own look gives away."""
    return len(value) <= _LONGEST_TOKEN and bool(_tokens().search(value))


def by_prefix(value: str) -> bool:
    """Whether the value begins as a provider's tokens do; one that is none then is made up."""
    return value.startswith(_prefixes())


def by_name(kind: Kind, name: str, value: str) -> bool:
    """Whether an earlier kind of the catalogue is told by this name and takes this value."""
    lower = name.lower()
    for earlier in KINDS:
        if earlier.id == kind.id:  # not `is`: a worker that is no fork has kinds of its own
            return False
        match earlier.format:
            case Assigned(names=known, shapes=forms):
                if _word(known).search(lower) and any(_shape(s).fullmatch(value) for s in forms):
                    return True
            case Keyword(minimum=minimum) as keyword:
                if len(value) >= minimum and names.holds_secret(
                    name, keyword.names, is_whole=keyword.is_whole_name
                ):
                    return True
    return False


def _by_pattern(candidate: Candidate) -> bool:
    """Whether the value stands where an earlier pattern takes it: a connection string, a key."""
    first = max(0, candidate.start - _NEAR)
    near = candidate.window[first : candidate.end + _NEAR]
    start, end = candidate.start - first, candidate.end - first
    return any(
        match.start("secret") < end and start < match.end("secret")
        for regex, checksum in _patterns(candidate.kind)
        for match in regex.finditer(near)
        if checksums.passes(checksum, match["secret"].decode("latin-1"))
    )


@functools.cache
def _known_ids() -> frozenset[str]:
    return frozenset(kind.id for kind in KINDS)


@functools.cache
def _tokens() -> re.Pattern[str]:
    forms = [
        form for kind in KINDS if isinstance(kind.format, Token) for form in kind.format.shapes
    ]
    bodies = "|".join(shapes.regex(form) for form in dict.fromkeys(forms))
    return re.compile(f"(?<![A-Za-z0-9_])(?:{bodies})(?![A-Za-z0-9_])")


@functools.cache
def _prefixes() -> tuple[str, ...]:
    known = {
        shapes.prefix(form)
        for kind in KINDS
        if isinstance(kind.format, Token)
        for form in kind.format.shapes
    }
    return tuple(sorted(prefix for prefix in known if not _ANYBODY_S.fullmatch(prefix)))


@functools.cache
def _patterns(kind: Kind) -> tuple[tuple[re.Pattern[bytes], str], ...]:
    earlier = itertools.takewhile(lambda other: other.id != kind.id, KINDS)
    return tuple(
        (formats.compiled(other), other.format.checksum)
        for other in earlier
        if isinstance(other.format, Pattern)
    )


@functools.cache
def _word(known: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(assignment.word_regex(known))


@functools.cache
def _shape(form: str) -> re.Pattern[str]:
    return re.compile(shapes.regex(form))
