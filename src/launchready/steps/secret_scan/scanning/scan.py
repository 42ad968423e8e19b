"""Scans texts: candidates from the engine, confirmed in their windows, described where they lie."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.facts.text import Inner, Reading, Skipped, Text, TextBatch, TextPart, Unreadable
from launchready.gateways.unpack.bounds import COMMITTED
from launchready.model import Confidence, Unchecked
from launchready.steps.secret_scan.engines.interface import Candidate, Engine
from launchready.steps.secret_scan.judging.places import is_generated
from launchready.steps.secret_scan.scanning.media import is_media
from launchready.steps.secret_scan.scanning.opening import Noticed, Opener, SourceOf, described
from launchready.steps.secret_scan.scanning.regions import Located, Region
from launchready.steps.secret_scan.scanning.sightings import (
    Advance,
    Note,
    Origin,
    Seen,
    Sighting,
    Source,
)
from launchready.steps.secret_scan.scanning.whole_files import WholeFiles
from launchready.steps.secret_scan.scanning.windows import cut_window, reach_of, short_window

if TYPE_CHECKING:
    from launchready.steps.secret_scan.judging.confirm import Hit
    from launchready.steps.secret_scan.scanning.hidden import Hidden
    from launchready.steps.secret_scan.scanning.redact import Span
    from launchready.steps.secret_scan.scanning.witness import Witness

_MEMO_BYTES = 16 << 20
_NOTHING = bytes(1 << 20)
Known = set[tuple[int, int, int, int]]
"""Where secrets of long texts were seen: the parts overlap."""
_RANKS = {Token: 0, Pattern: 1, Assigned: 2, Keyword: 3}


def rank_of(kind: Kind) -> int:
    """How specific a kind is: 0 is most. Of two kinds for one value the more specific counts."""
    return _RANKS[type(kind.format)]


@dataclass(kw_only=True)
class Scanner:
    """One scanner for one process: the engine and what was confirmed before.

    Windows repeat over the versions of a file, so verdicts are kept by kind, window and path.
    """

    kinds: Sequence[Kind]
    engine: Engine
    minimum: Confidence
    witness: "Witness | None" = None
    _memo: dict[tuple[int, bytes, str | None], "tuple[Hit, ...]"] = field(default_factory=dict)
    _memo_bytes: int = 0

    def __post_init__(self) -> None:
        self._reaches = [reach_of(kind) for kind in self.kinds]
        self._ranks = [rank_of(kind) for kind in self.kinds]
        self._whole_files = WholeFiles(self.kinds)

    @cached_property
    def _hidden(self) -> "Hidden":
        from launchready.steps.secret_scan.scanning.hidden import Hidden

        return Hidden(kinds=self.kinds, engine=self.engine, confirm=self._plain)

    def scan(self, texts: Iterable[Text], sources: Sequence[Source]) -> Iterator[Seen]:
        """What is in these texts, and in those that they hold; text number i is `sources[i]`."""
        opener = Opener(sources)
        known: Known = set()
        for text in texts:
            for noticed in opener.noticed(text):
                match noticed:
                    case Noticed():
                        yield from self._scan_opened(noticed, sources[noticed.source])
                    case Unreadable():
                        yield _unchecked(sources[noticed.source], noticed)
            yield from self._scan_text(text, opener, known)
            yield Advance(texts=_count(text))

    def scan_inner(self, texts: Iterable[Text], sources: Sequence[Source]) -> Iterator[Seen]:
        """What is in texts that were opened as far as they go."""
        known: Known = set()
        for text in texts:
            yield from self._scan_text(text, sources, known)

    def _scan_opened(self, noticed: Noticed, outer: Source) -> Iterator[Seen]:
        from launchready.gateways.unpack.texts import open_content

        inners: list[Inner] = []
        sources: list[Source] = []
        texts = open_content(noticed.content, outer.path or outer.name, COMMITTED, inners)
        yield from self.scan_inner(described(texts, outer, inners, sources), sources)

    def _scan_text(self, text: Text, sources: SourceOf, known: Known) -> Iterator[Seen]:
        match text:
            case TextBatch():
                yield from self._scan_batch(text, sources)
            case TextPart():
                for sighting in self._scan_part(text, sources[text.source]):
                    place = (text.source, sighting.kind, sighting.line, sighting.column)
                    if place not in known:
                        known.add(place)
                        yield sighting
            case Unreadable():
                yield _unchecked(sources[text.source], text)
            case Skipped():
                yield Note(text=f"skipped {sources[text.source].path}: {text.reason}")

    def _scan_batch(self, batch: TextBatch, sources: SourceOf) -> Iterator[Sighting]:
        candidates = self.engine.candidates(batch.buffer, batch.length)
        candidates = sorted((*candidates, *self._whole_files.candidates(batch, sources)))
        first = 0
        while first < len(candidates):
            index = bisect_right(batch.starts, candidates[first][0]) - 1
            following = batch.starts[index + 1] if index + 1 < len(batch.starts) else batch.length
            last = bisect_right(candidates, (following,), lo=first)
            if index >= 0:
                region = Region(
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
        region = Region(
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

    def _scan_region(self, region: Region, candidates: Sequence[Candidate]) -> Iterator[Sighting]:
        region = _without_head(region)
        if region.source.reading is not Reading.WHOLE:
            candidates = self._believed(region.source.reading, candidates)
        elif candidates and (_is_media(region) or is_generated(region.source.path)):
            candidates = self._believed(Reading.FORMATS, candidates)
        if candidates and region.start < region.end:
            found = self._found(region, candidates)
            if found:
                yield from self._described(region, found)

    def _believed(self, reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        if reading is Reading.NOTHING:
            return ()
        every = len(self.kinds)
        return [c for c in candidates if c[1] >= every or self._ranks[c[1]] <= _RANKS[Pattern]]

    def _found(self, region: Region, candidates: Sequence[Candidate]) -> list[Located]:
        """What stands there as it is, and what is hidden there."""
        every = len(self.kinds)
        plain = self._plain(region, (each for each in candidates if each[1] < every))
        hidden = [each for each in candidates if each[1] >= every]
        found: dict[tuple[int, int, int], Located] = {}
        claimed: Sequence[Span] = ()
        if hidden:
            uncovered = self._hidden.uncover(region, hidden)
            found = {(each.kind, each.start, each.end): each for each in uncovered.hits}
            claimed = uncovered.claimed
        for each in plain:
            if self._ranks[each.kind] <= _RANKS[Pattern] or not _is_claimed(each, claimed):
                found[each.kind, each.start, each.end] = each
        return list(found.values())

    def _plain(self, region: Region, candidates: Iterable[Candidate]) -> list[Located]:
        """The hits around these candidates, in ascending order; of a line one of each kind counts,
        since all of the line is judged with it.
        """
        found: list[Located] = []
        done: dict[int, int] = {}
        buffer, start, end, path = region.buffer, region.start, region.end, region.source.path
        for at, kind in candidates:
            if at < done.get(kind, start) or at > end:
                continue
            position = min(at, end - 1)
            short = short_window(buffer, start, end, position, self._reaches[kind])
            if short is None:
                found += self._in_long_line(region, position, kind)
                continue
            low, high, done[kind] = short
            for hit in self._judged(kind, bytes(memoryview(buffer)[low:high]), path):
                found.append(Located(kind=kind, start=low + hit.start, end=low + hit.end, hit=hit))
        return found

    def _in_long_line(self, region: Region, position: int, kind: int) -> Iterator[Located]:
        """The hits around one candidate; those that the window may have cut off have their own."""
        buffer = region.buffer
        window = cut_window(buffer, region.start, region.end, position, self._reaches[kind])
        text = bytes(memoryview(buffer)[window.low : window.high])
        for hit in self._judged(kind, text, region.source.path):
            first, last = window.low + hit.start, window.low + hit.end
            if window.holds_whole(first, last):
                yield Located(kind=kind, start=first, end=last, hit=hit)

    def _judged(self, kind: int, window: bytes, path: str | None) -> "tuple[Hit, ...]":
        key = (kind, window, path)
        hits = self._memo.get(key)
        if hits is None:
            from launchready.steps.secret_scan.judging.confirm import confirm

            if self._memo_bytes > _MEMO_BYTES:
                self._memo.clear()
                self._memo_bytes = 0
            hits = self._memo[key] = confirm(self.kinds[kind], window, path)
            self._memo_bytes += len(window) + 200
        return hits

    def _described(self, region: Region, found: list[Located]) -> Iterator[Sighting]:
        from launchready.steps.secret_scan.scanning.describe import describe, secrets_of

        secrets = secrets_of(region, found)
        for each in self._most_specific(found):
            if each.hit.confidence >= self.minimum:
                sighting = describe(region, each, secrets)
                yield self.witness.saw(sighting, region, each) if self.witness else sighting

    def _most_specific(self, found: list[Located]) -> list[Located]:
        """Where values overlap, the one of the most specific and surest kind; in text order."""
        kept: list[Located] = []
        for each in sorted(found, key=self._precedence):
            if all(each.end <= other.start or each.start >= other.end for other in kept):
                kept.append(each)
        return sorted(kept, key=lambda each: (each.start, each.kind))

    def _precedence(self, each: Located) -> tuple[int, int, int, int, int]:
        length = each.end - each.start
        return self._ranks[each.kind], -each.hit.confidence, -length, each.kind, each.start


def _is_nothing(part: TextPart) -> bool:
    """Whether there are only NULs, as in the holes of a sparse file."""
    view = memoryview(part.buffer)[: part.length]
    steps = range(0, part.length, len(_NOTHING))
    return all(view[s : s + len(_NOTHING)] == _NOTHING[: part.length - s] for s in steps)


def _is_claimed(each: Located, claimed: "Iterable[Span]") -> bool:
    """Whether it is judged by what its base64 says instead."""
    return any(start < each.end and each.start < end for start, end in claimed)


def _without_head(region: Region) -> Region:
    """A commit's or tag's message without what stands before it, up to the first empty line."""
    if region.source.origin is not Origin.MESSAGE or region.lines_before:
        return region
    empty = region.buffer.find(b"\n\n", region.start, region.end)
    return replace(region, start=empty + 2 if empty >= 0 else region.end)


def _is_media(region: Region) -> bool:
    return is_media(region.source.path, region.buffer, region.start, region.end)


def _count(text: Text) -> int:
    """How many texts are done with this one."""
    match text:
        case TextBatch():
            return len(text.sources)
        case TextPart():
            return int(text.is_last)
        case _:
            return 1


def _unchecked(source: Source, text: Unreadable) -> Unchecked | Note:
    """What could not be read; of a repository's broken archives only that it is so."""
    target = source.path or f"object {source.name}"
    if source.path and source.origin is Origin.HISTORY:
        target = f"{source.path} (blob {source.name[:12]})"
    if text.is_opaque and source.origin is not Origin.ARTIFACT:
        return Note(text=f"could not look into {target}: {text.reason}")
    return Unchecked(target=target, reason=text.reason, hint=text.hint)
