"""Raw SQL of Knex with its bindings, and values that are SQL.

Source: knex 3.3, lib/raw.js and lib/formatter/rawFormatter.js.
"""

from re import Match

from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.javascript.sql import (
    dotted,
    literal,
    replaced,
)
from launchready.steps.migration_check.frameworks.javascript.values import (
    Link,
    Unknown,
    links_of,
    path_of,
)
from launchready.steps.migration_check.frameworks.syntax.code import hole

_MARKS = Regex(r"\\\?|\?\?|\?")
_NAMES = Regex(r"\\?(::(\w+)::|:(\w+):|:(\w+))")
_MOST = 100_000
"""Characters that one value may become."""


def raw_text(link: Link, engine: Engine) -> str | None:
    """The SQL of `raw(sql, bindings)`; None where it is made as the migration runs."""
    sql, bindings = link.argument(0), link.argument(1)
    if isinstance(sql, Link):
        return value_text(sql, engine)
    if not isinstance(sql, str):
        return None
    if bindings is None:
        return sql
    if isinstance(bindings, dict):
        text = _NAMES.sub(lambda found: _named(found, bindings, engine), sql)
    elif isinstance(bindings, Unknown):
        text = _MARKS.sub(lambda found: _unknown(found[0]), sql)
    else:
        given = iter(bindings if isinstance(bindings, list) else [bindings])
        text = _MARKS.sub(lambda found: _next(found[0], given, engine), sql)
    return replaced(sql, text, link.code.text, link.code.path)


def _unknown(mark: str) -> str:
    return {"??": hole("name"), "?": hole("value")}.get(mark, "?")


def _next(mark: str, given: "object", engine: Engine) -> str:
    if mark == "\\?":
        return "?"
    value = next(given, Unknown())  # type: ignore[call-overload]
    return _bound(value, engine, is_name=mark == "??")


def _bound(value: object, engine: Engine, *, is_name: bool) -> str:
    if is_name:
        items = value if isinstance(value, list) else [value]
        return ", ".join(
            dotted(each, engine) if isinstance(each, str) else hole("name") for each in items
        )[:_MOST]
    if isinstance(value, Link):
        return value_text(value, engine)
    if isinstance(value, list):
        return ", ".join(literal(each, engine) for each in value)[:_MOST]
    return literal(value, engine)[:_MOST]


def _named(found: Match[str], bindings: dict[str, object], engine: Engine) -> str:
    whole, name = found[0], found[2] or found[3] or found[4]
    if whole.startswith("\\"):
        return whole[1:]
    if name not in bindings:
        return whole
    return _bound(bindings[name], engine, is_name=found[4] is None)


def value_text(value: object, engine: Engine) -> str:
    """A value within SQL: `knex.fn.now()`, `knex.raw(…)`, or a constant."""
    if not isinstance(value, Link):
        return literal(value, engine)
    path = path_of(value)
    if value.name == "raw":
        return raw_text(value, engine) or hole("raw")
    if value.name == "ref" and isinstance(value.argument(0), str):
        return dotted(str(value.argument(0)), engine)
    if path.endswith("fn.now"):
        digits = value.argument(0)
        return f"CURRENT_TIMESTAMP({digits})" if isinstance(digits, int) else "CURRENT_TIMESTAMP"
    if path.endswith("fn.uuid"):
        return {Engine.POSTGRESQL: "gen_random_uuid()", Engine.SQLITE: hole("uuid")}.get(
            engine, "(UUID())"
        )
    first = links_of(value)[1][0]
    return raw_text(first, engine) or hole("raw") if first.name == "raw" else hole(path or "value")
