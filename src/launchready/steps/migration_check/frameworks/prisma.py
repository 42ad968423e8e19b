"""Prisma Migrate: `migrations/<name>/migration.sql` beside a `migration_lock.toml`.

Sources: https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories,
https://www.prisma.io/docs/orm/prisma-migrate/workflows/generating-down-migrations (down.sql),
https://github.com/prisma/prisma-engines/pull/5767 (since 7.4 a script with CREATE INDEX
CONCURRENTLY is sent statement by statement), https://github.com/prisma/prisma-engines/pull/5847
(one with DROP INDEX CONCURRENTLY is not).
"""

from collections.abc import Iterator

from launchready.facts.migrations import Framework, History, Migration, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.packages import version_of
from launchready.steps.migration_check.frameworks.sql_files import (
    begun,
    is_foreign,
    last_of,
    script_of,
    sent_whole,
    words_of,
)

LOCK = "migration_lock.toml"
_FILE = "migration.sql"
_PROVIDER = Regex(r'(?m)^\s*provider\s*=\s*"([a-z]+)"')
_STAMP = Regex(r"\d{14}_|\d{12,}|\d+_")
ENGINES = {
    "postgresql": Engine.POSTGRESQL,
    "postgres": Engine.POSTGRESQL,
    "cockroachdb": Engine.POSTGRESQL,
    "mysql": Engine.MYSQL,
    "sqlite": Engine.SQLITE,
}
"""Prisma's providers. SQL Server and MongoDB are none of the engines known here."""
_SPLITS = (7, 4)


def find(files: Files) -> Iterator[Found]:
    """Folders whose folders hold a `migration.sql`, with the lock file or Prisma's names."""
    groups: dict[str, list[str]] = {}
    for path in files.named(_FILE):
        if not is_foreign(path):
            groups.setdefault(folder_of(folder_of(path)), []).append(path)
    for folder, paths in sorted(groups.items()):
        lock = f"{folder}/{LOCK}".lstrip("/")
        if any(f"{folder_of(path)}/snapshot.json" in files for path in paths):
            continue  # Drizzle's newer layout
        if lock not in files and not _looks_so(folder, paths, files):
            continue
        provider = _PROVIDER.search(files.text(lock) or "")
        name = provider[1] if provider else _schema_provider(folder, files)
        if name in ("mongodb", "sqlserver"):
            continue
        downs = (f"{folder_of(path)}/down.sql" for path in paths)
        yield Found(
            framework=Framework.PRISMA,
            folder=folder,
            paths=(*sorted(paths), *sorted(path for path in downs if path in files)),
            engine=ENGINES.get(name),
            options={
                "lock": lock if lock in files else "",
                "provider": provider[1] if provider else "",
                "schema": _schema_provider(folder, files),
            },
        )


def _looks_so(folder: str, paths: list[str], files: Files) -> bool:
    is_beside = any(path.endswith(".prisma") for path in files.under(folder_of(folder)))
    return is_beside and any(_STAMP.match(last_of(folder_of(path))) for path in paths)


def _schema_provider(folder: str, files: Files) -> str:
    """The provider of the datasource in the schemas beside."""
    for path in files.under(folder_of(folder)):
        if path.endswith(".prisma"):
            block = (files.text(path) or "").partition("datasource ")[2].partition("}")[0]
            if found := _PROVIDER.search(block):
                return str(found[1])
    return ""


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the folders' names."""
    version = version_of(files, "prisma", found.folder) or version_of(
        files, "@prisma/client", found.folder
    )
    ups = sorted(
        (path for path in found.paths if path.endswith(f"/{_FILE}")),
        key=lambda path: last_of(folder_of(path)),
    )
    migrations = tuple(_migration(path, files, engine, splits=version >= _SPLITS) for path in ups)
    return begun(
        History(
            framework=Framework.PRISMA,
            folder=found.folder,
            engine=engine,
            migrations=migrations,
            has_downs=any(each.down is not None for each in migrations),
            has_checksums=True,
            journal_path=found.options.get("lock", ""),
            journal={name: found.options.get(name, "") for name in ("provider", "schema")},
        )
    )


def _migration(path: str, files: Files, engine: Engine, *, splits: bool) -> Migration:
    folder = folder_of(path)
    name = last_of(folder)
    down = f"{folder}/down.sql"
    return Migration(
        path=path,
        version=name,
        name=name.partition("_")[2] or name,
        up=_wrapped(script_of(files, path, engine), engine, splits=splits),
        down=sent_whole(script_of(files, down, engine)) if down in files else None,
        paths=(path, down) if down in files else (path,),
    )


def _wrapped(script: Script, engine: Engine, *, splits: bool) -> Script:
    if engine is Engine.MYSQL:
        return replace(script, wrapping=Wrapping.NONE)
    if splits and engine is Engine.POSTGRESQL:
        words = [words_of(each) for each in script.statements]
        builds = any(w.startswith("CREATE ") and " CONCURRENTLY " in w for w in words)
        drops = any(w.startswith("DROP INDEX CONCURRENTLY") for w in words)
        if builds and not drops:
            return replace(script, wrapping=Wrapping.NONE)
    return sent_whole(script)


READER = Reader(framework=Framework.PRISMA, find=find, read=read)
