"""Changes of a column's type in MySQL and MariaDB."""

from launchready.facts.schema import Column, Type
from launchready.frozen import frozen
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.mysql.algorithms import Way, has

_NAMES = {
    "integer": "int",
    "bool": "tinyint",
    "boolean": "tinyint",
    "dec": "decimal",
    "numeric": "decimal",
    "character varying": "varchar",
    "character": "char",
    "double precision": "double",
    "real": "double",
}
_INTEGERS = {"tinyint": 1, "smallint": 2, "mediumint": 3, "int": 4, "bigint": 8}
_TEXTS = {"tinytext": 1, "text": 2, "mediumtext": 3, "longtext": 4}
_BLOBS = {"tinyblob": 1, "blob": 2, "mediumblob": 3, "longblob": 4}
_STRINGS = frozenset({"char", "varchar", *_TEXTS})
_LISTS = frozenset({"enum", "set"})
_BYTES = {"latin1": 1, "ascii": 1, "binary": 1, "utf8": 3, "utf8mb3": 3, "ucs2": 2}
_MOST_BYTES = 4
_ONE_LENGTH_BYTE = 255
"""Bytes of a VARCHAR whose length fits into one byte: one that grows beyond is copied."""


@frozen
class Retype:
    """How a change of type is done, and what becomes of the values."""

    way: Way
    is_other: bool = False
    is_narrower: bool = False


def type_way(old: Column, new: Column, draft: Draft) -> Retype:
    """Judges the change from one definition to another."""
    before, after = _named(old.type), _named(new.type)
    if (old.generated, new.generated) != (None, None) and old.generation != new.generation:
        return Retype(way=Way.COPY)
    if after.charset and before.charset != after.charset:
        return Retype(way=Way.COPY)
    if _is_same(before, after):
        return Retype(way=Way.INSTANT)
    if before.name == after.name == "varchar":
        return _varchar(before, after)
    if before.name == after.name and before.name in _LISTS:
        return _list(before, after, draft)
    return Retype(
        way=Way.COPY, is_other=_is_other(before, after), is_narrower=_is_narrower(before, after)
    )


def _is_same(before: Type, after: Type) -> bool:
    """The width that is shown of an integer is no part of its type."""
    if before.name == after.name and before.name in _INTEGERS:
        return before.is_unsigned is after.is_unsigned
    return (before.name, before.modifiers, before.values, before.is_unsigned) == (
        after.name,
        after.modifiers,
        after.values,
        after.is_unsigned,
    )


def _varchar(before: Type, after: Type) -> Retype:
    had, gets = _first(before), _first(after)
    if gets < had:
        return Retype(way=Way.COPY, is_narrower=True)
    each = _BYTES.get((after.charset or before.charset).lower(), _MOST_BYTES)
    is_short = gets * each <= _ONE_LENGTH_BYTE
    is_long = had * each > _ONE_LENGTH_BYTE
    return Retype(way=Way.METADATA if is_short or is_long else Way.COPY)


def _list(before: Type, after: Type, draft: Draft) -> Retype:
    """Labels that are appended cost nothing, others number all rows anew."""
    if after.values[: len(before.values)] == before.values:
        is_instant = has(draft, mysql=(8, 0, 12), mariadb=(10, 3))
        return Retype(way=Way.INSTANT if is_instant else Way.METADATA)
    return Retype(way=Way.COPY, is_narrower=not set(before.values) <= set(after.values))


def _is_other(before: Type, after: Type) -> bool:
    if before.name == after.name:
        return False
    families = (_STRINGS, frozenset(_INTEGERS), frozenset(_BLOBS), frozenset({"float", "double"}))
    if before.name == "enum" and after.name in _STRINGS:
        return False
    if {before.name, after.name} == {"datetime", "timestamp"}:
        return False
    return not any(before.name in family and after.name in family for family in families)


def _is_narrower(before: Type, after: Type) -> bool:
    for order in (_INTEGERS, _TEXTS, _BLOBS):
        if before.name in order and after.name in order:
            loses_sign = after.is_unsigned and not before.is_unsigned
            return order[after.name] < order[before.name] or loses_sign
    if before.name in _STRINGS and after.name in ("char", "varchar"):
        return before.name in _TEXTS or _first(after) < _first(before)
    if before.name == after.name == "decimal":
        whole = _first(after) - _second(after) < _first(before) - _second(before)
        return whole or _second(after) < _second(before)
    return (before.name, after.name) in _LESS


_LESS = frozenset(
    {
        ("datetime", "date"),
        ("timestamp", "date"),
        ("double", "float"),
        ("decimal", "int"),
        ("varchar", "enum"),
        ("datetime", "timestamp"),
    }
)


def _named(of: Type) -> Type:
    name = of.name.lower()
    return Type(
        name=_NAMES.get(name, name),
        modifiers=of.modifiers,
        is_unsigned=of.is_unsigned,
        charset=of.charset,
        values=of.values,
    )


def _first(of: Type) -> int:
    return of.modifiers[0] if of.modifiers else (1 if of.name == "char" else 0)


def _second(of: Type) -> int:
    return of.modifiers[1] if len(of.modifiers) > 1 else 0
