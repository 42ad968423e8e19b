"""Operations on what is no table: SQL as it is, extensions, enums, schemas, comments, views.

Source: ActiveRecord 8.1, connection_adapters/postgresql_adapter.rb; views and functions by the
gems Scenic 1.9 and F(x) 0.9.
"""

from launchready.steps.migration_check.frameworks.rails.commands import Command
from launchready.steps.migration_check.frameworks.rails.editor import Editor
from launchready.steps.migration_check.frameworks.rails.literals import literal
from launchready.steps.migration_check.frameworks.rails.values import text_of, texts_of


def execute(command: Command, editor: Editor) -> None:
    """`execute` and its like: SQL as it is."""
    sql = command.argument(0)
    if not isinstance(sql, str):
        editor.lose(command.name, hint="its SQL is built when it runs")
        return
    editor.take(sql, command.node, command.name)


def begin(command: Command, editor: Editor) -> None:
    """A transaction that the migration opens itself."""
    editor.send("BEGIN")


def commit(command: Command, editor: Editor) -> None:
    """Its end."""
    editor.send("COMMIT")


def enable_extension(command: Command, editor: Editor) -> None:
    """`enable_extension`; other engines have none."""
    schema, _, name = text_of(command.argument(0)).rpartition(".")
    if editor.on.is_postgres:
        where = f" SCHEMA {editor.quote(schema)}" if schema else ""
        editor.send(f"CREATE EXTENSION IF NOT EXISTS {editor.quote(name)}{where}")


def disable_extension(command: Command, editor: Editor) -> None:
    """`disable_extension`, which took all that needs it along before Rails 7.1."""
    name = text_of(command.argument(0)).rpartition(".")[2]
    if editor.on.is_postgres:
        takes_all = editor.on.version < (7, 1) or command.options.get("force") == "cascade"
        cascade = " CASCADE" * takes_all
        editor.send(f"DROP EXTENSION IF EXISTS {editor.quote(name)}{cascade}")


def create_enum(command: Command, editor: Editor) -> None:
    """`create_enum`; one that is there already stays as it is."""
    name, on = text_of(command.argument(0)), editor.on
    values = ", ".join(literal(each, on) for each in texts_of(command.argument(1)))
    made = f"CREATE TYPE {on.quote(name)} AS ENUM ({values})"
    schema, _, last = name.rpartition(".")
    where = literal(schema, on) if schema else "ANY (current_schemas(false))"
    there = (
        "SELECT 1 FROM pg_type t JOIN pg_namespace n ON t.typnamespace = n.oid"
        f" WHERE t.typname = {literal(last, on)} AND n.nspname = {where}"
    )
    editor.send(f"DO $$ BEGIN IF NOT EXISTS ({there}) THEN {made}; END IF; END $$")


def drop_enum(command: Command, editor: Editor) -> None:
    """`drop_enum`."""
    checks = command.options.get("if_exists") is True
    editor.send(f"DROP TYPE {'IF EXISTS ' * checks}{editor.quote(text_of(command.argument(0)))}")


def rename_enum(command: Command, editor: Editor) -> None:
    """`rename_enum`."""
    old = text_of(command.argument(0))
    new = text_of(command.argument(1) or command.options.get("to"))
    editor.send(f"ALTER TYPE {editor.quote(old)} RENAME TO {editor.quote(new)}")


def add_enum_value(command: Command, editor: Editor) -> None:
    """`add_enum_value`."""
    name, options, on = text_of(command.argument(0)), command.options, editor.on
    checks = "IF NOT EXISTS " * (options.get("if_not_exists") is True)
    words = f"ALTER TYPE {on.quote(name)} ADD VALUE {checks}"
    words += literal(text_of(command.argument(1)), on)
    for where in ("before", "after"):
        if options.get(where):
            words += f" {where.upper()} {literal(text_of(options[where]), on)}"
    editor.send(words)


def rename_enum_value(command: Command, editor: Editor) -> None:
    """`rename_enum_value`."""
    old, new = (literal(text_of(command.options.get(each)), editor.on) for each in ("from", "to"))
    name = editor.quote(text_of(command.argument(0)))
    editor.send(f"ALTER TYPE {name} RENAME VALUE {old} TO {new}")


def create_schema(command: Command, editor: Editor) -> None:
    """`create_schema`."""
    checks = command.options.get("if_not_exists") is True
    words = f"CREATE SCHEMA {'IF NOT EXISTS ' * checks}"
    editor.send(f"{words}{editor.quote(text_of(command.argument(0)))}")


def drop_schema(command: Command, editor: Editor) -> None:
    """`drop_schema`."""
    checks = command.options.get("if_exists") is True
    name = editor.quote(text_of(command.argument(0)))
    editor.send(f"DROP SCHEMA {'IF EXISTS ' * checks}{name} CASCADE")


def change_table_comment(command: Command, editor: Editor) -> None:
    """`change_table_comment`."""
    name = editor.quote(text_of(command.argument(0)))
    comment = command.options.get("to", command.argument(1))
    if editor.on.is_postgres:
        editor.send(f"COMMENT ON TABLE {name} IS {literal(comment, editor.on)}")


def change_column_comment(command: Command, editor: Editor) -> None:
    """`change_column_comment`."""
    name = editor.quote(f"{text_of(command.argument(0))}.{text_of(command.argument(1))}")
    comment = command.options.get("to", command.argument(2))
    if editor.on.is_postgres:
        editor.send(f"COMMENT ON COLUMN {name} IS {literal(comment, editor.on)}")


def create_view(command: Command, editor: Editor) -> None:
    """Scenic's `create_view` and `update_view`, whose queries are files of their own."""
    name, options = text_of(command.argument(0)), command.options
    version = options.get("version") or 1
    query = options.get("sql_definition")
    if not isinstance(query, str):
        query = editor.source(f"views/{name.replace('.', '_')}_v{version:0>2}.sql")
    is_kept = bool(options.get("materialized"))
    kind = "MATERIALIZED VIEW" if is_kept else "VIEW"
    if command.name == "replace_view":
        kind = "OR REPLACE VIEW"
    elif command.name == "update_view":
        editor.send(f"DROP {kind} {editor.quote(name)}")
    empty = isinstance(kept := options.get("materialized"), dict) and kept.get("no_data") is True
    words = f"CREATE {kind} {editor.quote(name)} AS {query.strip().rstrip(';')}"
    editor.send(f"{words}{' WITH NO DATA' * empty}")


def drop_view(command: Command, editor: Editor) -> None:
    """Scenic's `drop_view`."""
    kind = "MATERIALIZED VIEW" if command.options.get("materialized") else "VIEW"
    editor.send(f"DROP {kind} {editor.quote(text_of(command.argument(0)))}")


def refresh_view(command: Command, editor: Editor) -> None:
    """Scenic's `refresh_materialized_view`."""
    words = "CONCURRENTLY " * (command.options.get("concurrently") is True)
    name = editor.quote(text_of(command.argument(0)))
    editor.send(f"REFRESH MATERIALIZED VIEW {words}{name}")


def create_function(command: Command, editor: Editor) -> None:
    """F(x)'s `create_function` and `create_trigger`, whose SQL is a file of its own."""
    name, options = text_of(command.argument(0)), command.options
    version, sql = options.get("version") or 1, options.get("sql_definition")
    if not isinstance(sql, str):
        folder = "functions" if command.name.endswith("function") else "triggers"
        sql = editor.source(f"{folder}/{name}_v{version:0>2}.sql")
    editor.send(sql.strip().rstrip(";"))


def drop_function(command: Command, editor: Editor) -> None:
    """F(x)'s `drop_function` and `drop_trigger`."""
    name, table = editor.quote(text_of(command.argument(0))), command.options.get("on")
    if command.name == "drop_function":
        editor.send(f"DROP FUNCTION {name}")
    else:
        editor.send(f"DROP TRIGGER {name} ON {editor.quote(text_of(table))}")
