"""Reads in Java and Kotlin, and `@Value` of Spring.

Sources: https://docs.oracle.com/javase/8/docs/api/java/lang/System.html#getenv--,
https://docs.spring.io/spring-framework/reference/core/beans/annotation-config/value-annotations.html.
"""

import itertools
from typing import TYPE_CHECKING

from launchready import trees
from launchready.facts.environment import Act, CodeFacts, Need, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads.calls import calls_in
from launchready.steps.env_lint.reads.code import CALLS, STRINGS, Code, ancestors
from launchready.steps.env_lint.reads.placeholders import placeholders
from launchready.steps.env_lint.reads.told import VARIABLE, Told

if TYPE_CHECKING:
    from tree_sitter import Node

_CALLED = Regex(rb"\bgetenv(?=\s*\()")
_ASKED = Regex(rb"\b(?:getProperty|getRequiredProperty)(?=\s*\()|\bdotenv(?=\.get\(|\[)")
_VALUE = Regex(rb"@(?:param:|field:)?Value\s*\(\s*\"")
_SHOWS = Regex(
    r"^(?:println|print|System\.out\.print\w*|(?:\w+\.)*(?:log|logger|LOG|LOGGER)\.\w+)$"
)


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    language = "java" if file.path.endswith(".java") else "kotlin"
    if not trees.is_installed(language):
        return CodeFacts(problem=f"the parser of {language.capitalize()} is not installed")
    code = Code.of(file, language)
    told = Told(code, language)
    for node in code.found(_CALLED):
        call = next((a for a in ancestors(node, 3) if a.type in CALLS), None)
        if call is not None and told.code.called(call) in ("System.getenv", "getenv"):
            _called(told, call)
    for node in code.found(_ASKED):
        _asked(told, node)
    _values(told)
    calls_in(told)
    return told.facts()


def _called(told: Told, call: "Node") -> None:
    arguments = told.code.arguments(call)
    if arguments:
        told.take(arguments[0].node, call)
        return
    outer = call.parent
    if outer is not None and outer.type == "index_expression" and outer.named_child_count > 1:
        told.take(outer.named_child(1), outer)
        return
    if outer is not None and outer.type == "navigation_expression":
        outer = outer.parent
    method = told.code.called(outer).rpartition(".")[2]
    given = told.code.arguments(outer) if outer is not None else []
    if outer is not None and method in ("get", "getOrDefault", "containsKey") and given:
        default = given[1].node if len(given) > 1 else None
        told.take(given[0].node, outer, default=default)
        return
    shown = next((a for a in ancestors(call, 6) if _SHOWS.match(told.code.called(a))), None)
    if shown is not None:
        told.deed(Act.SHOWS_ALL, call, detail=told.code.called(shown))


def _asked(told: Told, node: "Node") -> None:
    """`environment.getProperty("NAME")` and `dotenv["NAME"]`, of names that are variables'."""
    for each in ancestors(node, 3):
        if each.type == "index_expression" and each.named_child_count > 1:
            given = [each.named_child(1)]
        elif each.type in CALLS and "System." not in told.code.called(each):
            given = [argument.node for argument in told.code.arguments(each)]
        else:
            continue
        text = told.code.string(given[0]) if given else None
        if text and VARIABLE.fullmatch(text) and "_" in text:
            is_needed = "Required" in told.code.called(each)
            need = Need.REQUIRED if is_needed else Need.GUARDED
            told.take(given[0], each, need=need, default=given[1] if len(given) > 1 else None)
        return


def _values(told: Told) -> None:
    """`@Value("${NAME:default}")`."""
    for match in itertools.islice(_VALUE.finditer(told.code.content), told.code.most):
        node = told.code.node_at(match.end() - 1, match.end())
        if node is not None and node.type not in STRINGS:
            node = node.parent
        if node is not None and node.type in STRINGS and _is_annotation(node):
            for read in placeholders(told.code, *told.code.inner(node), told.shown):
                told.found(read)


def _is_annotation(node: "Node") -> bool:
    return any(each.type == "annotation" for each in ancestors(node, 4))
