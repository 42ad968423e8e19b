"""Whether code looks at a variable before it uses it: tests, and what they protect."""

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.functions import scope_of
from launchready.steps.env_lint.reads.javascript.syntax import (
    FUNCTIONS,
    TRANSPARENT,
    Script,
    ancestors,
    is_field,
    outside,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_STEPS = 30
_MOST_USES = 25
_MOST_BEFORE = 16
EQUALITIES = frozenset({"===", "!==", "==", "!="})
_STOPS = frozenset({"throw_statement", "return_statement", "continue_statement", "break_statement"})
_ENDING = Regex(r"exit|fail|throw|panic|redirect|notFound|abort|die|reject", re.IGNORECASE)
_THROWING = (
    "process.exit",
    "invariant",
    "assert",
    "panic",
    "Deno.exit",
    "status: 5",
    "status(5",
    "reject(",
    "throw ",
    "throw\n",
    "sys.exit",
)


@frozen
class Test:
    """A condition that a value stands in.

    `throws` says that the program stops, or answers with an error of the server, where it is not
    set. `protects` are the ranges of bytes that run only where it is. `is_truth` says that the text
    is taken as a truth, `compared` with which literal.
    """

    throws: bool
    protects: tuple[tuple[int, int], ...]
    is_truth: bool = True
    compared: str = ""


@dataclass(eq=False, repr=False)
class _Climb:
    """What a way up from a value to a condition has met."""

    is_positive: bool = True
    is_truth: bool = True
    is_either: bool = False
    compared: str = ""
    beside: list[tuple[int, int]] = field(default_factory=list)


def test_of(script: Script, node: "Node") -> "Test | None":
    """The test that an expression is part of, if it is."""
    climb = _Climb()
    parent = node.parent
    for _ in range(_MOST_STEPS):
        if parent is None:
            break
        if parent.type in _BRANCHES:
            return _at_branch(script, parent, node, climb)
        step = _CLIMBS.get(parent.type)
        if parent.type not in TRANSPARENT and not (step and step(script, parent, node, climb)):
            return None
        node, parent = parent, parent.parent
    return None


def _at_branch(script: Script, branch: "Node", node: "Node", climb: _Climb) -> Test | None:
    if not is_field(branch, "condition", node):
        return None
    test = _of_branch(script, branch, climb.is_positive)
    is_switch = climb.compared in ("true", "false", "1", "0")  # what must be on need not be set
    return replace(
        test,
        throws=test.throws and not climb.is_either and not is_switch,
        protects=(*test.protects, *climb.beside),
        is_truth=climb.is_truth,
        compared=climb.compared,
    )


def _unary(script: Script, parent: "Node", node: "Node", climb: _Climb) -> bool:
    operator = operator_of(script, parent)
    if operator == "!":
        climb.is_positive = not climb.is_positive
    elif operator == "typeof":
        climb.is_truth = False
    return operator in ("!", "typeof")


def _binary(script: Script, parent: "Node", node: "Node", climb: _Climb) -> bool:
    operator = operator_of(script, parent)
    other = other_side(parent, node)
    if operator in EQUALITIES:
        literal = _nothing_or_literal(script, other)
        if literal is None:
            return False
        climb.is_truth, climb.compared = False, literal
        is_unequal = operator.startswith("!")
        if literal in _NOTHING:
            climb.is_positive = climb.is_positive == is_unequal
        elif is_unequal:
            climb.is_positive = not climb.is_positive
        return True
    if operator not in ("&&", "||"):
        return False
    if (operator == "&&") == climb.is_positive and is_field(parent, "left", node):
        climb.beside.append((node.end_byte, parent.end_byte))
    if operator == "&&" and not climb.is_positive and other is not None:
        climb.is_either |= script.text(other).startswith("!")  # !A && !B: one of them will do
    return True


def _call(script: Script, parent: "Node", node: "Node", climb: _Climb) -> bool:
    return script.called(parent) == "Boolean"


def _arguments(script: Script, parent: "Node", node: "Node", climb: _Climb) -> bool:
    call = parent.parent
    return call is not None and call.type == "call_expression" and script.called(call) == "Boolean"


_BRANCHES = frozenset({"if_statement", "ternary_expression", "while_statement"})
_CLIMBS = {
    "unary_expression": _unary,
    "binary_expression": _binary,
    "call_expression": _call,
    "arguments": _arguments,
}
_NOTHING = ("undefined", "null", "", "void 0")


def _nothing_or_literal(script: Script, other: "Node | None") -> str | None:
    if other is None:
        return None
    if other.type in ("undefined", "null"):
        return script.text(other)
    if other.type == "identifier" and script.text(other) == "undefined":
        return "undefined"
    return script.literal(other)


def operator_of(script: Script, node: "Node") -> str:
    """The sign of a unary, binary or assignment expression."""
    operator = node.child_by_field_name("operator")
    return "" if operator is None else script.text(operator)


def other_side(binary: "Node", node: "Node") -> "Node | None":
    """The operand of a binary expression that is not this one."""
    left = binary.child_by_field_name("left")
    return binary.child_by_field_name("right") if left == node else left


def _of_branch(script: Script, branch: "Node", is_positive: bool) -> Test:
    consequence = branch.child_by_field_name("consequence") or branch.child_by_field_name("body")
    alternative = branch.child_by_field_name("alternative")
    runs, other = (consequence, alternative) if is_positive else (alternative, consequence)
    protects = [(runs.start_byte, runs.end_byte)] if runs is not None else []
    if branch.type == "if_statement" and other is not None and ends(script, other):
        block = branch.parent
        if block is not None:
            protects.append((branch.end_byte, block.end_byte))
    throws = other is not None and branch.type == "if_statement" and stops(script, other)
    return Test(throws=throws, protects=tuple(protects))


def ends(script: Script, node: "Node") -> bool:
    """Whether what follows a branch does not run after it."""
    if node.type in _STOPS:
        return True
    last = node.named_child(node.named_child_count - 1) if node.named_child_count else None
    if last is None:
        return False
    if node.type in ("statement_block", "else_clause"):
        return ends(script, last)
    if node.type != "expression_statement" or last.type != "call_expression":
        return False
    return bool(_ENDING.search(script.called(last)))


def stops(script: Script, branch: "Node") -> bool:
    """Whether a branch throws, ends the program or answers with an error of the server."""
    if not ends(script, branch):
        return False
    text = script.text(branch)[:1500]
    return any(sign in text for sign in _THROWING)


def is_told_from_undefined(script: Script, part: "Node") -> bool:
    """Whether the text that a template makes of one value alone is compared with "undefined"."""
    template = part.parent
    holder = outside(template).parent if template is not None else None
    name = holder.child_by_field_name("name") if holder is not None else None
    if template is None or holder is None or name is None or holder.type != "variable_declarator":
        return False
    if template.named_child_count != 1 or not script.text(template).startswith("`${"):
        return False
    uses = script.occurrences(script.text(name), name.end_byte, scope_of(name).end_byte)
    return any(_is_beside_undefined(script, use) for use in islice(uses, _MOST_USES))


def _is_beside_undefined(script: Script, use: "Node") -> bool:
    parent = use.parent
    if parent is None or parent.type != "binary_expression":
        return False
    return script.string(other_side(parent, use)) == "undefined"


def is_after_exit(node: "Node") -> bool:
    """Whether a branch before a node, in the same function, leaves it: `if (!client) return;`."""
    for each in ancestors(node):
        if each.type in FUNCTIONS:
            return False
        before = each.prev_named_sibling
        for _ in range(_MOST_BEFORE):
            if before is None:
                break
            if before.type == "if_statement" and _leaves(before):
                return True
            before = before.prev_named_sibling
    return False


def _leaves(branch: "Node") -> bool:
    body = branch.child_by_field_name("consequence")
    if body is None or body.type in ("return_statement", "throw_statement"):
        return body is not None
    last = body.named_child(body.named_child_count - 1) if body.named_child_count else None
    return last is not None and last.type in ("return_statement", "throw_statement")
