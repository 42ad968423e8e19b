"""What rules ask of the one model: what is given to which environment, and by which project."""

from collections.abc import Iterable, Iterator, Mapping

from launchready.facts.environment import (
    Declaration,
    EnvironmentFacts,
    Project,
    Read,
    Stage,
    Value,
)
from launchready.frozen import frozen
from launchready.model import Finding, Related
from launchready.steps.env_lint.projects import project_of
from launchready.steps.env_lint.valuing import Weight, weigh


@frozen
class Given:
    """A declaration that gives a program a value, and what the value is."""

    declaration: Declaration
    value: Value
    weight: Weight

    @property
    def name(self) -> str:
        """The variable's name."""
        return self.declaration.name

    @property
    def text(self) -> str:
        """The value without blanks around it, for code that judges: not to be shown."""
        return self.value.reveal().strip()

    @property
    def stage(self) -> Stage | None:
        """What the environment is for, None where the file does not tell."""
        return self.declaration.environment.stage if self.declaration.environment else None

    @property
    def environment(self) -> str:
        """The environment as the repository calls it, empty where it does not tell."""
        return self.declaration.environment.name if self.declaration.environment else ""


def given(facts: EnvironmentFacts) -> Iterator[Given]:
    """Every value that a program is given: what templates and comments tell is none."""
    for each in facts.declarations:
        if each.value is not None and not each.kind.is_documentation:
            yield _given(each, each.value)


def known(facts: EnvironmentFacts) -> Iterator[Given]:
    """Every such value that stands there itself: not empty, to come, elsewhere or encrypted."""
    return (each for each in given(facts) if each.weight.is_known)


def told(facts: EnvironmentFacts) -> Iterator[Given]:
    """Every value of templates and comments."""
    for each in facts.declarations:
        if each.value is not None and each.kind.is_documentation:
            yield _given(each, each.value)


def in_production(facts: EnvironmentFacts) -> Iterator[Given]:
    """Every value that production is given."""
    for each in facts.declarations:
        if each.value is not None and _stage(each) is Stage.PRODUCTION and not _documents(each):
            yield _given(each, each.value)


def elsewhere(facts: EnvironmentFacts) -> Iterator[Given]:
    """Every value that an environment other than production is given."""
    for each in facts.declarations:
        stage = _stage(each)
        if each.value is None or stage is None or _documents(each):
            continue
        if stage is not Stage.PRODUCTION:
            yield _given(each, each.value)


def by_place(found: Iterable[Given]) -> Iterator[tuple[Given, ...]]:
    """What the same file gives the same environment under the same name, several times, is one."""
    groups: dict[tuple[str, str, str], list[Given]] = {}
    for each in found:
        key = (each.name, each.declaration.path, each.environment)
        groups.setdefault(key, []).append(each)
    return (tuple(group) for group in groups.values())


def reads_by_name(facts: EnvironmentFacts) -> Mapping[str, tuple[Read, ...]]:
    """All reads of each name."""
    reads: dict[str, list[Read]] = {}
    for read in facts.reads:
        reads.setdefault(read.name, []).append(read)
    return {name: tuple(each) for name, each in reads.items()}


def nearest(facts: EnvironmentFacts, path: str) -> Project | None:
    """The project that a file lies in."""
    return project_of(facts.projects, path) if facts.projects else None


def packages_around(facts: EnvironmentFacts, path: str) -> frozenset[str]:
    """What the project of a file, and those that it lies in or that lie in it, depend on.

    An env file at the top of a monorepo is for every project below.
    """
    own = nearest(facts, path)
    if own is None:
        return frozenset()
    folder = f"{own.folder}/" if own.folder else ""
    return frozenset().union(
        *(
            project.packages
            for project in facts.projects
            if project.folder.startswith(folder) or path.startswith(f"{project.folder}/")
        ),
        own.packages,
    )


def finding(
    group: tuple[Given, ...],
    message: str,
    *,
    identity: str = "",
    related: Iterable[Related] = (),
) -> Finding:
    """A finding at the first of a group; the others are where the same stands again."""
    first, *others = group
    again = [
        Related(message="the same again", location=each.declaration.location) for each in others
    ]
    return Finding(
        message=message,
        location=first.declaration.location,
        identity=identity or f"{first.name} {first.environment} {_folder(first)}",
        related=(*related, *again[:9]),
    )


def where(one: Given) -> str:
    """The environment of a value, as the repository calls it."""
    return one.environment


def other_end(one: Given, message: str = "") -> Related:
    """The second place of a conflict."""
    text = message or f"`{one.name}` of {where(one)}"
    return Related(message=text, location=one.declaration.location)


def _folder(one: Given) -> str:
    return one.declaration.path.rpartition("/")[0]


def _given(declaration: Declaration, value: Value) -> Given:
    return Given(declaration=declaration, value=value, weight=weigh(declaration.name, value))


def _stage(declaration: Declaration) -> Stage | None:
    return declaration.environment.stage if declaration.environment else None


def _documents(declaration: Declaration) -> bool:
    return declaration.kind.is_documentation
