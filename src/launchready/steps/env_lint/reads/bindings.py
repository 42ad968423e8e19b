"""What becomes of a value that a variable holds, by all that is done with the variable."""

from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Need
from launchready.steps.env_lint.reads.code import FUNCTIONS, IDENTIFIERS, Code, ancestors
from launchready.steps.env_lint.reads.walk import Fate, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_USES = 25


def bound(walk: Walk, parent: "Node") -> bool:
    """A variable that holds the value: what is done with it tells."""
    left = parent.child_by_field_name("left") or parent.child_by_field_name("name")
    left = left or parent.child_by_field_name("pattern")
    if left is None and parent.named_child_count:
        left = parent.named_child(0)
    while left is not None and left.type in ("expression_list", "variable_declaration"):
        left = left.named_child(0) if left.named_child_count else None
    if left is None or left == walk.node or left.start_byte >= walk.node.start_byte:
        return False
    if parent.type == "operator_assignment":
        return False
    if parent.type in ("named_expression", "let_condition", "assignment_expression"):
        walk.fate = walk.follow(walk.code, parent, walk.fate, walk.depth)
    if left.type in IDENTIFIERS and walk.fate.need is None and walk.depth < 2:
        walk.fate = _of_variable(walk, left)
    return False


def _of_variable(walk: Walk, name: "Node") -> Fate:
    code = walk.code
    end = min(_scope_end(name), name.end_byte + 20_000)
    uses = []
    for use in code.occurrences(code.text(name).lstrip("$"), name.end_byte, end):
        node = use.parent if use.type == "name" and use.parent is not None else use
        if _is_written(node) or _is_parameter(code, node):
            continue
        uses.append(walk.follow(code, node, Fate(), walk.depth + 1))
        if len(uses) > _MOST_USES:
            break
    return _of_uses(walk.fate, uses)


def _scope_end(node: "Node") -> int:
    last = node
    for each in ancestors(node):
        if each.type in FUNCTIONS:
            return each.end_byte
        last = each
    return last.end_byte


def _is_written(node: "Node") -> bool:
    parent = node.parent
    if parent is None or parent.type not in ("assignment", "assignment_expression"):
        return False
    return parent.child_by_field_name("left") == node


def _is_parameter(code: Code, node: "Node") -> bool:
    """Whether a use of the name means a parameter of a function further in."""
    function = code.function_around(node)
    name = code.text(node)
    return function is not None and any(p.name == name for p in code.parameters(function))


def _of_uses(fate: Fate, uses: list[Fate]) -> Fate:
    takes = next((use.takes_as for use in uses if use.takes_as), "")
    fate = replace(fate, takes_as=fate.takes_as or takes)
    strict = next((use for use in uses if use.is_strict), None)
    if strict is not None:
        return replace(fate, need=Need.REQUIRED, is_strict=True)
    for need in (Need.DEFAULT, Need.GUARDED, Need.REQUIRED):
        chosen = next((use for use in uses if use.need is need), None)
        if chosen is not None:
            return replace(chosen, takes_as=fate.takes_as, is_text=False)
    return fate
