"""Tools that keep the up and the down of a migration in two files: golang-migrate and sqlx.

golang-migrate sends a file as one string: a transaction of its own, unless its driver is told to
split. Its SQLite drivers open one around it. It runs what has a higher number than the database
has, so that a lower one never runs. sqlx wraps each file, unless its first line says
`-- no-transaction`; and it knows files without a down.

Sources: https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md,
https://github.com/golang-migrate/migrate/blob/master/source/parse.go,
https://github.com/golang-migrate/migrate/tree/master/database/sqlite3, sqlx-core's
migrate/source.rs and migrate/migration.rs
"""

from collections.abc import Iterator, Sequence

from launchready.facts.migrations import Framework, History, Late, Migration, Script
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks.finding import Found, Reader
from launchready.steps.migration_check.frameworks.packages import manifests
from launchready.steps.migration_check.frameworks.sql_files import (
    begun,
    by_folder,
    is_foreign,
    last_of,
    number_of,
    script_of,
    sent_whole,
)

_PAIRED = Regex(r"(?P<version>\d+)_(?P<name>.*)\.(?P<side>up|down)\.(?P<kind>[\w.]*sql)")
_SIMPLE = Regex(r"(?P<version>\d+)_(?P<name>.+)\.sql")
_NO_TRANSACTION = "-- no-transaction"


def find_golang(files: Files) -> Iterator[Found]:
    """Folders of numbered pairs, where they are not sqlx's."""
    for folder, paths in _folders(files).items():
        paired = tuple(path for path in paths if _PAIRED.fullmatch(last_of(path)))
        ups = [path for path in paired if ".up." in last_of(path)]
        if ups and not _is_of_sqlx(folder, files):
            yield Found(framework=Framework.GOLANG_MIGRATE, folder=folder, paths=paired)


def find_sqlx(files: Files) -> Iterator[Found]:
    """Folders of numbered files in a Rust project that depends on sqlx."""
    for folder, paths in _folders(files).items():
        named = tuple(path for path in paths if _SIMPLE.fullmatch(last_of(path)))
        if named and "migration" in last_of(folder).lower() and _is_of_sqlx(folder, files):
            yield Found(framework=Framework.SQLX, folder=folder, paths=named)


def _folders(files: Files) -> dict[str, tuple[str, ...]]:
    names = (name for name in files.names if name.endswith(".sql") and not is_foreign(name))
    return by_folder(name for name in names if last_of(name)[:1].isdigit())


def _is_of_sqlx(folder: str, files: Files) -> bool:
    """Whether the nearest Cargo.toml at or above a folder, or any in the workspace, asks for sqlx.
    A module of Go that lies nearer speaks against it.
    """
    near = [path for path in manifests(files, folder) if last_of(path) in ("Cargo.toml", "go.mod")]
    above = [path for path in near if f"{folder}/".startswith(f"{folder_of(path)}/".lstrip("/"))]
    if above and last_of(above[0]) == "go.mod":
        return False
    return any("sqlx" in (files.text(path) or "") for path in near if path.endswith("Cargo.toml"))


def read_golang(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the numbers."""
    return begun(
        History(
            framework=Framework.GOLANG_MIGRATE,
            folder=found.folder,
            late=Late.SKIPS,
            engine=engine,
            migrations=tuple(
                _pair(up, down, files, engine, is_sqlx=False) for up, down in _paired(found.paths)
            ),
        )
    )


def read_sqlx(found: Found, files: Files, engine: Engine) -> History:
    """The history, in the order of the numbers."""
    is_reversible = any(path.endswith((".up.sql", ".down.sql")) for path in found.paths)
    return begun(
        History(
            framework=Framework.SQLX,
            folder=found.folder,
            engine=engine,
            migrations=tuple(
                _pair(up, down, files, engine, is_sqlx=True) for up, down in _paired(found.paths)
            ),
            has_downs=is_reversible,
            has_checksums=True,
        )
    )


def _paired(paths: Sequence[str]) -> list[tuple[str, str | None]]:
    """Each up with its down. Two ups of one number stay two, so that a rule can say so."""
    downs: dict[tuple[int, ...], str] = {}
    ups = []
    for path in paths:
        if ".down." in last_of(path):
            downs[_number(path)] = path
        else:
            ups.append(path)
    return [(up, downs.get(_number(up))) for up in sorted(ups, key=lambda p: (_number(p), p))]


def _number(path: str) -> tuple[int, ...]:
    return number_of(last_of(path).split("_")[0])


def _pair(up: str, down: str | None, files: Files, engine: Engine, *, is_sqlx: bool) -> Migration:
    match = _PAIRED.fullmatch(last_of(up)) or _SIMPLE.fullmatch(last_of(up))
    read = _script_of_sqlx if is_sqlx else _script_of_golang
    return Migration(
        path=up,
        version=match["version"] if match else "",
        name=match["name"] if match else up,
        up=read(files, up, engine),
        down=read(files, down, engine) if down else None,
        paths=(up, down) if down else (up,),
    )


def _script_of_golang(files: Files, path: str, engine: Engine) -> Script:
    if engine is Engine.SQLITE:
        return script_of(files, path, engine)
    return sent_whole(script_of(files, path, engine))


def _script_of_sqlx(files: Files, path: str, engine: Engine) -> Script:
    text = files.text(path) or ""
    if text.startswith(_NO_TRANSACTION):
        return sent_whole(script_of(files, path, engine))
    return script_of(files, path, engine)


GOLANG_MIGRATE = Reader(framework=Framework.GOLANG_MIGRATE, find=find_golang, read=read_golang)
SQLX = Reader(framework=Framework.SQLX, find=find_sqlx, read=read_sqlx)
