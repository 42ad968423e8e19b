"""Which changelog includes which, and in what order an update comes by them."""

from collections.abc import Iterable, Mapping, Sequence

from launchready.frozen import frozen
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.liquibase.elements import (
    Element,
    UnreadableChangelogError,
    changelog_of,
)
from launchready.steps.migration_check.frameworks.liquibase.formatted import HEAD

_MOST = 5000
"""Changelogs of one repository that are followed."""


@frozen
class Changelog:
    """One changelog: `root` is its tree, None for formatted SQL. `includes` are the changelogs
    that it names, `sql_files` the plain files, both as paths that are there.
    """

    path: str
    root: Element | None = None
    includes: tuple[str, ...] = ()
    sql_files: tuple[str, ...] = ()
    problem: str = ""

    @property
    def has_changes(self) -> bool:
        """Whether it holds changeSets itself."""
        return self.root is None or any(True for _ in self.root.named("changeSet"))


def changelogs_of(names: Iterable[str], files: Files) -> dict[str, Changelog]:
    """The changelogs among some files, and all that they include."""
    logs: dict[str, Changelog] = {}
    waiting = list(names)
    while waiting and len(logs) < _MOST:
        path = waiting.pop()
        if path in logs:
            continue
        log = _changelog(path, files)
        if log is not None:
            logs[path] = log
            waiting += log.includes
    return logs


def ordered(roots: Sequence[str], logs: Mapping[str, Changelog]) -> tuple[str, ...]:
    """The paths in the order of an update: what a changelog includes comes at its place, which is
    before its own changeSets, as nearly all have it.
    """
    seen: dict[str, None] = {}
    begun: set[str] = set()
    stack = [(path, False) for path in reversed(roots)]
    while stack:
        path, is_done = stack.pop()
        if is_done:
            seen[path] = None
            continue
        if path in begun or path not in logs:
            continue
        begun.add(path)
        stack.append((path, True))
        stack += ((each, False) for each in reversed(logs[path].includes))
    return tuple(seen)


def _changelog(path: str, files: Files) -> Changelog | None:
    text = files.text(path)
    if text is None:
        return None
    if path.lower().endswith(".sql"):
        return Changelog(path=path) if HEAD.search(text[:2000]) else None
    if "databaseChangeLog" not in text:
        return None
    try:
        root = changelog_of(path, text)
    except UnreadableChangelogError as error:
        return Changelog(path=path, problem=str(error))
    includes: list[str] = []
    for each in root.children:
        if each.name == "include" and (found := resolved(each, "file", path, files)):
            includes.append(found)
        elif each.name == "includeAll":
            includes += _all_of(each, path, files)
    sql = (
        found
        for change in root.named("changeSet")
        for each in change.children
        if each.name == "sqlFile" and (found := resolved(each, "path", path, files))
    )
    return Changelog(
        path=path, root=root, includes=tuple(dict.fromkeys(includes)), sql_files=tuple(sql)
    )


def resolved(element: Element, key: str, path: str, files: Files) -> str:
    """The file that an attribute names: beside the changelog, or from a root of the classpath."""
    given = element.get(key).removeprefix("classpath:").lstrip("/")
    beside = _joined(folder_of(path), given)
    is_relative = element.get("relativeToChangelogFile").lower() == "true"
    if beside in files and (is_relative or given not in files):
        return beside
    if given in files:
        return given
    return next((name for name in _roots(path, given) if name in files), "")


def _roots(path: str, given: str) -> list[str]:
    """Where a path of the classpath may begin: at every folder above the changelog."""
    parts = folder_of(path).split("/")
    return ["/".join((*parts[:end], given)) for end in range(len(parts), 0, -1)]


def _joined(folder: str, given: str) -> str:
    parts = folder.split("/") if folder else []
    for part in given.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)


def _all_of(element: Element, path: str, files: Files) -> list[str]:
    given = element.get("path").removeprefix("classpath:").strip("/")
    folders = [_joined(folder_of(path), given), given, *_roots(path, given)]
    for folder in folders:
        below = [name for name in files.under(folder) if folder and name != path]
        if below:
            return sorted(below)
    return []
