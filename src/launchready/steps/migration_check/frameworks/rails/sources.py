"""A file of a migration: its class, the methods and constants in it, and the models beside it."""

from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.rails.evaluating import Evaluator
from launchready.steps.migration_check.frameworks.syntax.code import Code

if TYPE_CHECKING:
    from tree_sitter import Node

_VERSION = Regex(r"\[\s*[\"']?(\d+)\.(\d+)")
_MOST_DEEP = 8
NEWEST = (8, 1)


@frozen
class Source:
    """A migration's class. `version` is that of Rails which it is written for: a class that names
    none is of Rails 4.
    """

    code: Code
    methods: dict[str, "Node"]
    constants: tuple["Node", ...]
    classes: dict[str, "Node"]
    version: tuple[int, ...] = NEWEST
    is_outside: bool = False


def source_of(code: Code) -> Source | None:
    """The migration of a file; None where there is no class with a direction."""
    if code.root is None:
        return None
    classes: list[Node] = []
    tops: list[Node] = []
    _collect(code.root, classes, tops, 0)
    for node in classes:
        superclass = code.of(node.child_by_field_name("superclass"))
        body = node.child_by_field_name("body")
        methods = {} if body is None else _methods(body, code)
        if not methods.keys() & {"change", "up", "down"} and "Migration" not in superclass:
            continue
        found = _VERSION.search(superclass)
        version = (int(found[1]), int(found[2])) if found else _unnamed(superclass)
        inside = body.named_children if body is not None else []
        switches = [code.of(each) for each in inside if each.type in ("identifier", "call")]
        others = [each for each in classes if each is not node]
        tops = [each for each in tops if each.type != "method"]
        return Source(
            code=code,
            methods={**_top_methods(code.root, code), **methods},
            constants=(*tops, *(each for each in inside if each.type == "assignment")),
            classes={_name(each, code): each for each in others},
            version=version,
            is_outside="disable_ddl_transaction!" in switches,
        )
    return None


def _unnamed(superclass: str) -> tuple[int, ...]:
    is_old = superclass.replace(" ", "").endswith("ActiveRecord::Migration")
    return (4, 2) if is_old else NEWEST


def _collect(node: "Node", classes: list["Node"], tops: list["Node"], depth: int) -> None:
    """Classes, those within others after them, and constants of the file."""
    for each in node.named_children:
        if each.type == "class":
            classes.append(each)
        elif each.type == "assignment" and depth == 0:
            tops.append(each)
        if each.type in ("class", "module") and depth < _MOST_DEEP:
            body = each.child_by_field_name("body")
            if body is not None:
                _collect(body, classes, tops, depth + 1)


def _methods(body: "Node", code: Code) -> dict[str, "Node"]:
    found = {}
    for each in body.named_children:
        inner = each
        if each.type == "call":  # private def x
            arguments = each.child_by_field_name("arguments")
            inner = arguments.named_children[0] if arguments and arguments.named_children else each
        if inner.type in ("method", "singleton_method"):
            found[code.of(inner.child_by_field_name("name"))] = inner
        elif inner.type == "singleton_class":
            within = inner.child_by_field_name("body")
            found.update(_methods(within, code) if within is not None else {})
    return found


def _top_methods(root: "Node", code: Code) -> dict[str, "Node"]:
    return {
        code.of(each.child_by_field_name("name")): each
        for each in root.named_children
        if each.type == "method"
    }


def _name(node: "Node", code: Code) -> str:
    return code.of(node.child_by_field_name("name")).rpartition("::")[2]


def learn(source: Source, known: Evaluator) -> None:
    """Tell an evaluator the constants of a file, and the tables of its models."""
    for each in source.constants:
        left = each.child_by_field_name("left")
        if left is not None:
            value = known.value(each.child_by_field_name("right"))
            known.names[source.code.of(left)] = value
    for name, node in source.classes.items():
        known.models[name] = known.table_of(name)
        body = node.child_by_field_name("body")
        for each in body.named_children if body is not None else ():
            if each.type != "assignment":
                continue
            target = source.code.of(each.child_by_field_name("left"))
            value = known.value(each.child_by_field_name("right"))
            if target == "self.table_name" and isinstance(value, str):
                known.models[name] = str(value)
