"""Reads objects of a repository in bulk: one `git cat-file --batch` for many, into big buffers.

Source: https://git-scm.com/docs/git-cat-file, "BATCH OUTPUT" and `--buffer`.
"""

import time
from collections.abc import Collection, Generator, Iterator, Sequence
from typing import IO, cast

from launchready.facts.text import Text, TextBatch, Unreadable
from launchready.gateways.buffers import BATCH_BYTES, ReadInto, cut_into_parts, fill
from launchready.gateways.git_process import GitError, GitProcess

_FEW = 2000
_MOST_RESTARTS = 100
_LITTLE = 1 << 17
_PAUSE_SECONDS = 0.001
_FSCK = "`git fsck` names what is broken; a fresh clone, or `git fetch` of a good one, mends it"
_ABSENT = "clone the repository again in full, without --filter"


def in_storage_order(git: GitProcess, wanted: Collection[bytes]) -> list[bytes]:
    """Those of the wanted objects (hex ids) that are there, as they lie on disk: cheap to read.

    A few are asked for by name, and come sorted: naming every object would take longer. A partial
    clone refuses that question, since git would have to fetch what it lacks.
    """
    if len(wanted) < _FEW:
        asked = b"".join(name + b"\n" for name in sorted(wanted))
        code, found, _ = git.attempt("cat-file", "--batch-check=%(objectname)", text=asked)
        if not code:
            return [line for line in found.splitlines() if b" " not in line]
    listing = ("--batch-all-objects", "--unordered", "--batch-check=%(objectname)")
    return list(filter(wanted.__contains__, git.run("cat-file", *listing).split(b"\n")))


def read_objects(git: GitProcess, names: Sequence[bytes]) -> Iterator[Text]:
    """The contents of these objects. Text number i is object `names[i]`, whatever its type.

    git gives up at the first object that is broken. Then that one is reported and git started
    again after it, up to a limit: past that the rest is reported as one.
    """
    first = 0
    for _ in range(_MOST_RESTARTS):
        try:
            first = yield from _read_from(git, names, first)
        except GitError as error:
            reason, hint = error.unchecked.reason, error.unchecked.hint
            yield from (
                Unreadable(source=s, reason=reason, hint=hint) for s in range(first, len(names))
            )
            return
        if first == len(names):
            return
        yield Unreadable(source=first, reason="the object is corrupt", hint=_FSCK)
        first += 1
    for source in range(first, len(names)):
        yield Unreadable(source=source, reason="too many objects before it are corrupt", hint=_FSCK)


def _read_from(git: GitProcess, names: Sequence[bytes], first: int) -> Generator[Text, None, int]:
    """Yield what one git process gives; return the number of the object at which it stopped."""
    if first == len(names):
        return first
    wanted = (names[number] for number in range(first, len(names)))
    command = ("cat-file", "--batch=%(objectsize)", "--buffer")
    with git.stream(*command, lines=wanted) as (output, finish):
        stopped = yield from _Reader(output, first).texts()
        if stopped < len(names):
            try:
                finish()
            except GitError:
                return stopped
        return stopped


class _Reader:
    """Walks over git's answers, `SIZE`, the object, a line end, one after the other."""

    def __init__(self, output: IO[bytes], first: int) -> None:
        read_into = cast("ReadInto", getattr(output, "readinto"))  # noqa: B009 - raw file
        self.read_into = _unhurried(read_into)
        self.number = first
        self.buffer = bytearray(BATCH_BYTES)
        self.view = memoryview(self.buffer)
        self.filled = 0
        self.unreadable: list[Unreadable] = []

    def texts(self) -> Generator[Text, None, int]:
        """Yield texts until git ends; return the number of the first that did not come whole."""
        is_open = True
        while is_open:
            self.filled += fill(self.view[self.filled :], self.read_into)
            is_open = self.filled == len(self.buffer)
            batch, long_size = self._whole_texts()
            if batch.sources:
                yield batch
            yield from self.unreadable
            self.unreadable.clear()
            self._move_up(batch.length)
            if long_size:
                is_whole = yield from self._long_text(long_size)
                if not is_whole:
                    break
        return self.number

    def _whole_texts(self) -> tuple[TextBatch, int]:
        """The texts that lie whole in the buffer, and the size of one that never could."""
        buffer, filled = self.buffer, self.filled
        starts: list[int] = []
        ends: list[int] = []
        sources: list[int] = []
        position = long_size = 0
        while (start := buffer.find(b"\n", position, filled) + 1) > 0:
            header = buffer[position : start - 1]
            if not header.isdigit():
                self._report_missing()
                position = start
                continue
            end = start + int(header)
            if end >= filled:
                long_size = int(header) if end - position >= len(buffer) else 0
                break
            starts.append(start)
            ends.append(end)
            sources.append(self.number)
            self.number += 1
            position = end + 1
        batch = TextBatch(buffer=buffer, length=position, starts=starts, ends=ends, sources=sources)
        return batch, long_size

    def _report_missing(self) -> None:
        self.unreadable.append(
            Unreadable(source=self.number, reason="the object is missing or broken", hint=_ABSENT)
        )
        self.number += 1

    def _move_up(self, count: int) -> None:
        self.view[: self.filled - count] = self.view[count : self.filled]
        self.filled -= count

    def _long_text(self, size: int) -> Generator[Text, None, bool]:
        """Yield the parts of a text longer than the buffer; say whether it came whole."""
        self._move_up(self.buffer.find(b"\n") + 1)
        left = size

        def read_into(view: memoryview) -> int:
            nonlocal left
            count = min(len(view), left)
            if self.filled:
                count = min(count, self.filled)
                view[:count] = self.view[:count]
                self._move_up(count)
            elif count:
                count = self.read_into(view[:count])
            left -= count
            return count

        yield from cut_into_parts(self.number, read_into)
        if left:
            return False
        self.filled += fill(self.view[self.filled : self.filled + 1], self.read_into)
        self._move_up(1)
        self.number += 1
        return True


def _unhurried(read_into: ReadInto) -> ReadInto:
    """The same, but it lets the pipe fill where it has emptied it.

    git writes a blob in pieces of 16 KiB and its size apart from it, and whoever waits for them is
    woken at each: the turns between the two cost more than all the copying.
    """
    is_empty = False

    def read(view: memoryview) -> int:
        nonlocal is_empty
        if is_empty:
            time.sleep(_PAUSE_SECONDS)
        count = read_into(view)
        is_empty = 0 < count < min(_LITTLE, len(view))
        return count

    return read
