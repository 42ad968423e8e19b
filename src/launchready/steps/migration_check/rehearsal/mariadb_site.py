"""The rehearsal of a history on a MariaDB made for it, of one for MySQL too, which is told."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from launchready.facts.catalogue import Server
from launchready.facts.migrations import Framework, HistoryFacts
from launchready.facts.rehearsal import STAND_IN, Probe, RehearsalFacts
from launchready.facts.schema import Engine
from launchready.gateways.mariadb.client import RefusedStatementError, Session
from launchready.gateways.mariadb.server import MariadbServer
from launchready.model import Unchecked
from launchready.steps.migration_check.parsing.scripts import pieces
from launchready.steps.migration_check.rehearsal.heartbeats import LONGEST_SECONDS, Heartbeats
from launchready.steps.migration_check.rehearsal.mariadb_running import MISSING, MariadbRun
from launchready.steps.migration_check.rehearsal.mariadb_seeding import mariadb_seed
from launchready.steps.migration_check.rehearsal.mariadb_shape import (
    created,
    mariadb_contents,
    mariadb_rows,
    mariadb_shape,
    mariadb_tables,
)
from launchready.steps.migration_check.rehearsal.mariadb_trials import Trial
from launchready.steps.migration_check.rehearsal.probes import probes_of
from launchready.steps.migration_check.rehearsal.rehearse import Given, rehearse
from launchready.steps.migration_check.rehearsal.running import Direct
from launchready.steps.migration_check.rehearsal.snapshot import TableSeen

_PATIENCE_SECONDS = 600.0
_TIMED_OUT = "1205"  # ER_LOCK_WAIT_TIMEOUT
_DUPLICATE = "1062"  # ER_DUP_ENTRY
_OF_MYSQL = frozenset({"1064", "1115", "1193", "1231", "1273", "1286", "1911"})
"""Codes for words, character sets, collations, variables, options that a server does not know."""

_OTHER_DATABASE = "1049"  # ER_BAD_DB_ERROR
_SCHEMA = "name production's schema in `schema`: `mysqldump --no-data` prints it"


def rehearse_mariadb(
    facts: HistoryFacts, server: MariadbServer, given: Given, wanted: Server
) -> Iterator[RehearsalFacts | Unchecked]:
    """What each new migration of a history did; Unchecked for those that could not be run.

    `wanted` is the server that the migrations are for.
    """
    with server.database() as database, server.read(database) as reader:
        site = MariadbSite(server, database, reader, wanted)
        yield from rehearse(facts, site, Direct(site.run, facts, _SCHEMA, MISSING), given)


class MariadbSite:
    """One database of the server. `reader` is a session for SQL of ours."""

    missing = MISSING

    def __init__(
        self, server: MariadbServer, database: str, reader: Session, wanted: Server
    ) -> None:
        self._server = server
        self._database = database
        self._reader = reader
        self._is_stand_in = wanted.engine is Engine.MYSQL
        version = ".".join(map(str, wanted.version))
        self.label = server.label + (f"{STAND_IN}MySQL {version}" if self._is_stand_in else "")

    def run(self, names: Mapping[int, str], rows: Mapping[str, int]) -> MariadbRun:
        """A run of a script that watches these tables."""
        return MariadbRun(self._connect, self._trial, frozenset(names.values()), rows)

    def prepare(self, framework: Framework) -> None:
        """No host of MariaDB has more than the server."""

    def load(self, schema: str) -> Iterator[Unchecked]:
        """The schema as it was given: `mysqldump --no-data` prints one."""
        with self._connect() as session:
            for piece in pieces(schema, Engine.MARIADB):
                try:
                    session.run(piece.sql)
                except RefusedStatementError as error:
                    reason = f"it fails: {error.message}"
                    yield Unchecked(target="the schema", reason=reason, hint="mend it")
                    break

    def tables(self) -> Mapping[int, TableSeen]:
        """The tables by numbers of ours."""
        return mariadb_tables(self._reader)

    def seed(self, tables: Mapping[int, TableSeen], sql: str) -> tuple[str, ...]:
        """Run the user's own `sql`, then fill the tables; those that stay empty."""
        with self._connect() as session:
            for piece in pieces(sql, Engine.MARIADB):
                session.run(piece.sql)
        return mariadb_seed(self._reader, tables)

    def shape(self) -> frozenset[str]:
        """Every object as one line."""
        return mariadb_shape(self._reader)

    def contents(self, tables: Mapping[int, TableSeen]) -> Mapping[tuple[str, str], str]:
        """The hashes of each column's values."""
        return mariadb_contents(self._reader, tables)

    def rows(self, tables: Mapping[int, TableSeen]) -> Mapping[str, int]:
        """The number of rows of each table."""
        return mariadb_rows(self._reader, tables)

    def probes(self, tables: Mapping[int, TableSeen]) -> Sequence[Probe]:
        """The generic probes; asking for a label that an ENUM lost is no error here."""
        return [each for each in probes_of(tables) if not each.source.startswith("asks")]

    def tried(self, probes: Iterable[Probe]) -> Iterator[Probe]:
        """The probes that fail; the user's own queries are prepared and never run."""
        with self._connect() as session:
            for probe in probes:
                try:
                    if probe.table:
                        self._try(probe.sql)
                    else:
                        session.run(f"PREPARE launchready FROM {_escaped(probe.sql)}")
                except RefusedStatementError as error:
                    if error.code != _DUPLICATE:
                        yield replace(probe, error=error.message, sqlstate=error.code)

    def _try(self, sql: str) -> None:
        self._reader.run("START TRANSACTION")
        try:
            self._reader.run(sql)
        finally:
            self._reader.run("ROLLBACK")

    def heartbeats(self, tables: Sequence[TableSeen]) -> Heartbeats:
        """A reader and a writer on each of the tables."""
        return Heartbeats(self._pulse, tables, _TIMED_OUT)

    def excuse(self, code: str) -> str:
        """That MariaDB does not know what may be MySQL's own, and no database but ours is here."""
        if code == _OTHER_DATABASE:
            return "it names a database, and the rehearsal has another"
        is_of_mysql = self._is_stand_in and code in _OF_MYSQL
        return f"{self._server.label} does not take what MySQL may" if is_of_mysql else ""

    def _connect(self) -> Session:
        return self._server.connect(self._database, timeout_seconds=_PATIENCE_SECONDS)

    def _pulse(self) -> Session:
        session = self._server.read(self._database, timeout_seconds=LONGEST_SECONDS)
        session.run("SET lock_wait_timeout = 1, innodb_lock_wait_timeout = 1")
        return session

    @contextlib.contextmanager
    def _trial(self) -> Iterator[Trial]:
        """A copy of the tables as they are now."""
        with self._connect() as session:
            shape = [created(session, each.name) for each in self.tables().values()]
        with self._server.database() as copy, self._server.connect(copy) as session:
            yield Trial(session, shape)


def _escaped(sql: str) -> str:
    """A string as MySQL writes it, in which a backslash means something."""
    return "'" + sql.replace("\\", "\\\\").replace("'", "''") + "'"
