"""What a database holds, as lines of text that can be compared, and the contents of its tables.

Source of the catalogues: https://www.postgresql.org/docs/current/catalogs.html
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from launchready.frozen import frozen
from launchready.regex import Regex

Row = tuple[str | None, ...]


class Asks(Protocol):
    """A session with a server."""

    def run(self, sql: str) -> Sequence[Row]:
        """The rows of the last statement, as text."""


@frozen
class ColumnSeen:
    """A column as the server has it. `type` is as `format_type` writes it."""

    name: str
    type: str
    category: str
    is_not_null: bool
    has_default: bool
    is_generated: bool
    labels: tuple[str, ...] = ()
    length: int | None = None


@frozen
class TableSeen:
    """A table as the server has it. `quoted` is its name as SQL writes it. `keys` are its foreign
    keys as (columns, table, columns there), `uniques` the columns of its unique indexes.
    """

    oid: int
    name: str
    quoted: str
    kind: str
    columns: tuple[ColumnSeen, ...] = ()
    keys: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    uniques: tuple[tuple[str, ...], ...] = ()


_OWN = Regex(r"own\((\w+\.\w+)\)")


_CODE = (
    r"regexp_replace(regexp_replace(regexp_replace({text}, '--[^''\n]*(\n|$)', ' ', 'g'),"
    r" '\s+', ' ', 'g'), ' ?([;,()]) ?', '\1', 'g')"
)
"""A function's body without its comments and needless blanks: one that a down writes out again is
often laid out otherwise. What looks like a comment and has a quote in it stays.
"""


def _sql(text: str) -> str:
    """A query, with what it says often written out: `name(c)` is the name of a relation as the
    facts have it, `ours(n)` keeps the server's own schemas out, `own(c.oid)` those of extensions.
    """
    text = _OWN.sub(
        r"NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = \1 AND d.deptype = 'e')", text
    )
    ours = "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'launchready_observer')"
    name = "CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END"
    code = _CODE.format(text="p.prosrc")
    return text.replace("ours(n)", ours).replace("name(c)", name).replace("code(p.prosrc)", code)


_SHAPE = _sql("""
SELECT 'table ' || name(c) || CASE WHEN c.relrowsecurity THEN ' with row security' ELSE '' END
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f') AND ours(n) AND own(c.oid)
UNION ALL SELECT 'column ' || name(c) || '.' || a.attname || ' '
    || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    || coalesce(' default ' || pg_get_expr(f.adbin, f.adrelid), '')
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f') AND ours(n)
    AND own(c.oid)
UNION ALL SELECT 'constraint ' || name(c) || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype <> 'n' AND ours(n) AND own(c.oid)
UNION ALL SELECT 'index ' || pg_get_indexdef(i.indexrelid)
    || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ours(n) AND own(i.indrelid)
UNION ALL SELECT 'view ' || name(c) || ' ' || pg_get_viewdef(c.oid)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND ours(n) AND own(c.oid)
UNION ALL SELECT 'sequence ' || name(c)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S' AND ours(n) AND own(c.oid)
UNION ALL SELECT 'enum ' || n.nspname || '.' || t.typname || ' ' ||
    string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
  FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE ours(n) AND own(t.oid) GROUP BY n.nspname, t.typname
UNION ALL SELECT 'domain ' || n.nspname || '.' || t.typname || ' ' ||
    format_type(t.typbasetype, t.typtypmod)
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'd' AND ours(n) AND own(t.oid)
UNION ALL SELECT 'function ' || p.oid::regprocedure || ' ' || md5(code(p.prosrc))
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE ours(n) AND own(p.oid)
UNION ALL SELECT 'trigger ' || pg_get_triggerdef(g.oid)
    || CASE g.tgenabled WHEN 'O' THEN '' ELSE ' ' || g.tgenabled::text END
  FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT g.tgisinternal AND ours(n)
UNION ALL SELECT 'policy ' || name(c) || '.' || y.polname
    || coalesce(' using ' || pg_get_expr(y.polqual, y.polrelid), '')
    || coalesce(' check ' || pg_get_expr(y.polwithcheck, y.polrelid), '')
  FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ours(n)
UNION ALL SELECT 'schema ' || n.nspname FROM pg_namespace n WHERE ours(n)
ORDER BY 1
""")

_TABLES = _sql("""
SELECT c.oid, name(c), c.oid::regclass::text, c.relkind
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND ours(n) AND own(c.oid)
ORDER BY c.oid
""")

_COLUMNS = _sql("""
SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
  coalesce(b.typcategory, t.typcategory), a.attnotnull,
  a.atthasdef OR a.attidentity <> '', a.attgenerated <> '',
  (SELECT string_agg(e.enumlabel, chr(31) ORDER BY e.enumsortorder) FROM pg_enum e
    WHERE e.enumtypid = coalesce(nullif(t.typbasetype, 0), t.oid)),
  CASE WHEN a.atttypmod > 4 AND t.typname IN ('varchar', 'bpchar') THEN a.atttypmod - 4 END
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = nullif(t.typbasetype, 0)
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm') AND ours(n)
ORDER BY a.attrelid, a.attnum
""")

_KEYS = """
SELECT k.conrelid, k.confrelid,
  (SELECT string_agg(a.attname, chr(31) ORDER BY u.o) FROM unnest(k.conkey) WITH ORDINALITY u(n, o)
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n),
  (SELECT string_agg(a.attname, chr(31) ORDER BY u.o) FROM unnest(k.confkey) WITH ORDINALITY u(n, o)
    JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n)
FROM pg_constraint k WHERE k.contype = 'f' ORDER BY k.oid
"""

_UNIQUES = """
SELECT i.indrelid,
  (SELECT string_agg(a.attname, chr(31) ORDER BY u.o)
    FROM unnest(i.indkey::smallint[]) WITH ORDINALITY u(n, o)
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.n)
FROM pg_index i WHERE i.indisunique ORDER BY i.indexrelid
"""


def shape_of(session: Asks) -> frozenset[str]:
    """Every object of the database as one line that names it and says what it is."""
    return frozenset(str(row[0]) for row in session.run(_SHAPE))


def tables_of(session: Asks) -> Mapping[int, TableSeen]:
    """The tables and materialized views by their oid, with what is needed to fill and ask them."""
    names = {int(row[0] or 0): row for row in session.run(_TABLES)}
    columns: dict[int, list[ColumnSeen]] = {}
    for row in session.run(_COLUMNS):
        columns.setdefault(int(row[0] or 0), []).append(_column(row))
    keys: dict[int, list[tuple[tuple[str, ...], str, tuple[str, ...]]]] = {}
    for row in session.run(_KEYS):
        if (other := names.get(int(row[1] or 0))) is not None:
            key = (_split(row[2]), str(other[1]), _split(row[3]))
            keys.setdefault(int(row[0] or 0), []).append(key)
    uniques: dict[int, list[tuple[str, ...]]] = {}
    for row in session.run(_UNIQUES):
        uniques.setdefault(int(row[0] or 0), []).append(_split(row[1]))
    return {
        oid: TableSeen(
            oid=oid,
            name=str(row[1]),
            quoted=str(row[2]),
            kind=str(row[3]),
            columns=tuple(columns.get(oid, ())),
            keys=tuple(keys.get(oid, ())),
            uniques=tuple(uniques.get(oid, ())),
        )
        for oid, row in names.items()
    }


def contents_of(session: Asks, tables: Mapping[int, TableSeen]) -> Mapping[tuple[str, str], str]:
    """A hash of all values of each column, by table and column; what cannot be read is left out.

    Rows are put in the order of their values, so that only the values count.
    """
    from launchready.gateways.postgres.client import QueryError
    from launchready.gateways.postgres.server import identifier

    found = {}
    for table in tables.values():
        if table.kind != "r" or not table.columns:
            continue
        hashes = ", ".join(
            f"md5(string_agg(coalesce({identifier(c.name)}::text, chr(1)), chr(2) ORDER BY"
            f" {identifier(c.name)}::text))"
            for c in table.columns
        )
        try:
            row = session.run(f"SELECT {hashes} FROM {table.quoted}")[0]
        except QueryError:
            continue
        for column, value in zip(table.columns, row, strict=True):
            found[table.name, column.name] = value or ""
    return found


def _column(row: Row) -> ColumnSeen:
    return ColumnSeen(
        name=str(row[1]),
        type=str(row[2]),
        category=str(row[3]),
        is_not_null=row[4] == "t",
        has_default=row[5] == "t",
        is_generated=row[6] == "t",
        labels=_split(row[7]),
        length=int(row[8]) if row[8] else None,
    )


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\x1f")) if text else ()
