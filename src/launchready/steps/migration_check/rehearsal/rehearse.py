"""The rehearsal of a history's new migrations, on a PostgreSQL made for it.

The migrations of the base are run, tables are filled, and each new one is run up, down and up
again; between them the schema, the contents and what the running release asks are compared.
"""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Protocol

from launchready.catalog.migrations.supabase import PRELUDE
from launchready.facts.migrations import Framework, HistoryFacts, Migration
from launchready.facts.rehearsal import Probe, RehearsalFacts, Side
from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.gateways.postgres.client import QueryError, Session
from launchready.gateways.postgres.server import PostgresServer
from launchready.model import FileLocation, Unchecked
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.scripts import pieces
from launchready.steps.migration_check.rehearsal.commanded import Commanded
from launchready.steps.migration_check.rehearsal.commanding import CommandError, Commands
from launchready.steps.migration_check.rehearsal.heartbeats import Heartbeats
from launchready.steps.migration_check.rehearsal.probes import probes_of, tried
from launchready.steps.migration_check.rehearsal.running import Direct, Ran, Refused
from launchready.steps.migration_check.rehearsal.seeding import count_rows, seed
from launchready.steps.migration_check.rehearsal.snapshot import (
    TableSeen,
    contents_of,
    shape_of,
    tables_of,
)

BOOKS = frozenset({
    "django_migrations", "django_content_type", "auth_permission", "alembic_version",
    "schema_migrations", "goose_db_version", "flyway_schema_history", "ar_internal_metadata",
})  # fmt: skip
"""Tables that the tools keep for themselves: a run leaves its traces there."""

_MOST_SHOWN = 12
_PATIENCE_SECONDS = 600.0
_MISSING = frozenset({"42P01", "42703", "42704", "42883", "3F000"})
"""Codes for something that is not there: what an earlier migration may have made."""
_BY_COMMAND = "run it by the tool's own command: set `rehearsal.command`"
_WHOLE = "name production's schema in `schema`, or let the tool's own command run all of it"
_VERSION = Regex(r"\d+(?:\.\d+)+")


@frozen
class _Before:
    """The database just before a migration."""

    tables: Mapping[int, TableSeen]
    shape: frozenset[str]
    contents: Mapping[tuple[str, str], str]
    probes: Sequence[Probe]
    rows: Mapping[str, int]
    failing: frozenset[str]


class _Runner(Protocol):
    """What runs the migrations: the SQL of the files, or the project's own command."""

    gaps: list[str]

    def build(self) -> Iterator[Unchecked]: ...

    def watch(self) -> Iterator[Unchecked]: ...

    def up(
        self, migration: Migration, names: Mapping[int, str], rows: Mapping[str, int]
    ) -> Ran: ...

    def undoes(self, migration: Migration) -> bool: ...

    def down(self, migration: Migration) -> Refused | None: ...

    def again(self, migration: Migration) -> Refused | None: ...


@frozen
class Given:
    """What the user gives: `schema` takes the place of the base's migrations, `seed` of made-up
    rows, `queries` are what the running release asks, `commands` run in place of the SQL that was
    read from the files. `touched` are the tables that each migration is known to lock, by its key.
    """

    schema: str = ""
    seed: str = ""
    queries: tuple[Probe, ...] = ()
    commands: Commands | None = None
    touched: Mapping[str, Collection[str]] = field(default_factory=dict)


def rehearse(
    facts: HistoryFacts, server: PostgresServer, given: Given
) -> Iterator[RehearsalFacts | Unchecked]:
    """What each new migration of a history did; Unchecked for those that could not be run."""
    if not facts.new:
        return
    database = server.create_database()
    with server.connect(database, timeout_seconds=_PATIENCE_SECONDS) as session:
        runner: _Runner = Direct(session, facts)
        if given.commands is not None:
            runner = Commanded(given.commands, facts, server, session, database)
        try:
            yield from _Rehearsal(facts, server, session, runner, given=given).all()
        except CommandError as error:
            yield error.unchecked


class _Rehearsal:
    def __init__(
        self,
        facts: HistoryFacts,
        server: PostgresServer,
        session: Session,
        runner: _Runner,
        *,
        given: Given,
    ) -> None:
        self._given = given
        self._database = session.value("SELECT current_database()") or ""
        self._facts = facts
        self._server = server
        self._session = session
        self._runner = runner

    def all(self) -> Iterator[RehearsalFacts | Unchecked]:
        """Everything, in order."""
        if self._facts.history.framework is Framework.SUPABASE:
            self._session.run(PRELUDE)
        schema = self._given.schema
        yield from self._load(schema) if schema.strip() else self._runner.build()
        try:
            empty = seed(self._session, tables_of(self._session), self._given.seed)
        except QueryError as error:
            yield _unchecked("the seed SQL", f"it fails: {error.said.message}", "mend it")
            return
        if empty:
            yield _unchecked(
                f"rows of {', '.join(empty[:5])}",
                "no rows could be made up for it, so migrations met it empty",
                "name a file of SQL with rows in `seed`",
            )
        yield from self._runner.watch()
        for migration in self._facts.new:
            yield from self._rehearse(migration)

    def _load(self, schema: str) -> Iterator[Unchecked]:
        """The schema as it was given: `pg_dump --schema-only` prints one."""
        for piece in pieces(schema, Engine.POSTGRESQL):
            try:
                self._session.run(piece.sql)
            except QueryError as error:
                yield _unchecked("the schema", f"it fails: {error.said.message}", "mend it")
                break
        self._session.run("RESET ALL")

    def _rehearse(self, migration: Migration) -> Iterator[RehearsalFacts | Unchecked]:
        if migration.up.problem:
            yield _unchecked(migration.path, migration.up.problem, _BY_COMMAND)
            self._runner.gaps.append(migration.path)
            return
        began = time.perf_counter()
        before = self._look()
        names = {t.oid: t.name for t in before.tables.values() if t.name not in BOOKS}
        with Heartbeats(
            self._server, self._database, self._beaten(migration, before.tables)
        ) as beats:
            ran = self._runner.up(migration, names, before.rows)
        gaps = [path for path in self._runner.gaps if path != migration.path]
        if ran.refused is not None and gaps and ran.refused.sqlstate in _MISSING:
            reason = f"it fails here: {ran.refused.message}; {gaps[0]} before it did not run whole"
            yield _unchecked(migration.path, reason, _WHOLE)
            return
        broken: tuple[Probe, ...] = ()
        if ran.refused is not None:
            ended = _failed(Side.UP, ran.refused)
        else:
            broken = tuple(
                probe
                for probe in tried(self._session, before.probes)
                if probe.sql not in before.failing
            )
            ended = self._undo(migration, before)
        yield RehearsalFacts(
            key=migration.key,
            path=migration.path,
            location=ran.place or FileLocation(path=migration.path, line=1),
            server=f"PostgreSQL {_number(self._server)}",
            statements=ran.statements,
            whole=ran.whole,
            late=ran.late,
            held=ran.held,
            stalls=beats.stalls,
            probes=broken,
            seconds=time.perf_counter() - began,
            skipped=ran.skipped,
            **ended,
        )

    def _beaten(self, migration: Migration, tables: Mapping[int, TableSeen]) -> Sequence[TableSeen]:
        """The tables that are worth a reader and a writer: those that it is known to lock, and
        others where it runs code.
        """
        touched = self._given.touched.get(migration.key, ())
        known = [each for each in tables.values() if each.name in touched]
        is_code = self._given.commands is not None
        others = [t for t in tables.values() if is_code and t not in known and t.name not in BOOKS]
        return (*known, *others)

    def _look(self) -> _Before:
        tables = tables_of(self._session)
        probes = (*probes_of(tables), *self._given.queries)
        return _Before(
            tables=tables,
            shape=shape_of(self._session),
            contents=contents_of(self._session, tables),
            probes=probes,
            rows=count_rows(self._session, tables),
            failing=frozenset(probe.sql for probe in tried(self._session, probes)),
        )

    def _undo(self, migration: Migration, before: _Before) -> Mapping[str, Any]:
        """Down, what it left, and up again; the differences."""
        if not self._runner.undoes(migration):
            return {}
        if refused := self._runner.down(migration):
            return _failed(Side.DOWN, refused)
        shape = shape_of(self._session)
        gone = sorted(f"lacks {line}" for line in before.shape - shape)
        more = sorted(f"has {line}" for line in shape - before.shape)
        contents = contents_of(self._session, before.tables)
        lost = sorted(
            f"{table}.{column}"
            for (table, column), value in before.contents.items()
            if contents.get((table, column)) != value and table not in BOOKS
        )
        left: dict[str, Any] = {
            "not_restored": tuple((*gone, *more)[:_MOST_SHOWN]),
            "rows_lost": tuple(lost[:_MOST_SHOWN]),
        }
        if refused := self._runner.again(migration):
            left |= _failed(Side.UP_AGAIN, refused)
        return left


def _number(server: PostgresServer) -> str:
    """The server's version as people say it: `15.18`."""
    found = _VERSION.search(server.version)
    return found[0] if found else str(server.major)


def _failed(side: Side, refused: Refused) -> Mapping[str, Any]:
    return {"side": side, "error": refused.message, "sqlstate": refused.sqlstate}


def _unchecked(target: str, reason: str, hint: str) -> Unchecked:
    return Unchecked(target=target, reason=reason, hint=hint)
