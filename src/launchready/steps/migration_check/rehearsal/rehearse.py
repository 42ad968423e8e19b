"""The rehearsal of a history's new migrations, on a PostgreSQL made for it.

The migrations of the base are run, tables are filled, and each new one is run up, down and up
again; between them the schema, the contents and what the running release asks are compared.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from launchready.catalog.migrations.supabase import PRELUDE
from launchready.facts.migrations import Framework, HistoryFacts, Migration, Script
from launchready.facts.rehearsal import Probe, RehearsalFacts, Rehearsed, Side
from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.gateways.postgres.client import QueryError, Session
from launchready.gateways.postgres.server import PostgresServer
from launchready.model import FileLocation, Unchecked
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.scripts import pieces
from launchready.steps.migration_check.rehearsal.probes import probes_of, tried
from launchready.steps.migration_check.rehearsal.running import Run
from launchready.steps.migration_check.rehearsal.seeding import count_rows, seed
from launchready.steps.migration_check.rehearsal.snapshot import (
    TableSeen,
    contents_of,
    shape_of,
    tables_of,
)

_MOST_SHOWN = 12
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


def rehearse(
    facts: HistoryFacts, server: PostgresServer, *, schema: str = "", seed_sql: str = ""
) -> Iterator[RehearsalFacts | Unchecked]:
    """What each new migration of a history did; Unchecked for those that could not be run.

    `schema` takes the place of the base's migrations, `seed_sql` of made-up rows.
    """
    if not facts.new:
        return
    with server.connect(server.create_database()) as session:
        yield from _Rehearsal(facts, server, session).all(schema, seed_sql)


class _Rehearsal:
    def __init__(self, facts: HistoryFacts, server: PostgresServer, session: Session) -> None:
        self._facts = facts
        self._server = server
        self._session = session

    def all(self, schema: str, seed_sql: str) -> Iterator[RehearsalFacts | Unchecked]:
        """Everything, in order."""
        if self._facts.history.framework is Framework.SUPABASE:
            self._session.run(PRELUDE)
        yield from self._load(schema) if schema.strip() else self._build()
        try:
            empty = seed(self._session, tables_of(self._session), seed_sql)
        except QueryError as error:
            yield _unchecked("the seed SQL", f"it fails: {error.said.message}", "mend it")
            return
        if empty:
            yield _unchecked(
                f"rows of {', '.join(empty[:5])}",
                "no rows could be made up for it, so migrations met it empty",
                "name a file of SQL with rows in `seed`",
            )
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

    def _build(self) -> Iterator[Unchecked]:
        """The schema as the base has it."""
        failed = []
        for migration in self._facts.history.migrations:
            if self._facts.is_new(migration):
                continue
            run = Run(self._session, {}, {})
            for _ in run.all(migration.up):
                pass
            if run.error is not None or migration.up.problem:
                words = run.error.said.message if run.error else migration.up.problem
                failed.append((migration, words))
        for migration, words in failed[:3]:
            yield _unchecked(
                migration.path,
                f"the base's own migration does not run here: {words}",
                "name production's schema in `schema`: `pg_dump --schema-only` prints it",
            )

    def _rehearse(self, migration: Migration) -> Iterator[RehearsalFacts | Unchecked]:
        if migration.up.problem:
            yield _unchecked(migration.path, migration.up.problem, "run it by the tool's command")
            return
        began = time.perf_counter()
        before = self._look()
        statements: dict[tuple[FileLocation, str], Rehearsed] = {}
        run = Run(self._session, {t.oid: t.name for t in before.tables.values()}, before.rows)
        for statement, seen in run.all(migration.up):
            statements[statement.place, statement.sql] = seen
        place = run.place or FileLocation(path=migration.path, line=1)
        broken: tuple[Probe, ...] = ()
        if run.error is not None:
            ended = _failed(Side.UP, run.error)
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
            location=place,
            server=f"PostgreSQL {_number(self._server)}",
            statements=statements,
            probes=broken,
            seconds=time.perf_counter() - began,
            skipped=tuple(each.what for each in run.skipped),
            **ended,
        )

    def _look(self) -> _Before:
        tables = tables_of(self._session)
        probes = probes_of(tables)
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
        down = migration.down
        if down is None or down.problem or down.is_irreversible or not down.statements:
            return {}
        if error := self._run(down):
            return _failed(Side.DOWN, error)
        shape = shape_of(self._session)
        gone = sorted(f"lacks {line}" for line in before.shape - shape)
        more = sorted(f"has {line}" for line in shape - before.shape)
        contents = contents_of(self._session, before.tables)
        lost = sorted(
            f"{table}.{column}"
            for (table, column), value in before.contents.items()
            if contents.get((table, column)) != value
        )
        left: dict[str, Any] = {
            "not_restored": tuple((*gone, *more)[:_MOST_SHOWN]),
            "rows_lost": tuple(lost[:_MOST_SHOWN]),
        }
        if error := self._run(migration.up):
            left |= _failed(Side.UP_AGAIN, error)
        return left

    def _run(self, script: Script) -> QueryError | None:
        run = Run(self._session, {}, {})
        for _ in run.all(script):
            pass
        return run.error


def _number(server: PostgresServer) -> str:
    """The server's version as people say it: `15.18`."""
    found = _VERSION.search(server.version)
    return found[0] if found else str(server.major)


def _failed(side: Side, error: QueryError) -> Mapping[str, Any]:
    return {"side": side, "error": error.said.message, "sqlstate": error.sqlstate}


def _unchecked(target: str, reason: str, hint: str) -> Unchecked:
    return Unchecked(target=target, reason=reason, hint=hint)
