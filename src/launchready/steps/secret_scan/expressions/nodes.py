"""A regular expression as a tree. Only what a machine without memory can match is in it."""

import enum
from dataclasses import dataclass

LAST = 0x10FFFF
"""The last character there is."""

Ranges = tuple[tuple[int, int], ...]


class At(enum.Enum):
    """A place between two characters."""

    TEXT_START = r"\A"
    TEXT_END = r"\Z"
    LINE_START = r"(?m:^)"
    LINE_END = r"(?m:$)"
    WORD_EDGE = r"\b"
    NO_WORD_EDGE = r"\B"


@dataclass(frozen=True, kw_only=True)
class One:
    """One character out of `ranges`: ascending, apart, both ends included."""

    ranges: Ranges


@dataclass(frozen=True, kw_only=True)
class Edge:
    """Nothing, at a certain place."""

    at: At


@dataclass(frozen=True, kw_only=True)
class Row:
    """One after the other."""

    items: tuple["Node", ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several."""

    options: tuple["Node", ...]


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """The same thing `least` to `most` times; None is without a limit."""

    item: "Node"
    least: int
    most: int | None
    is_lazy: bool = False


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group with a name."""

    name: str
    item: "Node"


Node = One | Edge | Row | Choice | Repeat | Group


def joined(pairs: list[tuple[int, int]]) -> Ranges:
    """Ranges in any order as ascending ones that are apart."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(pairs):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def inverted(ranges: Ranges) -> Ranges:
    """All other characters."""
    found, first = [], 0
    for low, high in ranges:
        if low > first:
            found.append((first, low - 1))
        first = high + 1
    return (*found, (first, LAST)) if first <= LAST else tuple(found)


def caseless(ranges: Ranges) -> Ranges:
    """The same, and the other case of every letter from A to Z."""
    pairs = list(ranges)
    for low, high in ranges:
        for first, shift in ((0x41, 0x20), (0x61, -0x20)):
            start, end = max(low, first), min(high, first + 25)
            if start <= end:
                pairs.append((start + shift, end + shift))
    return joined(pairs)
