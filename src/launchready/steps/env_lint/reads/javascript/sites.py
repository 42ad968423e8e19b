"""What is taken out of the environment: by name, by a parameter, by a list, all at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.steps.env_lint.reads.javascript.functions import name_of_function, parameters_of
from launchready.steps.env_lint.reads.javascript.sources import Holder
from launchready.steps.env_lint.reads.javascript.syntax import (
    FUNCTIONS,
    VARIABLE,
    Script,
    ancestors,
    arguments_of,
    inside,
    is_field,
    outside,
)
from launchready.steps.env_lint.reads.javascript.tables import elements_called_with, literals_in

if TYPE_CHECKING:
    from tree_sitter import Node
from launchready.steps.env_lint.reads.javascript.found import (
    Computed,
    Found,
    Parameter,
    Site,
    Whole,
    Written,
)


def found_at(script: Script, holder: Holder) -> Iterator[Found]:
    """What is taken at one place that holds the environment."""
    node = outside(holder.node)
    parent = node.parent
    if parent is None:
        return
    kind = parent.type
    if kind == "member_expression" and is_field(parent, "object", node):
        yield from _member(script, holder, parent)
    elif kind == "subscript_expression" and is_field(parent, "object", node):
        yield from _subscript(script, holder, parent)
    elif kind in ("variable_declarator", "assignment_expression", "required_parameter"):
        yield from _given_to(script, holder, node, parent)
    elif kind == "binary_expression" and is_field(parent, "right", node):
        left = parent.child_by_field_name("left")
        name = script.string(left)
        if left is not None and name:
            yield Site(name=name, at=left, node=None, holder=holder, is_tested=True)
    else:
        yield Whole(node=node, holder=holder)


def _subscript(script: Script, holder: Holder, parent: "Node") -> Iterator[Found]:
    index = parent.child_by_field_name("index")
    if index is None:
        return
    if not _is_written(parent):
        yield from named_by(script, inside(index), parent, holder)
    elif name := script.string(index):
        yield Written(name=name, at=index)


def _given_to(script: Script, holder: Holder, node: "Node", parent: "Node") -> Iterator[Found]:
    parts = (parent.child_by_field_name(part) for part in ("name", "left", "pattern"))
    pattern = next((part for part in parts if part is not None), None)
    if pattern == node:
        return
    if pattern is not None and pattern.type == "object_pattern":
        yield from _pattern(script, holder, pattern)
    else:
        yield Whole(node=node, holder=holder)


def _member(script: Script, holder: Holder, parent: "Node") -> Iterator[Found]:
    chosen = parent.child_by_field_name("property")
    if chosen is None:
        return
    name = script.text(chosen)
    if _is_written(parent):
        yield Written(name=name, at=chosen)
        return
    call = outside(parent).parent
    is_called = call is not None and call.type == "call_expression"
    is_called = is_called and is_field(call, "function", outside(parent))  # type: ignore[arg-type]
    if not is_called or call is None:
        yield Site(name=name, at=chosen, node=parent, holder=holder)
        return
    arguments = arguments_of(call)
    if name in ("get", "has", "hasOwnProperty") and arguments:
        for each in named_by(script, inside(arguments[0]), call, holder):
            tested = name != "get"
            yield (
                Site(name=each.name, at=each.at, node=call, holder=holder, is_tested=tested)
                if isinstance(each, Site)
                else each
            )
    elif name == "toObject":
        yield Whole(node=call, holder=holder)
    elif VARIABLE.fullmatch(name) and holder.origin == "process":
        yield Site(name=name, at=chosen, node=parent, holder=holder)


def _is_written(node: "Node") -> bool:
    """Whether an expression is set or deleted, not read."""
    parent = outside(node).parent
    if parent is None:
        return False
    if parent.type == "assignment_expression":
        return is_field(parent, "left", outside(node))
    if parent.type == "unary_expression":
        operator = parent.child_by_field_name("operator")
        return operator is not None and operator.type == "delete"
    return False


def named_by(script: Script, index: "Node", node: "Node", holder: Holder) -> Iterator[Found]:
    """What an expression used as a name takes; `node` has the value."""
    name = script.string(index) or _sum_of_texts(script, index)
    if name is not None:
        if name:
            yield Site(name=name, at=index, node=node, holder=holder)
    elif index.type == "identifier":
        yield from _by_identifier(script, index, node, holder)
    elif index.type in ("subscript_expression", "member_expression"):
        yield from _by_table(script, index, node, holder)
    elif index.type in ("ternary_expression", "binary_expression") and not _is_sum(script, index):
        for part in ("consequence", "alternative", "left", "right"):
            branch = index.child_by_field_name(part)
            if branch is not None:
                yield from named_by(script, inside(branch), node, holder)
    else:
        yield _computed(script, index)


def _sum_of_texts(script: Script, node: "Node") -> str | None:
    """`"AWS" + "_REGION"`, which keeps a bundler from putting the value in."""
    if node.type != "binary_expression" or not _is_sum(script, node):
        return None
    parts = [script.string(node.child_by_field_name(part)) for part in ("left", "right")]
    return None if None in parts else "".join(part or "" for part in parts)


def _is_sum(script: Script, node: "Node") -> bool:
    operator = node.child_by_field_name("operator")
    return operator is not None and script.text(operator) == "+"


def _by_identifier(script: Script, index: "Node", node: "Node", holder: Holder) -> Iterator[Found]:
    name = script.text(index)
    for each in ancestors(index):
        if each.type in FUNCTIONS:
            names = [known for known, _ in parameters_of(script, each)]
            if name in names:
                values = elements_called_with(script, each)
                if values:
                    yield from (
                        Site(name=text, at=at, node=None, holder=holder) for text, at in values
                    )
                elif function := name_of_function(script, each):
                    yield Parameter(
                        function=function, number=names.index(name), node=node, definition=each
                    )
                else:
                    yield Computed(at=index)
                return
        if each.type == "for_in_statement" and _loops_with(script, each, name):
            values = literals_in(script, each.child_by_field_name("right"))
            if values:
                yield from (Site(name=text, at=at, node=None, holder=holder) for text, at in values)
            else:
                yield Computed(at=index)
            return
    constant = script.constant(name)
    text = script.string(constant)
    if constant is not None and text:
        yield Site(name=text, at=constant, node=node, holder=holder)
    elif constant is not None and constant != index:
        yield _computed(script, constant)
    else:
        yield Computed(at=index)


def _loops_with(script: Script, loop: "Node", name: str) -> bool:
    left = loop.child_by_field_name("left")
    return left is not None and script.text(left) == name


def _by_table(script: Script, index: "Node", node: "Node", holder: Holder) -> Iterator[Found]:
    """`NAMES[x]` and `NAMES.x` of a table of literals in this file."""
    owner = index.child_by_field_name("object")
    table = script.constant(script.text(owner)) if owner is not None else None
    if table is not None and table.type == "object":
        chosen = index.child_by_field_name("property")
        for pair in table.named_children[:500]:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            text = script.string(value)
            if key is None or value is None or not text:
                continue
            if chosen is None or script.text(key) == script.text(chosen):
                yield Site(
                    name=text, at=value, node=node if chosen is not None else None, holder=holder
                )
        return
    yield Computed(at=index)


def _computed(script: Script, index: "Node") -> Computed:
    """The known ends of a template or a sum."""
    text = script.text(index)[:300]
    if index.type == "template_string":
        begins = text[1:].partition("${")[0]
        ends = text[:-1].rpartition("}")[2]
        return Computed(at=index, begins=begins, ends=ends)
    if index.type == "binary_expression":
        left, right = index.child_by_field_name("left"), index.child_by_field_name("right")
        return Computed(at=index, begins=script.string(left) or "", ends=script.string(right) or "")
    return Computed(at=index)


def _pattern(script: Script, holder: Holder, pattern: "Node") -> Iterator[Found]:
    """`const { A, B: b, C = "d" } = process.env`."""
    for each in pattern.named_children:
        match each.type:
            case "shorthand_property_identifier_pattern":
                yield Site(name=script.text(each), at=each, node=None, holder=holder, variable=each)
            case "object_assignment_pattern":
                name = each.child_by_field_name("left")
                if name is not None:
                    default = each.child_by_field_name("right")
                    yield Site(
                        name=script.text(name),
                        at=name,
                        node=None,
                        holder=holder,
                        default=default,
                        variable=name,
                    )
            case "pair_pattern":
                yield from _renamed(script, holder, each)


def _renamed(script: Script, holder: Holder, pair: "Node") -> Iterator[Found]:
    key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
    if key is None or value is None:
        return
    if key.type == "computed_property_name" and (first := key.named_child(0)) is not None:
        key = first
    name = script.string(key) or (script.text(key) if key.type == "property_identifier" else "")
    if not name:
        yield Computed(at=key)
        return
    default = value.child_by_field_name("right")
    variable = value.child_by_field_name("left") or value
    yield Site(name=name, at=key, node=None, holder=holder, default=default, variable=variable)
