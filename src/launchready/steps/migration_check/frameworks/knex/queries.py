"""Knex's query builder: the rows that a migration writes, as SQL that says which table and columns.

What a condition compares is kept where it is plain; one that cannot be told stays a placeholder.
"""

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.javascript.sql import CONDITION, dotted, literal
from launchready.steps.migration_check.frameworks.javascript.values import Link, links_of
from launchready.steps.migration_check.frameworks.knex.raws import raw_text, value_text

WRITES = frozenset({"insert", "update", "del", "delete", "truncate", "increment", "decrement",
                    "batchInsert", "upsert"})  # fmt: skip
_FROM = frozenset({"", "from", "into", "table"})
_CONDITIONS = ("where", "andWhere", "orWhere", "having")
_MOST_ROWS = 50
_SIGNS = ("=", "<", ">", "<=", ">=", "<>", "!=")


def is_query(links: list[Link]) -> bool:
    """Whether a chain is one of the query builder's."""
    return any(each.name in WRITES or each.name in _FROM for each in links) or links[0].name in (
        "select", "with", "queryBuilder", "count", "first", "distinct", "column", "withSchema",
    )  # fmt: skip


def query(links: list[Link], engine: Engine) -> str | None:
    """The SQL of a query; empty for one that only reads, None where it cannot be told."""
    verb = next((each for each in links if each.name in WRITES), None)
    if verb is None:
        return ""
    table = next((each.argument(0) for each in links if each.name in _FROM), None)
    if verb.name == "batchInsert":
        table = verb.argument(0)
    if not isinstance(table, str):
        return None
    schema = next((each.argument(0) for each in links if each.name == "withSchema"), None)
    name = table.partition(" as ")[0]
    name = dotted(f"{schema}.{name}" if isinstance(schema, str) else name, engine)
    match verb.name:
        case "insert" | "batchInsert" | "upsert":
            at = 1 if verb.name == "batchInsert" else 0
            return _insert(name, verb.argument(at), links, engine)
        case "del" | "delete":
            return " ".join(filter(None, (f"delete from {name}", _wheres(links, engine))))
        case "truncate":
            end = " restart identity" if engine is Engine.POSTGRESQL else ""
            return f"truncate {name}{end}"
        case _:
            return _update(name, verb, links, engine)


def _insert(name: str, given: object, links: list[Link], engine: Engine) -> str | None:
    rows = given if isinstance(given, list) else [given]
    known = [each for each in rows if isinstance(each, dict)][:_MOST_ROWS]
    if not known or len(known) != min(len(rows), _MOST_ROWS):
        return None
    keys = sorted({key for each in known for key in each})
    columns = ", ".join(dotted(each, engine) for each in keys)
    lines = (", ".join(value_text(row.get(key), engine) for key in keys) for row in known)
    sql = f"insert into {name} ({columns}) values {', '.join(f'({line})' for line in lines)}"
    names = {each.name for each in links}
    if "ignore" in names and engine is Engine.POSTGRESQL:
        sql += " on conflict do nothing"
    return sql


def _update(name: str, verb: Link, links: list[Link], engine: Engine) -> str | None:
    given = verb.argument(0)
    if verb.name in ("increment", "decrement"):
        given = {given: verb.argument(1)} if isinstance(given, str) else given
    elif isinstance(given, str):
        given = {given: verb.argument(1)}
    if not isinstance(given, dict) or not given:
        return None
    sets = []
    for key, value in given.items():
        column = dotted(key, engine)
        sign = {"increment": "+", "decrement": "-"}.get(verb.name)
        said = value_text(value, engine) if sign is None or value is not None else "1"
        sets.append(f"{column} = {f'{column} {sign} ' if sign else ''}{said}")
    return " ".join(filter(None, (f"update {name} set {', '.join(sets)}", _wheres(links, engine))))


def where(value: object, engine: Engine) -> str:
    """The condition of a query that stands for one, as an index's `predicate` does."""
    return _wheres(links_of(value)[1], engine) or f"where {CONDITION}"


def _wheres(links: list[Link], engine: Engine) -> str:
    parts = [_where(each, engine) for each in links if each.name.startswith(_CONDITIONS)]
    return f"where {' and '.join(parts)}" if parts else ""


def _where(link: Link, engine: Engine) -> str:
    column = link.argument(0)
    kind = link.name.lower().removeprefix("and").removeprefix("or")
    if kind == "whereraw":
        return raw_text(link, engine) or CONDITION
    if isinstance(column, dict) and column and kind == "where":
        return " and ".join(
            f"{dotted(key, engine)} = {value_text(value, engine)}" for key, value in column.items()
        )
    return (
        _compared(kind, dotted(column, engine), link, engine)
        if isinstance(column, str)
        else (CONDITION)
    )


def _compared(kind: str, name: str, link: Link, engine: Engine) -> str:
    args = link.args or ()
    if kind in ("wherenull", "wherenotnull"):
        return f"{name} is {'not ' if kind == 'wherenotnull' else ''}null"
    if kind == "where" and len(args) in (2, 3):
        sign = args[1] if len(args) == 3 else "="
        return f"{name} {sign} {value_text(args[-1], engine)}" if sign in _SIGNS else CONDITION
    values = link.argument(1)
    if kind == "wherein" and isinstance(values, list) and values:
        return f"{name} in ({', '.join(literal(each, engine) for each in values[:_MOST_ROWS])})"
    return CONDITION
