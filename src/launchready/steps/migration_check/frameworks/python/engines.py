"""Conditions of an `if` that the engine alone decides."""

import ast

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.python.modules import Module

_NAMES = {
    Engine.POSTGRESQL: ("postgresql", "postgres"),
    Engine.MYSQL: ("mysql",),
    Engine.MARIADB: ("mysql", "mariadb"),
    Engine.SQLITE: ("sqlite",),
}


def is_met(test: ast.expr, module: Module, engine: Engine) -> bool | None:
    """Whether a condition holds; None where that cannot be told.

    `….dialect.name` and `….vendor` are the engine's; `is_offline_mode()` is false.
    """
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            met = is_met(inner, module, engine)
            return None if met is None else not met
        case ast.Call(func=ast.Attribute(attr="is_offline_mode")):
            return False
        case ast.Constant(value=bool(value)):
            return value
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(left, op, right, module, engine)
        case _:
            return None


def _compared(
    left: ast.expr, op: ast.cmpop, right: ast.expr, module: Module, engine: Engine
) -> bool | None:
    if not _is_engine(left, module):
        return None
    given = module.value(right)
    names = (given,) if isinstance(given, str) else given
    if not isinstance(names, list | tuple | frozenset):
        return None
    is_ours = any(str(each).lower() in _NAMES[engine] for each in names)
    if isinstance(op, ast.Eq | ast.In):
        return is_ours
    return not is_ours if isinstance(op, ast.NotEq | ast.NotIn) else None


def _is_engine(node: ast.expr, module: Module) -> bool:
    if isinstance(node, ast.Name):
        value = module.constant(node.id)
        return getattr(value, "path", "").endswith(("dialect.name", ".vendor", "().name"))
    if not isinstance(node, ast.Attribute):
        return False
    inner = node.value
    is_dialect = isinstance(inner, ast.Attribute) and inner.attr == "dialect"
    return node.attr == "vendor" or (node.attr == "name" and is_dialect)
