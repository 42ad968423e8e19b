"""The keys of an index as SQL: columns, and expressions with their order and operator class.

Source: `IndexExpression` of django/db/models/indexes.py of Django 5.2.
"""

from launchready.steps.migration_check.frameworks.django.conditions import expression
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.python.values import Called


def key(value: object, model: Model, state: State) -> str:
    """An expression as a key of an index: in parentheses unless it is a column."""
    ending = ""
    for _ in range(4):
        if not isinstance(value, Called):
            break
        if value.path in ("().desc", "().asc") and value.on is not None:
            ending = f"{' DESC' if value.path == '().desc' else ''}{_nulls(value)}{ending}"
            value = value.on
        elif value.last == "OrderBy" and value.args:
            ending = f"{' DESC' if value.kwargs.get('descending') is True else ''}{_nulls(value)}"
            value = value.args[0]
        elif value.last == "OpClass" and value.args:
            name = value.argument("name", 1)
            ending = f" {name}{ending}" if isinstance(name, str) else ending
            value = value.args[0]
        elif value.last == "Collate" and value.args:
            name = value.argument("collation", 1)
            quote = state.world.quote(name) if isinstance(name, str) else "?"
            return f"({expression(value.args[0], model, state)}) COLLATE {quote}{ending}"
        else:
            break
    found = expression(value, model, state)
    is_column = isinstance(value, str) or (isinstance(value, Called) and value.last == "F")
    return f"{found if is_column else f'({found})'}{ending}"


def _nulls(value: Called) -> str:
    if value.kwargs.get("nulls_last") is True:
        return " NULLS LAST"
    return " NULLS FIRST" if value.kwargs.get("nulls_first") is True else ""
