"""What becomes of a value that is read from the environment: needed, replaced, or looked at."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Need, Value
from launchready.steps.env_lint.reads.javascript.flow import (
    EQUALITIES,
    Test,
    operator_of,
    other_side,
    test_of,
)
from launchready.steps.env_lint.reads.javascript.syntax import (
    TRANSPARENT,
    Script,
    function_around,
    inside,
    is_field,
    parameters_of,
    scope_of,
)

if TYPE_CHECKING:
    from tree_sitter import Node

TAKES: dict[str, str] = {
    "parseInt": "integer",
    "Number.parseInt": "integer",
    "Number": "number",
    "parseFloat": "number",
    "Number.parseFloat": "number",
    "Boolean": "truth",
    "URL": "url",
    "JSON.parse": "json",
    "BigInt": "integer",
    "createPrivateKey": "pem",
    "crypto.createPrivateKey": "pem",
    "importPKCS8": "pem",
}
_READS = re.compile(r"(?:process|import\.meta|Bun|Deno)\??\.env\b")
_METHODS = {"split": "list", "replace": "text", "replaceAll": "text"}
_FAILS = re.compile(r"throw|fail|raise|panic|\bdie\b|missing|invariant|unreachable", re.IGNORECASE)
_TRUTHS = frozenset({"true", "false", "1", "0"})
_MOST_USES = 25
_MOST_STEPS = 30


@dataclass(frozen=True)
class Fate:
    """How a read value is used.

    `need` is None where nothing but the use itself tells: it is needed unless a test elsewhere
    protects it. `fallback` is the parameter that takes its place. `is_strict` says that the program
    stops without it.
    """

    need: Need | None = None
    default: Value | None = None
    makes_default: str = ""
    fallback: str = ""
    takes_as: str = ""
    is_strict: bool = False
    test: Test | None = None

    def taking(self, what: str) -> "Fate":
        """The same, taken as `what` if nothing was known."""
        return self if self.takes_as or not what else replace(self, takes_as=what)


def fate_of(script: Script, node: "Node", depth: int = 0) -> Fate:
    """What becomes of the value of an expression. `depth` counts the variables it went through."""
    fate = Fate()
    if not script.spend():
        return fate
    test = test_of(script, node)
    if test is not None:
        return _tested(test)
    for _ in range(_MOST_STEPS):
        parent = node.parent
        if parent is None:
            break
        step = _STEPS.get(parent.type)
        if parent.type in TRANSPARENT:
            if parent.type == "non_null_expression" and fate.need is None:
                fate = replace(fate, need=Need.REQUIRED)
        elif step is None:
            break
        else:
            taken, goes_on = step(script, parent, node, fate, depth)
            fate = taken
            if not goes_on:
                break
        node = parent
    return fate


def _tested(test: Test) -> Fate:
    takes = "truth" if test.is_truth else "boolean" if test.compared in _TRUTHS else ""
    if test.throws:
        return Fate(need=Need.REQUIRED, is_strict=True, test=test)
    return Fate(need=Need.GUARDED, takes_as=takes, test=test)


_Step = tuple[Fate, bool]


def _binary(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    sign = operator_of(script, parent)
    is_left = is_field(parent, "left", node)
    if sign in ("??", "||"):
        if is_left and fate.need in (None, Need.GUARDED):
            return _replaced(script, fate, parent.child_by_field_name("right")), True
        return _decided(fate, Need.GUARDED), True
    if sign == "&&" and is_left:
        test = Test(throws=False, protects=((node.end_byte, parent.end_byte),))
        return _decided(fate, Need.GUARDED, test).taking("truth"), False
    if sign in EQUALITIES:
        return _compared(script, fate, other_side(parent, node)), False
    return fate.taking("number" if sign in ("<", ">", "<=", ">=") else ""), sign == "&&"


def _compared(script: Script, fate: Fate, other: "Node | None") -> Fate:
    """Compared with a literal or with nothing, a value may as well be unset."""
    literal = script.literal(inside(other)) if other is not None else None
    if literal is None and not (other is not None and script.text(other) in _NOTHING):
        return fate
    return _decided(fate, Need.GUARDED).taking("boolean" if literal in _TRUTHS else "")


_NOTHING = ("undefined", "null")


def _decided(fate: Fate, need: Need, test: Test | None = None) -> Fate:
    return replace(fate, need=fate.need or need, test=fate.test or test)


def _replaced(script: Script, fate: Fate, other: "Node | None") -> Fate:
    """The fate of a value that `other` stands in for where it is not set."""
    if other is None:
        return fate
    other = inside(other)
    text = script.text(other)[:300]
    literal = script.value(other)
    if other.type in ("undefined", "null") or text in _NOTHING or _READS.match(text):
        return replace(fate, need=Need.GUARDED)
    if other.type in ("call_expression", "new_expression"):
        name = script.called(other)[:80]
        if _FAILS.search(name) or "throw " in text:
            return replace(fate, need=Need.REQUIRED, is_strict=True)
        return replace(fate, need=Need.DEFAULT, makes_default=name)
    if other.type == "identifier":
        return _replaced_by_name(script, fate, other, text)
    return replace(fate, need=Need.DEFAULT, default=literal)


def _replaced_by_name(script: Script, fate: Fate, other: "Node", name: str) -> Fate:
    function = function_around(other)
    if function is not None and any(n == name for n, _ in parameters_of(script, function)):
        return replace(fate, need=Need.DEFAULT, fallback=name)
    return replace(fate, need=Need.DEFAULT, default=script.value(script.constant(name)))


def _unary(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    sign = operator_of(script, parent)
    if sign == "!":
        return _decided(fate, Need.GUARDED).taking("truth"), False
    if sign == "typeof":
        return _decided(fate, Need.GUARDED), False
    return fate.taking("number" if sign in ("+", "-") else ""), True


def _member(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    if not is_field(parent, "object", node):
        return fate, False
    optional = any(child.type == "optional_chain" for child in parent.children)
    chosen = parent.child_by_field_name("property")
    takes = _METHODS.get(script.text(chosen), "") if chosen is not None else ""
    fate = fate.taking(takes)
    if fate.need is None:
        fate = replace(fate, need=Need.GUARDED if optional else Need.REQUIRED)
    return fate, True


def _call(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    return fate, is_field(parent, "function", node)


def _arguments(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    call = parent.parent
    if call is None:
        return fate, False
    name = script.called(call)
    if name == "Boolean":
        return _decided(fate, Need.GUARDED).taking("truth"), False
    takes = TAKES.get(name)
    if takes is None:
        return fate, False
    if node != parent.named_child(0):
        return fate, False
    after = fate_of(script, call, depth) if fate.need is None and name != "JSON.parse" else Fate()
    if after.need is Need.DEFAULT and call.type == "call_expression":
        return replace(after, takes_as=takes), False
    return fate.taking(takes), False


def _substitution(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    return fate, False


def _ternary(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    return fate, not is_field(parent, "condition", node)


def _augmented(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    sign = operator_of(script, parent)
    if sign in ("??=", "||=") and is_field(parent, "left", node):
        return _replaced(script, fate, parent.child_by_field_name("right")), False
    return fate, False


def _declared(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    """A variable that holds the value: what is done with it tells."""
    name = parent.child_by_field_name("name")
    if name is None or name.type != "identifier" or fate.need is not None or depth > 1:
        return fate, False
    return of_variable(script, name, fate, depth), False


def of_variable(script: Script, name: "Node", fate: Fate, depth: int = 0) -> Fate:
    """The fate of a value that a variable holds, by all that its scope does with it."""
    scope = scope_of(name)
    uses = []
    for use in script.occurrences(script.text(name), name.end_byte, scope.end_byte):
        uses.append(fate_of(script, use, depth + 1))
        if len(uses) > _MOST_USES:
            break
    return _of_uses(fate, uses)


def _of_uses(fate: Fate, uses: list[Fate]) -> Fate:
    takes = next((use.takes_as for use in uses if use.takes_as), "")
    strict = next((use for use in uses if use.is_strict), None)
    if strict is not None:
        return replace(fate, need=Need.REQUIRED, is_strict=True, test=strict.test).taking(takes)
    for need in (Need.DEFAULT, Need.GUARDED):
        chosen = next((use for use in uses if use.need is need), None)
        if chosen is not None:
            return replace(chosen, takes_as=fate.takes_as or takes)
    return fate.taking(takes)


_STEPS = {
    "binary_expression": _binary,
    "unary_expression": _unary,
    "member_expression": _member,
    "subscript_expression": _member,
    "call_expression": _call,
    "arguments": _arguments,
    "template_substitution": _substitution,
    "ternary_expression": _ternary,
    "augmented_assignment_expression": _augmented,
    "variable_declarator": _declared,
}
