"""Operators and methods of plain values: what `"a".concat("b")` is."""

from collections.abc import Callable

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.values import (
    UNKNOWN,
    EngineName,
    Unknown,
)
from launchready.steps.migration_check.frameworks.syntax.code import Written

MOST_CHARACTERS = 1_000_000
"""The longest text that is put together."""
MOST_PARTS = 20_000
_WORDS = {
    Engine.POSTGRESQL: ("pg", "postgres", "postgresql", "pg-native", "pgnative", "aurora-postgres"),
    Engine.MYSQL: ("mysql", "mysql2"),
    Engine.MARIADB: ("mysql", "mysql2", "mariadb"),
    Engine.SQLITE: ("sqlite", "sqlite3", "better-sqlite3", "better-sqlite", "sql.js"),
}


def same(left: object, right: object) -> object:
    """Whether two values are equal; UNKNOWN where that cannot be told."""
    if isinstance(left, EngineName):
        left, right = right, left
    if isinstance(right, EngineName):
        return left.lower() in _WORDS[right.engine] if isinstance(left, str) else UNKNOWN
    known = (str, int, float, bool, type(None))
    if isinstance(left, known) and isinstance(right, known):
        return left == right
    return UNKNOWN


def truth(value: object) -> bool | None:
    """Whether a value counts as true; None where that cannot be told."""
    if value is None or isinstance(value, str | int | float | bool):
        return bool(value)
    return True if isinstance(value, list | dict) else None


def text_in_template(value: object) -> str | None:
    """What a value becomes within a text; None where that cannot be told."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        return ",".join(map(str, value))
    return None


def binary(operator: str, left: object, right: object) -> object:
    """What an operator makes of two values."""
    if operator in ("==", "==="):
        return same(left, right)
    if operator in ("!=", "!=="):
        are = same(left, right)
        return UNKNOWN if isinstance(are, Unknown) else not are
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _number(operator, left, right)
    return UNKNOWN


def _number(operator: str, left: float, right: float) -> object:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*" if abs(left) < 1e12 and abs(right) < 1e12:
            return left * right
        case "<":
            return left < right
        case ">":
            return left > right
        case _:
            return UNKNOWN


def method(on: object, name: str, args: tuple[object, ...]) -> object:
    """What a method of a text or a list gives; UNKNOWN where it is none of those known here."""
    if isinstance(on, EngineName) or name == "includes":
        return _includes(on, name, args)
    if isinstance(on, str):
        return _of_text(on, name, args)
    if isinstance(on, list):
        return _of_list(on, name, args)
    return UNKNOWN


def _includes(on: object, name: str, args: tuple[object, ...]) -> object:
    given = args[0] if args else None
    if isinstance(on, EngineName):
        if name in ("toLowerCase", "toString"):
            return on
        is_asked = name in ("startsWith", "includes") and isinstance(given, str)
        return any(str(given) in word for word in _WORDS[on.engine]) if is_asked else UNKNOWN
    if isinstance(on, list):
        found = [same(each, given) for each in on]
        if True in found:
            return True
        return UNKNOWN if any(isinstance(each, Unknown) for each in found) else False
    return given in on if isinstance(on, str) and isinstance(given, str) else UNKNOWN


def _of_text(on: str, name: str, args: tuple[object, ...]) -> object:
    if name == "trim":
        return _trimmed(on)
    texts = [each for each in args if isinstance(each, str)]
    make = _OF_TEXTS.get((name, len(args)))
    if make is None or len(texts) != len(args):
        return UNKNOWN
    return make(on, *texts)


def _split(on: str, mark: str) -> object:
    return list(on.split(mark)) if mark and on.count(mark) < MOST_PARTS else UNKNOWN


def _replaced(on: str, old: str, new: str) -> object:
    return UNKNOWN if "$" in new else on.replace(old, new, 1)


def _all_replaced(on: str, old: str, new: str) -> object:
    if not old or "$" in new or len(on) * (len(new) + 1) > MOST_CHARACTERS:
        return UNKNOWN
    return on.replace(old, new)


_OF_TEXTS: dict[tuple[str, int], Callable[..., object]] = {
    ("toLowerCase", 0): str.lower,
    ("toUpperCase", 0): str.upper,
    ("toString", 0): lambda on: on,
    ("trimEnd", 0): str.rstrip,
    ("split", 1): _split,
    ("concat", 1): lambda on, more: on + more,
    ("startsWith", 1): str.startswith,
    ("endsWith", 1): str.endswith,
    ("replace", 2): _replaced,
    ("replaceAll", 2): _all_replaced,
}
"""What methods of texts give, by name and number of arguments."""


def _trimmed(text: str) -> str:
    kept = text.strip()
    if not isinstance(text, Written):
        return kept
    found = Written(kept)
    found.start = text.start + len(text) - len(text.lstrip())
    found.end = found.start + len(kept)
    return found


def _of_list(on: list[object], name: str, args: tuple[object, ...]) -> object:
    if name == "join" and len(args) < 2:
        mark = args[0] if args else ","
        return _joined(on, mark) if isinstance(mark, str) else UNKNOWN
    if len(on) + len(args) >= MOST_PARTS:
        return UNKNOWN
    match name, args:
        case "concat", _:
            return _flat([*on, *args])
        case "flat" | "slice" | "reverse", ():
            if name == "reverse":
                on.reverse()
            return _flat(on) if name == "flat" else list(on)
        case "push", _:
            on.extend(args)
            return len(on)
        case _:
            return UNKNOWN


def _flat(parts: list[object]) -> object:
    found: list[object] = []
    for each in parts:
        if isinstance(each, list) and len(found) + len(each) < MOST_PARTS:
            found.extend(each)
        else:
            found.append(each)
    return found


def _joined(parts: list[object], mark: str) -> object:
    texts = [text_in_template(each) for each in parts]
    known = [each for each in texts if each is not None]
    if len(known) != len(texts) or sum(map(len, known)) + len(mark) * len(known) > MOST_CHARACTERS:
        return UNKNOWN
    return mark.join(known)
