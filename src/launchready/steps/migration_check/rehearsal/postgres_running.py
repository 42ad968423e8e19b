"""Runs scripts on PostgreSQL as their tool would, and looks after each statement at what it did."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.migrations import Opaque, Script, Statement, Wrapping
from launchready.facts.rehearsal import Rehearsed
from launchready.gateways.postgres.client import QueryError, Session
from launchready.steps.migration_check.rehearsal.running import Refused
from launchready.steps.migration_check.rehearsal.watching import Look, between, look

if TYPE_CHECKING:
    from launchready.model import FileLocation

_IN_A_BLOCK = "25001"  # active_sql_transaction: cannot run inside a transaction block
_IDLE = "I"
MISSING = frozenset({"42P01", "42703", "42704", "42883", "3F000"})
"""Codes for something that is not there."""

_THERE = frozenset({"42P07", "42701", "42710", "42P06"})
"""Codes for something that is there already."""

_BEFORE_IT, _WITHOUT_IT = "SAVEPOINT launchready", "ROLLBACK TO launchready"


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
        done = self._run(statement)
        if is_wrapped and statement.is_outside and self.error is None:
            self._session.run("BEGIN")
        return done

    def _run(self, statement: Statement) -> Rehearsed:
        is_ours = self._session.status == _IDLE
        if is_ours:
            self._session.run("BEGIN")
        before = look(self._session)
        if statement.is_conditional:
            self._session.run(_BEFORE_IT)
        began = time.perf_counter()
        try:
            self._session.run(statement.sql)
        except QueryError as error:
            if is_ours and error.sqlstate == _IN_A_BLOCK:
                return self._alone(statement, before)
            if _is_guarded(statement, error):
                self._session.run("ROLLBACK" if is_ours else _WITHOUT_IT)
            return self._refused(statement, error)
        seconds = time.perf_counter() - began
        after = look(self._session) if self._session.status != "E" else before
        if is_ours and self._session.status != _IDLE and not _opens(statement):
            try:
                self._session.run("COMMIT")
            except QueryError as error:
                return self._refused(statement, error)
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
        """What was refused ends the run, unless its guard would have kept it from running."""
        if not _is_guarded(statement, error):
            self.error, self.place = error, statement.place
        return Rehearsed(error=error.said.message, sqlstate=error.sqlstate)


def _is_guarded(statement: Statement, error: QueryError) -> bool:
    """Whether a statement runs only under a condition that is not met here, as it seems."""
    return statement.is_conditional and error.sqlstate in MISSING | _THERE


def _opens(statement: Statement) -> bool:
    """Whether the statement is the script's own BEGIN, which stays open."""
    words = statement.sql.lstrip().lower()
    return words.startswith(("begin", "start transaction"))
