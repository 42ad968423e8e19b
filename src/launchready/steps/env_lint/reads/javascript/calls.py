"""Calls that may go to a wrapper: with a name as text, or with a parameter that is handed on."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from launchready.facts.environment import Call, Need
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.doubt import doubted
from launchready.steps.env_lint.reads.javascript.fate import Fate
from launchready.steps.env_lint.reads.javascript.functions import name_of_function, parameters_of
from launchready.steps.env_lint.reads.javascript.need import fate_of
from launchready.steps.env_lint.reads.javascript.reading import protected_places, read_of
from launchready.steps.env_lint.reads.javascript.syntax import (
    FUNCTIONS,
    VARIABLE,
    Script,
    ancestors,
    arguments_of,
    inside,
)
from launchready.steps.env_lint.reads.javascript.tables import literals_in

if TYPE_CHECKING:
    from tree_sitter import Node

_TEXT = Regex(rb"""[(,]\s*["'`]([A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{1,80}|[A-Z][A-Z0-9]{2,60})["'`]""")
_PASSED = Regex(
    rb"""\(\s*(?:[\w$.]{1,60}\s*,\s*)?"""
    rb"""([\w$]{0,40}(?:[nN]ame|[kK]ey|[vV]ar(?:iable)?|[eE]nv[\w$]{0,20})"""
    rb"""|[knvsx]|prop|property|field|id|setting)\s*[,)]"""
)
# Called with names in capitals all the time, and never readers of the environment.
_NOT_WRAPPERS = frozenset(
    [
        "require",
        "import",
        "includes",
        "startsWith",
        "endsWith",
        "indexOf",
        "push",
        "has",
        "add",
        "equals",
        "equal",
        "toBe",
        "toEqual",
        "log",
        "error",
        "warn",
        "info",
        "debug",
        "t",
        "describe",
        "it",
        "test",
        "expect",
        "createElement",
        "querySelector",
        "on",
        "emit",
        "once",
        "addEventListener",
        "setItem",
        "getItem",
        "removeItem",
        "Error",
        "stringify",
        "parse",
        "String",
        "Number",
        "Boolean",
        "parseInt",
        "fetch",
        "append",
        "split",
        "join",
        "replace",
        "Set",
        "Map",
        "Symbol",
        "if",
        "for",
        "while",
        "switch",
        "return",
    ]
)
_MOST = 2000


def calls_in(script: Script, spoken_for: Collection[int] = ()) -> Iterator[Call]:
    """Calls of functions that may read the variable that they are told, without those whose name
    stands at a byte that is `spoken_for`: a schema tells of them.
    """
    yield from _with_text(script, spoken_for)
    yield from _passing_on(script)


def _with_text(script: Script, spoken_for: Collection[int]) -> Iterator[Call]:
    """Calls with a name in capitals. A test of one protects the calls with the same name that it
    leads to.
    """
    found = [each for each in _texts(script) if each[1].start_byte not in spoken_for]
    protected = protected_places((name, node.start_byte, fate) for _, node, name, fate in found)
    for call, node, name, fate in found:
        arguments = arguments_of(call)
        place = arguments.index(node)
        need = fate.need or Need.REQUIRED
        if need is Need.REQUIRED and not fate.is_strict and node.start_byte in protected:
            need = Need.GUARDED
        second = arguments[place + 1] if place + 1 < len(arguments) else None
        yield Call(
            function=_function(script, call),
            argument=place,
            read=doubted(script, read_of(script, name, node, fate, need), call, fate),
            count=len(arguments),
            second=script.value(None if second is None else inside(second)),
        )


def _texts(script: Script) -> Iterator[tuple["Node", "Node", str, Fate]]:
    """Each such call, its argument's node, the name and what becomes of what it gives."""
    for number, match in enumerate(_TEXT.finditer(script.content)):
        if number >= _MOST:
            return
        node = script.node_at(match.start(1) - 1, match.end(1) + 1)
        call = _call_around(node)
        if node is None or call is None or node.type not in ("string", "template_string"):
            continue
        function = _function(script, call)
        if function and function not in _NOT_WRAPPERS and node in arguments_of(call):
            yield call, node, match[1].decode(), fate_of(script, call)


def _call_around(node: "Node | None") -> "Node | None":
    arguments = node.parent if node is not None else None
    if arguments is None or arguments.type != "arguments":
        return None
    call = arguments.parent
    return call if call is not None and call.type == "call_expression" else None


def _function(script: Script, call: "Node") -> str:
    """The called function's own name, whatever it is called on."""
    function = call.child_by_field_name("function")
    if function is None:
        return ""
    function = inside(function)
    if function.type == "identifier":
        return script.text(function)
    chosen = function.child_by_field_name("property")
    return script.text(chosen) if chosen is not None else ""


def _passing_on(script: Script) -> Iterator[Call]:
    for number, match in enumerate(_PASSED.finditer(script.content)):
        if number >= _MOST:
            return
        node = script.node_at(*match.span(1))
        call = _call_around(node)
        if node is None or call is None or node.type != "identifier":
            continue
        function = _function(script, call)
        if not function or function in _NOT_WRAPPERS:
            continue
        yield from _handed_on(script, node, function, arguments_of(call).index(node))


def _handed_on(script: Script, node: "Node", function: str, place: int) -> Iterator[Call]:
    name = script.text(node)
    for each in ancestors(node):
        if each.type == "for_in_statement":
            left = each.child_by_field_name("left")
            if left is not None and script.text(left) == name:
                yield from _each_of(script, each.child_by_field_name("right"), function, place)
                return
        if each.type not in FUNCTIONS:
            continue
        names = [known for known, _ in parameters_of(script, each)]
        if name in names:
            if within := name_of_function(script, each):
                passes = names.index(name)
                yield Call(
                    function=function,
                    argument=place,
                    within=within,
                    passes=passes,
                    fallback=_fallback(names),
                )
            return


_FALLBACK: Regex[str] = Regex(r"(?i)default|fallback|otherwise")


def _fallback(names: list[str]) -> int:
    """The number of the parameter that says what to take where nothing is set, -1 if none does."""
    return next((n for n, name in enumerate(names) if _FALLBACK.search(name)), -1)


def _each_of(script: Script, values: "Node | None", function: str, place: int) -> Iterator[Call]:
    """A call for each text of a list that a loop goes through."""
    for text, at in literals_in(script, values):
        if VARIABLE.fullmatch(text):
            fate = fate_of(script, at)
            read = read_of(script, text, at, fate, Need.REQUIRED)
            yield Call(function=function, argument=place, read=read)
