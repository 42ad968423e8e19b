"""What a MariaDB database holds: its tables, its shape as lines, what stands for its contents.

Sessions write names as the standard has them, in double quotes.
Source: https://mariadb.com/kb/en/information-schema-tables/
"""

from collections.abc import Iterator, Mapping

from launchready.gateways.mariadb.client import RefusedStatementError, Session
from launchready.gateways.postgres.server import identifier
from launchready.regex import Regex
from launchready.steps.migration_check.rehearsal.snapshot import ColumnSeen, TableSeen

_TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY create_time, table_name
"""
_COLUMNS = """
SELECT table_name, column_name, column_type, data_type, is_nullable, column_default, extra,
  character_maximum_length
FROM information_schema.columns WHERE table_schema = DATABASE()
ORDER BY table_name, ordinal_position
"""
_KEYS = """
SELECT table_name, constraint_name, column_name, referenced_table_name, referenced_column_name
FROM information_schema.key_column_usage
WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL
ORDER BY table_name, constraint_name, ordinal_position
"""
_OTHERS = """
SELECT concat('view ', table_name, ' ', view_definition) FROM information_schema.views
  WHERE table_schema = DATABASE()
UNION ALL SELECT concat('trigger ', event_object_table, '.', trigger_name, ' ', action_timing, ' ',
    event_manipulation, ' ', action_statement) FROM information_schema.triggers
  WHERE trigger_schema = DATABASE()
UNION ALL SELECT concat(lower(routine_type), ' ', routine_name, ' ', md5(routine_definition))
  FROM information_schema.routines WHERE routine_schema = DATABASE()
UNION ALL SELECT concat('event ', event_name, ' ', md5(event_definition))
  FROM information_schema.events WHERE event_schema = DATABASE()
"""
_LABELS = Regex(r"'((?:[^']|'')*)'")
_COUNTER = Regex(r" AUTO_INCREMENT=\d+")
_COMPUTED = ("auto_increment", "generated", "default_generated")
Key = tuple[tuple[str, ...], str, tuple[str, ...]]


def mariadb_tables(session: Session) -> Mapping[int, TableSeen]:
    """The tables by numbers of ours, in the order in which they were made."""
    columns: dict[str, list[ColumnSeen]] = {}
    for row in session.run(_COLUMNS):
        columns.setdefault(str(row[0]), []).append(_column(row))
    keys: dict[str, dict[str, Key]] = {}
    for table, name, column, other, there in session.run(_KEYS):
        found = keys.setdefault(str(table), {})
        held = found.get(str(name), ((), str(other), ()))
        found[str(name)] = ((*held[0], str(column)), held[1], (*held[2], str(there)))
    return {
        number: TableSeen(
            oid=number,
            name=str(name),
            quoted=identifier(str(name)),
            kind="r",
            columns=tuple(columns.get(str(name), ())),
            keys=tuple(keys.get(str(name), {}).values()),
        )
        for number, (name,) in enumerate(session.run(_TABLES))
    }


def created(session: Session, table: str) -> str:
    """The statement that makes a table as it is now, in the words of the session's mode."""
    quoted = "`" + table.replace("`", "``") + "`"  # which every mode takes
    return str(session.run(f"SHOW CREATE TABLE {quoted}")[0][1])


def mariadb_shape(session: Session) -> frozenset[str]:
    """Every object as one line that says what it is."""
    lines: set[str] = set()
    for (name,) in session.run(_TABLES):
        lines.update(_lines(str(name), created(session, str(name))))
    database = session.value("SELECT DATABASE()") or ""
    for (line,) in session.run(_OTHERS):
        text = (line or "").replace(f"`{database}`.", "").replace("`", "")
        lines.add(" ".join(text.split()))
    return frozenset(lines)


def mariadb_contents(
    session: Session, tables: Mapping[int, TableSeen]
) -> Mapping[tuple[str, str], str]:
    """How many values each column has and the sum of their hashes; what cannot be read is left out.

    Their order does not count.
    """
    found = {}
    for table in tables.values():
        sums = ", ".join(
            f"count({name}), coalesce(sum(crc32({name})), 0)"
            for name in (identifier(column.name) for column in table.columns)
        )
        try:
            row = session.run(f"SELECT {sums} FROM {table.quoted}")[0]
        except RefusedStatementError:
            continue
        for at, column in enumerate(table.columns):
            found[table.name, column.name] = f"{row[2 * at]} {row[2 * at + 1]}"
    return found


def mariadb_rows(session: Session, tables: Mapping[int, TableSeen]) -> Mapping[str, int]:
    """The number of rows of each table."""
    return {
        table.name: int(session.value(f"SELECT count(*) FROM {table.quoted}") or 0)
        for table in tables.values()
    }


def _lines(table: str, statement: str) -> Iterator[str]:
    """A CREATE TABLE, a line for each column, index and constraint, the options of the table."""
    first, *inner, last = statement.split("\n")
    del first
    for line in inner:
        text = line.strip().rstrip(",")
        kind = "column " if text.startswith('"') else ""
        plain = text.replace('"', "")
        yield f"{kind}{table}.{plain}" if kind else f"{plain} of {table}"
    yield f"table {table} {_COUNTER.sub('', last.lstrip(') '))}"


def _column(row: tuple[str | None, ...]) -> ColumnSeen:
    _, name, whole, kind, nullable, default, extra, length = row
    words = (extra or "").lower()
    is_list = kind in ("enum", "set")
    labels = _LABELS.finditer(whole or "") if is_list else ()
    return ColumnSeen(
        name=str(name),
        type=str(whole),
        category=str(kind),
        is_not_null=nullable == "NO",
        has_default=default is not None or any(word in words for word in _COMPUTED),
        is_generated="generated" in words and "default_generated" not in words,
        labels=tuple(found[1].replace("''", "'") for found in labels),
        length=int(length) if length and length.isdigit() else None,
    )
