"""Finds candidates with Hyperscan: all anchors of all kinds in one pass over the text.

Library: https://pypi.org/project/hyperscan (MIT), which carries Vectorscan. Compiling the anchors
takes a second or more, so the database is kept in the user's cache.
"""

import hashlib
import platform
from collections.abc import Iterator, Sequence
from typing import Any

from launchready.catalog.kinds import Kind
from launchready.gateways.cache import read_cached, write_cached
from launchready.steps.secret_scan.decoding.anchors import WRITTEN, derived
from launchready.steps.secret_scan.decoding.encodings import ENCODINGS
from launchready.steps.secret_scan.decoding.forms import EDITION
from launchready.steps.secret_scan.decoding.needles import Needle, needles
from launchready.steps.secret_scan.engines.interface import Candidate
from launchready.steps.secret_scan.formats import formats


class HyperscanEngine:
    """See `Engine`. `database` has its scratch space; an engine belongs to one thread."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def candidates(self, buffer: bytearray, length: int) -> list[Candidate]:
        """See `Engine`. Hyperscan names the end of a match; the byte before it is in the match."""
        found: list[Candidate] = []
        self._database.scan(memoryview(buffer)[:length], _note, context=found)
        return found


def _note(kind: int, start: int, end: int, flags: int, found: list[Candidate]) -> None:
    del start, flags
    found.append((end - 1, kind))


def load_hyperscan(kinds: Sequence[Kind], *, may_compile: bool = True) -> HyperscanEngine | None:
    """The engine for these kinds, None if the library is missing or refuses this processor.

    Without `may_compile` also None if no database was kept.
    """
    try:
        import hyperscan
    except ImportError:
        return None
    anchors = [formats.anchor_regex(kind).encode("ascii") for kind in kinds]
    flags = [hyperscan.HS_FLAG_CASELESS if formats.is_caseless(kind) else 0 for kind in kinds]
    name = _cache_name(hyperscan, anchors, flags, needles(tuple(kinds)))
    try:
        database = _load(hyperscan, name)
        if database is None and not may_compile:
            return None
        if database is None:
            hidden = [(len(kinds) + number, regex) for number, regex in _hidden(kinds)]
            anchors += (regex for _, regex in hidden)
            numbers = [*range(len(kinds)), *(number for number, _ in hidden)]
            flags += [0] * len(hidden)
            database = _compile(hyperscan, name, anchors, numbers, flags)
    except hyperscan.ArchitectureError:
        return None
    return HyperscanEngine(database)


def _hidden(kinds: Sequence[Kind]) -> Iterator[tuple[int, bytes]]:
    """The anchors of hidden secrets, each with the number of its encoding."""
    for encoding, regex in derived(needles(tuple(kinds))):
        yield ENCODINGS.index(encoding), regex
    for encoding, regexes in WRITTEN.items():
        yield from ((ENCODINGS.index(encoding), regex.encode("ascii")) for regex in regexes)


def _cache_name(
    hyperscan: Any, anchors: Sequence[bytes], flags: Sequence[int], known: Sequence[Needle]
) -> str:
    hidden = (EDITION, WRITTEN, known)
    parts = (hyperscan.__version__, platform.machine(), repr(anchors), repr(flags), repr(hidden))
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"anchors-{digest[:32]}.hsdb"


def _load(hyperscan: Any, name: str) -> Any:
    content = read_cached(name)
    if content is None:
        return None
    try:
        database = hyperscan.loadb(content, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except hyperscan.error:
        return None  # another processor's, or broken: it is compiled again
    return database


def _compile(
    hyperscan: Any,
    name: str,
    anchors: Sequence[bytes],
    numbers: Sequence[int],
    flags: Sequence[int],
) -> Any:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=anchors, ids=numbers, flags=flags)
    write_cached(name, hyperscan.dumpb(database))
    return database
