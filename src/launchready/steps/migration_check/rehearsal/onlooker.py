"""Looks from outside, all the time, at the locks that others' sessions hold."""

import threading
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from launchready.gateways.postgres.client import PostgresError, QueryError, Session
from launchready.gateways.postgres.server import PostgresServer
from launchready.steps.migration_check.rehearsal.watching import MODES

if TYPE_CHECKING:
    from launchready.facts.catalogue import Lock

_PAUSE_SECONDS = 0.005
_PATIENCE_SECONDS = 30.0

_LOCKS = """
SELECT DISTINCT l.relation, l.mode FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE a.datname = current_database() AND a.application_name NOT LIKE 'launchready%'
  AND l.granted AND l.locktype = 'relation' AND l.relation >= 16384
"""


class Onlooker:
    """For as long as its block lasts. `locks` are the strongest that were seen, by relation."""

    def __init__(self, server: PostgresServer, database: str, names: Mapping[int, str]) -> None:
        self.locks: dict[str, Lock] = {}
        self._server = server
        self._database = database
        self._names = names
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._all, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join(_PATIENCE_SECONDS)

    def _all(self) -> None:
        try:
            with self._server.connect(
                self._database, application="launchready", timeout_seconds=_PATIENCE_SECONDS
            ) as session:
                while not self._end.wait(_PAUSE_SECONDS):
                    self._look(session)
        except (QueryError, PostgresError):
            return  # what it has seen until then stands

    def _look(self, session: Session) -> None:
        for relation, mode in session.run(_LOCKS):
            lock, name = MODES.get(mode or ""), self._names.get(int(relation or 0))
            if lock and name and lock > self.locks.get(name, 0):
                self.locks[name] = lock
