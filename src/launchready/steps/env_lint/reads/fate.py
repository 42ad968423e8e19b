"""What becomes of a value that is read: whether it is needed, replaced or only looked at.

One walk upwards serves all languages: what the parent of an expression does with it is told by the
parent's type, its operator, or what it calls.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from launchready.steps.env_lint.reads import bindings, conditions, members
from launchready.steps.env_lint.reads.code import ARGUMENTS, CALLS, Code
from launchready.steps.env_lint.reads.dialect import DIALECTS
from launchready.steps.env_lint.reads.walk import Fate, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_STEPS = 30


def fate_of(code: Code, node: "Node", start: Fate | None = None, depth: int = 0) -> Fate:
    """What becomes of the value of an expression. `depth` counts the variables it went through."""
    walk = Walk(code, DIALECTS[code.language], node, start or Fate(), depth, fate_of)
    for _ in range(_MOST_STEPS):
        parent = walk.node.parent
        if parent is None:
            break
        step = _STEPS.get(parent.type)
        before = walk.node
        if step is None or not step(walk, parent):
            break
        if walk.node is before:
            walk.node = parent
    return walk.fate


def _through(walk: Walk, parent: "Node") -> bool:
    return True


_STEPS: Mapping[str, Callable[[Walk, "Node"], bool]] = {
    **dict.fromkeys(
        ("parenthesized_expression", "parenthesized_statements", "await", "await_expression"),
        _through,
    ),
    **dict.fromkeys(("reference_expression", "checked_expression"), _through),
    **dict.fromkeys(("binary_expression", "binary", "boolean_operator"), conditions.binary),
    **dict.fromkeys(
        ("comparison_operator", "binary_operator", "elvis_expression"), conditions.binary
    ),
    **dict.fromkeys(
        ("not_operator", "unary_expression", "unary", "unary_op_expression"), conditions.not_
    ),
    **dict.fromkeys(("prefix_unary_expression", "postfix_unary_expression"), conditions.not_),
    **dict.fromkeys(
        ("conditional_expression", "conditional", "ternary_expression"), conditions.choice
    ),
    **dict.fromkeys(
        ("if_statement", "if", "unless", "elsif", "while_statement"), conditions.branch
    ),
    **dict.fromkeys(
        ("if_modifier", "unless_modifier", "elif_clause", "if_expression"), conditions.branch
    ),
    **dict.fromkeys(("assert_statement", "else_if_clause"), conditions.branch),
    **dict.fromkeys(
        (*ARGUMENTS, "argument", "value_argument", "keyword_argument"), members.argument
    ),
    **dict.fromkeys(
        ("attribute", "subscript", "field_expression", "selector_expression"), members.member
    ),
    **dict.fromkeys(("member_access_expression", "navigation_expression"), members.member),
    **dict.fromkeys(("element_reference", "element_access_expression"), members.member),
    **dict.fromkeys(("conditional_access_expression",), members.member),
    **dict.fromkeys(CALLS, members.called),
    **dict.fromkeys(("assignment", "assignment_expression", "named_expression"), bindings.bound),
    **dict.fromkeys(("short_var_declaration", "var_spec", "variable_declarator"), bindings.bound),
    **dict.fromkeys(("property_declaration", "let_declaration", "let_condition"), bindings.bound),
    **dict.fromkeys(("operator_assignment", "const_item", "static_item"), bindings.bound),
    "expression_list": lambda walk, parent: parent.named_child_count == 1,
    "try_expression": members.asked,
    "match_expression": members.matched,
    "cast_expression": members.cast,
    **dict.fromkeys(("interpolation", "encapsed_string"), members.in_text),
}
