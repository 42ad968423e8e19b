"""The choice between the engines."""

from collections.abc import Callable, Sequence

from launchready.catalog.kinds import Kind
from launchready.steps.secret_scan.engines.interface import Candidate, Engine
from launchready.steps.secret_scan.engines.pure import ReEngine

_ENOUGH_BYTES = 4 << 20


def choose_engine(kinds: Sequence[Kind], *, is_small: bool, is_of_history: bool = False) -> Engine:
    """The fastest engine for the work: what needs no set-up for little text, else hyperscan.

    Both find the same. Where hyperscan is not installed or refuses this processor, the engine on
    Python's own `re` does all the work. Of a history even a little is much text, so hyperscan does
    it where an earlier scan left a database.
    """
    if is_small:
        ready = _hyperscan_if_ready(kinds) if is_of_history else None
        if ready is not None:
            return ready
        return _GrowingEngine(ReEngine(kinds), lambda: choose_engine(kinds, is_small=False))
    from launchready.steps.secret_scan.engines.native import load_hyperscan

    return load_hyperscan(kinds) or ReEngine(kinds)


def _hyperscan_if_ready(kinds: Sequence[Kind]) -> Engine | None:
    from launchready.steps.secret_scan.engines.native import load_hyperscan

    return load_hyperscan(kinds, may_compile=False)


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
