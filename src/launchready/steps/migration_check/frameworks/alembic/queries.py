"""SQLAlchemy's INSERT, UPDATE and DELETE, built by calls, as SQL."""

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.alembic.expressions import (
    clause,
    literal,
    unreadable,
)
from launchready.steps.migration_check.frameworks.alembic.types import quoted
from launchready.steps.migration_check.frameworks.python.values import Called

_LONGEST = 30
_VERBS = frozenset({"update", "delete", "insert"})


def query(value: object, engine: Engine) -> str | None:
    """The SQL of a query; empty for one that only reads, None for what is none."""
    chain: dict[str, Called] = {}
    while isinstance(value, Called) and len(chain) < _LONGEST:
        chain.setdefault(value.last, value)
        if value.last == "select":
            return ""
        if value.last in _VERBS:
            return _sql(value, chain, engine)
        value = value.on
    return None


def _sql(verb: Called, chain: dict[str, Called], engine: Engine) -> str | None:
    table = _table(verb.on if verb.on is not None else next(iter(verb.args), None))
    if table is None:
        return None
    name, pairs = quoted(table, engine), _pairs(chain.get("values", verb))
    if verb.last == "delete":
        return f"DELETE FROM {name}{_where(chain, engine)}"
    if not pairs:
        return None
    columns = [quoted(each, engine) for each in pairs]
    values = [_value(each, engine) for each in pairs.values()]
    if verb.last == "insert":
        return f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join(values)})"
    sets = ", ".join(f"{c} = {v}" for c, v in zip(columns, values, strict=True))
    return f"UPDATE {name} SET {sets}{_where(chain, engine)}"


def _pairs(given: Called) -> dict[str, object]:
    pairs = dict(given.kwargs)
    for each in given.args:
        if isinstance(each, dict):
            pairs.update((str(key), value) for key, value in each.items())
    return pairs


def _where(chain: dict[str, Called], engine: Engine) -> str:
    is_filtered = any(name in chain for name in ("where", "filter", "filter_by"))
    return f" WHERE {unreadable(engine)}" if is_filtered else ""


def _value(value: object, engine: Engine) -> str:
    return literal(value, engine) if isinstance(value, str) else clause(value, engine)


def _table(value: object) -> str | None:
    if isinstance(value, Called) and value.last in ("table", "Table"):
        name, schema = value.argument("name", 0), value.kwargs.get("schema")
        if isinstance(name, str):
            return f"{schema}.{name}" if isinstance(schema, str) else name
    return None
