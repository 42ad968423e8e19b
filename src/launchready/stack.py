"""What a repository is built with and where it runs, each with the file that tells so."""

from collections.abc import Iterable, Iterator

from launchready.catalog.stack import BUNDLER, FILES, FOLDERS, PACKAGES
from launchready.documents.manifests import manifest_folder, read_manifest
from launchready.gateways.tree import Tree
from launchready.model import Trait, TraitKind
from launchready.regex import Regex

MOST_MANIFESTS = 200
"""Nearest the top first: of larger workspaces the rest says nothing new."""

_NUMBER = Regex(r"\d+(?:\.\d+)?")
_ASIDE = Regex(
    r"(?i)(?:^|/)(?:examples?|samples?|fixtures?|tests?|__tests__|e2e|docs?|templates?|node_modules|"
    r"vendor)/"
)


def recognise(tree: Tree) -> tuple[Trait, ...]:
    """Every trait once, by the file nearest the top that tells it, kinds in their own order."""
    names = sorted((n for n in tree.names if not _ASIDE.search(n)), key=_nearness)
    first: dict[tuple[TraitKind, str], Trait] = {}
    for trait in (*_of_manifests(tree, names), *_of_files(names)):
        first.setdefault((trait.kind, trait.name), trait)
    if sum(kind is TraitKind.FRAMEWORK for kind, _ in first) > 1:
        first.pop((TraitKind.FRAMEWORK, BUNDLER), None)
    return tuple(sorted(first.values(), key=_rank))


def _rank(trait: Trait) -> tuple[int, int]:
    """As the tables have them: what a product is called after comes first."""
    names = list(PACKAGES.get(trait.kind, {}).values())
    return (
        list(TraitKind).index(trait.kind),
        names.index(trait.name) if trait.name in names else len(names),
    )


def _nearness(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _of_manifests(tree: Tree, names: Iterable[str]) -> Iterator[Trait]:
    paths = [name for name in names if manifest_folder(name) is not None][:MOST_MANIFESTS]
    for path, content in tree.read(paths):
        if not isinstance(content, bytes):
            continue
        packages = read_manifest(path, content).packages
        for kind, known in PACKAGES.items():
            for package, name in known.items():
                if package in packages:
                    found = _NUMBER.search(packages[package])
                    yield Trait(kind=kind, name=name, path=path, version=found[0] if found else "")


def _of_files(names: Iterable[str]) -> Iterator[Trait]:
    for path in names:
        if told := FILES.get(path.rpartition("/")[2]):
            yield Trait(kind=told[0], name=told[1], path=path)
        for start, (kind, name) in FOLDERS.items():
            if path.startswith(start):
                yield Trait(kind=kind, name=name, path=path)
