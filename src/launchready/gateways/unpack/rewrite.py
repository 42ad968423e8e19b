"""Texts that stand in the way of themselves: wide encodings, and logs with colours and times."""

import codecs
import re

from launchready.gateways.unpack.magic import wide_encoding
from launchready.gateways.unpack.stream import CHUNK, Stream

_ORDER_MARK = "\ufeff"
COLOUR = b"\x1b["
# ECMA-48: control sequences, and the ends and beginnings of operating system commands, whose text
# (the address of a link) stays.
_CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")
_COMMAND = re.compile(rb"\x1b[\]PX^_]|\x1b\\|\x07")
# RFC 3339, as CI systems and `docker logs --timestamps` begin each line.
_TIME = rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?[ \t]"
_TIMES = re.compile(rb"^(?:\xef\xbb\xbf)?" + _TIME, re.MULTILINE)
_TIMED_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(?:" + _TIME + rb"[^\n]*\n){2}")
_LOG_BLOCK = 1 << 18


def narrow(stream: Stream, head: bytes) -> Stream | None:
    """A stream of UTF-8 for one in UTF-16 or UTF-32; None if it is neither."""
    name = wide_encoding(head)
    if name is None:
        return None
    decoder = codecs.getincrementaldecoder(name)("replace")
    is_open = is_first = True

    def read(count: int) -> bytes:
        nonlocal is_open, is_first
        while is_open:
            content = stream.read(max(4, min(count, CHUNK)))
            is_open = bool(content)
            text = decoder.decode(content, final=not content)
            if is_first:
                is_first, text = not text, text.removeprefix(_ORDER_MARK)
            if text:
                return text.encode("utf-8", "replace")
        return b""

    return Stream(read)


def needs_cleaning(head: bytes) -> bool:
    """Whether a text that begins so is a log with colours or with a time in front of each line."""
    return (COLOUR in head and b"\0" not in head) or _TIMED_HEAD.match(head) is not None


def clean(stream: Stream, head: bytes) -> Stream:
    """The lines of a log as they were written, the same number of them."""
    is_timed = _TIMED_HEAD.match(head) is not None
    rest = b""

    def read(count: int) -> bytes:
        del count
        nonlocal rest
        while True:
            content = stream.read(_LOG_BLOCK)
            block = rest + content
            end = len(block) if not content else block.rfind(b"\n") + 1
            if not end and len(block) > 2 * _LOG_BLOCK:
                end = len(block)
            rest = block[end:]
            if cleaned := _cleaned(block[:end], is_timed=is_timed):
                return cleaned
            if not content:
                return b""

    return Stream(read)


def _cleaned(block: bytes, *, is_timed: bool) -> bytes:
    if COLOUR in block:
        block = _COMMAND.sub(b" ", _CONTROL.sub(b"", block))
    return _TIMES.sub(b"", block) if is_timed else block
