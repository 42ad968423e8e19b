"""What calls and methods do with a value: convert it, ask whether it is set, replace it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Need
from launchready.steps.env_lint.reads.code import ARGUMENTS, CALLS
from launchready.steps.env_lint.reads.walk import TRUTHS, Fate, Walk, looked_at, replaced

if TYPE_CHECKING:
    from tree_sitter import Node

_MEMBERS = frozenset({"attribute", "navigation_expression", "member_access_expression"})
Step = Callable[[Walk, "Node", tuple[str, ...]], bool]


def argument(walk: Walk, parent: "Node") -> bool:
    call = parent.parent
    if parent.type not in ARGUMENTS:
        return True
    if call is None or call.type not in CALLS:
        return False
    name = walk.code.called(call)
    return _given(walk, call, name)


def _given(walk: Walk, call: "Node", name: str) -> bool:
    """The value is handed to a call."""
    last = name.rpartition(".")[2]
    if name in walk.dialect.tests or last in walk.dialect.tests:
        negated = bool(re.search(r"empty|blank|nil|null", last, re.IGNORECASE))
        walk.fate = replace(looked_at(walk.fate), is_negated=negated)
        walk.node = call
        return True
    if name in walk.dialect.wraps:
        walk.node = call
        return True
    takes = walk.dialect.takes.get(name, walk.dialect.takes.get(last))
    if takes is None:
        walk.fate = replace(walk.fate, is_text=name in ("str", "String"))
        return False
    if takes == "truth":
        walk.fate = looked_at(walk.fate).taking("truth")
        walk.node = call
        return True
    walk.fate = walk.fate.taking(takes)
    walk.node = call
    if walk.dialect.parsing_needs:
        after = walk.follow(walk.code, call, Fate(), walk.depth)
        walk.fate = walk.fate.needing(
            Need.REQUIRED if after.need is not Need.DEFAULT else Need.GUARDED
        )
    return True


def member(walk: Walk, parent: "Node") -> bool:
    """The value is asked for a part of it, or one of its methods is called."""
    first = parent.named_child(0)
    if first != walk.node:
        return False
    parts = ("attribute", "field", "method", "name", "property")
    chosen = next((c for p in parts if (c := parent.child_by_field_name(p)) is not None), None)
    if chosen is None:
        chosen = parent.named_child(parent.named_child_count - 1)
    call = parent if parent.type in CALLS else parent.parent
    name = re.sub(r"<.*", "", walk.code.text(chosen))
    step = walk.dialect.methods.get(name)
    is_optional = b"?." in walk.code.content[walk.node.end_byte : chosen.start_byte] or (
        b"&." in walk.code.content[walk.node.end_byte : chosen.start_byte]
    )
    rest = (*step[1:], "safe") if step and is_optional else step[1:] if step else ()
    if step is None:
        need = Need.GUARDED if is_optional else walk.dialect.member_need
        walk.fate = walk.fate.needing(need) if need else walk.fate
        return True
    return _METHODS[step[0]](walk, call if call is not None else parent, rest)


def called(walk: Walk, parent: "Node") -> bool:
    """The value's method is called: Ruby, Java and PHP have the method's name at the call."""
    first = parent.named_child(0)
    if first == walk.node and walk.node.type not in ("identifier", "name"):
        if parent.child_by_field_name("function") is not None or walk.node.type in _MEMBERS:
            return True
        return member(walk, parent)
    return False


def asked(walk: Walk, parent: "Node") -> bool:
    """`value?` of Rust."""
    if walk.fate.need is None:
        walk.fate = replace(walk.fate, need=Need.REQUIRED, is_strict=True)
    return True


def in_text(walk: Walk, parent: "Node") -> bool:
    walk.fate = replace(walk.fate, is_text=not walk.fate.is_tested)
    return False


def cast(walk: Walk, parent: "Node") -> bool:
    """`(int) value` of PHP and C#."""
    kind = walk.code.text(parent.child_by_field_name("type")).lower()
    takes = {"int": "integer", "integer": "integer", "float": "number", "double": "number"}
    if kind in ("bool", "boolean"):
        walk.fate = walk.fate.needing(Need.GUARDED).taking("truth")
    walk.fate = walk.fate.taking(takes.get(kind, ""))
    return True


def matched(walk: Walk, parent: "Node") -> bool:
    """`match value { Ok(v) => …, Err(_) => … }`."""
    walk.fate = walk.fate.needing(Need.GUARDED)
    return False


def _method_default(walk: Walk, call: "Node", rest: tuple[str, ...]) -> bool:
    arguments = walk.code.arguments(call) if call.type in CALLS else []
    other = arguments[-1].node if arguments else None
    if other is None:
        walk.fate = walk.fate.needing(Need.DEFAULT)
    else:
        walk.fate = replaced(walk.code, replace(walk.fate, need=None), other)
    return True


def _method_test(walk: Walk, call: "Node", rest: tuple[str, ...]) -> bool:
    walk.fate = replace(looked_at(walk.fate), is_negated="negated" in rest)
    return True


def _method_compares(walk: Walk, call: "Node", rest: tuple[str, ...]) -> bool:
    arguments = walk.code.arguments(call)
    literal = walk.code.literal(arguments[0].node) if arguments else None
    takes = "boolean" if literal and literal.reveal().lower() in TRUTHS else ""
    walk.fate = replace(looked_at(walk.fate).taking(takes), is_joined=True)
    return True


def _method_takes(walk: Walk, call: "Node", rest: tuple[str, ...]) -> bool:
    walk.fate = walk.fate.taking(rest[0])
    if "lenient" in rest:
        walk.fate = walk.fate.needing(Need.GUARDED)  # `nil.to_s` is an empty text
        return True
    need = walk.dialect.member_need
    if need and "safe" not in rest:
        walk.fate = walk.fate.needing(need)
    return True


def _method_needs(walk: Walk, call: "Node", rest: tuple[str, ...]) -> bool:
    if walk.fate.need is None:
        walk.fate = replace(walk.fate, need=Need.REQUIRED, is_strict=True)
    return True


def _method_passes(walk: Walk, call: "Node", rest: tuple[str, ...]) -> bool:
    return True


_METHODS: Mapping[str, Step] = {
    "default": _method_default,
    "test": _method_test,
    "compares": _method_compares,
    "takes": _method_takes,
    "needs": _method_needs,
    "passes": _method_passes,
}
