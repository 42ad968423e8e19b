"""Sequelize's attributes and data types, as the SQL that its query generators make.

Source: sequelize 6.37, lib/data-types.js, lib/dialects/postgres/{data-types,query-generator}.js.
"""

from collections.abc import Iterator

from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.javascript.sql import (
    MYSQL,
    dotted,
    literal,
    quoted,
)
from launchready.steps.migration_check.frameworks.javascript.values import (
    Link,
    Name,
    path_of,
    said,
    texts_of,
)
from launchready.steps.migration_check.frameworks.syntax.code import hole

_POSTGRES = {
    "TEXT": "TEXT", "INTEGER": "INTEGER", "BIGINT": "BIGINT", "SMALLINT": "SMALLINT",
    "TINYINT": "TINYINT", "MEDIUMINT": "MEDIUMINT", "FLOAT": "FLOAT",
    "DOUBLE": "DOUBLE PRECISION", "REAL": "REAL", "BOOLEAN": "BOOLEAN",
    "DATE": "TIMESTAMP WITH TIME ZONE", "DATEONLY": "DATE", "TIME": "TIME", "NOW": "NOW",
    "JSON": "JSON", "JSONB": "JSONB", "UUID": "UUID", "BLOB": "BYTEA", "CITEXT": "CITEXT",
    "INET": "INET", "CIDR": "CIDR", "MACADDR": "MACADDR", "HSTORE": "HSTORE",
    "TSVECTOR": "TSVECTOR", "UUIDV4": "UUID", "UUIDV1": "UUID",
}  # fmt: skip
_OTHERS = {
    **_POSTGRES, "BOOLEAN": "TINYINT(1)", "DATE": "DATETIME", "UUID": "CHAR(36)", "BLOB": "BLOB",
    "JSONB": "JSON",
}  # fmt: skip
_RANGES = {"INTEGER": "int4range", "BIGINT": "int8range", "DECIMAL": "numrange",
           "DATE": "tstzrange", "DATEONLY": "daterange"}  # fmt: skip
_MADE_LATER = ("NOW", "UUIDV1", "UUIDV4")
"""Defaults that Sequelize works out as it inserts: the column has none."""
_BEFORE_CAPITAL = Regex(r"([A-Z])")
UNKNOWN_TYPE = '"?"'


def table_text(value: object) -> str | None:
    """The name of a table: a text, or `{ tableName, schema }`."""
    if isinstance(value, dict):
        name, schema = value.get("tableName", value.get("name")), value.get("schema")
        if not isinstance(name, str):
            return None
        return f"{schema}.{name}" if isinstance(schema, str) else name
    return value if isinstance(value, str) and value else None


def underscored(text: str) -> str:
    """`userId` as `user_id`, as index names are made."""
    return _BEFORE_CAPITAL.sub(r"_\1", text).lower().removeprefix("_").replace("-", "_")


def type_name(value: object) -> str:
    """What a data type is called: `STRING` of `Sequelize.STRING(9)`."""
    if isinstance(value, Link):
        last = value.name
        inner = path_of(value.on).rpartition(".")[2] if value.on is not None else ""
        return inner if last in ("UNSIGNED", "ZEROFILL", "BINARY") or not last else last
    return value.path.rpartition(".")[2] if isinstance(value, Name) else ""


def labels_of(attribute: dict[str, object]) -> tuple[str, ...] | None:
    """The labels of an enumerated type; None for any other type."""
    kind = attribute.get("type")
    inner = kind.argument(0) if type_name(kind) == "ARRAY" and isinstance(kind, Link) else kind
    if type_name(inner) != "ENUM":
        return None
    values = attribute.get("values")
    if values is None and isinstance(inner, Link):
        first = inner.argument(0)
        values = said(first, "values") if isinstance(first, dict) else first
        if not isinstance(values, list):
            values = list(inner.args or ())
    return texts_of(values) or (hole("label"),)


class Attributes:
    """Makes columns for one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def normal(self, given: object) -> dict[str, object] | None:
        """An attribute as an object; None where it cannot be told."""
        if isinstance(given, dict):
            return given if "type" in given and "..." not in given else None
        is_type = isinstance(given, str) or type_name(given).isupper()
        return {"type": given} if is_type else None

    def type(self, table: str, column: str, attribute: dict[str, object]) -> str:
        """The type."""
        kind = attribute.get("type")
        if isinstance(kind, str):
            return kind
        name = type_name(kind)
        labels = labels_of(attribute)
        if labels is not None:
            return self._enum(table, column, labels, is_array=name == "ARRAY")
        if name == "ARRAY" and isinstance(kind, Link):
            return f"{self.type(table, column, {'type': kind.argument(0)})}[]"
        return self._plain(name, kind)

    def _enum(self, table: str, column: str, labels: tuple[str, ...], *, is_array: bool) -> str:
        if self.engine is Engine.POSTGRESQL:
            return enum_name(table, column) + ("[]" if is_array else "")
        if self.engine in MYSQL:
            return f"ENUM({', '.join(literal(each, self.engine) for each in labels)})"
        return "TEXT"

    def _plain(self, name: str, kind: object) -> str:
        args = kind.args or () if isinstance(kind, Link) else ()
        inside = ",".join(str(each) for each in args if isinstance(each, str | int))
        is_postgres = self.engine is Engine.POSTGRESQL
        if name in ("STRING", "CHAR"):
            is_binary = isinstance(kind, Link) and kind.name == "BINARY"
            size = next((each for each in args if isinstance(each, int)), 255)
            word = "VARCHAR" if name == "STRING" else "CHAR"
            return "BYTEA" if is_binary and is_postgres else f"{word}({size})"
        if name in ("DECIMAL", "NUMERIC", "GEOMETRY", "GEOGRAPHY"):
            word = "DECIMAL" if name == "NUMERIC" else name
            return f"{word}({inside})" if inside else word
        if name == "RANGE" and isinstance(kind, Link):
            return _RANGES.get(type_name(kind.argument(0)), "int4range")
        return (_POSTGRES if is_postgres else _OTHERS).get(name, UNKNOWN_TYPE)

    def default(self, attribute: dict[str, object]) -> str:
        """` DEFAULT …`, or nothing."""
        if "defaultValue" not in attribute:
            return ""
        value = attribute["defaultValue"]
        if isinstance(value, Link | Name):
            name = type_name(value) if isinstance(value, Name) or value.args is None else value.name
            if name in _MADE_LATER:
                return ""
            return f" DEFAULT {value_text(value, self.engine)}"
        if isinstance(value, list) and self.engine is Engine.POSTGRESQL:
            return " DEFAULT '{}'"
        if isinstance(value, dict) or value is None or isinstance(value, str | int | float):
            return f" DEFAULT {literal(value, self.engine)}"
        return f" DEFAULT {hole('default')}"

    def references(self, attribute: dict[str, object]) -> str:
        """` REFERENCES …`, or nothing."""
        given = attribute.get("references")
        if given is None:
            return ""
        target = said(given, "model") or said(given, "table") if isinstance(given, dict) else given
        table, key = table_text(target), said(given, "key")
        path = dotted(table, self.engine) if table is not None else hole("table")
        column = quoted(key if isinstance(key, str) else "id", self.engine)
        words = f" REFERENCES {path} ({column})"
        for option, start in (("onDelete", "ON DELETE"), ("onUpdate", "ON UPDATE")):
            action = attribute.get(option)
            words += f" {start} {action.upper()}" if isinstance(action, str) else ""
        deferrable = said(given, "deferrable")
        if isinstance(deferrable, Link) and "INITIALLY_DEFERRED" in path_of(deferrable):
            words += " DEFERRABLE INITIALLY DEFERRED"
        return words

    def definition(
        self, table: str, column: str, attribute: dict[str, object], *, has_key: bool = True
    ) -> str:
        """A column's words, without its name."""
        kind = self.type(table, column, attribute)
        ending = " NOT NULL" if attribute.get("allowNull") is False else ""
        if attribute.get("autoIncrement") is True:
            kind, ending = self._counted(kind, attribute, ending)
        words = kind + ending + self.default(attribute)
        if attribute.get("unique") is True:
            words += " UNIQUE"
        if attribute.get("primaryKey") is True and has_key:
            words += " PRIMARY KEY"
        return words + self.references(attribute)

    def _counted(self, kind: str, attribute: dict[str, object], ending: str) -> tuple[str, str]:
        if self.engine in MYSQL:
            return kind, f"{ending} auto_increment"
        if self.engine is not Engine.POSTGRESQL:
            return kind, ending
        if attribute.get("autoIncrementIdentity") is True:
            return kind, f"{ending} GENERATED BY DEFAULT AS IDENTITY"
        start = "BIG" if "BIGINT" in kind else "SMALL" if "SMALLINT" in kind else ""
        return f"{start}SERIAL", ""

    def enums(self, table: str, column: str, attribute: dict[str, object]) -> Iterator[str]:
        """The type that an enumerated column needs."""
        labels = labels_of(attribute)
        if labels is not None and self.engine is Engine.POSTGRESQL:
            listed = ", ".join(literal(each, self.engine) for each in labels)
            body = (
                f"BEGIN CREATE TYPE {enum_name(table, column)} AS ENUM({listed});"
                " EXCEPTION WHEN duplicate_object THEN null; END"
            )
            yield f"DO {literal(body, self.engine)}"

    def comment(self, table: str, column: str, attribute: dict[str, object]) -> Iterator[str]:
        """A column's comment, a statement of its own."""
        text = attribute.get("comment")
        if isinstance(text, str) and self.engine is Engine.POSTGRESQL:
            name = f"{dotted(table, self.engine)}.{quoted(column, self.engine)}"
            yield f"COMMENT ON COLUMN {name} IS {literal(text, self.engine)}"


def enum_name(table: str, column: str) -> str:
    """The name of the type that an enumerated column has of its own."""
    schema, _, last = table.rpartition(".")
    name = f'"enum_{last}_{column}"'
    return f'"{schema}".{name}' if schema else name


def value_text(value: object, engine: Engine) -> str:
    """A value within SQL: `Sequelize.literal(…)`, `Sequelize.fn(…)`, or a constant."""
    if not isinstance(value, Link | Name):
        return literal(value, engine)
    if isinstance(value, Link) and value.name == "literal" and isinstance(value.argument(0), str):
        return str(value.argument(0))
    if isinstance(value, Link) and value.name == "fn" and isinstance(value.argument(0), str):
        inside = ", ".join(value_text(each, engine) for each in (value.args or ())[1:])
        return f"{value.argument(0)}({inside})"
    if isinstance(value, Link) and value.name == "col" and isinstance(value.argument(0), str):
        return dotted(str(value.argument(0)), engine)
    return hole(path_of(value) or "value")
