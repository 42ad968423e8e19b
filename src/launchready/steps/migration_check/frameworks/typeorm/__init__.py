"""TypeORM: classes with `up` and `down`, in the order of the timestamp that ends their names.

All that is pending runs in one transaction, unless `migrationsTransactionMode` says otherwise; a
class overrides it by a field `transaction`, which TypeORM takes only where the mode is `each` or
`none`. What comes late runs.

Source: typeorm 1.1, migration/MigrationExecutor.js.
"""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, History, Migration, Wrapping
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, stem_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.javascript.finding import (
    folders_named,
    found_of,
)
from launchready.steps.migration_check.frameworks.javascript.loading import code_of
from launchready.steps.migration_check.frameworks.javascript.machine import Following
from launchready.steps.migration_check.frameworks.javascript.scripts import migration_of, script_of
from launchready.steps.migration_check.frameworks.javascript.sql import MYSQL
from launchready.steps.migration_check.frameworks.javascript.values import Handle, Object
from launchready.steps.migration_check.frameworks.sql_files import begun, is_foreign, last_of
from launchready.steps.migration_check.frameworks.typeorm.runner import Runner

_CONFIG = Regex(
    r"(?i)(?:^|/)(?:ormconfig[\w.]*|[\w.-]*(?:data-?source|typeorm)[\w.-]*)\.[cm]?[jt]s\Z"
)
_MIGRATIONS = Regex(r"\bmigrations(?:Dir)?[\"']?\s*:\s*")
_MODE = Regex(
    r"migrationsTransactionMode[\"']?\s*:\s*[\"'](all|each|none)[\"']"
    r"|migration:run[^\"\n]*?(?:--transaction|-t)[ =](all|each|none)\b"
)
_STAMP = Regex(r"\d{13}\Z")
_START = Regex(r"\d+[_-]")


def find(files: Files) -> Iterator[Found]:
    """Folders of files with classes that use `queryRunner`."""
    yield from found_of(Framework.TYPEORM, files, folders_named(files, _CONFIG, _MIGRATIONS))


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the timestamps."""
    mode = _mode(files)
    migrations = [_migration(path, files, engine, mode) for path in found.paths]
    if mode == "all" and any(each.up.wrapping is Wrapping.NONE for each in migrations):
        mode = "each"  # else TypeORM refuses to run them
        migrations = [_migration(path, files, engine, mode) for path in found.paths]
    return begun(
        History(
            framework=Framework.TYPEORM,
            folder=found.folder,
            engine=engine,
            migrations=tuple(sorted(migrations, key=_order)),
        )
    )


def _mode(files: Files) -> str:
    for path in files.names:
        is_config = _CONFIG.search(path) or last_of(path) in ("package.json", "database.ts")
        if is_config and not is_foreign(path):
            found = _MODE.search(files.text(path) or "")
            if found is not None:
                return str(found[1] or found[2])
    return "all"


def _order(migration: Migration) -> tuple[int, str]:
    stamp = _STAMP.search(migration.version)
    return (int(stamp[0]) if stamp else 0), migration.path


def _migration(path: str, files: Files, engine: Engine, mode: str) -> Migration:
    stem = stem_of(path)
    code = code_of(path, files)
    name = _START.sub("", stem, count=1) or stem
    if code is None or code.root is None:
        return migration_of(path, code, version=stem, name=name)
    following = Following(code, Runner(engine, is_wrapped=True), engine, files)
    kind, said = following.exports.get("class"), following.exports.get("name")
    version = kind.name if isinstance(kind, Object) and kind.name else stem
    given = following.exports.get("transaction")
    is_wrapped = given if isinstance(given, bool) else mode != "none"
    following.tool = Runner(engine, is_wrapped=is_wrapped)
    wrapping = Wrapping.ALL if mode == "all" else Wrapping.FILE
    if not is_wrapped or engine in MYSQL:
        wrapping = Wrapping.NONE
    args = (Handle("queryRunner"),)
    return migration_of(
        path,
        code,
        version=said if isinstance(said, str) else version,
        name=name,
        up=script_of(following, code, "up", args, wrapping),
        down=script_of(following, code, "down", args, wrapping),
    )


READER = Reader(framework=Framework.TYPEORM, find=find, read=read)
