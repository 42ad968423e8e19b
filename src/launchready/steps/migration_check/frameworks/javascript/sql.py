"""SQL made of values: names, constants, and what stands for those that cannot be told."""

import json

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.values import Lined
from launchready.steps.migration_check.frameworks.syntax.code import Written, hole

MYSQL = (Engine.MYSQL, Engine.MARIADB)
CONDITION = hole("condition")
"""Stands for a condition that cannot be told."""


def quoted(name: str, engine: Engine) -> str:
    """One name in the engine's quotes."""
    mark = "`" if engine in MYSQL else '"'
    return f"{mark}{name.replace(mark, mark * 2)}{mark}"


def dotted(name: str, engine: Engine) -> str:
    """A name in quotes; `schema.name` is two."""
    return ".".join(quoted(part, engine) for part in name.split("."))


def literal(value: object, engine: Engine) -> str:
    """A constant; a placeholder for what is none, or cannot be told."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | dict):
        try:
            value = json.dumps(value)
        except (TypeError, ValueError, RecursionError):
            return hole("value")
    if not isinstance(value, str):
        return hole("value")
    text = value.replace("\\", "\\\\") if engine in MYSQL else value
    return "'" + text.replace("'", "''") + "'"


def replaced(original: str, text: str, source: str, path: str) -> str:
    """What became of a text of the file `source`: its lines are those of the original still."""
    if text == original or original.count("\n") != text.count("\n"):
        return original if text == original else text
    found = Lined(text)
    if isinstance(original, Written) and source[original.start : original.end] == original:
        found.path, found.row = path, source.count("\n", 0, original.start)
    elif isinstance(original, Lined):
        found.path, found.row = original.path, original.row
    else:
        return text
    return found
