"""Statements, followed one by one: what runs, what runs under a condition, and what ends it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from launchready.steps.migration_check.frameworks.javascript import folding
from launchready.steps.migration_check.frameworks.javascript.expressions import FUNCTIONS
from launchready.steps.migration_check.frameworks.javascript.patterns import (
    assign,
    declare,
    key_of,
)
from launchready.steps.migration_check.frameworks.javascript.values import (
    UNKNOWN,
    Function,
    Link,
    Machine,
    Name,
    Object,
    Scope,
)
from launchready.steps.migration_check.frameworks.syntax.code import Code

if TYPE_CHECKING:
    from tree_sitter import Node

MOST_ROUNDS = 200
"""Rounds of a loop that are unrolled."""
_CLASSES = frozenset({"class_declaration", "class", "abstract_class_declaration"})


class Running(Machine, Protocol):
    """A machine with the function that it is in."""

    given: list[object]
    """What the function gives back."""

    exports: dict[str, object]

    def refuse(self, reason: str) -> None:
        """The function throws, and never comes to its end."""

    def looped(self, node: "Node", run: Callable[[], object]) -> None:
        """Follow the body of a loop of which the rounds cannot be told."""


def block(machine: Running, code: Code, nodes: "list[Node]", scope: Scope) -> bool:
    """Follow statements; False once the function ends."""
    for node in nodes:
        function = node
        if node.type == "export_statement":
            function = node.child_by_field_name("declaration") or node
        if function.type in FUNCTIONS or function.type in _CLASSES:
            _declared(machine, code, function, scope)
    return all(step(machine, code, node, scope) for node in nodes)


def _declared(machine: Running, code: Code, node: "Node", scope: Scope) -> object:
    name = code.of(node.child_by_field_name("name"))
    value: object = Function(node, scope, code)
    if node.type in _CLASSES:
        value = class_of(machine, code, node, scope)
    if name:
        scope.names[name] = value
    return value


def class_of(machine: Machine, code: Code, node: "Node", scope: Scope) -> Object:
    """A class's methods and fields."""
    members: dict[str, object] = {}
    body = node.child_by_field_name("body")
    for each in body.named_children if body is not None else ():
        if each.type == "method_definition":
            name = key_of(machine, code, each.child_by_field_name("name"), scope)
            members[name] = Function(each, scope, code)
        elif each.type in ("public_field_definition", "field_definition"):
            word = each.child_by_field_name("name") or each.child_by_field_name("property")
            members[key_of(machine, code, word, scope)] = machine.value(
                each.child_by_field_name("value"), scope
            )
    return Object(name=code.of(node.child_by_field_name("name")), members=members)


def step(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    """Follow one statement; False if it ends the function."""
    if not machine.descend(node, code):
        return True
    try:
        return _step(machine, code, node, scope)
    finally:
        machine.depth -= 1


def _step(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    known = _STEPS.get(node.type)
    if known is not None:
        return known(machine, code, node, scope)
    _simple(machine, code, node, scope)
    return True


def _return(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    value = machine.value(_first(node), scope)
    machine.settle(value)
    machine.given.append(value)
    return False


def _throw(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    machine.refuse(_reason(machine.value(_first(node), scope)))
    return False


def _block(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    return block(machine, code, node.named_children, scope)


def _loop(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    """A loop of which the rounds cannot be told."""
    body = node.child_by_field_name("body")
    machine.value(node.child_by_field_name("condition"), scope)
    machine.looped(node, lambda: body is None or step(machine, code, body, scope))
    return True


def _labeled(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    body = node.child_by_field_name("body")
    return body is None or step(machine, code, body, scope)


def _error(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    """Code that does not parse."""
    machine.lose(Link(None, "", (), node, code), "code that cannot be read")
    return True


def _first(node: "Node") -> "Node | None":
    return next((each for each in node.named_children if each.type != "comment"), None)


def _reason(value: object) -> str:
    given = value.argument(0) if isinstance(value, Link) else value
    return given if isinstance(given, str) and given else "it throws an error"


def _simple(machine: Running, code: Code, node: "Node", scope: Scope) -> None:
    match node.type:
        case "expression_statement":
            machine.settle(machine.value(_first(node), scope))
        case "lexical_declaration" | "variable_declaration":
            for each in node.named_children:
                if each.type == "variable_declarator":
                    value = machine.value(each.child_by_field_name("value"), scope)
                    declare(machine, code, each.child_by_field_name("name"), value, scope)
        case "import_statement":
            _import(machine, code, node, scope)
        case "export_statement":
            _export(machine, code, node, scope)
        case _:
            pass


def _import(machine: Running, code: Code, node: "Node", scope: Scope) -> None:
    source = code.of(node.child_by_field_name("source")).strip("'\"")
    loaded = machine.load(source, code)
    members = loaded if isinstance(loaded, dict) else {}
    clause = next((each for each in node.named_children if each.type == "import_clause"), None)
    for each in clause.named_children if clause is not None else ():
        if each.type == "identifier":
            name = code.of(each)
            scope.names[name] = members.get("default", Name(path=name))
        elif each.type == "namespace_import":
            name = code.of(_first(each))
            scope.names[name] = members or Name(path=name)
        elif each.type == "named_imports":
            for one in each.named_children:
                name = code.of(one.child_by_field_name("name"))
                alias = code.of(one.child_by_field_name("alias")) or name
                scope.names[alias] = members.get(name, Name(path=name))


def _export(machine: Running, code: Code, node: "Node", scope: Scope) -> None:
    exports, inner = machine.exports, node.child_by_field_name("declaration")
    is_default = any(each.type in ("default", "=") for each in node.children)
    if inner is not None and (inner.type in FUNCTIONS or inner.type in _CLASSES):
        name = "default" if is_default else code.of(inner.child_by_field_name("name"))
        known = scope.names.get(code.of(inner.child_by_field_name("name")))
        exports[name] = known if known is not None else _declared(machine, code, inner, scope)
        return
    if inner is not None:
        before = set(scope.names)
        _simple(machine, code, inner, scope)
        for each in inner.named_children:
            name = code.of(each.child_by_field_name("name"))
            if name in scope.names:
                exports[name] = scope.names[name]
        exports.update({name: scope.names[name] for name in set(scope.names) - before})
        return
    clause = next((each for each in node.named_children if each.type == "export_clause"), None)
    if clause is not None:
        for each in clause.named_children:
            name = code.of(each.child_by_field_name("name"))
            exports[code.of(each.child_by_field_name("alias")) or name] = scope.get(name)
    elif is_default:
        value = machine.value(_first(node), scope)
        exports["default"] = value


def _if(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    met = folding.truth(machine.value(node.child_by_field_name("condition"), scope))
    first = node.child_by_field_name("consequence")
    second = node.child_by_field_name("alternative")
    if second is not None and second.type == "else_clause":
        second = _first(second)
    if met is not None:
        chosen = first if met else second
        return chosen is None or step(machine, code, chosen, scope)
    goes_on = _guarded(machine, code, first, scope)
    else_goes_on = _guarded(machine, code, second, scope)
    if goes_on != else_goes_on:
        machine.conditions += 1  # up to the end of the function: it may have been left
    return goes_on or else_goes_on


def _guarded(machine: Running, code: Code, node: "Node | None", scope: Scope) -> bool:
    if node is None:
        return True
    machine.conditions += 1
    goes_on = step(machine, code, node, scope)
    machine.conditions -= 1
    return goes_on


def _switch(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    value = machine.value(node.child_by_field_name("value"), scope)
    body = node.child_by_field_name("body")
    for case in body.named_children if body is not None else ():
        wanted = case.child_by_field_name("value")
        met = folding.same(value, machine.value(wanted, scope)) if wanted is not None else UNKNOWN
        steps = list(case.children_by_field_name("body"))
        if met is True:
            return block(machine, code, steps, scope)
        if met is not False:
            machine.conditions += 1
            block(machine, code, steps, scope)
            machine.conditions -= 1
    return True


def _try(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    """What is tried fails as a whole where the handler throws in its turn; else it may fail."""
    body, handler = node.child_by_field_name("body"), node.child_by_field_name("handler")
    caught = handler.child_by_field_name("body") if handler is not None else None
    is_swallowed = caught is not None and not _throws(code, caught)
    if is_swallowed:
        goes_on = _guarded(machine, code, body, scope)
    else:
        goes_on = body is None or step(machine, code, body, scope)
    if caught is not None:
        inner = Scope(scope, {}, code)
        declare(machine, code, handler and handler.child_by_field_name("parameter"), UNKNOWN, inner)
        goes_on = _guarded(machine, code, caught, inner) or goes_on
    last = node.child_by_field_name("finalizer")
    if last is not None:
        for each in last.named_children:
            goes_on = step(machine, code, each, scope) and goes_on
    return goes_on or is_swallowed


def _throws(code: Code, node: "Node") -> bool:
    words = code.of(node)
    return "throw" in words or "process.exit" in words or "reject(" in words


def _for_of(machine: Running, code: Code, node: "Node", scope: Scope) -> bool:
    right = node.child_by_field_name("right")
    value = machine.value(right, scope)
    left, body = node.child_by_field_name("left"), node.child_by_field_name("body")
    is_in = code.of(node.child_by_field_name("operator")) == "in"
    rounds = list(value) if is_in and isinstance(value, dict) else value
    if is_in and isinstance(value, list):
        rounds = [str(at) for at in range(len(value))]
    if not isinstance(rounds, list) or body is None:
        machine.settle(value)

        def once() -> object:
            inner = Scope(scope, {}, code)
            declare(machine, code, left, UNKNOWN, inner)
            return body is None or step(machine, code, body, inner)

        machine.looped(node, once)
        return True
    for each in rounds[:MOST_ROUNDS]:
        inner = Scope(scope, {}, code)
        if node.child_by_field_name("kind") is None:
            assign(machine, code, left, each, scope)
        else:
            declare(machine, code, left, each, inner)
        if not step(machine, code, body, inner):
            break  # `return` within, or an error
    return True


def exported(exports: dict[str, object]) -> dict[str, object]:
    """What a module gives: its own exports, or those of what it gives as a whole."""
    for whole in (exports.get("default"), exports.get("module.exports")):
        if isinstance(whole, dict):
            return {**exports, **whole}
        if isinstance(whole, Object):
            return {**exports, **whole.members, "class": whole}
    for each in exports.values():
        if isinstance(each, Object) and "up" in each.members:
            return {**exports, **each.members, "class": each}
    return exports


_STEPS: dict[str, Callable[[Running, Code, "Node", Scope], bool]] = {
    "return_statement": _return,
    "throw_statement": _throw,
    "if_statement": _if,
    "statement_block": _block,
    "try_statement": _try,
    "switch_statement": _switch,
    "for_statement": _loop,
    "while_statement": _loop,
    "do_statement": _loop,
    "for_in_statement": _for_of,
    "labeled_statement": _labeled,
    "ERROR": _error,
}
