"""Cuts a text too long for one buffer into parts that overlap, in bounded memory."""

from collections.abc import Callable, Iterator

from launchready.facts.text import TextPart

BATCH_BYTES = 1 << 20
SEAM_BYTES = 1 << 16
PART_BYTES = 2 << 20

ReadInto = Callable[[memoryview], int]
"""Fills the front of a view and says how many bytes it wrote: 0 only at the end of the text."""


def fill(view: memoryview, read_into: ReadInto) -> int:
    """Read until the view is full or the text ends; the number of bytes read."""
    filled = 0
    while filled < len(view):
        count = read_into(view[filled:])
        if not count:
            break
        filled += count
    return filled


def cut_into_parts(
    source: int, read_into: ReadInto, part_bytes: int = PART_BYTES, seam_bytes: int = SEAM_BYTES
) -> Iterator[TextPart]:
    """The parts of a text; `part_bytes`, over three seams, is the size of the buffer."""
    buffer = bytearray(part_bytes)
    view = memoryview(buffer)
    filled = offset = own_start = lines_before = columns_before = 0
    while True:
        filled += fill(view[filled:], read_into)
        is_last = filled < part_bytes
        own_end = filled if is_last else filled - seam_bytes
        yield TextPart(
            buffer=buffer,
            length=filled,
            source=source,
            offset=offset,
            own_start=own_start,
            own_end=own_end,
            lines_before=lines_before,
            columns_before=columns_before,
            is_last=is_last,
        )
        if is_last:
            return
        gone = own_end - seam_bytes
        lines = buffer.count(b"\n", 0, gone)
        open_line = buffer.rfind(b"\n", 0, gone) + 1
        columns_before = characters(view[open_line:gone]) + (0 if lines else columns_before)
        lines_before += lines
        view[: filled - gone] = view[gone:filled]
        filled, offset, own_start = filled - gone, offset + gone, seam_bytes


def characters(text: bytes | bytearray | memoryview) -> int:
    """How many characters UTF-8 text has, that is bytes that continue no other byte (RFC 3629)."""
    whole = bytes(text)
    return len(whole) if whole.isascii() else len(whole.translate(None, _CONTINUATION))


_CONTINUATION = bytes(range(0x80, 0xC0))
