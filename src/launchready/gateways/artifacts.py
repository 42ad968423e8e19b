"""Reads files that are delivered: an archive is opened, whatever it is called, as it streams by."""

import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from launchready.facts.text import Inner, Text, Unreadable
from launchready.gateways.files import open_file, walk_files, why_unreadable
from launchready.gateways.unpack.bounds import ARTIFACT
from launchready.gateways.unpack.stream import Stream
from launchready.gateways.unpack.texts import open_content, open_stream
from launchready.model import Unchecked

_HINT = "make it readable for the user who runs this, or exclude its path"


def find_artifacts(root: Path, given: str) -> tuple[tuple[str, ...], tuple[Unchecked, ...]]:
    """The files that a path or glob names, relative to the current folder; and why there is none.

    A folder is all the files in it. A path that is there is no glob, whatever characters it has.
    """
    is_literal = os.path.lexists(given)
    paths = [given] if is_literal else sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute one
    names: list[str] = []
    unchecked: list[Unchecked] = []
    if not paths:
        reason = "no file is there, and as a glob it matches none"
        hint = "build it first, or name what the build made, relative to the current folder"
        unchecked.append(Unchecked(target=given, reason=reason, hint=hint))
    for each in paths:
        path = Path(os.path.realpath(each))
        if reason_ := why_unreadable(path):
            unchecked.append(Unchecked(target=each, reason=reason_, hint=_HINT))
        else:
            names.extend(walk_files(root, path))
    return tuple(dict.fromkeys(names)), tuple(unchecked)


def size_of(root: Path, name: str) -> int:
    """Bytes on disk, 0 for what cannot be told."""
    try:
        return (root / name).lstat().st_size
    except OSError:
        return 0


def read_artifact(root: Path, name: str, inners: list[Inner]) -> Iterator[Text]:
    """The texts in a file; text number i is described by `inners[i]`, which grows meanwhile.

    A link is the text of its target: nothing is followed out of the folder that was named.
    """
    path = root / name
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            target = os.fsencode(path.readlink())
            yield from open_content(target, name, ARTIFACT, inners)
        elif stat.S_ISREG(mode):
            with open_file(path) as file:
                yield from open_stream(Stream(file.read), name, ARTIFACT, inners)
        else:
            yield _unreadable(name, inners, "it is no file that can be read")
    except OSError as error:
        yield _unreadable(name, inners, f"it cannot be read: {error.strerror or error}")


def _unreadable(name: str, inners: list[Inner], reason: str) -> Unreadable:
    inners.append(Inner(path=name))
    return Unreadable(source=len(inners) - 1, reason=reason, hint=_HINT)
