"""Text on its way to a scanner: many short texts in one buffer, or a part of a long one.

The buffers are used again: a batch or part is valid until the next one is asked for.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class TextBatch:
    """Whole texts side by side in `buffer[:length]`, in ascending order, with a line end or more
    between them. Text number `sources[i]` is `buffer[starts[i]:ends[i]]`.
    """

    buffer: bytearray
    length: int
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class TextPart:
    """`buffer[:length]` is a part of text number `source` that begins at its byte `offset`.

    Parts overlap. Each byte of the text is in `own_start:own_end` (offsets in `buffer`) of exactly
    one part, and there has at least `SEAM_BYTES` of the text before and after it, or all there is.
    `lines_before` is the number of line ends before the part; `columns_before` the characters of
    the line that is open where it begins.
    """

    buffer: bytearray
    length: int
    source: int
    offset: int
    own_start: int
    own_end: int
    lines_before: int
    columns_before: int
    is_last: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreadable:
    """Text number `source` could not be read, or not to its end."""

    source: int
    reason: str
    hint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Skipped:
    """Text number `source` holds no content of this repository, so there is nothing to read."""

    source: int
    reason: str


Text = TextBatch | TextPart | Unreadable | Skipped
