"""Functions and scopes of a script, and what hangs on a condition."""

from typing import TYPE_CHECKING

from launchready.steps.env_lint.reads.javascript.syntax import (
    FUNCTIONS,
    Script,
    ancestors,
    is_field,
    outside,
)

if TYPE_CHECKING:
    from tree_sitter import Node


def is_conditional(node: "Node") -> bool:
    """Whether a node runs only where some condition of the same function holds."""
    for parent in ancestors(node):
        if parent.type in FUNCTIONS:
            break
        is_branch = parent.type in ("if_statement", "ternary_expression")
        if is_branch and not is_field(parent, "condition", node):
            return True
        is_both = any(child.type == "&&" for child in parent.children)
        if is_both and is_field(parent, "right", node):
            return True
        node = parent
    return False


def function_around(node: "Node") -> "Node | None":
    """The innermost function that a node stands in."""
    return next((each for each in ancestors(node) if each.type in FUNCTIONS), None)


def scope_of(node: "Node") -> "Node":
    """The block, or the file, in which what is declared at a node is known."""
    last = node
    for each in ancestors(node, 400):
        if each.type in ("statement_block", "program"):
            return each
        last = each
    return last


def parameters_of(script: Script, function: "Node") -> list[tuple[str, "Node"]]:
    """Names and nodes of a function's parameters, "" for a pattern."""
    alone = function.child_by_field_name("parameter")
    if alone is not None:
        return [(script.text(alone), alone)]
    parameters = function.child_by_field_name("parameters")
    found = []
    for each in parameters.named_children if parameters is not None else ():
        if each.type == "comment":
            continue
        pattern = each.child_by_field_name("pattern") or each.child_by_field_name("left") or each
        if pattern.type == "this":
            continue
        found.append((script.text(pattern) if pattern.type == "identifier" else "", each))
    return found


def name_of_function(script: Script, function: "Node") -> str:
    """What a function is called by: its own name, or that of the variable or property it is."""
    own = function.child_by_field_name("name")
    if own is not None:
        return script.text(own)
    outer = outside(function)
    parent = outer.parent
    while parent is not None and parent.type in ("arguments", "call_expression"):
        outer, parent = parent, parent.parent  # memoize(() => …)
    if parent is None:
        return ""
    for kind, part in (
        ("variable_declarator", "name"),
        ("pair", "key"),
        ("public_field_definition", "name"),
        ("field_definition", "property"),
        ("assignment_expression", "left"),
    ):
        if parent.type == kind and (target := parent.child_by_field_name(part)) is not None:
            if target.type == "member_expression":
                target = target.child_by_field_name("property") or target
            return script.text(target)
    return ""
