"""The rehearsal of a history on a PostgreSQL made for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from launchready.catalog.migrations.supabase import PRELUDE
from launchready.facts.migrations import Framework, HistoryFacts
from launchready.facts.rehearsal import Probe, RehearsalFacts
from launchready.facts.schema import Engine
from launchready.gateways.postgres.client import QueryError, Session
from launchready.gateways.postgres.server import PostgresServer
from launchready.model import Unchecked
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.scripts import pieces
from launchready.steps.migration_check.rehearsal.commanded import Commanded
from launchready.steps.migration_check.rehearsal.commanding import CommandError
from launchready.steps.migration_check.rehearsal.heartbeats import LONGEST_SECONDS, Heartbeats
from launchready.steps.migration_check.rehearsal.postgres_running import MISSING, Run
from launchready.steps.migration_check.rehearsal.probes import probes_of, tried
from launchready.steps.migration_check.rehearsal.rehearse import Given, Runner, rehearse
from launchready.steps.migration_check.rehearsal.running import Direct
from launchready.steps.migration_check.rehearsal.seeding import count_rows, seed
from launchready.steps.migration_check.rehearsal.snapshot import (
    TableSeen,
    contents_of,
    shape_of,
    tables_of,
)

_PATIENCE_SECONDS = 600.0
_BEAT_PATIENCE = "300ms"
"""A beat gives up its place in the queue before PostgreSQL looks for deadlocks, after a second."""

_TIMED_OUT = "55P03"  # lock_not_available
_SCHEMA = "name production's schema in `schema`: `pg_dump --schema-only` prints it"
_VERSION = Regex(r"\d+(?:\.\d+)+")


def rehearse_postgres(
    facts: HistoryFacts, server: PostgresServer, given: Given
) -> Iterator[RehearsalFacts | Unchecked]:
    """What each new migration of a history did; Unchecked for those that could not be run."""
    database = server.create_database()
    with server.connect(database, timeout_seconds=_PATIENCE_SECONDS) as session:
        runner: Runner = Direct(
            lambda names, rows: Run(session, names, rows), facts, _SCHEMA, MISSING
        )
        if given.commands is not None:
            runner = Commanded(given.commands, facts, server, session, database)
        try:
            yield from rehearse(facts, PostgresSite(server, session, database), runner, given)
        except CommandError as error:
            yield error.unchecked


class PostgresSite:
    """One database of the server, seen by one session."""

    missing = MISSING

    def __init__(self, server: PostgresServer, session: Session, database: str) -> None:
        self._server = server
        self._session = session
        self._database = database
        found = _VERSION.search(server.version)
        self.label = f"PostgreSQL {found[0] if found else server.major}"

    def prepare(self, framework: Framework) -> None:
        """Supabase's schemas and roles."""
        if framework is Framework.SUPABASE:
            self._session.run(PRELUDE)

    def load(self, schema: str) -> Iterator[Unchecked]:
        """The schema as it was given: `pg_dump --schema-only` prints one."""
        for piece in pieces(schema, Engine.POSTGRESQL):
            try:
                self._session.run(piece.sql)
            except QueryError as error:
                reason = f"it fails: {error.said.message}"
                yield Unchecked(target="the schema", reason=reason, hint="mend it")
                break
        self._session.run("RESET ALL")

    def tables(self) -> Mapping[int, TableSeen]:
        """The tables by their oid."""
        return tables_of(self._session)

    def seed(self, tables: Mapping[int, TableSeen], sql: str) -> tuple[str, ...]:
        """Fill the tables; those that stay empty."""
        return seed(self._session, tables, sql)

    def shape(self) -> frozenset[str]:
        """Every object as one line."""
        return shape_of(self._session)

    def contents(self, tables: Mapping[int, TableSeen]) -> Mapping[tuple[str, str], str]:
        """A hash of each column."""
        return contents_of(self._session, tables)

    def rows(self, tables: Mapping[int, TableSeen]) -> Mapping[str, int]:
        """The number of rows of each table."""
        return count_rows(self._session, tables)

    def probes(self, tables: Mapping[int, TableSeen]) -> Sequence[Probe]:
        """The generic probes."""
        return probes_of(tables)

    def tried(self, probes: Iterable[Probe]) -> Iterator[Probe]:
        """The probes that fail."""
        return tried(self._session, probes)

    def heartbeats(self, tables: Sequence[TableSeen]) -> Heartbeats:
        """A reader and a writer on each of the tables."""
        return Heartbeats(self._pulse, tables, _TIMED_OUT)

    def excuse(self, code: str) -> str:
        """None: it is the engine that the migrations are for."""
        del code
        return ""

    def _pulse(self) -> Session:
        session = self._server.connect(
            self._database, application="launchready beat", timeout_seconds=LONGEST_SECONDS
        )
        session.run(f"SET lock_timeout = '{_BEAT_PATIENCE}'")
        return session
