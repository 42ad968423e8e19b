"""Liquibase's change types -> the SQL that it sends, and the SQL with which it takes them back.

Source: https://docs.liquibase.com/change-types/home.html (attributes, and which types have an
automatic rollback).
"""

from collections.abc import Callable, Mapping

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.liquibase.elements import Element
from launchready.steps.migration_check.frameworks.liquibase.types import (
    name_of,
    names_of,
    type_of,
    value_of,
)

_MY = (Engine.MYSQL, Engine.MARIADB)
SILENT = frozenset({"tagDatabase", "output", "empty", "stop", "preConditions", "comment"})
"""Changes that send nothing to a table."""
UNSEEN = frozenset({"setTableRemarks", "setColumnRemarks"})
"""Changes that only comment on objects."""

Sql = tuple[str, ...]
Writer = Callable[[Element, Engine], Sql]


def sql_of(change: Element, engine: Engine) -> Sql | None:
    """What a change sends; None for one that is not known here."""
    if change.name in SILENT or change.name in UNSEEN:
        return ()
    writer = _WRITERS.get(change.name)
    return writer(change, engine) if writer else None


def undo_of(change: Element, engine: Engine) -> Sql | None:
    """What takes a change back by itself; None where nothing does."""
    if change.name in SILENT or change.name in UNSEEN:
        return ()
    undo = _UNDO.get(change.name)
    return undo(change, engine) if undo else None


def _table(e: Element, engine: Engine, key: str = "tableName") -> str:
    return name_of(e.get(key), engine, e.get("schemaName"))


def _named(e: Element, engine: Engine, key: str) -> str:
    return name_of(e.get(key), engine)


def _is(text: str) -> bool:
    return text.lower() == "true"


def column_sql(column: Element, engine: Engine, *, in_table: bool = False) -> str:
    """A column's definition. In a table its key and foreign key stand by themselves."""
    name = name_of(column.get("name"), engine)
    is_auto = _is(column.get("autoIncrement"))
    parts = [name, type_of(column.get("type"), engine, is_auto=is_auto)]
    default = value_of(column, "defaultValue")
    if default is not None and not is_auto:
        parts.append(f"DEFAULT {default}")
    for each in column.named("constraints"):
        if each.get("nullable").lower() == "false" or _is(each.get("primaryKey")):
            parts.append("NOT NULL")
        if in_table:
            continue
        if _is(each.get("primaryKey")):
            parts.append("PRIMARY KEY")
        if _is(each.get("unique")):
            parts.append("UNIQUE")
        if target := _target(each, engine):
            parts.append(f"REFERENCES {target}")
    return " ".join(parts)


def _target(constraints: Element, engine: Engine) -> str:
    if references := constraints.get("references"):
        return references
    if table := constraints.get("referencedTableName"):
        columns = names_of(constraints.get("referencedColumnNames"), engine)
        return f"{name_of(table, engine)} ({columns})"
    return ""


def _create_table(e: Element, engine: Engine) -> Sql:
    parts, keys = [], []
    key_name = ""
    for column in e.named("column"):
        parts.append(column_sql(column, engine, in_table=True))
        name = name_of(column.get("name"), engine)
        for each in column.named("constraints"):
            if _is(each.get("primaryKey")):
                keys.append(name)
                key_name = key_name or each.get("primaryKeyName")
            if _is(each.get("unique")):
                parts.append(
                    f"{_constraint(each.get('uniqueConstraintName'), engine)}UNIQUE ({name})"
                )
            if target := _target(each, engine):
                title = _constraint(each.get("foreignKeyName"), engine)
                parts.append(f"{title}FOREIGN KEY ({name}) REFERENCES {target}")
    if keys:
        parts.append(f"{_constraint(key_name, engine)}PRIMARY KEY ({', '.join(keys)})")
    exists = "IF NOT EXISTS " if _is(e.get("ifNotExists")) else ""
    return (f"CREATE TABLE {exists}{_table(e, engine)} ({', '.join(parts)})",)


def _constraint(name: str, engine: Engine) -> str:
    return f"CONSTRAINT {name_of(name, engine)} " if name else ""


def _add_column(e: Element, engine: Engine) -> Sql:
    table = _table(e, engine)
    sql = []
    for column in e.named("column"):
        sql.append(f"ALTER TABLE {table} ADD {column_sql(column, engine)}")
        value = value_of(column, "value")
        if value is not None:
            sql.append(f"UPDATE {table} SET {name_of(column.get('name'), engine)} = {value}")
    return tuple(sql)


def _drop_columns(e: Element, engine: Engine) -> Sql:
    names = [e.get("columnName"), *(column.get("name") for column in e.named("column"))]
    table = _table(e, engine)
    return tuple(
        f"ALTER TABLE {table} DROP COLUMN {name_of(name.strip(), engine)}"
        for each in names
        for name in each.split(",")
        if name.strip()
    )


def _rename_column(old: str, new: str) -> Writer:
    def write(e: Element, engine: Engine) -> Sql:
        table = _table(e, engine)
        before, after = _named(e, engine, old), _named(e, engine, new)
        if engine in _MY and e.get("columnDataType"):
            kind = type_of(e.get("columnDataType"), engine)
            return (f"ALTER TABLE {table} CHANGE {before} {after} {kind}",)
        return (f"ALTER TABLE {table} RENAME COLUMN {before} TO {after}",)

    return write


def _rename(what: str, old: str, new: str) -> Writer:
    def write(e: Element, engine: Engine) -> Sql:
        before, after = _table(e, engine, old), _named(e, engine, new)
        return (f"ALTER {what} {before} RENAME TO {after}",)

    return write


def _modify_type(e: Element, engine: Engine) -> Sql:
    table, column = _table(e, engine), _named(e, engine, "columnName")
    kind = type_of(e.get("newDataType"), engine)
    if engine in _MY:
        return (f"ALTER TABLE {table} MODIFY {column} {kind}",)
    return (f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} USING ({column}::{kind})",)


def _set_null(word: str) -> Writer:
    def write(e: Element, engine: Engine) -> Sql:
        table, column = _table(e, engine), _named(e, engine, "columnName")
        sql = []
        value = value_of(e, "defaultNullValue")
        if word == "SET" and value is not None:
            sql.append(f"UPDATE {table} SET {column} = {value} WHERE {column} IS NULL")
        if engine in _MY:
            kind = type_of(e.get("columnDataType"), engine)
            null = "NOT NULL" if word == "SET" else "NULL"
            sql.append(f"ALTER TABLE {table} MODIFY {column} {kind} {null}")
        else:
            sql.append(f"ALTER TABLE {table} ALTER COLUMN {column} {word} NOT NULL")
        return tuple(sql)

    return write


def _add_default(e: Element, engine: Engine) -> Sql:
    table, column = _table(e, engine), _named(e, engine, "columnName")
    value = value_of(e, "defaultValue") or "NULL"
    return (f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}",)


def _drop_default(e: Element, engine: Engine) -> Sql:
    table, column = _table(e, engine), _named(e, engine, "columnName")
    return (f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT",)


def _add_unique(e: Element, engine: Engine) -> Sql:
    title = _constraint(e.get("constraintName"), engine)
    columns = names_of(e.get("columnNames"), engine)
    using = f" USING INDEX {e.get('forIndexName')}" if e.get("forIndexName") else f" ({columns})"
    return (f"ALTER TABLE {_table(e, engine)} ADD {title}UNIQUE{using}",)


def _add_key(e: Element, engine: Engine) -> Sql:
    title = _constraint(e.get("constraintName"), engine)
    columns = names_of(e.get("columnNames"), engine)
    using = f" USING INDEX {e.get('forIndexName')}" if e.get("forIndexName") else f" ({columns})"
    return (f"ALTER TABLE {_table(e, engine)} ADD {title}PRIMARY KEY{using}",)


def _add_foreign_key(e: Element, engine: Engine) -> Sql:
    base = name_of(e.get("baseTableName"), engine, e.get("baseTableSchemaName"))
    other = name_of(e.get("referencedTableName"), engine, e.get("referencedTableSchemaName"))
    title = _constraint(e.get("constraintName"), engine)
    columns = names_of(e.get("baseColumnNames"), engine)
    referenced = names_of(e.get("referencedColumnNames"), engine)
    action = f" ON DELETE {e.get('onDelete').upper()}" if e.get("onDelete") else ""
    if e.get("onDelete") == "" and _is(e.get("deleteCascade")):
        action = " ON DELETE CASCADE"
    is_unchecked = e.get("validate").lower() == "false" and engine is Engine.POSTGRESQL
    late = " NOT VALID" if is_unchecked else ""
    key = f"ALTER TABLE {base} ADD {title}FOREIGN KEY ({columns})"
    return (f"{key} REFERENCES {other} ({referenced}){action}{late}",)


def _drop_constraint(table: str, what: str) -> Writer:
    def write(e: Element, engine: Engine) -> Sql:
        owner = name_of(e.get(table), engine, e.get("schemaName") or e.get("baseTableSchemaName"))
        if engine in _MY and what == "PRIMARY KEY":
            return (f"ALTER TABLE {owner} DROP PRIMARY KEY",)
        name = e.get("constraintName")
        if not name and what == "PRIMARY KEY":
            name = f"{e.get(table)}_pkey"
        word = what if engine in _MY else "CONSTRAINT"
        return (f"ALTER TABLE {owner} DROP {word} {name_of(name, engine)}",)

    return write


def _create_index(e: Element, engine: Engine) -> Sql:
    columns = ", ".join(
        each.get("name") if _is(each.get("computed")) else names_of(each.get("name"), engine)
        for each in e.named("column")
    )
    unique = "UNIQUE " if _is(e.get("unique")) else ""
    return (
        f"CREATE {unique}INDEX {_named(e, engine, 'indexName')} ON {_table(e, engine)} ({columns})",
    )


def _drop_index(e: Element, engine: Engine) -> Sql:
    name = _named(e, engine, "indexName")
    if engine in _MY:
        return (f"DROP INDEX {name} ON {_table(e, engine)}",)
    return (f"DROP INDEX {name}",)


def _drop(what: str, key: str) -> Writer:
    def write(e: Element, engine: Engine) -> Sql:
        cascade = " CASCADE" if _is(e.get("cascadeConstraints")) else ""
        return (f"DROP {what} {_table(e, engine, key)}{cascade}",)

    return write


def _create_view(e: Element, engine: Engine) -> Sql:
    query = e.get("selectQuery") or e.text
    if _is(e.get("fullDefinition")):
        return (query.strip(),)
    word = "CREATE OR REPLACE VIEW" if _is(e.get("replaceIfExists")) else "CREATE VIEW"
    return (f"{word} {_table(e, engine, 'viewName')} AS {query.strip()}",)


def _create_sequence(e: Element, engine: Engine) -> Sql:
    return (f"CREATE SEQUENCE {_table(e, engine, 'sequenceName')}",)


def _auto_increment(e: Element, engine: Engine) -> Sql:
    table, column = _table(e, engine), _named(e, engine, "columnName")
    if engine in _MY:
        kind = type_of(e.get("columnDataType"), engine, is_auto=True)
        return (f"ALTER TABLE {table} MODIFY {column} {kind}",)
    return (f"ALTER TABLE {table} ALTER COLUMN {column} ADD GENERATED BY DEFAULT AS IDENTITY",)


def _insert(e: Element, engine: Engine) -> Sql:
    columns = list(e.named("column"))
    names = ", ".join(name_of(each.get("name"), engine) for each in columns)
    values = ", ".join(_value(each) for each in columns)
    return (f"INSERT INTO {_table(e, engine)} ({names}) VALUES ({values})",)


def _update(e: Element, engine: Engine) -> Sql:
    sets = ", ".join(
        f"{name_of(each.get('name'), engine)} = {_value(each)}" for each in e.named("column")
    )
    return (f"UPDATE {_table(e, engine)} SET {sets}{_where(e)}",)


def _delete(e: Element, engine: Engine) -> Sql:
    return (f"DELETE FROM {_table(e, engine)}{_where(e)}",)


def _value(column: Element) -> str:
    value = value_of(column, "value")
    if value is not None:
        return value
    return "'{}'".format(column.text.replace("'", "''")) if column.text else "NULL"


def _where(e: Element) -> str:
    where = e.first("where")
    text = e.get("where") or (where.text if where else "")
    return f" WHERE {text.strip()}" if text.strip() else ""


_WRITERS: Mapping[str, Writer] = {
    "createTable": _create_table,
    "dropTable": _drop("TABLE", "tableName"),
    "renameTable": _rename("TABLE", "oldTableName", "newTableName"),
    "addColumn": _add_column,
    "dropColumn": _drop_columns,
    "renameColumn": _rename_column("oldColumnName", "newColumnName"),
    "modifyDataType": _modify_type,
    "addNotNullConstraint": _set_null("SET"),
    "dropNotNullConstraint": _set_null("DROP"),
    "addDefaultValue": _add_default,
    "dropDefaultValue": _drop_default,
    "addUniqueConstraint": _add_unique,
    "dropUniqueConstraint": _drop_constraint("tableName", "INDEX"),
    "addPrimaryKey": _add_key,
    "dropPrimaryKey": _drop_constraint("tableName", "PRIMARY KEY"),
    "addForeignKeyConstraint": _add_foreign_key,
    "dropForeignKeyConstraint": _drop_constraint("baseTableName", "FOREIGN KEY"),
    "createIndex": _create_index,
    "dropIndex": _drop_index,
    "createView": _create_view,
    "dropView": _drop("VIEW", "viewName"),
    "renameView": _rename("VIEW", "oldViewName", "newViewName"),
    "createSequence": _create_sequence,
    "dropSequence": _drop("SEQUENCE", "sequenceName"),
    "renameSequence": _rename("SEQUENCE", "oldSequenceName", "newSequenceName"),
    "alterSequence": lambda *_: (),
    "dropProcedure": _drop("PROCEDURE", "procedureName"),
    "addAutoIncrement": _auto_increment,
    "insert": _insert,
    "update": _update,
    "delete": _delete,
}

_UNDO: Mapping[str, Writer] = {
    "createTable": _drop("TABLE", "tableName"),
    "renameTable": _rename("TABLE", "newTableName", "oldTableName"),
    "addColumn": _drop_columns,
    "renameColumn": _rename_column("newColumnName", "oldColumnName"),
    "addNotNullConstraint": _set_null("DROP"),
    "dropNotNullConstraint": _set_null("SET"),
    "addDefaultValue": _drop_default,
    "addUniqueConstraint": _drop_constraint("tableName", "INDEX"),
    "addPrimaryKey": _drop_constraint("tableName", "PRIMARY KEY"),
    "addForeignKeyConstraint": _drop_constraint("baseTableName", "FOREIGN KEY"),
    "createIndex": _drop_index,
    "createView": _drop("VIEW", "viewName"),
    "renameView": _rename("VIEW", "newViewName", "oldViewName"),
    "createSequence": _drop("SEQUENCE", "sequenceName"),
    "renameSequence": _rename("SEQUENCE", "newSequenceName", "oldSequenceName"),
}
