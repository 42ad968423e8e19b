"""A rehearsal by the project's own command, with the server as the witness."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.migrations import HistoryFacts, Migration
from launchready.facts.rehearsal import Rehearsed
from launchready.facts.schema import Engine
from launchready.gateways.postgres.client import QueryError, Session
from launchready.gateways.postgres.server import PostgresServer
from launchready.gateways.project.command import Done
from launchready.model import FileLocation, Unchecked
from launchready.steps.migration_check.parsing import parse
from launchready.steps.migration_check.rehearsal.commanding import Commands, before
from launchready.steps.migration_check.rehearsal.observer import Observed, Observer
from launchready.steps.migration_check.rehearsal.onlooker import Onlooker
from launchready.steps.migration_check.rehearsal.running import Ran, Refused

if TYPE_CHECKING:
    from launchready.facts.catalogue import Lock

_WRITTEN = """
SELECT relid, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables
"""


class Commanded:
    """Runs migrations by the project's command, each of them whole."""

    def __init__(
        self,
        commands: Commands,
        facts: HistoryFacts,
        server: PostgresServer,
        session: Session,
        database: str,
    ) -> None:
        self._commands = commands
        self._facts = facts
        self._server = server
        self._session = session
        self._database = database
        self._observer: Observer | None = None
        self.gaps: list[str] = []

    def build(self) -> Iterator[Unchecked]:
        """The base's migrations; then the observer is put in. Raises CommandError."""
        self._commands.build(self._facts, self._database)
        yield from ()

    def watch(self) -> Iterator[Unchecked]:
        """Begin to observe, once the base and its rows are there."""
        try:
            self._observer = Observer(self._session)
        except QueryError as error:
            yield Unchecked(
                target="rehearsal",
                reason=f"statements cannot be observed one by one: {error.said.message}",
                hint="let the server's address name a superuser, or let launchready start a server",
            )

    def up(self, migration: Migration, names: Mapping[int, str], rows: Mapping[str, int]) -> Ran:
        """One migration, by the command."""
        if self._observer:
            self._observer.forget()
        written = self._written()
        with Onlooker(self._server, self._database, names) as onlooker:
            done = self._commands.up(migration, self._database)
        seen = self._observer.read(names, rows) if self._observer else Observed()
        grown = {oid: count - written.get(oid, 0) for oid, count in self._written().items()}
        changes = {names[oid]: count for oid, count in grown.items() if oid in names and count > 0}
        locks: dict[str, Lock] = dict(seen.whole.locks)
        for name, lock in onlooker.locks.items():
            locks[name] = max(lock, locks.get(name, lock))
        whole = replace(
            seen.whole, locks=locks, changes={**seen.late, **changes},
            rows={name: rows[name] for name in names.values() if name in rows},
        )  # fmt: skip
        return Ran(
            statements=matched(migration, seen, whole) if done.is_well else {},
            whole=whole,
            late=seen.late,
            held=seen.held,
            refused=self._refused(done),
        )

    def undoes(self, migration: Migration) -> bool:
        """Whether there is a way down that can be run."""
        down = migration.down
        is_told = down is not None and not down.is_irreversible
        return is_told and self._commands.has_down and bool(before(self._facts, migration))

    def down(self, migration: Migration) -> Refused | None:
        """Its down, by the command."""
        return self._refused(self._commands.down(self._facts, migration, self._database))

    def again(self, migration: Migration) -> Refused | None:
        """Its up once more."""
        return self._refused(self._commands.up(migration, self._database))

    def _refused(self, done: Done) -> Refused | None:
        """Why a command failed: what the server refused last, else what the command said last."""
        entries = self._server.log.read_new() if self._server.log else []
        if done.is_well:
            return None
        refused = [
            each for each in entries if each.severity == "ERROR" and each.database == self._database
        ]
        if refused and done.code is not None:
            return Refused(message=refused[-1].message, sqlstate=refused[-1].sqlstate)
        return Refused(message=done.said)

    def _written(self) -> Mapping[int, int]:
        """Rows written since the server began, by table; what this session did is told first."""
        if self._server.major < 15:
            return {}
        self._session.run("SELECT pg_stat_force_next_flush()")
        return {int(oid or 0): int(count or 0) for oid, count in self._session.run(_WRITTEN)}


def matched(
    migration: Migration, seen: Observed, whole: Rehearsed
) -> Mapping[tuple[FileLocation, str], Rehearsed]:
    """What happened by the statements that were read from the file: those of the same meaning in
    the same order, else all of the migration together.
    """
    left = [(parse(sql, Engine.POSTGRESQL), done) for sql, done in seen.statements]
    found = {}
    for statement in migration.up.statements:
        meant = parse(statement.sql, Engine.POSTGRESQL)
        at = next((i for i, (acts, _) in enumerate(left) if acts and acts == meant), None)
        found[statement.place, statement.sql] = whole if at is None else left.pop(at)[1]
    return found
