"""Reads in shell scripts.

Source: POSIX.1-2017, Shell & Utilities 2.5 and 2.6, and the bash manual's variables.
"""

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launchready import trees
from launchready.facts.environment import Act, CodeFacts, Need, SourceFile, Value
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import Code, ancestors
from launchready.steps.env_lint.reads.shell_names import OF_THE_SHELL
from launchready.steps.env_lint.reads.told import Told
from launchready.steps.env_lint.reads.walk import Fate

if TYPE_CHECKING:
    from tree_sitter import Node

_READS = Regex(rb"\$(?:\{[!#]?)?([A-Z_][A-Z0-9_]*)(?!\w)")
_GIVEN = Regex(
    rb"(?:^|[\s;&|(`{])(?:(?:export|local|readonly|declare|typeset)(?:\s+-\w+)*\s+)?"
    rb"([A-Z_][A-Z0-9_]*)\+?=",
    re.MULTILINE,
)
_TAKEN = Regex(
    rb"(?:^|[\s;&|(])(?:for|select)\s+([A-Z_][A-Z0-9_]*)\b"
    rb"|(?:^|[\s;&|(])(?:read|mapfile|readarray|getopts|unset)\b((?:[ \t]+[^\s;&|<>]+)+)"
    rb"|(?:^|[\s;&|(])printf\s+-v\s+([A-Z_][A-Z0-9_]*)",
    re.MULTILINE,
)
_STRICT = Regex(rb"^\s*set\s+-\w*u|^\s*set\s+.*-o\s+nounset|^#!.*\ssh?\s+-\w*u", re.MULTILINE)
_DUMPS = Regex(
    rb"(?:^|[;&|(`])[ \t]*(printenv|env|export -p|declare -x)[ \t]*(?=$|[;&|)`\n])", re.MULTILINE
)
_NEEDS = {
    **dict.fromkeys((":?", "?"), Need.REQUIRED),
    **dict.fromkeys((":-", "-", ":=", "="), Need.DEFAULT),
    **dict.fromkeys((":+", "+"), Need.GUARDED),
}
_LEAVES = Regex(r"\b(?:exit(?!\s+0)|return\s+[1-9]|die|fail|abort|usage)\b")


@dataclass(eq=False, repr=False)
class _Own:
    """Where the script itself gives a variable a value, by name: bytes of each place."""

    places: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: bytes, at: int) -> None:
        """Take one more."""
        self.places.setdefault(name.decode(), []).append(at)


def read(file: SourceFile) -> CodeFacts:
    """What one file tells."""
    if not trees.is_installed("bash"):
        return CodeFacts(problem="the parser of shell scripts is not installed")
    if b"$" not in file.content and b"env" not in file.content:
        return CodeFacts()
    code = Code.of(file, "bash")
    told = Told(code, "shell")
    own = _own(file.content)
    is_strict = bool(_STRICT.search(file.content))
    for number, match in enumerate(_READS.finditer(file.content)):
        name = match[1].decode()
        if number >= code.most:
            break
        if name not in OF_THE_SHELL and not name.startswith(("BASH_", "COMP_", "LC_")):
            _used(told, own, name, match.span(1), is_strict=is_strict)
    _dumped(told)
    return told.facts()


def _own(content: bytes) -> _Own:
    own = _Own()
    for match in _GIVEN.finditer(content):
        own.add(match[1], match.start(1))
    for match in _TAKEN.finditer(content):
        for name in re.findall(
            rb"(?<![\w$\{])[A-Z_][A-Z0-9_]*", match[1] or match[2] or match[3] or b""
        ):
            own.add(name, match.start())
    return own


def _used(told: Told, own: _Own, name: str, span: tuple[int, int], *, is_strict: bool) -> None:
    node = told.code.node_at(*span)
    expansion = node.parent if node is not None else None
    if node is None or node.type != "variable_name" or expansion is None:
        return
    if expansion.type not in ("simple_expansion", "expansion") or told.code.is_deep(span[0]):
        return
    if not _is_from_outside(told.code, own, name, expansion):
        return
    told.read(name, span, _fate(told.code, own, name, expansion, is_strict=is_strict))


def _is_from_outside(code: Code, own: _Own, name: str, node: "Node") -> bool:
    """Whether the value can be the environment's: the script gives none, or only later."""
    places = own.places.get(name)
    if not places:
        return True
    for each in ancestors(node):
        own_name = each.child_by_field_name("name")
        if each.type == "variable_assignment" and code.text(own_name) == name:
            return all(at >= each.start_byte for at in places)
        if each.type == "function_definition":
            return False
    return node.start_byte < min(places)


def _fate(code: Code, own: _Own, name: str, node: "Node", *, is_strict: bool) -> Fate:
    sign = code.text(node.child_by_field_name("operator"))
    need = _NEEDS.get(sign)
    default = _default(code, node, sign) if need is Need.DEFAULT else None
    if need is None or (default is not None and not default):  # `[ -n "${NAME:-}" ]` is a test
        tested = _tested(code, node)
        if tested is not None:
            return tested
    if need is not None:
        return Fate(need=need, default=default, is_strict=need is Need.REQUIRED)
    if name in own.places:
        return Fate(need=Need.GUARDED)
    return Fate(need=Need.REQUIRED if is_strict else Need.GUARDED)


def _default(code: Code, node: "Node", sign: str) -> Value | None:
    text = code.text(node)
    given = text.partition(sign)[2].removesuffix("}").strip("\"'")
    return None if re.search(r"[$`]", given) else Value(given)


def _tested(code: Code, node: "Node") -> Fate | None:
    """`[ -z "$NAME" ]`: needed where the script leaves without it, else looked at."""
    test = next((a for a in ancestors(node, 6) if a.type == "test_command"), None)
    if test is None:
        return None
    text = code.text(test)
    is_negated = bool(re.search(r"-z\b|(?<![!=])==?\s*(?:\"\"|'')", text)) != text.startswith("! ")
    guarded = Fate(need=Need.GUARDED)
    for each in ancestors(test, 4):
        if each.type == "if_statement":
            rest = code.content[test.end_byte : each.end_byte].decode("utf-8", "replace")
            then = re.split(r"\n\s*(?:else|elif|fi)\b", rest)[0]
            if is_negated and _LEAVES.search(then[:600]):
                return Fate(need=Need.REQUIRED, is_strict=True)
            protects = () if is_negated else ((each.start_byte, each.end_byte),)
            return Fate(need=Need.GUARDED, protects=protects)
        if each.type == "list":
            rest = code.content[test.end_byte : each.end_byte].decode("utf-8", "replace")
            is_and = rest.lstrip().startswith("&&")
            if is_negated == is_and and _LEAVES.search(rest[:300]):
                return Fate(need=Need.REQUIRED, is_strict=True)
            return guarded
    return guarded


def _dumped(told: Told) -> None:
    """`printenv` and `env` alone, whose output nobody filters, keeps or takes apart."""
    for match in itertools.islice(_DUMPS.finditer(told.code.content), told.code.most):
        node = told.code.node_at(*match.span(1))
        command = (
            next((a for a in ancestors(node, 4) if a.type == "command"), None) if node else None
        )
        if command is None or node is None:
            continue
        around = [a.type for a in ancestors(command, 6)]
        line = told.code.content[match.end(1) : match.end(1) + 200].partition(b"\n")[0]
        is_kept = re.search(rb">|\b(?:grep|cut|awk|sed|while|wc|xargs|tee|egrep|head)\b", line)
        if "command_substitution" in around or is_kept:
            continue
        told.deed(Act.SHOWS_ALL, command, detail=match[1].decode())
