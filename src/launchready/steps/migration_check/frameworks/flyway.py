"""Flyway: `V1__name.sql`, `U1__name.sql`, `R__name.sql`, and Java beside them.

A script runs in a transaction, unless one of its statements cannot, or its own
`V1__name.sql.conf` says `executeInTransaction=false`; with `group=true` all that is pending runs in
one. A version below the newest that has run is refused, unless `outOfOrder=true`.

Sources: https://documentation.red-gate.com/fd/migrations-184127470.html,
https://documentation.red-gate.com/fd/script-configuration-files-184127474.html,
https://documentation.red-gate.com/fd/flyway-out-of-order-setting-277579013.html, flyway-core's
PostgreSQLParser (detectCanExecuteInTransaction)
"""

from collections.abc import Iterator

from launchready.facts.migrations import (
    Framework,
    History,
    Late,
    Migration,
    Opaque,
    Script,
    Wrapping,
)
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.sql_files import (
    ENGINES,
    begun,
    is_foreign,
    last_of,
    number_of,
    script_of,
    words_of,
)

_NAME = Regex(
    r"(?P<prefix>[VUR])(?P<version>[0-9][0-9._]*)?__(?P<name>.*)\.(?P<kind>sql|java|kt|groovy)"
)
_ALONE = Regex(
    r"(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)\b|ALTER SYSTEM\b|VACUUM\b"
    r"|CREATE (?:UNIQUE )?INDEX CONCURRENTLY\b|DROP INDEX CONCURRENTLY\b"
    r"|REINDEX\b.*(?:\bCONCURRENTLY|\bSCHEMA|\bDATABASE|\bSYSTEM)\b"
    r"|ALTER TABLE\b.*\bDETACH PARTITION\b.*\bCONCURRENTLY\b"
)
_CONFIGS = (
    "flyway.conf",
    "flyway.toml",
    "application.properties",
    "application.yml",
    "application.yaml",
    "build.gradle",
    "build.gradle.kts",
    "pom.xml",
)
_LATE = Regex(r"(?i)out[_-]?of[_-]?order[\"']?\s*(?:[:=]|>)\s*[\"']?true")
_GROUP = Regex(r"(?im)^\s*(?:(?:spring\.)?flyway\.)?group\s*[:=]\s*true")
_NO_TRANSACTION = Regex(r"(?im)^\s*executeInTransaction\s*=\s*false")


def find(files: Files) -> Iterator[Found]:
    """Folders of Flyway's names, one history for each vendor."""
    groups: dict[tuple[str, Engine | None], list[str]] = {}
    for path in files.names:
        match = _NAME.fullmatch(last_of(path))
        if (
            match is None
            or is_foreign(path)
            or (match["version"] is None) != (match["prefix"] == "R")
        ):
            continue
        folder, vendor = _root(folder_of(path), is_code=match["kind"] != "sql")
        groups.setdefault((folder, ENGINES.get(vendor)), []).append(path)
    for (folder, engine), paths in sorted(groups.items(), key=lambda each: str(each[0])):
        if any(path.endswith(".sql") and last_of(path).startswith("V") for path in paths):
            yield Found(
                framework=Framework.FLYWAY, folder=folder, paths=tuple(sorted(paths)), engine=engine
            )


def _root(folder: str, *, is_code: bool) -> tuple[str, str]:
    """The folder that Flyway is given, and the vendor that a folder on the way names."""
    parts = folder.split("/")
    vendor = next((p.lower() for p in reversed(parts) if p.lower() in ENGINES), "")
    for at in range(len(parts) - 1):
        if parts[at] == "db" and parts[at + 1] in ("migration", "migrations"):
            end = at + 2
            if is_code:  # src/main/java/db/migration beside src/main/resources/db/migration
                names = {"java": "resources", "kotlin": "resources", "groovy": "resources"}
                parts = [names.get(part, part) for part in parts]
            if vendor and vendor in (part.lower() for part in parts[end : end + 1]):
                end += 1
            return "/".join(parts[:end]), vendor
    return folder, vendor


def read(found: Found, files: Files, engine: Engine) -> History:
    """The history: versions in the order of their numbers, then what is repeatable, by name."""
    settings = "\n".join(files.text(path) or "" for path in files.named(*_CONFIGS))
    is_group = "flyway" in settings and bool(_GROUP.search(settings))
    undo = {_version(path): path for path in found.paths if last_of(path).startswith("U")}
    migrations = [
        _migration(path, undo.get(_version(path)), files, engine, is_group=is_group)
        for path in found.paths
        if not last_of(path).startswith("U")
    ]
    migrations.sort(key=lambda each: (each.is_repeatable, number_of(each.version), each.name))
    return begun(
        History(
            framework=Framework.FLYWAY,
            folder=found.folder,
            engine=engine,
            migrations=tuple(migrations),
            has_downs=bool(undo),
            late=Late.RUNS if _LATE.search(settings) else Late.REFUSES,
            has_checksums=True,
        )
    )


def _version(path: str) -> tuple[int, ...]:
    """Flyway takes `1`, `1.0` and `01` for the same version."""
    numbers = number_of(last_of(path).partition("__")[0])
    while numbers and not numbers[-1]:
        numbers = numbers[:-1]
    return numbers


def _migration(
    path: str, undo: str | None, files: Files, engine: Engine, *, is_group: bool
) -> Migration:
    match = _NAME.fullmatch(last_of(path))
    version = (match["version"] or "") if match else ""
    config = f"{path}.conf"
    return Migration(
        path=path,
        version=version.replace("_", ".").strip("."),
        name=match["name"] if match else path,
        up=_script(path, files, engine, is_group=is_group),
        down=_script(undo, files, engine, is_group=False) if undo else None,
        paths=tuple(each for each in (path, undo, config) if each and each in files),
        is_repeatable=last_of(path).startswith("R"),
    )


def _script(path: str, files: Files, engine: Engine, *, is_group: bool) -> Script:
    wrapping = Wrapping.ALL if is_group else Wrapping.FILE
    place = FileLocation(path=path, line=1)
    if not path.endswith(".sql"):
        item = Opaque(place=place, what=f"a migration in {path.rpartition('.')[2]}")
        return Script(items=(item,), wrapping=wrapping, location=place)
    script = script_of(files, path, engine, wrapping=wrapping)
    is_alone = bool(_NO_TRANSACTION.search(files.text(f"{path}.conf") or "")) or (
        engine is Engine.POSTGRESQL
        and any(_ALONE.match(words_of(each)) for each in script.statements)
    )
    return replace(script, wrapping=Wrapping.NONE) if is_alone else script


READER = Reader(framework=Framework.FLYWAY, find=find, read=read)
