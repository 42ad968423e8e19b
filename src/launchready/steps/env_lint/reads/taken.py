"""The variables that code takes, as reads: what tests of the same name and surroundings tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from launchready.facts.environment import Need, Read
from launchready.steps.env_lint.reads.code import Code
from launchready.steps.env_lint.reads.surroundings import doubt_at, place_at, variable_around

_MOST_NAMES = 100


@dataclass(eq=False, repr=False)
class Taken:
    """A read, and the bytes that run only where the variable is set."""

    read: Read
    at: int
    is_strict: bool
    protects: tuple[tuple[int, int], ...]


def reads_of(code: Code, taken: Sequence[Taken]) -> Iterator[Read]:
    """The reads; those that a test of the same name protects are not needed."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for each in taken:
        if each.protects:
            ranges.setdefault(each.read.name, []).extend(each.protects)
    for each in taken:
        protected = ranges.get(each.read.name, ())[:_MOST_NAMES]
        is_needed = each.read.need is Need.REQUIRED and not each.is_strict
        if is_needed and any(start <= each.at < end for start, end in protected):
            yield replace(each.read, need=Need.GUARDED)
        else:
            yield _in_its_place(code, each, is_needed=is_needed)


def _in_its_place(code: Code, each: Taken, *, is_needed: bool) -> Read:
    """The read with what its surroundings tell."""
    read = each.read
    if read.need is not Need.REQUIRED or not each.at:
        return read
    other = variable_around(code, each.at) if is_needed else ""
    other = "" if other == read.name else other
    return replace(
        read,
        beside=other,
        doubt=read.doubt or (None if other else doubt_at(code, each.at)),
        place=place_at(code, each.at),
    )
