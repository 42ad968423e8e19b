"""A parsed script, and small questions about its nodes.

Node types are those of the grammars tree-sitter-javascript and tree-sitter-typescript.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launchready.facts.environment import Place, Value
from launchready.model import FileLocation
from launchready.regex import Regex

if TYPE_CHECKING:
    from tree_sitter import Node

TRANSPARENT = frozenset(
    {
        "parenthesized_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
        "type_assertion",
        "await_expression",
    }
)
FUNCTIONS = frozenset(
    {
        "function_declaration",
        "function_expression",
        "arrow_function",
        "method_definition",
        "generator_function_declaration",
        "generator_function",
    }
)
VARIABLE = Regex(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_?")
"""What names of variables look like where nothing else tells that a text is one."""
_OF_A_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$")
_LONG = 200
_DEEPEST = 500
_MOST_PARTS = 2000
"""Going up one node takes as long as the node is deep, or has siblings in what does not parse."""
_LOOKED_AT = 16
"""Of so many places one is looked at whether it is too deep, the first one always."""
_AT_FIRST = _LOOKED_AT - 1
_MOST_QUESTIONS = 20_000
_LITERALS = frozenset({"number", "true", "false"})


@dataclass(eq=False, repr=False)
class Script:
    """One script. `content` is what was parsed; `shown`, of the same length, what the file holds.
    `language` is "javascript" or "typescript"; `is_client` is for browser code. `problem` says why
    the script was not read to its end.
    """

    path: str
    content: bytes
    shown: bytes
    root: "Node"
    language: str
    place: Place
    is_client: bool = False
    problem: str = ""
    _asked: int = field(default=_AT_FIRST, repr=False)
    _spent: int = field(default=0, repr=False)
    _constants: dict[str, "Node | None"] = field(default_factory=dict, repr=False)
    _last: tuple[int, int, int] = field(default=(0, 0, 1), repr=False)

    def text(self, node: "Node") -> str:
        """The source text of a node."""
        return self.content[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def node_at(self, start: int, end: int) -> "Node | None":
        """The smallest node that covers these bytes; None once the script was given up."""
        if self.problem:
            return None
        self._asked += 1
        if self._asked % _LOOKED_AT == 0 and self._is_slow(start):
            self.problem = "its code does not parse, or is nested too deeply to be read"
            return None
        return self.root.descendant_for_byte_range(start, end)

    def _is_slow(self, start: int) -> bool:
        """Whether a place is so deep, or in an error of so many parts, that looking around there
        takes for ever.
        """
        cursor = self.root.walk()
        while cursor.depth < _DEEPEST:
            node = cursor.node
            if node is not None and node.is_error and node.child_count > _MOST_PARTS:
                return True
            if cursor.goto_first_child_for_byte(start) is None:
                return False
        return True

    def spend(self) -> bool:
        """Whether one more question to the tree may be asked: those of a file that no person wrote
        would take for ever.
        """
        self._spent += 1
        if self._spent >= _MOST_QUESTIONS and not self.problem:
            self.problem = "it reads more variables than code that people write"
        return not self.problem

    def location(self, node: "Node", *, inner: bool = True) -> FileLocation:
        """Where a node stands; of a string's text without its quotes, if `inner`."""
        start, end = node.start_byte, node.end_byte
        if inner and node.type == "string" and end - start >= 2:
            start, end = start + 1, end - 1
        line = node.start_point[0] + 1
        column = self._column(start)
        shown = self.shown[start : min(end, start + 400)].decode("utf-8", "replace")
        width = len(shown.partition("\n")[0])
        return FileLocation(path=self.path, line=line, column=column, end_column=column + width)

    def _column(self, start: int) -> int:
        """Characters before a byte in its line, counted from the last place asked for if it can."""
        begin, last, column = self._last
        if not begin <= last <= start or b"\n" in self.shown[last:start]:
            begin = last = self.shown.rfind(b"\n", 0, start) + 1
            column = 1
        column += len(self.shown[last:start].decode("utf-8", "replace"))
        self._last = (begin, start, column)
        return column

    def occurrences(self, name: str, start: int = 0, end: int | None = None) -> Iterator["Node"]:
        """The identifiers of this name between two bytes, in comments and strings none."""
        stop = len(self.content) if end is None else end
        pattern = re.compile(re.escape(name.encode()) + rb"(?![\w$])")
        for match in pattern.finditer(self.content, start, stop):
            if self.content[max(match.start() - 1, 0)] in _OF_A_WORD and match.start():
                continue
            node = self.node_at(*match.span())
            if node is not None and node.type in ("identifier", "shorthand_property_identifier"):
                yield node

    def constant(self, name: str) -> "Node | None":
        """What a `const`, `let` or `var` of this name is given, the first in the file."""
        if name not in self._constants:
            self._constants[name] = self._constant(name)
        return self._constants[name]

    def _constant(self, name: str) -> "Node | None":
        pattern = re.compile(
            rb"\b(?:const|let|var)\s+(" + re.escape(name.encode()) + rb")(?![\w$])"
        )
        for match in pattern.finditer(self.content):
            node = self.node_at(*match.span(1))
            holder = node.parent if node is not None else None
            if holder is not None and holder.type == "variable_declarator":
                value = holder.child_by_field_name("value")
                return value if value is None else inside(value)
        return None

    def literal(self, node: "Node | None") -> str | None:
        """The text of a string without parts that are computed, or of a number or boolean."""
        if node is None:
            return None
        if node.type in _LITERALS:
            return self.text(node)
        return self.string(node)

    def string(self, node: "Node | None") -> str | None:
        """The text of a string or template literal without parts that are computed."""
        if node is None or node.type not in ("string", "template_string"):
            return None
        if any(child.type == "template_substitution" for child in node.named_children):
            return None
        return self.content[node.start_byte + 1 : node.end_byte - 1].decode("utf-8", "replace")

    def value(self, node: "Node | None") -> Value | None:
        """The same as a value that nothing shows by accident."""
        text = self.literal(node)
        return None if text is None else Value(text)

    def called(self, call: "Node") -> str:
        """What a call or `new` calls, without type arguments: `console.log`, `z.string().parse`."""
        function = call.child_by_field_name("function") or call.child_by_field_name("constructor")
        if function is None:
            return ""
        if function.end_byte - function.start_byte <= _LONG:
            return self.text(inside(function)).replace("?.", ".")
        last = function.child_by_field_name("property")
        return "" if last is None else f"(…).{self.text(last)}"


def inside(node: "Node") -> "Node":
    """What stands within parentheses, `as`, `satisfies` and `!`."""
    while node.type in TRANSPARENT:
        index = 1 if node.type == "type_assertion" else 0
        if node.named_child_count <= index:
            break
        node = node.named_child(index)
    return node


def outside(node: "Node") -> "Node":
    """The outermost expression that is this one within parentheses, `as`, `satisfies` and `!`."""
    parent = node.parent
    while parent is not None and parent.type in TRANSPARENT:
        node, parent = parent, parent.parent
    return node


def is_field(parent: "Node", name: str, node: "Node") -> bool:
    """Whether a node is that part of its parent."""
    return parent.child_by_field_name(name) == node


def arguments_of(call: "Node") -> list["Node"]:
    """The arguments of a call, none for a tagged template."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type != "arguments":
        return []
    return [child for child in arguments.named_children if child.type != "comment"]


def ancestors(node: "Node", most: int = 60) -> Iterator["Node"]:
    """What a node stands in, innermost first."""
    parent = node.parent
    while parent is not None and most:
        yield parent
        parent = parent.parent
        most -= 1
