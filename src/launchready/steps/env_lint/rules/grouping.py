"""One finding for the many variables of a project, and the name that was probably meant."""

from collections.abc import Iterable, Iterator

from launchready.facts.environment import Read
from launchready.model import Finding, Related
from launchready.steps.env_lint.index import Index
from launchready.steps.env_lint.projects import project_of

_MOST_SHOWN = 5
"""Further places that a finding names."""
_MOST_NAMED = 12
"""Variables that a grouped note names."""


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
        names = sorted(read.name for read in group)
        shown = ", ".join(f"{name!r}" for name in names[:_MOST_NAMED])
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        count = "1 variable is" if len(names) == 1 else f"{len(names)} variables are"
        yield Finding(
            message=f"{count} {what}: {shown}{more}",
            location=group[0].location,
            identity=folder,
            related=tuple(
                Related(message=f"{read.name!r} is read here", location=read.location)
                for read in group[:_MOST_SHOWN]
            ),
        )
