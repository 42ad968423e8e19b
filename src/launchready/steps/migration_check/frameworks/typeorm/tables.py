"""TypeORM's `Table`, `TableColumn` and the like, as the SQL that its PostgreSQL runner sends.

Source: typeorm 1.1, driver/postgres/PostgresQueryRunner.js, driver/postgres/PostgresDriver.js and
naming-strategy/DefaultNamingStrategy.js.
"""

import hashlib
from collections.abc import Iterator

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import (
    MYSQL,
    dotted,
    literal,
    quoted,
)
from launchready.steps.migration_check.frameworks.javascript.values import Link, texts_of
from launchready.steps.migration_check.frameworks.syntax.code import hole

_SERIALS = {
    "integer": "SERIAL", "int": "SERIAL", "int4": "SERIAL", "smallint": "SMALLSERIAL",
    "int2": "SMALLSERIAL", "bigint": "BIGSERIAL", "int8": "BIGSERIAL",
}  # fmt: skip
_ENUMS = ("enum", "simple-enum")
_TIMES = {
    "time without time zone": ("TIME", ""),
    "time with time zone": ("TIME", " WITH TIME ZONE"),
    "timestamp without time zone": ("TIMESTAMP", ""),
    "timestamp with time zone": ("TIMESTAMP", " WITH TIME ZONE"),
}
_SHAPES = ("geometry", "geography")


def options_of(value: object) -> dict[str, object] | None:
    """What `new TableColumn({…})` or a plain object says; None where that cannot be told."""
    given = value.argument(0) if isinstance(value, Link) and value.is_new else value
    return given if isinstance(given, dict) and "..." not in given else None


def listed(given: dict[str, object], name: str) -> list[dict[str, object]] | None:
    """The objects under a name; None where one of them cannot be told."""
    items = given.get(name)
    if items is None:
        return []
    known = [options_of(each) for each in items] if isinstance(items, list) else [None]
    found = [each for each in known if each is not None]
    return found if len(found) == len(known) else None


def key_name(prefix: str, table: str, *parts: str) -> str:
    """The name that TypeORM gives to a key, an index or a check that has none."""
    whole = "_".join((table.replace(".", "_", 1), *parts))
    digest = hashlib.sha1(whole.encode(), usedforsecurity=False).hexdigest()
    return f"{prefix}_{digest[: 27 if len(prefix) == 2 else 26]}"


class Maker:
    """Makes the SQL for one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def names(self, given: object) -> str:
        """Columns in quotes."""
        known = texts_of(given)
        if not known:
            return hole("columns")
        return ", ".join(quoted(each, self.engine) for each in known)

    def enum_name(self, table: str, column: dict[str, object]) -> str:
        """The name of the type that an enumerated column has of its own."""
        schema, _, last = table.rpartition(".")
        given = column.get("enumName")
        name = given if isinstance(given, str) else f"{last}_{str(column.get('name')).lower()}_enum"
        return dotted(f"{schema}.{name}" if schema else name, self.engine)

    def enums(self, table: str, columns: list[dict[str, object]]) -> Iterator[str]:
        """The types that columns need and that may not be there."""
        if self.engine is not Engine.POSTGRESQL:
            return
        made: set[str] = set()
        for each in columns:
            name = self.enum_name(table, each)
            if each.get("type") in _ENUMS and name not in made:
                made.add(name)
                labels = ", ".join(
                    literal(v, self.engine) for v in texts_of(each.get("enum")) or ()
                )
                yield f"CREATE TYPE {name} AS ENUM({labels})"

    def type(self, table: str, column: dict[str, object]) -> str:
        """A column's type."""
        kind = column.get("type")
        if not isinstance(kind, str):
            return '"?"'
        if kind in _ENUMS:
            return self._enum(table, column)
        precision, scale, length = (column.get(k) for k in ("precision", "scale", "length"))
        size = f"({precision})" if isinstance(precision, int) else ""
        if kind in _TIMES and self.engine is Engine.POSTGRESQL:
            start, end = _TIMES[kind]
            kind = f"{start}{size}{end}"
        elif kind in _SHAPES and self.engine is Engine.POSTGRESQL:
            shape, srid = column.get("spatialFeatureType"), column.get("srid")
            inside = [str(each) for each in (shape, srid) if isinstance(each, str | int)]
            kind += f"({','.join(inside)})" if inside else ""
        elif length:
            kind += f"({length})" if isinstance(length, str | int) else ""
        elif size:
            kind += f"({precision},{scale})" if isinstance(scale, int) else size
        return f"{kind} array" if column.get("isArray") is True else kind

    def _enum(self, table: str, column: dict[str, object]) -> str:
        labels = ", ".join(literal(v, self.engine) for v in texts_of(column.get("enum")) or ())
        if self.engine in MYSQL:
            return f"enum({labels})"
        if self.engine is Engine.SQLITE:
            return "varchar"
        name = self.enum_name(table, column)
        return f"{name} array" if column.get("isArray") is True else name

    def column(self, table: str, column: dict[str, object]) -> str:
        """A column as it stands in CREATE TABLE or ADD."""
        name, kind = column.get("name"), column.get("type")
        words = quoted(name, self.engine) if isinstance(name, str) else hole("column")
        strategy = column.get("generationStrategy")
        is_counted = column.get("isGenerated") is True and strategy != "uuid"
        if is_counted and self.engine is Engine.POSTGRESQL:
            if strategy == "identity":
                given = column.get("generatedIdentity")
                when = given if isinstance(given, str) else "BY DEFAULT"
                words += f" {kind} GENERATED {when} AS IDENTITY"
            else:
                words += f" {_SERIALS.get(str(kind), 'SERIAL')}"
        else:
            words += f" {self.type(table, column)}"
        words += self._ending(column, is_counted=is_counted)
        is_uuid = column.get("isGenerated") is True and strategy == "uuid"
        if is_uuid and not column.get("default") and self.engine is Engine.POSTGRESQL:
            words += " DEFAULT uuid_generate_v4()"
        return words

    def _ending(self, column: dict[str, object], *, is_counted: bool) -> str:
        words = ""
        expression, default = column.get("asExpression"), column.get("default")
        if isinstance(expression, str) and column.get("generatedType") == "STORED":
            words += f" GENERATED ALWAYS AS ({expression}) STORED"
        if isinstance(column.get("collation"), str):
            words += f' COLLATE "{column["collation"]}"'
        if column.get("isNullable") is not True:
            words += " NOT NULL"
        if is_counted and self.engine in MYSQL:
            words += " AUTO_INCREMENT"
        if default is not None:
            known = isinstance(default, str | int | float)
            words += (
                f" DEFAULT {str(default).lower() if isinstance(default, bool) else default}"
                if (known)
                else f" DEFAULT {hole('default')}"
            )
        return words

    def foreign(self, table: str, key: dict[str, object]) -> str:
        """A foreign key."""
        columns = texts_of(key.get("columnNames")) or ()
        name = key.get("name")
        name = name if isinstance(name, str) else key_name("FK", table, *sorted(columns))
        target, schema = key.get("referencedTableName"), key.get("referencedSchema")
        path = f"{schema}.{target}" if isinstance(schema, str) else target
        words = (
            f"CONSTRAINT {quoted(name, self.engine)} FOREIGN KEY ({self.names(list(columns))})"
            f" REFERENCES {dotted(path, self.engine) if isinstance(path, str) else hole('table')}"
            f" ({self.names(key.get('referencedColumnNames'))})"
        )
        for option, start in (("onDelete", "ON DELETE"), ("onUpdate", "ON UPDATE"),
                              ("deferrable", "DEFERRABLE")):  # fmt: skip
            if isinstance(key.get(option), str):
                words += f" {start} {key[option]}"
        return words

    def unique(self, table: str, key: dict[str, object]) -> str:
        """A unique constraint."""
        columns = texts_of(key.get("columnNames")) or ()
        name = key.get("name")
        name = name if isinstance(name, str) else key_name("UQ", table, *sorted(columns))
        words = f"CONSTRAINT {quoted(name, self.engine)} UNIQUE ({self.names(list(columns))})"
        deferrable = key.get("deferrable")
        return f"{words} DEFERRABLE {deferrable}" if isinstance(deferrable, str) else words

    def check(self, table: str, key: dict[str, object], word: str = "CHECK") -> str:
        """A check, or an exclusion."""
        expression, name = key.get("expression"), key.get("name")
        sql = expression if isinstance(expression, str) else hole("condition")
        prefix = "CHK" if word == "CHECK" else "XCL"
        named = quoted(name if isinstance(name, str) else key_name(prefix, table, sql), self.engine)
        return (
            f"CONSTRAINT {named} {word} ({sql})"
            if word == "CHECK"
            else (f"CONSTRAINT {named} {word} {sql}")
        )

    def index(self, table: str, index: dict[str, object]) -> str:
        """CREATE INDEX."""
        columns = texts_of(index.get("columnNames")) or ()
        which, name = index.get("where"), index.get("name")
        parts = [*sorted(columns), *([which] if isinstance(which, str) else [])]
        named = quoted(
            name if isinstance(name, str) else key_name("IDX", table, *parts), self.engine
        )
        is_postgres = self.engine is Engine.POSTGRESQL
        unique = "UNIQUE " if index.get("isUnique") is True else ""
        at_once = " CONCURRENTLY" if index.get("isConcurrent") is True and is_postgres else ""
        method = index.get("type")
        using = f" USING {method}" if isinstance(method, str) and is_postgres else ""
        if index.get("isSpatial") is True and is_postgres:
            using = " USING GiST"
        end = f" WHERE {which}" if isinstance(which, str) else ""
        inside = self.names(list(columns))
        return (
            f"CREATE {unique}INDEX{at_once} {named} ON {dotted(table, self.engine)}{using}"
            f" ({inside}){end}"
        )

    def create_table(self, table: str, given: dict[str, object]) -> list[str] | None:
        """CREATE TABLE and what follows it; None where a part cannot be told."""
        parts = {k: listed(given, k) for k in ("columns", "uniques", "checks", "exclusions",
                                               "foreignKeys", "indices")}  # fmt: skip
        if any(each is None for each in parts.values()):
            return None
        of = {name: each or [] for name, each in parts.items()}
        columns, uniques = of["columns"], list(of["uniques"])
        for each in columns:
            names: list[object] = [each.get("name")]
            if each.get("isUnique") is True and all(u.get("columnNames") != names for u in uniques):
                uniques.append({"columnNames": names})
        words = [self.column(table, each) for each in columns]
        words += [self.unique(table, each) for each in uniques]
        words += [self.check(table, each) for each in of["checks"]]
        words += [self.check(table, each, "EXCLUDE") for each in of["exclusions"]]
        words += [self.foreign(table, each) for each in of["foreignKeys"]]
        keys = [each for each in columns if each.get("isPrimary") is True]
        if keys:
            words.append(self.primary(table, [each.get("name") for each in keys], keys[0].get(
                "primaryKeyConstraintName")))  # fmt: skip
        path = dotted(table, self.engine)
        return [
            *self.enums(table, columns),
            f"CREATE TABLE {path} ({', '.join(words)})",
            *self.comments(table, columns),
            *(self.index(table, each) for each in of["indices"]),
        ]

    def primary(self, table: str, columns: list[object], name: object) -> str:
        """A primary key."""
        texts = [each for each in columns if isinstance(each, str)]
        named = name if isinstance(name, str) else key_name("PK", table, *sorted(texts))
        return f"CONSTRAINT {quoted(named, self.engine)} PRIMARY KEY ({self.names(columns)})"

    def comments(self, table: str, columns: list[dict[str, object]]) -> Iterator[str]:
        """The comments of columns."""
        for each in columns:
            text = each.get("comment")
            if isinstance(text, str) and text and self.engine is Engine.POSTGRESQL:
                name = f"{dotted(table, self.engine)}.{self.names([each.get('name')])}"
                yield f"COMMENT ON COLUMN {name} IS {literal(text, self.engine)}"

    def add_column(self, table: str, column: dict[str, object]) -> list[str]:
        """ADD, with the keys that it brings."""
        start = f"ALTER TABLE {dotted(table, self.engine)} ADD"
        found = [*self.enums(table, [column]), f"{start} {self.column(table, column)}"]
        names: list[object] = [column.get("name")]
        if column.get("isPrimary") is True:
            name = column.get("primaryKeyConstraintName")
            found.append(f"{start} {self.primary(table, names, name)}")
        if column.get("isUnique") is True:
            found.append(f"{start} {self.unique(table, {'columnNames': names})}")
        return [*found, *self.comments(table, [column])]
