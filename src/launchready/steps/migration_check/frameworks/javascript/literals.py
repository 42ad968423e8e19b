"""Texts and numbers as they are written."""

from typing import TYPE_CHECKING

from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.javascript.folding import (
    MOST_CHARACTERS,
    text_in_template,
)
from launchready.steps.migration_check.frameworks.javascript.values import (
    UNKNOWN,
    Lined,
    Machine,
    Scope,
)
from launchready.steps.migration_check.frameworks.syntax.code import Code, hole

if TYPE_CHECKING:
    from tree_sitter import Node

_INTEGER = Regex(r"\d{1,18}\Z")
_DECIMAL = Regex(r"\d{0,18}\.?\d{1,18}(?:[eE][+-]?\d{1,2})?\Z")
_ESCAPE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_HOLE_AS_IT_IS = 150
"""Characters of a `${…}` that is left as it stands in a template: a placeholder like any other."""


def number(text: str) -> object:
    """A number; UNKNOWN where it is none of the plain ones."""
    text = text.replace("_", "")
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _DECIMAL.match(text) else UNKNOWN


def string(code: Code, node: "Node") -> str:
    """A text in quotes: with its place, where nothing in it is escaped."""
    parts = [each for each in node.named_children if each.type != "comment"]
    if not any(each.type == "escape_sequence" for each in parts):
        return code.written(node.start_byte + 1, max(node.end_byte - 1, node.start_byte + 1))
    return "".join(
        escaped(code.of(each)) if each.type == "escape_sequence" else code.of(each)
        for each in parts
    )


def escaped(text: str) -> str:
    """What an escape stands for."""
    body = text[1:]
    if body[:1] in ("x", "u"):
        try:
            return chr(int(body[1:].strip("{}"), 16))
        except (ValueError, OverflowError):
            return body
    return _ESCAPE.get(body, body)


def template(machine: Machine, code: Code, node: "Node", scope: Scope) -> object:
    """A template: as it stands in the file, where nothing of it can be told; else put together."""
    given = [
        (each, machine.value(_inside(each), scope) if _is_hole(each) else None)
        for each in node.named_children
    ]
    if all(_stands(code, each, value) for each, value in given):
        return code.written(node.start_byte + 1, max(node.end_byte - 1, node.start_byte + 1))
    parts = [_part(code, each, value) for each, value in given]
    text = "".join(parts)
    if len(text) > MOST_CHARACTERS:
        return UNKNOWN
    if all("\n" not in part for part, (each, _) in zip(parts, given, strict=True) if _moves(each)):
        found = Lined(text)
        found.path, found.row = code.path, node.start_point[0]
        return found
    return text


def _is_hole(node: "Node") -> bool:
    return node.type == "template_substitution"


def _moves(node: "Node") -> bool:
    return node.type != "string_fragment"


def _inside(node: "Node") -> "Node | None":
    return next((each for each in node.named_children if each.type != "comment"), None)


def _stands(code: Code, node: "Node", value: object) -> bool:
    """Whether a part of a template can be read as it stands in the file."""
    if node.type == "escape_sequence":
        return False
    if not _is_hole(node):
        return True
    words = code.of(node)[2:-1]
    is_plain = len(words) < _HOLE_AS_IT_IS and not {"{", "}", "\n"} & set(words)
    return is_plain and text_in_template(value) is None


def _part(code: Code, node: "Node", value: object) -> str:
    if node.type == "escape_sequence":
        return escaped(code.of(node))
    if not _is_hole(node):
        return code.of(node)
    text = text_in_template(value)
    return hole(code.of(_inside(node))) if text is None else text
