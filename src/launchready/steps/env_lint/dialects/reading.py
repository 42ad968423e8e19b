"""What one loader makes of an env file's text."""

from collections.abc import Callable, Iterator, Mapping

from launchready.errors import LaunchReadyError
from launchready.frozen import frozen


@frozen
class Entry:
    """A variable that a loader takes from a line, with the value that it gives.

    `value` is None for a name without `=` that the loader keeps. `is_open` says that only running
    it would tell the value: a command's output, the shell's process number, the home folder.
    """

    name: str
    value: str | None
    line: int
    is_open: bool = False


@frozen
class Reading:
    """All variables of a file as one loader has them.

    `lines` are where the value of each stands. `refused_line` is the line because of which the
    loader takes nothing at all from the file, 0 if it takes it.
    """

    values: Mapping[str, str | None]
    lines: Mapping[str, int]
    open_names: frozenset[str] = frozenset()
    refused_line: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether the loader gives up on the file."""
        return self.refused_line > 0


class LineRefusedError(LaunchReadyError):
    """A loader ends with an error at a line; caught by `Dialect.read`."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is refused", hint="")
        self.line = line


@frozen
class Dialect:
    """How one loader reads env files.

    `title` is what messages call it. `measured` is the version whose behaviour this is, and
    `parse` gives its variables in the order of the file, or raises `LineRefusedError`.
    `keeps_first` is for loaders with which the first of two lines with one name counts.
    """

    name: str
    title: str
    measured: str
    parse: Callable[[str], Iterator[Entry]]
    keeps_first: bool = False

    def read(self, text: str) -> Reading:
        """What the loader makes of a file's text, a byte order mark included if it has one."""
        values: dict[str, str | None] = {}
        lines: dict[str, int] = {}
        is_open: set[str] = set()
        try:
            for entry in self.parse(text):
                if self.keeps_first and entry.name in values:
                    continue
                values[entry.name] = entry.value
                lines[entry.name] = entry.line
                (is_open.add if entry.is_open else is_open.discard)(entry.name)
        except LineRefusedError as refusal:
            return Reading(values={}, lines={}, refused_line=refusal.line)
        return Reading(values=values, lines=lines, open_names=frozenset(is_open))
