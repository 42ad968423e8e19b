"""What parts of a tree say: names, types, expressions."""

from collections.abc import Iterator, Sequence
from typing import Any

from launchready.facts.schema import Expression, Type
from launchready.regex import Regex

Node = dict[str, Any]

_TOKEN: Regex[str] = Regex(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$(?s:.*?)\$\1\$|--[^\n]*|[\w.]+|\s+|(?s:.)"""
)
_ENDS = frozenset({
    "not", "null", "check", "references", "unique", "primary", "constraint", "generated",
    "collate", "default", "deferrable", "initially", "using", "on", "where", "include", "with",
    "tablespace", "add", "storage", "compression",
})  # fmt: skip
"""Words that end an expression which stands in no brackets."""
_MOST_EXPRESSION = 4_000


def string(node: Node) -> str:
    """The text of a String node."""
    text: str = node.get("String", {}).get("sval", "")
    return text


def dotted(nodes: Sequence[Node]) -> str:
    """A name of several parts, without the schema that is the default."""
    parts = [string(each) for each in nodes]
    return named(parts)


def named(parts: Sequence[str]) -> str:
    """A name of parts, as the facts have it."""
    kept = [part for part in parts if part]
    if len(kept) > 1 and kept[0] in ("public", "pg_catalog"):
        kept = kept[1:]
    return ".".join(kept)


def relation(node: Node | None) -> str:
    """The name of a RangeVar."""
    node = node or {}
    return named((node.get("schemaname", ""), node.get("relname", "")))


def listed(node: Node) -> str:
    """A name that a drop or comment gives: a list of strings, a type, a function."""
    if "List" in node:
        return dotted(node["List"].get("items", ()))
    if "TypeName" in node:
        return type_of(node["TypeName"]).name
    if "ObjectWithArgs" in node:
        return dotted(node["ObjectWithArgs"].get("objname", ()))
    return string(node)


def type_of(node: Node | None) -> Type:
    """A TypeName."""
    node = node or {}
    modifiers = tuple(
        each["A_Const"]["ival"].get("ival", 0)
        for each in node.get("typmods", ())
        if "ival" in each.get("A_Const", {})
    )
    name = dotted(node.get("names", ()))
    return Type(name=name, modifiers=modifiers, dimensions=len(node.get("arrayBounds", ())))


def walk(node: Any) -> Iterator[tuple[str, Node]]:
    """Every node of a tree with its name, in no special order."""
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, dict):
            for name, value in each.items():
                if isinstance(value, dict):
                    yield name, value
                    stack.append(value)
                elif isinstance(value, list):
                    stack.extend(value)
        elif isinstance(each, list):
            stack.extend(each)


def expression(node: Node | None, sql: str, *, is_bracketed: bool = False) -> Expression | None:
    """An expression, with its text as far as it can be told."""
    if not node:
        return None
    functions, columns, starts = [], [], []
    for name, value in walk(node):
        if name == "FuncCall":
            functions.append(dotted(value.get("funcname", ())).lower())
        elif name == "SQLValueFunction":
            functions.append(_VALUES.get(value.get("op", ""), "now"))
        elif name == "ColumnRef":
            fields = value.get("fields", ())
            if fields and "String" in fields[-1]:
                columns.append(string(fields[-1]))
        if "location" in value:
            starts.append(value["location"])
    bare, casts_to = _uncast(node)
    return Expression(
        sql=_text(sql, min(starts, default=-1), is_bracketed=is_bracketed) or _plain(bare),
        functions=tuple(dict.fromkeys(reversed(functions))),
        columns=tuple(dict.fromkeys(reversed(columns))),
        is_constant=_is_constant(bare),
        is_null="A_Const" in bare and bool(bare["A_Const"].get("isnull")),
        casts_to=casts_to,
    )


_VALUES = {
    "SVFOP_CURRENT_USER": "current_user",
    "SVFOP_USER": "current_user",
    "SVFOP_SESSION_USER": "session_user",
    "SVFOP_CURRENT_ROLE": "current_user",
    "SVFOP_CURRENT_CATALOG": "current_database",
    "SVFOP_CURRENT_SCHEMA": "current_schema",
}


def _uncast(node: Node) -> tuple[Node, str]:
    casts_to = ""
    while "TypeCast" in node or "CollateClause" in node:
        if "TypeCast" in node:
            casts_to = casts_to or str(type_of(node["TypeCast"].get("typeName")))
            node = node["TypeCast"].get("arg", {})
        else:
            node = node["CollateClause"].get("arg", {})
    return node, casts_to


def _is_constant(node: Node) -> bool:
    """Whether it is a literal, or an array or row of such."""
    node = _uncast(node)[0]
    if "A_Const" in node:
        return True
    if "A_ArrayExpr" in node:
        return all(_is_constant(each) for each in node["A_ArrayExpr"].get("elements", ()))
    if "RowExpr" in node:
        return all(_is_constant(each) for each in node["RowExpr"].get("args", ()))
    if "A_Expr" in node and "lexpr" not in node["A_Expr"]:  # a sign
        return _is_constant(node["A_Expr"].get("rexpr", {}))
    return False


def _plain(node: Node) -> str:
    constant = node.get("A_Const", {})
    for kind in ("sval", "fval", "bsval"):
        if kind in constant:
            return repr(constant[kind].get(kind, ""))
    if "ival" in constant:
        return str(constant["ival"].get("ival", 0))
    return ""


def _text(sql: str, start: int, *, is_bracketed: bool) -> str:
    """The text from a place to where its expression ends. `start` counts bytes, as trees do."""
    if start < 0:
        return ""
    at = characters(sql, start)
    if (
        is_bracketed
        and (opening := sql.rfind("(", 0, at)) >= 0
        and not sql[opening + 1 : at].strip(" (\n\t")
    ):
        while opening > 0 and sql[:opening].rstrip().endswith("("):
            opening = sql.rindex("(", 0, opening)
        at = opening + 1
    depth, end = 0, at
    for match in _TOKEN.finditer(sql, at, at + _MOST_EXPRESSION):
        sign = match[0]
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and (
            sign in ",;" or (not is_bracketed and _ends(sql, sign, match.start(), at))
        ):
            break
        end = match.end()
    return sql[at:end].strip()


def _ends(sql: str, sign: str, at: int, start: int) -> bool:
    if at == start or sign.lower() not in _ENDS:
        return False
    if sign.lower() in ("not", "null"):  # `IS NOT NULL` goes on
        return sql[:at].rstrip().lower().rpartition(" ")[2] not in ("is", "not")
    return True


def characters(sql: str, offset: int) -> int:
    """A place that counts bytes of UTF-8, counted in characters."""
    if sql.isascii():
        return offset
    return len(sql.encode("utf-8", "replace")[:offset].decode("utf-8", "ignore"))


def functions_in(node: Any) -> tuple[str, ...]:
    """The functions that anything in a tree calls, in lower case."""
    return tuple(
        dict.fromkeys(
            dotted(value.get("funcname", ())).lower()
            for name, value in walk(node)
            if name == "FuncCall"
        )
    )


def relations_in(node: Any) -> tuple[str, ...]:
    """The relations that anything in a tree reads, without names that it gives itself."""
    own = {value.get("ctename", "") for name, value in walk(node) if name == "CommonTableExpr"}
    found = (relation(value) for name, value in walk(node) if name == "RangeVar")
    return tuple(dict.fromkeys(each for each in found if each and each not in own))


def literals_in(node: Any) -> tuple[str, ...]:
    """The string literals in a tree."""
    return tuple(
        value["sval"].get("sval", "")
        for name, value in walk(node)
        if name == "A_Const" and "sval" in value
    )


def columns_in(node: Any) -> tuple[str, ...]:
    """The columns that anything in a tree names."""
    found = []
    for name, value in walk(node):
        if name == "ColumnRef" and (fields := value.get("fields", ())) and "String" in fields[-1]:
            found.append(string(fields[-1]))
    return tuple(dict.fromkeys(found))
