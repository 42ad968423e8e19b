"""Sees which locks a statement asks for that may be in no transaction.

Its locks are gone when it ends. So on every table another session holds the strongest one: the
statement waits, its request is read, and the way is made free; but first one more session has
queued behind it, for the statement may let go of a lock and come back for a stronger one.
"""

import contextlib
import threading
import time
from types import TracebackType
from typing import Self

from launchready.gateways.postgres.client import QueryError, Row, Session
from launchready.gateways.postgres.server import PostgresServer

_ROUNDS = 4
_WAITS = """
SELECT locktype, relation, mode, virtualxid FROM pg_locks WHERE pid = {} AND NOT granted
"""
_OF_GUARD = (
    "SELECT pid FROM pg_locks WHERE locktype = 'virtualxid' AND virtualxid = '{}' AND granted"
)


class _Guard:
    """A session that holds, or waits for, the strongest lock on one table."""

    def __init__(self, server: PostgresServer, database: str, table: str) -> None:
        self._session = server.connect(database)
        self.pid = self._session.value("SELECT pg_backend_pid()") or ""
        self._session.run("BEGIN")
        self._thread = threading.Thread(target=self._lock, args=(table,))
        self._thread.start()

    def _lock(self, table: str) -> None:
        with contextlib.suppress(QueryError):  # the statement may drop the table
            self._session.run(f"LOCK TABLE ONLY {table}")

    def is_waiting(self) -> bool:
        """Whether it has not got its lock yet."""
        return self._thread.is_alive()

    def hold(self) -> None:
        """Wait until it has its lock."""
        self._thread.join()

    def end(self) -> None:
        """Let go. A guard that waits gets its turn first, so nobody may stand before it."""
        self._thread.join()
        self._session.close()


class Obstacles:
    """Guards before all tables of a database, for one statement."""

    def __init__(self, server: PostgresServer, database: str, tables: dict[str, str]) -> None:
        self._server, self._database, self._tables = server, database, tables
        self._guards: dict[str, list[_Guard]] = {oid: [] for oid in tables}
        self._rounds = dict.fromkeys(tables, 0)

    def __enter__(self) -> Self:
        for oid in self._tables:
            self._add(oid)
            self._guards[oid][0].hold()
        self._watcher = self._server.connect(self._database)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for guards in self._guards.values():
            for guard in guards:
                guard.end()
        self._watcher.close()

    def watch(self, session: Session, statement: str) -> list[Row]:
        """Run the statement; relation and mode of every lock that it asked for before a guard.

        Raises QueryError where the statement fails.
        """
        pid = session.value("SELECT pg_backend_pid()")
        failed: list[QueryError] = []
        seen: list[Row] = []
        worker = threading.Thread(target=_run_into, args=(session, statement, failed))
        worker.start()
        while worker.is_alive():
            for kind, relation, mode, transaction in self._watcher.run(_WAITS.format(pid)):
                if kind == "relation" and relation in self._guards:
                    seen.append((relation, mode))
                    self._make_way(relation or "")
                elif kind == "virtualxid":
                    self._end_holder(self._watcher.value(_OF_GUARD.format(transaction)))
            time.sleep(0.002)
        worker.join()
        if failed:
            raise failed[0]
        return seen

    def _add(self, oid: str) -> None:
        self._guards[oid].append(_Guard(self._server, self._database, self._tables[oid]))
        self._rounds[oid] += 1

    def _make_way(self, oid: str) -> None:
        holders = [guard for guard in self._guards[oid] if not guard.is_waiting()]
        if not holders:
            return
        if self._rounds[oid] < _ROUNDS:
            self._add(oid)
            self._await_queue(self._guards[oid][-1])
        self._guards[oid].remove(holders[0])
        holders[0].end()

    def _await_queue(self, guard: _Guard) -> None:
        while guard.is_waiting() and not self._watcher.run(_WAITS.format(guard.pid)):
            time.sleep(0.001)

    def _end_holder(self, pid: str | None) -> None:
        """The statement waits until a transaction ends: that of a guard, which may itself wait."""
        for guards in self._guards.values():
            for guard in [each for each in guards if each.pid == pid]:
                guards.remove(guard)
                if guard.is_waiting():
                    self._watcher.run(f"SELECT pg_cancel_backend({pid})")
                guard.end()


def _run_into(session: Session, statement: str, failed: list[QueryError]) -> None:
    try:
        session.run(statement)
    except QueryError as error:
        failed.append(error)
