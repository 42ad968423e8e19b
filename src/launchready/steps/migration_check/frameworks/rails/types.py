"""Active Record's column types as SQL, and names in quotes.

Source: `NATIVE_DATABASE_TYPES` and `type_to_sql` of the PostgreSQL, MySQL and SQLite adapters of
ActiveRecord 8.1; what differs by a migration's version: migration/compatibility.rb.
"""

from collections.abc import Mapping

from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.rails.values import UntoldError

UNKNOWN_TYPE = '"?"'
"""Stands for a type that cannot be told; a statement with it still parses."""


@frozen
class Dialect:
    """The engine, and the version of Rails that a migration is written for. `datetime` is the type
    that the project's configuration gives to `datetime` on PostgreSQL.
    """

    engine: Engine
    version: tuple[int, ...] = (8, 0)
    datetime: str = "timestamp"

    @property
    def is_mysql(self) -> bool:
        """MySQL or MariaDB."""
        return self.engine in (Engine.MYSQL, Engine.MARIADB)

    @property
    def is_postgres(self) -> bool:
        """PostgreSQL."""
        return self.engine is Engine.POSTGRESQL

    def quote(self, name: str) -> str:
        """A name in the engine's quotes; `schema.name` is two."""
        mark = "`" if self.is_mysql else '"'
        parts = name.replace("\0", "").split(".")
        return ".".join(f"{mark}{part.strip(mark).replace(mark, mark * 2)}{mark}" for part in parts)


_POSTGRES: Mapping[str, str] = {
    "string": "character varying", "datetime": "timestamp", "binary": "bytea", "blob": "bytea",
    "bit_varying": "bit varying",
}  # fmt: skip
_MYSQL: Mapping[str, str] = {
    "string": "varchar", "integer": "int", "binary": "blob", "jsonb": "json", "numeric": "decimal",
}  # fmt: skip
_SQLITE: Mapping[str, str] = {"string": "varchar", "binary": "blob", "jsonb": "json"}
_TIMES = ("datetime", "timestamp", "timestamptz", "time", "interval")
_NO_LIMIT = ("text", "boolean", "date", "json", "jsonb", "uuid", "enum", "virtual")
_SHAPES = ("geometry", "geography", "st_point", "st_polygon", "line_string", "multi_polygon")
_SIZES: Mapping[object, str] = {"tiny": "tiny", "medium": "medium", "long": "long"}


def type_of(kind: object, options: Mapping[str, object], dialect: Dialect) -> str:
    """The SQL of a type with its limit, precision and scale."""
    if not isinstance(kind, str) or not kind:
        return UNKNOWN_TYPE if dialect.is_postgres else "text"
    if kind == "primary_key":
        return primary_key(dialect)
    if kind == "virtual":
        return type_of(options.get("type"), {**options, "type": None}, dialect)
    if kind == "enum" and dialect.is_postgres:
        name = options.get("enum_type")
        words = dialect.quote(name) if isinstance(name, str) else UNKNOWN_TYPE
    else:
        words = _sized(kind, options, dialect)
    return f"{words}[]" if options.get("array") is True and dialect.is_postgres else words


def _sized(kind: str, options: Mapping[str, object], dialect: Dialect) -> str:
    limit, precision, scale = (options.get(each) for each in ("limit", "precision", "scale"))
    if kind in _TIMES:
        return _time(kind, options, dialect)
    if kind in _SHAPES:
        return "geography" if kind == "geography" or options.get("geographic") else "geometry"
    base = _base(kind, dialect)
    if kind in ("decimal", "numeric"):
        if not isinstance(precision, int):
            return base
        return f"{base}({precision},{scale})" if isinstance(scale, int) else f"{base}({precision})"
    if kind == "integer" and isinstance(limit, int) and dialect.engine is not Engine.SQLITE:
        base = _integer(limit, dialect)
    elif kind in ("text", "binary", "blob") and dialect.is_mysql:
        base = _large(kind, options)
    elif kind == "string" and dialect.is_mysql and not isinstance(limit, int):
        base = "varchar(255)"
    elif isinstance(limit, int) and kind not in (*_NO_LIMIT, "integer", "binary", "float"):
        base = f"{base}({limit})"
    is_unsigned = dialect.is_mysql and options.get("unsigned") is True
    return f"{base} unsigned" if is_unsigned else base


def _base(kind: str, dialect: Dialect) -> str:
    if dialect.is_postgres:
        return _POSTGRES.get(kind) or _as_written(kind)
    if dialect.is_mysql:
        return _MYSQL.get(kind) or ("tinyint(1)" if kind == "boolean" else _as_written(kind))
    return _SQLITE.get(kind) or _as_written(kind)


def _as_written(kind: str) -> str:
    """A type that Rails hands over as it is: `citext`, `varchar(20)`."""
    if any(sign in kind for sign in ";'\"\n\0"):
        raise UntoldError
    return kind


def _integer(limit: int, dialect: Dialect) -> str:
    if not dialect.is_postgres:
        return {1: "tinyint", 2: "smallint", 3: "mediumint"}.get(limit) or (
            "int" if limit <= 4 else "bigint"
        )
    return "smallint" if limit <= 2 else "integer" if limit <= 4 else "bigint"


def _large(kind: str, options: Mapping[str, object]) -> str:
    limit, size = options.get("limit"), _SIZES.get(options.get("size"), "")
    if kind == "binary" and isinstance(limit, int) and limit <= 0xFFF:
        return f"varbinary({limit})"
    if isinstance(limit, int):
        steps = ((0xFF, "tiny"), (0xFFFF, ""), (0xFFFFFF, "medium"))
        size = next((word for most, word in steps if limit <= most), "long")
    return f"{size}{'text' if kind == 'text' else 'blob'}"


def _time(kind: str, options: Mapping[str, object], dialect: Dialect) -> str:
    base = kind
    if kind == "datetime" and dialect.is_postgres:
        base = dialect.datetime if dialect.version >= (7, 0) else "timestamp"
    precision: object = None
    if "precision" in options:
        precision = options["precision"]
    elif kind == "datetime" and dialect.version >= (7, 0):
        precision = 6
    return f"{base}({precision})" if isinstance(precision, int) else base


def primary_key(dialect: Dialect) -> str:
    """The column that numbers rows: 64 bits since the migrations of Rails 5.1."""
    is_big = dialect.version >= (5, 1)
    if dialect.is_postgres:
        return f"{'bigserial' if is_big else 'serial'} primary key"
    if dialect.is_mysql:
        return f"{'bigint' if is_big else 'int'} NOT NULL AUTO_INCREMENT PRIMARY KEY"
    return "integer PRIMARY KEY AUTOINCREMENT NOT NULL"
