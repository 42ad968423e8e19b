"""Chains of calls and members: `knex.schema.createTable(…).then(…)`, from the left to the right."""

import posixpath
from collections.abc import Callable
from typing import TYPE_CHECKING

from launchready.steps.migration_check.frameworks.javascript import folding
from launchready.steps.migration_check.frameworks.javascript.patterns import member
from launchready.steps.migration_check.frameworks.javascript.values import (
    UNKNOWN,
    EngineName,
    Function,
    Handle,
    Link,
    Machine,
    Name,
    Object,
    Scope,
    Unknown,
    path_of,
)
from launchready.steps.migration_check.frameworks.syntax.code import Code

if TYPE_CHECKING:
    from tree_sitter import Node

STEPS = frozenset(
    {"call_expression", "member_expression", "subscript_expression", "new_expression"}
)
_OVER_EACH = frozenset({"forEach", "map", "flatMap"})
_MOST_ROUNDS = 500


def chain(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    """What a chain is worth; it is of any length, and so taken in a loop."""
    steps: list[Node] = []
    at: Node | None = node
    while at is not None and at.type in STEPS and at.type != "new_expression":
        steps.append(at)
        at = at.child_by_field_name("function" if at.type == "call_expression" else "object")
        while at is not None and at.type == "non_null_expression":
            at = at.named_children[0] if at.named_children else None
    if at is not None and at.type == "new_expression":
        value: object = _new(machine, code, at, scope)
    else:
        value = machine.value(at, scope)
    waiting: tuple[object, str, Node] | None = None
    for step in reversed(steps):
        if step.type == "call_expression":
            args = _arguments(machine, code, step, scope)
            if waiting is not None:
                on, name, word = waiting
                value, waiting = _method(machine, Link(on, name, args, word, code)), None
            else:
                value = _function(machine, value, Link(None, "", args, step, code))
            continue
        if waiting is not None:
            value = member(machine, code, *waiting)
        name, word = _name_of(machine, code, step, scope)
        waiting = value, name, word
    if waiting is None:
        return value
    found = member(machine, code, *waiting)
    if isinstance(found, Unknown):
        return _item(waiting[0], waiting[1])
    return machine.tell(found) if isinstance(found, Link) else found


def _item(on: object, name: str) -> object:
    if isinstance(on, list) and name.isdigit() and int(name[:9]) < len(on):
        return on[int(name[:9])]
    return UNKNOWN


def _name_of(machine: Machine, code: Code, step: "Node", scope: Scope) -> tuple[str, "Node"]:
    word = step.child_by_field_name("property")
    if word is not None:
        return code.of(word), word
    index = step.child_by_field_name("index")
    value = machine.value(index, scope)
    return (str(value) if isinstance(value, str | int) else "?"), step


def _arguments(machine: Machine, code: Code, step: "Node", scope: Scope) -> tuple[object, ...]:
    given = step.child_by_field_name("arguments")
    if given is None:
        return ()
    if given.type == "template_string":
        return (machine.value(given, scope),)
    found: list[object] = []
    for each in given.named_children:
        if each.type == "spread_element":
            value = machine.value(each.named_children[0], scope)
            found.extend(value[:1000] if isinstance(value, list) else [UNKNOWN])
        elif each.type != "comment":
            found.append(machine.value(each, scope))
    return tuple(found)


def _new(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    made = machine.value(node.child_by_field_name("constructor"), scope)
    args = _arguments(machine, code, node, scope)
    if isinstance(made, Object):
        return made
    path = path_of(made)
    if path == "Promise" and args and isinstance(args[0], Function):
        return machine.enter(args[0], (UNKNOWN, UNKNOWN))
    return Link(None, path.rpartition(".")[2], args, node, code, is_new=True)


def _method(machine: Machine, link: Link) -> object:
    """What a method gives."""
    on, args = link.on, link.args or ()
    if isinstance(on, Object | dict):
        inner = on.members.get(link.name) if isinstance(on, Object) else on.get(link.name)
        if isinstance(inner, Function):
            return machine.enter(inner, args, on)
    if isinstance(on, Function) and link.name in ("call", "bind"):
        is_called = link.name == "call"
        return machine.enter(on, args[1:], args[0] if args else None) if is_called else on
    if isinstance(on, str | list | EngineName):
        return _of_value(machine, link)
    if isinstance(on, Name) and (known := _LIBRARY.get(path_of(link))) is not None:
        return known(machine, link)
    return machine.tell(link)


def _of_value(machine: Machine, link: Link) -> object:
    args = link.args or ()
    function = args[0] if args and isinstance(args[0], Function) else None
    if isinstance(link.on, list) and function is not None:
        if link.name in _OVER_EACH and len(link.on) <= _MOST_ROUNDS:
            items = list(link.on)
            return [machine.enter(function, (each, at, items)) for at, each in enumerate(items)]
        return Link(UNKNOWN, link.name, args, link.node, link.code)
    if link.name in ("then", "catch", "finally"):
        return Link(UNKNOWN, link.name, args, link.node, link.code)
    return folding.method(link.on, link.name, args)


def _function(machine: Machine, called: object, link: Link) -> object:
    """What a function gives that is called by its name."""
    args = link.args or ()
    if isinstance(called, Function):
        return machine.enter(called, args)
    if isinstance(called, Link) and called.args is None:  # `const { raw } = knex`
        return _method(machine, Link(called.on, called.name, args, link.node, link.code))
    if isinstance(called, Handle | Link):
        return machine.tell(Link(called, "", args, link.node, link.code))
    if not isinstance(called, Name):
        return Link(UNKNOWN, "", args, link.node, link.code)
    plain = Link(None, called.path, args, link.node, link.code)
    known = _LIBRARY.get(called.path)
    return plain if known is None else known(machine, plain)


def _required(machine: Machine, link: Link) -> object:
    given = link.argument(0)
    found = machine.load(given, link.code) if isinstance(given, str) else UNKNOWN
    if isinstance(found, Unknown) and isinstance(given, str):
        return Name(path=posixpath.basename(given))
    return found


def _file_read(machine: Machine, link: Link) -> object:
    given = link.argument(0)
    return machine.load(given, link.code) if isinstance(given, str) else link


def _path(machine: Machine, link: Link) -> object:
    texts = [each for each in link.args or () if isinstance(each, str)]
    is_whole = bool(texts) and len(texts) == len(link.args or ())
    return posixpath.normpath(posixpath.join(*texts)) if is_whole else link


def _text(machine: Machine, link: Link) -> object:
    text = folding.text_in_template(link.argument(0))
    return UNKNOWN if text is None else text


def _entries(machine: Machine, link: Link) -> object:
    given = link.argument(0)
    if not isinstance(given, dict):
        return link
    if link.name == "keys":
        return list(given)
    if link.name == "values":
        return list(given.values())
    return [[name, value] for name, value in given.items()]


def _first(machine: Machine, link: Link) -> object:
    return link.argument(0)


_LIBRARY: dict[str, Callable[[Machine, Link], object]] = {
    "require": _required,
    "String": _text,
    "promisify": _first,
    "util.promisify": _first,
    "Object.keys": _entries,
    "Object.values": _entries,
    "Object.entries": _entries,
    "Object.freeze": _first,
    "join": _path,
    "resolve": _path,
    "path.join": _path,
    "path.resolve": _path,
    "readFileSync": _file_read,
    "readFile": _file_read,
    "fs.readFile": _file_read,
    "fs.readFileSync": _file_read,
    "fs.promises.readFile": _file_read,
}
"""Functions of JavaScript's and Node's own, and what they give."""
