"""Opened texts on their way to a scanner: many short ones in one buffer, long ones in parts."""

from collections.abc import Iterator

from launchready.facts.text import Inner, Text, TextBatch, Unreadable
from launchready.gateways.buffers import BATCH_BYTES, cut_into_parts, fill
from launchready.gateways.unpack.bounds import DamageError, Limits
from launchready.gateways.unpack.leaves import Leaf, leaves_of
from launchready.gateways.unpack.members import Fault
from launchready.gateways.unpack.stream import Stream, stream_over


def open_content(content: bytes, path: str, limits: Limits, inners: list[Inner]) -> Iterator[Text]:
    """The texts in a text that is at hand; see `open_stream`."""
    return open_stream(stream_over(content), path, limits, inners)


def open_stream(stream: Stream, path: str, limits: Limits, inners: list[Inner]) -> Iterator[Text]:
    """The texts in the text at `path`, itself among them where it is scanned too.

    Text number i is described by `inners[i]`, which grows meanwhile.
    """
    packer = _Packer()
    for leaf in leaves_of(stream, path, limits):
        number = len(inners)
        match leaf:
            case Leaf():
                inners.append(
                    Inner(path=leaf.path, reading=leaf.reading, has_columns=leaf.has_columns)
                )
                yield from packer.pack(number, leaf.stream)
            case Fault():
                inners.append(Inner(path=leaf.name))
                yield Unreadable(
                    source=number,
                    reason=leaf.reason,
                    hint=leaf.hint,
                    is_opaque=leaf.is_opaque,
                )
    yield from packer.flush()


class _Packer:
    """As that of `gateways.files`, for streams: nothing can be read twice."""

    def __init__(self) -> None:
        self._buffer = bytearray(BATCH_BYTES)
        self._view = memoryview(self._buffer)
        self._batch = _Filling()

    def pack(self, source: int, stream: Stream) -> Iterator[Text]:
        """Add a text. What came of a broken one is kept, and then it is said."""
        reader = _Reader(stream)
        begin = self._batch.length
        count = fill(self._view[begin:], reader.read_into)
        if begin + count == BATCH_BYTES and begin:
            yield from self.flush()
            self._view[:count] = self._view[begin:BATCH_BYTES]
            begin = 0
            count += fill(self._view[count:], reader.read_into)
        if count == BATCH_BYTES:
            stream.unread(bytes(self._buffer))
            yield from cut_into_parts(source, reader.read_into)
        elif count:
            self._batch.starts.append(begin)
            self._batch.ends.append(begin + count)
            self._batch.sources.append(source)
            self._buffer[begin + count] = 0x0A
            self._batch.length = begin + count + 1
        if error := reader.error:
            yield Unreadable(
                source=source, reason=error.reason, hint=error.hint, is_opaque=error.is_opaque
            )

    def flush(self) -> Iterator[Text]:
        """Hand out what is in the buffer."""
        if self._batch.sources:
            batch = self._batch
            yield TextBatch(
                buffer=self._buffer,
                length=batch.length,
                starts=batch.starts,
                ends=batch.ends,
                sources=batch.sources,
            )
        self._batch = _Filling()


class _Filling:
    """A batch while it is filled."""

    def __init__(self) -> None:
        self.length = 0
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sources: list[int] = []


class _Reader:
    """Reads a stream into views; `error` is what ended it early."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.error: DamageError | None = None

    def read_into(self, view: memoryview) -> int:
        """See `buffers.ReadInto`."""
        if self.error:
            return 0
        try:
            taken = self._stream.read(len(view))
        except DamageError as error:
            self.error = error
            return 0
        view[: len(taken)] = taken
        return len(taken)
