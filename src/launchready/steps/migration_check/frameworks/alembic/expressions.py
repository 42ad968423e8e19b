"""SQLAlchemy's clauses as SQL, as far as migrations are written with them.

What cannot be told becomes a call of a function `?`: it parses, and is nobody's function.
"""

from collections.abc import Iterable

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.alembic.types import quoted, type_of
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    Combined,
    Named,
    text_of,
)

_DEEPEST = 20
_OPERATORS = frozenset({"+", "-", "*", "/", "%"})
_METHODS = {"desc": " DESC", "asc": "", "nullslast": " NULLS LAST", "nulls_last": " NULLS LAST",
            "nullsfirst": " NULLS FIRST", "nulls_first": " NULLS FIRST"}  # fmt: skip


def unreadable(engine: Engine) -> str:
    """The expression that stands for one that cannot be told."""
    return '"?"()' if engine is Engine.POSTGRESQL else "unknown()"


def literal(value: object, engine: Engine) -> str:
    """A plain value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower() if engine is Engine.POSTGRESQL else str(int(value))
    if isinstance(value, int | float):
        return repr(value)
    if not isinstance(value, str):
        return unreadable(engine)
    text = value.replace("'", "''").replace("\0", "")
    if engine in (Engine.MYSQL, Engine.MARIADB):
        text = text.replace("\\", "\\\\")
    return f"'{text}'"


def text_clause(value: object) -> str | None:
    """The words of `sa.text("…")`, with the literals that it is given as parameters."""
    if isinstance(value, Called) and value.last in ("text", "literal_column", "DDL"):
        sql = text_of(value.argument("text", 0))
        return sql.replace("\\:", ":") if sql is not None else None
    if isinstance(value, Called) and value.last in ("bindparams", "execution_options", "columns"):
        return text_clause(value.on)
    return None


def clause(value: object, engine: Engine, depth: int = 0) -> str:
    """A clause as SQL; a text is SQL already."""
    words = value if isinstance(value, str) else text_clause(value)
    if words is not None:
        return words
    if isinstance(value, Combined):
        return _combined(value, engine, depth + 1)
    if isinstance(value, Called) and depth < _DEEPEST:
        return _called(value, engine, depth) or unreadable(engine)
    if isinstance(value, Named) and ".c." in value.path:
        return quoted(value.last, engine)  # a column of a table
    is_plain = value is None or isinstance(value, bool | int | float)
    return literal(value, engine) if is_plain else unreadable(engine)


def _combined(value: Combined, engine: Engine, depth: int) -> str:
    if value.left is None or value.operator not in _OPERATORS or depth > _DEEPEST:
        return unreadable(engine)
    left, right = (clause(each, engine, depth) for each in (value.left, value.right))
    return f"({left} {value.operator} {right})"


def _called(value: Called, engine: Engine, depth: int) -> str:
    """A call as SQL; empty where it cannot be told."""
    last, first = value.last, value.args[0] if value.args else None
    if last in ("true", "false", "null"):
        return last
    if last in ("column", "Column") and isinstance(first, str):
        return quoted(first, engine)
    if last == "cast" and len(value.args) > 1:
        return f"CAST({_argument(first, engine, depth)} AS {type_of(value.args[1], engine)})"
    if last in _METHODS and value.on is not None:
        return clause(value.on, engine, depth + 1) + _METHODS[last]
    is_function = "func." in value.path and last.replace("_", "a").isalnum()
    return _function(value, engine, depth) if is_function else ""


def _function(value: Called, engine: Engine, depth: int) -> str:
    inside = ", ".join(_argument(each, engine, depth) for each in value.args)
    if value.last.lower() in ("current_timestamp", "current_date", "current_time") and not inside:
        return value.last.upper()
    return f"{value.last}({inside})"


def _argument(value: object, engine: Engine, depth: int) -> str:
    return literal(value, engine) if isinstance(value, str) else clause(value, engine, depth + 1)


def key(value: object, engine: Engine) -> str:
    """A key of an index: a column's name, or an expression, whose words stand as they are."""
    if isinstance(value, str):
        return quoted(value, engine)
    return clause(value, engine)


def names_of(values: Iterable[object]) -> list[str]:
    """Names of columns among arguments: texts, or columns."""
    found = []
    for each in values:
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, Called) and each.last in ("column", "Column") and each.args:
            found += [each.args[0]] if isinstance(each.args[0], str) else []
        elif isinstance(each, Named):
            found.append(each.last)
    return found
