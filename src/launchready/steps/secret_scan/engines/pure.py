"""Finds candidates with nothing but Python, for the many machines that have no Hyperscan.

Versions of a file repeat most of each other's lines, so what a line holds is remembered and only
new lines are searched. Matches that spread over lines are found by the line that begins them.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress

from launchready.catalog.kinds import Kind
from launchready.steps.secret_scan.engines.interface import Candidate
from launchready.steps.secret_scan.engines.literals import Searches

_MEMO_BYTES = 48 << 20
_LONGEST_LINE = 4096
_LINE_COST = 160  # bytes that a remembered line takes besides its text

Hits = tuple[Candidate, ...]


class ReEngine:
    """See `Engine`."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._searches = Searches(kinds)
        self._memo: dict[bytes, Hits] = {}
        self._memo_bytes = 0

    def candidates(self, buffer: bytearray, length: int) -> list[Candidate]:
        """See `Engine`."""
        lines = bytes(memoryview(buffer)[:length]).split(b"\n")
        hits: list[Hits | None] = list(map(self._memo.get, lines))
        if None in hits:
            new = dict.fromkeys(compress(lines, (each is None for each in hits)))
            found = self._search(list(new))
            hits = [
                found[line] if its is None else its for line, its in zip(lines, hits, strict=True)
            ]
        if not any(hits):
            return []
        starts = accumulate((len(line) + 1 for line in lines), initial=0)
        return [
            (start + position, kind)
            for start, its in compress(zip(starts, hits, strict=False), hits)
            for position, kind in its or ()
        ]

    def _search(self, lines: Sequence[bytes]) -> dict[bytes, Hits]:
        """The candidates of each of these lines, at offsets in the line."""
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        found: dict[bytes, Hits] = dict.fromkeys(lines, ())
        for number, its in self._by_line(starts, b"\n".join(lines)):
            found[lines[number]] = its
        self._remember(found)
        return found

    def _by_line(self, starts: Sequence[int], text: bytes) -> Iterator[tuple[int, Hits]]:
        gathered: dict[int, list[Candidate]] = {}
        for position, kind in self._searches.candidates(text):
            number = bisect_right(starts, position) - 1
            gathered.setdefault(number, []).append((position - starts[number], kind))
        for number, its in gathered.items():
            yield number, tuple(dict.fromkeys(its))

    def _remember(self, found: dict[bytes, Hits]) -> None:
        if self._memo_bytes > _MEMO_BYTES:
            self._memo.clear()
            self._memo_bytes = 0
        kept = {line: its for line, its in found.items() if len(line) <= _LONGEST_LINE}
        self._memo.update(kept)
        self._memo_bytes += sum(map(len, kept)) + _LINE_COST * len(kept)
