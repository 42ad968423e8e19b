"""Reads zip files from front to back; jar, wheel, NuGet, Android and Office files are zip files.

Source: PKWARE's APPNOTE.TXT, sections 4.3.7 (local file header), 4.3.9 (data descriptor), 4.4.3 to
4.4.5 and 4.5.3 (Zip64). The directory at the end is not needed, so that a file that is cut short,
or lies in another one, gives all that it has; members that the directory leaves out are read too.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from launchready.gateways.unpack.bounds import (
    REPACK,
    Budget,
    DamageError,
    ExhaustedError,
    cut_short,
)
from launchready.gateways.unpack.members import Entry, Fault, Member, text_of
from launchready.gateways.unpack.squeeze import (
    Unsqueezed,
    bunzip,
    inflate,
    raw_lzma,
    unzstd,
)
from launchready.gateways.unpack.stream import CHUNK, Slice, Stream

LOCAL = b"PK\x03\x04"
_DIRECTORY = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08")
_DESCRIPTOR = b"PK\x07\x08"
_SIGNING_BLOCK = b"APK Sig Block 42"  # source.android.com, "APK Signature Scheme v2"
_HEADER = struct.Struct("<4xHHHHHIIIHH")
_UNKNOWN = 0xFFFFFFFF
_ENCRYPTED, _HAS_DESCRIPTOR = 1 << 0, 1 << 3
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_CHANGED = "it is corrupt: its checksum is another"
_LOCKED = "unpack it with its password and name the folder with --artifact"


@dataclass(frozen=True, kw_only=True)
class _Local:
    """A local file header. `packed` is the size in the file, None where only the end tells."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int | None


def zip_members(stream: Stream, budget: Budget) -> Iterator[Entry]:
    """Every member; what is broken is named, and the next that is whole is looked for."""
    is_whole = True
    while True:
        head = stream.peek(4)
        if head == LOCAL:
            yield from _entry(stream, budget)
            is_whole = True
        elif head in _DIRECTORY:
            stream.drain()
            return
        elif not head or not is_whole:
            yield Fault(name="", reason=str(cut_short()), hint=REPACK)
            return
        else:
            gap = _next_header(stream)
            is_whole = bool(stream.peek(4))
            if is_whole and not gap.endswith(_SIGNING_BLOCK):
                reason = "a part of it is corrupt, and what lies there is lost"
                yield Fault(name="", reason=reason, hint=REPACK)


def _entry(stream: Stream, budget: Budget) -> Iterator[Entry]:
    local = _read_local(stream)
    budget.enter()
    if local.flags & _ENCRYPTED:
        yield Fault(name=local.name, reason="it is encrypted", hint=_LOCKED)
        _pass_over(stream, local)
    elif local.packed is None:
        yield from _open_ended(stream, local, budget)
    else:
        yield from _sized(stream, local, local.packed, budget)


def _sized(stream: Stream, local: _Local, packed: int, budget: Budget) -> Iterator[Entry]:
    """A member whose size in the file is known: whatever it is, the next one is found."""
    part = Slice(stream, packed)
    reader = None
    try:
        reader = _Checked(local, _content(Stream(part.read), local, budget))
        if not local.name.endswith("/"):
            yield Member(name=local.name, stream=Stream(reader.read))
    except DamageError as error:
        yield Fault(
            name=local.name, reason=error.reason, hint=error.hint, is_opaque=error.is_opaque
        )
    part.skip_rest()
    if local.flags & _HAS_DESCRIPTOR:
        yield from _described(stream, packed, local, reader)


def _open_ended(stream: Stream, local: _Local, budget: Budget) -> Iterator[Entry]:
    """A member that was written before its size was known; a descriptor follows it."""
    began = stream.position
    if local.method == _STORED:
        reader = _Checked(local, _UntilDescriptor(stream))
    elif local.method in (_DEFLATED, _BZIP2):
        reader = _Checked(local, _content(stream, local, budget))
    else:
        reason = "its size is missing, and its compression does not tell where it ends"
        yield Fault(name=local.name, reason=reason, hint=REPACK)
        _next_header(stream)
        return
    yield Member(name=local.name, stream=Stream(reader.read))
    try:
        Stream(reader.read).drain()
    except ExhaustedError:
        raise
    except DamageError:  # whoever read the member has said so
        _next_header(stream)
        return
    yield from _described(stream, stream.position - began, local, reader)


def _described(
    stream: Stream, packed: int, local: _Local, reader: "_Checked | None"
) -> Iterator[Fault]:
    """Pass over the descriptor, and say so if the content is not what it describes."""
    checksum = _read_descriptor(stream, packed)
    if reader and reader.is_whole and reader.sum != checksum:
        yield Fault(name=local.name, reason=_CHANGED, hint=REPACK)


def _content(stream: Stream, local: _Local, budget: Budget) -> "_Content":
    match local.method:
        case 0:
            return stream
        case 8:
            return Unsqueezed(stream, inflate, budget)
        case 12:
            return Unsqueezed(stream, bunzip, budget)
        case 14:
            _, size = struct.unpack("<HH", stream.exactly(4))
            properties = stream.exactly(min(size, 64)).ljust(5, b"\0")
            return Unsqueezed(stream, lambda: raw_lzma(properties), budget)
        case 93:
            return Unsqueezed(stream, unzstd, budget)
    raise DamageError(f"its compression (method {local.method}) cannot be read here", REPACK)


class _Checked:
    """A member's content, compared with its checksum at its end."""

    def __init__(self, local: _Local, content: "_Content") -> None:
        self._content = content
        self._expected = None if local.flags & _HAS_DESCRIPTOR else local.checksum
        self.sum = 0
        self.is_whole = False

    def read(self, count: int) -> bytes:
        import zlib

        taken = self._content.read(count)
        self.sum = zlib.crc32(taken, self.sum)
        self.is_whole = not taken
        if self.is_whole and self._expected not in (None, self.sum):
            self._expected = None
            raise DamageError(_CHANGED, REPACK)
        return taken


class _UntilDescriptor:
    """What is stored up to a descriptor that names just this size."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._read = 0
        self._is_done = False

    def read(self, count: int) -> bytes:
        ahead = b"" if self._is_done else self._stream.peek(CHUNK)
        if not ahead:
            if self._is_done:
                return b""
            raise cut_short()
        at = ahead.find(_DESCRIPTOR)
        if at == 0:
            size = int.from_bytes(self._stream.peek(12)[8:12], "little")
            self._is_done = size == self._read & _UNKNOWN
            if self._is_done:
                return b""
            at = ahead.find(_DESCRIPTOR, 1)
        end = at if at > 0 else max(1, len(ahead) - len(_DESCRIPTOR) + 1)
        taken = self._stream.read(min(count, end))
        self._read += len(taken)
        return taken


_Content = Unsqueezed | Stream | _UntilDescriptor


def _read_local(stream: Stream) -> _Local:
    fields = _HEADER.unpack(stream.exactly(_HEADER.size))
    _, flags, method, _, _, checksum, packed, unpacked, name_size, extra_size = fields
    name = stream.exactly(name_size)
    extra = stream.exactly(extra_size)
    if packed == _UNKNOWN:
        packed = _wide_size(extra, has_unpacked=unpacked == _UNKNOWN)
    is_open = flags & _HAS_DESCRIPTOR and packed == 0
    return _Local(
        name=text_of(name),
        flags=flags,
        method=method,
        checksum=checksum,
        packed=None if is_open else packed,
    )


def _wide_size(extra: bytes, *, has_unpacked: bool) -> int:
    """The packed size from the Zip64 field (id 1), behind the unpacked one if that is there."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        field = extra[position + 4 : position + 4 + size]
        if kind == 1:
            start = 8 if has_unpacked else 0
            return int.from_bytes(field[start : start + 8], "little")
        position += 4 + size
    return _UNKNOWN


def _pass_over(stream: Stream, local: _Local) -> None:
    if local.packed is None:
        _next_header(stream)
        return
    stream.skip(local.packed)
    if local.flags & _HAS_DESCRIPTOR:
        _read_descriptor(stream, local.packed)


def _read_descriptor(stream: Stream, packed: int) -> int:
    """The checksum. Two sizes of 4 or 8 bytes follow it; a signature may stand before it."""
    if stream.peek(4) == _DESCRIPTOR:
        stream.skip(4)
    is_narrow = int.from_bytes(stream.peek(8)[4:8], "little") == packed & _UNKNOWN
    is_followed = stream.peek(16)[12:14] == b"PK" or stream.peek(24)[20:22] != b"PK"
    return int.from_bytes(stream.exactly(12 if is_narrow and is_followed else 20)[:4], "little")


def _next_header(stream: Stream) -> bytes:
    """Go to the next header, or the end; the last bytes before it."""
    last = b""
    while ahead := stream.peek(CHUNK):
        places = (ahead.find(sign) for sign in (LOCAL, *_DIRECTORY))
        found = min((at for at in places if at >= 0), default=None)
        end = max(1, len(ahead) - 3) if found is None else found
        last = (last + stream.read(end))[-64:] if end else last
        if found is not None:
            return last
    return last
