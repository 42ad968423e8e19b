"""Alembic's operations on tables, columns and indexes as the statements that they send.

Source: alembic/operations/{ops,toimpl}.py, alembic/ddl/{impl,postgresql,mysql}.py of Alembic 1.20.
"""

from collections.abc import Iterator

from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.alembic.altering import alter_column
from launchready.steps.migration_check.frameworks.alembic.columns import (
    Column,
    column_of,
    columns_of,
    constraint_of,
    definition,
    keys_of,
    named,
)
from launchready.steps.migration_check.frameworks.alembic.expressions import clause, key, literal
from launchready.steps.migration_check.frameworks.alembic.types import enum_of, quoted
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    items_of,
    text_of,
    texts_of,
)

NOWHERE = "??"
"""Stands for a name that cannot be told: a statement with it is not kept."""


@frozen
class Batch:
    """The table that `batch_alter_table` is on: its operations leave it out."""

    table: str


def qualified(name: object, schema: object) -> str:
    """A table with its schema."""
    table = text_of(name) or NOWHERE
    return f"{schema}.{table}" if isinstance(schema, str) else table


def table_of(call: Called, batch: Batch | None, at: int = 0, name: str = "table_name") -> str:
    """The table that an operation is on."""
    if batch is not None:
        return batch.table
    return qualified(call.argument(name, at), call.kwargs.get("schema"))


def create_table(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.create_table`, with the enumerated types and indexes that it makes."""
    table = table_of(call, None)
    columns = columns_of(call.args[1:])
    if engine is Engine.POSTGRESQL:
        for column in columns:
            yield from create_enum(column.type, engine)
    exists = "IF NOT EXISTS " if call.kwargs.get("if_not_exists") is True else ""
    is_temporary = "TEMPORARY" in (texts_of(call.kwargs.get("prefixes")) or ())
    start = f"CREATE {'TEMPORARY ' if is_temporary else ''}TABLE {exists}{quoted(table, engine)}"
    yield f"{start} ({', '.join(_lines(call, table, columns, engine))})"
    for column in columns:
        yield from _column_index(table, column, engine)
    for each in call.args[1:]:
        if isinstance(each, Called) and each.last == "Index":
            yield from _index(text_of(each.argument("name", 0)), table, each.args[1:], each, engine)


def _lines(call: Called, table: str, columns: list[Column], engine: Engine) -> list[str]:
    constraints = [c for each in call.args[1:] if (c := constraint_of(each, engine))]
    keys = [each.name for each in columns if each.is_key]
    serials = keys or _keys_of(call)
    lines = [definition(each, engine, is_serial=_is_serial(each, serials)) for each in columns]
    if keys:
        lines.append(f"PRIMARY KEY ({', '.join(quoted(each, engine) for each in keys)})")
    constraints = [*keys_of(table, columns, engine), *constraints]
    constraints.sort(key=lambda each: not each[1].startswith("PRIMARY KEY"))
    return [*lines, *(named(name, words, engine) for name, words in constraints)]


def _keys_of(call: Called) -> list[str]:
    for each in call.args[1:]:
        if isinstance(each, Called) and each.last == "PrimaryKeyConstraint":
            return list(texts_of(each.args) or ())
    return []


def _is_serial(column: Column, keys: list[str]) -> bool:
    """Whether SQLAlchemy lets the database number it: a single integer key that points nowhere."""
    auto = column.call.kwargs.get("autoincrement", "auto")
    if column.name not in keys or auto is False or column.part("ForeignKey") is not None:
        return False
    return len(keys) == 1 or auto is True


def _column_index(table: str, column: Column, engine: Engine) -> Iterator[str]:
    if column.call.kwargs.get("index") is True:
        name = f"ix_{table.replace('.', '_')}_{column.name}"
        unique = "UNIQUE " if column.call.kwargs.get("unique") is True else ""
        words = f"{quoted(table, engine)} ({quoted(column.name, engine)})"
        yield f"CREATE {unique}INDEX {quoted(name, engine)} ON {words}"


def create_enum(kind: object, engine: Engine) -> Iterator[str]:
    """The statement that makes the type of an `sa.Enum`, unless it says that it is there."""
    found = enum_of(kind)
    if found is None or not isinstance(kind, Called) or kind.kwargs.get("create_type") is False:
        return
    labels = ", ".join(literal(each, engine) for each in found[1])
    yield f"CREATE TYPE {quoted(found[0], engine)} AS ENUM ({labels})"


def drop_table(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.drop_table`."""
    words = "IF EXISTS " if call.kwargs.get("if_exists") is True else ""
    yield f"DROP TABLE {words}{quoted(table_of(call, None), engine)}"


def rename_table(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.rename_table`."""
    old = qualified(call.argument("old_table_name", 0), call.argument("schema", 2))
    new = text_of(call.argument("new_table_name", 1)) or NOWHERE
    yield f"ALTER TABLE {quoted(old, engine)} RENAME TO {quoted(new, engine)}"


def add_column(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.add_column`: keys, uniqueness and indexes of the column are statements of their own."""
    table = table_of(call, batch)
    column = column_of(call.argument("column", 0 if batch is not None else 1))
    if column is None:
        return
    start = f"ALTER TABLE {quoted(table, engine)} ADD"
    exists = "IF NOT EXISTS " if call.kwargs.get("if_not_exists") is True else ""
    is_serial = _is_serial(column, [column.name] if column.is_key else [])
    yield f"{start} COLUMN {exists}{definition(column, engine, is_serial=is_serial)}"
    for name, words in keys_of(table, [column], engine):
        yield f"{start} {named(name, words, engine)}"
    yield from _column_index(table, column, engine)


def drop_column(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.drop_column`."""
    column = text_of(call.argument("column_name", 0 if batch is not None else 1)) or NOWHERE
    exists = "IF EXISTS " if call.kwargs.get("if_exists") is True else ""
    table = quoted(table_of(call, batch), engine)
    yield f"ALTER TABLE {table} DROP COLUMN {exists}{quoted(column, engine)}"


def alter(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.alter_column`."""
    column = text_of(call.argument("column_name", 0 if batch is not None else 1)) or NOWHERE
    yield from alter_column(call, table_of(call, batch), column, engine)


def create_index(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.create_index`."""
    table = table_of(call, batch, 1)
    keys = items_of(call.argument("columns", 1 if batch is not None else 2)) or ()
    yield from _index(text_of(call.argument("index_name", 0)), table, keys, call, engine)


def _index(
    name: str | None, table: str, keys: tuple[object, ...], call: Called, engine: Engine
) -> Iterator[str]:
    said, is_postgres = call.kwargs, engine is Engine.POSTGRESQL
    unique = "UNIQUE " if said.get("unique") is True else ""
    is_concurrent = is_postgres and said.get("postgresql_concurrently") is True
    exists = "IF NOT EXISTS " if said.get("if_not_exists") is True else ""
    title = f"{quoted(name, engine)} " if name else ""
    using = text_of(said.get("postgresql_using")) if is_postgres else None
    yield (
        f"CREATE {unique}INDEX {'CONCURRENTLY ' if is_concurrent else ''}{exists}{title}"
        f"ON {quoted(table, engine)}{f' USING {using}' if using else ''}"
        f" ({', '.join(_keys(keys, said.get('postgresql_ops'), engine))})"
        f"{_endings(call, engine) if is_postgres else ''}{_where(call, engine)}"
    )


def _keys(keys: tuple[object, ...], operators: object, engine: Engine) -> list[str]:
    given = operators if isinstance(operators, dict) and engine is Engine.POSTGRESQL else {}
    parts = []
    for each in keys:
        operator = text_of(given.get(each)) if isinstance(each, str) else None
        parts.append(f"{key(each, engine)} {operator}" if operator else key(each, engine))
    return parts or [quoted(NOWHERE, engine)]


def _endings(call: Called, engine: Engine) -> str:
    included = texts_of(call.kwargs.get("postgresql_include")) or ()
    inside = ", ".join(quoted(each, engine) for each in included)
    words = f" INCLUDE ({inside})" if included else ""
    is_distinct = call.kwargs.get("postgresql_nulls_not_distinct") is not True
    return words if is_distinct else f"{words} NULLS NOT DISTINCT"


def _where(call: Called, engine: Engine) -> str:
    name = "postgresql_where" if engine is Engine.POSTGRESQL else "sqlite_where"
    given = call.kwargs.get(name)
    return "" if given is None else f" WHERE {clause(given, engine)}"


def drop_index(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.drop_index`."""
    name = text_of(call.argument("index_name", 0)) or NOWHERE
    if engine in (Engine.MYSQL, Engine.MARIADB):
        yield f"DROP INDEX {quoted(name, engine)} ON {quoted(table_of(call, batch, 1), engine)}"
        return
    is_postgres = engine is Engine.POSTGRESQL
    is_concurrent = call.kwargs.get("postgresql_concurrently") is True and is_postgres
    words = "CONCURRENTLY " if is_concurrent else ""
    words += "IF EXISTS " if call.kwargs.get("if_exists") is True else ""
    yield f"DROP INDEX {words}{quoted(qualified(name, call.kwargs.get('schema')), engine)}"
