"""The rehearsal of a history for SQLite, in memory: failures, what the release does, the down.

It is Python's own SQLite that runs, whose version is told: production's may be another.
"""

import time
from collections.abc import Iterator, Mapping
from typing import Any

from launchready.facts.migrations import (
    HistoryFacts,
    Migration,
    Opaque,
    Script,
    Statement,
    Wrapping,
)
from launchready.facts.rehearsal import Probe, RehearsalFacts, Rehearsed, Side
from launchready.frozen import frozen
from launchready.gateways.postgres.server import identifier
from launchready.gateways.sqlite import SqliteError, SqliteSession, sqlite_session
from launchready.model import FileLocation, Unchecked
from launchready.steps.migration_check.rehearsal.sqlite_tables import (
    LiteTable,
    fill,
    lite_contents,
    lite_shape,
    lite_tables,
)

_MOST_SHOWN = 12


@frozen
class _Failed:
    """A statement that SQLite refused."""

    message: str
    place: FileLocation | None


def rehearse_sqlite(facts: HistoryFacts) -> Iterator[RehearsalFacts | Unchecked]:
    """What each new migration of a history did; Unchecked for those that could not be run."""
    if not facts.new:
        return
    with sqlite_session() as session:
        for migration in facts.history.migrations:
            if facts.is_new(migration):
                continue
            failed = _run(session, migration.up)
            if failed or migration.up.problem:
                reason = failed.message if failed else migration.up.problem
                yield Unchecked(
                    target=migration.path,
                    reason=f"the base's own migration does not run here: {reason}",
                    hint="what follows was rehearsed without it",
                )
        if empty := fill(session, lite_tables(session)):
            yield Unchecked(
                target=f"rows of {', '.join(empty[:5])}",
                reason="no rows could be made up for it, so migrations met it empty",
                hint="see that its CHECK constraints let ordinary values in",
            )
        for migration in facts.new:
            if migration.up.problem:
                yield Unchecked(
                    target=migration.path,
                    reason=migration.up.problem,
                    hint="run it on a copy of the database",
                )
            else:
                yield _rehearse(session, migration)


def _rehearse(session: SqliteSession, migration: Migration) -> RehearsalFacts:
    began = time.perf_counter()
    tables = lite_tables(session)
    shape, contents = lite_shape(session, tables), lite_contents(session, tables)
    probes = tuple(probe for table in tables for probe in _probes(table))
    failing = {probe.sql for probe in _tried(session, probes)}
    done: dict[tuple[FileLocation, str], Rehearsed] = {}
    failed = _run(session, migration.up, done)
    ended: dict[str, Any] = {}
    broken: tuple[Probe, ...] = ()
    if failed:
        ended = {"side": Side.UP, "error": failed.message}
    else:
        broken = tuple(each for each in _tried(session, probes) if each.sql not in failing)
        ended = _undo(session, migration, shape, contents)
    return RehearsalFacts(
        key=migration.key,
        path=migration.path,
        location=(failed and failed.place) or FileLocation(path=migration.path, line=1),
        server=f"SQLite {session.version}",
        statements=done,
        probes=broken,
        skipped=tuple(each.what for each in migration.up.items if isinstance(each, Opaque)),
        seconds=time.perf_counter() - began,
        **ended,
    )


def _undo(
    session: SqliteSession,
    migration: Migration,
    shape: frozenset[str],
    contents: Mapping[tuple[str, str], object],
) -> dict[str, Any]:
    """Down, what it left, and up again; the differences."""
    down = migration.down
    if down is None or down.problem or down.is_irreversible or not down.statements:
        return {}
    if failed := _run(session, down):
        return {"side": Side.DOWN, "error": failed.message}
    tables = lite_tables(session)
    left = lite_shape(session, tables)
    held = lite_contents(session, tables)
    gone = sorted(f"lacks {line}" for line in shape - left)
    more = sorted(f"has {line}" for line in left - shape)
    lost = sorted(f"{t}.{c}" for (t, c), value in contents.items() if held.get((t, c)) != value)
    told: dict[str, Any] = {
        "not_restored": tuple((*gone, *more)[:_MOST_SHOWN]),
        "rows_lost": tuple(lost[:_MOST_SHOWN]),
    }
    if failed := _run(session, migration.up):
        told |= {"side": Side.UP_AGAIN, "error": failed.message}
    return told


def _run(
    session: SqliteSession,
    script: Script,
    done: dict[tuple[FileLocation, str], Rehearsed] | None = None,
) -> _Failed | None:
    """Run a script as its tool would, and take it back where it fails."""
    place = None
    try:
        if script.wrapping in (Wrapping.FILE, Wrapping.ALL):
            session.run("BEGIN")
        for each in script.items:
            if isinstance(each, Opaque):
                continue
            place = each.place
            _one(session, each)
            if done is not None:
                done[each.place, each.sql] = Rehearsed(is_alone=True)
        if session.is_open:
            session.run("COMMIT")
    except SqliteError as error:
        if session.is_open:
            session.run("ROLLBACK")
        return _Failed(message=error.message, place=place)
    return None


def _one(session: SqliteSession, statement: Statement) -> None:
    if not (statement.is_outside and session.is_open):
        session.run(statement.sql)
        return
    session.run("COMMIT")
    session.run(statement.sql)
    session.run("BEGIN")


def _probes(table: LiteTable) -> Iterator[Probe]:
    """What the running release does with a table: it reads, writes and inserts."""
    for column in table.columns:
        name = identifier(column.name)
        yield Probe(
            sql=f"SELECT {table.quoted}.{name} FROM {table.quoted} LIMIT 1",
            source=f"reads {column.name}",
            table=table.name,
        )
    needed = [
        each
        for each in table.columns
        if each.is_not_null and each.default is None and not (each.is_generated or each.is_key)
    ]
    if needed:
        names = ", ".join(f"{identifier(each.name)}" for each in needed)
        yield Probe(
            sql=f"INSERT INTO {table.quoted} ({names}) SELECT {names} FROM {table.quoted} LIMIT 1",
            source="inserts",
            table=table.name,
        )


def _tried(session: SqliteSession, probes: tuple[Probe, ...]) -> Iterator[Probe]:
    """The probes that fail. A duplicate key is no failure: the copy of a row was understood."""
    for probe in probes:
        session.run("BEGIN")
        try:
            session.run(probe.sql)
        except SqliteError as error:
            if not error.message.startswith("UNIQUE constraint"):
                yield Probe(
                    sql=probe.sql, source=probe.source, table=probe.table, error=error.message
                )
        finally:
            if session.is_open:
                session.run("ROLLBACK")
