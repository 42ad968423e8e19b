"""Rows for the tables of a MariaDB database, each of its column's type and different from others.

Source of the ranges: https://mariadb.com/kb/en/data-types/
"""

import datetime
from collections.abc import Callable, Mapping

from launchready.gateways.mariadb.client import RefusedStatementError, Session
from launchready.gateways.postgres.server import identifier, literal
from launchready.steps.migration_check.rehearsal.seeding import ROWS, in_order
from launchready.steps.migration_check.rehearsal.snapshot import ColumnSeen, TableSeen

_BEGAN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_MOST = {"tinyint": 120, "bit": 2, "year": 100, "decimal": 90}

_BY_TYPE: Mapping[str, Callable[[int], str]] = {
    "float": lambda i: f"{i}.5",
    "double": lambda i: f"{i}.5",
    "date": lambda i: f"'{_BEGAN + datetime.timedelta(days=i):%Y-%m-%d}'",
    "datetime": lambda i: f"'{_BEGAN + datetime.timedelta(hours=i):%Y-%m-%d %H:%M:%S}'",
    "timestamp": lambda i: f"'{_BEGAN + datetime.timedelta(hours=i):%Y-%m-%d %H:%M:%S}'",
    "time": lambda i: f"'{i // 60:02}:{i % 60:02}:00'",
    "year": lambda i: str(2000 + i % 100),
    "json": lambda i: f"""'{{"a": {i}}}'""",
    "uuid": lambda i: f"'00000000-0000-4000-8000-{i:012x}'",
    "inet4": lambda i: f"'10.0.{i // 250}.{i % 250}'",
    "inet6": lambda i: f"'fd00::{i:x}'",
    "point": lambda i: f"POINT({i % 90}, {i % 90})",
    "geometry": lambda i: f"POINT({i % 90}, {i % 90})",
}
_TEXTS = ("char", "text", "binary", "blob")


def mariadb_seed(session: Session, tables: Mapping[int, TableSeen]) -> tuple[str, ...]:
    """Fill every table that is empty; the tables that stay empty."""
    left = []
    for table in in_order(tables):
        is_empty = not session.run(f"SELECT 1 FROM {table.quoted} LIMIT 1")
        if is_empty and not _fill(session, table):
            left.append(table.name)
    return tuple(left)


def _fill(session: Session, table: TableSeen) -> bool:
    """Fill a table at once, or else with as many rows as go in."""
    columns = [column for column in table.columns if not column.is_generated]
    names = ", ".join(identifier(column.name) for column in columns)
    given = _referred(session, table)
    for rows in (ROWS, 20, 1):
        lines = (
            ", ".join(_value(table, column, i, given) for column in columns)
            for i in range(1, rows + 1)
        )
        values = ", ".join(f"({line})" for line in lines)
        try:
            session.run(f"INSERT INTO {table.quoted} ({names}) VALUES {values}")
        except RefusedStatementError:
            continue
        return True
    return False


def _referred(session: Session, table: TableSeen) -> Mapping[str, list[str]]:
    """The values that columns may take because they refer to other tables' rows, in order."""
    found: dict[str, list[str]] = {}
    for columns, other, there in table.keys:
        if other == table.name:
            continue
        names = ", ".join(identifier(each) for each in there)
        rows = session.run(f"SELECT {names} FROM {identifier(other)} ORDER BY 1 LIMIT {ROWS}")
        for at, column in enumerate(columns):
            found[column] = [literal(row[at] or "") for row in rows]
    return found


def _value(table: TableSeen, column: ColumnSeen, i: int, given: Mapping[str, list[str]]) -> str:
    if values := given.get(column.name):
        return values[(i - 1) % len(values)]
    is_of_itself = any(other == table.name and column.name in own for own, other, _ in table.keys)
    if is_of_itself and not column.is_not_null:
        return "NULL"
    if column.labels:
        return literal(column.labels[i % len(column.labels)])
    return _by_type(column, i)


def _by_type(column: ColumnSeen, i: int) -> str:
    kind = column.category
    if kind in _BY_TYPE:
        return _BY_TYPE[kind](i)
    if kind == "longtext":  # JSON is one, with a check
        return f"'{i}'"
    if any(word in kind for word in _TEXTS):
        text = f"t{i}_{column.name}"
        return literal(text[: column.length] if column.length else text)
    return str(i % (2 if column.type == "tinyint(1)" else _MOST.get(kind, 30_000)))
