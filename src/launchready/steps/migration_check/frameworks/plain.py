"""Folders of SQL files that no tool's own signs claim, and the small tools that name theirs alike.

The order is that of the numbers that the names begin with, else of the names. Ups and downs stand
in two files (`1.up.sql` and `1.down.sql`, `1.do.sql` and `1.undo.sql` of Postgrator, `1.sql` and
`1.rollback.sql` of yoyo, a folder `rollback/` beside) or in two sections of one (sql-migrate,
Play's evolutions, tern).

Sources: https://github.com/rubenv/sql-migrate#writing-migrations,
https://www.playframework.com/documentation/latest/Evolutions,
https://github.com/jackc/tern#migrations, https://github.com/rickbergfalk/postgrator,
https://ollycope.com/software/yoyo/latest/#migrations-as-sql-scripts
"""

import re
from collections.abc import Iterator, Sequence

from launchready.facts.migrations import Framework, History, Migration, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.sql_files import (
    OTHER_ENGINES,
    begins_empty,
    by_folder,
    engine_named,
    is_empty,
    last_of,
    number_of,
    own,
    script_in,
    script_of,
    sent_whole,
)

_MIGRATIONS = frozenset(
    {
        "migrations",
        "migration",
        "migrate",
        "db_migrations",
        "dbmigrations",
        "db-migrations",
        "sql_migrations",
        "sql-migrations",
        "schema_migrations",
        "database-migrations",
        "pg_migrations",
        "patches",
        "evolutions",
        "upgrades",
        "deltas",
    }
)
_SOME = frozenset(
    {
        "sql",
        "db",
        "database",
        "schema",
        "schemas",
        "ddl",
        "postgres",
        "postgresql",
        "pg",
        "mysql",
        "sqlite",
    }
)
"""Names of folders that hold other SQL as well: only a clear row of numbers makes a history."""
_NUMBERED = Regex(r"(?:[vV](?:er|ersion)?[-_.]?)?(?P<number>\d+(?:[._-]\d+)*)(?P<rest>.*)")
_VERSION = Regex(r"[vV]?\d+(?:[._]\d+)*(?:\.[xX])?")
_WORDS = Regex(r"[a-z]+\d*")
_DOWN_NAME = Regex(
    r"(?i)[._-](?:down|undo|rollback|revert|backward|downgrade|drop)$|^(?:down|undo|rollback)[._-]"
)
_UP_NAME = Regex(r"(?i)[._-](?:up|do|apply|forward|upgrade|deploy)$")
_DOWN_FOLDERS = frozenset(
    {
        "down",
        "downs",
        "undo",
        "rollback",
        "rollbacks",
        "revert",
        "reverts",
        "downgrade",
    }
)
_UP_FOLDERS = frozenset({"up", "ups", "do", "upgrade", "deploy"})
_NEITHER = Regex(
    r"(?i)(?:^|[._-])(?:seeds?|dump|verify|test|example|sample|latest|schema|structure)s?$"
)
_DUMP = Regex(r"(?i)(?:^|[._-])(?:latest|dump)$")
_SECTION = Regex(
    r"(?im)^[ \t]*+(?:--|#)[ \t]*+(?:-+[ \t]*+)?(?:"
    r"(?P<up>\+migrate[ \t]+up|@?up(?:grade)?[ \t]*+(?:migration|script)?[ \t]*+:?"
    r"|!ups|migration[ \t]*:?[ \t]*up)"
    r"|(?P<down>\+migrate[ \t]+down|@?(?:down(?:grade)?|undo|rollback|revert)[ \t]*+"
    r"(?:migration|script|section|sql)?[ \t]*+:?|!downs|migration[ \t]*:?[ \t]*down)"
    r")(?P<options>[ \t]+notransaction)?[ \t]*+-*[ \t]*+\r?$"
)
_TERN = Regex(r"(?m)^---- create above / drop below ----[ \t\r]*+$")


@frozen
class _Named:
    """An SQL file by its name. `key` joins the two sides; `number` orders."""

    path: str
    key: str
    number: tuple[int, ...]
    is_down: bool


def find(files: Files) -> Iterator[Found]:
    """Folders of numbered SQL files, by their names."""
    folders: dict[str, tuple[str, ...]] = {}
    for folder, paths in by_folder(own(n for n in files.names if n.endswith(".sql"))).items():
        key = folder_of(folder) if _is_version(folder) else folder
        folders[key] = (*folders.get(key, ()), *paths)
    for folder, paths in folders.items():
        if last_of(folder).lower() not in _DOWN_FOLDERS and _is_history(folder, paths):
            for engine, group in _by_engine(paths):
                yield Found(
                    framework=Framework.PLAIN,
                    folder=folder,
                    paths=_with_downs(folder, group, folders),
                    engine=engine,
                )


def _is_version(folder: str) -> bool:
    """Whether a folder holds the files of one version of the product: `migration/0.17`."""
    return bool(_VERSION.fullmatch(last_of(folder))) and "/" in folder


def _by_engine(paths: tuple[str, ...]) -> list[tuple[Engine | None, tuple[str, ...]]]:
    """The files by the engine in their names, where they name several."""
    groups: dict[Engine | None, list[str]] = {}
    for path in paths:
        name = last_of(path).lower()
        if OTHER_ENGINES.isdisjoint(_WORDS.findall(name)):
            groups.setdefault(engine_named(name), []).append(path)
    if len(groups) < 2 or None in groups:
        return [(None, paths)]
    return [(engine, tuple(group)) for engine, group in groups.items()]


def found_in(folder: str, files: Files) -> Found | None:
    """The folder that the settings name, whatever its files are called."""
    folder = folder.strip("/").removeprefix("./")
    paths = tuple(n for n in files.under(folder) if n.endswith(".sql"))
    return Found(framework=Framework.PLAIN, folder=folder, paths=paths) if paths else None


def _with_downs(
    folder: str, paths: tuple[str, ...], folders: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    below = (f"{folder}/{name}" for name in sorted(_DOWN_FOLDERS))
    parent = folder_of(folder)
    is_up = last_of(folder).lower() in _UP_FOLDERS
    beside = (f"{parent}/{name}".strip("/") for name in sorted(_DOWN_FOLDERS)) if is_up else ()
    return (*paths, *(path for each in (*below, *beside) for path in folders.get(each, ())))


def _is_history(folder: str, paths: Sequence[str]) -> bool:
    numbered = [each for each in paths if _NUMBERED.match(last_of(each))]
    parts = [part.lower() for part in folder.split("/")]
    if parts[-1] in _MIGRATIONS or (len(parts) > 1 and not _MIGRATIONS.isdisjoint(parts[-3:])):
        return bool(numbered) and 2 * len(numbered) >= len(paths)
    if parts[-1] in _SOME or parts[-1] in _UP_FOLDERS:
        is_row = len({_number(each) for each in numbered}) >= 2
        return is_row and 10 * len(numbered) >= 9 * len(paths)
    return False


def _number(path: str) -> tuple[int, ...]:
    match = _NUMBERED.match(last_of(path))
    above = number_of(last_of(folder_of(path))) if _is_version(folder_of(path)) else ()
    return (*above, *(number_of(match["number"]) if match else ()))


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history of such a folder."""
    named = [_named(path, found.folder) for path in found.paths if not _is_neither(path)]
    downs = {each.key: each.path for each in named if each.is_down}
    ups = sorted(
        (each for each in named if not each.is_down), key=lambda e: (e.number, last_of(e.path))
    )
    migrations = tuple(_migration(each, downs.get(each.key), files, engine) for each in ups)
    return History(
        framework=Framework.PLAIN,
        folder=found.folder,
        engine=engine,
        migrations=migrations,
        has_downs=any(each.down is not None for each in migrations),
        is_whole=begins_empty(migrations) and not _has_dump(found.paths),
    )


def _has_dump(paths: Sequence[str]) -> bool:
    """Whether a file beside holds the whole schema, so that new databases begin with that."""
    return any(_DUMP.search(last_of(path).removesuffix(".sql")) for path in paths)


def _is_neither(path: str) -> bool:
    return bool(_NEITHER.search(last_of(path).removesuffix(".sql")))


def _named(path: str, folder: str) -> _Named:
    stem = last_of(path).removesuffix(".sql")
    is_below = last_of(folder_of(path)).lower() in _DOWN_FOLDERS and folder_of(path) != folder
    is_down = is_below or bool(_DOWN_NAME.search(stem))
    key = _UP_NAME.sub("", _DOWN_NAME.sub("", stem))
    if _is_version(folder_of(path)):
        key = f"{last_of(folder_of(path))}/{key}"
    return _Named(path=path, key=key, number=_number(path), is_down=is_down)


def _migration(named: _Named, down: str | None, files: Files, engine: Engine) -> Migration:
    text = files.text(named.path) or ""
    above, slash, name = named.key.rpartition("/")
    match = _NUMBERED.match(name)
    version = f"{above}{slash}{match['number']}" if match else named.key
    up, below = _sides(named.path, text, files, engine)
    return Migration(
        path=named.path,
        version=version,
        name=named.key,
        up=sent_whole(up),
        down=sent_whole(script_of(files, down, engine)) if down else below and sent_whole(below),
        paths=(named.path, down) if down else (named.path,),
    )


def _sides(path: str, text: str, files: Files, engine: Engine) -> tuple[Script, Script | None]:
    """The up and the down of a file that may hold both in sections."""
    if tern := _TERN.search(text):
        above = script_in(path, text, engine, end=tern.start())
        is_one_way = is_empty(text[tern.end() :])
        below = None if is_one_way else script_in(path, text, engine, start=tern.end())
        return above, below
    marks = list(_SECTION.finditer(text))
    if not any(mark["down"] for mark in marks):
        return script_of(files, path, engine), None
    if not marks[0]["up"] and not is_empty(text[: marks[0].start()]):
        return (
            script_in(path, text, engine, end=marks[0].start()),
            _section(path, text, marks, "down", engine),
        )
    return (
        _section(path, text, marks, "up", engine) or Script(),
        _section(path, text, marks, "down", engine),
    )


def _section(
    path: str, text: str, marks: Sequence[re.Match[str]], side: str, engine: Engine
) -> Script | None:
    """All sections of one side, one after another."""
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    scripts = [
        script_in(path, text, engine, start=mark.end(), end=end, wrapping=_wrapping(mark))
        for mark, end in zip(marks, ends, strict=True)
        if mark[side]
    ]
    if not scripts:
        return None
    first = scripts[0]
    items = tuple(item for each in scripts for item in each.items)
    return Script(items=items, wrapping=first.wrapping, location=first.location)


def _wrapping(mark: re.Match[str]) -> Wrapping:
    return Wrapping.NONE if mark["options"] else Wrapping.FILE


READER = Reader(framework=Framework.PLAIN, find=find, read=read)
