"""What one migration sends: its statements in order, and those that wait for its end.

Django's schema editor keeps foreign keys, indexes and `unique_together` of what a migration makes
until all its operations have run. What is renamed meanwhile is renamed in them too, and what is
dropped takes them with it.

Source: `BaseDatabaseSchemaEditor.__exit__`, django/db/backends/ddl_references.py of Django 5.2.
"""

from collections.abc import Callable
from dataclasses import replace

from launchready.facts.migrations import Opaque, Statement
from launchready.frozen import frozen
from launchready.model import FileLocation


@frozen
class Deferred:
    """A statement that waits. `make` writes it from table, columns, other table and its columns."""

    table: str
    columns: tuple[str, ...]
    make: Callable[["Deferred"], str]
    place: FileLocation
    operation: str
    to_table: str = ""
    to_columns: tuple[str, ...] = ()
    index: str = ""


class Editor:
    """Collects what the operations of one migration send, in one direction.

    `irreversible` says why it cannot be run, where an operation has nothing for this direction.
    """

    def __init__(self, place: FileLocation) -> None:
        self.items: list[Statement | Opaque] = []
        self.deferred: list[Deferred] = []
        self.irreversible: list[str] = []
        self.place = place
        self.operation = ""

    def at(self, place: FileLocation, operation: str) -> None:
        """What follows is of this operation."""
        self.place, self.operation = place, operation

    def send(self, sql: str) -> None:
        """Send a statement now."""
        self.items.append(
            Statement(sql=sql, place=self.place, is_written=False, operation=self.operation)
        )

    def lose(self, what: str, hint: str = "") -> None:
        """What comes here cannot be told without running it."""
        self.items.append(Opaque(place=self.place, what=what, hint=hint))

    def defer(
        self, table: str, columns: tuple[str, ...], make: Callable[[Deferred], str],
        to: tuple[str, str] = ("", ""), index: str = "",
    ) -> None:  # fmt: skip
        """Send a statement at the end."""
        self.deferred.append(
            Deferred(
                table=table, columns=columns, make=make, place=self.place,
                operation=self.operation, to_table=to[0], to_columns=(to[1],), index=index,
            )
        )  # fmt: skip

    def finish(self) -> tuple[Statement | Opaque, ...]:
        """All statements, those that waited at the end."""
        waiting, self.deferred = self.deferred, []
        for each in waiting:
            self.at(each.place, each.operation)
            self.send(each.make(each))
        return tuple(self.items)

    def forget_table(self, table: str) -> None:
        """A table is dropped: nothing that waits may speak of it."""
        self.deferred = [d for d in self.deferred if table not in (d.table, d.to_table)]

    def forget_column(self, table: str, column: str) -> None:
        """A column is dropped."""
        self.deferred = [
            d
            for d in self.deferred
            if not (d.table == table and column in d.columns)
            and not (d.to_table == table and column in d.to_columns)
        ]

    def forget_index(self, table: str, name: str) -> None:
        """An index is dropped."""
        self.deferred = [d for d in self.deferred if d.table != table or d.index != name]

    def rename_table(self, old: str, new: str) -> None:
        """A table has another name."""
        self.deferred = [
            replace(
                d,
                table=new if d.table == old else d.table,
                to_table=new if d.to_table == old else d.to_table,
            )
            for d in self.deferred
        ]

    def rename_column(self, table: str, old: str, new: str) -> None:
        """A column has another name."""
        self.deferred = [
            replace(
                d,
                columns=_renamed(d.columns, old, new) if d.table == table else d.columns,
                to_columns=_renamed(d.to_columns, old, new)
                if d.to_table == table
                else d.to_columns,
            )
            for d in self.deferred
        ]


def _renamed(columns: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new if each == old else each for each in columns)
