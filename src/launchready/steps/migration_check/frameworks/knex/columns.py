"""Columns of Knex's table builder: types and modifiers.

Source: knex 3.3, lib/schema/columncompiler.js and lib/dialects/*/schema/*-columncompiler.js.
"""

from collections.abc import Callable

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import (
    MYSQL,
    literal,
    quoted,
)
from launchready.steps.migration_check.frameworks.javascript.values import (
    Link,
    said,
)
from launchready.steps.migration_check.frameworks.knex.raws import raw_text, value_text
from launchready.steps.migration_check.frameworks.syntax.code import hole

_ALIASES = {"float": "floating", "enum": "enu", "boolean": "bool", "string": "varchar",
            "bigInteger": "bigint", "biginteger": "bigint", "dateTime": "datetime",
            "bigIncrements": "bigincrements", "int": "integer", "tinyText": "tinytext",
            "mediumText": "mediumtext", "longText": "longtext"}  # fmt: skip
_PLAIN = {"bool": "boolean", "date": "date", "time": "time", "geometry": "geometry",
          "geography": "geography", "point": "point", "text": "text", "integer": "integer",
          "smallint": "smallint", "bigint": "bigint", "mediumint": "integer",
          "tinyint": "tinyint", "mediumtext": "text", "longtext": "text", "tinytext": "text",
          "real": "real", "json": "json", "jsonb": "jsonb", "serial": "serial",
          "binary": "blob", "double": "double", "year": "year", "blob": "blob"}  # fmt: skip
_OWN: dict[Engine, dict[str, str]] = {
    Engine.POSTGRESQL: {
        "binary": "bytea", "double": "double precision", "floating": "real", "tinyint": "smallint",
    },
    Engine.MYSQL: {
        "integer": "int", "mediumint": "mediumint", "mediumtext": "mediumtext", "json": "json",
        "longtext": "longtext", "jsonb": "json", "tinytext": "tinytext",
    },
    Engine.SQLITE: {
        "double": "float", "floating": "float", "json": "json", "jsonb": "json",
        "mediumtext": "mediumtext", "longtext": "longtext",
    },
}  # fmt: skip
_OWN[Engine.MARIADB] = _OWN[Engine.MYSQL]
_SIZED = frozenset({"varchar", "decimal", "floating", "char", "bit", "datetime", "timestamp",
                    "enu", "set", "uuid", "specificType", "varbinary", "increments",
                    "bigincrements"})  # fmt: skip
COLUMNS = frozenset({*_ALIASES, *_PLAIN, *_SIZED})
"""Methods of a table that begin a column."""


class Column:
    """A column that is added or altered, by the chain of calls that describes it."""

    def __init__(self, links: list[Link], engine: Engine) -> None:
        self._engine = engine
        self.link = links[0]
        self.kind = _ALIASES.get(self.link.name, self.link.name)
        self.said: dict[str, Link] = {}
        for each in links[1:]:
            name = {"default": "defaultTo", "defaultsTo": "defaultTo", "notNull": "nullable",
                    "notNullable": "nullable"}.get(each.name, each.name)  # fmt: skip
            self.said[name] = each

    @property
    def is_increments(self) -> bool:
        """Whether it counts up by itself."""
        return self.kind in ("increments", "bigincrements")

    @property
    def name(self) -> str | None:
        """Its name; None where it cannot be told."""
        given = self.link.argument(0)
        if given is None and self.is_increments:
            return "id"
        return given if isinstance(given, str) and given else None

    @property
    def quoted(self) -> str:
        """Its name in quotes."""
        return quoted(self.name or "?", self._engine)

    @property
    def is_altered(self) -> bool:
        """Whether it is there, and is changed."""
        return "alter" in self.said

    def allows(self, option: str) -> bool:
        """Whether `alter({…})` changes this too."""
        return said(self.said["alter"].argument(0), option) is not False

    @property
    def nullable(self) -> bool | None:
        """What is said of nulls."""
        link = self.said.get("nullable")
        if link is None:
            return None
        return link.name == "nullable" and link.argument(0) is not False

    def type(self, *, can_be_key: bool = True) -> str:
        """Its type, with the key that some bring."""
        make = _TYPES.get(self.kind)
        if make is not None:
            return make(self, self._engine, can_be_key)
        return _OWN[self._engine].get(self.kind) or _PLAIN[self.kind]

    def default(self) -> str:
        """`default …`, or nothing."""
        link = self.said.get("defaultTo")
        if link is None:
            return ""
        value = link.argument(0)
        if value is None:
            return "" if self._engine in MYSQL else "default null"
        return f"default {self._constant(value)}"

    def _constant(self, value: object) -> str:
        if isinstance(value, Link):
            return value_text(value, self._engine)
        if self.kind == "bool":
            is_known = isinstance(value, str | int | bool)
            return f"'{int(bool(value) and value != 'false')}'" if is_known else hole("default")
        if isinstance(value, bool | int | float):
            value = str(value).lower() if isinstance(value, bool) else str(value)
        return literal(value, self._engine)

    def definition(self, *, can_be_key: bool = True) -> str:
        """It as it stands in CREATE TABLE or ADD COLUMN."""
        parts = [self.quoted, self.type(can_be_key=can_be_key)]
        if self.is_increments:
            return " ".join(parts)
        is_mysql = self._engine in MYSQL
        if is_mysql and "unsigned" in self.said:
            parts.append("unsigned")
        if self.nullable is not None:
            parts.append("null" if self.nullable else "not null")
        parts.append(self.default())
        if is_mysql:
            parts.append(self._place())
        if not self.is_altered:
            parts.extend(self.checks())
        return " ".join(filter(None, parts))

    def _place(self) -> str:
        if "first" in self.said:
            return "first"
        after = self.said.get("after")
        given = after.argument(0) if after is not None else None
        return f"after {quoted(given, self._engine)}" if isinstance(given, str) else ""

    def checks(self) -> list[str]:
        """Its own checks."""
        return [
            f"{named}check ({words})" for each, words in _CHECKS.items() if each in self.said
            for named, words in [self._check(each, words)]
        ]  # fmt: skip

    def _check(self, name: str, words: str) -> tuple[str, str]:
        given = self.said[name].argument(_NAMES_AT.get(name, 1))
        named = f"constraint {given} " if isinstance(given, str) else ""
        if name == "check":
            sql = self.said[name].argument(0)
            return named, sql if isinstance(sql, str) else hole("condition")
        return named, words.format(self.quoted)

    def comment(self) -> str | None:
        """Its comment; None if it has none."""
        link = self.said.get("comment")
        given = link.argument(0) if link is not None else None
        return given if isinstance(given, str) else None


_CHECKS = {
    "check": "", "checkPositive": "{} > 0", "checkNegative": "{} < 0",
    "checkIn": "{} in (${{values}})", "checkNotIn": "{} not in (${{values}})",
    "checkBetween": "{} between ${{low}} and ${{high}}", "checkLength": "length({}) > ${{length}}",
    "checkRegex": "{} ~ ${{pattern}}",
}  # fmt: skip
_NAMES_AT = {"check": 2, "checkPositive": 0, "checkNegative": 0, "checkLength": 2}


def _number(value: object, default: int) -> int:
    if isinstance(value, str) and value.isdigit():
        return int(value[:9])
    return value if isinstance(value, int) else default


def _varchar(column: Column, engine: Engine, can_be_key: bool) -> str:
    return f"varchar({_number(column.link.argument(1), 255)})"


def _decimal(column: Column, engine: Engine, can_be_key: bool) -> str:
    args = column.link.args or ()
    if len(args) > 1 and args[1] is None:
        return "decimal"
    digits, places = _number(column.link.argument(1), 8), _number(column.link.argument(2), 2)
    return f"decimal({digits}, {places})" if engine is not Engine.SQLITE else "float"


def _floating(column: Column, engine: Engine, can_be_key: bool) -> str:
    if engine is Engine.POSTGRESQL:
        return "real"
    digits, places = _number(column.link.argument(1), 8), _number(column.link.argument(2), 2)
    return f"float({digits}, {places})" if engine in MYSQL else "float"


def _char(column: Column, engine: Engine, can_be_key: bool) -> str:
    size = column.link.argument(1)
    return f"{column.kind}({size})" if isinstance(size, int) else column.kind


def _time(column: Column, engine: Engine, can_be_key: bool) -> str:
    first, digits = column.link.argument(1), column.link.argument(2)
    if engine is not Engine.POSTGRESQL:
        kind = "timestamp" if column.kind == "timestamp" and engine in MYSQL else "datetime"
        digits = said(first, "precision") if isinstance(first, dict) else first
        is_sized = engine in MYSQL and isinstance(digits, int) and not isinstance(digits, bool)
        return f"{kind}({digits})" if is_sized else kind
    has_zone = first is not True
    if isinstance(first, dict):
        has_zone, digits = first.get("useTz") is not False, first.get("precision")
    size = f"({digits})" if isinstance(digits, int) else ""
    return f"{'timestamptz' if has_zone else 'timestamp'}{size}"


def _enum(column: Column, engine: Engine, can_be_key: bool) -> str:
    options = column.link.argument(2)
    if engine is Engine.POSTGRESQL and said(options, "useNative"):
        return enum_name(column, engine)
    values = column.link.argument(1)
    labels = [literal(each, engine) for each in values] if isinstance(values, list) else [hole("x")]
    if engine in MYSQL:
        return f"{'set' if column.kind == 'set' else 'enum'}({', '.join(labels)})"
    return f"text check ({column.quoted} in ({', '.join(labels)}))"


def enum_name(column: Column, engine: Engine) -> str:
    """The name of the type that an enumerated column has of its own."""
    options = column.link.argument(2)
    schema, name = said(options, "schemaName"), said(options, "enumName")
    start = f"{quoted(schema, engine)}." if isinstance(schema, str) else ""
    return start + quoted(name if isinstance(name, str) else "?", engine)


def _uuid(column: Column, engine: Engine, can_be_key: bool) -> str:
    kind = "uuid" if engine is Engine.POSTGRESQL else "char(36)"
    if said(column.link.argument(1), "useBinaryUuid") and engine is not Engine.POSTGRESQL:
        kind = "binary(16)"
    is_key = engine is Engine.POSTGRESQL and said(column.link.argument(1), "primaryKey") is True
    return f"{kind} primary key" if is_key and can_be_key else kind


def _specific(column: Column, engine: Engine, can_be_key: bool) -> str:
    given = column.link.argument(1)
    if isinstance(given, Link):
        return raw_text(given, engine) or '"?"'
    return given if isinstance(given, str) else '"?"'


def _counter(column: Column, engine: Engine, can_be_key: bool) -> str:
    is_key = can_be_key and said(column.link.argument(1), "primaryKey") is not False
    is_big = column.kind == "bigincrements"
    if engine is Engine.POSTGRESQL:
        return ("bigserial" if is_big else "serial") + (" primary key" if is_key else "")
    if engine in MYSQL:
        words = " auto_increment primary key" if is_key else ""
        return f"{'bigint' if is_big else 'int'} unsigned not null{words}"
    return f"integer not null{' primary key' if is_key else ''} autoincrement"


_Make = Callable[[Column, Engine, bool], str]
_TYPES: dict[str, _Make] = {
    "varchar": _varchar, "decimal": _decimal, "floating": _floating, "char": _char,
    "varbinary": _char, "bit": _char, "datetime": _time, "timestamp": _time, "enu": _enum,
    "set": _enum, "uuid": _uuid, "specificType": _specific, "increments": _counter,
    "bigincrements": _counter,
}  # fmt: skip
