"""What the release that is running does with the database, tried on the new schema.

Generic probes come from the schema that this release knows: read every column of each table, write
every column, insert a row with the columns that need one. Those that worked before the migration
and fail after it are what breaks. Each runs in a transaction that is taken back.
"""

from collections.abc import Iterable, Iterator, Mapping

from launchready.facts.rehearsal import Probe
from launchready.gateways.postgres.client import QueryError, Session
from launchready.gateways.postgres.server import identifier, literal
from launchready.steps.migration_check.rehearsal.snapshot import TableSeen


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
        yield _probe(table, copy, "inserts")


def _probe(table: TableSeen, sql: str, source: str) -> Probe:
    return Probe(sql=sql, source=source, table=table.name)


def tried(session: Session, probes: Iterable[Probe]) -> Iterator[Probe]:
    """The probes that fail, with the server's words. A duplicate key is no failure: the copy of a
    row was understood.
    """
    for probe in probes:
        session.run("BEGIN")
        try:
            session.run(probe.sql)
        except QueryError as error:
            if error.sqlstate not in ("23505", "23P01"):
                yield Probe(
                    sql=probe.sql,
                    source=probe.source,
                    table=probe.table,
                    error=error.said.message,
                    sqlstate=error.sqlstate,
                )
        finally:
            session.run("ROLLBACK")
