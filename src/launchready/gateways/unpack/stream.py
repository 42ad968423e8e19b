"""Bytes that come once, from front to back, with a look ahead."""

from collections.abc import Callable

from launchready.gateways.unpack.bounds import DamageError, cut_short

CHUNK = 1 << 16

Read = Callable[[int], bytes]
"""Gives about so many bytes; none only at the end."""


class Stream:
    """A forward stream over `read`. `position` counts the bytes that were taken from it."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._ahead = b""
        self._taken = 0  # of what is ahead
        self._error: DamageError | None = None
        self.position = 0

    def read(self, count: int) -> bytes:
        """At most `count` bytes; none only at the end."""
        if not self._ahead:
            if self._error:
                raise self._error
            self._ahead = self._read(count)
        taken = self._ahead[self._taken : self._taken + count]
        self._taken += len(taken)
        if self._taken == len(self._ahead):
            self._ahead, self._taken = b"", 0
        self.position += len(taken)
        return taken

    def peek(self, count: int) -> bytes:
        """The next bytes, fewer only where the stream ends, without taking them.

        What is broken is told when it is read.
        """
        while len(self._ahead) - self._taken < count and not self._error:
            try:
                more = self._read(max(count, CHUNK))
            except DamageError as error:
                self._error = error
                break
            if not more:
                break
            self._ahead, self._taken = self._ahead[self._taken :] + more, 0
        return self._ahead[self._taken : self._taken + count]

    def unread(self, content: bytes) -> None:
        """Give back what was taken too much."""
        self._ahead, self._taken = content + self._ahead[self._taken :], 0
        self.position -= len(content)

    def exactly(self, count: int) -> bytes:
        """Just so many bytes. Raises DamageError where the stream ends before."""
        pieces = []
        while count:
            piece = self.read(count)
            if not piece:
                raise cut_short()
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def skip(self, count: int) -> None:
        """Pass over so many bytes. Raises DamageError where the stream ends before."""
        while count:
            piece = self.read(min(count, CHUNK))
            if not piece:
                raise cut_short()
            count -= len(piece)

    def drain(self) -> None:
        """Read to the end."""
        while self.read(CHUNK):
            pass


def stream_over(content: bytes) -> Stream:
    """A stream of bytes that are at hand."""
    left = [content]
    return Stream(lambda _: left.pop() if left else b"")


class Slice:
    """The next `size` bytes of a stream, as a stream's `read`."""

    def __init__(self, stream: Stream, size: int) -> None:
        self._stream = stream
        self.left = size

    def read(self, count: int) -> bytes:
        """See `Stream.read`. Raises DamageError where the outer stream ends before the slice."""
        if not self.left:
            return b""
        taken = self._stream.read(min(count, self.left))
        if not taken:
            raise cut_short()
        self.left -= len(taken)
        return taken

    def skip_rest(self) -> None:
        """Go on to the end of the slice."""
        left, self.left = self.left, 0
        self._stream.skip(left)
