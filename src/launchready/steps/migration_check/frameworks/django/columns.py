"""The definition of a column, and the foreign keys and indexes that a field brings with it.

Source: `BaseDatabaseSchemaEditor._iter_column_sql`, `_create_fk_sql`, `_field_indexes_sql`, and
PostgreSQL's `_create_like_index_sql`, of Django 5.2.
"""

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.django import names
from launchready.steps.migration_check.frameworks.django.conditions import expression
from launchready.steps.migration_check.frameworks.django.editor import Deferred, Editor
from launchready.steps.migration_check.frameworks.django.fields import Field
from launchready.steps.migration_check.frameworks.django.kinds import GEOMETRIES
from launchready.steps.migration_check.frameworks.django.literals import default_of, literal
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.templates import TEMPLATES
from launchready.steps.migration_check.frameworks.django.types import (
    check_of,
    collation_of,
    ending_of,
    type_of,
)
from launchready.steps.migration_check.frameworks.python.values import Called


def definition(field: Field, model: Model, state: State, *, fills: bool = False) -> str:
    """A column's definition without its name; `fills` says that old rows get a default."""
    quote = state.world.quote
    parts = [type_of(field, model, state)]
    if collation := collation_of(field):
        parts.append(f"COLLATE {quote(collation)}")
    if "db_default" in field.given:
        parts.append(f"DEFAULT {database_default(field, model, state)}")
    elif fills and (default := default_of(field, model, state)) is not None:
        parts.append(f"DEFAULT {default}")
    if field.kind == "GeneratedField":
        inner = expression(field.given.get("expression"), model, state)
        how = "STORED" if field.given.get("db_persist") is True else "VIRTUAL"
        parts.append(f"GENERATED ALWAYS AS ({inner}) {how}")
    else:
        parts.append("NULL" if field.is_null else "NOT NULL")
    if field.is_key:
        parts.append("PRIMARY KEY")
    elif field.is_unique:
        parts.append("UNIQUE")
    if ending := ending_of(field, state):
        parts.append(ending)
    if check := check_of(field, field.column, state):
        parts.append(f"CHECK ({check})")
    return " ".join(parts)


def database_default(field: Field, model: Model, state: State) -> str:
    """The SQL of a `db_default`."""
    given = field.given["db_default"]
    plain = (
        given.argument("value", 0) if isinstance(given, Called) and given.last == "Value" else given
    )
    if plain is None or isinstance(plain, str | int | float | bytes):
        return literal(plain, state.world.engine) or "NULL"
    return f"({expression(given, model, state)})"


def foreign_key(field: Field, model: Model, state: State) -> tuple[str, str, str]:
    """(name of the constraint, table, column) of what a relation points to."""
    target = state.target_of(model, field)
    to_table, to_column = state.table_of(target), state.target_field(model, field).column
    name = names.foreign_key_name(state.table_of(model), field.column, to_table, to_column)
    return name, to_table, to_column


def add_foreign_key(state: State, wait: Deferred, name: str = "") -> str:
    """The statement that adds a foreign key of one column."""
    quote = state.world.quote
    to_column = wait.to_columns[0]
    name = name or names.foreign_key_name(wait.table, wait.columns[0], wait.to_table, to_column)
    return (
        f"ALTER TABLE {quote(wait.table)} ADD CONSTRAINT {quote(name)} FOREIGN KEY"
        f" ({quote(wait.columns[0])}) REFERENCES {quote(wait.to_table)} ({quote(to_column)})"
        f"{TEMPLATES[state.world.engine]['deferrable']}"
    )


def wants_index(field: Field, state: State) -> bool:
    """Whether a field has an index of its own. MySQL makes those of foreign keys itself."""
    if field.kind in GEOMETRIES:
        return field.given.get("spatial_index", True) is True
    is_mysql = state.world.engine in (Engine.MYSQL, Engine.MARIADB)
    if is_mysql and field.is_relation and field.has_constraint:
        return False
    return field.is_indexed and not field.is_unique


def wants_like_index(field: Field, model: Model, state: State) -> bool:
    """Whether PostgreSQL gets a second index, for LIKE."""
    if state.world.engine is not Engine.POSTGRESQL or not (field.is_indexed or field.is_unique):
        return False
    kind = type_of(field, model, state)
    return "[" not in kind and kind.startswith(("varchar", "text")) and not collation_of(field)


def defer_indexes(
    editor: Editor, field: Field, model: Model, state: State
) -> dict[tuple[str, str], str]:
    """Let a field's indexes wait for the end; the names that they will have."""
    table, column, made = state.table_of(model), field.column, {}
    if wants_index(field, state):
        suffix, using = ("_id", "gist") if field.kind in GEOMETRIES else ("", "")
        name = names.index_name(table, (column,), suffix, state.world.longest)
        made["index", column] = name
        editor.defer(
            table, (column,), lambda wait: field_index(wait, state, suffix, using=using), index=name
        )
    if wants_like_index(field, model, state):
        name = names.index_name(table, (column,), "_like")
        made["like", column] = name
        kind = type_of(field, model, state).partition("(")[0]
        editor.defer(
            table, (column,), lambda wait: field_index(wait, state, "_like", f"{kind}_pattern_ops"),
            index=name,
        )  # fmt: skip
    return made


def field_index(
    wait: Deferred, state: State, suffix: str, operators: str = "", using: str = ""
) -> str:
    """The statement that makes an index on one column."""
    name = names.index_name(wait.table, wait.columns, suffix, state.world.longest)
    return index_statement(wait.table, name, wait.columns, state, operators=operators, using=using)


def index_statement(
    table: str, name: str, columns: tuple[str, ...], state: State, *, operators: str = "",
    using: str = "",
) -> str:  # fmt: skip
    """The statement that makes a plain index."""
    quote = state.world.quote
    keys = ", ".join(f"{quote(each)}{f' {operators}' if operators else ''}" for each in columns)
    method = f" USING {using}" if using and state.world.engine is Engine.POSTGRESQL else ""
    return f"CREATE INDEX {quote(name)} ON {quote(table)}{method} ({keys})"


def unique_statement(wait: Deferred, state: State, name: str = "") -> str:
    """The statement that makes columns unique."""
    quote = state.world.quote
    name = name or names.index_name(wait.table, wait.columns, "_uniq", state.world.longest)
    columns = ", ".join(map(quote, wait.columns))
    if state.world.engine is Engine.SQLITE:
        return f"CREATE UNIQUE INDEX {quote(name)} ON {quote(wait.table)} ({columns})"
    return f"ALTER TABLE {quote(wait.table)} ADD CONSTRAINT {quote(name)} UNIQUE ({columns})"
