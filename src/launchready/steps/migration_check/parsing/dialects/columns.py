"""Columns and constraints of MySQL, MariaDB and SQLite.

Sources: https://dev.mysql.com/doc/refman/8.4/en/create-table.html,
https://mariadb.com/kb/en/create-table/, https://www.sqlite.org/lang_createtable.html.
"""

from typing import Any

from launchready.facts.schema import (
    Column,
    Constraint,
    ConstraintKind,
    Engine,
    Generated,
    Type,
)
from launchready.steps.migration_check.parsing.dialects.expressions import expression
from launchready.steps.migration_check.parsing.dialects.keys import referenced
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor

_AFTER_TYPE = frozenset({
    "NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "KEY", "AUTO_INCREMENT", "AUTOINCREMENT",
    "COMMENT", "CHECK", "REFERENCES", "GENERATED", "AS", "COLLATE", "CONSTRAINT", "ON", "FIRST",
    "AFTER", "STORAGE", "COLUMN_FORMAT", "VISIBLE", "INVISIBLE", "VIRTUAL", "STORED",
    "PERSISTENT", "CHARACTER", "CHARSET", "ASCII", "UNICODE", "BINARY", "UNSIGNED", "SIGNED",
    "ZEROFILL", "SRID", "WITHOUT",
})  # fmt: skip
_NAMES_OF_TYPES = ("CHARACTER", "BINARY")
"""Words that may begin a type, although they may follow one too."""

_WORDS = frozenset({"VIRTUAL", "STORED", "PERSISTENT"})


def column(cursor: Cursor, engine: Engine, name: str = "") -> Column:
    """A column's definition; FIRST and AFTER are left to whoever asks."""
    reading = _Reading(cursor, engine, name or cursor.name())
    reading.type()
    while not cursor.is_done and cursor.peek() not in ("FIRST", "AFTER"):
        reading.option()
    return reading.column()


class _Reading:
    """A column's definition while it is read."""

    def __init__(self, cursor: Cursor, engine: Engine, name: str) -> None:
        self.cursor = cursor
        self.engine = engine
        self.name = name
        self.words: list[str] = []
        self.kind: dict[str, Any] = {}
        self.fields: dict[str, Any] = {}
        self.constraints: list[Constraint] = []
        self.constraint_name = ""

    def type(self) -> None:
        """The type; SQLite does without."""
        cursor = self.cursor
        while not cursor.is_done and cursor.peek() != "(":
            word = cursor.peek()
            if word in _AFTER_TYPE and (self.words or word not in _NAMES_OF_TYPES):
                break
            if word in _AFTER_TYPE and cursor.peek(1) == "SET":
                break
            self.words.append(cursor.name().lower())
        if cursor.peek() == "(" and self.words:
            inside = cursor.group().left()
            self.kind["modifiers"] = tuple(int(t.text) for t in inside if t.text.isdecimal())
            self.kind["values"] = tuple(t.text for t in inside if t.kind == "string")
        while cursor.peek() in ("PRECISION", "VARYING"):
            self.words.append(cursor.name().lower())

    def column(self) -> Column:
        """All of it."""
        kind = Type(name=" ".join(self.words), **self.kind)
        is_rowid = self.engine is Engine.SQLITE and kind.name == "integer"
        if is_rowid and any(c.kind is ConstraintKind.PRIMARY_KEY for c in self.constraints):
            self.fields["is_auto"] = True  # https://www.sqlite.org/lang_createtable.html#rowid
        if kind.name == "serial" and self.engine is not Engine.SQLITE:
            self.fields |= {"is_auto": True, "is_not_null": True}
        return Column(name=self.name, type=kind, constraints=tuple(self.constraints), **self.fields)

    def option(self) -> None:
        """The next of what follows the type; a word that is not known is passed over."""
        cursor = self.cursor
        word = cursor.peek()
        if word in _OPTIONS:
            cursor.at += 1
            _OPTIONS[word](self)
        elif word in _WORDS:
            cursor.at += 1
            is_virtual = word == "VIRTUAL"
            self.fields["generated"] = Generated.VIRTUAL if is_virtual else Generated.STORED
        elif word == "(":
            cursor.group()
        else:
            cursor.at += 1

    def negation(self) -> None:
        """NOT NULL, NOT ENFORCED, NOT DEFERRABLE."""
        if self.cursor.take("NULL"):
            self.fields["is_not_null"] = True
        else:
            self.cursor.at += 1

    def null(self) -> None:
        """NULL."""
        self.fields["is_not_null"] = False

    def default(self) -> None:
        """DEFAULT, whose expression goes no further than its own."""
        self.fields["default"] = expression(_value(self.cursor))

    def primary(self) -> None:
        """PRIMARY KEY."""
        self.cursor.take("KEY")
        self.fields["is_not_null"] = True
        self._add(ConstraintKind.PRIMARY_KEY)

    def unique(self) -> None:
        """UNIQUE."""
        self.cursor.take("KEY")
        self._add(ConstraintKind.UNIQUE)

    def auto(self) -> None:
        """AUTO_INCREMENT."""
        self.fields["is_auto"] = True

    def comment(self) -> None:
        """COMMENT."""
        self.cursor.at += 1

    def check(self) -> None:
        """CHECK."""
        inside = expression(self.cursor.group())
        is_unchecked = self.cursor.take("NOT", "ENFORCED")
        self._add(ConstraintKind.CHECK, condition=inside, is_not_valid=is_unchecked)

    def references(self) -> None:
        """REFERENCES, which MySQL reads and does nothing about."""
        other, columns, on_delete = referenced(self.cursor)
        if self.engine is not Engine.MYSQL:
            self._add(
                ConstraintKind.FOREIGN_KEY,
                references=other,
                referenced_columns=columns,
                on_delete=on_delete,
            )

    def generated(self) -> None:
        """GENERATED ALWAYS AS, or AS alone: virtual unless it says otherwise."""
        self.cursor.take("ALWAYS")
        self.cursor.take("AS")
        if self.cursor.peek() == "(":
            self.fields["generation"] = expression(self.cursor.group())
            self.fields.setdefault("generated", Generated.VIRTUAL)

    def collate(self) -> None:
        """COLLATE."""
        self.fields["collation"] = self.cursor.name()

    def charset(self) -> None:
        """CHARACTER SET, CHARSET."""
        self.cursor.take("SET")
        self.kind["charset"] = self.cursor.name()

    def unsigned(self) -> None:
        """UNSIGNED."""
        self.kind["is_unsigned"] = True

    def named(self) -> None:
        """CONSTRAINT with its name."""
        if self.cursor.peek() not in ("CHECK", "UNIQUE", "PRIMARY", "NOT", "REFERENCES"):
            self.constraint_name = self.cursor.name()

    def on(self) -> None:
        """ON UPDATE of a time, ON CONFLICT."""
        self.cursor.take_any("UPDATE", "CONFLICT")
        _value(self.cursor)

    def _add(self, kind: ConstraintKind, **fields: Any) -> None:
        name, self.constraint_name = self.constraint_name, ""
        columns = fields["condition"].columns if "condition" in fields else (self.name,)
        self.constraints.append(Constraint(kind=kind, name=name, columns=columns, **fields))


_OPTIONS = {
    "NOT": _Reading.negation,
    "NULL": _Reading.null,
    "DEFAULT": _Reading.default,
    "PRIMARY": _Reading.primary,
    "KEY": _Reading.primary,
    "UNIQUE": _Reading.unique,
    "AUTO_INCREMENT": _Reading.auto,
    "AUTOINCREMENT": _Reading.auto,
    "COMMENT": _Reading.comment,
    "CHECK": _Reading.check,
    "REFERENCES": _Reading.references,
    "GENERATED": _Reading.generated,
    "AS": _Reading.generated,
    "COLLATE": _Reading.collate,
    "CHARACTER": _Reading.charset,
    "CHARSET": _Reading.charset,
    "UNSIGNED": _Reading.unsigned,
    "CONSTRAINT": _Reading.named,
    "ON": _Reading.on,
}


def _value(cursor: Cursor) -> Cursor:
    """A literal, a call, or what stands in brackets: all that a DEFAULT may be."""
    start = cursor.at
    while cursor.peek() in ("-", "+"):
        cursor.at += 1
    if cursor.peek() == "(":
        cursor.group()
    else:
        cursor.at += 1
        if cursor.peek() == "(":
            cursor.group()
        elif cursor.at < cursor.end and cursor.tokens[cursor.at].kind == "string":
            is_prefix = cursor.tokens[start].kind == "word"
            cursor.at += is_prefix and cursor.tokens[start].upper in ("B", "X", "N")
    return Cursor(cursor.sql, cursor.tokens, start, min(cursor.at, cursor.end))
