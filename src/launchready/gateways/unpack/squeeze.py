"""Decompresses streams: gzip (RFC 1952), bzip2, xz and Zstandard (RFC 8878), and raw deflate.

What comes out is asked for in pieces, so that a bomb never lies in memory. Concatenated members are
one stream, as their own tools read them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from launchready.gateways.unpack.bounds import REPACK, Budget, DamageError, cut_short
from launchready.gateways.unpack.stream import CHUNK, Stream

_LZMA_MEMORY = 256 << 20
_ZSTD_WINDOW = 1 << 27  # bytes; the most that the zstd program takes without being asked to
_ZSTD_PIECE = 512  # bytes; even these may become 16 MiB
_ZSTD_MAGIC = rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"


@dataclass(frozen=True, kw_only=True)
class Squeeze:
    """A way of compressing. `magic` begins every member; `ending` are its file name extensions."""

    name: str
    magic: re.Pattern[bytes]
    endings: tuple[str, ...]
    make: Callable[[], "_Engine"]


class _Engine:
    """Decompresses one member. `take` gives output for input, or for what is still inside."""

    def __init__(self, engine: Any, errors: tuple[type[Exception], ...]) -> None:
        self._engine = engine
        self.errors = errors

    @property
    def is_done(self) -> bool:
        return bool(self._engine.eof)

    @property
    def left_over(self) -> bytes:
        """What came after the member's end."""
        unused: bytes = self._engine.unused_data
        return unused

    def wants(self) -> int:
        """How much input to give next."""
        return CHUNK if self._engine.needs_input else 0

    def take(self, content: bytes, most: int) -> bytes:
        out: bytes = self._engine.decompress(content, most)
        return out


class _Zlib(_Engine):
    def wants(self) -> int:
        return 0 if self._engine.unconsumed_tail else CHUNK

    def take(self, content: bytes, most: int) -> bytes:
        out: bytes = self._engine.decompress(self._engine.unconsumed_tail + content, most)
        return out


class _Zstandard(_Engine):
    """The package of that name bounds no output, so it is fed in small pieces."""

    def __init__(self, engine: Any, errors: tuple[type[Exception], ...]) -> None:
        super().__init__(engine, errors)
        self._waiting = b""

    @property
    def is_done(self) -> bool:
        return bool(self._engine.eof) and not self._waiting

    def wants(self) -> int:
        return 0 if self._waiting else _ZSTD_PIECE

    def take(self, content: bytes, most: int) -> bytes:
        if content:
            self._waiting += self._engine.decompress(content)
        out, self._waiting = self._waiting[:most], self._waiting[most:]
        return out


class Unsqueezed:
    """The decompressed bytes of a stream. `follows` says whether another member begins."""

    def __init__(
        self,
        stream: Stream,
        make: Callable[[], _Engine],
        budget: Budget,
        follows: Callable[[Stream], bool] = lambda _: False,
    ) -> None:
        self._stream = stream
        self._make = make
        self._budget = budget
        self._follows = follows
        self._began = stream.position
        self._engine: _Engine | None = make()
        self._error: DamageError | None = None
        self.came = 0

    def read(self, count: int) -> bytes:
        """See `Stream.read`. Raises DamageError for what is broken, cut short or a bomb."""
        if self._error:
            raise self._error
        try:
            return self._read(count)
        except DamageError as error:
            self._error = error
            raise

    def _read(self, count: int) -> bytes:
        while self._engine is not None:
            out = self._step(self._engine, count)
            if out:
                self.came += len(out)
                self._budget.grow(len(out))
                self._budget.weigh(self.came, self._stream.position - self._began)
                return out
        return b""

    def _step(self, engine: _Engine, count: int) -> bytes:
        wanted = engine.wants()
        given = self._stream.read(wanted) if wanted else b""
        try:
            out = engine.take(given, count)
        except engine.errors as error:
            raise DamageError("it is corrupt: it does not decompress", REPACK) from error
        if engine.is_done:
            self._stream.unread(engine.left_over)
            self._engine = self._make() if self._follows(self._stream) else None
        elif wanted and not given and not out:
            raise cut_short()
        return out


def inflate() -> _Engine:
    """Raw deflate (RFC 1951), as in a zip file."""
    import zlib

    return _Zlib(zlib.decompressobj(-15), (zlib.error,))


def _gunzip() -> _Engine:
    import zlib

    return _Zlib(zlib.decompressobj(31), (zlib.error,))


def bunzip() -> _Engine:
    """bzip2."""
    import bz2

    return _Engine(bz2.BZ2Decompressor(), (OSError, ValueError))


def _unxz() -> _Engine:
    import lzma

    engine = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_LZMA_MEMORY)
    return _Engine(engine, (lzma.LZMAError, MemoryError))


def raw_lzma(properties: bytes) -> _Engine:
    """LZMA without a header: these five bytes are it (7-Zip's lzma.txt, "LZMA properties")."""
    import lzma

    packed = properties[0]
    dictionary = int.from_bytes(properties[1:5], "little")
    if packed >= 9 * 5 * 5 or dictionary > _LZMA_MEMORY:
        raise DamageError("its compression asks for too much memory", REPACK)
    lzma1 = {
        "id": lzma.FILTER_LZMA1,
        "dict_size": max(dictionary, 4096),
        "lc": packed % 9,
        "lp": packed // 9 % 5,
        "pb": packed // 45,
    }
    try:
        engine = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[lzma1])
    except (lzma.LZMAError, ValueError) as error:
        raise DamageError("its compression has impossible settings", REPACK) from error
    return _Engine(engine, (lzma.LZMAError, MemoryError))


def unzstd() -> _Engine:
    """Zstandard, by Python 3.14 or by the `zstandard` package. Raises DamageError without."""
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return _zstandard()
    options = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW.bit_length() - 1}
    return _Engine(zstd.ZstdDecompressor(options=options), (zstd.ZstdError, MemoryError))


def _zstandard() -> _Engine:
    try:
        import zstandard
    except ImportError as error:
        raise DamageError(
            "it is compressed with Zstandard, which this Python cannot read",
            "run `pip install zstandard` (in the action, set `native: true`), or use Python 3.14",
            is_opaque=False,
        ) from error
    engine = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    return _Zstandard(engine, (zstandard.ZstdError, MemoryError))


SQUEEZES = (
    Squeeze(
        name="gzip",
        magic=re.compile(rb"\x1f\x8b\x08"),
        endings=(".gz", ".gzip", ".tgz", ".svgz"),
        make=_gunzip,
    ),
    Squeeze(
        name="bzip2",
        magic=re.compile(rb"BZh[1-9](?:\x31\x41\x59\x26\x53\x59|\x17\x72\x45\x38\x50\x90)"),
        endings=(".bz2", ".tbz2", ".tbz"),
        make=bunzip,
    ),
    Squeeze(name="xz", magic=re.compile(rb"\xfd7zXZ\0"), endings=(".xz", ".txz"), make=_unxz),
    Squeeze(
        name="Zstandard",
        magic=re.compile(_ZSTD_MAGIC),
        endings=(".zst", ".zstd", ".tzst"),
        make=unzstd,
    ),
)


def squeeze_of(head: bytes) -> Squeeze | None:
    """How a text that begins so is compressed."""
    return next((each for each in SQUEEZES if each.magic.match(head)), None)


def unsqueezed(stream: Stream, squeeze: Squeeze, budget: Budget) -> Stream:
    """What a compressed stream holds. Raises DamageError where the means to read it are missing."""

    def follows(rest: Stream) -> bool:
        while rest.peek(1) == b"\0":  # tapes and xz pad with NULs
            padding = rest.read(CHUNK)
            rest.unread(padding.lstrip(b"\0"))
        return bool(squeeze.magic.match(rest.peek(16)))

    return Stream(Unsqueezed(stream, squeeze.make, budget, follows).read)
