"""Django's expressions and conditions (`F`, `Q`, functions) as SQL.

What cannot be told becomes a call of a function `?`: it parses, it is nobody's function, and it is
no constant.

Source: the `as_sql` of django/db/models/{expressions,lookups,query_utils}.py and
django/db/models/functions of Django 5.2.
"""

from collections.abc import Callable, Mapping

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.django.fields import Field, field_of
from launchready.steps.migration_check.frameworks.django.literals import literal, quoted
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.types import type_of
from launchready.steps.migration_check.frameworks.python.values import Called, Combined

_FUNCTIONS: Mapping[str, str] = {
    "Lower": "LOWER", "Upper": "UPPER", "Coalesce": "COALESCE", "Length": "LENGTH", "Abs": "ABS",
    "Trim": "BTRIM", "LTrim": "LTRIM", "RTrim": "RTRIM", "Left": "LEFT", "Right": "RIGHT",
    "Substr": "SUBSTRING", "Greatest": "GREATEST", "Least": "LEAST", "NullIf": "NULLIF",
    "Round": "ROUND", "Floor": "FLOOR", "Ceil": "CEILING", "MD5": "MD5", "Replace": "REPLACE",
    "Reverse": "REVERSE", "Mod": "MOD", "Power": "POWER", "Sqrt": "SQRT", "Concat": "CONCAT",
    "Now": "STATEMENT_TIMESTAMP", "Random": "RANDOM", "RandomUUID": "GEN_RANDOM_UUID",
    "TransactionNow": "CURRENT_TIMESTAMP", "Upcase": "UPPER", "StrIndex": "STRPOS",
}  # fmt: skip

_COMPARES: Mapping[str, str] = {"exact": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=",
    "contained_by": "<@", "has_key": "?", "overlap": "&&", "regex": "~",
    "iregex": "~*"}  # fmt: skip
_LIKES: Mapping[str, tuple[str, str]] = {"contains": ("%", "%"), "startswith": ("", "%"),
    "endswith": ("%", "")}  # fmt: skip
_LOOKUPS = frozenset({*_COMPARES, *_LIKES, "isnull", "in", "range", "iexact", "icontains",
    "istartswith", "iendswith"})  # fmt: skip
_PARTS = frozenset({"year", "month", "day", "hour", "minute", "second", "week", "quarter"})
_OPERATORS = frozenset({"+", "-", "*", "/", "%", "^"})


def unreadable(state: State) -> str:
    """The expression that stands for one that cannot be told."""
    return f"{state.world.quote('?')}()" if state.world.engine is Engine.POSTGRESQL else "unknown()"


def expression(value: object, model: Model, state: State, *, is_name: bool = True) -> str:
    """An expression as SQL; a text is the name of a field where `is_name`, else a literal."""
    if isinstance(value, str) and is_name:
        return _column(value, model, state)
    if isinstance(value, Combined):
        return _combined(value, model, state)
    if not isinstance(value, Called):
        return literal(value, state.world.engine) or unreadable(state)
    return _called(value, model, state)


def condition(value: object, model: Model, state: State) -> str:
    """A `Q`, or an expression that is a condition, as SQL."""
    if isinstance(value, Combined) and value.operator == "~":
        return f"NOT ({condition(value.right, model, state)})"
    if isinstance(value, Combined) and value.operator in ("&", "|"):
        joint = " AND " if value.operator == "&" else " OR "
        sides = (condition(each, model, state) for each in (value.left, value.right))
        return f"({joint.join(sides)})"
    if isinstance(value, Called) and value.last == "Q":
        return _q(value, model, state)
    if isinstance(value, Called) and value.last in ("RawSQL", "Exact", "GreaterThan"):
        return expression(value, model, state)
    if isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[0], str):
        return _lookup(value[0], value[1], model, state)
    return unreadable(state)


def _column(name: str, model: Model, state: State) -> str:
    first, *rest = name.split("__")
    column = state.world.quote(model.field_named(first).column)
    if not rest:
        return column
    if len(rest) == 1 and rest[0] in _PARTS:
        return f"EXTRACT({rest[0].upper()} FROM {column})"
    if model.field_named(first).kind in ("JSONField", "HStoreField"):
        return f"({column} -> {quoted('.'.join(rest), state.world.engine)})"
    return unreadable(state)


def _combined(value: Combined, model: Model, state: State) -> str:
    if value.operator in ("&", "|", "~"):
        return condition(value, model, state)
    right = expression(value.right, model, state, is_name=False)
    if value.left is None:
        return f"(-{right})" if value.operator == "-" else unreadable(state)
    left = expression(value.left, model, state, is_name=False)
    return (
        f"({left} {value.operator} {right})" if value.operator in _OPERATORS else unreadable(state)
    )


def _called(value: Called, model: Model, state: State) -> str:
    known = _READERS.get(value.last)
    if known is not None:
        found = known(value, model, state)
    elif value.last in _FUNCTIONS and value.is_whole:
        found = _function(_FUNCTIONS[value.last], value, model, state)
    else:
        found = None
    return found or unreadable(state)


def _f(value: Called, model: Model, state: State) -> str | None:
    name = value.argument("name", 0)
    return _column(name, model, state) if isinstance(name, str) else None


def _value(value: Called, model: Model, state: State) -> str | None:
    return literal(value.argument("value", 0), state.world.engine)


def _raw(value: Called, model: Model, state: State) -> str | None:
    text = value.argument("sql", 0)
    is_plain = isinstance(text, str) and "%" not in text.replace("%%", "")
    return f"({text})" if is_plain else None


def _func(value: Called, model: Model, state: State) -> str | None:
    name = value.kwargs.get("function")
    return _function(name, value, model, state) if isinstance(name, str) else None


def _function(name: str, value: Called, model: Model, state: State) -> str:
    if not name.replace("_", "a").replace(".", "a").isalnum():
        return unreadable(state)
    is_names = [isinstance(each, str) for each in value.args]
    args = [
        expression(each, model, state, is_name=n)
        for each, n in zip(value.args, is_names, strict=True)
    ]
    if name == "CURRENT_TIMESTAMP":
        return name
    if name == "STATEMENT_TIMESTAMP" and state.world.engine is not Engine.POSTGRESQL:
        return "CURRENT_TIMESTAMP"
    return f"{name}({', '.join(args)})"


def _cast(value: Called, model: Model, state: State) -> str:
    output = value.argument("output_field", 1)
    if not value.args or not isinstance(output, Called):
        return unreadable(state)
    inner = expression(value.args[0], model, state)
    return f"({inner})::{type_of(field_of('', output), model, state)}"


def _q(value: Called, model: Model, state: State) -> str:
    parts = [condition(each, model, state) for each in value.args]
    parts += [
        _lookup(name, each, model, state)
        for name, each in value.kwargs.items()
        if not name.startswith("_")
    ]
    joint = " OR " if value.kwargs.get("_connector") == "OR" else " AND "
    joined = joint.join(parts) or "true"
    joined = f"({joined})" if len(parts) > 1 else joined
    return f"NOT ({joined})" if value.kwargs.get("_negated") is True else joined


def _lookup(name: str, value: object, model: Model, state: State) -> str:
    path, mark, lookup = name.rpartition("__")
    if not mark or lookup not in _LOOKUPS:
        path, lookup = name, "exact"
    left = _column(path, model, state)
    field = model.field_named(path)
    if value is None or lookup == "isnull":
        is_null = value is True if lookup == "isnull" else lookup == "exact"
        return f"{left} IS {'NULL' if is_null else 'NOT NULL'}"
    if lookup == "exact" and isinstance(value, bool):
        return left if value else f"NOT {left}"
    if lookup in ("in", "range"):
        return _several(left, lookup, value, state)
    is_text = isinstance(value, str) and field.kind not in ("ArrayField", "JSONField")
    if is_text and (likeness := _likeness(left, lookup, str(value), state.world.engine)):
        return likeness
    right, operator = _operand(value, field, model, state), _COMPARES.get(lookup)
    return f"{left} {operator} {right}" if operator and right else unreadable(state)


def _likeness(left: str, lookup: str, value: str, engine: Engine) -> str:
    """A comparison of texts by LIKE or without regard to case; empty for any other."""
    if lookup == "iexact":
        return f"UPPER({left}::text) = UPPER({quoted(value, engine)})"
    if lookup not in _LIKES:
        return ""
    before, after = _LIKES[lookup]
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{left}::text LIKE {quoted(before + escaped + after, engine)}"


def _operand(value: object, field: Field, model: Model, state: State) -> str:
    if isinstance(value, int) and type_of(field, model, state).startswith(("varchar", "text")):
        value = str(value)
    if isinstance(value, Called) and value.last == "Decimal" and len(value.args) == 1:
        return str(value.args[0]) if _is_number(value.args[0]) else unreadable(state)
    return expression(value, model, state, is_name=False)


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return True


def _several(left: str, lookup: str, value: object, state: State) -> str:
    if not isinstance(value, list | tuple | frozenset) or not value:
        return unreadable(state)
    parts = [literal(each, state.world.engine) for each in value]
    if None in parts:
        return unreadable(state)
    known = [each for each in parts if each is not None]
    if lookup == "range" and len(known) == 2:
        return f"{left} BETWEEN {known[0]} AND {known[1]}"
    return f"{left} IN ({', '.join(known)})"


_READERS: Mapping[str, Callable[[Called, Model, State], str | None]] = {
    "F": _f,
    "Value": _value,
    "Q": _q,
    "RawSQL": _raw,
    "Cast": _cast,
    "Func": _func,
}
