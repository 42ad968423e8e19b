"""What stands in place of a statement that hurts: the one source of what advice says and of what
`--fix` writes.

Each remedy leads to the same catalogue as the statement that it is for; what cannot be had by
writing the statement otherwise (rows that need a value, an order of files) is a reason.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from launchready.facts.acts import AddConstraint, CreateIndex, Drop, Maintain, SetNullability
from launchready.facts.migrations import ActFacts, Wrapping
from launchready.facts.schema import Constraint
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.migration_check.advice.spans import (
    Alteration,
    Clause,
    Edit,
    alteration_of,
    masked,
    quoted_name,
    spliced,
)
from launchready.steps.migration_check.replay.names import constraint_name, cut, joined, plain


@frozen
class Remedy:
    """`edits` of the statement itself, then statements for `later`: a later moment, when the lock
    of the first is gone. `before` are statements that come right before it. `is_outside` says that
    the edited statement must run outside of a transaction. `undo` and `undo_later` are for the
    downs: of the migration, and of the later one; `is_undone_whole` says that the migration's own
    down undoes all of it at once, so that no other migration may hold the rest.
    """

    edits: tuple[Edit, ...] = ()
    before: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    is_outside: bool = False
    undo: tuple[str, ...] = ()
    undo_later: tuple[str, ...] = ()
    is_undone_whole: bool = False
    does: str

    def first(self, sql: str) -> str:
        """The statement in place of `sql`."""
        return spliced(sql, self.edits)


Answer = Remedy | str
"""A remedy, or why there is none that a program may write."""

_INDEX = Regex(
    r"(?:CREATE\s+(?:UNIQUE\s+)?|DROP\s+)INDEX\b"
    r"|REINDEX\b.*?\b(?:INDEX|TABLE|SCHEMA|DATABASE)\b",
    re.IGNORECASE | re.DOTALL,
)
_ADDED = Regex(
    r"ADD\s+(?P<named>CONSTRAINT\s+(?P<name>[^\W\d][\w$]*|\0+)\s+)?"
    r"(?P<kind>FOREIGN\s+KEY|CHECK|UNIQUE|PRIMARY\s+KEY)\b",
    re.IGNORECASE,
)
_KEY = Regex(
    r"\s*\((?P<columns>[^()]*)\)"
    r"(?P<tail>(?:\s+(?:NOT\s+)?DEFERRABLE)?(?:\s+INITIALLY\s+(?:DEFERRED|IMMEDIATE))?)",
    re.IGNORECASE,
)
_NOT_NULL = Regex(
    r"ALTER\s+(?:COLUMN\s+)?(?P<column>[^\W\d][\w$]*|\0+)\s+SET\s+NOT\s+NULL", re.IGNORECASE
)
_PARTITIONED = "the table is partitioned, and PostgreSQL builds no index on all of it concurrently"
_ODD = "it is not written as a program would have it"


def concurrently(facts: ActFacts) -> Answer:
    """The index built, dropped or rebuilt without stopping writes."""
    text, act = masked(facts.statement.sql), facts.act
    found = _INDEX.match(text) if text is not None else None
    if found is None or not isinstance(act, CreateIndex | Drop | Maintain):
        return _ODD
    if isinstance(act, CreateIndex):
        table = facts.before.tables.get(act.table)
        if table and table.is_partitioned:
            return _PARTITIONED
    if isinstance(act, Drop) and (len(act.names) > 1 or act.is_cascade):
        return "only one index at a time is dropped concurrently, and not with CASCADE"
    before: tuple[str, ...] = ()
    if isinstance(act, CreateIndex) and act.is_if_not_exists and act.name:
        # an invalid one that a failed build left would be taken for the real one
        before = (f"DROP INDEX CONCURRENTLY IF EXISTS {_beside(act)}",)
    return Remedy(
        edits=(Edit(start=found.end(), end=found.end(), text=" CONCURRENTLY"),),
        before=before,
        is_outside=True,
        does="CONCURRENTLY",
    )


def _beside(act: CreateIndex) -> str:
    schema, _, _ = act.table.rpartition(".")
    return ".".join(map(quoted_name, filter(None, (schema, plain(act.name)))))


def not_valid(facts: ActFacts) -> Answer:
    """A foreign key or CHECK that is added unchecked, and checked later without stopping anyone."""
    seen = _clause_of(facts)
    if isinstance(seen, str) or not isinstance(facts.act, AddConstraint):
        return seen if isinstance(seen, str) else _ODD
    alteration, clause = seen
    named = _named(facts, facts.act, clause)
    if isinstance(named, str):
        return named
    edits = (*named.edits, Edit(start=clause.end, end=clause.end, text=" NOT VALID"))
    return Remedy(
        edits=edits,
        later=(f"{alteration.head} VALIDATE CONSTRAINT {named.name}",),
        does="NOT VALID, and VALIDATE CONSTRAINT later",
    )


def using_index(facts: ActFacts) -> Answer:
    """A unique constraint or primary key of which the index is built first, concurrently."""
    seen, act = _clause_of(facts), facts.act
    if isinstance(seen, str) or not isinstance(act, AddConstraint):
        return seen if isinstance(seen, str) else _ODD
    alteration, clause = seen
    if (known := facts.before.tables.get(act.table)) and known.is_partitioned:
        return _PARTITIONED
    if len(alteration.clauses) > 1:
        return "the statement does other things too: give the constraint a statement of its own"
    named = _named(facts, act, clause)
    if isinstance(named, str):
        return named
    found = _ADDED.match(clause.masked)
    key = _KEY.fullmatch(clause.masked, found.end()) if found else None
    if key is None:
        return "the key has more to it than columns"
    sql = facts.statement.sql
    listed = sql[clause.start + key.start("columns") : clause.start + key.end("columns")]
    only = re.sub(r"^ALTER TABLE (?:IF EXISTS )?", "", alteration.head)
    kind = act.constraint.kind.value
    create = f"CREATE UNIQUE INDEX CONCURRENTLY {named.name} ON {only} ({listed})"
    add = f"ADD CONSTRAINT {named.name} {kind} USING INDEX {named.name}{key['tail']}"
    return Remedy(
        edits=(Edit(start=0, end=clause.end, text=create),),
        later=(f"{alteration.head} {add}",),
        is_outside=True,
        is_undone_whole=True,
        does="CREATE UNIQUE INDEX CONCURRENTLY, and USING INDEX later",
    )


def proved_not_null(facts: ActFacts) -> Answer:
    """NOT NULL of a column that a CHECK, validated before, has proved."""
    seen, act = _clause_of(facts), facts.act
    if isinstance(seen, str) or not isinstance(act, SetNullability):
        return seen if isinstance(seen, str) else _ODD
    if facts.server.version < (12,):
        return "before PostgreSQL 12 a CHECK saves no look at the rows"
    alteration, clause = seen
    found = _NOT_NULL.fullmatch(clause.masked)
    if found is None:
        return _ODD
    column = facts.statement.sql[
        clause.start + found.start("column") : clause.start + found.end("column")
    ]
    return not_null_steps(facts, act, clause, alteration.head, column)


def not_null_steps(
    facts: ActFacts, act: SetNullability, clause: Clause, head: str, column: str
) -> Answer:
    """The four steps, with names as they are written: `head` is `ALTER TABLE` and the table."""
    name = joined(plain(act.table), act.column, "given")
    table = facts.before.tables.get(act.table)
    if table and name in table.constraints:
        return f"a constraint `{name}` is there already"
    shown = quoted_name(name)
    check = f"ADD CONSTRAINT {shown} CHECK ({column} IS NOT NULL) NOT VALID"
    return Remedy(
        edits=(Edit(start=clause.start, end=clause.end, text=check),),
        later=(
            f"{head} VALIDATE CONSTRAINT {shown}",
            f"{head} ALTER COLUMN {column} SET NOT NULL",
            f"{head} DROP CONSTRAINT {shown}",
        ),
        undo=(f"{head} DROP CONSTRAINT IF EXISTS {shown}",),
        undo_later=(f"{head} {check}", f"{head} ALTER COLUMN {column} DROP NOT NULL"),
        does="a CHECK that is NOT VALID; VALIDATE, SET NOT NULL and its DROP later",
    )


def limited(wrapping: Wrapping, limit: str = "5s") -> str:
    """The statement that limits waiting for locks: inside the tool's transaction it ends with it,
    so that it does not go on in what the connection runs next.
    """
    local = "LOCAL " if wrapping in (Wrapping.FILE, Wrapping.ALL) else ""
    return f"SET {local}lock_timeout = '{limit}'"


def limited_waiting(facts: ActFacts) -> Answer:
    """A limit on waiting for locks, set before the first statement of a migration."""
    if facts.migration.up.items[:1] != (facts.statement,):
        return "it begins with what is no SQL"
    sql = limited(facts.migration.up.wrapping)
    return Remedy(before=(sql,), does=f"{sql} put first")


@frozen
class _Named:
    name: str
    edits: tuple[Edit, ...] = ()


def _named(facts: ActFacts, act: AddConstraint, clause: Clause) -> _Named | str:
    """The constraint's name as it is written, or the one that PostgreSQL would give it."""
    found = _ADDED.match(clause.masked)
    if found is None:
        return _ODD
    if found["name"]:
        start, end = found.span("name")
        return _Named(name=facts.statement.sql[clause.start + start : clause.start + end])
    chosen = chosen_name(facts, act.table, act.constraint)
    if chosen is None:
        return "it has no name, and the history does not tell the one that PostgreSQL will give it"
    at = clause.start + found.start("kind")
    return _Named(name=chosen, edits=(Edit(start=at, end=at, text=f"CONSTRAINT {chosen} "),))


def chosen_name(facts: ActFacts, table: str, constraint: Constraint) -> str | None:
    """The name that PostgreSQL would give a constraint, quoted; None for a table unknown to us."""
    known = facts.before.tables.get(table)
    if known is None or not known.is_whole:
        return None
    return quoted_name(cut(constraint_name(facts.before, known, constraint)))


def _clause_of(facts: ActFacts) -> tuple[Alteration, Clause] | str:
    """The clause that the act stands in."""
    alteration = alteration_of(facts.statement.sql)
    if alteration is None:
        return _ODD
    if len(alteration.clauses) != len(facts.beside):
        return "the statement does several things that cannot be told apart by their places"
    return alteration, alteration.clauses[facts.beside.index(facts.act)]


REMEDIES: Mapping[str, Callable[[ActFacts], Answer]] = MappingProxyType(
    {
        "index-not-concurrent": concurrently,
        "drop-index-not-concurrent": concurrently,
        "reindex-not-concurrent": concurrently,
        "fk-not-not-valid": not_valid,
        "check-not-not-valid": not_valid,
        "unique-constraint-builds-index": using_index,
        "primary-key-builds-index": using_index,
        "set-not-null": proved_not_null,
        "lock-timeout-missing": limited_waiting,
    }
)
"""The rules whose findings a program can mend, by what mends them."""
