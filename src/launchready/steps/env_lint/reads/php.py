"""Reads in PHP.

Sources: https://www.php.net/manual/en/function.getenv.php, https://laravel.com/docs/configuration,
https://www.php.net/manual/en/reserved.variables.server.php.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from launchready import trees
from launchready.facts.environment import Act, CodeFacts, Need, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads.calls import calls_in
from launchready.steps.env_lint.reads.code import Code, ancestors, keyword, positional
from launchready.steps.env_lint.reads.told import VARIABLE, Told
from launchready.steps.env_lint.reads.walk import Fate

if TYPE_CHECKING:
    from tree_sitter import Node

_CALLED = Regex(rb"\b(?:getenv|env|putenv)(?=\s*\()|\bEnv::(?:get|getOrFail)(?=\s*\()")
_INDEXED = Regex(rb"\$_(?:ENV|SERVER)\b")
_OF_SERVERS = Regex(
    r"(?:REQUEST|HTTP|SERVER|REMOTE|SCRIPT|PATH|ORIG_PATH|DOCUMENT|REDIRECT|PHP|SSL|CONTEXT|CONTENT"
    r"|GATEWAY|AUTH)_\w+|QUERY_STRING|HTTPS|UNIQUE_ID|USER|HOME|PATH|argv|argc|FCGI_ROLE"
)
_SHOWS = frozenset({"var_dump", "print_r", "dd", "dump", "var_export", "ray", "json_encode"})


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    if not trees.is_installed("php"):
        return CodeFacts(problem="the parser of PHP is not installed")
    code = Code.of(file, "php")
    told = Told(code, "php")
    for node in code.found(_CALLED):
        _called(told, node)
    for node in code.found(_INDEXED):
        variable = node if node.type == "variable_name" else node.parent
        if variable is not None and variable.type == "variable_name":
            _indexed(told, variable, is_server=b"SERVER" in (variable.text or b""))
    calls_in(told)
    return told.facts()


def _called(told: Told, node: "Node") -> None:
    call = node if node.type == "scoped_call_expression" else node.parent
    if call is None or call.type not in ("function_call_expression", "scoped_call_expression"):
        return
    function = told.code.called(call).lstrip("\\.")
    arguments = told.code.arguments(call)
    name = positional(arguments, 0) or keyword(arguments, "key")
    default = positional(arguments, 1) or keyword(arguments, "default")
    if function == "putenv":
        text = told.code.string(name) or ""
        if name is not None and "=" in text:
            told.declared(text.partition("=")[0], name)
    elif function == "getenv":
        if name is None:
            _whole(told, call)
        told.take(name, call)
    elif function in ("env", "Env.get"):
        before = len(told.taken)
        told.take(name, call, default=default)
        for each in told.taken[before:]:  # it makes a boolean of the text `false` itself
            if each.read.takes_as == "truth":
                each.read = replace(each.read, takes_as="boolean")
    elif function == "Env.getOrFail":
        told.take(name, call, need=Need.REQUIRED)


def _indexed(told: Told, variable: "Node", *, is_server: bool) -> None:
    node = variable.parent
    if node is None or node.type != "subscript_expression":
        if not is_server:
            _whole(told, variable)
        return
    names = node.named_children[1:]
    holder = node.parent
    if not names or holder is None or names[0] == variable:
        return
    text = told.code.string(names[0])
    if is_server and (text is None or not VARIABLE.fullmatch(text) or _OF_SERVERS.match(text)):
        return
    if holder.type == "assignment_expression" and holder.child_by_field_name("left") == node:
        if text:
            told.declared(text, names[0])
        return
    need = Need.GUARDED if is_server or _is_asked(told.code, node) else Need.REQUIRED
    told.take(names[0], node, need=need, begins=Fate())


def _is_asked(code: Code, node: "Node") -> bool:
    """Whether the place is one where a missing index is no fault: `isset(…)`, `… ?? other`."""
    for each in ancestors(node, 4):
        if each.type == "binary_expression":
            return "??" in code.text(each)[:400]
        if code.called(each) in ("isset", "empty"):
            return True
    return False


def _whole(told: Told, source: "Node") -> None:
    """The whole environment: whether it is shown to somebody."""
    for each in ancestors(source, 6):
        name = told.code.called(each)
        last = name.rpartition(".")[2]
        if last in _SHOWS or name.startswith("Log."):
            told.deed(Act.SHOWS_ALL, source, detail=name)
            return
        if name:
            return
