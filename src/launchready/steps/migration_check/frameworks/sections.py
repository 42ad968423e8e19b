"""Files that hold an up and a down, told apart by lines with a mark.

What belongs to the other side is blanked, so that every statement keeps its place in the file.
"""

from collections.abc import Iterable

from launchready.frozen import frozen
from launchready.regex import Regex

_VISIBLE = Regex(r"[^\r\n]+")


@frozen
class Part:
    """`text[start:end]` belongs to one side: `up` or `down`, and is empty for neither."""

    side: str
    start: int
    end: int


def only(text: str, parts: Iterable[Part], side: str) -> str | None:
    """The text with nothing but one side in it, as long as before; None where it has no part."""
    pieces: list[str] = []
    is_there = False
    for part in parts:
        piece = text[part.start : part.end]
        is_its = part.side == side
        is_there |= is_its
        pieces.append(piece if is_its else blank(piece))
    return "".join(pieces) if is_there else None


def blank(text: str) -> str:
    """A text of the same length and lines in which nothing stands."""
    return str(_VISIBLE.sub(lambda match: " " * len(match[0]), text))
