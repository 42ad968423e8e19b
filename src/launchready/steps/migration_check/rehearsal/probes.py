"""What the release that is running does with the database, tried on the new schema.

Generic probes come from the schema that this release knows: read every column of each table, write
every column, insert a row with the columns that need one. Those that worked before the migration
and fail after it are what breaks. Each runs in a transaction that is taken back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from launchready.facts.rehearsal import Probe
from launchready.gateways.postgres.client import QueryError, Session
from launchready.gateways.postgres.server import identifier, literal
from launchready.steps.migration_check.rehearsal.snapshot import TableSeen

_INSERTS = "inserts"


def probes_of(tables: Mapping[int, TableSeen]) -> tuple[Probe, ...]:
    """The generic probes of a schema."""
    return tuple(probe for table in tables.values() for probe in _of_table(table))


def _of_table(table: TableSeen) -> Iterator[Probe]:
    if table.kind == "m":
        names = ", ".join(identifier(c.name) for c in table.columns)
        yield _probe(table, f"SELECT {names} FROM {table.quoted}", "reads")
        return
    for column in table.columns:
        name = identifier(column.name)
        yield _probe(table, f"SELECT {name} FROM {table.quoted} LIMIT 1", f"reads {column.name}")
        if not column.is_generated:
            yield _probe(
                table,
                f"UPDATE {table.quoted} SET {name} = {name} WHERE false",
                f"writes {column.name}",
            )
        for label in column.labels:
            yield _probe(
                table,
                f"SELECT 1 FROM {table.quoted} WHERE {name} = {literal(label)} LIMIT 1",
                f"asks for {column.name} {label}",
            )
    yield from _inserts(table)


def _inserts(table: TableSeen) -> Iterator[Probe]:
    """A copy of a row, with only the columns that have no default of their own."""
    needed = [
        c for c in table.columns if c.is_not_null and not c.has_default and not c.is_generated
    ]
    names = ", ".join(identifier(c.name) for c in needed)
    copy = f"INSERT INTO {table.quoted} ({names}) SELECT {names} FROM {table.quoted} LIMIT 1"
    if needed:
        yield _probe(table, copy, _INSERTS)


def _probe(table: TableSeen, sql: str, source: str) -> Probe:
    return Probe(sql=sql, source=source, table=table.name)


def tried(session: Session, probes: Iterable[Probe]) -> Iterator[Probe]:
    """The probes that fail, with the server's words. A duplicate key is no failure: the copy of a
    row was understood.
    """
    asked = tuple(probes)
    inserts = tuple(probe for probe in asked if probe.source == _INSERTS)
    yield from _failing(session, tuple(probe for probe in asked if probe.source != _INSERTS))
    for probe in inserts:  # most of them meet a duplicate key
        yield from _failing(session, (probe,))


def _failing(session: Session, probes: tuple[Probe, ...]) -> Iterator[Probe]:
    """Many at once, for hardly any fail; where one does, it is in either half."""
    if not probes or (error := _refused(session, probes)) is None:
        return
    if len(probes) > 1:
        half = len(probes) // 2
        yield from _failing(session, probes[:half])
        yield from _failing(session, probes[half:])
    elif error.sqlstate not in ("23505", "23P01"):
        yield replace(probes[0], error=error.said.message, sqlstate=error.sqlstate)


def _refused(session: Session, probes: tuple[Probe, ...]) -> QueryError | None:
    session.run("BEGIN")
    try:
        session.run(";\n".join(probe.sql for probe in probes))
    except QueryError as error:
        return error
    finally:
        session.run("ROLLBACK")
    return None
