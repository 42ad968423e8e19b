"""What each kind of expression is worth.

Node types: https://github.com/tree-sitter/tree-sitter-javascript, tree-sitter-typescript.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from launchready.steps.migration_check.frameworks.javascript import folding
from launchready.steps.migration_check.frameworks.javascript.literals import (
    number,
    string,
    template,
)
from launchready.steps.migration_check.frameworks.javascript.patterns import assign, key_of
from launchready.steps.migration_check.frameworks.javascript.values import (
    UNKNOWN,
    Function,
    Link,
    Machine,
    Scope,
)
from launchready.steps.migration_check.frameworks.syntax.code import Code, hole

if TYPE_CHECKING:
    from tree_sitter import Node

FUNCTIONS = frozenset(
    {
        "arrow_function",
        "function_expression",
        "generator_function",
        "function",
        "function_declaration",
        "generator_function_declaration",
        "method_definition",
    }
)
_INNER = frozenset(
    {
        "parenthesized_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
        "instantiation_expression",
    }
)
"""Nodes that are worth what their first part is."""


def evaluate(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    """What an expression is worth. Chains of calls are not for here (`calls.chain`)."""
    kind = node.type
    if kind in _INNER:
        return machine.value(node.named_children[0] if node.named_children else None, scope)
    if kind == "type_assertion":
        return machine.value(node.named_children[-1], scope)
    if kind in FUNCTIONS:
        return Function(node, scope, code)
    if (known := _KINDS.get(kind)) is not None:
        return known(machine, code, node, scope)
    for each in node.named_children:
        machine.value(each, scope)
    return UNKNOWN


def _identifier(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    name = code.of(node)
    return None if name == "undefined" else scope.get(name)


def _array(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    found: list[object] = []
    for each in node.named_children:
        if each.type == "spread_element":
            given = machine.value(each.named_children[0], scope)
            if not isinstance(given, list):
                found.append(UNKNOWN)
            elif len(found) + len(given) < folding.MOST_PARTS:
                found.extend(given)
        elif each.type != "comment":
            found.append(machine.value(each, scope))
    return found


def _object(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    found: dict[str, object] = {}
    for each in node.named_children:
        match each.type:
            case "pair":
                name = key_of(machine, code, each.child_by_field_name("key"), scope)
                found[name] = machine.value(each.child_by_field_name("value"), scope)
            case "shorthand_property_identifier":
                found[code.of(each)] = scope.get(code.of(each))
            case "method_definition":
                name = key_of(machine, code, each.child_by_field_name("name"), scope)
                found[name] = Function(each, scope, code)
            case "spread_element":
                given = machine.value(each.named_children[0], scope)
                if not isinstance(given, dict):
                    found["..."] = given
                elif len(found) + len(given) < folding.MOST_PARTS:
                    found.update(given)
            case _:
                pass
    return found


def _binary(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    """`a + b + c` is a tree that grows to the left, of any length: it is taken in one go."""
    steps: list[tuple[str, Node | None]] = []
    start: Node | None = node
    while start is not None and start.type == "binary_expression":
        operator = code.of(start.child_by_field_name("operator"))
        steps.append((operator, start.child_by_field_name("right")))
        start = start.child_by_field_name("left")
    value, text = machine.value(start, scope), code.of(start)
    for operator, right in reversed(steps):
        if operator in ("||", "??", "&&"):
            value = _chosen(machine, operator, value, right, scope)
            continue
        other = machine.value(right, scope)
        if operator == "+" and (isinstance(value, str) or isinstance(other, str)):
            value = _joined(value, text, other, code.of(right))
        else:
            value = folding.binary(operator, value, other)
        text = "value"
    return value


def _joined(left: object, left_words: str, right: object, right_words: str) -> object:
    known = folding.text_in_template(left), folding.text_in_template(right)
    one = hole(left_words) if known[0] is None else known[0]
    other = hole(right_words) if known[1] is None else known[1]
    return UNKNOWN if len(one) + len(other) > folding.MOST_CHARACTERS else one + other


def _chosen(
    machine: Machine, operator: str, value: object, right: "Node | None", scope: Scope
) -> object:
    holds = value is not None if operator == "??" else folding.truth(value)
    if not isinstance(value, str | int | float | bool | list | dict | type(None)):
        holds = None
    if holds is not None:
        is_over = holds if operator != "&&" else not holds
        return value if is_over else machine.value(right, scope)
    machine.conditions += 1
    machine.settle(machine.value(right, scope))
    machine.conditions -= 1
    return UNKNOWN


def _unary(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    value = machine.value(node.child_by_field_name("argument"), scope)
    match code.of(node.child_by_field_name("operator")):
        case "!":
            met = folding.truth(value)
            return UNKNOWN if met is None else not met
        case "-":
            return -value if isinstance(value, int | float) else UNKNOWN
        case "void":
            return None
        case _:
            return UNKNOWN


def _ternary(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    met = folding.truth(machine.value(node.child_by_field_name("condition"), scope))
    first = node.child_by_field_name("consequence")
    second = node.child_by_field_name("alternative")
    if met is not None:
        return machine.value(first if met else second, scope)
    machine.conditions += 1
    for each in (first, second):
        machine.settle(machine.value(each, scope))
    machine.conditions -= 1
    return UNKNOWN


def _assignment(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    value = machine.value(node.child_by_field_name("right"), scope)
    if node.type == "augmented_assignment_expression":
        value = _augmented(machine, code, node, value, scope)
    assign(machine, code, node.child_by_field_name("left"), value, scope)
    return value


def _augmented(machine: Machine, code: Code, node: "Node", value: object, scope: Scope) -> object:
    if code.of(node.child_by_field_name("operator")) != "+=":
        return UNKNOWN
    left = machine.value(node.child_by_field_name("left"), scope)
    if isinstance(left, str):
        return _joined(left, "", value, code.of(node.child_by_field_name("right")))
    return folding.binary("+", left, value)


def _awaited(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    value = machine.value(node.named_children[0] if node.named_children else None, scope)
    machine.settle(value)
    return UNKNOWN if isinstance(value, Link) else value


def _sequence(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    value: object = UNKNOWN
    for each in node.named_children:
        machine.settle(value)
        value = machine.value(each, scope)
    return value


def _update(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    assign(machine, code, node.child_by_field_name("argument"), UNKNOWN, scope)
    return UNKNOWN


Kind = Callable[[Machine, Code, "Node", Scope], object]
_KINDS: dict[str, Kind] = {
    "identifier": _identifier,
    "undefined": lambda *_: None,
    "null": lambda *_: None,
    "true": lambda *_: True,
    "false": lambda *_: False,
    "this": lambda _machine, _code, _node, scope: scope.get("this"),
    "super": lambda *_: UNKNOWN,
    "string": lambda _machine, code, node, _scope: string(code, node),
    "template_string": template,
    "number": lambda _machine, code, node, _scope: number(code.of(node)),
    "array": _array,
    "object": _object,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "ternary_expression": _ternary,
    "assignment_expression": _assignment,
    "augmented_assignment_expression": _assignment,
    "await_expression": _awaited,
    "yield_expression": _awaited,
    "sequence_expression": _sequence,
    "update_expression": _update,
    "regex": lambda *_: UNKNOWN,
    "comment": lambda *_: UNKNOWN,
}
