"""Expressions and queries in PostgreSQL's trees: what they call, read and compare."""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from launchready.facts.schema import Expression
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import name_of, relation, type_of

_TIMES = ("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP")
_CHANGES = frozenset({"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"})
_NAMES_ONLY = frozenset({"typeName", "TypeName", "funcname", "name", "opclass", "collname"})


class Seen(NamedTuple):
    """What a tree holds, each once and in order. `changes` are statements in it that change rows.

    `columns` are named without their table; `has_limit` says that something in it has a LIMIT.
    """

    functions: tuple[str, ...]
    columns: tuple[str, ...]
    relations: tuple[str, ...]
    literals: tuple[str, ...]
    changes: tuple[tuple[str, Node], ...]
    has_limit: bool
    is_star: bool


class _Seeing:
    """What has been seen so far; a method for each kind of node that tells something."""

    def __init__(self) -> None:
        self.functions: dict[str, None] = {}
        self.columns: dict[str, None] = {}
        self.relations: dict[str, None] = {}
        self.literals: dict[str, None] = {}
        self.hidden: set[str] = set()
        self.changes: list[tuple[str, Node]] = []
        self.has_limit = self.is_star = False

    def call(self, node: Node) -> None:
        self.functions[name_of(node["funcname"])] = None

    def column(self, node: Node) -> None:
        last = node["fields"][-1]
        if "String" in last:
            self.columns[last["String"].get("sval", "")] = None
        else:
            self.is_star = True

    def const(self, node: Node) -> None:
        if "sval" in node:
            self.literals[node["sval"].get("sval", "")] = None

    def relation(self, node: Node) -> None:
        self.relations[relation(node)] = None

    def hide(self, node: Node) -> None:
        self.hidden.add(node.get("ctename", ""))

    def value_function(self, node: Node) -> None:
        self.functions[value_function(node)] = None

    def limit(self, node: Node) -> None:
        self.has_limit = True


_LEAVES: dict[str, Callable[[_Seeing, Node], None]] = {
    "ColumnRef": _Seeing.column,
    "A_Const": _Seeing.const,
    "RangeVar": _Seeing.relation,
    "SQLValueFunction": _Seeing.value_function,
}
"""Nodes in which nothing else stands that tells."""

_TELLING: dict[str, Callable[[_Seeing, Node], None]] = {
    "FuncCall": _Seeing.call,
    "CommonTableExpr": _Seeing.hide,
    "limitCount": _Seeing.limit,
}


def seen_in(*trees: Any) -> Seen:
    """What trees hold. Iterative, because trees may be as deep as the parser allows."""
    seeing = _Seeing()
    pending: list[Any] = [tree for tree in reversed(trees) if tree]
    while pending:
        node = pending.pop()
        if type(node) is list:
            pending.extend(reversed(node))
            continue
        for key, value in reversed(node.items()):
            if type(value) is not dict and type(value) is not list:
                continue
            if key in _LEAVES:
                _LEAVES[key](seeing, cast("Node", value))
            elif key in _CHANGES:
                seeing.changes.append((key, cast("Node", value)))
            elif key not in _NAMES_ONLY:
                pending.append(value)
                if key in _TELLING:
                    _TELLING[key](seeing, cast("Node", value))
    return Seen(
        functions=tuple(seeing.functions),
        columns=tuple(seeing.columns),
        relations=tuple(name for name in seeing.relations if name not in seeing.hidden),
        literals=tuple(seeing.literals),
        changes=tuple(seeing.changes),
        has_limit=seeing.has_limit,
        is_star=seeing.is_star,
    )


def value_function(node: Node) -> str:
    """The function that stands behind CURRENT_TIMESTAMP and its like, which have no brackets."""
    word = node.get("op", "").removeprefix("SVFOP_").removesuffix("_N")
    if word in _TIMES:
        return "now"
    return "current_database" if word == "CURRENT_CATALOG" else str(word.lower())


def expression(node: Node, sql: str) -> Expression:
    """An expression with the text that it is written as."""
    if "A_Const" in node:  # most defaults are a literal
        return Expression(sql=sql, is_constant=True, is_null=bool(node["A_Const"].get("isnull")))
    if "FuncCall" in node and not node["FuncCall"].get("args"):  # now(), gen_random_uuid()
        return Expression(sql=sql, functions=(name_of(node["FuncCall"]["funcname"]),))
    seen = seen_in(node)
    casts_to = str(type_of(node["TypeCast"]["typeName"])) if "TypeCast" in node else ""
    return Expression(
        sql=sql,
        functions=seen.functions,
        columns=seen.columns,
        is_constant=is_constant(node),
        is_null=is_null(node),
        casts_to=casts_to,
    )


def is_constant(node: Node) -> bool:
    """Whether a tree is a literal, perhaps cast, or an array or row of them."""
    if "A_Const" in node:
        return True
    if "TypeCast" in node:
        return is_constant(node["TypeCast"].get("arg", {}))
    if "A_ArrayExpr" in node:
        return all(map(is_constant, node["A_ArrayExpr"].get("elements", ())))
    if "RowExpr" in node:
        return all(map(is_constant, node["RowExpr"].get("args", ())))
    if "A_Expr" in node and "lexpr" not in node["A_Expr"]:
        return is_constant(node["A_Expr"].get("rexpr", {}))
    return False


def is_null(node: Node) -> bool:
    """Whether a tree is NULL, perhaps cast."""
    while "TypeCast" in node:
        node = node["TypeCast"].get("arg", {})
    return bool(node.get("A_Const", {}).get("isnull"))


def literal(node: Node) -> str | None:
    """The text of a literal, perhaps cast; None of anything else and of NULL."""
    while "TypeCast" in node:
        node = node["TypeCast"].get("arg", {})
    const = node.get("A_Const")
    if const is None or const.get("isnull"):
        return None
    if "sval" in const:
        return str(const["sval"].get("sval", ""))
    if "ival" in const:
        return str(const["ival"].get("ival", 0))
    if "fval" in const:
        return str(const["fval"].get("fval", ""))
    if "boolval" in const:
        return "true" if const["boolval"].get("boolval") else "false"
    return str(const.get("bsval", {}).get("bsval", ""))
