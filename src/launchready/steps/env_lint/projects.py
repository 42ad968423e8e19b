"""The parts of a repository that have a manifest of their own, and what loads their env files."""

from collections.abc import Iterator, Mapping, Sequence

from launchready.documents.manifests import Manifest, manifest_folder, read_manifest
from launchready.facts.environment import Loading, Place, Project
from launchready.gateways.tree import Tree
from launchready.steps.env_lint.loaders import (
    LITERALS,
    EnvFiles,
    is_compose,
    is_telling,
    loadings_of_compose,
    loadings_of_file,
    loadings_of_manifest,
    may_load,
)
from launchready.steps.env_lint.naming import place_of
from launchready.steps.env_lint.settings import EnvLintSettings


def find_projects(
    tree: Tree, names: Sequence[str], settings: EnvLintSettings
) -> tuple[Project, ...]:
    """Every project, the one at the top too, deepest folders first."""
    manifests = _manifests(tree, names)
    packages: dict[str, set[str]] = {"": set()}
    for path, manifest in manifests.items():
        packages.setdefault(manifest_folder(path) or "", set()).update(manifest.packages)
    bare = _deepest_first(
        Project(folder=folder, packages=frozenset(found)) for folder, found in packages.items()
    )
    loadings: dict[str, list[Loading]] = {}
    for folder, loading in _loadings(tree, names, settings, manifests, bare):
        loadings.setdefault(folder, []).append(loading)
    return tuple(
        Project(
            folder=each.folder,
            packages=each.packages,
            loadings=_once(loadings.get(each.folder, ())),
        )
        for each in bare
    )


def project_of(projects: Sequence[Project], path: str) -> Project:
    """The nearest project that a path lies in. `projects` has the deepest first."""
    return next(p for p in projects if not p.folder or path.startswith(p.folder + "/"))


def _once(loadings: Sequence[Loading]) -> tuple[Loading, ...]:
    """Of several places that load a file in the same way only the first."""
    first: dict[object, Loading] = {}
    for each in loadings:
        first.setdefault((each.loader, each.path, each.names), each)
    return tuple(first.values())


def _deepest_first(projects: Iterator[Project]) -> tuple[Project, ...]:
    return tuple(
        sorted(projects, key=lambda each: (-each.folder.count("/"), each.folder == "", each.folder))
    )


def _manifests(tree: Tree, names: Sequence[str]) -> Mapping[str, Manifest]:
    wanted = [name for name in names if manifest_folder(name) is not None]
    return {
        path: read_manifest(path, content)
        for path, content in tree.read(wanted)
        if isinstance(content, bytes)
    }


def _loadings(
    tree: Tree,
    names: Sequence[str],
    settings: EnvLintSettings,
    manifests: Mapping[str, Manifest],
    projects: Sequence[Project],
) -> Iterator[tuple[str, Loading]]:
    """Each way in which an env file is loaded, with the folder of the project it belongs to."""
    if settings.loaders:
        for loader in settings.loaders:
            chosen = Loading(loader=loader, evidence="`loaders` in the config", path="*")
            yield from ((each.folder, chosen) for each in projects)
        return
    files = EnvFiles.among(names)
    if not files.paths:
        return
    for path, loading in _seen(tree, names, manifests, projects, files):
        near = loading.path or path
        yield project_of(projects, near).folder, loading


def _seen(
    tree: Tree,
    names: Sequence[str],
    manifests: Mapping[str, Manifest],
    projects: Sequence[Project],
    files: EnvFiles,
) -> Iterator[tuple[str, Loading]]:
    present = frozenset(names)
    for path, manifest in manifests.items():
        for loading in loadings_of_manifest(path, manifest, present, files):
            yield path, loading
    likely = [name for name in names if is_telling(name)]
    holding = tree.holding(LITERALS, likely, may_load)
    telling = [
        name
        for name in names
        if is_compose(name) or (name in holding and place_of(name) is not Place.TEST)
    ]
    for path, content in tree.read(telling):
        if not isinstance(content, bytes):
            continue
        text = content.decode("utf-8", "replace")
        if is_compose(path):
            found = loadings_of_compose(path, text)
        else:
            folder = project_of(projects, path).folder
            found = loadings_of_file(path, text, files, folder)
        for loading in found:
            yield path, loading
