"""A parsed source file of a language other than JavaScript, and small questions about its nodes.

Node types are those of the grammars in `trees.GRAMMARS`, in the releases that are locked; grammars
call the same thing by different words, so that the sets here are of all of them.
"""

import bisect
import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launchready import trees
from launchready.catalog.environment import words
from launchready.facts.environment import SourceFile, Value
from launchready.frozen import frozen
from launchready.model import FileLocation
from launchready.regex import AnyRegex

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_CONSTANTS = 300
MOST = 2000
"""No more places of one kind are looked at in one file: no person wrote more."""
_SMALL = 4096
_DEEPEST = 300
_MOST_WORK = 200 << 20
"""Bytes of the file times places in it: to find a node takes time by the nodes beside it."""

STRINGS = words(
    """
    string string_literal encapsed_string interpreted_string_literal raw_string_literal
    verbatim_string_literal raw_string bare_string multiline_string_literal
    """
)
_OF_STRINGS = words(
    """
    string_start string_end string_content string_fragment escape_sequence
    interpreted_string_literal_content raw_string_literal_content string_literal_content
    string_literal_encoding multiline_string_fragment
    """
)
_LITERALS = words(
    """
    integer float int_literal float_literal integer_literal real_literal true false boolean
    boolean_literal number_literal decimal_integer_literal decimal_floating_point_literal
    simple_symbol True False
    """
)
NOTHING = frozenset({"none", "nil", "null", "null_literal"})
ARGUMENTS = words(
    """
    argument_list arguments value_arguments bracketed_argument_list token_tree
    annotation_argument_list
    """
)
CALLS = words(
    """
    call call_expression function_call_expression member_call_expression scoped_call_expression
    nullsafe_member_call_expression method_invocation invocation_expression macro_invocation
    object_creation_expression
    """
)
IDENTIFIERS = frozenset({"identifier", "variable_name", "constant"})
FUNCTIONS = words(
    """
    function_definition lambda method singleton_method function_declaration method_declaration
    func_literal function_item closure_expression local_function_statement lambda_expression
    anonymous_function arrow_function constructor_declaration
    """
)
_PARAMETERS = words(
    """
    parameters method_parameters formal_parameters parameter_list function_value_parameters
    lambda_parameters
    """
)
_COMMENTS = frozenset({"comment", "line_comment", "block_comment", "multiline_comment"})


@frozen
class Argument:
    """One argument of a call; `keyword` is its name where it has one."""

    keyword: str
    node: "Node"


@frozen
class Parameter:
    """A function's parameter."""

    name: str
    default: "Node | None" = None


@dataclass(eq=False, repr=False)
class Code:
    """One source file. `language` is its grammar's name in `trees.GRAMMARS`; `problem` says why
    not all of it was looked at.
    """

    file: SourceFile
    language: str
    root: "Node" = field(repr=False)
    content: bytes = field(repr=False)
    problem: str = ""
    _constants: dict[str, "Node | None"] = field(default_factory=dict, repr=False)
    _lines: list[int] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, file: SourceFile, language: str, content: bytes | None = None) -> "Code":
        """The file parsed; `content` stands for its own where only parts of it are code."""
        content = file.content if content is None else content
        root = trees.parse(language, content).root_node
        return cls(file=file, language=language, root=root, content=content)

    @functools.cached_property
    def most(self) -> int:
        """How many places of one kind are looked at."""
        return max(100, min(MOST, _MOST_WORK // max(1, len(self.content))))

    def text(self, node: "Node | None") -> str:
        """The source text of a node."""
        if node is None:
            return ""
        return self.content[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def node_at(self, start: int, end: int) -> "Node | None":
        """The smallest node that covers these bytes."""
        return self.root.descendant_for_byte_range(start, end)

    def found(self, pattern: AnyRegex[bytes], group: int = 0) -> Iterator["Node"]:
        """The smallest node at each match of a pattern that is neither comment nor string."""
        for number, match in enumerate(pattern.finditer(self.content)):
            if number >= self.most:
                self.problem = "it reads more variables than code that people write"
                return
            node = self.node_at(*match.span(group))
            if node is None or node.type in _COMMENTS or node.type in _OF_STRINGS:
                continue
            if not self.is_deep(match.start(group)):
                yield node

    def is_deep(self, start: int) -> bool:
        """Whether so much stands around a byte that no person wrote it: to go up from there takes
        the time of going down from the top, again and again.
        """
        if len(self.content) < _SMALL:
            return False
        cursor = self.root.walk()
        steps = (cursor.goto_first_child_for_byte(start) for _ in range(_DEEPEST))
        if all(step is not None for step in steps):
            self.problem = "its code does not parse, or is nested too deeply to be read"
            return True
        return False

    def occurrences(self, name: str, start: int, end: int) -> Iterator["Node"]:
        """The identifiers of this name between two bytes."""
        pattern = re.compile(rb"(?<!\w)" + re.escape(name.encode()) + rb"(?!\w)")
        for match in itertools.islice(pattern.finditer(self.content, start, end), self.most):
            node = self.node_at(*match.span())
            if node is not None and node.type in IDENTIFIERS:
                yield node

    def location(self, start: int, end: int) -> FileLocation:
        """The place of these bytes, as far as they are of one line."""
        if not self._lines:
            self._lines.extend((0, *(match.end() for match in re.finditer(rb"\n", self.content))))
        line = bisect.bisect_right(self._lines, start)
        begin = self._lines[line - 1]
        column = len(self.content[begin:start].decode("utf-8", "replace")) + 1
        shown = self.content[start : min(end, start + 400)].decode("utf-8", "replace")
        width = len(shown.partition("\n")[0])
        path = self.file.path
        return FileLocation(path=path, line=line, column=column, end_column=column + width)

    def place(self, node: "Node") -> FileLocation:
        """Where a node stands; of a string, its text without quotes."""
        start, end = self.inner(node)
        return self.location(start, end)

    def inner(self, node: "Node") -> tuple[int, int]:
        """The bytes of a node; of a string, those between its quotes."""
        start, end = node.start_byte, node.end_byte
        if node.type not in STRINGS:
            return start, end
        if node.child_count < 2:
            return (start + 1, end - 1) if end - start >= 2 else (start, end)
        first, last = node.child(0), node.child(node.child_count - 1)
        if first.type in _OF_STRINGS - {"string_start"}:
            return start, end
        return first.end_byte, max(first.end_byte, last.start_byte)

    def string(self, node: "Node | None") -> str | None:
        """The text of a string without computed parts, as it is written; None for others."""
        if node is None or node.type not in STRINGS:
            return None
        if any(child.type not in _OF_STRINGS for child in node.named_children):
            return None
        start, end = self.inner(node)
        return self.content[start:end].decode("utf-8", "replace")

    def literal(self, node: "Node | None") -> Value | None:
        """The text of a string, number or boolean."""
        if node is None:
            return None
        if node.type in _LITERALS:
            return Value(self.text(node))
        text = self.string(node)
        return None if text is None else Value(text)

    def is_nothing(self, node: "Node | None") -> bool:
        """Whether it is `None`, `nil` or `null`."""
        return node is not None and (node.type in NOTHING or self.text(node) == "null")

    def called(self, call: "Node | None") -> str:
        """What a call calls, with dots between the parts: `os.environ.get`; "" for others."""
        if call is None or call.type not in CALLS:
            return ""
        part = call.child_by_field_name
        function = part("function") or part("macro") or part("type")
        if function is not None:
            return self._dotted(function)
        name = part("method") or part("name")
        on = part("receiver") or part("object") or part("scope")
        if name is None:
            return self._dotted(call.named_child(0)) if call.named_child_count else ""
        return f"{self._dotted(on)}.{self.text(name)}" if on is not None else self.text(name)

    def _dotted(self, node: "Node") -> str:
        if node.end_byte - node.start_byte > 200:
            return "…"
        return re.sub(r"<[^>]*>|\s+", "", re.sub(r"\?\.|&\.|->|::", ".", self.text(node)))

    def arguments(self, call: "Node") -> list[Argument]:
        """The arguments of a call, in their order."""
        held = call.child_by_field_name("arguments") or next(
            (child for child in call.children if child.type in ARGUMENTS), None
        )
        if held is None or held.type not in ARGUMENTS:
            return []
        return [self._argument(node) for node in held.named_children if node.type not in _COMMENTS]

    def _argument(self, node: "Node") -> Argument:
        name = node.child_by_field_name("name") or node.child_by_field_name("key")
        value = node.child_by_field_name("value")
        if node.type in ("keyword_argument", "pair", "element_value_pair") and value is not None:
            return Argument(keyword=self.text(name), node=value)
        if node.type in ("argument", "value_argument") and node.named_child_count:
            count = node.named_child_count
            keyword = self.text(node.named_child(0)) if count > 1 else ""
            return Argument(keyword=keyword, node=node.named_child(count - 1))
        return Argument(keyword="", node=node)

    def constant(self, name: str) -> "Node | None":
        """What a name is given where it is first given something."""
        if name not in self._constants:
            if len(self._constants) >= _MOST_CONSTANTS:
                return None
            self._constants[name] = self._constant(name)
        return self._constants[name]

    def _constant(self, name: str) -> "Node | None":
        pattern = re.compile(
            rb"(?<![\w.])" + re.escape(name.encode()) + rb"\b\s*(?::[^=\n]{0,60})?:?=(?!=)"
        )
        for match in pattern.finditer(self.content):
            node = self.node_at(match.start(), match.start() + len(name.encode()))
            holder = node.parent if node is not None else None
            for _ in range(3):
                if holder is None:
                    break
                given = holder.child_by_field_name("right") or holder.child_by_field_name("value")
                if given is None and holder.type in ("property_declaration", "variable_declarator"):
                    given = holder.named_child(holder.named_child_count - 1)
                if given is not None and given.start_byte > match.start():
                    is_list = given.type == "expression_list" and given.named_child_count == 1
                    return given.named_child(0) if is_list else given
                holder = holder.parent
        return None

    def function_around(self, node: "Node") -> "Node | None":
        """The innermost function with a name that a node stands in."""
        for each in ancestors(node):
            if each.type in FUNCTIONS and each.child_by_field_name("name") is not None:
                return each
        return None

    def parameters(self, function: "Node") -> list[Parameter]:
        """The parameters of a function, in order, without `self` and `cls`."""
        held = function.child_by_field_name("parameters") or next(
            (child for child in function.children if child.type in _PARAMETERS), None
        )
        found: list[Parameter] = []
        for node in held.named_children if held is not None else ():
            if node.type in _COMMENTS or (
                not found and self.text(node) in ("self", "cls", "&self")
            ):
                continue
            if node.type in ("keyword_separator", "positional_separator"):
                continue
            if held is not None and held.type == "function_value_parameters":
                if node.type == "parameter":
                    found.append(Parameter(name=self.text(node.named_child(0))))
                elif found and self.text(node.prev_sibling) == "=":
                    found[-1] = Parameter(name=found[-1].name, default=node)
                continue
            found.extend(self._named(node))
        return found

    def _named(self, node: "Node") -> Iterator[Parameter]:
        names = node.children_by_field_name("name") or node.children_by_field_name("pattern")
        if not names:
            names = [
                node.named_child(0)
                if node.type not in IDENTIFIERS and node.named_child_count
                else node
            ]
        part = node.child_by_field_name
        for name in names:
            yield Parameter(name=self.text(name), default=part("value") or part("default_value"))


def ancestors(node: "Node", most: int = 60) -> Iterator["Node"]:
    """What a node stands in, innermost first."""
    parent = node.parent
    while parent is not None and most:
        yield parent
        parent = parent.parent
        most -= 1


def keyword(arguments: list[Argument], *names: str) -> "Node | None":
    """The argument that is given by one of these names."""
    return next((each.node for each in arguments if each.keyword in names), None)


def positional(arguments: list[Argument], number: int) -> "Node | None":
    """The argument of this number from 0 among those without a name."""
    plain = [each.node for each in arguments if not each.keyword]
    return plain[number] if number < len(plain) else None
