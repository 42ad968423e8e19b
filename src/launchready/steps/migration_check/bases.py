"""Which migrations are new: those that the base of the change does not have."""

from collections.abc import Iterator, Mapping, Sequence

from launchready.facts.migrations import (
    History,
    HistoryFacts,
    Migration,
    Standing,
)
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.tree import Tree
from launchready.model import Unchecked
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks import Found, Reader
from launchready.steps.migration_check.settings import MigrationCheckSettings
from launchready.steps.migration_check.standing import contents_of


@frozen
class Base:
    """The state that the change starts from: the commit, the branch if one is known, and the blobs
    of its files by path. `unchanged` are the paths whose content is the same now. `head` is the
    commit that is checked out.
    """

    commit: str
    branch: str = ""
    blobs: Mapping[str, str]
    unchanged: frozenset[str]
    head: str = ""


def base_of(
    gateways: Gateways, settings: MigrationCheckSettings, tree: Tree
) -> Base | Unchecked | None:
    """The base: as the run has it, else HEAD for what is staged, else where HEAD left the default
    branch. None where there is none, so that every migration is new.
    """
    git = gateways.git
    head = git.commit_of("HEAD") or ""
    commit, branch = gateways.base, ""
    if commit is None and settings.staged and not gateways.is_ci:
        commit = head or None
    if commit is None:
        found = git.base()
        if found is None or isinstance(found, Unchecked):
            return None
        commit, branch = found
    blobs = git.tree_at(commit)
    if isinstance(blobs, Unchecked):
        return blobs
    unchanged = _unchanged(git, commit, blobs, tree, settings)
    if isinstance(unchanged, Unchecked):
        return unchanged
    return Base(commit=commit, branch=branch, blobs=blobs, unchanged=unchanged, head=head)


def _unchanged(
    git: Git, commit: str, blobs: Mapping[str, str], tree: Tree, settings: MigrationCheckSettings
) -> frozenset[str] | Unchecked:
    if settings.staged:
        return frozenset(
            path for path, blob in tree.staged_ids().items() if blobs.get(path) == blob
        )
    changed = git.changed_since(commit)
    return changed if isinstance(changed, Unchecked) else frozenset(blobs).difference(changed)


def compare(
    history: History, found: Found, reader: Reader, base: Base | None, *, files: Files, git: Git
) -> HistoryFacts:
    """A history beside its base."""
    if base is None:
        standing = {each.key: Standing.NEW for each in history.migrations}
        return HistoryFacts(history=history, standing=standing)
    gone = _gone(history, found, base, files)
    contents: dict[bytes | None, str] = {
        content: path for path, content in _contents_at(base, git, gone)
    }
    renamed: dict[str, str] = {}
    standing = {}
    for each in history.migrations:
        if each.path in base.blobs:
            is_same = base.unchanged.issuperset(_paths_of(each))
            standing[each.key] = Standing.APPLIED if is_same else Standing.EDITED
        elif (old := contents.get(files.bytes(each.path))) is not None:
            standing[each.key] = Standing.RENAMED
            renamed[old] = each.path
        else:
            standing[each.key] = Standing.NEW
    deleted = tuple(path for path in gone if path not in renamed)
    is_touched = deleted or renamed or Standing.EDITED in standing.values()
    earlier = _history_at(found, reader, base, git, history) if is_touched else None
    return HistoryFacts(
        history=history,
        standing=_by_part(standing, history, earlier),
        base=earlier,
        deleted=deleted,
        renamed=renamed,
        head=base.head,
    )


def _by_part(
    standing: Mapping[str, Standing], history: History, earlier: History | None
) -> Mapping[str, Standing]:
    """The same, where a file that holds several migrations was edited: what it gained is new, and
    what stands in it as it stood is not.
    """
    known = {each.key: contents_of(each) for each in earlier.migrations} if earlier else {}
    found = dict(standing)
    for each in history.migrations:
        if each.part and found[each.key] is Standing.EDITED:
            is_same = known.get(each.key) == contents_of(each)
            found[each.key] = Standing.APPLIED if is_same else Standing.EDITED
            if each.key not in known:
                found[each.key] = Standing.NEW
    return found


def _paths_of(migration: Migration) -> tuple[str, ...]:
    return tuple(dict.fromkeys((migration.path, *migration.paths)))


def _gone(history: History, found: Found, base: Base, files: Files) -> tuple[str, ...]:
    """The base's files beside those of the history that are there no more."""
    known = {path for each in history.migrations for path in _paths_of(each)} | set(found.paths)
    folders = {folder_of(path) for path in known}
    endings = {path.rpartition(".")[2] for path in known}
    return tuple(
        path
        for path in sorted(base.blobs)
        if path not in files
        and path.rpartition(".")[2] in endings
        and (folder_of(path) in folders or _is_sibling(path, history))
    )


def _is_sibling(path: str, history: History) -> bool:
    """Whether a path is a migration in a folder of its own, as Prisma and Diesel have them."""
    folder, _, name = path.rpartition("/")
    return folder_of(folder) == history.folder and any(
        each.path.rpartition("/")[2] == name and folder_of(folder_of(each.path)) == history.folder
        for each in history.migrations
    )


def _contents_at(base: Base, git: Git, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The contents that the base has of these paths; what git does not give is left out."""
    blobs = git.blobs(tuple(base.blobs[path] for path in paths))
    for path in paths:
        if (content := blobs.get(base.blobs[path])) is not None:
            yield path, content


def _history_at(
    found: Found, reader: Reader, base: Base, git: Git, history: History
) -> History | None:
    """The history as the base has it."""
    names = tuple(base.blobs)
    files = Files(names, read=lambda paths: _contents_at(base, git, paths))
    folders = {folder_of(path) for path in found.paths}
    files.fetch(path for path in names if folder_of(path) in folders)
    for each in reader.find(files):
        if each.folder == found.folder:
            return reader.read(each, files, history.engine)
    return None
