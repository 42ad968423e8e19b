"""Reads in C#.

Sources: https://learn.microsoft.com/dotnet/api/system.environment.getenvironmentvariable,
https://learn.microsoft.com/aspnet/core/fundamentals/configuration/.
"""

from typing import TYPE_CHECKING

from launchready import trees
from launchready.facts.environment import Act, CodeFacts, DynamicRead, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads.calls import calls_in
from launchready.steps.env_lint.reads.code import Code, ancestors
from launchready.steps.env_lint.reads.told import VARIABLE, Told
from launchready.steps.env_lint.reads.walk import Fate

if TYPE_CHECKING:
    from tree_sitter import Node

_CALLED = Regex(
    rb"\b(?:[GS]etEnvironmentVariables?|ExpandEnvironmentVariables|AddEnvironmentVariables)(?=\s*\()"
)
_CONFIG = Regex(rb"\b_?\w*[cC]onfig(?:uration)?(?=\s*(?:\[|\.GetValue<))")
_EXPANDED = Regex(r"%([A-Za-z_]\w*)%")
_SHOWS = Regex(r"^(?:Console\.Write\w*|(?:\w+\.)*_?[lL]og(?:ger)?\.\w+|JsonSerializer\.Serialize)$")


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    if not trees.is_installed("c-sharp"):
        return CodeFacts(problem="the parser of C# is not installed")
    code = Code.of(file, "c-sharp")
    told = Told(code, "c#")
    for node in code.found(_CALLED):
        call = next((a for a in ancestors(node, 2) if a.type == "invocation_expression"), None)
        if call is not None:
            _called(told, call, told.code.called(call).rpartition(".")[2])
    for node in code.found(_CONFIG):
        _configured(told, node)
    calls_in(told)
    return told.facts()


def _called(told: Told, call: "Node", name: str) -> None:
    arguments = [argument.node for argument in told.code.arguments(call)]
    first = arguments[0] if arguments else None
    match name:
        case "GetEnvironmentVariable":
            told.take(first, call)
        case "SetEnvironmentVariable":
            for text, at in told.texts(first) if first is not None else ():
                told.declared(text, at)
        case "ExpandEnvironmentVariables":
            text = told.code.string(first) or ""
            if first is not None:
                for match in _EXPANDED.finditer(text):
                    start = told.code.inner(first)[0] + len(text[: match.start(1)].encode())
                    told.read(match[1], (start, start + len(match[1])), Fate())
        case "AddEnvironmentVariables":
            place = told.code.file.place
            begins = told.code.string(first) or ""
            told.dynamic_reads.append(
                DynamicRead(location=told.code.place(call), begins=begins, ends="", place=place)
            )
        case _:
            shown = next((a for a in ancestors(call, 8) if _SHOWS.match(told.code.called(a))), None)
            if shown is not None:
                told.deed(Act.SHOWS_ALL, call, detail=told.code.called(shown))


def _configured(told: Told, node: "Node") -> None:
    """`configuration["NAME"]`, of names that are variables'."""
    for each in ancestors(node, 3):
        if each.type == "element_access_expression":
            held = each.child_by_field_name("subscript")
            name = held.named_child(0) if held is not None and held.named_child_count else None
            name = name.named_child(0) if name is not None and name.named_child_count else None
            default = None
        elif each.type == "invocation_expression":
            given = [argument.node for argument in told.code.arguments(each)]
            name = given[0] if given else None
            default = given[1] if len(given) > 1 else None
        else:
            continue
        text = told.code.string(name)
        if text and "_" in text and VARIABLE.fullmatch(text.replace("__", "_")):
            told.take(name, each, default=default)
        return
