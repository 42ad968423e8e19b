"""Whether a script shows that it fails without a variable that it reads and tests nowhere."""

from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Doubt, Need, Read
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.fate import Fate
from launchready.steps.env_lint.reads.javascript.functions import function_around
from launchready.steps.env_lint.reads.javascript.syntax import (
    FUNCTIONS,
    TRANSPARENT,
    Script,
    ancestors,
    is_field,
)
from launchready.steps.env_lint.reads.setups import is_setup

if TYPE_CHECKING:
    from tree_sitter import Node

_ASSERTIONS = frozenset({"as_expression", "type_assertion", "non_null_expression"})
_MOST_BEFORE = 16
_MOST_TEXT = 300


def doubted(script: Script, read: Read, node: "Node", fate: Fate) -> Read:
    """The read, with what makes its need uncertain. `node` is the expression that reads."""
    if read.need is not Need.REQUIRED:
        return read
    if _is_caught(node):
        return replace(read, need=Need.GUARDED)
    if (
        not fate.is_strict
        and fate.need is None
        and not (_is_used(node) or _opens_service(script, read.name, node))
    ):
        return replace(read, doubt=Doubt.HANDED_ON)
    if read.beside or not _hangs_on_setup(script, node):
        return read  # of what runs beside another variable that one tells
    return replace(read, doubt=Doubt.SETUP)


def _is_caught(node: "Node") -> bool:
    """Whether a failure is passed over in silence: `try { … } catch {}`."""
    for each in ancestors(node):
        if each.type in FUNCTIONS:
            return False
        handler = each.child_by_field_name("handler") if each.type == "try_statement" else None
        if handler is not None and not handler.start_byte <= node.start_byte < handler.end_byte:
            body = handler.child_by_field_name("body")
            return body is not None and body.named_child_count == 0
    return False


def _is_used(node: "Node") -> bool:
    """Whether a value is asserted to be there, or becomes a part of a text as "undefined"."""
    parent = node.parent
    while parent is not None and parent.type in TRANSPARENT:
        if parent.type in _ASSERTIONS:
            return True
        parent = parent.parent
    return parent is not None and parent.type == "template_substitution"


_OPENS = Regex(r"(?:\w+_)?(?:API_KEY|SECRET_KEY|ACCESS_KEY|CLIENT_SECRET|API_TOKEN|DATABASE_URL)")


def _opens_service(script: Script, name: str, node: "Node") -> bool:
    """`new Api({ key: process.env.API_KEY })`: what is made with a key is of no use without one."""
    if not _OPENS.fullmatch(name):
        return False
    for each in ancestors(node, 5):
        if each.type in ("new_expression", "call_expression"):
            called = script.called(each).rpartition(".")[2]
            return each.type == "new_expression" or called.startswith("create")
        if each.type not in _CARRIES:
            return False
    return False


_CARRIES = TRANSPARENT | {"pair", "object", "arguments"}


def _hangs_on_setup(script: Script, node: "Node") -> bool:
    in_function = function_around(node) is not None
    inner = node
    for each in ancestors(node):
        if each.type in FUNCTIONS:
            in_function = function_around(each) is not None
        condition = _condition(each, inner)
        if condition is not None:
            text = script.text(condition)[:_MOST_TEXT]
            if is_setup(text, in_function=in_function):
                return True
        if each.type == "statement_block" and _left_before(script, inner, in_function):
            return True
        inner = each
    return False


def _condition(parent: "Node", inner: "Node") -> "Node | None":
    """What must hold for a part of its parent to run, None if nothing is asked."""
    if parent.type in ("if_statement", "ternary_expression"):
        condition = parent.child_by_field_name("condition")
        return None if condition == inner else condition
    if parent.type in ("switch_case", "switch_default"):
        switch = parent.parent.parent if parent.parent is not None else None
        return switch.child_by_field_name("value") if switch is not None else None
    is_both = parent.type == "binary_expression" and is_field(parent, "right", inner)
    if is_both and any(child.type in ("&&", "||") for child in parent.children):
        return parent.child_by_field_name("left")
    return None


def _left_before(script: Script, statement: "Node", in_function: bool) -> bool:
    """`if (!config.storage) return;` before it."""
    before = statement.prev_named_sibling
    for _ in range(_MOST_BEFORE):
        if before is None:
            return False
        if before.type == "if_statement":
            condition = before.child_by_field_name("condition")
            then = before.child_by_field_name("consequence")
            shown = "" if then is None else script.text(then)[:_MOST_TEXT].strip("{ \n\t}")
            if condition is not None and shown.startswith("return"):
                text = script.text(condition)[:_MOST_TEXT]
                if is_setup(text, in_function=in_function):
                    return True
        before = before.prev_named_sibling
    return False
