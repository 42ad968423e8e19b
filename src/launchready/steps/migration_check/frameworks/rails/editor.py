"""Carries out operations: each becomes the SQL that Active Record sends for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.migrations import Opaque, Statement
from launchready.steps.migration_check.frameworks.rails.commands import (
    Command,
    Group,
    Refused,
    Step,
)
from launchready.steps.migration_check.frameworks.rails.tables import Tables
from launchready.steps.migration_check.frameworks.rails.types import Dialect
from launchready.steps.migration_check.frameworks.rails.values import UntoldError
from launchready.steps.migration_check.frameworks.syntax.code import Code

if TYPE_CHECKING:
    from tree_sitter import Node

Performer = Callable[[Command, "Editor"], None]
MOST_ITEMS = 5000
"""Statements of one file beyond which it is not followed further."""


class Editor:
    """Carries out steps. `items` is what they send, `refusal` why they cannot be carried out."""

    def __init__(
        self,
        code: Code,
        on: Dialect,
        tables: Tables,
        performers: Mapping[str, Performer],
        read: Callable[[str], str | None],
    ) -> None:
        self.items: list[Statement | Opaque] = []
        self.refusal = ""
        self.on, self.tables, self.code = on, tables, code
        self._performers, self._read = performers, read
        self._command: Command | None = None

    def run(self, steps: Iterable[Step]) -> None:
        """Carry out steps in their order."""
        for step in steps:
            if len(self.items) > MOST_ITEMS:
                return
            match step:
                case Command():
                    self.perform(step)
                case Group():
                    self.run(step.steps)
                case Refused():
                    self.refusal = self.refusal or step.reason
                case _:
                    self.items.append(step)

    def perform(self, command: Command) -> None:
        """Carry out one operation; what cannot be told of it is opaque."""
        performer = self._performers.get(command.name)
        outer, self._command = self._command, command
        count = len(self.items)
        try:
            if performer is None or not command.is_whole:
                raise UntoldError
            performer(command, self)
        except UntoldError:
            del self.items[count:]
            self.lose(command.name, hint="its names are built when it runs")
        self._command = outer

    def quote(self, name: str) -> str:
        """A name in the engine's quotes."""
        return self.on.quote(name)

    def source(self, end: str) -> str:
        """The text of the project's SQL file whose path ends so. Raises UntoldError for none."""
        text = self._read(end)
        if text is None:
            raise UntoldError
        return text

    def alter(self, table: str, *clauses: str, is_conditional: bool = False) -> None:
        """Send `ALTER TABLE` with these clauses."""
        sql = f"ALTER TABLE {self.quote(table)} {', '.join(clauses)}"
        self.send(sql, is_conditional=is_conditional)

    def send(self, sql: str, *, is_conditional: bool = False) -> None:
        """A statement that is made of the operation at hand."""
        command = self._now()
        self.items.append(
            Statement(
                sql=sql, place=self.code.place(command.node), is_written=False,
                operation=command.name, is_conditional=is_conditional or command.is_conditional,
            )
        )  # fmt: skip

    def take(self, sql: str, node: "Node", operation: str) -> None:
        """The statements of a text of SQL."""
        command = self._now()
        for each in self.code.statements(sql, node, self.on.engine, operation):
            self.items.append(replace(each, is_conditional=command.is_conditional))

    def lose(self, what: str, hint: str = "") -> None:
        """Something that cannot be followed."""
        place = self.code.place(self._now().node)
        self.items.append(Opaque(place=place, what=what, hint=hint))

    def _now(self) -> Command:
        if self._command is None:
            raise UntoldError
        return self._command
