"""What operators, choices and branches do with a value: replace it, test it, fail without it."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.catalog.environment import words
from launchready.facts.environment import Need, Value
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import Code
from launchready.steps.env_lint.reads.walk import (
    FAILS,
    TRUTHS,
    Fate,
    Walk,
    looked_at,
    replaced,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_COMPARISONS = words("== != === !== is in < > <= >= eql =~ <=>") | {"is not", "not in"}


def binary(walk: Walk, parent: "Node") -> bool:
    is_left = parent.start_byte == walk.node.start_byte
    sign = operator_of(walk.code, parent)
    if sign in ("or", "||", "??", "?:"):
        if walk.fate.is_tested:
            walk.fate = replace(
                walk.fate, is_joined=walk.fate.is_joined or not walk.fate.is_negated
            )
            return True
        if is_left:
            walk.fate = replaced(walk.code, walk.fate, _other(parent, is_left=True))
        else:
            walk.fate = walk.fate.needing(Need.GUARDED)
        return True
    if sign in ("and", "&&"):
        if walk.fate.is_tested:
            walk.fate = replace(walk.fate, is_joined=walk.fate.is_joined or walk.fate.is_negated)
            return True
        if is_left:
            protects = ((walk.node.end_byte, parent.end_byte),)
            walk.fate = replace(looked_at(walk.fate), protects=protects).taking(walk.dialect.truth)
        return True
    if sign in _COMPARISONS:
        return _compared(walk, sign, _other(parent, is_left=is_left))
    walk.fate = replace(walk.fate, is_text=sign in ("+", "%", ".") and not walk.fate.is_tested)
    return sign in ("+", ".", "%")


def _compared(walk: Walk, sign: str, other: "Node | None") -> bool:
    """Compared with nothing, a value is tested; with a literal it may as well be unset."""
    literal = walk.code.literal(other)
    text = "" if literal is None else literal.reveal().lower()
    is_unset = walk.code.is_nothing(other) or (literal is not None and not text)
    if is_unset:
        negated = sign in ("==", "===", "is")
        walk.fate = replace(looked_at(walk.fate), is_negated=negated)
        return True
    takes = "boolean" if text in TRUTHS else ""
    if other is not None and other.named_child_count and literal is None:
        inner = [walk.code.literal(child) for child in other.named_children[:8]]
        takes = "boolean" if any(v and v.reveal().lower() in TRUTHS for v in inner) else ""
    if not walk.fate.takes_as and sign in ("<", ">", "<=", ">="):
        takes = "number"
    walk.fate = replace(looked_at(walk.fate).taking(takes), is_joined=True)
    return True


def operator_of(code: Code, node: "Node") -> str:
    """The sign of a binary expression."""
    signs = node.children_by_field_name("operator") or node.children_by_field_name("operators")
    if not signs:
        signs = [child for child in node.children if not child.is_named]
    return re.sub(r"\s+", " ", code.text(signs[0])) if signs else ""


def _other(parent: "Node", *, is_left: bool) -> "Node | None":
    children = parent.named_children
    if len(children) < 2:
        return None
    return children[-1] if is_left else children[0]


def not_(walk: Walk, parent: "Node") -> bool:
    sign = walk.code.text(parent)[:3]
    if sign.startswith(("not", "!")):
        was = walk.fate
        walk.fate = replace(looked_at(was), is_negated=not was.is_negated)
        walk.fate = walk.fate if was.is_tested else walk.fate.taking(walk.dialect.truth)
        return True
    if walk.code.text(parent).endswith("!"):
        walk.fate = walk.fate.needing(Need.REQUIRED)
        return True
    return sign.startswith(("*", "&", "-", "@"))


def choice(walk: Walk, parent: "Node") -> bool:
    """`a if value else b`, `value ? a : b`, and `value ?: b` of PHP."""
    condition = parent.child_by_field_name("condition")
    if condition is None and parent.named_child_count > 1:
        condition = parent.named_child(1)
    if condition != walk.node:
        walk.fate = walk.fate.needing(Need.GUARDED)
        return True
    if walk.dialect.has_short_choice and parent.child_by_field_name("body") is None:
        other = parent.child_by_field_name("alternative")
        walk.fate = replaced(walk.code, walk.fate, other)
        return True
    protects = ((parent.start_byte, parent.end_byte),)
    was = walk.fate
    walk.fate = replace(looked_at(was), protects=protects)
    if not was.is_tested:
        walk.fate = walk.fate.taking(walk.dialect.truth)
    return False


def branch(walk: Walk, parent: "Node") -> bool:
    """A statement that is run or not run by the value: where it fails without it, it is needed."""
    condition = parent.child_by_field_name("condition") or parent.child_by_field_name("value")
    if condition is None and parent.named_child_count:
        condition = parent.named_child(0)
    if condition != walk.node:
        return False
    was = walk.fate
    negated = was.is_negated != parent.type.startswith("unless")
    walk.fate = replace(looked_at(was), protects=((parent.start_byte, parent.end_byte),))
    if not was.is_tested:
        walk.fate = walk.fate.taking(walk.dialect.truth)
    if parent.type == "assert_statement":
        walk.fate = replace(was, need=Need.REQUIRED, is_strict=True)
        return False
    without = _without(parent, negated=negated)
    fails = without is not None and FAILS.search(walk.code.text(without)[:600])
    if fails and not was.is_joined:
        takes = "" if walk.fate.takes_as == "truth" else walk.fate.takes_as
        walk.fate = replace(
            walk.fate, need=Need.REQUIRED, is_strict=True, protects=(), takes_as=takes
        )
    elif was.need in (None, Need.GUARDED) and not was.is_joined:
        walk.fate = _given_there(walk, without or _after(walk, parent, negated=negated))
    return False


_ONE = Regex(
    r"[\s{:]*(?:return\b|\$?[\w.]+\s*:?=)\s*(?P<given>\"[^\"\n]*\"|'[^'\n]*'|\d+|\$?\w+)\s*;?[\s}]*"
)


def _given_there(walk: Walk, without: "Node | None") -> Fate:
    """`if value == "" { value = "d" }` and `if value != "" { return value }; return other`."""
    if without is None or without.end_byte - without.start_byte > 400:
        return walk.fate
    found = _ONE.fullmatch(walk.code.text(without))
    if found is None:
        return walk.fate
    given = found["given"]
    if given[0] in "\"'" or given.isdigit():
        return replace(walk.fate, need=Need.DEFAULT, default=Value(given.strip("\"'")))
    function = walk.code.function_around(without)
    if function is not None and any(p.name == given for p in walk.code.parameters(function)):
        return replace(walk.fate, need=Need.DEFAULT, fallback=given)
    return walk.fate


def _after(walk: Walk, parent: "Node", *, negated: bool) -> "Node | None":
    """The return behind a branch that returns where the value is set."""
    after = parent.next_named_sibling
    if negated or after is None or not after.type.startswith("return"):
        return None
    then = parent.child_by_field_name("consequence") or parent.child_by_field_name("body")
    is_return = then is not None and re.match(r"[\s{]*return\b", walk.code.text(then)[:100])
    return after if is_return else None


def _without(parent: "Node", *, negated: bool) -> "Node | None":
    """What is run where the value is not set."""
    if parent.type.endswith("_modifier"):
        return parent.child_by_field_name("body") if negated else None
    if negated:
        part = parent.child_by_field_name
        return part("consequence") or part("body")
    return parent.child_by_field_name("alternative")
