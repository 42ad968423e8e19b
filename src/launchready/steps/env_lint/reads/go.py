"""Reads in Go: package os, struct tags, viper, command lines.

Sources: https://pkg.go.dev/os#Getenv, https://pkg.go.dev/github.com/caarlos0/env/v11,
https://pkg.go.dev/github.com/kelseyhightower/envconfig, https://github.com/spf13/viper,
https://cli.urfave.org/v3/examples/flags/value-sources/.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready import trees
from launchready.facts.environment import Act, CodeFacts, DynamicRead, Need, SourceFile
from launchready.regex import Regex
from launchready.steps.env_lint.reads.calls import calls_in
from launchready.steps.env_lint.reads.code import Code, ancestors
from launchready.steps.env_lint.reads.fate import fate_of
from launchready.steps.env_lint.reads.go_tags import tags
from launchready.steps.env_lint.reads.spelled import NAME
from launchready.steps.env_lint.reads.told import VARIABLE, Told
from launchready.steps.env_lint.reads.walk import Fate

if TYPE_CHECKING:
    from tree_sitter import Node

_CALLED = Regex(
    rb"\b(?:Getenv|LookupEnv|Setenv|ExpandEnv|Environ|BindEnv|AutomaticEnv|EnvVars)(?=\s*\()"
)
_EXPANDED = Regex(r"\$\{?([A-Za-z_]\w*)")
_SHOWS = Regex(r"^(?:fmt|log|slog|logger|zap|logrus)\.(?:F?[Pp]rint\w*|Info\w*|Debug\w*|Warn\w*)$")
_CLI = Regex(rb"\bEnvVars?\s*:\s*(?:\[\]string\{)?([^},\n]*)")
_QUOTED = Regex(rb"\"([A-Za-z_]\w*)\"")


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    if not trees.is_installed("go"):
        return CodeFacts(problem="the parser of Go is not installed")
    code = Code.of(file, "go")
    told = Told(code, "go")
    for node in code.found(_CALLED):
        call = next((a for a in ancestors(node, 2) if a.type == "call_expression"), None)
        if call is not None:
            _called(told, call, told.code.called(call))
    tags(told)
    _flags(told)
    calls_in(told)
    return told.facts()


def _called(told: Told, call: "Node", name: str) -> None:
    arguments = [argument.node for argument in told.code.arguments(call)]
    first = arguments[0] if arguments else None
    match name:
        case "os.Getenv" | "syscall.Getenv":
            told.take(first, call)
        case "os.LookupEnv":
            told.take(first, call, begins=_looked_up(told.code, call))
        case "os.Setenv":
            for text, at in told.texts(first) if first is not None else ():
                told.declared(text, at)
        case "os.ExpandEnv":
            _expanded(told, first)
        case "os.Environ":
            shown = next((a for a in ancestors(call, 4) if a.type == "call_expression"), None)
            if _SHOWS.match(told.code.called(shown)):
                told.deed(Act.SHOWS_ALL, call, detail=told.code.called(shown))
        case _:
            _configured(told, call, name, arguments)


def _looked_up(code: Code, call: "Node") -> Fate:
    """What `ok` of `value, ok := os.LookupEnv("X")` is used for."""
    for each in ancestors(call, 3):
        if each.type in ("short_var_declaration", "assignment_statement"):
            left = each.child_by_field_name("left")
            if left is None or left.named_child_count != 2:
                break
            ok = left.named_child(1)
            return _of_flag(code, code.text(ok), ok)
    return Fate()


def _of_flag(code: Code, name: str, ok: "Node") -> Fate:
    function = code.function_around(ok)
    end = function.end_byte if function is not None else ok.end_byte + 2000
    for number, use in enumerate(code.occurrences(name, ok.end_byte, end)):
        fate = fate_of(code, use, Fate(is_tested=True))
        if fate.need is not None:
            return replace(fate, takes_as="", is_tested=False, is_negated=False)
        if number > 5:
            break
    return Fate()


def _expanded(told: Told, first: "Node | None") -> None:
    text = told.code.string(first)
    if first is None or text is None:
        return
    for match in _EXPANDED.finditer(text):
        start = told.code.inner(first)[0] + len(text[: match.start(1)].encode())
        told.read(match[1], (start, start + len(match[1].encode())), Fate(need=Need.GUARDED))


def _configured(told: Told, call: "Node", name: str, arguments: list["Node"]) -> None:
    """`viper.BindEnv("key", "NAME")`, `viper.AutomaticEnv()`, `cli.EnvVars("NAME")`."""
    prefix = re.search(rb"SetEnvPrefix\(\s*\"(\w+)\"", told.code.content)
    before = f"{prefix[1].decode().upper()}_" if prefix else ""
    last = name.rpartition(".")[2]
    if last in ("Setenv", "Environ", "Getenv", "LookupEnv", "ExpandEnv"):
        return  # of another package: `t.Setenv("NAME", "value")`
    if last == "AutomaticEnv":
        told.dynamic_reads.append(
            DynamicRead(
                location=told.code.place(call), begins=before, ends="", place=told.code.file.place
            )
        )
        return
    names = arguments if last == "EnvVars" else arguments[1:]
    for node in names:
        text = told.code.string(node)
        if text and NAME.fullmatch(text):
            told.read(text, node, Fate(need=Need.GUARDED))
    if last == "BindEnv" and len(arguments) == 1:
        text = (told.code.string(arguments[0]) or "").upper().replace(".", "_").replace("-", "_")
        if NAME.fullmatch(before + text):
            told.read(before + text, arguments[0], Fate(need=Need.GUARDED))


def _flags(told: Told) -> None:
    """`EnvVars: []string{"NAME"}` of a flag."""
    for number, match in enumerate(_CLI.finditer(told.code.content)):
        if number >= told.code.most:
            return
        for quoted in _QUOTED.finditer(told.code.content, match.start(1), match.end(1)):
            text = quoted[1].decode()
            node = told.code.node_at(*quoted.span())
            if node is not None and VARIABLE.fullmatch(text) and "literal" in node.type:
                told.read(text, node, Fate(need=Need.GUARDED))
