"""What one migration sends: its statements in order, and those that wait for its end.

Django's schema editor keeps foreign keys, indexes and `unique_together` of what a migration makes
until all its operations have run. What is renamed meanwhile is renamed in them too, and what is
dropped takes them with it.

Source: `BaseDatabaseSchemaEditor.__exit__`, django/db/backends/ddl_references.py of Django 5.2.
"""

from collections.abc import Callable, Mapping

from launchready.facts.migrations import Opaque, Statement
from launchready.frozen import frozen, replace
from launchready.model import FileLocation
from launchready.steps.migration_check.frameworks.django import names
from launchready.steps.migration_check.frameworks.django.state import Key, Model, State


@frozen
class Deferred:
    """A statement that waits. `make` writes it from table, columns, other table and its columns.

    `owner` is the model that a foreign key or `unique_together` is of.
    """

    table: str
    columns: tuple[str, ...]
    make: Callable[["Deferred"], str]
    place: FileLocation
    operation: str
    to_table: str = ""
    to_columns: tuple[str, ...] = ()
    index: str = ""
    owner: Key | None = None

    @property
    def what(self) -> str:
        """What it makes: a foreign key, or a `unique_together`."""
        return "fk" if self.to_table else "_uniq"

    @property
    def name(self) -> str:
        """The name that it gives."""
        if self.to_table:
            column, (to_column,) = self.columns[0], self.to_columns
            return names.foreign_key_name(self.table, column, self.to_table, to_column)
        return names.index_name(self.table, self.columns, "_uniq")


class Editor:
    """Collects what the operations of one migration send, in one direction.

    `irreversible` says why it cannot be run, where an operation has nothing for this direction.
    `made` are the names of what was made for the fields of models, as the statements leave them,
    where they are other names than the state has.
    """

    def __init__(
        self, place: FileLocation, made: Mapping[Key, Mapping[tuple[str, str], str]] | None = None
    ) -> None:
        self.items: list[Statement | Opaque] = []
        self.deferred: list[Deferred] = []
        self.irreversible: list[str] = []
        self.made: dict[Key, Mapping[tuple[str, str], str]] = dict(made or {})
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

    def names_of(self, model: Model, state: State) -> dict[tuple[str, str], str]:
        """The names of what was made for a model's fields, as they are by now."""
        known = self.made.get(model.key, model.made or state.joined.get(model.key, {}))
        return dict(known)

    def waits(self, table: str, column: str) -> bool:
        """Whether a foreign key of a column has not been sent yet."""
        return any(
            each.table == table and each.columns == (column,) and each.to_table
            for each in self.deferred
        )

    def lose(self, what: str, hint: str = "") -> None:
        """What comes here cannot be told without running it."""
        self.items.append(Opaque(place=self.place, what=what, hint=hint))

    def defer(
        self, table: str, columns: tuple[str, ...], make: Callable[[Deferred], str],
        *, to: tuple[str, str] = ("", ""), index: str = "", owner: Key | None = None,
    ) -> None:  # fmt: skip
        """Send a statement at the end."""
        self.deferred.append(
            Deferred(
                table=table, columns=columns, make=make, place=self.place,
                operation=self.operation, to_table=to[0], to_columns=(to[1],), index=index,
                owner=owner,
            )
        )  # fmt: skip

    def finish(self) -> tuple[Statement | Opaque, ...]:
        """All statements, those that waited at the end."""
        waiting, self.deferred = self.deferred, []
        for each in waiting:
            self.at(each.place, each.operation)
            self.send(each.make(each))
            if each.owner is not None:
                known = self.made.get(each.owner, {})
                self.made[each.owner] = {**known, (each.what, ",".join(each.columns)): each.name}
        return tuple(self.items)

    def rename_model(self, old: Key, new: Key) -> None:
        """A model has another name."""
        if old in self.made:
            self.made[new] = self.made.pop(old)
        self.deferred = [replace(d, owner=new) if d.owner == old else d for d in self.deferred]

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
