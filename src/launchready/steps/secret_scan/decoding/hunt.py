"""Finds where secrets may be hidden with nothing but Python: for texts that no library searches.

In place of every form of every needle it decodes what looks encoded, many runs at once, and looks
for the needles there: chance makes no readable text.
"""

import binascii
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from itertools import accumulate

from launchready.catalog.kinds import Kind
from launchready.steps.secret_scan.decoding import anchors
from launchready.steps.secret_scan.decoding.encodings import ENCODINGS, Encoding
from launchready.steps.secret_scan.decoding.forms import twice_base64_forms
from launchready.steps.secret_scan.decoding.needles import Needle, literal, needles, regex

Found = tuple[int, Encoding]

_FEWEST_SIGNS = 22  # base64 of the shortest token, 16 bytes
_FEWEST_DIGITS = 32
_READABLE_LENGTH = 16
_NEAR = 200


def _table(members: str) -> bytes:
    """For `bytes.translate`: the members become `A`, all else a blank."""
    allowed = re.compile(f"[{members}]")
    return bytes(0x41 if allowed.match(chr(code)) else 0x20 for code in range(256))


_SIGNS = _table(r"A-Za-z0-9+/_\-")
_DIGITS = _table("0-9a-fA-F")
_READABLE = _table(r"\x20-\x7e\t\r\n")
_GROUPS = tuple(b"A" * (4 + more) for more in range(4))
"""What fills a run's last group up, and parts it from the next run."""
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")

# What an expression's matches hold, in small letters; those without begin with a literal.
_MARKS = {
    anchors.PERCENT[1]: (b"%2f%2f",),
    anchors.ESCAPES[1]: (b"\\u",),
    anchors.ESCAPES[2]: (b"\\u002f\\u002f",),
    anchors.ENTITIES[2]: (b"&#47;&#47;", b"&#x2f;&#x2f;", b"&sol;&sol;"),
    anchors.CHUNK[0]: (b"txt",),
}
_WRITTEN = tuple(
    (encoding, expression)
    for encoding, expressions in anchors.WRITTEN.items()
    if encoding is not Encoding.PIECES
    for expression in expressions
)
_OPERATORS = tuple(
    re.compile(rf"{re.escape(sign)} ?[rbufRBUF]?[\"'`]".encode("ascii")) for sign in "+.&>~|"
)
_RUN = re.compile(anchors.RUN.encode("ascii"))
_BEFORE_OPERATOR = re.compile(rb"[\"'`] ?[.<|]?\Z")
_ADJACENT = (b'" "', b"' '", b"` `")
_LINE_START = re.compile(
    rf"\n[ \t]{{0,60}}(?:\+ ?|\. ?|& ?|<> |\|\| ?)?[rbufRBUF]?[\"'`]{anchors.RUN}".encode("ascii")
)
_LINE_ENDS = tuple(
    (re.compile(rf"{re.escape(sign)}\r?\n".encode("ascii")), re.compile(before.encode("ascii")))
    for signs, before in (
        ("+.&~>|\\", rf"{anchors.RUN}[\"'`] ?[<|]?\Z|[A-Za-z0-9_\-]\Z"),
        ("\"'`", rf"{anchors.RUN}\Z"),
    )
    for sign in signs
)


class Hunt:
    """See `candidates`."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._kinds = tuple(kinds)

    def candidates(self, text: bytes, lowered: bytes) -> Iterator[tuple[int, int]]:
        """Positions at which the anchors of hidden secrets may match, each with its number."""
        numbers = {encoding: len(self._kinds) + at for at, encoding in enumerate(ENCODINGS)}
        found = (*self._coded(text), *_written(text, lowered), *_joined(text))
        for position, encoding in found:
            yield position, numbers[encoding]

    @cached_property
    def _needles(self) -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
        every: tuple[Needle, ...] = needles(self._kinds)
        return tuple((literal(needle), re.compile(regex(needle))) for needle in every)

    @cached_property
    def _twice(self) -> tuple[bytes, ...]:
        return twice_base64_forms(needles(self._kinds))

    def _coded(self, text: bytes) -> Iterator[Found]:
        runs = _runs(text, _SIGNS, _FEWEST_SIGNS)
        if not runs:
            return
        for position in self._in_base64(text, runs):
            yield position, Encoding.BASE64
        signs = b"\n".join(text[low:high] for low, high in runs)
        starts = list(accumulate((high - low + 1 for low, high in runs), initial=0))
        for low, high in _runs(signs, _DIGITS, _FEWEST_DIGITS):
            number = bisect_right(starts, low) - 1
            shift = runs[number][0] - starts[number]
            for first in (0, 1):
                digits = signs[low + first : high - (high - low - first) % 2]
                for at in self._needles_in(binascii.unhexlify(digits)):
                    yield low + shift + first + 2 * at, Encoding.HEX

    def _in_base64(self, text: bytes, runs: Sequence[tuple[int, int]]) -> Iterator[int]:
        """Where needles are in base64, once or twice."""
        for decoded, position in _decoded(text, runs):
            for at in self._needles_in(decoded):
                yield position(at)
            for low, high in _readable(decoded):
                zone = decoded[low:high]
                inner = _runs(zone, _SIGNS, _FEWEST_SIGNS)
                for again, within in _decoded(zone, inner) if inner else ():
                    for at in self._needles_in(again):
                        place = position(low + within(at))
                        near = text[max(0, place - _NEAR) : place + _NEAR]
                        if any(form in near for form in self._twice):
                            yield place

    def _needles_in(self, text: bytes) -> Iterator[int]:
        for low, high in _readable(text):
            zone = text[low:high]
            for letters, whole in self._needles:
                if letters in zone and (found := whole.search(zone)):
                    yield from (low + each.start() for each in whole.finditer(zone, found.start()))


def _decoded(
    text: bytes, runs: Sequence[tuple[int, int]]
) -> Iterator[tuple[bytes, Callable[[int], int]]]:
    """All runs decoded, by where their first group begins; and where a byte stood in `text`."""
    for first in range(4):
        groups = [_GROUPS[(first - high + low) % 4] for low, high in runs]
        signs = [
            text[low + first : high] + more for (low, high), more in zip(runs, groups, strict=True)
        ]
        starts = list(accumulate(map(len, signs), initial=0))
        spans = [(low + first, high) for low, high in runs]
        decoded = binascii.a2b_base64(b"".join(signs).translate(_TO_STANDARD))
        yield decoded, _positions(spans, starts)


def _positions(spans: Sequence[tuple[int, int]], starts: Sequence[int]) -> Callable[[int], int]:
    def position(at: int) -> int:
        number = min(bisect_right(starts, at * 4 // 3) - 1, len(spans) - 1)
        return min(spans[number][0] + at * 4 // 3 - starts[number], spans[number][1] - 1)

    return position


def _runs(text: bytes, table: bytes, fewest: int) -> list[tuple[int, int]]:
    """The stretches of at least so many members of a table."""
    mask = text.translate(table)
    run = b"A" * fewest
    found = []
    start = mask.find(run)
    while start >= 0:
        end = mask.find(b" ", start + fewest)
        end = end if end >= 0 else len(mask)
        found.append((start, end))
        start = mask.find(run, end)
    return found


def _readable(text: bytes) -> list[tuple[int, int]]:
    return _runs(text, _READABLE, _READABLE_LENGTH)


def _written(text: bytes, lowered: bytes) -> Iterator[Found]:
    for encoding, expression in _WRITTEN:
        marks = _MARKS.get(expression)
        if marks is None or any(mark in lowered for mark in marks):
            for found in _compiled(expression).finditer(text):
                yield found.end() - 1, encoding


@cache
def _compiled(expression: str) -> re.Pattern[bytes]:
    return re.compile(expression.encode("ascii"))


def _joined(text: bytes) -> Iterator[Found]:
    """Where literals follow each other, in a line or over lines."""
    yield from ((position, Encoding.PIECES) for position in (*_in_line(text), *_over_lines(text)))


def _in_line(text: bytes) -> Iterator[int]:
    for operator in _OPERATORS:
        for found in operator.finditer(text):
            if _BEFORE_OPERATOR.search(text, max(0, found.start() - 3), found.start()):
                yield found.start()
    for quotes in _ADJACENT:
        at = text.find(quotes)
        while at >= 0:
            if _RUN.match(text, at + 3):
                yield at
            at = text.find(quotes, at + 1)


def _over_lines(text: bytes) -> Iterator[int]:
    """Lines that may go on with a literal of the line before, or be gone on with."""
    lines = b"\n" + text + b"\n"
    for found in _LINE_START.finditer(lines):
        yield found.end() - 2
    for end, before in _LINE_ENDS:
        for found in end.finditer(lines):
            if before.search(lines, max(0, found.start() - 16), found.start()):
                yield found.start() - 1
