"""The text that an EXECUTE runs, where it is built of literals and of variables that hold them.

Source: https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-STATEMENTS-EXECUTING-DYN
and functions-string.html#FUNCTIONS-STRING-FORMAT.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from re import Match

from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres.expressions import literal
from launchready.steps.migration_check.parsing.postgres.library import Node, Refusal, tree
from launchready.steps.migration_check.parsing.postgres.names import name_of, strings

_MOST = 64
"""Texts that one EXECUTE may run before it counts as built of variables."""

_SPECIFIER = Regex(r"%(?:(\d+)\$)?-?\d*([sIL%])")
_HEAD = Regex(r"\s*([A-Za-z]+(?:\s+[A-Za-z]+)?)\b")
Texts = tuple[str, ...]
Make = Callable[[Sequence[str]], str]


class Variables:
    """What the variables of a body may hold: strings, or arrays of them. None is unknown."""

    def __init__(self) -> None:
        self._texts: dict[str, Texts | None] = {}
        self._arrays: dict[str, Texts] = {}

    def assign(self, name: str, expression: str, *, is_conditional: bool = False) -> None:
        """A variable gets a value; one that it gets under a condition it may or may not have."""
        name = _plain(name)
        node = value_of(expression)
        elements = self.elements(node)
        if elements is not None:
            self._arrays[name] = elements
            return
        found = self.texts(node)
        if is_conditional and name in self._texts:
            before = self._texts[name]
            found = None if found is None or before is None else (*before, *found)
        self._texts[name] = found

    def forget(self, names: Iterable[str]) -> None:
        """Variables get values that nobody knows."""
        for name in names:
            self._texts[_plain(name)] = None
            self._arrays.pop(_plain(name), None)

    def loop(self, name: str, elements: Texts | None) -> None:
        """A variable takes one value after the other."""
        self._texts[_plain(name)] = elements

    def elements(self, node: Node) -> Texts | None:
        """The elements of an array of literals, or of a variable that holds one."""
        while "TypeCast" in node and "A_Const" not in node["TypeCast"].get("arg", {}):
            node = node["TypeCast"].get("arg", {})
        if "A_ArrayExpr" in node:
            found = [literal(each) for each in node["A_ArrayExpr"].get("elements", ())]
            return None if None in found else tuple(each for each in found if each is not None)
        if "TypeCast" in node and node["TypeCast"]["typeName"].get("arrayBounds"):
            text = literal(node) or ""
            return tuple(part.strip().strip('"') for part in text.strip("{}").split(","))
        if "ColumnRef" in node:
            return self._arrays.get(name_of(node["ColumnRef"]["fields"]))
        return None

    def texts(self, node: Node) -> Texts | None:
        """The strings that an expression may be; None where a part of it is not known."""
        if "TypeCast" in node:
            return self.texts(node["TypeCast"].get("arg", {}))
        if "A_Const" in node:
            text = literal(node)
            return None if text is None else (text,)
        if "ColumnRef" in node:
            return self._held(strings(node["ColumnRef"]["fields"]))
        if "FuncCall" in node:
            return self._called(node["FuncCall"])
        inside = node.get("A_Expr", {})
        if inside and strings(inside.get("name", ())) == ["||"]:
            return self._together([inside.get("lexpr", {}), inside.get("rexpr", {})], "".join)
        return None

    def _held(self, fields: list[str]) -> Texts | None:
        name = ".".join(fields)
        return self._texts.get(name) or (self._texts.get(fields[0]) if fields else None)

    def _called(self, call: Node) -> Texts | None:
        name, arguments = name_of(call.get("funcname", ())), call.get("args", ())
        make = _FUNCTIONS.get(name)
        return self._together(arguments, make) if make and arguments else None

    def _together(self, nodes: Sequence[Node], make: Make) -> Texts | None:
        parts = []
        count = 1
        for node in nodes:
            found = self.texts(node)
            if found is None:
                return None
            parts.append(found)
            count *= len(found)
        if count > _MOST:
            return None
        return tuple(dict.fromkeys(make(each) for each in product(*parts)))


def value_of(expression: str) -> Node:
    """The tree of an expression; an empty one where it does not parse."""
    found = tree(f"SELECT {expression}")
    if isinstance(found, Refusal):
        return {}
    targets = found.get("SelectStmt", {}).get("targetList", ())
    value: Node = targets[0]["ResTarget"].get("val", {}) if len(targets) == 1 else {}
    return value


def listed(query: Node, variables: Variables) -> Texts | None:
    """The values that a query of literals returns: VALUES, or unnest() of an array."""
    rows = query.get("SelectStmt", {})
    if "valuesLists" in rows:
        found = [literal(each["List"]["items"][0]) for each in rows["valuesLists"]]
        return None if None in found else tuple(each for each in found if each is not None)
    targets = rows.get("targetList", ())
    call = targets[0]["ResTarget"].get("val", {}).get("FuncCall", {}) if targets else {}
    sources = rows.get("fromClause", ())
    if not call and len(sources) == 1:
        functions = sources[0].get("RangeFunction", {}).get("functions", ())
        call = functions[0]["List"]["items"][0].get("FuncCall", {}) if functions else {}
    elif sources:
        return None
    if name_of(call.get("funcname", ())) != "unnest" or len(call.get("args", ())) != 1:
        return None
    return variables.elements(call["args"][0])


def first_words(expression: str) -> str:
    """The first words of what an EXECUTE builds: `ALTER TABLE`; "" where they are not known."""
    node = value_of(expression)
    while True:
        if "A_Expr" in node:
            node = node["A_Expr"].get("lexpr", {})
        elif "FuncCall" in node and node["FuncCall"].get("args"):
            node = node["FuncCall"]["args"][0]
        else:
            break
    found = _HEAD.match(literal(node) or "")
    return " ".join(found[1].upper().split()) if found else ""


def _format(arguments: Sequence[str]) -> str:
    """format(): `%I` is a quoted name, `%L` a quoted literal."""
    pattern, *values = arguments
    at = 0

    def fill(found: Match[str]) -> str:
        nonlocal at
        if found[2] == "%":
            return "%"
        at = int(found[1]) if found[1] else at + 1
        value = values[at - 1] if 0 < at <= len(values) else ""
        return {"s": value, "I": _quoted(value), "L": _string(value)}[found[2]]

    return str(_SPECIFIER.sub(fill, pattern))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _string(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _plain(name: str) -> str:
    return name[1:-1] if name.startswith('"') else name.lower()


_FUNCTIONS: dict[str, Make] = {
    "format": _format,
    "concat": "".join,
    "quote_ident": lambda arguments: _quoted(arguments[0]),
    "quote_literal": lambda arguments: _string(arguments[0]),
    "lower": lambda arguments: arguments[0].lower(),
    "upper": lambda arguments: arguments[0].upper(),
}
