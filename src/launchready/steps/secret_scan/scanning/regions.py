"""A text that is scanned, and what was found where in it."""

from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.steps.secret_scan.decoding.encodings import Encoding
from launchready.steps.secret_scan.scanning.sightings import Source

if TYPE_CHECKING:
    from launchready.steps.secret_scan.judging.confirm import Hit


@frozen
class Region:
    """A text, or a part of one: `buffer[start:end]`. The rest is as in `TextPart`."""

    buffer: bytearray
    start: int
    end: int
    source: Source
    lines_before: int = 0
    columns_before: int = 0


@frozen
class Located:
    """A hit with its value's offsets in the buffer.

    Of a hidden one these are where its encoded form stands; `encodings` are from the outermost on,
    and `decoded` is the value.
    """

    kind: int
    start: int
    end: int
    hit: "Hit"
    encodings: tuple[Encoding, ...] = ()
    decoded: bytes = b""
