"""Calls that may go to a wrapper: with a name as text, or with a parameter that is handed on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.catalog.environment import words
from launchready.facts.environment import Call, Doubt, Need, Read
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import IDENTIFIERS, STRINGS, Code, ancestors
from launchready.steps.env_lint.reads.fate import fate_of
from launchready.steps.env_lint.reads.surroundings import doubt_at, place_at
from launchready.steps.env_lint.reads.told import VARIABLE, Told

if TYPE_CHECKING:
    from tree_sitter import Node

_PASSED = Regex(
    rb"""[(,]\s*(?:[frbuFRBU]?["']([A-Z][A-Z0-9_]{2,80})["']|(\$?\w*(?:[nN]ame|[kK]ey|[vV]ar|[eE]nv\w*)|[knvsx]|field|setting|option))\s*(?=[,)])"""
)
_NOT_WRAPPERS = words(
    """
    getattr setattr hasattr delattr isinstance print len str int float bool dict list set tuple
    get pop setdefault append add remove join split replace format startswith endswith
    encode decode info debug warning error exception critical log open Path super type Field
    filter exclude order_by values values_list first create update count index match search sub
    CharField ForeignKey Q F Column TypeVar namedtuple raise ValueError KeyError Exception
    RuntimeError TypeError skip skipif parametrize assertEqual assertIn assertRaises
    AliasChoices monkeypatch delenv setenv patch mock_open prefixed Literal
    require require_relative puts p raise attr_accessor describe it context expect let include? to_s
    Println Printf Errorf Sprintf Fatalf Fatal New Setenv Unsetenv define defined
    constant array_key_exists in_array assertSame assertEquals println format equals
    getProperty assert_eq assert panic expect_err Parse WriteLine Equal var var_os
    GetEnvironmentVariable SetEnvironmentVariable BindEnv AddEnvironmentVariables GetValue fetch
    """
)


def calls_in(told: Told) -> None:
    """Add calls that may go to a wrapper: with a name as text, or with a parameter handed on."""
    for node in _arguments_like(told.code):
        call = next((a for a in ancestors(node, 3) if told.code.called(a)), None)
        if call is None:
            continue
        on, _, function = told.code.called(call).rpartition(".")
        numbers = [n for n, a in enumerate(told.code.arguments(call)) if a.node == node]
        if not numbers or not function or function in _NOT_WRAPPERS or on in ("os", "System"):
            continue
        _add_call(told, node, call, function, numbers[0])


def _arguments_like(code: Code) -> Iterator["Node"]:
    for number, match in enumerate(_PASSED.finditer(code.content)):
        if number >= code.most:
            return
        node = code.node_at(*match.span(match.lastindex or 0))
        if code.is_deep(match.start()):
            continue
        if node is not None and node.type.endswith(("_content", "_fragment")):
            node = node.parent
        if node is not None and (node.type in STRINGS or node.type in IDENTIFIERS):
            yield node
        elif node is not None and node.parent is not None and node.parent.type == "variable_name":
            yield node.parent


def _add_call(told: Told, node: "Node", call: "Node", function: str, number: int) -> None:
    text = told.code.string(node)
    if text is not None:
        if VARIABLE.fullmatch(text):
            read = _read_of(told, text, node, call)
            arguments = told.code.arguments(call)
            second = arguments[number + 1].node if number + 1 < len(arguments) else None
            told.calls.append(
                Call(
                    function=function,
                    argument=number,
                    read=read,
                    count=len(arguments),
                    second=told.code.literal(second),
                )
            )
        return
    found = told.parameter(node)
    if found is not None and found[0] != function:
        told.calls.append(
            Call(function=function, argument=number, within=found[0], passes=found[1])
        )


def _read_of(told: Told, name: str, node: "Node", call: "Node") -> Read:
    fate = fate_of(told.code, call)
    need = fate.need or Need.REQUIRED
    doubt = Doubt.HANDED_ON if fate.need is None else None
    if need is Need.REQUIRED:
        doubt = doubt_at(told.code, node.start_byte) or doubt
    return Read(
        name=name,
        location=told.code.place(node),
        need=need,
        language=told.shown,
        place=place_at(told.code, node.start_byte),
        default=fate.default if need is Need.DEFAULT else None,
        makes_default=fate.makes_default if need is Need.DEFAULT else "",
        takes_as=fate.takes_as,
        doubt=doubt,
    )
