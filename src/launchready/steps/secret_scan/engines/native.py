"""Finds candidates with Hyperscan: all anchors of all kinds in one pass over the text.

Library: https://pypi.org/project/hyperscan (MIT), which carries Vectorscan. Compiling the anchors
takes a second or more, so the database is kept in the user's cache.
"""

import hashlib
import platform
from collections.abc import Sequence
from typing import Any

from launchready.catalog.kinds import Kind
from launchready.gateways.cache import read_cached, write_cached
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


def load_hyperscan(kinds: Sequence[Kind]) -> HyperscanEngine | None:
    """The engine for these kinds, None if the library is missing or refuses this processor."""
    try:
        import hyperscan
    except ImportError:
        return None
    anchors = [formats.anchor_regex(kind).encode("ascii") for kind in kinds]
    flags = [hyperscan.HS_FLAG_CASELESS if formats.is_caseless(kind) else 0 for kind in kinds]
    name = _cache_name(hyperscan, anchors, flags)
    try:
        return HyperscanEngine(_load(hyperscan, name) or _compile(hyperscan, name, anchors, flags))
    except hyperscan.ArchitectureError:
        return None


def _cache_name(hyperscan: Any, anchors: Sequence[bytes], flags: Sequence[int]) -> str:
    parts = (hyperscan.__version__, platform.machine(), repr(anchors), repr(flags))
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


def _compile(hyperscan: Any, name: str, anchors: Sequence[bytes], flags: Sequence[int]) -> Any:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=anchors, ids=list(range(len(anchors))), flags=flags)
    write_cached(name, hyperscan.dumpb(database))
    return database
