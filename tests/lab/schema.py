"""What a database holds, as names that stay the same while the object does."""

from launchready.gateways.postgres.client import Session

_OBJECTS = """
SELECT CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view'
    WHEN 'm' THEN 'matview' WHEN 'S' THEN 'sequence' ELSE 'index' END || ' ' || c.oid::regclass
  FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace
  WHERE s.nspname IN ('public', 'billing') AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'i', 'I')
UNION ALL
SELECT 'column ' || a.attrelid::regclass || '.' || a.attname
  FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
  JOIN pg_namespace AS s ON s.oid = c.relnamespace
  WHERE s.nspname IN ('public', 'billing') AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0
  AND NOT a.attisdropped
UNION ALL
SELECT 'type ' || t.oid::regtype FROM pg_type AS t JOIN pg_namespace AS s ON s.oid = t.typnamespace
  WHERE s.nspname IN ('public', 'billing') AND t.typtype IN ('e', 'd')
  OR t.oid = to_regtype('address')
UNION ALL
SELECT 'value ' || e.enumtypid::regtype || '.' || e.enumlabel FROM pg_enum AS e
UNION ALL
SELECT 'function ' || f.oid::regprocedure FROM pg_proc AS f
  JOIN pg_namespace AS s ON s.oid = f.pronamespace WHERE s.nspname IN ('public', 'billing')
  AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = f.oid AND d.deptype = 'e')
UNION ALL
SELECT 'constraint ' || k.conrelid::regclass || '.' || k.conname FROM pg_constraint AS k
  WHERE k.conrelid <> 0 AND k.contype IN ('c', 'f', 'p', 'u', 'x')
UNION ALL
SELECT 'trigger ' || t.tgrelid::regclass || '.' || t.tgname FROM pg_trigger AS t
  WHERE NOT t.tgisinternal
UNION ALL
SELECT 'policy ' || p.polrelid::regclass || '.' || p.polname FROM pg_policy AS p
UNION ALL
SELECT 'schema ' || s.nspname FROM pg_namespace AS s WHERE s.nspname IN ('public', 'billing')
"""

_COLUMNS = """
SELECT a.attrelid::regclass || '.' || a.attname, format_type(a.atttypid, a.atttypmod)
  FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
  JOIN pg_namespace AS s ON s.oid = c.relnamespace
  WHERE s.nspname IN ('public', 'billing') AND c.relkind IN ('r', 'p') AND a.attnum > 0
  AND NOT a.attisdropped
"""

# A partitioned table has no file of its own; its partitions do.
_FILES = """
SELECT c.oid, c.oid::regclass, c.relkind, pg_relation_filenode(c.oid)
  FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace
  WHERE s.nspname IN ('public', 'billing') AND c.relkind IN ('r', 'p', 'v', 'm', 'i', 'I')
"""


def objects(session: Session) -> set[str]:
    """Every object, as `kind name`."""
    return {row[0] or "" for row in session.run(_OBJECTS)}


def column_types(session: Session) -> dict[str, str]:
    """The type of every column of a table."""
    return {row[0] or "": row[1] or "" for row in session.run(_COLUMNS)}


class Relations:
    """The relations that are there before a case runs: their names, kinds and files."""

    def __init__(self, session: Session) -> None:
        rows = [tuple(text or "" for text in row) for row in session.run(_FILES)]
        self.names = {oid: name for oid, name, _, _ in rows}
        self.kinds = {oid: kind for oid, _, kind, _ in rows}
        self._files = {oid: file for oid, _, _, file in rows}

    def moved(self, session: Session, kinds: str) -> list[str]:
        """Those of some kinds that have another file now: written anew or emptied."""
        return sorted(
            self.names[oid]
            for oid, _, kind, file in session.run(_FILES)
            if oid in self.names
            and self.kinds[oid or ""] in kinds
            and kind is not None
            and (file or "") != self._files[oid or ""]
        )
