"""Indexes, foreign keys and other constraints, by their operations.

Source: ActiveRecord 8.1, connection_adapters/abstract/schema_statements.rb and
postgresql/{schema_statements,schema_creation}.rb.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.rails.columns import rebuild, rename_index_to
from launchready.steps.migration_check.frameworks.rails.commands import Command
from launchready.steps.migration_check.frameworks.rails.editor import Editor
from launchready.steps.migration_check.frameworks.rails.literals import literal
from launchready.steps.migration_check.frameworks.rails.names import (
    check_name,
    exclusion_name,
    foreign_key_column,
    foreign_key_name,
    index_name,
    is_expression,
    unique_name,
)
from launchready.steps.migration_check.frameworks.rails.tables import Index, Key
from launchready.steps.migration_check.frameworks.rails.types import Dialect
from launchready.steps.migration_check.frameworks.rails.values import (
    UntoldError,
    text_of,
    texts_of,
    words_of,
)

Options = Mapping[str, object]
_ACTIONS: Mapping[object, str] = {
    "cascade": "CASCADE", "nullify": "SET NULL", "restrict": "RESTRICT", "set_null": "SET NULL",
}  # fmt: skip


def add_index(command: Command, editor: Editor) -> None:
    """`add_index`."""
    make_index(editor, text_of(command.argument(0)), command.argument(1), command.options)


def make_index(editor: Editor, table: str, columns: object, options: Options) -> None:
    """The statement that makes an index."""
    on, names = editor.on, texts_of(columns)
    name = options.get("name") or index_name(table, names, on.version)
    checks = options.get("if_not_exists") is True and not on.is_mysql
    is_concurrent = on.is_postgres and options.get("algorithm") == "concurrently"
    kind, has_using = options.get("type") if on.is_mysql else None, on.is_postgres
    words = [
        "CREATE",
        *(["UNIQUE"] if options.get("unique") is True else []),
        *([str(kind).upper()] if kind in ("fulltext", "spatial") else []),
        "INDEX",
        *(["CONCURRENTLY"] if is_concurrent else []),
        *(["IF NOT EXISTS"] if checks else []),
        f"{on.quote(text_of(name))} ON {on.quote(table)}",
        *([f"USING {text_of(options['using'])}"] if options.get("using") and has_using else []),
        f"({_keys(names, options, on)})",
        *_ending(options, on),
    ]
    editor.send(" ".join(words))
    editor.tables.add_index(table, Index(name=text_of(name), columns=tuple(names)))
    if isinstance(comment := options.get("comment"), str) and on.is_postgres:
        editor.send(f"COMMENT ON INDEX {on.quote(text_of(name))} IS {literal(comment, on)}")


def _ending(options: Options, on: Dialect) -> list[str]:
    words = []
    if on.is_postgres and options.get("include"):
        words.append(f"INCLUDE ({', '.join(map(on.quote, texts_of(options['include'])))})")
    if on.is_postgres and options.get("nulls_not_distinct") is True:
        words.append("NULLS NOT DISTINCT")
    if options.get("where") and not on.is_mysql:
        words.append(f"WHERE {words_of(options['where'])}")
    if on.is_mysql and options.get("algorithm") in ("copy", "inplace", "instant"):
        words.append(f"ALGORITHM = {str(options['algorithm']).upper()}")
    return words


def _keys(names: Sequence[str], options: Options, on: Dialect) -> str:
    if any(map(is_expression, names)):
        return ", ".join(names)
    return ", ".join(_key(name, options, on) for name in names)


def _key(name: str, options: Options, on: Dialect) -> str:
    words = on.quote(name)
    if on.is_mysql and isinstance(length := _of(options.get("length"), name), int):
        words += f"({length})"
    if on.is_postgres and isinstance(opclass := _of(options.get("opclass"), name), str):
        words += f" {opclass}"
    if isinstance(order := _of(options.get("order"), name), str):
        words += f" {order.upper()}"
    return words


def _of(option: object, column: str) -> object:
    return option.get(column) if isinstance(option, dict) else option


def remove_index(command: Command, editor: Editor) -> None:
    """`remove_index`, by its name or its columns."""
    table, on, options = text_of(command.argument(0)), editor.on, command.options
    columns = command.argument(1) or options.get("column")
    given = options.get("name")
    if given is not None and not isinstance(given, str):
        raise UntoldError
    name = given or ""
    if columns is not None:
        name = editor.tables.index_of(table, texts_of(columns), on.version, name)
    if not name:
        raise UntoldError
    checks = options.get("if_exists") is True
    if on.is_mysql:
        sql = f"DROP INDEX {on.quote(name)} ON {on.quote(table)}"
    else:
        concurrently = on.is_postgres and options.get("algorithm") == "concurrently"
        schema = f"{on.quote(table.rpartition('.')[0])}." if "." in table else ""
        sql = (
            f"DROP INDEX {'CONCURRENTLY ' * concurrently}{'IF EXISTS ' * checks}"
            f"{schema}{on.quote(name.rpartition('.')[2])}"
        )
    editor.send(sql, is_conditional=checks and on.is_mysql)
    editor.tables.drop_index(table, name)


def rename_index(command: Command, editor: Editor) -> None:
    """`rename_index`."""
    table, old, new = (text_of(command.argument(at)) for at in range(3))
    rename_index_to(editor, table, old, new)
    known = editor.tables[table]
    kept = tuple(
        replace(each, name=new if each.name == old else each.name) for each in known.indexes
    )
    editor.tables[table] = replace(known, indexes=kept)


def add_foreign_key(command: Command, editor: Editor) -> None:
    """`add_foreign_key`."""
    table, other = text_of(command.argument(0)), text_of(command.argument(1))
    add_key(editor, table, other, command.options)


def add_key(editor: Editor, table: str, other: str, options: Options) -> None:
    """The statement that adds a foreign key."""
    on, words = editor.on, key_sql(editor, table, other, options)
    if on.engine is Engine.SQLITE:
        rebuild(editor, table)
        return
    if on.is_postgres and options.get("validate") is False:
        words += " NOT VALID"
    editor.alter(table, f"ADD {words}", is_conditional=options.get("if_not_exists") is True)


def key_sql(editor: Editor, table: str, other: str, options: Options) -> str:
    """A foreign key as a clause; its name is kept for later."""
    on = editor.on
    columns = texts_of(options.get("column") or foreign_key_column(other))
    referenced = texts_of(options.get("primary_key") or "id")
    name = text_of(options.get("name") or foreign_key_name(table, columns))
    editor.tables.add_key(table, Key(name=name, column=columns[0], to_table=other))
    words = (
        f"CONSTRAINT {on.quote(name)} FOREIGN KEY ({', '.join(map(on.quote, columns))})"
        f" REFERENCES {on.quote(other)} ({', '.join(map(on.quote, referenced))})"
    )
    for option, verb in (("on_delete", "DELETE"), ("on_update", "UPDATE")):
        if (action := _ACTIONS.get(options.get(option))) is not None:
            words += f" ON {verb} {action}"
    return words + deferral(options, on)


def deferral(options: Options, on: Dialect) -> str:
    """When a constraint is checked."""
    when = options.get("deferrable")
    if not on.is_postgres or not when:
        return ""
    return f" DEFERRABLE INITIALLY {'DEFERRED' if when == 'deferred' else 'IMMEDIATE'}"


def remove_foreign_key(command: Command, editor: Editor) -> None:
    """`remove_foreign_key`, by its name, column or table."""
    table, on = text_of(command.argument(0)), editor.on
    name = _key_name(command, editor, table)
    if on.engine is Engine.SQLITE:
        rebuild(editor, table)
    else:
        verb = "DROP FOREIGN KEY" if on.is_mysql else "DROP CONSTRAINT"
        checks = command.options.get("if_exists") is True
        words = f"{verb} {'IF EXISTS ' * (checks and on.is_postgres)}{on.quote(name)}"
        editor.alter(table, words, is_conditional=checks and on.is_mysql)
    editor.tables.drop_key(table, name)


def _key_name(command: Command, editor: Editor, table: str) -> str:
    options = command.options
    if options.get("name") is not None:
        return text_of(options["name"])
    column = text_of(options["column"]) if options.get("column") else ""
    other = command.argument(1) or options.get("to_table") or ""
    other = text_of(other) if other else ""
    if not column and not other:
        raise UntoldError
    usual = column or foreign_key_column(other)
    known = editor.tables.key_of(table, usual, other) or editor.tables.key_of(table, column, other)
    return known.name if known else foreign_key_name(table, [usual])


def validate_foreign_key(command: Command, editor: Editor) -> None:
    """`validate_foreign_key`."""
    table = text_of(command.argument(0))
    _validate(editor, table, _key_name(command, editor, table))


def validate_constraint(command: Command, editor: Editor) -> None:
    """`validate_constraint`."""
    _validate(editor, text_of(command.argument(0)), text_of(command.argument(1)))


def validate_check_constraint(command: Command, editor: Editor) -> None:
    """`validate_check_constraint`."""
    table = text_of(command.argument(0))
    _validate(editor, table, _check_name(command, table))


def _validate(editor: Editor, table: str, name: str) -> None:
    editor.alter(table, f"VALIDATE CONSTRAINT {editor.quote(name)}")


def _check_name(command: Command, table: str) -> str:
    given = command.options.get("name")
    if given is not None:
        return text_of(given)
    expression = command.argument(1) or command.options.get("expression")
    return check_name(table, text_of(expression))


def check_sql(table: str, expression: object, options: Options, on: Dialect) -> str:
    """A CHECK as a clause."""
    condition = words_of(expression)
    name = text_of(options.get("name") or check_name(table, condition))
    words = f"CONSTRAINT {on.quote(name)} CHECK ({condition})"
    is_later = on.is_postgres and options.get("validate") is False
    return f"{words} NOT VALID" if is_later else words


def add_check_constraint(command: Command, editor: Editor) -> None:
    """`add_check_constraint`."""
    table, options, on = text_of(command.argument(0)), command.options, editor.on
    words = check_sql(table, command.argument(1), options, on)
    if on.engine is Engine.SQLITE:
        rebuild(editor, table)
    else:
        checks = options.get("if_not_exists") is True
        editor.alter(table, f"ADD {words}", is_conditional=checks)


def remove_check_constraint(command: Command, editor: Editor) -> None:
    """`remove_check_constraint`."""
    _drop(command, editor, _check_name(command, text_of(command.argument(0))))


def _drop(command: Command, editor: Editor, name: str) -> None:
    table = text_of(command.argument(0))
    if editor.on.engine is Engine.SQLITE:
        rebuild(editor, table)
        return
    checks = command.options.get("if_exists") is True and editor.on.is_postgres
    editor.alter(table, f"DROP CONSTRAINT {'IF EXISTS ' * checks}{editor.quote(name)}")


def unique_sql(table: str, columns: object, options: Options, on: Dialect) -> str:
    """A unique constraint as a clause."""
    if (index := options.get("using_index")) is not None:
        name = text_of(options.get("name") or unique_name(table, [text_of(index)]))
        inside = f"USING INDEX {on.quote(text_of(index))}"
    else:
        names = texts_of(columns)
        name = text_of(options.get("name") or unique_name(table, names))
        distinct = "NULLS NOT DISTINCT " * (options.get("nulls_not_distinct") is True)
        inside = f"{distinct}({', '.join(map(on.quote, names))})"
    return f"CONSTRAINT {on.quote(name)} UNIQUE {inside}{deferral(options, on)}"


def add_unique_constraint(command: Command, editor: Editor) -> None:
    """`add_unique_constraint`."""
    table = text_of(command.argument(0))
    words = unique_sql(table, command.argument(1), command.options, editor.on)
    editor.alter(table, f"ADD {words}")


def remove_unique_constraint(command: Command, editor: Editor) -> None:
    """`remove_unique_constraint`."""
    name = command.options.get("name")
    table = text_of(command.argument(0))
    _drop(command, editor, text_of(name or unique_name(table, texts_of(command.argument(1)))))


def exclusion_sql(table: str, expression: object, options: Options, on: Dialect) -> str:
    """An exclusion constraint as a clause."""
    words = text_of(expression)
    name = text_of(options.get("name") or exclusion_name(table, words))
    using = f" USING {text_of(options['using'])}" if options.get("using") else ""
    where = f" WHERE ({words_of(options['where'])})" if options.get("where") else ""
    return f"CONSTRAINT {on.quote(name)} EXCLUDE{using} ({words}){where}{deferral(options, on)}"


def add_exclusion_constraint(command: Command, editor: Editor) -> None:
    """`add_exclusion_constraint`."""
    table = text_of(command.argument(0))
    words = exclusion_sql(table, command.argument(1), command.options, editor.on)
    editor.alter(table, f"ADD {words}")


def remove_exclusion_constraint(command: Command, editor: Editor) -> None:
    """`remove_exclusion_constraint`."""
    name = command.options.get("name")
    table = text_of(command.argument(0))
    _drop(command, editor, text_of(name or exclusion_name(table, text_of(command.argument(1)))))
