"""SQL that stands in Python code as a text: its statements, at their own places where they can be.

A text that stands in the file as it is, in quotes, is read there: a finding then points at the
statement, and a fix can be written. One that is put together stands where the call is.
"""

from launchready.facts.migrations import Statement
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.steps.migration_check.parsing.scripts import statements_of

_FAR = 200_000
"""Characters after the call in which its text is looked for."""


class Source:
    """The text of a file, in which SQL is found again."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._lines: list[int] | None = None

    def _offset(self, line: int) -> int:
        if self._lines is None:
            self._lines = [0]
            for each in self.text.splitlines(keepends=True):
                self._lines.append(self._lines[-1] + len(each))
        return self._lines[min(max(line - 1, 0), len(self._lines) - 1)]

    def statements(
        self, sql: str, place: FileLocation, engine: Engine, operation: str, *,
        is_conditional: bool = False,
    ) -> tuple[Statement, ...]:  # fmt: skip
        """The statements of a text that is handed over near `place`."""
        start = self._offset(place.line or 1)
        at = self.text.find(sql, start, start + len(sql) + _FAR) if len(sql.strip()) > 5 else -1
        if at >= 0 and self.text[at - 1 : at] in ("'", '"'):
            found = statements_of(self.path, self.text, engine, start=at, end=at + len(sql))
            return tuple(
                replace(each, operation=operation, is_conditional=is_conditional, call=place)
                for each in found
            )
        return tuple(
            replace(
                each, place=place, is_written=False, operation=operation,
                is_conditional=is_conditional,
            )
            for each in statements_of(self.path, sql, engine)
        )  # fmt: skip
