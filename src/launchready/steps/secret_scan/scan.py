"""Scans texts: candidates from the engine, confirmed in their windows, described where they lie."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.facts.text import Skipped, Text, TextBatch, TextPart, Unreadable
from launchready.gateways.buffers import characters
from launchready.model import CodeLine, Confidence, Unchecked
from launchready.policy.markers import parse_markers
from launchready.steps.secret_scan.confirm import Hit, confirm
from launchready.steps.secret_scan.engine import Candidate, Engine
from launchready.steps.secret_scan.media import is_media
from launchready.steps.secret_scan.redact import Secrets, Span, show_line
from launchready.steps.secret_scan.sightings import Advance, Note, Origin, Seen, Sighting, Source
from launchready.steps.secret_scan.windows import cut_window, reach_of

_MEMO_BYTES = 16 << 20
_NOTHING = bytes(1 << 20)
_RANKS = {Token: 0, Pattern: 1, Assigned: 2, Keyword: 3}


def rank_of(kind: Kind) -> int:
    """How specific a kind is: 0 is most. Of two kinds for one value the more specific counts."""
    return _RANKS[type(kind.format)]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Region:
    """A text, or a part of one, in the buffer; the rest as in `TextPart`."""

    buffer: bytearray
    start: int
    end: int
    source: Source
    lines_before: int = 0
    columns_before: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Located:
    """A hit with its value's offsets in the buffer."""

    kind: int
    start: int
    end: int
    hit: Hit


@dataclass(kw_only=True)
class Scanner:
    """One scanner for one process: the engine and what was confirmed before.

    Windows repeat over the versions of a file, so verdicts are kept by kind, window and path.
    """

    kinds: Sequence[Kind]
    engine: Engine
    minimum: Confidence
    _memo: dict[tuple[int, bytes, str | None], tuple[Hit, ...]] = field(default_factory=dict)
    _memo_bytes: int = 0

    def __post_init__(self) -> None:
        self._reaches = [reach_of(kind) for kind in self.kinds]
        self._ranks = [rank_of(kind) for kind in self.kinds]

    def scan(self, texts: Iterable[Text], sources: Sequence[Source]) -> Iterator[Seen]:
        """What is in these texts; text number i is `sources[i]`."""
        known: set[tuple[int, int, int, int]] = set()
        for text in texts:
            match text:
                case TextBatch():
                    yield from self._scan_batch(text, sources)
                    yield Advance(texts=len(text.sources))
                case TextPart():
                    for sighting in self._scan_part(text, sources[text.source]):
                        place = (text.source, sighting.kind, sighting.line, sighting.column)
                        if place not in known:
                            known.add(place)
                            yield sighting
                    yield Advance(texts=int(text.is_last))
                case Unreadable():
                    yield _unchecked(sources[text.source], text)
                    yield Advance(texts=1)
                case Skipped():
                    yield Note(text=f"skipped {sources[text.source].path}: {text.reason}")
                    yield Advance(texts=1)

    def _scan_batch(self, batch: TextBatch, sources: Sequence[Source]) -> Iterator[Sighting]:
        candidates = sorted(self.engine.candidates(batch.buffer, batch.length))
        first = 0
        while first < len(candidates):
            index = bisect_right(batch.starts, candidates[first][0]) - 1
            following = batch.starts[index + 1] if index + 1 < len(batch.starts) else batch.length
            last = bisect_right(candidates, (following,), lo=first)
            if index >= 0:
                region = _Region(
                    buffer=batch.buffer,
                    start=batch.starts[index],
                    end=batch.ends[index],
                    source=sources[batch.sources[index]],
                )
                yield from self._scan_region(region, candidates[first:last])
            first = max(last, first + 1)

    def _scan_part(self, part: TextPart, source: Source) -> Iterator[Sighting]:
        if _is_nothing(part):
            return
        region = _Region(
            buffer=part.buffer,
            start=0,
            end=part.length,
            source=source,
            lines_before=part.lines_before,
            columns_before=part.columns_before,
        )
        candidates = self.engine.candidates(part.buffer, part.length)
        owned = sorted(c for c in candidates if part.own_start <= c[0] < part.own_end)
        yield from self._scan_region(region, owned)

    def _scan_region(self, region: _Region, candidates: Sequence[Candidate]) -> Iterator[Sighting]:
        start = _text_start(region)
        if start is None:
            return
        found: dict[tuple[int, int, int], _Located] = {}
        for position, kind in candidates:
            if start <= position <= region.end and start < region.end:
                for located in self._confirmed(region, start, position, kind):
                    found[located.kind, located.start, located.end] = located
        if found:
            yield from self._described(region, start, list(found.values()))

    def _confirmed(
        self, region: _Region, start: int, position: int, kind: int
    ) -> Iterator[_Located]:
        """The hits around one candidate; those that the window may have cut off have their own."""
        reach = self._reaches[kind]
        window = cut_window(region.buffer, start, region.end, min(position, region.end - 1), reach)
        text = bytes(region.buffer[window.low : window.high])
        for hit in self._judged(kind, text, region.source.path):
            first, last = window.low + hit.start, window.low + hit.end
            if window.holds_whole(first, last):
                yield _Located(kind=kind, start=first, end=last, hit=hit)

    def _judged(self, kind: int, window: bytes, path: str | None) -> tuple[Hit, ...]:
        key = (kind, window, path)
        hits = self._memo.get(key)
        if hits is None:
            if self._memo_bytes > _MEMO_BYTES:
                self._memo.clear()
                self._memo_bytes = 0
            hits = self._memo[key] = confirm(self.kinds[kind], window, path)
            self._memo_bytes += len(window) + 200
        return hits

    def _described(self, region: _Region, start: int, found: list[_Located]) -> Iterator[Sighting]:
        spans = _joined(sorted((each.start, each.end) for each in found))
        values = sorted(
            {bytes(region.buffer[each.start : each.end]) for each in found}, key=len, reverse=True
        )
        secrets = Secrets(spans=spans, values=values)
        for each in self._most_specific(found):
            if each.hit.confidence >= self.minimum:
                yield _sighting(region, start, each, secrets)

    def _most_specific(self, found: list[_Located]) -> list[_Located]:
        """Where values overlap, the one of the most specific and surest kind; in text order."""
        kept: list[_Located] = []
        for each in sorted(found, key=self._precedence):
            if all(each.end <= other.start or each.start >= other.end for other in kept):
                kept.append(each)
        return sorted(kept, key=lambda each: (each.start, each.kind))

    def _precedence(self, each: _Located) -> tuple[int, int, int, int, int]:
        length = each.end - each.start
        return self._ranks[each.kind], -each.hit.confidence, -length, each.kind, each.start


def _is_nothing(part: TextPart) -> bool:
    """Whether there are only NULs, as in the holes of a sparse file."""
    view = memoryview(part.buffer)[: part.length]
    steps = range(0, part.length, len(_NOTHING))
    return all(view[s : s + len(_NOTHING)] == _NOTHING[: part.length - s] for s in steps)


def _text_start(region: _Region) -> int | None:
    """Where the text to judge starts, None if it is a picture, a font, a sound or a film.

    The head of a commit or tag, up to the first empty line, is no part of its message.
    """
    if region.source.origin is Origin.MESSAGE and not region.lines_before:
        empty = region.buffer.find(b"\n\n", region.start, region.end)
        return empty + 2 if empty >= 0 else None
    if is_media(region.source.path, region.buffer, region.start, region.end):
        return None
    return region.start


def _joined(spans: list[Span]) -> list[Span]:
    """Overlapping spans as one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _sighting(region: _Region, start: int, each: _Located, secrets: Secrets) -> Sighting:
    buffer = region.buffer
    line, column = _position(region, start, each.start)
    end_line, end_column = _position(region, start, each.end)
    low = buffer.rfind(b"\n", start, each.start) + 1 or start
    high = buffer.find(b"\n", each.start, region.end)
    high = high if high >= 0 else region.end
    code = show_line(buffer, low, high, each.start, secrets)
    previous = None
    if low > start:
        above = buffer.rfind(b"\n", start, low - 1) + 1 or start
        previous = show_line(buffer, above, low - 1, above, secrets)
    return Sighting(
        kind=each.kind,
        digest=each.hit.digest,
        redacted=each.hit.redacted,
        confidence=each.hit.confidence,
        source=region.source,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        code=CodeLine(number=line, text=code),
        markers=parse_markers(code, previous, number=line),
    )


def _position(region: _Region, start: int, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset in the buffer."""
    line = 1 + region.lines_before + region.buffer.count(b"\n", start, offset)
    line_start = region.buffer.rfind(b"\n", start, offset) + 1
    before = 0 if line_start else region.columns_before
    column = 1 + before + characters(region.buffer[line_start or start : offset])
    return line, column


def _unchecked(source: Source, text: Unreadable) -> Unchecked:
    target = source.path or f"object {source.name}"
    if source.path and source.origin is Origin.HISTORY:
        target = f"{source.path} (blob {source.name[:12]})"
    return Unchecked(target=target, reason=text.reason, hint=text.hint)
