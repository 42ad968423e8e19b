"""A repository given as text, and the histories in it."""

from tests.unit.steps.migration_check.migrated import files_of

from launchready.facts.migrations import History, Migration, Opaque, Script
from launchready.steps.migration_check.engines import server_of
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.observe import find_all
from launchready.steps.migration_check.settings import MigrationCheckSettings


def files(text: str) -> Files:
    """The files of a text in which each begins with `--- path`."""
    given, _ = files_of(text)
    return Files(given, {path: content.encode() for path, content in given.items()})


def histories(text: str) -> tuple[History, ...]:
    """All histories there."""
    return read(files(text))


def read(known: Files) -> tuple[History, ...]:
    """All histories in files."""
    settings = MigrationCheckSettings()
    return tuple(
        reader.read(found, known, server_of(found, known, settings).engine)
        for reader, found in find_all(known)
    )


def only(text: str) -> History:
    """The one history there."""
    (history,) = histories(text)
    return history


def told(history: History) -> tuple[str, ...]:
    """Each migration in one line: version, wrapping, up / down."""
    return tuple(_line(each) for each in history.migrations)


def _line(migration: Migration) -> str:
    up = migration.up
    words = f"{migration.version} {up.wrapping.name}: {_items(up)}"
    return words if migration.down is None else f"{words} / {_items(migration.down)}"


def _items(script: Script) -> str:
    if script.problem:
        return f"!{script.problem}"
    return "; ".join(
        f"<{item.what}>" if isinstance(item, Opaque) else _statement(item.sql, item.place.line)
        for item in script.items
    )


def _statement(sql: str, line: int | None) -> str:
    return f"{' '.join(sql.split())}@{line}"
