"""Finds and reads files on disk: links are never followed, devices and pipes never waited for.

A name is relative to the examined root, with `/` between its parts.
"""

import io
import os
import re
import shlex
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from launchready.facts.text import Skipped, Text, TextBatch, Unreadable
from launchready.gateways.buffers import BATCH_BYTES, ReadInto, cut_into_parts, fill

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_FILE = "it is a device, a pipe or a socket"
_LOOKED_AT = 8000  # bytes; as many as git looks at to tell binary from text


def walk_files(root: Path, start: Path) -> Iterator[str]:
    """The names of all files and links under `start`, or of `start` itself, in order.

    Git's own folders (`.git`) are left out. Folders that cannot be listed are named too, so that
    reading them says so.
    """
    if start.is_symlink() or not start.is_dir():
        yield name_of(root, start)
        return
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            yield name_of(root, folder)
            continue
        folders = []
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield name_of(root, Path(entry.path))
            elif entry.name != ".git":
                folders.append(Path(entry.path))
        waiting.extend(reversed(folders))


def why_unreadable(path: Path) -> str | None:
    """Why there is nothing to read at a path that a person named; None where there is."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such file or folder"
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    is_readable = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    return None if is_readable else _NO_FILE


def name_of(root: Path, path: Path) -> str:
    """`path` as a report shows it: relative to the root where it lies inside."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def grep_files(root: Path, pattern: str) -> Iterator[tuple[str, int, str]]:
    """Name, line number and line of each match in the text files under `root`.

    `pattern` is in the part of POSIX extended expressions that Python shares, and `[[:blank:]]`.
    """
    wanted = re.compile(pattern.replace("[[:blank:]]", "[ \\t]").encode())
    for name in walk_files(root, root):
        try:
            with open_file(root / name) as file:
                if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    yield from ((name, *hit) for hit in _matching_lines(file, wanted))
        except OSError:
            continue  # the step that needs the file says that it cannot be read


def _matching_lines(file: io.FileIO, wanted: re.Pattern[bytes]) -> Iterator[tuple[int, str]]:
    with io.BufferedReader(file) as reader:
        if b"\0" in reader.peek(_LOOKED_AT)[:_LOOKED_AT]:
            return
        for number, line in enumerate(reader, start=1):
            if wanted.search(line):
                yield number, line.decode("utf-8", "replace").rstrip("\r\n")


def count_lines(path: Path) -> tuple[tuple[int, int], ...]:
    """All lines of a file as one range, from 1; none if it is empty, no file or unreadable."""
    lines = 0
    tail = b"\n"
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ()
        with open_file(path) as file:
            while chunk := file.read(BATCH_BYTES):
                lines += chunk.count(b"\n")
                tail = chunk[-1:]
    except OSError:
        return ()
    lines += tail != b"\n"
    return ((1, lines),) if lines else ()


def read_files(root: Path, names: Sequence[str]) -> Iterator[Text]:
    """The contents of these files; text number i is file `names[i]`.

    A link reads as the text of its target, as git stores it. A file that is gone is left out.
    """
    packer = _Packer()
    for number, name in enumerate(names):
        try:
            yield from _read(packer, number, root, name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            yield Unreadable(
                source=number,
                reason=f"it cannot be read: {error.strerror or error}",
                hint="make it readable for the user who runs this, or exclude its path",
            )
    yield from packer.flush()


def _read(packer: "_Packer", number: int, root: Path, name: str) -> Iterator[Text]:
    path = os.path.join(root, name)  # noqa: PTH118 - faster
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        target = io.BytesIO(os.fsencode(os.readlink(path)))  # noqa: PTH115 - faster
        yield from packer.pack(number, target.readinto, lambda: target.seek(0))
    elif stat.S_ISDIR(mode):
        yield _folder(number, path, name)
    elif not stat.S_ISREG(mode):
        yield Skipped(source=number, reason=_NO_FILE)
    else:
        with open_file(path) as file:
            yield from packer.pack(number, file.readinto, lambda: file.seek(0))


def _folder(number: int, path: str, name: str) -> Text:
    """A folder that is named where a file is expected: git names those of other repositories."""
    where = shlex.quote(name.rstrip("/"))
    with os.scandir(path) as entries:  # one that may not be listed is not passed over
        found = {entry.name for entry in entries}
    if ".git" in found:
        return Unreadable(
            source=number,
            reason="it is a repository of its own, whose history and files are not looked at here",
            hint=f"run `launchready check` in {where}, and name it in `exclude` here",
        )
    if found:
        return Skipped(source=number, reason="a folder stands where git has a file")
    return Unreadable(
        source=number,
        reason="it is a submodule, a repository of its own, that is not checked out",
        hint=f"`git submodule update --init`, run `launchready check` in {where}, and name it in"
        " `exclude` here",
    )


def open_file(path: str | Path) -> io.FileIO:
    """Open for reading; a link that took the file's place is refused, a pipe does not block."""
    return io.FileIO(os.open(path, _FLAGS))


class _Packer:
    """Packs texts into one buffer, a line end after each, and hands it out when it is full."""

    def __init__(self) -> None:
        self._buffer = bytearray(BATCH_BYTES)
        self._view = memoryview(self._buffer)
        self._filled = 0
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._sources: list[int] = []

    def pack(
        self, source: int, read_into: ReadInto, rewind: Callable[[], object]
    ) -> Iterator[Text]:
        """Add a text; what does not fit in what is left of the buffer goes into the next one."""
        count = fill(self._view[self._filled :], read_into)
        if self._filled + count == BATCH_BYTES and self._filled:
            yield from self.flush()
            rewind()
            count = fill(self._view, read_into)
        if count == BATCH_BYTES:
            rewind()
            yield from cut_into_parts(source, read_into)
            return
        self._starts.append(self._filled)
        self._ends.append(self._filled + count)
        self._sources.append(source)
        self._buffer[self._filled + count] = 0x0A
        self._filled += count + 1

    def flush(self) -> Iterator[Text]:
        """Hand out what is in the buffer."""
        if self._sources:
            yield TextBatch(
                buffer=self._buffer,
                length=self._filled,
                starts=self._starts,
                ends=self._ends,
                sources=self._sources,
            )
        self._filled = 0
        self._starts, self._ends, self._sources = [], [], []
