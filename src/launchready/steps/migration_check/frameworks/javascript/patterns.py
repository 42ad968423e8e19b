"""Names that are given a value: parameters, declarations and assignments, taken apart."""

from typing import TYPE_CHECKING

from launchready.steps.migration_check.frameworks.javascript.literals import string
from launchready.steps.migration_check.frameworks.javascript.values import (
    UNKNOWN,
    Handle,
    Link,
    Machine,
    Name,
    Object,
    Scope,
)
from launchready.steps.migration_check.frameworks.syntax.code import Code

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern", "type_identifier"})
_PARAMETERS = frozenset({"required_parameter", "optional_parameter"})


def key_of(machine: Machine, code: Code, node: "Node | None", scope: Scope) -> str:
    """The name of a property; a name that stands for none where it is worked out."""
    if node is None:
        return "?"
    if node.type == "string":
        return str(string(code, node))
    if node.type == "computed_property_name":
        value = machine.value(node.named_children[0] if node.named_children else None, scope)
        return str(value) if isinstance(value, str | int) else "?"
    return code.of(node)


def declare(machine: Machine, code: Code, node: "Node | None", value: object, scope: Scope) -> None:
    """New names of `scope` for a value, or for what is in it."""
    if node is None or not machine.descend(node, code):
        return
    _declare(machine, code, node, value, scope)
    machine.depth -= 1


def _declare(machine: Machine, code: Code, node: "Node", value: object, scope: Scope) -> None:
    if node.type in _NAMES:
        scope.names[code.of(node)] = value
    elif node.type in _PARAMETERS:
        declare(machine, code, node.child_by_field_name("pattern"), value, scope)
    elif node.type in ("assignment_pattern", "object_assignment_pattern"):
        if value is None:
            value = machine.value(node.child_by_field_name("right"), scope)
        declare(machine, code, node.child_by_field_name("left"), value, scope)
    elif node.type == "rest_pattern":
        declare(machine, code, node.named_children[0], value, scope)
    elif node.type == "object_pattern":
        _of_object(machine, code, node, value, scope)
    elif node.type == "array_pattern":
        parts = [each for each in node.named_children if each.type != "comment"]
        for at, each in enumerate(parts):
            is_there = isinstance(value, list) and at < len(value)
            item = value[at] if is_there and isinstance(value, list) else UNKNOWN
            declare(machine, code, each, item, scope)


def _of_object(machine: Machine, code: Code, node: "Node", value: object, scope: Scope) -> None:
    for each in node.named_children:
        if each.type == "pair_pattern":
            name = key_of(machine, code, each.child_by_field_name("key"), scope)
            part = member(machine, code, value, name, each)
            declare(machine, code, each.child_by_field_name("value"), part, scope)
        elif each.type == "rest_pattern":
            declare(machine, code, each.named_children[0], UNKNOWN, scope)
        else:
            left = each.child_by_field_name("left") or each
            part = member(machine, code, value, code.of(left), each)
            declare(machine, code, each, part, scope)


def member(machine: Machine, code: Code, on: object, name: str, node: "Node") -> object:
    """What `on.name` is, where it is not called."""
    if isinstance(on, dict):
        return on.get(name, on.get("...")) if name != "?" else UNKNOWN
    if isinstance(on, Object):
        return on.members.get(name, UNKNOWN)
    if isinstance(on, list | str):
        return len(on) if name == "length" else UNKNOWN
    if isinstance(on, Link | Handle | Name):
        return Link(on, name, None, node, code)
    return UNKNOWN


def assign(machine: Machine, code: Code, node: "Node | None", value: object, scope: Scope) -> None:
    """A value for names that are there, or for a property of what can be told."""
    if node is None:
        return
    if node.type == "identifier":
        name = code.of(node)
        holder = scope.holding(name) or scope
        holder.names[name] = UNKNOWN if machine.conditions and name in holder.names else value
    elif node.type in ("member_expression", "subscript_expression"):
        on = machine.value(node.child_by_field_name("object"), scope)
        if isinstance(on, dict):
            name = code.of(node.child_by_field_name("property"))
            index = machine.value(node.child_by_field_name("index"), scope)
            on[name or (index if isinstance(index, str) else "?")] = value
    else:
        declare(machine, code, node, value, scope)
