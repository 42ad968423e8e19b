"""Searches text for the literals that every match of a kind holds, and asks the anchor there.

Searching text for one literal at a time is what Python does fastest, a gigabyte or two a second;
the art is to ask for few literals, or in little text:

- tokens hold a long run of word characters, so only the surroundings of such runs are searched
- names hold one of few common words, so only the surroundings of these are looked at
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, groupby

from launchready.catalog import shapes
from launchready.catalog.kinds import Assigned, Keyword, Kind, Token
from launchready.steps.secret_scan.decoding.hunt import Hunt
from launchready.steps.secret_scan.engines.interface import Candidate
from launchready.steps.secret_scan.formats import formats

_RUN_CHARACTERS = re.compile(r"[A-Za-z0-9_+/\-]")
_RUN_LENGTH = 16
_RUN_TABLE = bytes(0x41 if _RUN_CHARACTERS.match(chr(code)) else 0x20 for code in range(256))
_NEAR_RUN = 40
"""Bytes before and after a run that are searched with it."""

_COMMON_WORDS = (b"key", b"token", b"secret", b"pass", b"auth", b"api", b"account", b"credential")
"""Words that most names hold; a name without one is searched by its own literal."""

_NEAR_WORD = 64
_BEFORE, _AFTER = 128, 384
"""Bytes around a literal in which its anchor is asked for."""

# A name whose value may stand in the next line: its own line ends in an operator, a bracket or a
# blank, or with the name itself, which is then a value too.
_OPEN_END = re.compile(rb"[=\-:>,|?{\[( \t]\r?\Z|[A-Za-z0-9_.\-][\"'`,\\]{0,4}\r?\Z")
_CLASS = re.compile(r"\[\^?(?:\\.|[^\]\\])*\]")

_MOST_KEPT = 4096

Table = Mapping[bytes, tuple[int, ...]]
Numbered = tuple[int, Kind]


class Searches:
    """The searches for some kinds. Positions are offsets in the text given."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._anchors = [_Anchor(kind) for kind in kinds]
        self._hunt = Hunt(kinds)
        every = [(n, kind) for n, kind in enumerate(kinds) if formats.literals(kind)]
        tokens = [(n, kind) for n, kind in every if _has_run(kind)]
        known = {n for n, _ in tokens}
        rest = [(n, kind) for n, kind in every if n not in known]
        self._tokens = _table(tokens)
        self._exact = _table((n, kind) for n, kind in rest if not formats.is_caseless(kind))
        caseless = _table((n, kind) for n, kind in rest if formats.is_caseless(kind))
        self._words = {
            word: {literal: its for literal, its in caseless.items() if word in literal}
            for word in _COMMON_WORDS
        }
        self._wordless = {
            literal: its
            for literal, its in caseless.items()
            if not any(word in literal for word in _COMMON_WORDS)
        }

    def candidates(self, text: bytes) -> Iterator[Candidate]:
        """Positions in the text that lie in a match of a kind's anchor, or may begin one."""
        lowered = text.lower()
        found = (
            *_near_runs(text, self._tokens),
            *_everywhere(text, self._exact),
            *_everywhere(lowered, self._wordless),
            *_near_words(lowered, self._words),
        )
        for position, kind in dict.fromkeys(found):
            anchored = self._anchors[kind].position(text, position)
            if anchored is not None:
                yield anchored, kind
        yield from self._hunt.candidates(text, lowered)


class _Anchor:
    """Decides whether a literal of a kind has the rest of the kind's anchor around it."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._ends: dict[bytes, int] = {}

    def position(self, text: bytes, literal: int) -> int | None:
        """The last byte of the anchor's match near a literal; the literal if it may go on below."""
        low = max(0, literal - _BEFORE)
        low = text.rfind(b"\n", low, literal) + 1 or low
        high = text.find(b"\n", literal, literal + _AFTER)
        is_whole = high >= 0 or literal + _AFTER >= len(text)
        high = high if high >= 0 else literal + _AFTER
        near = text[low:high]
        if end := self._end(near):
            return low + end - 1
        if self._spreads and is_whole and (not self._is_named or _OPEN_END.search(near)):
            return literal
        return None

    def _end(self, near: bytes) -> int:
        """Where a match in these bytes ends, else 0. Text that repeats itself is asked once."""
        end = self._ends.get(near)
        if end is None:
            if len(self._ends) >= _MOST_KEPT:
                self._ends.clear()
            match = self._regex.search(near)
            end = self._ends[near] = match.end() if match else 0
        return end

    @cached_property
    def _is_named(self) -> bool:
        return isinstance(self._kind.format, Assigned | Keyword)

    @cached_property
    def _regex(self) -> re.Pattern[bytes]:
        flags = re.IGNORECASE if formats.is_caseless(self._kind) else 0
        return re.compile(formats.greedy_anchor_regex(self._kind).encode("ascii"), flags)

    @cached_property
    def _spreads(self) -> bool:
        """Whether the anchor may match a line end, and so go on in the next line."""
        anchor = formats.anchor_regex(self._kind)
        classes = _CLASS.findall(anchor)
        bare = _CLASS.sub("", anchor)
        return bool(re.search(r"\\[snrDW]", bare)) or any(
            ("\\s" in each or "\\n" in each) != each.startswith("[^") for each in classes
        )


def _near_runs(text: bytes, table: Table) -> Iterator[Candidate]:
    """Literals near a long run of word characters."""
    zones = _zones(text)
    joined = b"\n".join(text[low:high] for low, high in zones)
    starts = list(accumulate((high - low + 1 for low, high in zones), initial=0))
    for position, kind in _everywhere(joined, table):
        number = bisect_right(starts, position) - 1
        yield zones[number][0] + position - starts[number], kind


def _zones(text: bytes) -> list[tuple[int, int]]:
    """The surroundings of every run, apart from each other and in ascending order."""
    mask = text.translate(_RUN_TABLE)
    run = b"A" * _RUN_LENGTH
    zones: list[tuple[int, int]] = []
    end = 0
    while (start := mask.find(run, end)) >= 0:
        end = mask.find(b" ", start + _RUN_LENGTH)
        end = end if end >= 0 else len(mask)
        low, high = max(0, start - _NEAR_RUN), min(len(mask), end + _NEAR_RUN)
        if zones and low <= zones[-1][1]:
            low = zones.pop()[0]
        zones.append((low, high))
    return zones


def _near_words(lowered: bytes, words: Mapping[bytes, Table]) -> Iterator[Candidate]:
    """Literals that hold a common word, looked for where the word is."""
    for word, table in words.items():
        known: dict[bytes, tuple[Candidate, ...]] = {}
        position = lowered.find(word)
        while position >= 0:
            low = max(0, position - _NEAR_WORD)
            zone = lowered[low : position + _NEAR_WORD]
            found = known.get(zone)
            if found is None:
                found = known[zone] = tuple(_everywhere(zone, table))
            for at, kind in found:
                yield low + at, kind
            position = lowered.find(word, position + 1)


def _everywhere(text: bytes, table: Table) -> Iterator[Candidate]:
    for literal, numbers in table.items():
        position = text.find(literal)
        while position >= 0:
            for number in numbers:
                yield position, number
            position = text.find(literal, position + 1)


def _table(kinds: Iterable[Numbered]) -> dict[bytes, tuple[int, ...]]:
    """The kinds that each literal stands for."""
    table: dict[bytes, list[int]] = {}
    for number, kind in kinds:
        for literal in formats.literals(kind):
            table.setdefault(literal, []).append(number)
    return {literal: tuple(numbers) for literal, numbers in table.items()}


def _has_run(kind: Kind) -> bool:
    """Whether every match is a token with a long run of word characters near its literal."""
    return isinstance(kind.format, Token) and all(map(_shape_has_run, kind.format.shapes))


def _shape_has_run(shape: str) -> bool:
    """Whether pieces side by side make up a long run that holds the literal or is near it."""
    parts = shapes.pieces(shape)
    literal = parts.index(shapes.literal(shape))
    for _, group in groupby(range(len(parts)), key=lambda at: _is_run(parts[at])):
        stretch = list(group)
        if not _is_run(parts[stretch[0]]) or _length(parts[at] for at in stretch)[0] < _RUN_LENGTH:
            continue
        between = (*range(literal, stretch[0]), *range(stretch[-1] + 1, literal + 1))
        if _length(parts[at] for at in between)[1] <= _NEAR_RUN:
            return True
    return False


def _length(parts: Iterable[shapes.Piece]) -> tuple[int, int]:
    """The least and the greatest length of some pieces."""
    bounds = [
        (len(part), len(part)) if isinstance(part, str) else (part.minimum, part.maximum)
        for part in parts
    ]
    return sum(least for least, _ in bounds), sum(most for _, most in bounds)


def _is_run(part: shapes.Piece) -> bool:
    """Whether a piece has only word characters."""
    if isinstance(part, str):
        return all(map(_RUN_CHARACTERS.match, part))
    return _is_run_alphabet(part.alphabet)


@cache
def _is_run_alphabet(alphabet: str) -> bool:
    others = (chr(code) for code in range(256) if not _RUN_CHARACTERS.match(chr(code)))
    return not re.search(f"[{alphabet}]", "".join(others))
