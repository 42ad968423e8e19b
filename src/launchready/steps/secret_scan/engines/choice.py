"""The choice between the engines."""

from collections.abc import Callable, Sequence

from launchready.catalog.kinds import Kind
from launchready.steps.secret_scan.engines.interface import Candidate, Engine

_ENOUGH_BYTES = 4 << 20


def choose_engine(kinds: Sequence[Kind], *, is_small: bool) -> Engine:
    """The fastest engine for the work: what needs no set-up for little text, else hyperscan.

    Both find the same. Where hyperscan is not installed or refuses this processor, the engine on
    Python's own `re` does all the work. A database that an earlier scan left is loaded sooner than
    the tables and expressions of the other engine are made, so even little text goes to hyperscan.
    """
    from launchready.steps.secret_scan.engines.native import load_hyperscan

    native = load_hyperscan(kinds, may_compile=not is_small)
    if native is not None:
        return native
    pure = _pure(kinds)
    return _GrowingEngine(pure, lambda: choose_engine(kinds, is_small=False)) if is_small else pure


def _pure(kinds: Sequence[Kind]) -> Engine:
    from launchready.steps.secret_scan.engines.pure import ReEngine

    return ReEngine(kinds)


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
