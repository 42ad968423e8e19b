"""Puts rows into empty tables, so that a migration meets what it will meet in production: data.

Tables are filled after those that they refer to. Values are of the column's type, different in
each row, and say nothing about real rows: a check that needs more than that leaves its table empty.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from launchready.gateways.postgres.client import QueryError, Session
from launchready.gateways.postgres.server import identifier, literal
from launchready.steps.migration_check.rehearsal.snapshot import ColumnSeen, TableSeen

_YEARS = ("2025", "2026", "2024", "2027")
"""Partitions are often of a year: one of these has some."""
ROWS = 200
"""Rows of a filled table: what is read whole is told by counts, not by time."""

_BY_TYPE: Mapping[str, str] = {
    "boolean": "i % 2 = 0",
    "uuid": "md5(i::text)::uuid",
    "date": "date '@year-01-01' + i",
    "timestamp without time zone": "timestamp '@year-01-01' + i * interval '1 hour'",
    "timestamp with time zone": "timestamptz '@year-01-01' + i * interval '1 hour'",
    "time without time zone": "time '00:00' + i * interval '1 minute'",
    "interval": "i * interval '1 hour'",
    "json": """'{"a": 1}'::json""",
    "jsonb": """'{"a": 1}'::jsonb""",
    "bytea": "decode(md5(i::text), 'hex')",
    "inet": "('10.0.' || i / 250 || '.' || i % 250)::inet",
    "cidr": "('10.' || i / 250 || '.' || i % 250 || '.0/24')::cidr",
    "point": "point(i, i)",
    "tsvector": "to_tsvector('word' || i)",
    "xml": "'<a/>'::xml",
    "oid": "i::oid",
    "money": "i::money",
}


def seed(session: Session, tables: Mapping[int, TableSeen], sql: str = "") -> tuple[str, ...]:
    """Run the user's own `sql`, then fill every table that is empty; the tables that stay empty.

    Raises QueryError where the user's own SQL fails.
    """
    if sql.strip():
        session.run(sql)
    left = []
    for table in in_order(tables):
        if table.kind not in ("r", "p") or _has_rows(session, table):
            continue
        if not _fill(session, table):
            left.append(table.name)
    for table in tables.values():
        if table.kind == "m":
            session.run(f"REFRESH MATERIALIZED VIEW {table.quoted}")
    return tuple(left)


def count_rows(session: Session, tables: Mapping[int, TableSeen]) -> dict[str, int]:
    """The number of rows of each table."""
    counts = {}
    for table in tables.values():
        try:
            counts[table.name] = int(session.value(f"SELECT count(*) FROM {table.quoted}") or 0)
        except QueryError:
            continue
    return counts


def in_order(tables: Mapping[int, TableSeen]) -> Iterator[TableSeen]:
    """Tables after those that they refer to; circles are cut where they begin."""
    by_name = {table.name: table for table in tables.values()}
    done: set[str] = set()

    def visit(table: TableSeen) -> Iterator[TableSeen]:
        if table.name in done:
            return
        done.add(table.name)
        for _, other, _ in table.keys:
            if other in by_name:
                yield from visit(by_name[other])
        yield table

    for table in tables.values():
        yield from visit(table)


def _has_rows(session: Session, table: TableSeen) -> bool:
    return bool(session.run(f"SELECT 1 FROM {table.quoted} LIMIT 1"))


def _fill(session: Session, table: TableSeen) -> bool:
    """Fill a table at once, or else with as many rows as go in one by one."""
    columns = [c for c in table.columns if not c.is_generated and not _is_left_out(table, c)]
    names = ", ".join(identifier(c.name) for c in columns)
    values = ", ".join(_value(table, c) for c in columns)
    insert = f"INSERT INTO {table.quoted} ({names}) OVERRIDING SYSTEM VALUE SELECT {values}"
    if not columns:
        insert = f"INSERT INTO {table.quoted} DEFAULT VALUES"
    for rows, year in product((ROWS, 20, 1), _YEARS):
        text = insert.replace("@year", year)
        try:
            session.run(f"{text} FROM generate_series(1, {rows}) i" if columns else text)
        except QueryError:
            continue
        return True
    return False


def _is_left_out(table: TableSeen, column: ColumnSeen) -> bool:
    """Whether a column keeps its default or NULL: one that refers to its own table, or of a type
    that nothing is known of.
    """
    of_itself = any(column.name in key and other == table.name for key, other, _ in table.keys)
    return not column.is_not_null and (of_itself or not _known(column))


def _known(column: ColumnSeen) -> bool:
    return bool(column.labels or column.type in _BY_TYPE or column.category in "NSBA")


def _value(table: TableSeen, column: ColumnSeen) -> str:
    for key, other, there in table.keys:
        if column.name in key and other != table.name:
            target = next(t for name, t in zip(key, there, strict=True) if name == column.name)
            quoted = _quoted(other)
            is_unique = any(set(each) <= set(key) for each in table.uniques)
            offset = "i - 1" if is_unique else f"(i - 1) % (SELECT count(*) FROM {quoted})"
            return f"(SELECT {identifier(target)} FROM {quoted} ORDER BY 1 LIMIT 1 OFFSET {offset})"
    return _by_type(column)


def _quoted(name: str) -> str:
    return ".".join(identifier(part) for part in name.split(".", 1))


def _by_type(column: ColumnSeen) -> str:
    if column.labels:
        labels = ", ".join(literal(label) for label in column.labels)
        return f"(ARRAY[{labels}])[1 + i % {len(column.labels)}]::{column.type}"
    if column.type in _BY_TYPE:
        return _BY_TYPE[column.type]
    if column.type.endswith("[]") or column.category == "A":
        return f"'{{}}'::{column.type}"
    if column.category == "N":
        return f"(i % {_most(column.type)})::{column.type}"
    if column.category == "S":
        text = f"'t' || i || {literal('_' + column.name)}"
        return f"left({text}, {column.length})" if column.length else text
    return f"i::text::{column.type}"


def _most(name: str) -> int:
    """A bound on numbers, for types with few digits: `numeric(3,1)` holds up to 99."""
    if name.startswith("numeric("):
        digits, _, scale = name[8:-1].partition(",")
        return max(1, min(int(10 ** (int(digits) - int(scale or 0))) - 1, 100_000))
    return 30_000
