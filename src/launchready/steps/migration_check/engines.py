"""Which database, and which version of it, the migrations are for."""

from collections.abc import Iterator

from launchready.facts.catalogue import Server
from launchready.facts.migrations import Framework
from launchready.facts.schema import Engine
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.dialects import spoken
from launchready.steps.migration_check.files import Files, folder_of
from launchready.steps.migration_check.frameworks import Found
from launchready.steps.migration_check.frameworks.packages import depends
from launchready.steps.migration_check.frameworks.sql_files import engine_named, is_foreign
from launchready.steps.migration_check.images import Told, servers_named
from launchready.steps.migration_check.parsing.accents import engine_of
from launchready.steps.migration_check.settings import MigrationCheckSettings

DEFAULTS = {
    Engine.POSTGRESQL: (16,),
    Engine.MYSQL: (8, 0),
    Engine.MARIADB: (10, 11),
    Engine.SQLITE: (3, 40),
}
"""The version that counts where nothing tells: what hosts still give, so that nothing newer is
taken for granted.
"""

_DRIVERS = (
    (
        Engine.POSTGRESQL,
        (
            "pg",
            "postgres",
            "postgresql",
            "pg-promise",
            "psycopg",
            "psycopg2",
            "psycopg2-binary",
            "psycopg-binary",
            "asyncpg",
            "pg8000",
            "lib/pq",
            "jackc/pgx",
            "tokio-postgres",
            "postgrex",
            "@neondatabase/serverless",
            "@vercel/postgres",
            "org.postgresql",
        ),
    ),
    (
        Engine.MYSQL,
        (
            "mysql",
            "mysql2",
            "mysqlclient",
            "pymysql",
            "PyMySQL",
            "aiomysql",
            "asyncmy",
            "go-sql-driver/mysql",
            "mysql-connector-j",
            "mysql-connector-java",
            "mysql-connector-python",
            "@planetscale/database",
        ),
    ),
    (Engine.MARIADB, ("mariadb", "mariadb-java-client")),
    (
        Engine.SQLITE,
        (
            "sqlite3",
            "better-sqlite3",
            "aiosqlite",
            "mattn/go-sqlite3",
            "modernc.org/sqlite",
            "rusqlite",
            "@libsql/client",
            "sqlite-jdbc",
        ),
    ),
)
"""Packages that speak with one engine."""

_WORDS = {
    "postgresql": Engine.POSTGRESQL,
    "postgres": Engine.POSTGRESQL,
    "postgis": Engine.POSTGRESQL,
    "postgresql_psycopg2": Engine.POSTGRESQL,
    "pg": Engine.POSTGRESQL,
    "pgnative": Engine.POSTGRESQL,
    "cockroachdb": Engine.POSTGRESQL,
    "mysql": Engine.MYSQL,
    "mysql2": Engine.MYSQL,
    "trilogy": Engine.MYSQL,
    "mariadb": Engine.MARIADB,
    "sqlite": Engine.SQLITE,
    "sqlite3": Engine.SQLITE,
    "better-sqlite3": Engine.SQLITE,
}
_CONFIGS: dict[Framework, tuple[Regex[str], Regex[str]]] = {
    Framework.DJANGO: (
        Regex(r"(?:^|/)settings(?:/[^/]+)?\.py$|(?:^|/)[\w]*settings[\w]*\.py$"),
        Regex(
            r"django\.(?:contrib\.gis\.)?db\.backends\.(?P<word>\w+)"
            r"|[\"'](?P<scheme>postgres(?:ql)?|mysql|sqlite)://"
        ),
    ),
    Framework.ALEMBIC: (
        Regex(r"(?:^|/)(?:alembic\.ini|env\.py|config\.py|settings\.py|database\.py|db\.py)$"),
        Regex(r"\b(?P<word>postgresql|postgres|mysql|mariadb|sqlite)(?:\+\w+)?://"),
    ),
    Framework.RAILS: (
        Regex(r"(?:^|/)config/database\.yml(?:\.\w+)?$"),
        Regex(
            r"(?m)^\s*adapter:[^\n#]*?"
            r"\b(?P<word>postgresql|postgis|mysql2?|trilogy|mariadb|sqlite3?)\b"
        ),
    ),
    Framework.KNEX: (
        Regex(r"(?:^|/)knexfile\.[cm]?[jt]s$"),
        Regex(r"client[\"']?\s*:\s*[\"'](?P<word>[\w-]+)[\"']"),
    ),
    Framework.TYPEORM: (
        Regex(r"(?i)(?:^|/)(?:ormconfig[\w.]*|[\w.-]*data-?source[\w.-]*|[\w.-]*database[\w.-]*)$"),
        Regex(r"\btype[\"']?\s*:\s*[\"'](?P<word>[\w-]+)[\"']"),
    ),
    Framework.SEQUELIZE: (
        Regex(r"(?i)(?:^|/)(?:config|database|sequelize|db|index)[\w.-]*\.(?:[cm]?[jt]s|json)$"),
        Regex(r"\bdialect[\"']?\s*:\s*[\"'](?P<word>[\w-]+)[\"']"),
    ),
}
"""Where a framework's own configuration names the engine, and how."""

_MOST_READ = 20
"""Files of a history whose own words are asked, where nothing else tells the engine."""


def server_of(found: Found, files: Files, settings: MigrationCheckSettings) -> Server:
    """The server of a history: as set, else what the repository says, else PostgreSQL."""
    server, _ = server_and_evidence(found, files, settings)
    return server


def server_and_evidence(
    found: Found, files: Files, settings: MigrationCheckSettings
) -> tuple[Server, FileLocation | None]:
    """The server, and the place that names its version: the oldest one, where there are several."""
    if settings.database:
        name, _, version = settings.database.partition(" ")
        engine = Engine(name)
        numbers = tuple(int(part) for part in version.split(".") if part)
        return Server(engine=engine, version=numbers or DEFAULTS[engine]), None
    named = servers_named(files)
    engine = _engine_of(found, files, named)
    kinds = {told.engine for told in named}
    if engine is Engine.MYSQL and Engine.MARIADB in kinds and Engine.MYSQL not in kinds:
        engine = Engine.MARIADB  # drivers and dialects are called after MySQL for both
    known = [told for told in named if told.engine is engine and told.version]
    if not known:
        return Server(engine=engine, version=DEFAULTS[engine]), None
    oldest = min(known, key=lambda told: told.version)
    return Server(engine=engine, version=oldest.version), oldest.place


def _engine_of(found: Found, files: Files, named: tuple[Told, ...]) -> Engine:
    if (certain := found.engine or engine_named(found.folder)) is not None:
        return certain
    for engine in _configured(found, files):
        return engine
    written = (files.text(path) or "" for path in found.paths if path.endswith(".sql"))
    if (told := spoken(written)) is not None:
        return told
    return _driven(found, files, named)


def _driven(found: Found, files: Files, named: tuple[Told, ...]) -> Engine:
    """The engine of the drivers that the manifests ask for, with the servers that are named."""
    drivers = [engine for engine, words in _DRIVERS if depends(files, *words, near=found.folder)]
    kinds = {told.engine for told in named}
    likely = [engine for engine in drivers if engine in kinds] or drivers
    if len(set(likely)) == 1 or (likely and Engine.POSTGRESQL not in likely):
        return likely[0]
    if not likely and len(kinds) == 1:
        return next(iter(kinds))
    if not likely and not kinds:
        written = [path for path in found.paths if path.lower().endswith(".sql")]
        texts = (files.text(path) or "" for path in written[:_MOST_READ])
        return engine_of(texts) or Engine.POSTGRESQL
    return Engine.POSTGRESQL


def _configured(found: Found, files: Files) -> Iterator[Engine]:
    """What the framework's configuration says, the file nearest to the history first. SQLite is
    often there for tests alone, so that it counts only where nothing else is named.
    """
    where = _CONFIGS.get(found.framework)
    if where is None:
        return
    name, word = where
    paths = [path for path in files.names if name.search(path) and not is_foreign(path)]
    paths.sort(key=lambda path: (-_shared(path, found.folder), path.count("/"), path))
    engines = [
        engine
        for path in paths[:40]
        for match in word.finditer(files.text(path) or "")
        if (engine := _WORDS.get(next(filter(None, match.groupdict().values()), "")))
    ]
    servers = [engine for engine in engines if engine is not Engine.SQLITE]
    yield from (servers or engines)[:1]


def _shared(path: str, folder: str) -> int:
    """How many parts a file's folder has in common with a history's."""
    count = 0
    for one, other in zip(folder_of(path).split("/"), folder.split("/"), strict=False):
        if one != other:
            break
        count += 1
    return count
