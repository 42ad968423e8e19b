"""The operations of `queryInterface`, each as the SQL that is sent for it.

Source: sequelize 6.37, lib/dialects/{abstract,postgres}/query-generator.js and query-interface.js.
"""

from collections.abc import Callable

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import (
    CONDITION,
    MYSQL,
    dotted,
    literal,
    quoted,
)
from launchready.steps.migration_check.frameworks.javascript.values import Link, said, texts_of
from launchready.steps.migration_check.frameworks.sequelize.columns import (
    Attributes,
    labels_of,
    table_text,
    underscored,
    value_text,
)
from launchready.steps.migration_check.frameworks.syntax.code import hole

_MOST_ROWS = 50


class Maker:
    """Makes the SQL for one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.attributes = Attributes(engine)

    def path(self, table: str) -> str:
        """A table in quotes."""
        return dotted(table, self.engine)

    def name(self, name: str) -> str:
        """A column in quotes."""
        return quoted(name, self.engine)

    def fields(self, given: object) -> list[str]:
        """The columns of an index or a constraint, as they stand in it."""
        found = []
        for each in given if isinstance(given, list) else [given]:
            word = said(each, "name") or said(each, "attribute") if isinstance(each, dict) else each
            if isinstance(word, str):
                order, operator = said(each, "order"), said(each, "operator")
                end = "".join(f" {o}" for o in (operator, order) if isinstance(o, str))
                found.append(self.name(word) + end)
            else:
                found.append(value_text(word, self.engine))
        return found

    def where(self, given: object) -> str:
        """A condition; a placeholder for one that cannot be told."""
        if not isinstance(given, dict) or not given:
            return CONDITION
        plain = (str, int, float, bool, type(None))
        if any(key in ("?", "...") or not isinstance(v, plain) for key, v in given.items()):
            return CONDITION
        return " AND ".join(
            f"{self.name(key)} {'IS NULL' if v is None else f'= {literal(v, self.engine)}'}"
            for key, v in given.items()
        )


def _create_table(maker: Maker, table: str, link: Link) -> list[str] | None:
    given, options = link.argument(1), link.argument(2)
    if not isinstance(given, dict) or "..." in given or "?" in given:
        return None
    schema = said(options, "schema")
    table = f"{schema}.{table}" if isinstance(schema, str) and "." not in table else table
    before: list[str] = []
    parts: list[str] = []
    after: list[str] = []
    keys: list[str] = []
    for column, value in given.items():
        attribute = maker.attributes.normal(value)
        if attribute is None:
            return None
        before += maker.attributes.enums(table, column, attribute)
        words = maker.attributes.definition(table, column, attribute, has_key=False)
        parts.append(f"{maker.name(column)} {words}")
        after += maker.attributes.comment(table, column, attribute)
        if attribute.get("primaryKey") is True:
            keys.append(maker.name(column))
    uniques = said(options, "uniqueKeys")
    parts.extend(
        f"UNIQUE ({', '.join(maker.fields(said(each, 'fields')))})"
        for each in (uniques.values() if isinstance(uniques, dict) else ())
    )
    if keys:
        parts.append(f"PRIMARY KEY ({', '.join(keys)})")
    return [*before, f"CREATE TABLE IF NOT EXISTS {maker.path(table)} ({', '.join(parts)})", *after]


def _drop_table(maker: Maker, table: str, link: Link) -> list[str] | None:
    cascade = " CASCADE" if said(link.argument(1), "cascade") is True else ""
    return [f"DROP TABLE IF EXISTS {maker.path(table)}{cascade}"]


def _rename_table(maker: Maker, table: str, link: Link) -> list[str] | None:
    new = table_text(link.argument(1))
    if new is None:
        return None
    word = "RENAME" if maker.engine in MYSQL else "RENAME TO"
    return [f"ALTER TABLE {maker.path(table)} {word} {maker.path(new)}"]


def _add_column(maker: Maker, table: str, link: Link) -> list[str] | None:
    column, attribute = link.argument(1), maker.attributes.normal(link.argument(2))
    if not isinstance(column, str) or attribute is None:
        return None
    words = maker.attributes.definition(table, column, attribute, has_key=False)
    exists = "IF NOT EXISTS " if said(link.argument(3), "ifNotExists") is True else ""
    verb = "ADD" if maker.engine in MYSQL or maker.engine is Engine.SQLITE else "ADD COLUMN"
    return [
        *maker.attributes.enums(table, column, attribute),
        f"ALTER TABLE {maker.path(table)} {verb} {exists}{maker.name(column)} {words}",
        *maker.attributes.comment(table, column, attribute),
    ]


def _remove_column(maker: Maker, table: str, link: Link) -> list[str] | None:
    column = link.argument(1)
    if not isinstance(column, str):
        return None
    if maker.engine is Engine.SQLITE:
        return _rebuilt(maker, table)
    verb = "DROP" if maker.engine in MYSQL else "DROP COLUMN"
    return [f"ALTER TABLE {maker.path(table)} {verb} {maker.name(column)}"]


def _rebuilt(maker: Maker, table: str) -> list[str]:
    """SQLite's tables are copied, for there is no ALTER for most changes."""
    made = maker.path(f"{table}_backup")
    return [
        f"CREATE TABLE {made} AS SELECT * FROM {maker.path(table)}",
        f"DROP TABLE {maker.path(table)}",
        f"ALTER TABLE {made} RENAME TO {maker.path(table)}",
    ]


def _change_column(maker: Maker, table: str, link: Link) -> list[str] | None:
    """What the description leaves out is taken away: a default, and that nulls are not allowed."""
    column, attribute = link.argument(1), maker.attributes.normal(link.argument(2))
    if not isinstance(column, str) or attribute is None:
        return None
    known, start = maker.attributes, f"ALTER TABLE {maker.path(table)}"
    if maker.engine is Engine.SQLITE:
        return _rebuilt(maker, table)
    if maker.engine in MYSQL:
        words = known.definition(table, column, attribute, has_key=False)
        name = maker.name(column)
        return [f"{start} CHANGE {name} {name} {words}"]
    name = f"{start} ALTER COLUMN {maker.name(column)}"
    references, default = known.references(attribute), known.default(attribute)
    found = []
    if attribute.get("allowNull") is False:
        found.append(f"{name} SET NOT NULL")
    elif not references:
        found.append(f"{name} DROP NOT NULL")
    if default:
        found.append(f"{name} SET{default}")
    elif not references:
        found.append(f"{name} DROP DEFAULT")
    found += known.enums(table, column, attribute)
    if attribute.get("unique") is True and not references:
        found.append(f"{start} ADD UNIQUE ({maker.name(column)})")
    if references:
        found.append(f"{start} ADD FOREIGN KEY ({maker.name(column)}){references}")
    else:
        kind = known.type(table, column, attribute)
        using = f" USING ({maker.name(column)}::{kind})" if labels_of(attribute) else ""
        found.append(f"{name} TYPE {kind}{using}")
    return [*found, *known.comment(table, column, attribute)]


def _rename_column(maker: Maker, table: str, link: Link) -> list[str] | None:
    old, new = link.argument(1), link.argument(2)
    if not isinstance(old, str) or not isinstance(new, str):
        return None
    names = f"{maker.name(old)} TO {maker.name(new)}"
    return [f"ALTER TABLE {maker.path(table)} RENAME COLUMN {names}"]


def _add_index(maker: Maker, table: str, link: Link) -> list[str] | None:
    fields, options = link.argument(1), link.argument(2)
    if isinstance(fields, dict):
        fields, options = fields.get("fields"), fields
    if not isinstance(fields, list) or not fields:
        return None
    is_postgres = maker.engine is Engine.POSTGRESQL
    given = said(options, "name") or said(options, "indexName")
    names = [each if isinstance(each, str) else str(said(each, "name")) for each in fields]
    prefix = table.replace(".", "_")
    name = given if isinstance(given, str) else underscored("_".join((prefix, *names)))
    kind = said(options, "type") or said(options, "indicesType")
    is_unique = said(options, "unique") is True or str(kind).upper() == "UNIQUE"
    at_once = "CONCURRENTLY " if said(options, "concurrently") is True and is_postgres else ""
    method, which = said(options, "using") or said(options, "method"), said(options, "where")
    using = f" USING {method}" if isinstance(method, str) and is_postgres else ""
    end = f" WHERE {maker.where(which)}" if which is not None else ""
    words = f"{'UNIQUE ' if is_unique else ''}INDEX {at_once}{maker.name(name)}"
    inside = ", ".join(maker.fields(fields))
    if maker.engine in MYSQL:
        return [f"ALTER TABLE {maker.path(table)} ADD {words} ({inside})"]
    return [f"CREATE {words} ON {maker.path(table)}{using} ({inside}){end}"]


def _remove_index(maker: Maker, table: str, link: Link) -> list[str] | None:
    given = link.argument(1)
    texts = texts_of(given)
    if not texts:
        return None
    name = given if isinstance(given, str) else underscored("_".join((table, *texts)))
    if maker.engine in MYSQL:
        return [f"DROP INDEX {maker.name(name)} ON {maker.path(table)}"]
    is_at_once = said(link.argument(2), "concurrently") is True
    at_once = "CONCURRENTLY " if is_at_once and maker.engine is Engine.POSTGRESQL else ""
    return [f"DROP INDEX {at_once}IF EXISTS {maker.path(name)}"]


_KINDS = {"UNIQUE": "uk", "CHECK": "ck", "PRIMARY KEY": "pk", "FOREIGN KEY": "fk"}


def _add_constraint(maker: Maker, table: str, link: Link) -> list[str] | None:
    options = link.argument(1)
    if isinstance(options, list):  # before version 6
        more = link.argument(2)
        options = {**more, "fields": options} if isinstance(more, dict) else None
    kind = str(said(options, "type")).upper()
    if kind not in _KINDS:
        return None
    if maker.engine is Engine.SQLITE:
        return _rebuilt(maker, table)
    fields, given = maker.fields(said(options, "fields")), said(options, "name")
    references = said(options, "references")
    target = table_text(said(references, "table"))
    parts = [table, *(each.strip('"`') for each in fields)]
    parts += [target] if target is not None else []
    name = given if isinstance(given, str) else "_".join((*parts, _KINDS[kind]))
    words = f"CONSTRAINT {maker.name(name)} {kind} ({', '.join(fields)})"
    if kind == "CHECK":
        words = f"CONSTRAINT {maker.name(name)} CHECK ({maker.where(said(options, 'where'))})"
    if kind == "FOREIGN KEY":
        keys = said(references, "field") or said(references, "fields")
        path = maker.path(target) if target is not None else hole("table")
        words += f" REFERENCES {path} ({', '.join(maker.fields(keys))})"
        for option, start in (("onUpdate", "ON UPDATE"), ("onDelete", "ON DELETE")):
            action = said(options, option)
            words += f" {start} {action.upper()}" if isinstance(action, str) else ""
    return [f"ALTER TABLE {maker.path(table)} ADD {words}"]


def _remove_constraint(maker: Maker, table: str, link: Link) -> list[str] | None:
    name = link.argument(1)
    if not isinstance(name, str):
        return None
    if maker.engine is Engine.SQLITE:
        return _rebuilt(maker, table)
    return [f"ALTER TABLE {maker.path(table)} DROP CONSTRAINT {maker.name(name)}"]


def _bulk_insert(maker: Maker, table: str, link: Link) -> list[str] | None:
    given = link.argument(1)
    rows = given if isinstance(given, list) else []
    known = [each for each in rows if isinstance(each, dict)][:_MOST_ROWS]
    if not known or len(known) != min(len(rows), _MOST_ROWS):
        return None if rows or not isinstance(given, list) else []
    keys = list(dict.fromkeys(key for each in known for key in each))
    names = ", ".join(map(maker.name, keys))
    lines = (", ".join(value_text(row.get(k), maker.engine) for k in keys) for row in known)
    values = ", ".join(f"({line})" for line in lines)
    return [f"INSERT INTO {maker.path(table)} ({names}) VALUES {values}"]


def _bulk_update(maker: Maker, table: str, link: Link) -> list[str] | None:
    given, which = link.argument(1), link.argument(2)
    if not isinstance(given, dict) or not given:
        return None
    sets = ", ".join(f"{maker.name(k)}={value_text(v, maker.engine)}" for k, v in given.items())
    end = f" WHERE {maker.where(which)}" if which not in (None, {}) else ""
    return [f"UPDATE {maker.path(table)} SET {sets}{end}"]


def _bulk_delete(maker: Maker, table: str, link: Link) -> list[str] | None:
    which = link.argument(1)
    if said(link.argument(2), "truncate") is True:
        return [f"TRUNCATE {maker.path(table)}"]
    end = f" WHERE {maker.where(which)}" if which not in (None, {}) else ""
    return [f"DELETE FROM {maker.path(table)}{end}"]


def _schema(maker: Maker, table: str, link: Link) -> list[str] | None:
    if link.name == "dropSchema":
        return [f"DROP SCHEMA IF EXISTS {maker.path(table)} CASCADE"]
    return [f"CREATE SCHEMA IF NOT EXISTS {maker.path(table)}"]


def _drop_enum(maker: Maker, table: str, link: Link) -> list[str] | None:
    return [f"DROP TYPE IF EXISTS {maker.path(table)}"]


MAKES: dict[str, Callable[[Maker, str, Link], list[str] | None]] = {
    "createTable": _create_table,
    "dropTable": _drop_table,
    "renameTable": _rename_table,
    "addColumn": _add_column,
    "removeColumn": _remove_column,
    "changeColumn": _change_column,
    "renameColumn": _rename_column,
    "addIndex": _add_index,
    "removeIndex": _remove_index,
    "addConstraint": _add_constraint,
    "removeConstraint": _remove_constraint,
    "bulkInsert": _bulk_insert,
    "bulkUpdate": _bulk_update,
    "bulkDelete": _bulk_delete,
    "createSchema": _schema,
    "dropSchema": _schema,
    "dropEnum": _drop_enum,
}
