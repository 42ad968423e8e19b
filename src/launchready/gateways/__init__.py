"""The only code that does I/O. A gateway returns facts and translates its library's errors."""

from pathlib import Path
from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress

if TYPE_CHECKING:
    from launchready.gateways.verifier import Verifier


@frozen
class Gateways:
    """What a step may ask: the examined folder, its git repository, and a way to say how far it is.

    `jobs` is how many processes heavy work may use. `is_ci` says that a machine runs this, and no
    person is about to commit. `why_untrusted` says why what is examined may
    be a stranger's; `verifier` takes the place of the one that asks the real providers. `base` is
    the commit that the change under judgement starts from, where the run has one.
    """

    root: Path
    git: Git
    progress: Progress
    jobs: int = 1
    is_ci: bool = False
    why_untrusted: str = ""
    verifier: "Verifier | None" = None
    base: str | None = None
