"""The narrow interface of what finds candidates in megabytes of text."""

from typing import Protocol

Candidate = tuple[int, int]
"""An offset in the buffer that lies within a match of a kind's anchor, and the kind's number.

The numbers after those of the kinds are those of `ENCODINGS`: there a secret may be hidden.
"""


class Engine(Protocol):
    """Finds every place where a match of a kind may be. Confirming it is not its business."""

    def candidates(self, buffer: bytearray, length: int) -> list[Candidate]:
        """The candidates in `buffer[:length]`, in any order, at least one for every match."""
        ...
