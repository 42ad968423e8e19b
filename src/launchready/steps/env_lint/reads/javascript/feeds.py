"""What a schema is fed with: the names that a table takes out of the environment."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.steps.env_lint.reads.javascript.collect import Told
from launchready.steps.env_lint.reads.javascript.fields import Field, fields_of
from launchready.steps.env_lint.reads.javascript.syntax import (
    VARIABLE,
    Script,
    arguments_of,
    inside,
)

if TYPE_CHECKING:
    from tree_sitter import Node


def feed_of(script: Script, value: "Node | None") -> tuple[dict[str, "Node"], bool]:
    """The table that feeds a schema by its keys, and whether the whole environment does."""
    value = None if value is None else inside(value)
    if value is not None and value.type == "identifier":
        value = script.constant(script.text(value)) or value
    if value is None or value.type != "object":
        return {}, True
    has_spread = any(each.type == "spread_element" for each in value.named_children)
    found = {f.name: f.value or f.at for f in fields_of(script, value)}
    return found, has_spread


def _names_of(
    script: Script,
    told: Told,
    fields: tuple[Field, ...],
    feeds: list[tuple[dict[str, "Node"], bool]],
) -> dict[str, str]:
    """Fields that are fed with a variable of another name; their own reads, and calls that may be
    reads, are spoken for.
    """
    renamed = {}
    wanted = {field.name for field in fields}
    for feed, _ in feeds:
        for name, node in feed.items():
            if name not in wanted:
                continue
            within = {
                taken.site.name: taken.site.at.start_byte
                for taken in told.within(node.start_byte, node.end_byte)
            }
            within |= {name: at.start_byte for name, at in _told_by_call(script, node)}
            if not within:
                continue
            chosen = name if name in within else next(iter(within))
            told.spoken_for.add(within[chosen])
            if chosen != name:
                renamed[name] = chosen
    return renamed


def _told_by_call(script: Script, node: "Node") -> Iterator[tuple[str, "Node"]]:
    """The name of a variable that a call is given, `X: runtime("X")`, and its node."""
    node = inside(node)
    if node.type == "binary_expression":
        node = inside(node.child_by_field_name("left") or node)
    arguments = arguments_of(node) if node.type == "call_expression" else []
    name = script.string(arguments[0]) if arguments else None
    if name and VARIABLE.fullmatch(name):
        yield name, arguments[0]
