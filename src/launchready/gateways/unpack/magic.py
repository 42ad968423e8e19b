"""Tells from the first bytes of a text, and its name, that another text may be in it.

Magic numbers: PKWARE's APPNOTE.TXT, RFC 1952, and the `magic` files of the file(1) program.
"""

import re

HEAD_BYTES = 1024
FIRST_BYTES = frozenset(b"P\x1fB\xfd\x28\xff\xfe\0{)#")
"""What an archive (but for tar), a document and a wide encoding start with; the last may also have
NUL as its second byte."""

_UNREAD = (
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "7-Zip"),
    (re.compile(rb"Rar!\x1a\x07"), "RAR"),
    (re.compile(rb"MSCF\0\0\0\0"), "a Microsoft cabinet"),
    (re.compile(rb"!<arch>\ndebian-binary"), "a Debian package"),
    (re.compile(rb"\xed\xab\xee\xdb"), "an RPM package"),
    (re.compile(rb"xar!"), "a xar archive"),
    (re.compile(rb"PGDMP"), "a PostgreSQL dump in its custom format"),
)
_ARCHIVE = re.compile(
    rb"PK\x03\x04|\x1f\x8b\x08|BZh[1-9][\x31\x17]|\xfd7zXZ\0|\x28\xb5\x2f\xfd|"
    rb"[\x50-\x5f]\x2a\x4d\x18"
)
_DOCUMENT = re.compile(r"\.(?:map|ipynb|har)\Z", re.IGNORECASE)
_ZIP_APPLICATION = re.compile(rb"#![^\n]{1,256}\nPK\x03\x04")  # PEP 441


def unread_format(head: bytes) -> str | None:
    """The name of an archive's format that cannot be read here."""
    return next((name for magic, name in _UNREAD if magic.match(head)), None)


def document_of(path: str) -> str:
    """`map`, `ipynb` or `har` if the path names such a document, else nothing."""
    found = _DOCUMENT.search(path)
    return found[0][1:].lower() if found else ""


def script_line(head: bytes) -> int:
    """How many bytes stand before the zip file of a Python zip application."""
    found = _ZIP_APPLICATION.match(head)
    return found.end() - 4 if found else 0


def is_archive(head: bytes) -> bool:
    """Whether a text that begins so is an archive or compressed; of tar files only the usual."""
    return bool(_ARCHIVE.match(head) or script_line(head) or head[257:262] == b"ustar")


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by a byte order mark or by where the NULs of plain letters stand."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    sample = head[:256]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    return next((name for name, step, at in _PATTERNS if _fits(sample, step, at)), None)


_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Name, bytes of one character, and which of them holds a letter of ASCII.
_PATTERNS = (
    ("utf-32-le", 4, 0),
    ("utf-32-be", 4, 3),
    ("utf-16-le", 2, 0),
    ("utf-16-be", 2, 1),
)
_PLAIN = frozenset((*range(0x20, 0x7F), 0x09, 0x0A, 0x0D))


def _fits(sample: bytes, step: int, at: int) -> bool:
    """Whether nine of ten characters are plain letters with NULs in their other bytes."""
    whole = sample[: len(sample) // step * step]
    letters = sum(byte in _PLAIN for byte in whole[at::step])
    others = [byte for offset in range(step) if offset != at for byte in whole[offset::step]]
    count = len(whole) // step
    return letters * 10 >= count * 9 and others.count(0) * 10 >= len(others) * 9
