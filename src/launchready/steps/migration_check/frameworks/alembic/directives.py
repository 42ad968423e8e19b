"""Alembic's operations as the statements that they send.

Source: alembic/operations/ops.py, alembic/operations/toimpl.py, alembic/ddl/{impl,postgresql,
mysql}.py of Alembic 1.20.
"""

from collections.abc import Callable, Iterator, Mapping

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.alembic import columns as of_columns
from launchready.steps.migration_check.frameworks.alembic.columns import named
from launchready.steps.migration_check.frameworks.alembic.expressions import clause, literal
from launchready.steps.migration_check.frameworks.alembic.tables import (
    NOWHERE,
    Batch,
    add_column,
    alter,
    create_index,
    create_table,
    drop_column,
    drop_index,
    drop_table,
    qualified,
    rename_table,
    table_of,
)
from launchready.steps.migration_check.frameworks.alembic.types import quoted
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    items_of,
    text_of,
    texts_of,
)


def _add(table: str, name: object, words: str, engine: Engine) -> str:
    return f"ALTER TABLE {quoted(table, engine)} ADD {named(text_of(name) or '', words, engine)}"


def create_foreign_key(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.create_foreign_key`."""
    shift = 0 if batch is None else -1
    table = (
        batch.table
        if batch
        else qualified(call.argument("source_table", 1), call.kwargs.get("source_schema"))
    )
    target = qualified(
        call.argument("referent_table", 2 + shift), call.kwargs.get("referent_schema")
    )
    mine = texts_of(call.argument("local_cols", 3 + shift)) or (NOWHERE,)
    theirs = texts_of(call.argument("remote_cols", 4 + shift)) or (NOWHERE,)
    words = of_columns.references(mine, target, theirs, call, engine)
    yield _add(table, call.argument("constraint_name", 0), words, engine)


def create_unique(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.create_unique_constraint` and `op.create_primary_key`."""
    kind = "UNIQUE" if call.last == "create_unique_constraint" else "PRIMARY KEY"
    columns = texts_of(call.argument("columns", 1 if batch is not None else 2)) or (NOWHERE,)
    inside = ", ".join(quoted(each, engine) for each in columns)
    words = f"{kind} ({inside}){of_columns.deferral(call)}"
    yield _add(table_of(call, batch, 1), call.argument("constraint_name", 0), words, engine)


def create_check(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.create_check_constraint`."""
    condition = clause(call.argument("condition", 1 if batch is not None else 2), engine)
    words = f"CHECK ({condition}){of_columns.deferral(call)}"
    yield _add(table_of(call, batch, 1), call.argument("constraint_name", 0), words, engine)


def create_exclude(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.create_exclude_constraint`."""
    elements = call.args[1 if batch is not None else 2 :]
    words = of_columns.exclusion(elements, call, engine) + of_columns.deferral(call)
    yield _add(table_of(call, batch, 1), call.argument("constraint_name", 0), words, engine)


def drop_constraint(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.drop_constraint`; MySQL wants to know of what kind."""
    name = quoted(text_of(call.argument("constraint_name", 0)) or NOWHERE, engine)
    kind = text_of(call.argument("type_", 1 if batch is not None else 2))
    words = f"CONSTRAINT {name}"
    if engine in (Engine.MYSQL, Engine.MARIADB):
        kinds = {
            "foreignkey": f"FOREIGN KEY {name}",
            "primary": "PRIMARY KEY",
            "unique": f"INDEX {name}",
        }
        words = kinds.get(kind or "", words)
    exists = "IF EXISTS " if call.kwargs.get("if_exists") is True else ""
    words = words.replace("CONSTRAINT ", f"CONSTRAINT {exists}", 1)
    yield f"ALTER TABLE {quoted(table_of(call, batch, 1), engine)} DROP {words}"


def comment(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.create_table_comment` and `op.drop_table_comment`."""
    if engine is Engine.POSTGRESQL:
        said = literal(text_of(call.argument("comment", 1)), engine)
        yield f"COMMENT ON TABLE {quoted(table_of(call, batch), engine)} IS {said}"


def bulk_insert(call: Called, batch: Batch | None, engine: Engine) -> Iterator[str]:
    """`op.bulk_insert`: one INSERT, with the rows that can be told."""
    table = call.argument("table", 0)
    rows = items_of(call.argument("rows", 1)) or ()
    if not isinstance(table, Called) or table.last not in ("table", "Table"):
        return
    name = quoted(qualified(table.argument("name", 0), table.kwargs.get("schema")), engine)
    first = next((each for each in rows if isinstance(each, dict)), None)
    keys = [str(each) for each in first] if first else [c.args[0] for c in _parts(table)]
    inside = ", ".join(quoted(str(each), engine) for each in keys)
    known = [each for each in rows if isinstance(each, dict)][:50] or [{}]
    lines = (", ".join(literal(row.get(k, row), engine) for k in keys) for row in known)
    yield f"INSERT INTO {name} ({inside}) VALUES {', '.join(f'({line})' for line in lines)}"


def _parts(table: Called) -> list[Called]:
    return [
        each
        for each in table.args[1:]
        if isinstance(each, Called) and each.last in ("column", "Column") and each.args
    ]


Directive = Callable[[Called, Batch | None, Engine], Iterator[str]]
DIRECTIVES: Mapping[str, Directive] = {
    "create_table": create_table,
    "drop_table": drop_table,
    "rename_table": rename_table,
    "add_column": add_column,
    "drop_column": drop_column,
    "alter_column": alter,
    "create_index": create_index,
    "drop_index": drop_index,
    "create_foreign_key": create_foreign_key,
    "create_unique_constraint": create_unique,
    "create_primary_key": create_unique,
    "create_check_constraint": create_check,
    "create_exclude_constraint": create_exclude,
    "drop_constraint": drop_constraint,
    "create_table_comment": comment,
    "drop_table_comment": comment,
    "bulk_insert": bulk_insert,
}
