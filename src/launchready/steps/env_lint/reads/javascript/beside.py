"""What runs only where another variable is set: `process.env.A ? start(process.env.B) : null`."""

from collections.abc import Iterable, Iterator

from launchready.steps.env_lint.reads.javascript.fate import Fate

_MOST_RANGES = 400


class Guards:
    """The bytes of a script that run only where a variable is set, with its name."""

    def __init__(self, found: Iterable[tuple[str, Fate]]) -> None:
        ranges = (each for name, fate in found for each in _ranges(name, fate))
        self._ranges = sorted(ranges, key=lambda each: each[1] - each[0])[:_MOST_RANGES]

    def around(self, at: int, name: str) -> str:
        """The variable other than `name` whose test a byte hangs on most closely, or nothing."""
        inner = (other for start, end, other in self._ranges if start <= at < end)
        return next((other for other in inner if other != name), "")


def _ranges(name: str, fate: Fate) -> Iterator[tuple[int, int, str]]:
    """Where a test that asks only whether the variable is set leads to."""
    test = fate.test
    if test is None or test.throws or test.compared:
        return
    for start, end in test.protects:
        yield start, end, name
