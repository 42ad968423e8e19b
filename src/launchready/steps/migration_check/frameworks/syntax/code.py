"""A source file with its syntax tree, and SQL that stands in it."""

from functools import cached_property
from typing import TYPE_CHECKING

from launchready import trees
from launchready.facts.migrations import Statement
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.steps.migration_check.parsing.scripts import statements_of

if TYPE_CHECKING:
    from tree_sitter import Node

NEEDED = "reading it needs `pip install 'launchready[native]'`, or the action's input `native`"
"""Why a file was not read where its grammar is not installed."""
_STRIDE = 4096
"""Bytes between two of the places of which the character is known."""


class Written(str):
    """A text that stands in the file as it is: `text[start:end]` of it."""

    __slots__ = ("end", "start")
    start: int
    end: int

    @classmethod
    def at(cls, text: str, start: int, end: int) -> "Written":
        """A text with the place that it stands at."""
        found = cls(text)
        found.start, found.end = start, end
        return found


class Code:
    """A file and its tree. `problem` says why there is none."""

    def __init__(self, path: str, text: str, language: str) -> None:
        self.path, self.text = path, text
        self.content = text.encode("utf-8", "replace")
        self.root: Node | None = None
        self.problem = ""
        if not trees.is_installed(language):
            self.problem = NEEDED
            return
        try:
            self.root = trees.parse(language, self.content).root_node
        except trees.TooSlowError:
            self.problem = "it takes too long to parse"

    def of(self, node: "Node | None") -> str:
        """The text of a node."""
        if node is None:
            return ""
        return self.content[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def offset(self, at: int) -> int:
        """The character that a byte belongs to."""
        if len(self.content) == len(self.text):
            return at
        near = at // _STRIDE
        return self._known[near] + _length(self.content[near * _STRIDE : at])

    @cached_property
    def _known(self) -> list[int]:
        """The characters before each `_STRIDE` of bytes."""
        known = [0]
        for start in range(0, len(self.content), _STRIDE):
            known.append(known[-1] + _length(self.content[start : start + _STRIDE]))
        return known

    def written(self, start: int, end: int) -> Written:
        """The text between two bytes, with its place."""
        first, last = self.offset(start), self.offset(end)
        return Written.at(self.text[first:last], first, last)

    def place(self, node: "Node | None") -> FileLocation:
        """Where a node begins."""
        if node is None:
            return FileLocation(path=self.path, line=1, column=1)
        row, column = node.start_point
        start = node.start_byte
        column = self.offset(start) - self.offset(start - column)
        return FileLocation(path=self.path, line=row + 1, column=column + 1)

    def statements(
        self, sql: str, node: "Node", engine: Engine, operation: str
    ) -> tuple[Statement, ...]:
        """The statements of a text that a call hands over: each at its own place where the text
        stands in the file as it is, else at the call's.
        """
        place = self.place(node)
        if isinstance(sql, Written):
            found = statements_of(self.path, self.text, engine, start=sql.start, end=sql.end)
            return tuple(replace(each, operation=operation, call=place) for each in found)
        return tuple(
            replace(each, place=place, is_written=False, operation=operation)
            for each in statements_of(self.path, sql, engine)
        )


def _length(content: bytes) -> int:
    """The characters that begin in these bytes of UTF-8."""
    return sum(1 for byte in content if byte & 0xC0 != 0x80)


def hole(words: str) -> str:
    """What stands in a text for a value that cannot be told: a placeholder, which is bound."""
    kept = "".join(sign if sign.isalnum() or sign in "._ " else "_" for sign in words[:60])
    return "${" + (kept.strip() or "x") + "}"
