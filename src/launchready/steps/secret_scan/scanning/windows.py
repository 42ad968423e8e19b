"""Cuts the few lines around a candidate out of a text, so that only they are judged."""

from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern
from launchready.frozen import frozen
from launchready.steps.secret_scan.formats import formats

_LINE_REACH = 2048
_GRID = 1024
MOST_REACH = 48 * 1024
"""Bytes. A match and the line around it must fit into the seam between two parts of a long text."""


@frozen
class Window:
    """`buffer[low:high]`. `is_cut_low` and `is_cut_high` say that the text goes on in that line."""

    low: int
    high: int
    is_cut_low: bool
    is_cut_high: bool

    def holds_whole(self, start: int, end: int) -> bool:
        """Whether a value at these offsets of the buffer is surely not cut off by the window."""
        return not (
            (self.is_cut_low and start - self.low < _MARGIN)
            or (self.is_cut_high and self.high - end < _MARGIN)
        )


_MARGIN = 256  # bytes; as far as the name of a value and its operator may stand before it


@frozen
class Reach:
    """How far around a position of a kind's anchor its matches may lie.

    `size` is in bytes. `lines` is how many lines they may spread over, beyond the one of the
    position, in both directions; None is any number.
    """

    size: int
    lines: int | None


def reach_of(kind: Kind) -> Reach:
    """A token stands in one line; a value may stand in the line below its name."""
    size = min(formats.reach(kind) + 2 * _MARGIN, MOST_REACH)
    match kind.format:
        case Pattern():
            return Reach(size=size, lines=None)
        case Assigned() | Keyword():
            return Reach(size=max(size, _LINE_REACH), lines=1)
        case _:
            return Reach(size=size, lines=0)


def short_window(
    buffer: bytearray, start: int, end: int, position: int, reach: Reach
) -> tuple[int, int, int] | None:
    """What `cut_window` cuts where lines are whole, and where the line of `position` ends.

    None where they are not, or any number of lines counts. This is asked for every candidate.
    """
    if reach.lines is None:
        return None
    low = max(start, position - reach.size)
    high = min(end, position + reach.size)
    first = buffer.rfind(b"\n", low, position)
    if reach.lines and first >= 0:
        first = buffer.rfind(b"\n", low, first)
    line_end = last = buffer.find(b"\n", position, high)
    if reach.lines and last >= 0:
        last = buffer.find(b"\n", last + 1, high)
    if (first < 0 and low > start) or (last < 0 and high < end):
        return None
    return (
        first + 1 if first >= 0 else start,
        last if last >= 0 else end,
        line_end if line_end >= 0 else end,
    )


def cut_window(buffer: bytearray, start: int, end: int, position: int, reach: Reach) -> Window:
    """The window for an anchor at `position` in the text `buffer[start:end]`.

    Whole lines where they are short. In a long line the edges lie on a grid, so that neighbours
    share a window and the same stretch is not judged twice.
    """
    low = max(start, position - reach.size)
    high = min(end, position + reach.size)
    if reach.lines is None:
        low = _line_start(buffer, start, low)
        high = _line_end(buffer, end, high)
    else:
        low = _after_line_ends(buffer, low, position, reach.lines + 1)
        high = _before_line_ends(buffer, position, high, reach.lines + 1)
    return _on_grid(buffer, start, end, low, high)


def _line_start(buffer: bytearray, start: int, offset: int) -> int:
    """Where the line of `offset` starts, or `offset` if that is far away."""
    nearest = max(start, offset - _LINE_REACH)
    found = buffer.rfind(b"\n", nearest, offset) + 1
    return found or (start if nearest == start else offset)


def _line_end(buffer: bytearray, end: int, offset: int) -> int:
    """Where the line of `offset` ends, or `offset` if that is far away."""
    farthest = min(end, offset + _LINE_REACH)
    found = buffer.find(b"\n", offset, farthest)
    return found if found >= 0 else (end if farthest == end else offset)


def _after_line_ends(buffer: bytearray, low: int, position: int, count: int) -> int:
    """The offset behind the `count`th line end before `position`, but not under `low`."""
    for _ in range(count):
        position = buffer.rfind(b"\n", low, position)
        if position < 0:
            return low
    return position + 1


def _before_line_ends(buffer: bytearray, position: int, high: int, count: int) -> int:
    """The offset of the `count`th line end from `position` on, but not over `high`."""
    position -= 1
    for _ in range(count):
        position = buffer.find(b"\n", position + 1, high)
        if position < 0:
            return high
    return position


def _on_grid(buffer: bytearray, start: int, end: int, low: int, high: int) -> Window:
    is_cut_low = low > start and buffer[low - 1] != 0x0A
    is_cut_high = high < end and buffer[high] != 0x0A
    if is_cut_low:
        low = start + (low - start) // _GRID * _GRID
    if is_cut_high:
        high = min(end, start - (start - high) // _GRID * _GRID)
    return Window(
        low=low,
        high=high,
        is_cut_low=is_cut_low and low > start,
        is_cut_high=is_cut_high and high < end,
    )
