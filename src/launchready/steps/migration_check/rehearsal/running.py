"""Runs a script as its tool would, statement by statement, and looks after each one."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.migrations import Opaque, Script, Statement, Wrapping
from launchready.facts.rehearsal import Rehearsed
from launchready.gateways.postgres.client import QueryError, Session
from launchready.steps.migration_check.rehearsal.watching import Look, between, look

if TYPE_CHECKING:
    from launchready.model import FileLocation

_IN_A_BLOCK = "25001"  # active_sql_transaction: cannot run inside a transaction block
_IDLE = "I"


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
        self._session.run("RESET ALL")

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
        return replace(seen, locks={}, scans={}, changes={}, seconds=seconds)

    def _refused(self, statement: Statement, error: QueryError) -> Rehearsed:
        self.error, self.place = error, statement.place
        return Rehearsed(error=error.said.message, sqlstate=error.sqlstate)


def _opens(statement: Statement) -> bool:
    """Whether the statement is the script's own BEGIN, which stays open."""
    words = statement.sql.lstrip().lower()
    return words.startswith(("begin", "start transaction"))
