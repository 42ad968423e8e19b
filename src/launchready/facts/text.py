"""Text on its way to a scanner: many short texts in one buffer, or a part of a long one.

The buffers are used again: a batch or part is valid until the next one is asked for.
"""

import enum
from dataclasses import field

from launchready.frozen import frozen


class Reading(enum.Enum):
    """How much of what stands in a text is to be believed.

    FORMATS is for a text whose parts are scanned by themselves as well: there its quotes and names
    are escaped, so that only what has a format of its own counts.
    """

    WHOLE = "whole"
    FORMATS = "formats"
    NOTHING = "nothing"


@frozen
class Inner:
    """A text inside an outer one, or that one itself read in another way.

    `path` is where, as in `OUTER!/INNER`. Without `has_columns` its lines are those of the file,
    its columns are not.
    """

    path: str
    reading: Reading = Reading.WHOLE
    has_columns: bool = True


@frozen
class TextBatch:
    """Whole texts side by side in `buffer[:length]`, in ascending order, with a line end or more
    between them. Text number `sources[i]` is `buffer[starts[i]:ends[i]]`.
    """

    buffer: bytearray
    length: int
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)


@frozen
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


@frozen
class Unreadable:
    """Text number `source` could not be read, or not to its end.

    `is_opaque`: its bytes were scanned, and what else may be in them nobody here can tell.
    """

    source: int
    reason: str
    hint: str
    is_opaque: bool = False


@frozen
class Skipped:
    """Text number `source` holds no content of this repository, so there is nothing to read."""

    source: int
    reason: str


Text = TextBatch | TextPart | Unreadable | Skipped
