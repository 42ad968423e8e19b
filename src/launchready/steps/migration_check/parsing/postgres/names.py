"""Names and types in PostgreSQL's trees, as `facts.schema` has them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from launchready.facts.schema import Type
from launchready.steps.migration_check.parsing.postgres.library import Node

_HOME = frozenset({"public", "pg_catalog", "pg_temp"})
_SPELLINGS = {
    "int": "int4",
    "integer": "int4",
    "bigint": "int8",
    "smallint": "int2",
    "serial4": "serial",
    "serial8": "bigserial",
    "serial2": "smallserial",
    "boolean": "bool",
    "decimal": "numeric",
}
SERIALS = frozenset({"serial", "bigserial", "smallserial"})


def relation(node: Node) -> str:
    """The name of a RangeVar."""
    schema = node.get("schemaname", "")
    name: str = node.get("relname", "")
    return f"{schema}.{name}" if schema and schema not in _HOME else name


def strings(nodes: Sequence[Any]) -> list[str]:
    """The words of a list of String nodes."""
    return [node["String"].get("sval", "") for node in nodes if "String" in node]


def joined(words: Sequence[str]) -> str:
    """A name of several parts, without the schemas that need not be said."""
    parts = list(words)
    if len(parts) > 1 and parts[0] in _HOME:
        parts = parts[1:]
    return ".".join(parts)


def name_of(nodes: Sequence[Any]) -> str:
    """The name that a list of String nodes spells."""
    return joined(strings(nodes))


def named(node: Node) -> str:
    """The name that a node of any kind stands for: a String, a list, a type, a function."""
    if "String" in node:
        name: str = node["String"].get("sval", "")
        return name
    if "List" in node:
        return name_of(node["List"].get("items", ()))
    if "TypeName" in node:
        return type_of(node["TypeName"]).name
    if "ObjectWithArgs" in node:
        return name_of(node["ObjectWithArgs"].get("objname", ()))
    if "RangeVar" in node:
        return relation(node["RangeVar"])
    return role(node["RoleSpec"]) if "RoleSpec" in node else ""


def role(node: Node) -> str:
    """The name of a role, or the word that stands for one: `public`, `current_user`."""
    kind: str = node.get("roletype", "").removeprefix("ROLESPEC_").lower()
    name: str = node.get("rolename", "")
    return name or kind


def type_of(node: Node) -> Type:
    """A TypeName. What is no number among the modifiers (PostGIS's `geometry(Point, 4326)`) is
    among the `values`, and so are the fields of an interval, as PostgreSQL numbers them.
    """
    name = name_of(node.get("names", ()))
    name = _SPELLINGS.get(name, name)
    if len(node) <= _BARE and "typmods" not in node and "arrayBounds" not in node:
        return _bare(name)
    if node.get("pct_type"):
        name += "%TYPE"
    modifiers: list[int] = []
    values: list[str] = []
    for each in node.get("typmods", ()):
        const = each.get("A_Const", {})
        if "ival" in const:
            modifiers.append(const["ival"].get("ival", 0))
        else:
            values.append(_word(each))
    if name == "interval" and modifiers:
        fields, *modifiers = modifiers
        values = [] if fields == _ALL_FIELDS else [str(fields)]
    return Type(
        name=name,
        modifiers=tuple(modifiers),
        dimensions=len(node.get("arrayBounds", ())),
        values=tuple(values),
    )


@lru_cache(maxsize=256)
def _bare(name: str) -> Type:
    """A type that is its name alone: one value for all columns that have it."""
    return Type(name=name)


_BARE = 3
"""Fields of a TypeName that has names, no modifier and a place."""

_ALL_FIELDS = 0x7FFF
"""INTERVAL_FULL_RANGE of PostgreSQL's utils/timestamp.h."""


def _word(node: Node) -> str:
    if "ColumnRef" in node:
        return name_of(node["ColumnRef"].get("fields", ()))
    const = node.get("A_Const", {})
    return str(const.get("sval", {}).get("sval", const.get("fval", {}).get("fval", "")))
