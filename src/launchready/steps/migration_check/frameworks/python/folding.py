"""The few operations on literals that migrations are written with, carried out on them."""

import json
from textwrap import dedent

from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.python.values import UNKNOWN, is_known

MOST_TEXT = 1 << 20
"""Characters that a folded text may have: a migration that builds more is not followed."""
MOST_ITEMS = 10_000
"""Items that a folded list may have."""

_REACHES = Regex(
    r"%[^a-zA-Z%]{0,20}(?:\d{4}|\*)|\{[^{}]{0,99}[.\[\]*]|\{[^{}]{0,99}:[^{}]{0,20}\d{4}|\{[^{}]{0,99}\{(?!\{)"
)

_PLAIN = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "replace", "removeprefix",
                    "removesuffix", "title", "split", "splitlines"})  # fmt: skip


def binary(operator: str, left: object, right: object) -> object:
    """Two literals that an operator joins; UNKNOWN where that is not followed."""
    if isinstance(left, str) and operator == "%":
        return _formatted(left, right) if is_known(right) else UNKNOWN
    if isinstance(left, int) and isinstance(right, int) and abs(left) < 1 << 40 > abs(right):
        return _number(operator, left, right)
    return _joined(left, right) if operator == "+" else UNKNOWN


def _joined(left: object, right: object) -> object:
    if isinstance(left, str) and isinstance(right, str):
        return left + right if len(left) + len(right) < MOST_TEXT else UNKNOWN
    if isinstance(left, list) and isinstance(right, list):
        return [*left, *right] if len(left) + len(right) < MOST_ITEMS else UNKNOWN
    if isinstance(left, tuple) and isinstance(right, tuple):
        return (*left, *right) if len(left) + len(right) < MOST_ITEMS else UNKNOWN
    return UNKNOWN


def _number(operator: str, left: int, right: int) -> object:
    if operator in ("+", "-"):
        return left + right if operator == "+" else left - right
    return left * right if operator == "*" else UNKNOWN


def method(base: object, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
    """A method of a text, or `values` and its like of a dict."""
    if isinstance(base, dict) and not args and name in ("items", "keys", "values"):
        pairs = list(base.items())
        return pairs if name == "items" else [pair[name == "values"] for pair in pairs]
    if not isinstance(base, str) or not is_known(args) or not is_known(kwargs):
        return UNKNOWN
    if name == "join":
        return _parts(base, args[0]) if len(args) == 1 else UNKNOWN
    try:
        return _of_text(base, name, args, kwargs)
    except (TypeError, ValueError, LookupError, AttributeError):
        return UNKNOWN


def _parts(base: str, given: object) -> object:
    if not isinstance(given, list | tuple | frozenset):
        return UNKNOWN
    parts = [str(each) for each in given]
    size = sum(map(len, parts)) + len(base) * len(parts)
    return base.join(parts) if size < MOST_TEXT else UNKNOWN


def _of_text(base: str, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
    if name == "format":
        return base.format(*args, **kwargs) if _is_bounded(base, args, kwargs) else UNKNOWN
    if kwargs or len(base) >= MOST_TEXT or len(str(args)) >= 1000:
        return UNKNOWN
    return getattr(base, name)(*args) if name in _PLAIN else UNKNOWN


def function(path: str, args: tuple[object, ...]) -> object:
    """A call of a function that makes one value of another, without looking elsewhere."""
    if len(args) != 1 or not path:
        return UNKNOWN
    (only,) = args
    last = path.rpartition(".")[2]
    if isinstance(only, str):
        # `op.f` is Alembic's mark of a name that no naming convention changes.
        is_same = path == "str" or (last == "f" and path.endswith(".f"))
        return only if is_same else dedent(only) if last == "dedent" else UNKNOWN
    if path == "str" and isinstance(only, int):
        return str(only)
    if path in ("list", "tuple", "set", "frozenset", "sorted") and is_known(only):
        return list(only) if isinstance(only, list | tuple | frozenset) else UNKNOWN
    return _document(only) if path == "json.dumps" and is_known(only) else UNKNOWN


def _document(value: object) -> object:
    try:
        return json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return UNKNOWN


def _formatted(template: str, given: object) -> object:
    try:
        return template % given if _is_bounded(template, given) else UNKNOWN
    except (TypeError, ValueError, KeyError, OverflowError, MemoryError):
        return UNKNOWN


def _is_bounded(template: str, *given: object) -> bool:
    """Whether the filled template stays small, and reaches into no object.

    A width (`%999999d`) blows it up as well as a long text that it names often.
    """
    holes = template.count("%") + template.count("{")
    size = len(template) + holes * len(str(given)) if len(template) < MOST_TEXT else MOST_TEXT
    return size < 4 * MOST_TEXT and not _REACHES.search(template)
