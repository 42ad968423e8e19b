"""Defaults and other plain values as SQL, as Active Record casts them to a column's type."""

import json
from collections.abc import Mapping

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.rails.types import Dialect
from launchready.steps.migration_check.frameworks.rails.values import UNKNOWN, Raw

_NUMBERS = ("integer", "bigint", "smallint", "decimal", "numeric", "float", "serial", "bigserial")
_TEXTS = ("string", "text", "citext", "varchar", "enum", "char")
_FALSE = (False, 0, "0", "f", "F", "false", "FALSE", "off", "OFF", "")


def unreadable(dialect: Dialect) -> str:
    """The expression that stands for one that cannot be told."""
    return '"?"()' if dialect.engine is Engine.POSTGRESQL else "unknown()"


def default_sql(value: object, kind: object, options: Mapping[str, object], on: Dialect) -> str:
    """A default as SQL."""
    if isinstance(value, list) and options.get("array") is True:
        inside = ",".join(json.dumps(str(each)) for each in value)
        return literal(f"{{{inside}}}", on)
    if isinstance(value, dict) and kind == "hstore":
        return literal(", ".join(f"{_hstore(k)}=>{_hstore(v)}" for k, v in value.items()), on)
    if isinstance(value, dict | list):
        return literal(json.dumps(value, default=str), on)
    if kind == "uuid" and isinstance(value, str) and "()" in value:
        return value
    if kind == "boolean" and isinstance(value, bool | int | str):
        return literal(value not in _FALSE, on)
    return _cast(value, kind, on)


def _hstore(value: object) -> str:
    """A key or value as ActiveRecord's OID::Hstore writes it (oid/hstore.rb, escape_hstore)."""
    if value is None:
        return "NULL"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _cast(value: object, kind: object, on: Dialect) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and (kind in _TEXTS or kind in ("json", "jsonb")):
        return literal(str(value), on)
    if not isinstance(value, str) or kind not in _NUMBERS:
        return literal(value, on)
    try:
        return f"{float(value):g}" if "." in value else str(int(value))
    except (ValueError, OverflowError):
        return literal(value, on)


def literal(value: object, on: Dialect) -> str:
    """A plain value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, Raw):
        return value.sql
    if isinstance(value, bool):
        return str(value).upper() if on.is_postgres else str(int(value))
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        text = value.replace("\0", "").replace("'", "''")
        return "'" + (text.replace("\\", "\\\\") if on.is_mysql else text) + "'"
    return unreadable(on)


def is_known(value: object) -> bool:
    """Whether a value, with all in it, can be told."""
    if isinstance(value, list):
        return all(map(is_known, value))
    if isinstance(value, dict):
        return all(map(is_known, value.values()))
    return value is not UNKNOWN
