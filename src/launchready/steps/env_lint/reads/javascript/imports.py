"""What a script takes from other modules."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.syntax import Script

if TYPE_CHECKING:
    from tree_sitter import Node

_IMPORTS = Regex(rb"""(?:from|require\(|import\()\s*["']([$@\w:./-]{1,80})["']""")
_NAMED = Regex(
    rb"""\b(?:import|const|let|var|export)\s+([\w$*{][^;"'`()=]{0,2000}?)"""
    rb"""(?:\bfrom\s*|=\s*(?:await\s+)?(?:require|import)\(\s*)["']([^"'\n]{1,200})["']"""
)
_WORD = Regex(rb"[A-Za-z_$][\w$]*")


def imports(script: Script) -> Iterator[tuple[str, str, "Node", "Node"]]:
    """Each named import: module, its name there, the local name's node, and the name's node."""
    for match in _IMPORTS.finditer(script.content):
        string = script.node_at(*match.span(1))
        while string is not None and string.type in ("string", "string_fragment"):
            string = string.parent
        if string is None or string.type != "import_statement":
            continue
        module = match[1].decode("utf-8", "replace")
        for clause in string.named_children:
            if clause.type == "import_clause":
                yield from _specifiers(script, module, clause)


def imported_names(script: Script) -> Iterator[tuple[str, str]]:
    """Local names and modules of all imports, also of `const { x } = require("./y")`."""
    for match in _NAMED.finditer(script.content):
        module = match[2].decode("utf-8", "replace")
        for name in _WORD.findall(match[1]):
            yield name.decode(), module


def _specifiers(
    script: Script, module: str, clause: "Node"
) -> Iterator[tuple[str, str, "Node", "Node"]]:
    for part in clause.named_children:
        if part.type == "identifier":
            yield module, "default", part, part
        if part.type != "named_imports":
            continue
        for each in part.named_children:
            name = each.child_by_field_name("name")
            if each.type == "import_specifier" and name is not None:
                yield module, script.text(name), each.child_by_field_name("alias") or name, name
