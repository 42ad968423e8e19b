"""Counts what a scan looked at, so that nobody takes a look at little for a look at all."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from launchready.model import Looked
from launchready.steps.secret_scan.scanning.shares import Share
from launchready.steps.secret_scan.scanning.sightings import Origin

if TYPE_CHECKING:
    from launchready.steps.secret_scan.past import Past

_REMEMBERED = "the rest of the history was scanned before"


def looked_at(shares: Iterable[Share], past: "Past | None") -> Iterator[Looked]:
    """Files, versions, commits and artifacts of these shares; only what was asked for is told."""
    names: dict[Origin, set[str]] = {}
    for share in shares:
        names.setdefault(share.origin, set()).update(share.names)
    tags = past.history.tags if past else ()
    commits = names.get(Origin.MESSAGE, set()).difference(tags)
    if Origin.DISK in names:
        yield _of("files", "file", "files", names[Origin.DISK])
    if Origin.INDEX in names:
        yield _of("staged_files", "staged file", "staged files", names[Origin.INDEX])
    if past is not None:
        versions = names.get(Origin.HISTORY, set())
        yield _of("versions", "version of a file", "versions of files", versions)
        rest = _REMEMBERED if past.recollection and past.recollection.memory.tips else ""
        yield _of("commits", "commit", "commits", commits, rest)
    if Origin.ARTIFACT in names:
        yield _of("artifacts", "delivered file", "delivered files", names[Origin.ARTIFACT])
    if Origin.RUN in names:
        yield _of("runs", "CI run", "CI runs", names[Origin.RUN])


def _of(name: str, one: str, many: str, names: set[str], rest: str = "") -> Looked:
    return Looked(name=name, one=one, many=many, count=len(names), rest=rest)
