"""The text files of a work tree in memory, so that each is read once and searched many times.

What is a text is git's judgement: no NUL among the first bytes, unless `.gitattributes` says.
Sources: https://git-scm.com/docs/gitattributes, "Marking files as binary"; buffer_is_binary() of
git's xdiff-interface.c.
"""

import os
import stat
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from launchready.gateways.small_files import READING
from launchready.regex import Regex

MOST_KEPT = 64 << 20
"""Bytes of all texts together; of more, git's own search takes less than ours."""

_LOOKED_AT = 8000
_ATTRIBUTES = ".gitattributes"
_SAYS = Regex(rb"^[^#\n]*[ \t](?:binary|[-!]?diff)(?=[ \t\r]|$)", 8)  # re.MULTILINE


def read_texts(
    root: Path, names: Sequence[str], binary: Collection[str] = (), most_bytes: int = MOST_KEPT
) -> Mapping[str, bytes] | None:
    """The content of each text file, those left out that `binary` names, that are gone, links or
    not to be read; None where all of them are more than `most_bytes`.
    """
    found = {}
    for name in names:
        content = None if name in binary else _read(f"{root}/{name}", most_bytes)
        if content is not None:
            most_bytes -= len(content)
            if most_bytes < 0:
                return None
            found[name] = content
    return found


def speaks_of_binary(content: bytes) -> bool:
    """Whether a `.gitattributes` says of files that they are text or binary, to `git grep` too."""
    return _SAYS.search(content) is not None


def is_attributes(name: str) -> bool:
    """Whether a file is a `.gitattributes`."""
    return name.endswith(_ATTRIBUTES) and name.rpartition("/")[2] == _ATTRIBUTES


def _read(path: str, most_bytes: int) -> bytes | None:
    """A text file's content: of a longer one, one byte more than `most_bytes`."""
    try:
        descriptor = os.open(path, READING)
    except (OSError, ValueError):
        return None
    try:
        size = os.fstat(descriptor)
        if not stat.S_ISREG(size.st_mode):
            return None
        head = os.read(descriptor, _LOOKED_AT)
        if b"\0" in head:
            return None
        if size.st_size <= len(head):
            return head
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return head + file.read(max(0, most_bytes + 1 - len(head)))
    except OSError:
        return None
    finally:
        os.close(descriptor)
