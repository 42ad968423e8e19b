"""Finds candidates with Hyperscan: all anchors of all kinds in one pass over the text.

Library: https://pypi.org/project/hyperscan (MIT), which carries Vectorscan. Compiling the anchors
takes a second or more, so the database is kept in the user's cache.
"""

import platform
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from launchready.catalog.kinds import Kind
from launchready.gateways.cache import SUFFIX, is_any_cached, read_cached, write_cached
from launchready.steps.secret_scan.decoding.anchors import WRITTEN, derived
from launchready.steps.secret_scan.decoding.encodings import ENCODINGS
from launchready.steps.secret_scan.decoding.forms import EDITION
from launchready.steps.secret_scan.decoding.needles import Needle, needles
from launchready.steps.secret_scan.engines.interface import Candidate
from launchready.steps.secret_scan.formats import formats

_HEAD = struct.Struct(">II")
_LAYOUT = 2
"""Raise it when what is kept is laid out otherwise."""


class HyperscanEngine:
    """See `Engine`. `database` has its scratch space; an engine belongs to one thread.

    `numbers` are those of the candidates by the numbers of the expressions: where many have one,
    Hyperscan takes twice the time to compile them.
    """

    def __init__(self, database: Any, numbers: Sequence[int]) -> None:
        self._database = database
        self._numbers = numbers

    def candidates(self, buffer: bytearray, length: int) -> list[Candidate]:
        """See `Engine`. Hyperscan names the end of a match; the byte before it is in the match."""
        found: list[Candidate] = []
        self._database.scan(memoryview(buffer)[:length], _note, context=found)
        numbers = self._numbers
        return [(end - 1, numbers[expression]) for end, expression in found]


def _note(expression: int, start: int, end: int, flags: int, found: list[Candidate]) -> None:
    del start, flags
    found.append((end, expression))


def load_hyperscan(kinds: Sequence[Kind], *, may_compile: bool = True) -> HyperscanEngine | None:
    """The engine for these kinds, None if the library is missing or refuses this processor.

    Without `may_compile` also None if no database was kept.
    """
    if not may_compile and not is_any_cached():
        return None
    try:
        import hyperscan
    except ImportError:
        return None
    parts = [(at, part) for at, kind in enumerate(kinds) for part in formats.anchor_parts(kind)]
    numbers = [at for at, _ in parts]
    anchors = [part.encode("ascii") for _, part in parts]
    caseless = [hyperscan.HS_FLAG_CASELESS if formats.is_caseless(kind) else 0 for kind in kinds]
    flags = [caseless[at] for at in numbers]
    name = _cache_name(hyperscan, anchors, flags, needles(tuple(kinds)))
    try:
        kept = _load(hyperscan, name)
        if kept is not None:
            database, encodings = kept
        elif may_compile:
            hidden = list(_hidden(kinds))
            encodings = bytes(encoding for encoding, _ in hidden)
            anchors += (regex for _, regex in hidden)
            flags += [0] * len(hidden)
            database = _compile(hyperscan, name, anchors, flags, encodings)
        else:
            return None
    except hyperscan.ArchitectureError:
        return None
    count = len(kinds)
    return HyperscanEngine(database, [*numbers, *(count + number for number in encodings)])


def _hidden(kinds: Sequence[Kind]) -> Iterator[tuple[int, bytes]]:
    """The anchors of hidden secrets, each with the number of its encoding."""
    for encoding, regex in derived(needles(tuple(kinds))):
        yield ENCODINGS.index(encoding), regex
    for encoding, regexes in WRITTEN.items():
        yield from ((ENCODINGS.index(encoding), regex.encode("ascii")) for regex in regexes)


def _cache_name(
    hyperscan: Any, anchors: Sequence[bytes], flags: Sequence[int], known: Sequence[Needle]
) -> str:
    hidden = (EDITION, _LAYOUT, WRITTEN, known)
    parts = (hyperscan.__version__, platform.machine(), repr(anchors), repr(flags), repr(hidden))
    digest = _digest("\0".join(parts).encode())
    return f"anchors-{digest}{SUFFIX}"


def _digest(content: bytes) -> str:
    """BLAKE2b in 32 hexadecimal digits; Python's own, as `hashlib` would load OpenSSL for it."""
    try:
        from _blake2 import blake2b
    except ImportError:  # pragma: no cover - of Pythons that build it otherwise
        from hashlib import blake2b
    return blake2b(content, digest_size=16).hexdigest()


def _load(hyperscan: Any, name: str) -> tuple[Any, bytes] | None:
    """What `_compile` kept: encodings by expression, then the database."""
    content = read_cached(name)
    if content is None or len(content) < _HEAD.size:
        return None
    count, check = _HEAD.unpack_from(content)
    encodings, kept = content[_HEAD.size :][:count], content[_HEAD.size + count :]
    if zlib.crc32(content[_HEAD.size :]) != check:
        return None
    try:
        database = hyperscan.loadb(kept, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except hyperscan.error:
        return None  # another processor's, or broken: it is compiled again
    return database, encodings


def _compile(
    hyperscan: Any, name: str, anchors: Sequence[bytes], flags: Sequence[int], encodings: bytes
) -> Any:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=anchors, ids=list(range(len(anchors))), flags=flags)
    content = encodings + hyperscan.dumpb(database)
    write_cached(name, _HEAD.pack(len(encodings), zlib.crc32(content)) + content)
    return database
