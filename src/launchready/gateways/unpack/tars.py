"""Reads tar files from front to back: POSIX ustar and pax, GNU and old ones.

Source: IEEE Std 1003.1, pax, "ustar Interchange Format" and "pax Extended Header"; the GNU tar
manual, "Basic Tar Format". `tarfile` of the standard library takes a broken header for the end of
the archive; here the next good one is looked for.
"""

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

from launchready.gateways.unpack.bounds import REPACK, Budget, DamageError, cut_short
from launchready.gateways.unpack.members import Entry, Fault, Member, text_of
from launchready.gateways.unpack.stream import Slice, Stream

BLOCK = 512
_MOST_HEADER = 1 << 20
_CHECKSUM = re.compile(rb"[ 0-7\0]{8}")
_HAS_NO_CONTENT = frozenset(
    # as POSIX numbers them: hard and symbolic links, devices, folders and pipes
    (b"1", b"2", b"3", b"4", b"5", b"6")
)


@dataclass(kw_only=True)
class _Ahead:
    """What an extended header says of the member that follows it."""

    name: bytes | None = None
    size: int | None = None


def is_tar(head: bytes) -> bool:
    """Whether a text that begins so is a tar file: its first header has the right checksum."""
    is_likely = _CHECKSUM.match(head, 148) is not None
    return is_likely and len(head) >= BLOCK and _header(head[:BLOCK]) is not None


def tar_members(stream: Stream, budget: Budget) -> Iterator[Entry]:
    """Every regular file; what is broken is named, and the next that is whole is looked for."""
    is_lost = False
    ahead = _Ahead()
    while block := stream.peek(BLOCK):
        if not block.strip(b"\0"):
            stream.skip(len(block))
            continue
        if len(block) < BLOCK:
            raise cut_short()
        header = _header(block)
        stream.skip(BLOCK)
        if header is None:
            if not is_lost:
                reason = "a part of it is corrupt, and what lies there is lost"
                yield Fault(name="", reason=reason, hint=REPACK)
            is_lost = True
            continue
        is_lost = False
        budget.enter()
        if header.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME):
            _read_ahead(header, _extended(stream, header), ahead)
            continue
        yield from _entry(stream, block, header, ahead)
        ahead = _Ahead()
    if ahead != _Ahead():
        raise cut_short()


def _header(block: bytes) -> tarfile.TarInfo | None:
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except tarfile.HeaderError:
        return None
    return header if header.size >= 0 else None


def _entry(stream: Stream, block: bytes, header: tarfile.TarInfo, ahead: _Ahead) -> Iterator[Entry]:
    if header.type == tarfile.GNUTYPE_SPARSE:
        _skip_sparse_map(stream, block)
    size = header.size if ahead.size is None else ahead.size
    if header.type in _HAS_NO_CONTENT:
        size = 0
    name = header.name if ahead.name is None else text_of(ahead.name)
    part = Slice(stream, size)
    if size and header.type not in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
        yield Member(name=name, stream=Stream(part.read))
    part.skip_rest()
    _skip_padding(stream, size)


def _extended(stream: Stream, header: tarfile.TarInfo) -> bytes:
    """The content of an extended header; of a monstrous one its beginning."""
    content = stream.exactly(min(header.size, _MOST_HEADER))
    stream.skip(header.size - len(content))
    _skip_padding(stream, header.size)
    return content


def _read_ahead(header: tarfile.TarInfo, content: bytes, ahead: _Ahead) -> None:
    if header.type == tarfile.GNUTYPE_LONGNAME:
        ahead.name = content.rstrip(b"\0")
        return
    for key, value in _records(content):
        if key == b"path":
            ahead.name = value
        elif key == b"size" and value.isdigit() and len(value) < 19:
            ahead.size = int(value)


def _records(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Lines of `LENGTH KEY=VALUE`; the length counts the whole line."""
    position = 0
    while position < len(content):
        length, _, _ = content[position : position + 20].partition(b" ")
        if not length.isdigit() or int(length) <= len(length):
            return
        record = content[position + len(length) + 1 : position + int(length)]
        key, _, value = record.removesuffix(b"\n").partition(b"=")
        yield key, value
        position += int(length)


def _skip_sparse_map(stream: Stream, block: bytes) -> None:
    """Old GNU sparse files go on with blocks of their map: byte 482, then byte 504, says so."""
    is_extended = bool(block[482])
    while is_extended:
        is_extended = bool(stream.exactly(BLOCK)[504])


def _skip_padding(stream: Stream, size: int) -> None:
    try:
        stream.skip(-size % BLOCK)
    except DamageError:
        return  # the last block of a file need not be padded
