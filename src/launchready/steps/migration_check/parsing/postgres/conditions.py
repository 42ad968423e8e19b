"""How much of a table a condition leaves, as far as its words tell."""

from typing import Any

from launchready.facts.acts import Where
from launchready.frozen import frozen
from launchready.steps.migration_check.parsing.postgres.expressions import is_constant, seen_in
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import strings

_KEYS = frozenset({"id", "uuid", "guid", "ctid", "key", "slug", "code", "email", "pk", "name"})
"""Names of columns that are keys by themselves, or nearly."""


@frozen
class Condition:
    """A condition. `equals` are columns that it sets equal to a value; `is_bounded` says that few
    rows meet it: a list of values, a key's value, a LIMIT. `present` are columns of which it asks
    only that they are not NULL, and nothing else; `is_join` says that it only sets columns equal to
    others.
    """

    where: Where
    columns: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()
    is_bounded: bool = False
    present: tuple[str, ...] = ()
    is_join: bool = False


def condition(node: Node | None, *, has_limit: bool = False) -> Condition:
    """What a WHERE says; `has_limit` that the rest of the statement has a LIMIT."""
    if node is None:
        return Condition(where=Where.NONE, is_bounded=has_limit)
    if is_always(node):
        return Condition(where=Where.TAUTOLOGY, is_bounded=has_limit)
    seen = seen_in(node)
    equals: dict[str, None] = {}
    is_bounded = has_limit or seen.has_limit
    parts = conjuncts(node)
    for part in parts:
        if "CurrentOfExpr" in part:
            is_bounded = True
            continue
        column, is_list = _compared(part)
        if column:
            equals[column] = None
            is_bounded = is_bounded or is_list or column.lower() in _KEYS
    present = [_asked_for(part) for part in parts]
    return Condition(
        where=Where.SOME,
        columns=seen.columns,
        equals=tuple(equals),
        is_bounded=is_bounded,
        present=tuple(present) if all(present) else (),
        is_join=all(map(_is_match, parts)),
    )


def _asked_for(node: Node) -> str:
    """The column of which a condition asks that it is not NULL."""
    inside = node.get("NullTest", {})
    if inside.get("nulltesttype") != "IS_NOT_NULL":
        return ""
    last = inside["arg"].get("ColumnRef", {}).get("fields", [{}])[-1]
    name: str = last.get("String", {}).get("sval", "")
    return name


def _is_match(node: Node) -> bool:
    """Whether a condition sets a column equal to another one."""
    inside = node.get("A_Expr", {})
    if inside.get("kind") != "AEXPR_OP" or strings(inside["name"])[-1] != "=":
        return False
    return all(
        "ColumnRef" in inside.get(side, {}) and _table_of(inside[side]) != ""
        for side in ("lexpr", "rexpr")
    ) and _table_of(inside["lexpr"]) != _table_of(inside["rexpr"])


def _table_of(node: Node) -> str:
    """What a column is qualified with; "" where it is by nothing."""
    *table, _ = node["ColumnRef"]["fields"]
    return ".".join(strings(table))


def conjuncts(node: Node) -> list[Node]:
    """The parts of a condition that AND joins."""
    pending, parts = [node], []
    while pending:
        each = pending.pop()
        inside = each.get("BoolExpr", {})
        if inside.get("boolop") == "AND_EXPR":
            pending.extend(reversed(inside["args"]))
        else:
            parts.append(each)
    return parts


def is_always(node: Node) -> bool:
    """Whether a condition is true whatever the row holds (a NULL in it aside)."""
    if "A_Const" in node:
        return bool(node["A_Const"].get("boolval", {}).get("boolval"))
    if "BoolExpr" in node:
        inside = node["BoolExpr"]
        if inside["boolop"] == "NOT_EXPR":
            return "boolval" in (const := inside["args"][0].get("A_Const", {})) and not const[
                "boolval"
            ].get("boolval")
        return (all if inside["boolop"] == "AND_EXPR" else any)(map(is_always, inside["args"]))
    return _is_reflexive(node.get("A_Expr", {}))


def _is_reflexive(inside: Node) -> bool:
    """Whether an operator compares a thing with itself."""
    if inside.get("kind") != "AEXPR_OP" or "lexpr" not in inside:
        return False
    left, right = inside["lexpr"], inside["rexpr"]
    if strings(inside["name"])[-1] not in ("=", ">=", "<="):
        return False
    if left.keys() != right.keys() or _bare(left) != _bare(right):
        return False
    return not seen_in(left).functions


def _compared(node: Node) -> tuple[str, bool]:
    """The column that is set equal to a value, and whether to one of a list."""
    inside = node.get("A_Expr", {})
    kind = inside.get("kind")
    if kind not in ("AEXPR_OP", "AEXPR_IN", "AEXPR_OP_ANY"):
        return "", False
    if inside["name"][-1]["String"].get("sval") != "=":
        return "", False
    left, right = inside.get("lexpr", {}), inside.get("rexpr", {})
    if "ColumnRef" not in left:
        left, right = right, left
    last = left.get("ColumnRef", {}).get("fields", [{}])[-1]
    name: str = last.get("String", {}).get("sval", "")
    if kind == "AEXPR_IN":
        items = right.get("List", {}).get("items", ())
        return name, bool(items) and all(map(_is_value, items))
    is_list = kind == "AEXPR_OP_ANY"
    return (name, is_list) if _is_value(right) else ("", False)


def _is_value(node: Node) -> bool:
    return is_constant(node) or "ParamRef" in node


def _bare(node: Any) -> Any:
    """A tree without its places, to compare it with another."""
    if isinstance(node, list):
        return [_bare(each) for each in node]
    if isinstance(node, dict):
        return {key: _bare(value) for key, value in node.items() if key != "location"}
    return node
