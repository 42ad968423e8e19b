"""Undoes one encoding in a stretch of text, and knows where each decoded byte stood."""

import binascii
import re
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from launchready.steps.secret_scan.decoding.encodings import Encoding
from launchready.steps.secret_scan.decoding.joins import Openings, joins
from launchready.steps.secret_scan.decoding.manifests import values

Span = tuple[int, int]

_READABLE = re.compile(rb"[\x20-\x7e\t\r\n]{16}")
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_SIGNS = re.compile(rb"[A-Za-z0-9+/_\-]")
_NO_SIGNS = _SIGNS.sub(b"", bytes(range(256)))
_HEX = re.compile(rb"[0-9A-Fa-f]{2}")
_MOST_INFLATED = 1 << 18
_CHUNK = re.compile(
    rb"(?s)(?P<length>....)(?P<type>zTXt[^\0]{1,79}\0\0|"
    rb"iTXt[^\0]{1,79}\0\1\0[^\0]{0,80}\0[^\0]{0,999}\0)"
)

_UNITS = {
    Encoding.PERCENT: re.compile(rb"%([0-9A-Fa-f]{2})"),
    Encoding.ESCAPES: re.compile(
        rb"\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\[uU]\{([0-9A-Fa-f]{1,8})\}|"
        rb"\\U([0-9A-Fa-f]{8})|\\(/)"
    ),
    Encoding.ENTITIES: re.compile(
        rb"&#[xX]([0-9A-Fa-f]{1,8});|&#([0-9]{1,9});|&([A-Za-z][A-Za-z0-9]{1,12};)"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A decoded text. `origin` says where the bytes from one offset to another stood.

    `claimed` are stretches of the original that mean nothing as they stand.
    """

    text: bytes
    origin: Callable[[int, int], Span]
    claimed: tuple[Span, ...] = ()


def decode(encoding: Encoding, window: bytes, openings: Openings) -> Iterator[Decoded]:
    """What the window says once the encoding is undone; nothing where it is not in use."""
    match encoding:
        case Encoding.BASE64:
            yield from _from_base64(window)
        case Encoding.HEX:
            yield from _from_hex(window)
        case Encoding.PERCENT | Encoding.ESCAPES | Encoding.ENTITIES:
            yield _from_units(window, encoding)
        case Encoding.PIECES:
            yield from _from_pieces(window, openings)
        case Encoding.MANIFEST:
            yield from _from_manifest(window)
        case Encoding.CHUNK:
            yield from _from_chunk(window)


def _from_base64(window: bytes) -> Iterator[Decoded]:
    """The readable ones of the four texts that the signs are, by where the first group begins."""
    signs = window.translate(_TO_STANDARD, _NO_SIGNS)
    for first in range(4):
        last = len(signs) - ((len(signs) - first) % 4 == 1)
        group = signs[first:last]
        text = binascii.a2b_base64(group + b"=" * (-len(group) % 4))
        if _READABLE.search(text):
            yield Decoded(text=text, origin=partial(_base64_origin, window, first))


def _base64_origin(window: bytes, first: int, start: int, end: int) -> Span:
    """Byte i is the bits from 8 i on; a sign holds 6 of them."""
    places = [found.start() for found in _SIGNS.finditer(window)]
    return places[first + start * 8 // 6], places[first + (end * 8 - 1) // 6] + 1


def _from_hex(window: bytes) -> Iterator[Decoded]:
    for first in (0, 1):
        digits = window[first : len(window) - (len(window) - first) % 2]
        text = binascii.unhexlify(digits)
        if _READABLE.search(text):
            yield Decoded(text=text, origin=partial(_hex_origin, first))


def _hex_origin(first: int, start: int, end: int) -> Span:
    return first + 2 * start, first + 2 * end


def _from_units(window: bytes, encoding: Encoding) -> Decoded:
    """Each unit stands for one character; what is none stays as it is."""
    replaced = (
        (*unit.span(), _character(unit, encoding)) for unit in _UNITS[encoding].finditer(window)
    )
    return _replaced(window, replaced)


def _character(unit: re.Match[bytes], encoding: Encoding) -> bytes:
    given = next(filter(None, unit.groups())).decode("ascii")
    if given == "/":
        return b"/"
    if given.endswith(";"):
        from html.entities import html5

        return html5.get(given, unit[0].decode("ascii")).encode()
    is_decimal = encoding is Encoding.ENTITIES and unit[2] is not None
    number = int(given, 10 if is_decimal else 16)
    if encoding is Encoding.PERCENT:
        return bytes([number])
    return chr(number).encode("utf-8", "replace") if number < 0x110000 else b"?"


def _from_pieces(window: bytes, openings: Openings) -> Iterator[Decoded]:
    found = joins(window)
    if found and openings.are_telling(window, found):
        yield _replaced(window, ((*join.span(), b"") for join in found))


def _replaced(window: bytes, changes: Iterable[tuple[int, int, bytes]]) -> Decoded:
    """The window with stretches, in ascending order, replaced."""
    text = bytearray()
    pieces: list[tuple[int, int, int]] = []
    at = 0
    for start, end, written in changes:
        pieces.append((len(text), at, start))
        text += window[at:start]
        pieces.append((len(text), start, end))
        text += written
        at = end
    pieces.append((len(text), at, len(window)))
    text += window[at:]
    return Decoded(text=bytes(text), origin=partial(_replaced_origin, pieces))


def _replaced_origin(pieces: Sequence[tuple[int, int, int]], start: int, end: int) -> Span:
    """Every other piece is as it was; what was replaced stands for all that is written there."""
    first = bisect_right(pieces, start, key=_offset) - 1
    last = bisect_right(pieces, end - 1, key=_offset) - 1
    written, low, _ = pieces[first]
    begin = low + start - written if first % 2 == 0 else low
    written, low, high = pieces[last]
    return begin, low + end - written if last % 2 == 0 else high


def _offset(piece: tuple[int, int, int]) -> int:
    return piece[0]


def _from_manifest(window: bytes) -> Iterator[Decoded]:
    """One line per value: its name, and what its base64 says."""
    text = bytearray()
    lines: list[tuple[int, int, Span]] = []
    for value in values(window):
        text += value.name + value.opening
        lines.append((len(text), len(text) + len(value.text), value.span))
        text += value.text + value.closing
    if lines:
        yield Decoded(
            text=bytes(text),
            origin=partial(_manifest_origin, lines),
            claimed=tuple(span for _, _, span in lines),
        )


def _manifest_origin(lines: list[tuple[int, int, Span]], start: int, end: int) -> Span:
    """The whole of the values that the bytes are of."""
    touched = [span for first, last, span in lines if first < end and start < last]
    return touched[0][0], touched[-1][1]


def _from_chunk(window: bytes) -> Iterator[Decoded]:
    """The text of the compressed chunks `zTXt` and `iTXt` (PNG specification, section 11.3.3)."""
    for head in _CHUNK.finditer(window):
        first, last = head.end(), head.start("type") + 4 + int.from_bytes(head["length"], "big")
        try:
            text = zlib.decompressobj().decompress(window[first:last], _MOST_INFLATED)
        except zlib.error:
            continue
        span = first, min(last, len(window))
        yield Decoded(text=text, origin=partial(_whole, span))


def _whole(span: Span, start: int, end: int) -> Span:
    del start, end
    return span
