"""Python files as they are written: where the nodes of a syntax tree stand in the text."""

import ast
import re
from collections.abc import Iterator, Sequence

from launchready.facts.migrations import Statement
from launchready.steps.migration_check.advice.spans import Edit
from launchready.steps.migration_check.fixing.sources import Source
from launchready.steps.migration_check.fixing.work import Task

_BOUND = re.compile(r"(?<![:\w\\]):\w")


class Code:
    """A file's text and tree. `tree` is None where it cannot be parsed."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        try:
            self.tree: ast.Module | None = ast.parse(self.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self.tree = None
        self._lines = [0]
        for each in re.finditer(r"\r\n|\r|\n", self.text):
            self._lines.append(each.end())

    def span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        """Where a node begins and ends, in characters."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self._at(node.lineno, node.col_offset), self._at(end_line, end_column)

    def _at(self, line: int, column: int) -> int:
        """An offset of a place whose column is counted in bytes of UTF-8, as ast has it."""
        start = self._lines[line - 1]
        head = self.text[start : start + column].encode("utf-8")[:column]
        return start + len(head.decode("utf-8", "ignore"))

    def holds(self, node: ast.stmt | ast.expr, statement: Statement) -> bool:
        """Whether a statement stands in a node, or is made by it."""
        place = statement.place
        if not statement.is_written:
            first = node.value if isinstance(node, ast.Expr) else node
            return (first.lineno, first.col_offset + 1) == (place.line, place.column)
        at = self.source.offset_of(place)
        start, end = self.span(node)
        return at is not None and start <= at < end

    def spans_lines(self, node: ast.stmt) -> bool:
        """Whether a string in it goes on in the next line, before which no blanks may be put."""
        return any(
            isinstance(each, ast.Constant | ast.JoinedStr)
            and each.end_lineno != each.lineno
            and not self._is_joined(each)
            for each in ast.walk(node)
        )

    def _is_joined(self, node: ast.expr) -> bool:
        """Whether it is several strings one after the other, each in its line."""
        start, end = self.span(node)
        return '"""' not in self.text[start:end] and "'''" not in self.text[start:end]


def called(node: ast.AST) -> str:
    """The last word of what a call calls; "" for what is no call."""
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def with_keyword(code: Code, call: ast.Call, words: str) -> Edit | None:
    """A further keyword of a call, behind its last argument."""
    arguments: Sequence[ast.expr] = [*call.args, *(each.value for each in call.keywords)]
    if not arguments:
        return None
    end = max(code.span(each)[1] for each in arguments)
    return Edit(start=end, end=end, text=f", {words}")


def in_literal(code: Code, task: Task) -> list[Edit] | str:
    """The edits of SQL that stands in a string."""
    start = code.source.offset_of(task.statement.place)
    sql = task.statement.sql
    if start is None or code.text[start : start + len(sql)] != sql:
        return "its SQL is not written in one piece"
    if task.remedy.before or any("\n" in each.text for each in task.remedy.edits):
        return "its SQL is several statements afterwards"
    return [
        Edit(start=start + each.start, end=start + each.end, text=each.text)
        for each in task.remedy.edits
    ]


def has_bound(statements: Sequence[str]) -> bool:
    """Whether SQLAlchemy would take a word of the SQL for a parameter."""
    return any(_BOUND.search(each) for each in statements)


def body_of(function: ast.FunctionDef) -> Iterator[ast.stmt]:
    """The statements of a function, without its docstring."""
    for each in function.body:
        is_text = isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
        if not is_text and not isinstance(each, ast.Pass):
            yield each
