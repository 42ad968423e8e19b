"""What becomes of a value that is read from the environment: needed, replaced, or looked at."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from launchready.facts.environment import Need
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.fate import Fate, replaced
from launchready.steps.env_lint.reads.javascript.flags import flag_test
from launchready.steps.env_lint.reads.javascript.flow import (
    EQUALITIES,
    Test,
    is_told_from_undefined,
    operator_of,
    other_side,
    test_of,
)
from launchready.steps.env_lint.reads.javascript.functions import (
    function_around,
    is_conditional,
    parameters_of,
    scope_of,
)
from launchready.steps.env_lint.reads.javascript.options import (
    default_of,
    is_flag,
    is_label,
    may_stay_unset,
)
from launchready.steps.env_lint.reads.javascript.sources import function_named
from launchready.steps.env_lint.reads.javascript.syntax import (
    TRANSPARENT,
    Script,
    arguments_of,
    inside,
    is_field,
    outside,
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
_METHODS = {"split": "list", "replace": "text", "replaceAll": "text"}
_TRUTHS = frozenset({"true", "false", "1", "0"})
_MOST_USES = 25
_MOST_STEPS = 30


def fate_of(script: Script, node: "Node", depth: int = 0) -> Fate:
    """What becomes of the value of an expression. `depth` counts the variables it went through."""
    if not script.spend():
        return Fate()
    test = test_of(script, node)
    if test is not None:
        return _tested(test)
    fate = _climbed(script, node, depth)
    flag = flag_test(script, node) if fate.need is Need.GUARDED and depth == 0 else None
    return fate if flag is None else _flagged(fate, flag)


def _climbed(script: Script, node: "Node", depth: int) -> Fate:
    fate = Fate()
    for _ in range(_MOST_STEPS):
        parent = node.parent
        if parent is None:
            break
        if parent.type in TRANSPARENT:
            if parent.type == "non_null_expression" and fate.need is None:
                fate = replace(fate, need=Need.REQUIRED)
        else:
            step = _STEPS.get(parent.type)
            fate, goes_on = step(script, parent, node, fate, depth) if step else (fate, False)
            if not goes_on:
                break
        node = parent
    return fate


def _flagged(fate: Fate, flag: Test) -> Fate:
    if flag.throws:
        return replace(fate, need=Need.REQUIRED, is_strict=True, test=flag)
    protects = (*(fate.test.protects if fate.test is not None else ()), *flag.protects)
    return replace(fate, test=Test(throws=False, protects=protects))


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
            return replaced(script, fate, parent.child_by_field_name("right")), True
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
    text = script.text(other) if other is not None else ""
    if literal is None and text not in _NOTHING and not _MEMBER.fullmatch(text):
        return fate
    return _decided(fate, Need.GUARDED).taking("boolean" if literal in _TRUTHS else "")


_NOTHING = ("undefined", "null")
_MEMBER = Regex(r"[A-Z]\w*\.[A-Z][A-Z0-9_]*|[A-Z]\w*\.[A-Z][a-z]\w*")
"""One of a few texts that the program itself knows: a member of an enum."""


def _decided(fate: Fate, need: Need, test: Test | None = None) -> Fate:
    return replace(fate, need=fate.need or need, test=fate.test or test)


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


def _besides(script: Script, call: "Node", fate: Fate) -> Fate:
    """`key ? new Api(key, process.env.URL) : null`: types let a class take what may be unset."""
    is_typed = script.language == "typescript" and call.type == "new_expression"
    return _decided(fate, Need.GUARDED) if is_typed and is_conditional(call) else fate


def _arguments(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    call = parent.parent
    if call is None:
        return fate, False
    name = script.called(call)
    if name in ("Boolean", "JSON.stringify"):
        return _decided(fate, Need.GUARDED).taking("truth" if name == "Boolean" else ""), False
    if node != parent.named_child(0):
        fate = _decided(fate, Need.GUARDED) if is_label(script, node) else fate
        return _besides(script, call, _by_parameter(script, call, node, fate, depth)), False
    takes = TAKES.get(name)
    if takes is None:
        return _converted(script, call, node, fate, depth), False
    after = fate_of(script, call, depth) if fate.need is None and name != "JSON.parse" else Fate()
    if after.need is Need.DEFAULT and call.type == "call_expression":
        return replace(after, takes_as=takes), False
    return fate.taking(takes), False


def _converted(script: Script, call: "Node", node: "Node", fate: Fate, depth: int) -> Fate:
    """What a function that is told what to take instead, or else one of this file, does with it."""
    default = default_of(script, call)
    if default is not None and fate.need is None:
        return replace(fate, need=Need.DEFAULT, default=script.value(default))
    return _by_parameter(script, call, node, fate, depth)


def _by_parameter(script: Script, call: "Node", node: "Node", fate: Fate, depth: int) -> Fate:
    """What a function of this file that is called with the value does with it."""
    function = call.child_by_field_name("function")
    if fate.need is not None or depth > 1 or function is None or function.type != "identifier":
        return fate
    if node.type not in ("member_expression", "subscript_expression"):
        return fate
    called = function_named(script, script.text(function))
    body = called.child_by_field_name("body") if called is not None else None
    names = parameters_of(script, called) if called is not None and body is not None else []
    place = arguments_of(call).index(node)
    if body is None or place >= len(names) or not names[place][0]:
        return fate
    if any(names[place][1].child_by_field_name(part) for part in ("value", "right")):
        return _decided(fate, Need.GUARDED)
    uses = script.occurrences(names[place][0], body.start_byte, body.end_byte)
    after = _of_uses_of(script, uses, Fate(), depth)
    return _decided(fate, Need.GUARDED) if after.need in _UNNEEDED else fate


_UNNEEDED = (Need.GUARDED, Need.DEFAULT)


def _listed(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    """`[process.env.A, process.env.B].filter(Boolean)`: what is not set falls out."""
    member = outside(parent).parent
    method = member.child_by_field_name("property") if member is not None else None
    if method is None or script.text(method) not in ("filter", "find", "some", "every"):
        return fate, False
    return _decided(fate, Need.GUARDED), False


def _ternary(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    return fate, not is_field(parent, "condition", node)


def _in_text(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    is_told = fate.need is None and is_told_from_undefined(script, parent)
    return (_decided(fate, Need.GUARDED) if is_told else fate), False


def _returned(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    """`() => process.env.BUILD_ID`."""
    is_body = is_field(parent, "body", node) and is_label(script, node)
    return (_decided(fate, Need.GUARDED) if is_body else fate), False


def _augmented(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    sign = operator_of(script, parent)
    if sign in ("??=", "||=") and is_field(parent, "left", node):
        return replaced(script, fate, parent.child_by_field_name("right")), False
    return fate, False


def _declared(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    """A variable that holds the value: what is done with it tells."""
    name = parent.child_by_field_name("name")
    if name is None or name.type != "identifier" or fate.need is not None or depth > 1:
        return fate, False
    after = of_variable(script, name, fate, depth)
    if after.need is None and is_flag(script.text(name)):
        return _decided(after, Need.GUARDED).taking("truth"), False
    is_shown = after.need is None and is_label(script, node)
    return (_decided(after, Need.GUARDED) if is_shown else after), False


def _assigned(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    """A variable that is declared elsewhere gets the value."""
    name = parent.child_by_field_name("left")
    function = function_around(parent)
    if name is None or name.type != "identifier" or fate.need is not None or depth > 1:
        return fate, False
    end = function.end_byte if function is not None else scope_of(parent).end_byte
    uses = script.occurrences(script.text(name), parent.end_byte, end)
    return _of_uses_of(script, uses, fate, depth), False


def _pair(script: Script, parent: "Node", node: "Node", fate: Fate, depth: int) -> _Step:
    """A table holds the value, `const HOOKS = { a: process.env.A }`: what `HOOKS[x]` comes to."""
    table = parent.parent
    holder = outside(table).parent if table is not None else None
    key = parent.child_by_field_name("key")
    name = holder.child_by_field_name("name") if holder is not None else None
    if fate.need is None and may_stay_unset(script, parent):
        return _decided(fate, Need.GUARDED), False
    if holder is None or name is None or key is None or fate.need is not None or depth > 1:
        return fate, False
    if holder.type != "variable_declarator" or name.type != "identifier":
        return fate, False
    uses = islice(
        script.occurrences(script.text(name), name.end_byte, scope_of(name).end_byte), _MOST_USES
    )
    fates = [
        fate_of(script, member, depth + 1)
        for use in uses
        if (member := _taken_out(script, use, script.text(key))) is not None
    ]
    return _of_uses(fate, fates), False


def _taken_out(script: Script, use: "Node", key: str) -> "Node | None":
    """`table[…]`, or `table.key` with this key."""
    parent = use.parent
    if parent is None or not is_field(parent, "object", use):
        return None
    chosen = parent.child_by_field_name("property")
    return parent if chosen is None or script.text(chosen) == key else None


def of_variable(script: Script, name: "Node", fate: Fate, depth: int = 0) -> Fate:
    """The fate of a value that a variable holds, by all that its scope does with it."""
    uses = script.occurrences(script.text(name), name.end_byte, scope_of(name).end_byte)
    return _of_uses_of(script, uses, fate, depth)


def _of_uses_of(script: Script, uses: Iterator["Node"], fate: Fate, depth: int) -> Fate:
    nodes = islice(uses, _MOST_USES)
    return _of_uses(fate, [fate_of(script, use, depth + 1) for use in nodes])


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
    "array": _listed,
    "ternary_expression": _ternary,
    "augmented_assignment_expression": _augmented,
    "variable_declarator": _declared,
    "assignment_expression": _assigned,
    "pair": _pair,
    "template_substitution": _in_text,
    "arrow_function": _returned,
}
