"""Queries, and statements that change rows, in PostgreSQL's trees."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from launchready.facts.acts import Act, Change, Select, SetVariable, Truncate, Where
from launchready.steps.migration_check.parsing.postgres.conditions import Condition, condition
from launchready.steps.migration_check.parsing.postgres.expressions import (
    Seen,
    literal,
    seen_in,
)
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import name_of, relation
from launchready.steps.migration_check.parsing.postgres.source import Source, first_location
from launchready.steps.migration_check.parsing.postgres.tables import created_by_query

_STRENGTHS = {
    "LCS_FORKEYSHARE": "FOR KEY SHARE",
    "LCS_FORSHARE": "FOR SHARE",
    "LCS_FORNOKEYUPDATE": "FOR NO KEY UPDATE",
    "LCS_FORUPDATE": "FOR UPDATE",
}
_WAITS = {"LockWaitError": " NOWAIT", "LockWaitSkip": " SKIP LOCKED"}
Acts = tuple[tuple[int, Act], ...]


def select(node: Node, source: Source) -> Acts:
    """A query; `SELECT … INTO` makes a table, `set_config` sets a variable."""
    seen = seen_in(node)
    acts = list(_inner(seen, source))
    into = node.get("intoClause") or node.get("larg", {}).get("intoClause")
    if into:
        return (*acts, (0, created_by_query(into, node)))
    calls = [each["ResTarget"]["val"].get("FuncCall", {}) for each in node.get("targetList", ())]
    settings = [setting for call in calls if (setting := _setting(call))]
    acts.extend((0, setting) for setting in settings)
    if settings and len(settings) == len(calls) and "fromClause" not in node:
        return tuple(acts)
    acts.append((0, _query(node, seen, calls)))
    return tuple(acts)


def _query(node: Node, seen: Seen, calls: Iterable[Node]) -> Select:
    arguments = [
        text
        for call in (*calls, *_table_functions(node))
        for each in call.get("args", ())
        if (text := literal(each)) is not None
    ]
    locks = ""
    for each in node.get("lockingClause", ()):
        clause = each["LockingClause"]
        locks = _STRENGTHS.get(clause["strength"], "") + _WAITS.get(clause.get("waitPolicy"), "")
    return Select(
        reads=seen.relations,
        functions=seen.functions,
        arguments=tuple(arguments),
        values=seen.literals,
        locks=locks,
    )


def _table_functions(node: Node) -> Iterator[Node]:
    """Functions that stand in FROM."""
    for each in node.get("fromClause", ()):
        for function in each.get("RangeFunction", {}).get("functions", ()):
            for part in function.get("List", {}).get("items", ()):
                if "FuncCall" in part:
                    yield part["FuncCall"]


def _setting(call: Node) -> SetVariable | None:
    if name_of(call.get("funcname", ())) != "set_config" or len(call.get("args", ())) != 3:
        return None
    name, value, is_local = map(literal, call["args"])
    if name is None:
        return None
    return SetVariable(name=name.lower(), value=value or "", is_local=is_local == "true")


def call(node: Node, source: Source) -> Act:
    """`CALL`, as the query that runs the same function."""
    inside = node["funccall"]
    seen = seen_in({"FuncCall": inside})
    arguments = tuple(
        text for each in inside.get("args", ()) if (text := literal(each)) is not None
    )
    return Select(functions=seen.functions, arguments=arguments, values=seen.literals)


def update(node: Node, source: Source) -> Acts:
    """`UPDATE`."""
    sources = (node.get("fromClause", []), node.get("withClause", {}))
    return _changed("UPDATE", node, source, node.get("targetList", ()), sources)


def delete(node: Node, source: Source) -> Acts:
    """`DELETE`."""
    sources = (node.get("usingClause", []), node.get("withClause", {}))
    return _changed("DELETE", node, source, (), sources)


def _changed(
    verb: str, node: Node, source: Source, targets: Iterable[Node], sources: tuple[Any, ...]
) -> Acts:
    where = node.get("whereClause")
    has_limit = any(sources) and seen_in(*sources).has_limit
    seen = seen_in(list(targets), *sources, where or {})
    found = condition(where, has_limit=has_limit)
    is_joined = found.is_join and _is_of_tables(sources[0])
    act = _change(verb, node, targets, seen, found, is_joined=is_joined)
    return (*_inner(seen, source), (0, act))


def _is_of_tables(sources: Iterable[Node]) -> bool:
    """Whether rows come from tables themselves, all of their rows, and nothing that picks some."""
    return bool(sources) and all("RangeVar" in each for each in sources)


def insert(node: Node, source: Source) -> Acts:
    """`INSERT`; what a conflict updates counts among its columns."""
    query = node.get("selectStmt", {})
    rows = query.get("SelectStmt", {})
    conflict = node.get("onConflictClause", {})
    seen = seen_in(query, node.get("withClause", {}), conflict)
    is_of_values = "valuesLists" in rows or not query
    others = conflict.get("targetList", ())
    found = Condition(where=Where.SOME, is_bounded=is_of_values or seen.has_limit)
    is_limited = is_of_values or "fromClause" not in rows
    act = _change(
        "INSERT",
        node,
        node.get("cols", ()),
        seen,
        found,
        others=others,
        is_of_values=is_limited,
    )
    return (*_inner(seen, source), (0, act))


def merge(node: Node, source: Source) -> Acts:
    """`MERGE`, of which each branch may change rows."""
    branches = [each["MergeWhenClause"] for each in node.get("mergeWhenClauses", ())]
    targets = [each for branch in branches for each in branch.get("targetList", ())]
    origin = {"from": [node.get("sourceRelation", {})], "with": node.get("withClause", {})}
    seen = seen_in(origin, node.get("joinCondition", {}), targets)
    joined = condition(node.get("joinCondition", {}), has_limit=seen.has_limit)
    found = Condition(where=Where.SOME, is_bounded=seen.has_limit)
    is_joined = joined.is_join and any(map(_changes_all, branches))
    is_joined = is_joined and "RangeVar" in node.get("sourceRelation", {})
    act = _change("MERGE", node, targets, seen, found, is_joined=is_joined)
    return (*_inner(seen, source), (0, act))


def _changes_all(branch: Node) -> bool:
    """Whether a branch of a MERGE changes or deletes whatever matches."""
    changes = branch.get("commandType") in ("CMD_UPDATE", "CMD_DELETE")
    return changes and "condition" not in branch


def _change(
    verb: str,
    node: Node,
    assigned: Iterable[Node],
    seen: Seen,
    found: Condition,
    *,
    others: Iterable[Node] = (),
    is_of_values: bool = False,
    is_joined: bool = False,
) -> Change:
    written = [each["ResTarget"] for each in assigned]
    names = [name for each in written if (name := each.get("name"))]
    counts = Counter(each.get("name") for each in written if "indirection" not in each)
    columns = dict.fromkeys([*names, *(each["ResTarget"].get("name", "") for each in others)])
    return Change(
        verb=verb,
        table=relation(node["relation"]),
        where=found.where,
        columns=tuple(columns),
        reads=tuple(name for name in seen.relations),
        where_columns=found.columns,
        equals=found.equals,
        functions=seen.functions,
        is_bounded=found.is_bounded or is_of_values,
        is_of_values=is_of_values,
        values=seen.literals,
        repeats=tuple(name for name, count in counts.items() if name and count > 1),
        present=found.present,
        is_joined=is_joined and not found.is_bounded,
    )


def _inner(seen: Seen, source: Source) -> Iterator[tuple[int, Act]]:
    """The changes in the WITH of a statement."""
    readers = {"InsertStmt": insert, "UpdateStmt": update, "DeleteStmt": delete}
    for kind, node in seen.changes:
        start = source.at(first_location(node) or 0)
        for offset, act in readers.get(kind, merge)(node, source):
            yield offset or start, act


def copy(node: Node, source: Source) -> Act:
    """`COPY`: into a table it is a change, out of it a query."""
    if node.get("is_from"):
        columns = tuple(each["String"].get("sval", "") for each in node.get("attlist", ()))
        table = relation(node["relation"])
        return Change(verb="COPY", table=table, columns=columns, is_of_values=True)
    if "relation" in node:
        return Select(reads=(relation(node["relation"]),))
    return Select(reads=seen_in(node.get("query", {})).relations)


def truncate(node: Node, source: Source) -> Act:
    """`TRUNCATE`."""
    tables = tuple(relation(each["RangeVar"]) for each in node["relations"])
    return Truncate(tables=tables, is_cascade=node.get("behavior") == "DROP_CASCADE")
