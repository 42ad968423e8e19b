"""The value of each kind of expression: what `Module.value` asks."""

import ast
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol

from launchready.steps.migration_check.frameworks.python import folding
from launchready.steps.migration_check.frameworks.python.values import (
    UNKNOWN,
    Combined,
    Named,
    is_known,
)

LONGEST = 10_000
"""Items of a display beyond which its values are data, not a description."""


class Values(Protocol):
    """Who knows what the names in an expression stand for."""

    def value(self, node: ast.expr | None, depth: int = 0) -> object:
        """What an expression is worth."""

    def constant(self, name: str) -> object:
        """What a name stands for."""

    def path_of(self, node: ast.expr) -> str:
        """The dotted name of an expression."""

    def call(self, node: ast.Call, depth: int = 0) -> object:
        """The value of a call."""


_OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%",
    ast.BitOr: "|", ast.BitAnd: "&", ast.BitXor: "^", ast.Invert: "~", ast.USub: "-", ast.UAdd: "+",
    ast.Pow: "**", ast.FloorDiv: "//", ast.LShift: "<<", ast.Not: "not",
}  # fmt: skip


def _constant(module: Values, node: ast.Constant, depth: int) -> object:
    return node.value


def _name(module: Values, node: ast.Name, depth: int) -> object:
    return module.constant(node.id)


def _attribute(module: Values, node: ast.Attribute, depth: int) -> object:
    path = module.path_of(node)
    return Named(path=path) if path else UNKNOWN


def _list(module: Values, node: ast.List, depth: int) -> object:
    return _items(module, node.elts, depth)


def _tuple(module: Values, node: ast.Tuple, depth: int) -> object:
    items = _items(module, node.elts, depth)
    return tuple(items) if isinstance(items, list) else items


def _set(module: Values, node: ast.Set, depth: int) -> object:
    items = _items(module, node.elts, depth)
    if isinstance(items, list) and is_known(items):
        with suppress(TypeError):
            return frozenset(items)
    return items


def _items(module: Values, nodes: list[ast.expr], depth: int) -> object:
    found: list[object] = []
    for each in nodes[:LONGEST]:
        if not isinstance(each, ast.Starred):
            found.append(module.value(each, depth))
            continue
        more = module.value(each.value, depth)
        if not isinstance(more, list | tuple):
            return UNKNOWN
        found.extend(more)
    return found


def _dict(module: Values, node: ast.Dict, depth: int) -> object:
    found: dict[object, object] = {}
    for key, value in zip(node.keys[:LONGEST], node.values, strict=False):
        if key is None:
            more = module.value(value, depth)
            if not isinstance(more, dict):
                return UNKNOWN
            found.update(more)
            continue
        name = module.value(key, depth)
        if not is_known(name) or isinstance(name, list | dict):
            continue  # a key of its own making: what is under it is left out
        with suppress(TypeError):
            found[name] = module.value(value, depth)
    return found


def _binary(module: Values, node: ast.BinOp, depth: int) -> object:
    left, right = module.value(node.left, depth), module.value(node.right, depth)
    operator = _OPERATORS.get(type(node.op), "")
    folded = folding.binary(operator, left, right)
    return Combined(operator=operator, left=left, right=right) if folded is UNKNOWN else folded


def _unary(module: Values, node: ast.UnaryOp, depth: int) -> object:
    right = module.value(node.operand, depth)
    operator = _OPERATORS.get(type(node.op), "")
    if isinstance(right, int | float) and operator in ("-", "+", "not"):
        return not right if operator == "not" else -right if operator == "-" else right
    return Combined(operator=operator, left=None, right=right)


def _joined(module: Values, node: ast.JoinedStr, depth: int) -> object:
    parts: list[str] = []
    for each in node.values:
        inner = each.value if isinstance(each, ast.FormattedValue) else each
        value = module.value(inner, depth)
        plain = not isinstance(each, ast.FormattedValue) or (
            each.format_spec is None and each.conversion == -1
        )
        if not plain or not isinstance(value, str | int | float):
            return UNKNOWN
        parts.append(str(value))
    return "".join(parts)


def _subscript(module: Values, node: ast.Subscript, depth: int) -> object:
    base, key = module.value(node.value, depth), module.value(node.slice, depth)
    if isinstance(base, list | tuple) and isinstance(key, int) and -len(base) <= key < len(base):
        return base[key]
    if isinstance(base, dict) and isinstance(key, str | int):
        return base.get(key, UNKNOWN)
    return UNKNOWN


def _call(module: Values, node: ast.Call, depth: int) -> object:
    return module.call(node, depth)


READERS: Mapping[object, Callable[..., object]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.List: _list,
    ast.Tuple: _tuple,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.JoinedStr: _joined,
    ast.Subscript: _subscript,
    ast.Call: _call,
}
