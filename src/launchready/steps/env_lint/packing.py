"""Facts of single files -> the facts of the whole repository that rules compare files by."""

from collections.abc import Iterator, Sequence

from launchready.facts.environment import Declaration
from launchready.facts.images import EnvFile, IgnoreFacts, ImageFacts, PackingFacts
from launchready.facts.workflows import WorkflowFacts, WorkflowsFacts
from launchready.gateways.tree import Tree
from launchready.steps.env_lint.naming import is_env_file, kind_of


def facts_of_all(
    facts: Sequence[object], declarations: Sequence[Declaration], tree: Tree, names: Sequence[str]
) -> Iterator[WorkflowsFacts | PackingFacts]:
    """All workflows side by side; the env files, and what keeps them out of commits and images."""
    yield WorkflowsFacts(workflows=tuple(e for e in facts if isinstance(e, WorkflowFacts)))
    by_path: dict[str, list[Declaration]] = {name: [] for name in names if is_env_file(name)}
    for each in declarations:
        if each.path in by_path:
            by_path[each.path].append(each)
    yield PackingFacts(
        images=tuple(each for each in facts if isinstance(each, ImageFacts)),
        ignores=tuple(each for each in facts if isinstance(each, IgnoreFacts)),
        env_files=tuple(
            EnvFile(
                path=path,
                kind=kind_of(path),
                is_tracked=path in tree.tracked,
                declarations=tuple(found),
            )
            for path, found in by_path.items()
        ),
    )
