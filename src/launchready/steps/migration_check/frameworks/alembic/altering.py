"""`op.alter_column` as the statements that it sends, in their order: type, NULL, default, name.

Source: `PostgresqlImpl.alter_column`, `DefaultImpl.alter_column`, `MySQLImpl.alter_column` of
alembic/ddl of Alembic 1.20.
"""

from collections.abc import Iterator

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.alembic.columns import default_of
from launchready.steps.migration_check.frameworks.alembic.expressions import clause, literal
from launchready.steps.migration_check.frameworks.alembic.types import quoted, type_of
from launchready.steps.migration_check.frameworks.python.values import Called, text_of


def alter_column(call: Called, table: str, column: str, engine: Engine) -> Iterator[str]:
    """The statements that alter a column."""
    if engine in (Engine.MYSQL, Engine.MARIADB):
        yield from _on_mysql(call, table, column, engine)
        return
    said = call.kwargs
    start = f"ALTER TABLE {quoted(table, engine)} ALTER COLUMN {quoted(column, engine)}"
    if said.get("type_") is not None:
        using = said.get("postgresql_using")
        words = f" USING {clause(using, engine)}" if using is not None else ""
        yield f"{start} TYPE {type_of(said['type_'], engine)}{words}"
    if said.get("nullable") is not None:
        yield f"{start} {'DROP' if said['nullable'] is True else 'SET'} NOT NULL"
    yield from _default(call, start, engine)
    if new := text_of(said.get("new_column_name")):
        names = quoted(table, engine), quoted(column, engine), quoted(new, engine)
        yield "ALTER TABLE {} RENAME {} TO {}".format(*names)
    if "comment" in said and said["comment"] is not False and engine is Engine.POSTGRESQL:
        words = literal(text_of(said["comment"]), engine)
        yield f"COMMENT ON COLUMN {quoted(table, engine)}.{quoted(column, engine)} IS {words}"


def _default(call: Called, start: str, engine: Engine) -> Iterator[str]:
    given = call.kwargs.get("server_default", False)
    was = call.kwargs.get("existing_server_default")
    if given is False:
        return
    if isinstance(given, Called) and given.last == "Identity":
        always = "ALWAYS" if given.argument("always", 1) is True else "BY DEFAULT"
        yield f"{start} ADD GENERATED {always} AS IDENTITY"
    elif given is None and isinstance(was, Called) and was.last == "Identity":
        yield f"{start} DROP IDENTITY"
    elif given is None:
        yield f"{start} DROP DEFAULT"
    else:
        yield f"{start} SET DEFAULT {default_of(given, engine)}"


def _on_mysql(call: Called, table: str, column: str, engine: Engine) -> Iterator[str]:
    said = call.kwargs
    kind = said.get("type_", said.get("existing_type"))
    new = text_of(said.get("new_column_name"))
    is_default_only = not (new or said.get("type_") is not None or said.get("nullable") is not None)
    start = f"ALTER TABLE {quoted(table, engine)}"
    if is_default_only:
        yield from _default(call, f"{start} ALTER COLUMN {quoted(column, engine)}", engine)
        return
    nullable = said.get("nullable", said.get("existing_nullable", True))
    words = f"{type_of(kind, engine)} {'NULL' if nullable is not False else 'NOT NULL'}"
    default = said.get("server_default", said.get("existing_server_default"))
    if default is not None and default is not False:
        words += f" DEFAULT {default_of(default, engine)}"
    if new:
        yield f"{start} CHANGE {quoted(column, engine)} {quoted(new, engine)} {words}"
    else:
        yield f"{start} MODIFY {quoted(column, engine)} {words}"
