"""What the readers of plain-SQL tools share: scripts, versions, and folders to leave out."""

from collections.abc import Iterable, Mapping

from launchready.facts.migrations import History, Migration, Script, Statement, Wrapping
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.parsing.scripts import statements_of

_FOREIGN = frozenset(
    {
        "node_modules",
        "vendor",
        "third_party",
        "testdata",
        "test-data",
        "test_data",
        "fixtures",
        "__fixtures__",
        "fixture",
        "__tests__",
        "__mocks__",
        "test",
        "tests",
        "e2e",
        "spec",
        "specs",
        "example",
        "examples",
        "sample",
        "samples",
        "demo",
        "demos",
        "docs",
        "doc",
        "templates",
        "template",
        ".git",
        "dist",
        "target",
        "site-packages",
        "venv",
        ".venv",
        "bower_components",
        "integration-tests",
        "integration_tests",
        "test-fixtures",
        "snapshots",
        "__snapshots__",
        "sandbox",
        "playground",
        "playgrounds",
        "benchmark",
        "benchmarks",
    }
)
"""Names of folders whose migrations run on no database of the product."""

OTHER_ENGINES = frozenset(
    {
        "clickhouse",
        "cassandra",
        "scylla",
        "scylladb",
        "neo4j",
        "mongo",
        "mongodb",
        "mssql",
        "sqlserver",
        "sql-server",
        "oracle",
        "h2",
        "hsqldb",
        "derby",
        "db2",
        "snowflake",
        "bigquery",
        "redshift",
        "duckdb",
        "spanner",
        "trino",
        "databricks",
        "tdengine",
        "starrocks",
        "dameng",
        "kingbase",
    }
)
"""Databases that are none of those known here."""
ENGINES = {
    "postgresql": Engine.POSTGRESQL,
    "postgres": Engine.POSTGRESQL,
    "pgsql": Engine.POSTGRESQL,
    "pg": Engine.POSTGRESQL,
    "timescale": Engine.POSTGRESQL,
    "timescaledb": Engine.POSTGRESQL,
    "cockroachdb": Engine.POSTGRESQL,
    "cockroach": Engine.POSTGRESQL,
    "mysql": Engine.MYSQL,
    "mysql8": Engine.MYSQL,
    "mariadb": Engine.MARIADB,
    "sqlite": Engine.SQLITE,
    "sqlite3": Engine.SQLITE,
}
"""What folders and files are called after the database that they are for."""

_TOUCHES = Regex(
    r"(?P<makes>CREATE (?:(?:GLOBAL |LOCAL )?TEMP(?:ORARY)? |UNLOGGED )?TABLE\b)"
    r"|(?:ALTER TABLE|UPDATE|INSERT|DELETE|DROP TABLE(?! IF EXISTS)|TRUNCATE"
    r"|CREATE (?:UNIQUE )?INDEX|CREATE (?:OR REPLACE )?(?:MATERIALIZED )?VIEW)\b"
)
_WORD = Regex(r"[a-z]+\d*")
NUMBER = Regex(r"\d+")
_COMMENT = Regex(r"--[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|#[^\n]*+")


def is_foreign(path: str) -> bool:
    """Whether a path lies in a folder of tests, examples, documents or other people's code, or of
    a database that is none of those known here.
    """
    parts = path.lower().split("/")[:-1]
    if not _FOREIGN.isdisjoint(parts):
        return True
    return any(not OTHER_ENGINES.isdisjoint((part, *_WORD.findall(part))) for part in parts)


def engine_named(path: str) -> Engine | None:
    """The engine that the parts of a path name, the last one first."""
    for part in reversed(path.lower().split("/")):
        for word in reversed(_WORD.findall(part)):
            if word in ENGINES:
                return ENGINES[word]
    return None


def own(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are the product's own."""
    return tuple(name for name in names if not is_foreign(name))


def by_folder(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names by the folder that they lie in, in order."""
    folders: dict[str, list[str]] = {}
    for name in names:
        folders.setdefault(folder_of(name), []).append(name)
    return {folder: tuple(sorted(paths)) for folder, paths in sorted(folders.items())}


def last_of(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


def number_of(version: str) -> tuple[int, ...]:
    """The numbers in a version, for tools that compare by number: `1.10` comes after `1.9`."""
    return tuple(int(digits[-40:]) for digits in NUMBER.findall(version))


def script_of(
    files: Files,
    path: str,
    engine: Engine,
    *,
    wrapping: Wrapping = Wrapping.FILE,
    start: int = 0,
    end: int | None = None,
) -> Script:
    """The script that a file, or the part `text[start:end]` of it, holds."""
    text = files.text(path)
    if text is None:
        return Script(
            wrapping=wrapping,
            location=FileLocation(path=path),
            problem="the file could not be read",
        )
    return script_in(path, text, engine, wrapping=wrapping, start=start, end=end)


def script_in(
    path: str,
    text: str,
    engine: Engine,
    *,
    wrapping: Wrapping = Wrapping.FILE,
    start: int = 0,
    end: int | None = None,
) -> Script:
    """The script in `text[start:end]`, where `text` is all of the file `path`."""
    return Script(
        items=statements_of(path, text, engine, start=start, end=end),
        wrapping=wrapping,
        location=FileLocation(path=path, line=text.count("\n", 0, start) + 1, column=1),
    )


def sent_whole(script: Script) -> Script:
    """A script as it runs where the tool sends the whole file as one string: a transaction of its
    own, unless it opens one itself.
    """
    first = script.statements[:1]
    opens = any(words_of(each).startswith(("BEGIN", "START TRANSACTION")) for each in first)
    return replace(script, wrapping=Wrapping.NONE if opens else Wrapping.STRING)


def is_empty(text: str) -> bool:
    """Whether nothing stands in a text but blanks and comments."""
    return not _COMMENT.sub(" ", text).strip(" \t\r\n;")


def begun(history: History) -> History:
    """A history with what its first statements tell of where it begins."""
    return replace(history, is_whole=begins_empty(history.migrations))


def begins_empty(migrations: Iterable[Migration]) -> bool:
    """Whether a history makes its own tables from the first one on. Where it begins with a change
    of one that it did not make, there is a schema that stands elsewhere.
    """
    for migration in migrations:
        for item in migration.up.items:
            if not isinstance(item, Statement):
                return False
            if match := _TOUCHES.match(words_of(item)):
                return match["makes"] is not None
    return True


def words_of(statement: Statement) -> str:
    """A statement without its comments, in one line and in capitals: for words to look for."""
    return " ".join(_COMMENT.sub(" ", statement.sql).upper().split())


def option(options: Mapping[str, str], name: str) -> str:
    """An option that a finder left for its reader; empty if it left none."""
    return options.get(name, "")
