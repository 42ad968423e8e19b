"""Where the ledger of releases is kept, and how it is added to so that nothing is lost."""

from collections.abc import Callable
from typing import Protocol

Change = Callable[[str], str | None]
"""What the ledger is to be, of what it is; None where there is nothing to add after all. It may be
called several times, each time with what others wrote meanwhile.
"""


class Store(Protocol):
    """One ledger. Both raise LaunchReadyError where it cannot be read or written."""

    def read(self) -> str:
        """The whole text, "" where there is none yet."""

    def amend(self, change: Change, message: str) -> None:
        """Add what `change` says, whoever else writes at the same time. `message` is one line."""
