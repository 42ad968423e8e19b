"""A reader and a writer on each table while a migration runs, and how long they had to wait.

A beat gives up its place in the queue after a while and comes again, so that it can be no part of a
deadlock that the migration dies of.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Protocol, Self

from launchready.facts.rehearsal import Stall
from launchready.gateways.postgres.server import identifier
from launchready.gateways.servers.errors import RefusedError, ServerError
from launchready.steps.migration_check.rehearsal.snapshot import TableSeen

MOST = 4
"""Tables that are watched at a time: each is two sessions."""

_PAUSE_SECONDS = 0.01
LONGEST_SECONDS = 60.0
"""How long a session of a beat waits for any answer."""

_LEAST_MILLISECONDS = 5
"""Less is what any session waits for now and then."""


class _Session(Protocol):
    """What a beat needs of a session: it gives up after a while, with the code `timed_out`."""

    def run(self, sql: str) -> object: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class _Beat:
    """One session that does the same thing again and again; `longest` is in seconds."""

    def __init__(
        self, connect: Callable[[], _Session], statements: Sequence[str], timed_out: str
    ) -> None:
        self.longest = 0.0
        self._connect = connect
        self._timed_out = timed_out
        self._statements = statements
        self._ready = threading.Event()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._all, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self) -> None:
        """Wait until the first beat is done, so that later ones are the migration's doing."""
        self._ready.wait(LONGEST_SECONDS)

    def stop(self) -> None:
        """No further beat."""
        self._end.set()

    def join(self) -> None:
        """Wait for the last beat."""
        self._thread.join(LONGEST_SECONDS)

    def _all(self) -> None:
        try:
            with self._connect() as session:
                self._beat(session)
                self.longest = 0.0
                self._ready.set()
                while not self._end.wait(_PAUSE_SECONDS):
                    self._beat(session)
        except (RefusedError, ServerError):
            return  # its table is gone, or the server is: what it has measured stands
        finally:
            self._ready.set()

    def _done(self, session: _Session, statement: str) -> bool:
        """Whether the statement came through."""
        try:
            session.run(statement)
        except RefusedError as error:
            if error.code != self._timed_out:
                raise
            return False
        return True

    def _beat(self, session: _Session) -> None:
        for statement in self._statements:
            began = time.perf_counter()
            try:
                while not self._done(session, statement) and not self._end.is_set():
                    pass
            finally:
                self.longest = max(self.longest, time.perf_counter() - began)


class Heartbeats:
    """For as long as its block lasts; then `stalls` says who waited, by table."""

    def __init__(
        self, connect: Callable[[], _Session], tables: Sequence[TableSeen], timed_out: str
    ) -> None:
        self.stalls: Mapping[str, Stall] = {}
        self._beats = {
            table.name: [_Beat(connect, each, timed_out) for each in _statements(table)]
            for table in tables[:MOST]
        }

    def __enter__(self) -> Self:
        every = [beat for beats in self._beats.values() for beat in beats]
        for beat in every:
            beat.start()
        for beat in every:
            beat.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        every = [beat for beats in self._beats.values() for beat in beats]
        for beat in every:
            beat.stop()
        for beat in every:
            beat.join()
        measured = {
            name: Stall(reads=_milliseconds(beats[0]), writes=_milliseconds(beats[1]))
            for name, beats in self._beats.items()
        }
        self.stalls = {name: each for name, each in measured.items() if each.reads or each.writes}


def _statements(table: TableSeen) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the reader does, and what the writer does: nothing is changed."""
    reads = f"SELECT 1 FROM {table.quoted} LIMIT 1"
    column = next((c for c in table.columns if not c.is_generated), None)
    if table.kind == "m" or column is None:
        return (reads,), (reads,)
    name = identifier(column.name)
    return (reads,), (
        f"UPDATE {table.quoted} SET {name} = {name} WHERE false",
        f"{reads} FOR UPDATE",  # waits where the migration has changed the row
    )


def _milliseconds(beat: _Beat) -> int:
    found = round(beat.longest * 1000)
    return found if found >= _LEAST_MILLISECONDS else 0
