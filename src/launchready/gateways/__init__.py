"""The only code that does I/O. A gateway returns facts and translates its library's errors."""

from dataclasses import dataclass
from pathlib import Path

from launchready.gateways.git import Git
from launchready.gateways.progress import Progress


@dataclass(frozen=True, kw_only=True)
class Gateways:
    """What a step may ask: the examined folder, its git repository, and a way to say how far it is.

    `jobs` is how many processes heavy work may use.
    """

    root: Path
    git: Git
    progress: Progress
    jobs: int = 1
