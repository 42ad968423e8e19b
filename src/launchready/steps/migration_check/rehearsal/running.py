"""Runs scripts as their tool would, statement by statement, and looks after each one."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Protocol

from launchready.facts.catalogue import Lock
from launchready.facts.migrations import (
    HistoryFacts,
    Migration,
    Opaque,
    Script,
    Statement,
    Wrapping,
)
from launchready.facts.rehearsal import Rehearsed
from launchready.frozen import frozen
from launchready.gateways.postgres.client import QueryError, Session
from launchready.model import FileLocation, Unchecked
from launchready.steps.migration_check.rehearsal.watching import Look, between, look

_IN_A_BLOCK = "25001"  # active_sql_transaction: cannot run inside a transaction block
_IDLE = "I"


@frozen
class Refused:
    """Why a script ended early: the server's message and code, or the command's last words."""

    message: str
    sqlstate: str = ""


@frozen
class Ran:
    """How the up of a migration went. See `RehearsalFacts` for what the fields mean."""

    statements: Mapping[tuple[FileLocation, str], Rehearsed] = field(default_factory=dict)
    whole: Rehearsed | None = None
    late: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, Lock] = field(default_factory=dict)
    refused: Refused | None = None
    place: FileLocation | None = None
    skipped: tuple[str, ...] = ()


_SERVER = "rehearse on a server that has it and may be thrown away: `--server DSN`"


class Runs(Protocol):
    """One script, run once. `refused` is why it ended early, with the place of the statement;
    `skipped` are pieces that are no SQL.
    """

    @property
    def refused(self) -> Refused | None: ...

    @property
    def place(self) -> FileLocation | None: ...

    @property
    def skipped(self) -> Sequence[Opaque]: ...

    def all(self, script: Script) -> Iterator[tuple[Statement, Rehearsed]]: ...


class Direct:
    """Runs the SQL that was read from the files. `gaps` are migrations that did not run whole.

    `start` makes a run that watches the tables of these names; `schema` says how production's
    schema is printed.
    """

    def __init__(
        self,
        start: Callable[[Mapping[int, str], Mapping[str, int]], Runs],
        facts: HistoryFacts,
        schema: str,
    ) -> None:
        self.gaps: list[str] = []
        self._start = start
        self._facts = facts
        self._schema = schema

    def build(self) -> Iterator[Unchecked]:
        """The schema as the base has it."""
        failed = []
        for migration in self._facts.history.migrations:
            if self._facts.is_new(migration):
                continue
            refused = self._run(migration.up)
            if refused or migration.up.problem or _has_code(migration):
                self.gaps.append(migration.path)
            if refused is not None or migration.up.problem:
                words = refused.message if refused else migration.up.problem
                failed.append((migration, words))
        for migration, words in failed[:3]:
            is_lacking = words.startswith("extension ") and words.endswith(" is not available")
            yield Unchecked(
                target=migration.path,
                reason=f"the base's own migration does not run here: {words}",
                hint=_SERVER if is_lacking else self._schema,
            )

    def watch(self) -> Iterator[Unchecked]:
        """Its own session is looked at between statements; nothing has to be put in."""
        yield from ()

    def up(self, migration: Migration, names: Mapping[int, str], rows: Mapping[str, int]) -> Ran:
        """The up of one migration, looked at after each statement."""
        run = self._start(names, rows)
        statements = {(each.place, each.sql): seen for each, seen in run.all(migration.up)}
        if run.refused or run.skipped:
            self.gaps.append(migration.path)
        return Ran(
            statements=statements,
            refused=run.refused,
            place=run.place,
            skipped=tuple(each.what for each in run.skipped),
        )

    def undoes(self, migration: Migration) -> bool:
        """Whether there is a down that can be run."""
        down = migration.down
        return bool(down and not down.problem and not down.is_irreversible and down.statements)

    def down(self, migration: Migration) -> Refused | None:
        """Its down."""
        return self._run(migration.down or Script())

    def again(self, migration: Migration) -> Refused | None:
        """Its up once more."""
        return self._run(migration.up)

    def _run(self, script: Script) -> Refused | None:
        run = self._start({}, {})
        for _ in run.all(script):
            pass
        return run.refused


def _has_code(migration: Migration) -> bool:
    return any(isinstance(each, Opaque) for each in migration.up.items)


class Run:
    """One script, run once. `names` are the relations that are watched, by oid.

    `error` is the first statement that the server refused, with the place it stands at; `skipped`
    are pieces of the script that are no SQL and were not run.
    """

    def __init__(self, session: Session, names: Mapping[int, str], rows: Mapping[str, int]) -> None:
        self._session = session
        self._names = names
        self._rows = rows
        self.error: QueryError | None = None
        self.place: FileLocation | None = None
        self.skipped: list[Opaque] = []

    @property
    def refused(self) -> Refused | None:
        """The error as the report has it."""
        if self.error is None:
            return None
        return Refused(message=self.error.said.message, sqlstate=self.error.sqlstate)

    def all(self, script: Script) -> Iterator[tuple[Statement, Rehearsed]]:
        """Run it; each statement with what it did. It ends at the first one that is refused."""
        is_wrapped = script.wrapping in (Wrapping.FILE, Wrapping.ALL) or (
            script.wrapping is Wrapping.STRING and len(script.statements) > 1
        )
        if is_wrapped:
            self._session.run("BEGIN")
        for item in script.items:
            if isinstance(item, Opaque):
                self.skipped.append(item)
                continue
            yield item, self._one(item, is_wrapped=is_wrapped)
            if self.error is not None:
                break
        self._finish()

    def _finish(self) -> None:
        """End what is open: a script that was refused is taken back, as its tool would."""
        if self._session.status != _IDLE:
            try:
                self._session.run("ROLLBACK" if self.error else "COMMIT")
            except QueryError as error:  # constraints that are checked at the end
                self.error = self.error or error
        self._session.run("DISCARD ALL")  # the tool's next run is another session

    def _one(self, statement: Statement, *, is_wrapped: bool) -> Rehearsed:
        if statement.is_outside and self._session.status != _IDLE:
            self._session.run("COMMIT")
        is_ours = self._session.status == _IDLE
        if is_ours:
            self._session.run("BEGIN")
        before = look(self._session)
        began = time.perf_counter()
        try:
            self._session.run(statement.sql)
        except QueryError as error:
            if is_ours and error.sqlstate == _IN_A_BLOCK:
                return self._alone(statement, before)
            return self._refused(statement, error)
        seconds = time.perf_counter() - began
        after = look(self._session) if self._session.status != "E" else before
        if is_ours and self._session.status != _IDLE and not _opens(statement):
            try:
                self._session.run("COMMIT")
            except QueryError as error:
                return self._refused(statement, error)
        if is_wrapped and statement.is_outside:
            self._session.run("BEGIN")
        return replace(between(before, after, self._names, self._rows), seconds=seconds)

    def _alone(self, statement: Statement, before: Look) -> Rehearsed:
        """A statement that no transaction may be around: only what it leaves can be seen."""
        self._session.run("ROLLBACK")
        began = time.perf_counter()
        try:
            self._session.run(statement.sql)
        except QueryError as error:
            return self._refused(statement, error)
        seconds = time.perf_counter() - began
        after = look(self._session)
        seen = between(before, after, self._names, self._rows)
        return replace(seen, locks={}, scans={}, changes={}, seconds=seconds, is_alone=True)

    def _refused(self, statement: Statement, error: QueryError) -> Rehearsed:
        self.error, self.place = error, statement.place
        return Rehearsed(error=error.said.message, sqlstate=error.sqlstate)


def _opens(statement: Statement) -> bool:
    """Whether the statement is the script's own BEGIN, which stays open."""
    words = statement.sql.lstrip().lower()
    return words.startswith(("begin", "start transaction"))
