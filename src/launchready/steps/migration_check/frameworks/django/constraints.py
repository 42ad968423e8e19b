"""`Meta.indexes` and `Meta.constraints` as SQL.

Source: django/db/models/{indexes,constraints}.py, django/contrib/postgres/{indexes,constraints}.py
of Django 5.2; pgvector.django's `HnswIndex` and `IvfflatIndex`.
"""

from collections.abc import Mapping

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.django.conditions import condition
from launchready.steps.migration_check.frameworks.django.keys import key
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.templates import TEMPLATES
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    Named,
    items_of,
    texts_of,
)

_METHODS: Mapping[str, str] = {
    "BrinIndex": "brin", "BTreeIndex": "btree", "GinIndex": "gin", "GistIndex": "gist",
    "HashIndex": "hash", "SpGistIndex": "spgist", "BloomIndex": "bloom", "HnswIndex": "hnsw",
    "IvfflatIndex": "ivfflat",
}  # fmt: skip


def name_of(value: object) -> str:
    """The name of an index or constraint; empty where it cannot be told."""
    name = value.kwargs.get("name") if isinstance(value, Called) else None
    return name if isinstance(name, str) else ""


def create_index(
    value: object, model: Model, state: State, *, is_concurrent: bool = False
) -> str | None:
    """The statement that makes an index of `Meta.indexes`; None where it cannot be told."""
    keys, name = _keys(value, model, state), name_of(value)
    if not isinstance(value, Called) or not keys or not name:
        return None
    quote, is_postgres = state.world.quote, state.world.engine is Engine.POSTGRESQL
    method = _METHODS.get(value.last, "")
    return (
        f"CREATE INDEX {'CONCURRENTLY ' if is_concurrent and is_postgres else ''}{quote(name)}"
        f" ON {quote(state.table_of(model))}{f' USING {method}' if method and is_postgres else ''}"
        f" ({', '.join(keys)}){_include(value, model, state)}{_where(value, model, state)}"
    )


def drop_index(name: str, model: Model, state: State, *, is_concurrent: bool = False) -> str:
    """The statement that drops an index."""
    quote = state.world.quote
    template = "drop_index_concurrently" if is_concurrent else "drop_index"
    return TEMPLATES[state.world.engine][template].format(
        name=quote(name), table=quote(state.table_of(model))
    )


def is_index(value: object) -> bool:
    """Whether a constraint is kept by an index alone: a unique one with more than columns."""
    if not isinstance(value, Called) or value.last != "UniqueConstraint":
        return False
    more = ("condition", "include", "opclasses")
    return bool(value.args) or any(value.kwargs.get(each) for each in more)


def inline(value: object, model: Model, state: State) -> str | None:
    """A constraint as `CREATE TABLE` and `ADD` have it; None where it cannot be told."""
    name = name_of(value)
    if not isinstance(value, Called) or not name or is_index(value):
        return None
    start = f"CONSTRAINT {state.world.quote(name)}"
    match value.last:
        case "CheckConstraint":
            check = value.kwargs.get("condition", value.kwargs.get("check"))
            return f"{start} CHECK ({condition(check, model, state)})"
        case "UniqueConstraint":
            keys = _keys(value, model, state)
            distinct = " NULLS NOT DISTINCT" if value.kwargs.get("nulls_distinct") is False else ""
            if not keys:
                return None
            return f"{start} UNIQUE{distinct} ({', '.join(keys)}){_deferrable(value)}"
        case "ExclusionConstraint":
            return _exclusion(value, start, model, state)
        case _:
            return None


def create_constraint(value: object, model: Model, state: State) -> str | None:
    """The statement that adds a constraint; None where it cannot be told."""
    quote = state.world.quote
    table = quote(state.table_of(model))
    if isinstance(value, Called) and is_index(value):
        keys = _keys(value, model, state)
        if not keys or not name_of(value):
            return None
        distinct = " NULLS NOT DISTINCT" if value.kwargs.get("nulls_distinct") is False else ""
        return (
            f"CREATE UNIQUE INDEX {quote(name_of(value))} ON {table} ({', '.join(keys)})"
            f"{_include(value, model, state)}{distinct}{_where(value, model, state)}"
        )
    words = inline(value, model, state)
    return None if words is None else f"ALTER TABLE {table} ADD {words}"


def drop_constraint(value: object, name: str, model: Model, state: State) -> str:
    """The statement that drops a constraint."""
    if is_index(value):
        return drop_index(name, model, state)
    kind = (
        "drop_unique"
        if isinstance(value, Called) and value.last == "UniqueConstraint"
        else "drop_check"
    )
    quote = state.world.quote
    return TEMPLATES[state.world.engine][kind].format(
        name=quote(name), table=quote(state.table_of(model))
    )


def _keys(value: object, model: Model, state: State) -> list[str]:
    if not isinstance(value, Called) or not value.is_whole:
        return []
    if value.args and not isinstance(value.args[0], list | tuple):
        return [key(each, model, state) for each in value.args]
    fields = texts_of(value.kwargs.get("fields", value.args[0] if value.args else None))
    operators = texts_of(value.kwargs.get("opclasses")) or ()
    quote, found = state.world.quote, []
    for at, each in enumerate(fields or ()):
        column = quote(model.field_named(each.removeprefix("-")).column)
        operator = f" {operators[at]}" if at < len(operators) and operators[at] else ""
        found.append(f"{column}{operator}{' DESC' if each.startswith('-') else ''}")
    return found


def _where(value: Called, model: Model, state: State) -> str:
    given = value.kwargs.get("condition")
    return "" if given is None else f" WHERE {condition(given, model, state)}"


def _include(value: Called, model: Model, state: State) -> str:
    names = texts_of(value.kwargs.get("include")) or ()
    if not names or state.world.engine is not Engine.POSTGRESQL:
        return ""
    return f" INCLUDE ({', '.join(state.world.quote(model.field_named(n).column) for n in names)})"


def _deferrable(value: Called) -> str:
    given = value.kwargs.get("deferrable")
    if isinstance(given, Named) and given.last in ("DEFERRED", "IMMEDIATE"):
        return f" DEFERRABLE INITIALLY {given.last}"
    return "" if given is None else " DEFERRABLE"


def _exclusion(value: Called, start: str, model: Model, state: State) -> str | None:
    parts = []
    for each in items_of(value.kwargs.get("expressions")) or ():
        pair = items_of(each)
        if pair is None or len(pair) != 2:
            return None
        operator = _OPERATORS.get(pair[1].last) if isinstance(pair[1], Named) else pair[1]
        parts.append(f"{key(pair[0], model, state)} WITH {operator or '='}")
    method = value.kwargs.get("index_type")
    method = method if isinstance(method, str) and method.isalpha() else "GIST"
    if not parts:
        return None
    where = value.kwargs.get("condition")
    words = "" if where is None else f" WHERE ({condition(where, model, state)})"
    return f"{start} EXCLUDE USING {method} ({', '.join(parts)}){words}{_deferrable(value)}"


_OPERATORS: Mapping[str, str] = {
    "EQUAL": "=", "NOT_EQUAL": "<>", "OVERLAPS": "&&", "CONTAINS": "@>", "CONTAINED_BY": "<@",
    "ADJACENT_TO": "-|-", "FULLY_LT": "<<", "FULLY_GT": ">>",
}  # fmt: skip
