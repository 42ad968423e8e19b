"""An effect while it is found out: only what touches relations in use gets into it."""

from collections.abc import Iterable

from launchready.facts.catalogue import (
    Catalogue,
    Cause,
    Effect,
    Lock,
    Loss,
    Lost,
    Table,
    Trouble,
    When,
)
from launchready.facts.migrations import SessionFacts
from launchready.facts.schema import Column
from launchready.steps.migration_check.replay.edits import family_of, index_named, table_of

_NOTHING = Effect()
"""What most acts of a long history do: they are on tables that are new themselves."""


class Draft:
    """The effect of one act on a catalogue, piece by piece."""

    def __init__(self, before: Catalogue, session: SessionFacts) -> None:
        self.before = before
        self.session = session
        self.version = before.server.version
        self._locks: dict[str, Lock] = {}
        self._rewrites: dict[str, None] = {}
        self._scans: dict[str, None] = {}
        self._builds: dict[str, None] = {}
        self._changes: dict[str, None] = {}
        self._troubles: dict[Trouble, None] = {}
        self._losses: dict[Lost, None] = {}
        self._doubts: dict[str, None] = {}
        self._why: list[str] = []
        self.algorithm = ""

    def table(self, name: str) -> Table:
        """A relation, known or not."""
        return table_of(self.before, name)

    def column(self, table: str, column: str) -> Column | None:
        """A column, None where it is not known."""
        return self.table(table).columns.get(column)

    def family(self, name: str, *, inherits: bool = True) -> tuple[str, ...]:
        """A table with its partitions and heirs."""
        return family_of(self.before, name, inherits=inherits)

    def is_used(self, name: str) -> bool:
        """Whether the running release may use a relation: it is neither new nor temporary. What the
        history never made counts as used.
        """
        table = self.before.tables.get(name)
        if table is not None:
            return not (table.is_new or table.is_temporary)
        found = index_named(self.before, name)
        return found is None or not (found[1].is_new or self.is_new(found[0]))

    @staticmethod
    def is_new(table: Table) -> bool:
        """Whether nobody else knows a table yet."""
        return table.is_new or table.is_temporary

    def uses_column(self, table: str, column: str) -> bool:
        """Whether the running release may use a column."""
        return self.is_used(table) and column not in self.table(table).new_columns

    def lock(self, mode: Lock, *names: str) -> None:
        """A table lock; of several on one relation the strongest is kept."""
        for name in names:
            if self.is_used(name):
                self._locks[name] = max(mode, self._locks.get(name, mode))

    def rewrite(self, *names: str, why: str = "") -> None:
        """Tables whose rows are written anew."""
        self._put(self._rewrites, names, why)

    def scan(self, *names: str, why: str = "") -> None:
        """Tables that are read whole."""
        self._put(self._scans, names, why)

    def build(self, *names: str, why: str = "") -> None:
        """Tables on which an index is built."""
        self._put(self._builds, names, why)

    def change(self, *names: str, why: str = "") -> None:
        """Tables of whose rows all, or nearly all, are changed."""
        self._put(self._changes, names, why)

    def trouble(self, when: When, cause: Cause, reason: str, *about: str) -> None:
        """That the statement fails."""
        self._troubles[Trouble(when=when, cause=cause, about=about, reason=reason)] = None

    def fails(self, cause: Cause, reason: str, *about: str) -> None:
        """That the statement always fails."""
        self.trouble(When.ALWAYS, cause, reason, *about)

    def may_fail(self, cause: Cause, reason: str, table: str, *columns: str) -> None:
        """That the statement fails if the rows do not fit; a new table has none that matter."""
        if self.is_used(table):
            self.trouble(When.ON_SOME_DATA, cause, reason, table, *columns)

    def lose(
        self, what: Loss, name: str, *, table: str = "", now: str = "", is_cascade: bool = False
    ) -> None:
        """What the running release no longer finds as it was."""
        lost = Lost(what=what, name=name, table=table, now=now, is_cascade=is_cascade)
        self._losses[lost] = None

    def doubt(self, about: str) -> None:
        """What is not known, and would matter."""
        self._doubts[about] = None

    def _rest(self) -> object:
        return (
            self._rewrites or self._scans or self._builds or self._changes
            or self._why or self.algorithm
        )  # fmt: skip

    def because(self, why: str) -> None:
        """A reason, for people."""
        if why and why not in self._why:
            self._why.append(why)

    def effect(self) -> Effect:
        """All of it."""
        if not (self._locks or self._troubles or self._losses or self._doubts or self._rest()):
            return _NOTHING
        return Effect(
            locks=self._locks,
            rewrites=tuple(self._rewrites),
            scans=tuple(self._scans),
            builds=tuple(self._builds),
            changes=tuple(self._changes),
            troubles=tuple(self._troubles),
            losses=tuple(self._losses),
            doubts=tuple(self._doubts),
            why="; ".join(self._why),
            algorithm=self.algorithm,
        )

    def _put(self, into: dict[str, None], names: Iterable[str], why: str) -> None:
        for name in names:
            if self.is_used(name):
                into[name] = None
                self.because(why)
