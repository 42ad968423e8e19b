"""The errors a user can cause, each with one line on what happened and one on what to do.

LaunchReadyError            the job cannot be done as asked; exit code 2
└── ConfigError             launchready.yml is wrong; carries every fault with its place

Anything else that escapes is a bug in launchready: exit code 4. A target that cannot be examined
is not an error but an `Unchecked` value in the report.
"""

from collections.abc import Iterable

from launchready.frozen import frozen


class LaunchReadyError(Exception):
    """The job cannot be done as asked. `message` and `hint` are one line each."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@frozen
class Fault:
    """One thing wrong in a config file. Lines and columns count from 1; column in characters."""

    path: str
    line: int
    column: int
    setting: str
    message: str

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What faults are sorted by: the file's order."""
        return (self.path, self.line, self.column, self.setting, self.message)

    def __str__(self) -> str:
        setting = f"{self.setting}: " if self.setting else ""
        return f"{self.path}:{self.line}:{self.column}: {setting}{self.message}"


class ConfigError(LaunchReadyError):
    """A config file is wrong. `faults` is every fault found, in the file's order."""

    def __init__(self, found: Iterable[Fault]) -> None:
        faults = tuple(sorted(found, key=lambda fault: fault.order))
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(
            f"{faults[0].path} has {count}",
            hint="mend the lines above; `launchready config schema` prints what is allowed",
        )
        self.faults = faults
