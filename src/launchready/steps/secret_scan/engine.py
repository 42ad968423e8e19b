"""The narrow interface of what finds candidates in megabytes of text, and the choice of one."""

from collections.abc import Callable, Sequence
from typing import Protocol

from launchready.catalog.kinds import Kind

Candidate = tuple[int, int]
"""An offset in the buffer that lies within a match of a kind's anchor, and the kind's number."""

_ENOUGH_BYTES = 4 << 20


class Engine(Protocol):
    """Finds every place where a match of a kind may be. Confirming it is not its business."""

    def candidates(self, buffer: bytearray, length: int) -> list[Candidate]:
        """The candidates in `buffer[:length]`, in any order, at least one for every match."""
        ...


def choose_engine(kinds: Sequence[Kind], *, is_small: bool) -> Engine:
    """The fastest engine for the work: what needs no set-up for little text, else hyperscan.

    Both find the same. Where hyperscan is not installed or refuses this processor, the engine on
    Python's own `re` does all the work.
    """
    from launchready.steps.secret_scan.engine_re import ReEngine

    if is_small:
        return _GrowingEngine(ReEngine(kinds), lambda: choose_engine(kinds, is_small=False))
    from launchready.steps.secret_scan.engine_hyperscan import load_hyperscan

    return load_hyperscan(kinds) or ReEngine(kinds)


class _GrowingEngine:
    """Starts with one engine and changes to another once the work proves not to be small."""

    def __init__(self, first: Engine, second: Callable[[], Engine]) -> None:
        self._engine = first
        self._second = second
        self._bytes_left = _ENOUGH_BYTES

    def candidates(self, buffer: bytearray, length: int) -> list[Candidate]:
        """See `Engine`."""
        if self._bytes_left > 0:
            self._bytes_left -= length
            if self._bytes_left <= 0:
                self._engine = self._second()
        return self._engine.candidates(buffer, length)
