"""What an SQLite database holds: its tables, its shape as lines, its contents, and rows for it."""

from collections.abc import Mapping

from launchready.frozen import frozen
from launchready.gateways.postgres.server import identifier, literal
from launchready.gateways.sqlite import SqliteError, SqliteSession

ROWS = 200

_BY_TYPE = (
    (("BOOL",), "i % 2"),
    (("DATE", "TIME"), "datetime('2026-01-01', i || ' hours')"),
    (("INT", "NUMERIC", "DECIMAL"), "i"),
    (("REAL", "FLOA", "DOUB"), "i + 0.5"),
    (("BLOB",), "CAST(i AS BLOB)"),
)
"""Values by words of the declared type, the first that fits."""


@frozen
class LiteColumn:
    """A column. `is_generated`: its value is worked out. `is_key`: it is the whole primary key."""

    name: str
    type: str
    is_not_null: bool
    default: str | None
    is_key: bool
    is_generated: bool


@frozen
class LiteTable:
    """A table; `keys` says for columns that refer to another table's the table and the column."""

    name: str
    columns: tuple[LiteColumn, ...]
    keys: Mapping[str, tuple[str, str]]

    @property
    def quoted(self) -> str:
        """Its name as SQL writes it."""
        return identifier(self.name)


def lite_tables(session: SqliteSession) -> tuple[LiteTable, ...]:
    """The tables, in the order in which they were made."""
    rows = session.run(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
    )
    return tuple(_table(session, str(row[0])) for row in rows)


def lite_shape(session: SqliteSession, tables: tuple[LiteTable, ...]) -> frozenset[str]:
    """Every object as one line that says what it is."""
    lines = set()
    for table in tables:
        lines.add(f"table {table.name}")
        for column in table.columns:
            null = " not null" if column.is_not_null else ""
            default = f" default {column.default}" if column.default is not None else ""
            key = " primary key" if column.is_key else ""
            lines.add(f"column {table.name}.{column.name} {column.type}{null}{default}{key}")
        for link in session.run(f"PRAGMA foreign_key_list({table.quoted})"):
            lines.add(f"foreign key {table.name}.{link[3]} to {link[2]}.{link[4]} {link[6]}")
        for index in session.run(f"PRAGMA index_list({table.quoted})"):
            parts = session.run(f"PRAGMA index_info({literal(str(index[1]))})")
            name = "" if str(index[1]).startswith("sqlite_auto") else f" {index[1]}"
            unique = "unique index" if index[2] else "index"
            lines.add(f"{unique}{name} on {table.name} ({', '.join(str(p[2]) for p in parts)})")
    for kind, named, sql in session.run(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')"
    ):
        lines.add(f"{kind} {named} {' '.join(str(sql).split())}")
    return frozenset(lines)


def lite_contents(
    session: SqliteSession, tables: tuple[LiteTable, ...]
) -> Mapping[tuple[str, str], object]:
    """All values of each column, in the order of the values."""
    found: dict[tuple[str, str], object] = {}
    for table in tables:
        for column in table.columns:
            name = identifier(column.name)
            asked = f"SELECT {name} FROM {table.quoted} ORDER BY 1"
            found[table.name, column.name] = tuple(session.run(asked))
    return found


def fill(session: SqliteSession, tables: tuple[LiteTable, ...]) -> tuple[str, ...]:
    """Put rows into every table that is empty; the tables that stay so."""
    left = [table for table in tables if not session.run(f"SELECT 1 FROM {table.quoted} LIMIT 1")]
    for _ in range(3):  # those that refer to others wait for them
        left = [table for table in left if not _fill(session, table)]
    return tuple(table.name for table in left)


def _fill(session: SqliteSession, table: LiteTable) -> bool:
    columns = [each for each in table.columns if not each.is_generated]
    names = ", ".join(identifier(each.name) for each in columns)
    values = ", ".join(_value(table, each) for each in columns)
    for rows in (ROWS, 1):
        counting = (
            f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
        )
        try:
            session.run(f"INSERT INTO {table.quoted} ({names}) {counting} SELECT {values} FROM n")
        except SqliteError:
            continue
        return True
    return False


def _value(table: LiteTable, column: LiteColumn) -> str:
    """A value for row `i`, as the affinity of the column wants it.

    Source: https://www.sqlite.org/datatype3.html
    """
    if (target := table.keys.get(column.name)) and target[0] != table.name:
        other, there = identifier(target[0]), identifier(target[1])
        place = f"(i - 1) % max(1, (SELECT count(*) FROM {other})) + 1"
        rows = f"SELECT {there} AS v, row_number() OVER (ORDER BY {there}) AS r FROM {other}"
        return f"(SELECT v FROM ({rows}) WHERE r = {place})"
    if target and not column.is_not_null:
        return "NULL"
    kind = column.type.upper()
    for words, value in _BY_TYPE:
        if any(word in kind for word in words):
            return value
    return f"'t' || i || {literal('_' + column.name)}"


def _table(session: SqliteSession, name: str) -> LiteTable:
    columns = session.run(f"PRAGMA table_xinfo({identifier(name)})")
    keys = sum(1 for row in columns if row[5])
    return LiteTable(
        name=name,
        columns=tuple(
            LiteColumn(
                name=str(row[1]),
                type=str(row[2]),
                is_not_null=bool(row[3]),
                default=None if row[4] is None else str(row[4]),
                is_key=bool(row[5]) and keys == 1,
                is_generated=row[6] in (2, 3),
            )
            for row in columns
        ),
        keys={
            str(key[3]): (str(key[2]), str(key[4] or "id"))
            for key in session.run(f"PRAGMA foreign_key_list({identifier(name)})")
        },
    )
