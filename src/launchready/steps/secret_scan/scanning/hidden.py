"""Judges what is hidden at a candidate: undoes the encoding, and scans what then stands there."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from launchready.catalog.kinds import Kind, Pattern, Token
from launchready.steps.secret_scan.decoding.decode import Decoded, decode
from launchready.steps.secret_scan.decoding.encodings import ENCODINGS, Encoding
from launchready.steps.secret_scan.decoding.joins import Openings, is_over
from launchready.steps.secret_scan.decoding.needles import needles
from launchready.steps.secret_scan.engines.interface import Candidate, Engine
from launchready.steps.secret_scan.scanning.redact import Span
from launchready.steps.secret_scan.scanning.regions import Located, Region
from launchready.steps.secret_scan.scanning.windows import Reach, cut_window

_DEEPEST = 2
_MEMO_BYTES = 8 << 20
_BEFORE, _AFTER = 4096, 40 * 1024
"""Bytes of a run around its candidate: a key of 16 KB has 22 KB in base64 and 32 in hexadecimal."""
_MARGIN = 36 * 1024
_CUT = 2048

_SIGN = r"[A-Za-z0-9+/_\-]"
_RUNS = {
    Encoding.BASE64: re.compile(
        rf"{_SIGN}++(?:(?:\r?\n[ \t]*|\\r?\\n|\\){_SIGN}++)*+={{0,2}}".encode()
    ),
    Encoding.HEX: re.compile(rb"[0-9A-Fa-f]++"),
}
_FORMS_OF_SORTS = (("A", _SIGN), ("_", r"[ \t]"), ("|", r"[\r\n\\]"))
_SORTS = bytes(
    next(
        (ord(sort) for sort, form in _FORMS_OF_SORTS if re.match(form, chr(code))),
        ord("-"),
    )
    for code in range(256)
)
"""For `bytes.translate`: signs, blanks, what ends a line, and the rest."""
_REACHES = {
    Encoding.PERCENT: Reach(size=24 * 1024, lines=0),
    Encoding.ESCAPES: Reach(size=24 * 1024, lines=0),
    Encoding.ENTITIES: Reach(size=24 * 1024, lines=0),
    Encoding.PIECES: Reach(size=2048, lines=None),
    Encoding.MANIFEST: Reach(size=24 * 1024, lines=None),
}

Confirm = Callable[[Region, Sequence[Candidate]], Iterable[Located]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncovered:
    """The hits in a stretch, and the stretches of it that mean nothing as they stand."""

    hits: tuple[Located, ...] = ()
    claimed: tuple[Span, ...] = ()

    def moved(self, by: int) -> "Uncovered":
        """The same, with offsets of what the stretch is a part of."""
        return Uncovered(
            hits=tuple(replace(hit, start=hit.start + by, end=hit.end + by) for hit in self.hits),
            claimed=tuple((start + by, end + by) for start, end in self.claimed),
        )


@dataclass(kw_only=True)
class Hidden:
    """Uncovers what is hidden, for one scanner; what a stretch holds is remembered.

    `confirm` judges candidates in a text as it stands.
    """

    kinds: Sequence[Kind]
    engine: Engine
    confirm: Confirm
    _memo: dict[tuple[Encoding, int, bytes, str | None], Uncovered] = field(default_factory=dict)
    _memo_bytes: int = 0

    def __post_init__(self) -> None:
        self._openings = Openings(needles(tuple(self.kinds)))

    def uncover(self, region: Region, candidates: Iterable[Candidate], depth: int = 1) -> Uncovered:
        """All that is hidden at these candidates, in ascending order, each stretch once."""
        hits: list[Located] = []
        claimed: list[Span] = []
        done: dict[Encoding, int] = {}
        for position, number in candidates:
            encoding = ENCODINGS[number - len(self.kinds)]
            if position < done.get(encoding, -1) or not region.start <= position <= region.end:
                continue
            stretch = _stretch(region, min(position, region.end - 1), encoding)
            done[encoding] = stretch.done
            text = bytes(memoryview(region.buffer)[stretch.low : stretch.high])
            seen = self._remembered(encoding, text, region, depth).moved(stretch.low)
            hits += (hit for hit in seen.hits if hit.end <= stretch.whole)
            claimed += seen.claimed
        return Uncovered(hits=tuple(hits), claimed=tuple(claimed))

    def _remembered(self, encoding: Encoding, text: bytes, region: Region, depth: int) -> Uncovered:
        key = (encoding, depth, text, region.source.path)
        seen = self._memo.get(key)
        if seen is None:
            if self._memo_bytes > _MEMO_BYTES:
                self._memo.clear()
                self._memo_bytes = 0
            seen = self._memo[key] = self._look(encoding, text, region, depth)
            self._memo_bytes += len(text) + 200
        return seen

    def _look(self, encoding: Encoding, text: bytes, region: Region, depth: int) -> Uncovered:
        hits: dict[tuple[int, int, int], Located] = {}
        claimed: list[Span] = []
        for decoded in decode(encoding, text, self._openings):
            claimed += decoded.claimed
            for hit in self._inside(decoded, encoding, region, depth):
                hits.setdefault((hit.kind, hit.start, hit.end), hit)
        return Uncovered(hits=tuple(hits.values()), claimed=tuple(claimed))

    def _inside(
        self, decoded: Decoded, encoding: Encoding, region: Region, depth: int
    ) -> Iterator[Located]:
        """The hits in a decoded text, with offsets of what it was decoded from."""
        inner = replace(region, buffer=bytearray(decoded.text), start=0, end=len(decoded.text))
        candidates = sorted(self.engine.candidates(inner.buffer, inner.end))
        believed = [each for each in candidates if self._is_believed(each[1], encoding)]
        hits = list(self.confirm(inner, believed))
        if depth < _DEEPEST:
            again = [each for each in candidates if each[1] >= len(self.kinds)]
            hits += self.uncover(inner, again, depth + 1).hits
        for hit in hits:
            start, end = decoded.origin(hit.start, hit.end)
            text = hit.decoded or decoded.text[hit.start : hit.end]
            names = (encoding, *hit.encodings)
            yield replace(hit, start=start, end=end, encodings=names, decoded=text)

    def _is_believed(self, number: int, encoding: Encoding) -> bool:
        """What proves itself by its look; in a manifest the names stand beside the values."""
        if number >= len(self.kinds):
            return False
        is_proof = isinstance(self.kinds[number].format, Token | Pattern)
        return is_proof or encoding is Encoding.MANIFEST


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stretch:
    """`buffer[low:high]` is decoded. What ends behind `whole` may have been cut off.

    Candidates before `done` need no stretch of their own.
    """

    low: int
    high: int
    whole: int
    done: int


def _stretch(region: Region, position: int, encoding: Encoding) -> _Stretch:
    """What has to be decoded with a candidate."""
    if encoding in _RUNS:
        return _run(region, position, _RUNS[encoding])
    if encoding is Encoding.CHUNK:
        low, high = max(region.start, position - 16), min(region.end, position + _AFTER)
        return _Stretch(low=low, high=high, whole=high, done=position)
    if encoding is Encoding.PIECES and (lines := _joined_lines(region, position)):
        return lines
    reach = _REACHES[encoding]
    window = cut_window(region.buffer, region.start, region.end, position, reach)
    is_cut = window.high < region.end and (window.is_cut_high or reach.lines is None)
    done = max(position, window.high - reach.size // 2) if is_cut else window.high
    return _Stretch(low=window.low, high=window.high, whole=window.high, done=done)


def _run(region: Region, position: int, form: re.Pattern[bytes]) -> _Stretch:
    low, high = max(region.start, position - _BEFORE), min(region.end, position + _AFTER)
    low = _first_of_run(region, low, position)
    for run in form.finditer(region.buffer, low, high):
        if run.end() > position:
            low, high = run.start(), run.end()
            break
    is_cut = high == position + _AFTER
    done = position + _AFTER - _MARGIN if is_cut else high
    return _Stretch(low=low, high=high, whole=high - _CUT if is_cut else high, done=done)


def _first_of_run(region: Region, low: int, position: int) -> int:
    """Where the run around a position begins if it does so in its line, else `low`."""
    before = bytes(memoryview(region.buffer)[low:position]).translate(_SORTS)
    signs = len(before) - len(before.rstrip(b"A"))
    is_below = before[: len(before) - signs].rstrip(b"_").endswith(b"|")
    return low if is_below else position - signs


def _joined_lines(region: Region, position: int) -> _Stretch | None:
    """The lines around a position whose literals go on in the next one; None where one is long."""
    buffer, reach = region.buffer, _REACHES[Encoding.PIECES].size
    first, last = max(region.start, position - reach), min(region.end, position + reach)
    low = buffer.rfind(b"\n", first, position) + 1 or first
    while low > first and is_over(buffer, region.start, low - 1, region.end):
        low = buffer.rfind(b"\n", first, low - 1) + 1 or first
    high = buffer.find(b"\n", position, last)
    while 0 <= high < last and is_over(buffer, region.start, high, region.end):
        high = buffer.find(b"\n", high + 1, last)
    high = high if high >= 0 else last
    if (low == first > region.start) or (high == last < region.end):
        return None
    return _Stretch(low=low, high=high, whole=high, done=high)
