"""Columns: their definitions, and the operations that add, change and remove them.

Source: ActiveRecord 8.1, connection_adapters/abstract/{schema_creation,schema_statements}.rb and
those of PostgreSQL and MySQL.
"""

from collections.abc import Mapping
from dataclasses import replace

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.rails.commands import Command
from launchready.steps.migration_check.frameworks.rails.editor import Editor
from launchready.steps.migration_check.frameworks.rails.literals import default_sql, literal
from launchready.steps.migration_check.frameworks.rails.names import index_name, is_expression
from launchready.steps.migration_check.frameworks.rails.tables import Index
from launchready.steps.migration_check.frameworks.rails.types import Dialect, type_of
from launchready.steps.migration_check.frameworks.rails.values import UntoldError, text_of, words_of

Options = Mapping[str, object]


def column_sql(name: str, kind: object, options: Options, on: Dialect) -> str:
    """The definition of a column."""
    quoted = on.quote(name)
    if kind == "primary_key":
        return f"{quoted} {type_of(kind, options, on)}"
    words = [quoted, type_of(kind, options, on)]
    if isinstance(collation := options.get("collation"), str):
        words.append(f"COLLATE {on.quote(collation) if on.is_postgres else collation}")
    if options.get("as"):
        kept = "STORED" if options.get("stored") is True else "VIRTUAL"
        words.append(f"GENERATED ALWAYS AS ({words_of(options['as'])}) {kept}")
    if (default := options.get("default")) is not None:
        words.append(f"DEFAULT {default_sql(default, kind, options, on)}")
    if options.get("null") is False:
        words.append("NOT NULL")
    if options.get("primary_key") is True:
        words.append("PRIMARY KEY")
    return " ".join(words)


def add_column(command: Command, editor: Editor) -> None:
    """`add_column`."""
    _add(command, editor, text_of(command.argument(1)), command.argument(2), command.options)


def add_columns(command: Command, editor: Editor) -> None:
    """`add_columns`, which undoes `remove_columns`."""
    options = {key: value for key, value in command.options.items() if key != "type"}
    for name in command.args[1:]:
        _add(command, editor, text_of(name), command.options.get("type"), options)


def _add(command: Command, editor: Editor, name: str, kind: object, options: Options) -> None:
    table, on = text_of(command.argument(0)), editor.on
    checks = options.get("if_not_exists") is True
    words = "ADD COLUMN IF NOT EXISTS" if checks and on.is_postgres else "ADD"
    definition = column_sql(name, kind, options, on)
    if on.is_mysql and isinstance(after := options.get("after"), str):
        definition += f" AFTER {on.quote(after)}"
    elif on.is_mysql and options.get("first") is True:
        definition += " FIRST"
    editor.alter(table, f"{words} {definition}", is_conditional=checks and not on.is_postgres)
    editor.tables.add_column(table, name, kind, options)
    comment_on_column(editor, table, name, options.get("comment"))


def remove_column(command: Command, editor: Editor) -> None:
    """`remove_column`."""
    _remove(editor, command, [text_of(command.argument(1))])


def remove_columns(command: Command, editor: Editor) -> None:
    """`remove_columns`."""
    _remove(editor, command, [text_of(each) for each in command.args[1:]])


def _remove(editor: Editor, command: Command, names: list[str]) -> None:
    table, on = text_of(command.argument(0)), editor.on
    if not names:
        raise UntoldError
    checks = command.options.get("if_exists") is True
    words = "DROP COLUMN IF EXISTS" if checks and on.is_postgres else "DROP COLUMN"
    clauses = [f"{words} {on.quote(name)}" for name in names]
    is_guess = checks and not on.is_postgres
    for each in [[clause] for clause in clauses] if on.engine is Engine.SQLITE else [clauses]:
        editor.alter(table, *each, is_conditional=is_guess)
    for name in names:
        editor.tables.drop_column(table, name)


def change_column(command: Command, editor: Editor) -> None:
    """`change_column`; before Rails 5.2 the default and NULL were statements of their own."""
    table, name = text_of(command.argument(0)), text_of(command.argument(1))
    kind, options, on = command.argument(2), command.options, editor.on
    if on.engine is Engine.SQLITE:
        rebuild(editor, table)
    elif on.is_mysql:
        _modify(editor, table, name, kind, options)
    else:
        quoted = on.quote(name)
        clauses = [_retype(quoted, kind, options, on)]
        if "default" in options:
            clauses.append(_default_clause(quoted, options["default"], kind, options, on))
        if on.version < (5, 2):
            for each in clauses:
                editor.alter(table, each)
            clauses = []
            if options.get("null") is False:
                _fill(editor, table, name, kind, options.get("default"))
        if "null" in options:
            clauses.append(_null_clause(quoted, options["null"]))
        if clauses:
            editor.alter(table, *clauses)
    known = editor.tables[table].columns.get(name, (kind, {}))[1]
    kept = {key: value for key, value in known.items() if key in ("default", "null")}
    editor.tables.add_column(table, name, kind, {**kept, **options})
    comment_on_column(editor, table, name, options.get("comment"))


def _retype(quoted: str, kind: object, options: Options, on: Dialect) -> str:
    words = f"ALTER COLUMN {quoted} TYPE {type_of(kind, options, on)}"
    if isinstance(collation := options.get("collation"), str):
        words += f" COLLATE {on.quote(collation)}"
    if "using" in options:
        return f"{words} USING {words_of(options['using'])}"
    if "cast_as" in options:
        return f"{words} USING CAST({quoted} AS {type_of(options['cast_as'], options, on)})"
    return words


def _default_clause(quoted: str, value: object, kind: object, options: Options, on: Dialect) -> str:
    if value is None:
        return f"ALTER COLUMN {quoted} DROP DEFAULT"
    return f"ALTER COLUMN {quoted} SET DEFAULT {default_sql(value, kind, options, on)}"


def _null_clause(quoted: str, is_nullable: object) -> str:
    if not isinstance(is_nullable, bool):
        raise UntoldError
    return f"ALTER COLUMN {quoted} {'DROP' if is_nullable else 'SET'} NOT NULL"


def _modify(editor: Editor, table: str, name: str, kind: object, options: Options) -> None:
    """MySQL writes the whole definition anew."""
    editor.alter(table, f"MODIFY COLUMN {column_sql(name, kind, options, editor.on)}")


def change_column_default(command: Command, editor: Editor) -> None:
    """`change_column_default`, with a value or with `from:` and `to:`."""
    table, name = text_of(command.argument(0)), text_of(command.argument(1))
    value = command.argument(2)
    if isinstance(value, dict) and "to" in value:
        value = value["to"]
    elif "to" in command.options:
        value = command.options["to"]
    kind, options = editor.tables[table].columns.get(name, (None, {}))
    if editor.on.engine is Engine.SQLITE:
        rebuild(editor, table)
    else:
        quoted = editor.quote(name)
        editor.alter(table, _default_clause(quoted, value, kind, options, editor.on))
    if kind is not None:
        editor.tables.add_column(table, name, kind, {**options, "default": value})


def change_column_null(command: Command, editor: Editor) -> None:
    """`change_column_null`; a default fills the rows that have none first."""
    table, name = text_of(command.argument(0)), text_of(command.argument(1))
    null, default, on = command.argument(2), command.argument(3), editor.on
    kind, options = editor.tables[table].columns.get(name, (None, {}))
    if null is False:
        _fill(editor, table, name, kind, default)
    if on.engine is Engine.SQLITE:
        rebuild(editor, table)
    elif on.is_mysql and kind is None:
        raise UntoldError  # it writes the whole definition anew, which is not known
    elif on.is_mysql:
        _modify(editor, table, name, kind, {**options, "null": null})
    else:
        editor.alter(table, _null_clause(on.quote(name), null))
    if kind is not None:
        editor.tables.add_column(table, name, kind, {**options, "null": null})


def _fill(editor: Editor, table: str, name: str, kind: object, default: object) -> None:
    """Give a default to the rows that hold NULL."""
    if default is None:
        return
    on, quoted = editor.on, editor.quote(name)
    value = default_sql(default, kind, {}, on) if kind else literal(default, on)
    editor.send(f"UPDATE {on.quote(table)} SET {quoted}={value} WHERE {quoted} IS NULL")


def rename_column(command: Command, editor: Editor) -> None:
    """`rename_column`, with the indexes that Rails named after it."""
    table, old, new = (text_of(command.argument(at)) for at in range(3))
    editor.alter(table, f"RENAME COLUMN {editor.quote(old)} TO {editor.quote(new)}")
    known = editor.tables[table]
    columns = {new if name == old else name: each for name, each in known.columns.items()}
    keys = tuple(
        replace(each, column=new if each.column == old else each.column) for each in known.keys
    )
    editor.tables[table] = replace(known, columns=columns, keys=keys)
    for index in sorted(known.indexes, key=lambda each: each.name):
        if old in index.columns:
            now = tuple(new if each == old else each for each in index.columns)
            follow(editor, index, now, old=table, new=table)


def follow(editor: Editor, index: Index, columns: tuple[str, ...], *, old: str, new: str) -> None:
    """Rename an index whose name Rails made of a table and columns that are called otherwise now.

    Up to Rails 7.0 the name may be that of the older, longer form.
    """
    made = {index_name(old, index.columns), index_name(old, index.columns, (5, 0))}
    name = index.name
    if name in made and not any(map(is_expression, columns)):
        name = index_name(new, columns, editor.on.version)
        rename_index_to(editor, new, index.name, name)
    editor.tables.drop_index(new, index.name)
    editor.tables.add_index(new, Index(name=name, columns=columns))


def rename_index_to(editor: Editor, table: str, old: str, new: str) -> None:
    """The statement that gives an index another name."""
    quote = editor.quote
    if editor.on.is_mysql:
        editor.alter(table, f"RENAME INDEX {quote(old)} TO {quote(new)}")
    elif editor.on.is_postgres:
        schema = f"{quote(table.rpartition('.')[0])}." if "." in table else ""
        editor.send(f"ALTER INDEX {schema}{quote(old)} RENAME TO {quote(new)}")
    else:
        editor.send(f"DROP INDEX {quote(old)}")


def comment_on_column(editor: Editor, table: str, column: str, comment: object) -> None:
    """PostgreSQL keeps comments by statements of their own."""
    if isinstance(comment, str) and editor.on.is_postgres:
        where = f"{editor.quote(table)}.{editor.quote(column)}"
        editor.send(f"COMMENT ON COLUMN {where} IS {literal(comment, editor.on)}")


def rebuild(editor: Editor, table: str) -> None:
    """SQLite cannot change a column: Active Record copies the table to another and back."""
    made, name = editor.quote(f"a{table}"), editor.quote(table)
    editor.send(f"CREATE TABLE {made} AS SELECT * FROM {name}")
    editor.send(f"DROP TABLE {name}")
    editor.send(f"ALTER TABLE {made} RENAME TO {name}")
