"""Values as SQL: what Django sends for a default, a parameter, a value of a condition.

A default that is worked out when the migration runs (`timezone.now`, `uuid.uuid4`) is sent as one
constant for all rows; a constant of the same type stands for it here.

Source: `BaseDatabaseSchemaEditor._effective_default` of Django 5.2.
"""

import json
from collections.abc import Mapping

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.django.fields import Field
from launchready.steps.migration_check.frameworks.django.kinds import NEVER_EMPTY
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.types import type_of
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    Combined,
    Named,
    is_known,
)

_PLACEHOLDERS: Mapping[str, str] = {
    "boolean": "false", "integer": "0", "bigint": "0", "smallint": "0", "numeric": "0",
    "double precision": "0.0", "text": "''", "varchar": "''", "citext": "''",
    "timestamp with time zone": "'2000-01-01T00:00:00+00:00'::timestamptz",
    "date": "'2000-01-01'::date", "time": "'00:00:00'::time",
    "uuid": "'00000000-0000-0000-0000-000000000000'::uuid", "jsonb": "'{}'::jsonb",
    "interval": "'0'::interval", "inet": "'0.0.0.0'::inet", "bytea": "'\\x'::bytea",
    "hstore": "''", "tsvector": "''",
}  # fmt: skip


def default_of(field: Field, model: Model, state: State) -> str | None:
    """The SQL of the value that Django fills old rows with; None where there is none."""
    if field.kind == "GeneratedField":
        return None
    if "default" in field.given:
        value = field.given["default"]
        return None if value is None else _typed(value, field, model, state)
    blank = field.given.get("blank") is True
    if not field.is_null and blank and field.kind not in NEVER_EMPTY and field.kind != "?":
        return _typed("", field, model, state)
    if field.given.get("auto_now") is True or field.given.get("auto_now_add") is True:
        return placeholder(type_of(field, model, state), state)
    return None


def placeholder(type_name: str, state: State) -> str:
    """A constant of a type."""
    if type_name.endswith("]"):
        return "'{}'"
    base = type_name.partition("(")[0]
    found = _PLACEHOLDERS.get(base)
    if found is None:
        return "'?'"
    return found if state.world.engine is Engine.POSTGRESQL else found.partition("::")[0]


def quoted(text: str, engine: Engine) -> str:
    """A text as an SQL literal."""
    escaped = text.replace("'", "''").replace("\0", "")
    if engine in (Engine.MYSQL, Engine.MARIADB):
        escaped = escaped.replace("\\", "\\\\")
    return f"'{escaped}'"


def literal(value: object, engine: Engine) -> str | None:
    """A plain value as an SQL literal; None for what is no plain value."""
    is_postgres = engine is Engine.POSTGRESQL
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower() if is_postgres else str(int(value))
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'::bytea" if is_postgres else f"X'{value.hex()}'"
    return quoted(value, engine) if isinstance(value, str) else None


def _typed(value: object, field: Field, model: Model, state: State) -> str | None:
    engine, type_name = state.world.engine, type_of(field, model, state)
    if isinstance(value, Called) and value.last == "Decimal" and len(value.args) == 1:
        value = value.args[0]
    if isinstance(value, Named | Called | Combined) or not is_known(value):
        return _called(value, type_name, state)
    if field.kind == "JSONField":
        return _document(value, engine)
    if type_name.endswith("]") and isinstance(value, list | tuple):
        inside = ",".join(json.dumps(each) for each in value if isinstance(each, str | int))
        return quoted(f"{{{inside}}}", engine)
    if type_name == "boolean" and isinstance(value, int):
        value = bool(value)
    if type_name.startswith(("varchar", "text", "citext")) and isinstance(value, int | float):
        value = str(value)
    if type_name == "bytea" and isinstance(value, str):
        value = value.encode()
    if type_name == "hstore" and isinstance(value, dict):
        return "''"
    return literal(value, engine) or placeholder(type_name, state)


def _called(value: object, type_name: str, state: State) -> str:
    if isinstance(value, Named) and value.path in ("list", "dict") and type_name == "jsonb":
        return "'[]'::jsonb" if value.path == "list" else "'{}'::jsonb"
    return placeholder(type_name, state)


def _document(value: object, engine: Engine) -> str:
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        text = "{}"
    found = quoted(text, engine)
    return f"{found}::jsonb" if engine is Engine.POSTGRESQL else found
