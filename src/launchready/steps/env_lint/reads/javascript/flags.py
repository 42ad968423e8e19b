"""Variables that say whether others are set: `const isOn = !!process.env.A && !!process.env.B`."""

from itertools import islice
from typing import TYPE_CHECKING

from launchready.steps.env_lint.reads.javascript.flow import Test, operator_of, test_of
from launchready.steps.env_lint.reads.javascript.functions import scope_of
from launchready.steps.env_lint.reads.javascript.syntax import TRANSPARENT, Script

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_STEPS = 30
_MOST_USES = 25
_OF_A_FLAG = TRANSPARENT | {"unary_expression", "binary_expression", "call_expression", "arguments"}


def flag_test(script: Script, node: "Node") -> Test | None:
    """The tests of the flag that an expression is part of, if it is of one and they are any."""
    negations = 0
    parent = node.parent
    for _ in range(_MOST_STEPS):
        if parent is None or parent.type not in _OF_A_FLAG:
            break
        sign = operator_of(script, parent)
        negations += sign == "!"
        if parent.type == "binary_expression" and sign != "&&":
            return None
        node, parent = parent, parent.parent
    if parent is None or parent.type != "variable_declarator" or negations % 2:
        return None
    name = parent.child_by_field_name("name")
    if name is None or name.type != "identifier":
        return None
    uses = islice(
        script.occurrences(script.text(name), name.end_byte, scope_of(name).end_byte), _MOST_USES
    )
    tests = [test for use in uses if (test := test_of(script, use)) is not None]
    protects = tuple(place for test in tests for place in test.protects)
    return Test(throws=any(test.throws for test in tests), protects=protects) if tests else None
