"""SQLAlchemy's types as SQL.

Source: the type compilers of SQLAlchemy 2.0 (sqlalchemy/sql/compiler.py and
sqlalchemy/dialects/{postgresql,mysql,sqlite}/base.py); sqlmodel, geoalchemy2, pgvector,
sqlalchemy_utils and fastapi_users, by the types that theirs are kept as.
"""

from collections.abc import Mapping

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    Named,
    items_of,
    text_of,
    texts_of,
)

UNKNOWN_TYPE = '"?"'
"""Stands for a type that cannot be told; a statement with it still parses."""

_TYPES: Mapping[str, str] = {
    "Integer": "INTEGER", "INTEGER": "INTEGER", "INT": "INTEGER", "BigInteger": "BIGINT",
    "BIGINT": "BIGINT", "SmallInteger": "SMALLINT", "SMALLINT": "SMALLINT", "Text": "TEXT",
    "TEXT": "TEXT", "UnicodeText": "TEXT", "Boolean": "BOOLEAN", "BOOLEAN": "BOOLEAN",
    "Date": "DATE", "DATE": "DATE", "Interval": "INTERVAL", "INTERVAL": "INTERVAL",
    "Float": "FLOAT", "FLOAT": "FLOAT", "REAL": "REAL", "Double": "DOUBLE PRECISION",
    "DOUBLE": "DOUBLE PRECISION", "DOUBLE_PRECISION": "DOUBLE PRECISION", "LargeBinary": "BYTEA",
    "BYTEA": "BYTEA", "BLOB": "BYTEA", "JSON": "JSON", "JSONB": "JSONB", "UUID": "UUID",
    "Uuid": "UUID", "INET": "INET", "CIDR": "CIDR", "MACADDR": "MACADDR", "HSTORE": "HSTORE",
    "TSVECTOR": "TSVECTOR", "TSQUERY": "TSQUERY", "MONEY": "MONEY", "OID": "OID",
    "REGCLASS": "REGCLASS", "INT4RANGE": "INT4RANGE", "INT8RANGE": "INT8RANGE",
    "NUMRANGE": "NUMRANGE", "DATERANGE": "DATERANGE", "TSRANGE": "TSRANGE",
    "TSTZRANGE": "TSTZRANGE", "CITEXT": "CITEXT", "CIText": "CITEXT", "PickleType": "BYTEA",
    "UUIDType": "UUID", "URLType": "TEXT", "JSONType": "JSON", "TSVectorType": "TSVECTOR",
    "ArrowType": "TIMESTAMP WITHOUT TIME ZONE", "LtreeType": "LTREE",
    "IPAddressType": "VARCHAR(50)",
    "EmailType": "VARCHAR(255)", "ChoiceType": "VARCHAR(255)", "GUID": "UUID",
    "NullType": UNKNOWN_TYPE, "TINYINT": "SMALLINT", "MEDIUMTEXT": "TEXT", "LONGTEXT": "TEXT",
}  # fmt: skip
_MYSQL: Mapping[str, str] = {
    "Boolean": "BOOL", "BOOLEAN": "BOOL", "LargeBinary": "BLOB", "BLOB": "BLOB", "UUID": "CHAR(32)",
    "Uuid": "CHAR(32)", "JSONB": "JSON", "Interval": "DATETIME", "TINYINT": "TINYINT",
    "MEDIUMTEXT": "MEDIUMTEXT", "LONGTEXT": "LONGTEXT",
}  # fmt: skip
_SQLITE: Mapping[str, str] = {
    "LargeBinary": "BLOB", "BLOB": "BLOB", "UUID": "CHAR(32)", "Uuid": "CHAR(32)", "JSONB": "JSON",
    "Interval": "DATETIME",
}  # fmt: skip
_OWN = {Engine.MYSQL: _MYSQL, Engine.MARIADB: _MYSQL, Engine.SQLITE: _SQLITE}
_VARCHARS = frozenset({"String", "VARCHAR", "Unicode", "AutoString", "NVARCHAR"})
_TIMES = frozenset({"DateTime", "TIMESTAMP", "DATETIME", "Time", "TIME"})
_NUMERICS = frozenset({"Numeric", "NUMERIC", "DECIMAL"})
_ENUMS = frozenset({"Enum", "ENUM"})
_KNOWN = ("sqlalchemy", "sa.", "sqlmodel", "geoalchemy2", "pgvector", "fastapi_users", "alembic",
          "citext", "flask_sqlalchemy", "advanced_alchemy")  # fmt: skip


def last_of(value: object) -> str:
    """The class of a type, whether it is called or only named."""
    return value.last if isinstance(value, Called | Named) else ""


def type_of(value: object, engine: Engine, depth: int = 0) -> str:
    """A type's SQL; `"?"` for one that cannot be told."""
    unknown = UNKNOWN_TYPE if engine is Engine.POSTGRESQL else "TEXT"
    if isinstance(value, Called) and value.path == "().with_variant" and depth < 5:
        variant, names = value.args[0] if value.args else None, texts_of(value.args[1:])
        is_ours = names is not None and any(n == _dialect(engine) for n in names)
        return type_of(variant if is_ours else value.on, engine, depth + 1)
    name = last_of(value)
    path = value.path if isinstance(value, Called | Named) else ""
    if not path.startswith(_KNOWN) or depth > 5:
        return unknown
    if fixed := _OWN.get(engine, {}).get(name) or _TYPES.get(name):
        return fixed
    call = value if isinstance(value, Called) else Called(path=path)
    return _sized(name, call, engine) or _composed(name, call, engine, depth) or unknown


def enum_of(value: object) -> tuple[str, tuple[str, ...]] | None:
    """(name, labels) of an enumerated type that has a name of its own."""
    if not isinstance(value, Called) or value.last not in _ENUMS:
        return None
    name = value.kwargs.get("name")
    if not isinstance(name, str) or value.kwargs.get("native_enum") is False:
        return None
    schema = value.kwargs.get("schema")
    name = f"{schema}.{name}" if isinstance(schema, str) else name
    labels = texts_of(value.args) or ()
    if len(value.args) == 1 and not labels:
        labels = texts_of(items_of(value.args[0]) or ()) or ()
    return name, labels


def quoted(name: str, engine: Engine) -> str:
    """A name in the engine's quotes; `schema.name` is two."""
    mark = "`" if engine in (Engine.MYSQL, Engine.MARIADB) else '"'
    return ".".join(f"{mark}{part}{mark}" for part in name.split("."))


def _dialect(engine: Engine) -> str:
    return str(engine)


def _sized(name: str, call: Called, engine: Engine) -> str:
    if name in _VARCHARS:
        length = call.argument("length", 0)
        return f"VARCHAR({length})" if isinstance(length, int) else "VARCHAR"
    if name in ("CHAR", "BIT", "VARBINARY", "BINARY"):
        length = call.argument("length", 0)
        return f"{name}({length})" if isinstance(length, int) else name
    if name in _TIMES:
        return _time(name, call, engine)
    if name in _NUMERICS:
        digits, places = call.argument("precision", 0), call.argument("scale", 1)
        if not isinstance(digits, int):
            return "NUMERIC"
        return f"NUMERIC({digits}, {places})" if isinstance(places, int) else f"NUMERIC({digits})"
    return ""


def _time(name: str, call: Called, engine: Engine) -> str:
    kind = "TIME" if name.upper() == "TIME" else "TIMESTAMP"
    if engine is not Engine.POSTGRESQL:
        return "TIME" if kind == "TIME" else "DATETIME"
    precision = call.kwargs.get("precision")
    size = f"({precision})" if isinstance(precision, int) else ""
    zone = "WITH" if call.argument("timezone", 0) is True else "WITHOUT"
    return f"{kind}{size} {zone} TIME ZONE"


def _composed(name: str, call: Called, engine: Engine, depth: int) -> str:
    if name == "ARRAY" and engine is Engine.POSTGRESQL:
        base = type_of(call.argument("item_type", 0), engine, depth + 1)
        dimensions = call.kwargs.get("dimensions")
        return base + "[]" * (
            dimensions if isinstance(dimensions, int) and 0 < dimensions < 7 else 1
        )
    if name in _ENUMS:
        return _enum(call, engine)
    if name in ("Geometry", "Geography"):
        shape = text_of(call.argument("geometry_type", 0)) or "GEOMETRY"
        return f"{name.lower()}({shape},{call.argument('srid', 1, -1)})"
    if name.upper() in ("VECTOR", "HALFVEC", "SPARSEVEC"):
        size = call.argument("dim", 0)
        return f"{name.upper()}({size})" if isinstance(size, int) else name.upper()
    return ""


def _enum(call: Called, engine: Engine) -> str:
    found = enum_of(call)
    if engine is Engine.POSTGRESQL and found is not None:
        return quoted(found[0], engine)
    labels = texts_of(call.args) or ("",)
    if engine in (Engine.MYSQL, Engine.MARIADB):
        return f"ENUM({', '.join(repr(each) for each in labels)})"
    return f"VARCHAR({max(map(len, labels))})"
