"""The explicit list of steps. A row is known without importing its step."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from launchready.step import Step


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One step: its command, action and config section are called `name`.

    `summary` is one line; `module` holds the step as `STEP`.
    """

    name: str
    summary: str
    module: str

    def load(self) -> "Step[Any]":
        """Import the step."""
        step: Step[Any] = import_module(self.module).STEP
        return step


_ENTRIES = (
    Entry(
        name="secret-scan",
        summary="Finds keys and passwords in the git history, the work tree and staged changes.",
        module="launchready.steps.secret_scan",
    ),
)

STEPS: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
