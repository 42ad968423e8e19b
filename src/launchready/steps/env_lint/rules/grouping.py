"""One finding for the many variables of a project, and the name that was probably meant."""

from collections.abc import Iterable, Iterator

from launchready.facts.environment import Read
from launchready.model import Finding, Related
from launchready.steps.env_lint.index import Index
from launchready.steps.env_lint.projects import project_of

_MOST_NAMED = 12
"""Variables that a grouped note names, each with its place: who is told of a name goes there."""


def hint_of(index: Index, near: str) -> str:
    """What adds the declared name that was probably meant to a message; "" if there is none."""
    if not near:
        return ""
    where = index.declared[near][0].location
    return f"; {where.path}:{where.line} declares {near!r}, which nothing reads"


def grouped(index: Index, reads: Iterable[Read], what: str) -> Iterator[Finding]:
    """One finding for all the variables of a project."""
    groups: dict[str, list[Read]] = {}
    for read in reads:
        folder = project_of(index.facts.projects, read.path).folder
        groups.setdefault(folder, []).append(read)
    for folder, group in sorted(groups.items()):
        first, *others = named = sorted(group, key=lambda read: read.name)[:_MOST_NAMED]
        shown = ", ".join(f"{read.name!r}" for read in named)
        more = f" and {len(group) - len(named)} more" if len(group) > len(named) else ""
        count = "1 variable is" if len(group) == 1 else f"{len(group)} variables are"
        yield Finding(
            message=f"{count} {what}: {shown}{more}",
            location=first.location,
            identity=folder,
            related=tuple(
                Related(message=f"{read.name!r} is read here", location=read.location)
                for read in others
            ),
        )
