"""The fields of an object of a schema, through chains, spreads and constants of the same file."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.steps.env_lint.reads.javascript.syntax import Script, arguments_of, inside

if TYPE_CHECKING:
    from tree_sitter import Node

# Functions of schema libraries that take an object of fields, or schemas to put together.
_MAKERS = frozenset(
    [
        "object",
        "strictObject",
        "looseObject",
        "type",
        "keys",
        "extend",
        "safeExtend",
        "shape",
        "augment",
        "Struct",
        "merge",
        "and",
        "intersection",
        "intersect",
        "pipe",
        "Object",
        "Composite",
        "concat",
        "scope",
        "preprocess",
    ]
)
_CHOICES = frozenset({"union", "discriminatedUnion", "or", "variant"})
"""Of these, one of the schemas will do."""
_DEEPEST = 12
_MOST_FIELDS = 4000


@frozen
class Field:
    """One key of an object: its text, its node and its value's node, None for a shorthand."""

    name: str
    at: "Node"
    value: "Node | None"
    is_optional: bool = False


def fields_of(
    script: Script, node: "Node", depth: int = 0, *, is_plain: bool = False
) -> Iterator[Field]:
    """The keys of the object that an expression makes or describes. With `is_plain` only those
    that stand in the object itself.
    """
    node = inside(node)
    if depth > _DEEPEST or not script.spend():
        return
    if node.type == "identifier":
        constant = script.constant(script.text(node))
        if constant is not None and constant != node:
            yield from fields_of(script, constant, depth + 1)
    elif node.type == "object":
        yield from _of_object(script, node, depth, is_plain)
    elif node.type == "member_expression":
        yield from _of_member(script, node, depth)
    elif node.type == "call_expression":
        yield from _of_call(script, node, depth)


def _of_member(script: Script, node: "Node", depth: int) -> Iterator[Field]:
    """The fields of `parts.server`, a part of a table of this file, or of `schema.shape`."""
    owner = node.child_by_field_name("object")
    chosen = node.child_by_field_name("property")
    if owner is None or chosen is None:
        return
    table = _table(script, owner)
    if table is None:  # schema.shape, base.entries
        yield from fields_of(script, owner, depth + 1)
        return
    for field in _of_object(script, table, depth, is_plain=True):
        if field.name == script.text(chosen) and field.value is not None:
            yield from fields_of(script, field.value, depth + 1)


def _table(script: Script, node: "Node") -> "Node | None":
    """The object that stands in a variable of this file."""
    node = inside(node)
    found = script.constant(script.text(node)) if node.type == "identifier" else None
    return found if found is not None and found.type == "object" else None


def _of_call(script: Script, call: "Node", depth: int) -> Iterator[Field]:
    function = call.child_by_field_name("function")
    if function is None:
        return
    chosen = function.child_by_field_name("property")
    name = script.text(chosen if chosen is not None else function)
    owner = function.child_by_field_name("object")
    found: list[Field] = []
    if owner is not None:
        found += fields_of(script, owner, depth + 1)
    if name in _MAKERS:
        for each in _flat(arguments_of(call)):
            found += fields_of(script, each, depth + 1)
    if name in _CHOICES:
        parts = [found] if found else []
        parts += [[*fields_of(script, a, depth + 1)] for a in _flat(arguments_of(call))]
        found = list(_chosen([part for part in parts if part]))
    before = arguments_of(call)[:1] if name == "preprocess" else []
    filled = script.text(before[0]) if before else ""
    for field in found:
        is_optional = field.is_optional or name == "partial" or f"{field.name}:" in filled
        yield Field(name=field.name, at=field.at, value=field.value, is_optional=is_optional)


def _chosen(parts: "list[list[Field]]") -> Iterator[Field]:
    """The fields of schemas of which one will do: needed are those that each of them needs."""
    needed = [{field.name for field in part if not field.is_optional} for part in parts]
    seen: set[str] = set()
    for field in (field for part in parts for field in part):
        if field.name not in seen:
            seen.add(field.name)
            is_optional = not all(field.name in names for names in needed)
            yield Field(name=field.name, at=field.at, value=field.value, is_optional=is_optional)


def _flat(nodes: list["Node"]) -> Iterator["Node"]:
    for each in nodes:
        if each.type == "array":
            yield from each.named_children
        else:
            yield each


def _of_object(script: Script, node: "Node", depth: int, is_plain: bool) -> Iterator[Field]:
    for each in node.named_children[:_MOST_FIELDS]:
        if each.type == "pair":
            key = each.child_by_field_name("key")
            if key is not None and key.type != "computed_property_name":
                name = script.string(key) or script.text(key)
                optional = name.endswith("?")
                yield Field(
                    name=name.rstrip("?"),
                    at=key,
                    value=each.child_by_field_name("value"),
                    is_optional=optional,
                )
        elif each.type == "shorthand_property_identifier":
            yield Field(name=script.text(each), at=each, value=script.constant(script.text(each)))
        elif each.type == "spread_element" and not is_plain and each.named_child_count:
            inner = each.named_child(0)
            if inner is not None:
                yield from fields_of(script, inner, depth + 1)
