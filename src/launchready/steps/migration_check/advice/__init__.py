"""What to write instead, in the words of the tool that runs the migration."""

import re
from collections.abc import Sequence

from launchready.facts.acts import AddColumn, AddConstraint, SetNullability
from launchready.facts.migrations import ActFacts, Framework
from launchready.regex import Regex
from launchready.steps.migration_check.advice.words import OUTSIDE, code
from launchready.steps.migration_check.saying import one_line

_INDEX = Regex(r"\bINDEX\b", re.IGNORECASE)


def concurrently(facts: ActFacts) -> str:
    """The index built or dropped without stopping writes."""
    own = {
        Framework.DJANGO: "`AddIndexConcurrently` (`django.contrib.postgres.operations`)",
        Framework.ALEMBIC: "`postgresql_concurrently=True`",
        Framework.RAILS: "`algorithm: :concurrently`",
        Framework.NODE_PG_MIGRATE: "`{ concurrently: true }`",
    }.get(facts.history.framework)
    where = OUTSIDE[facts.history.framework]
    if own and not facts.statement.is_written:
        return f"Use {own} {where}."
    sql = _INDEX.sub("INDEX CONCURRENTLY", one_line(facts.statement.sql), count=1)
    return f"Write {code(facts.history.framework, (sql,))} {where}."


def in_two_steps(facts: ActFacts, first: str, *later: str) -> str:
    """Statements in place of one, the first brief and the others in a later migration."""
    framework = facts.history.framework
    return f"Write {code(framework, (first,))}, and in a later migration {code(framework, later)}."


def unique_in_steps(facts: ActFacts, act: AddConstraint) -> str:
    """A unique constraint or primary key of which the index is there first."""
    constraint, framework = act.constraint, facts.history.framework
    columns = ", ".join(constraint.columns)
    name = constraint.name or f"{act.table}_{'_'.join(constraint.columns)}_key"
    kind = constraint.kind.value
    first = f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {act.table} ({columns})"
    then = f"ALTER TABLE {act.table} ADD CONSTRAINT {name} {kind} USING INDEX {name}"
    return (
        f"Write {code(framework, (first,))} {OUTSIDE[framework]}, then in a later one"
        f" {code(framework, (then,))}."
    )


def look_for_duplicates(table: str, columns: Sequence[str]) -> str:
    """The query that shows whether a unique index would fail."""
    listed = ", ".join(columns) or "…"
    query = f"SELECT {listed}, count(*) FROM {table} GROUP BY {listed} HAVING count(*) > 1"
    return f"Run `{query};` on production first, and say in the migration which of the rows stay."


def not_valid_in_steps(facts: ActFacts, act: AddConstraint) -> str:
    """A constraint that is added first and checked later."""
    name = act.constraint.name or f"{act.table}_{'_'.join(act.constraint.columns)}_check"
    later = f"ALTER TABLE {act.table} VALIDATE CONSTRAINT {name}"
    if not act.constraint.name or len(facts.beside) > 1:
        first = f"ALTER TABLE {act.table} ADD CONSTRAINT {name} … NOT VALID"
    else:
        first = f"{one_line(facts.statement.sql)} NOT VALID"
    return in_two_steps(facts, first, later)


def not_null_in_steps(facts: ActFacts, act: SetNullability) -> str:
    """NOT NULL that a validated CHECK has proved before."""
    name = f"{act.table.rpartition('.')[2]}_{act.column}_given"
    table = f"ALTER TABLE {act.table}"
    return in_two_steps(
        facts,
        f"{table} ADD CONSTRAINT {name} CHECK ({act.column} IS NOT NULL) NOT VALID",
        f"{table} VALIDATE CONSTRAINT {name}",
        f"{table} ALTER COLUMN {act.column} SET NOT NULL",
        f"{table} DROP CONSTRAINT {name}",
    )


def backfilled(facts: ActFacts, act: AddColumn) -> str:
    """A column that is added empty, and filled afterwards."""
    column, table = act.column, f"ALTER TABLE {act.table}"
    empty = f"{table} ADD COLUMN {column.name} {column.type}"
    if column.default is None or column.is_auto or column.is_identity:
        return f"Write {code(facts.history.framework, (empty,))}, and fill the rows in batches."
    default = f"{table} ALTER COLUMN {column.name} SET DEFAULT {column.default.sql}"
    both = code(facts.history.framework, (empty, default))
    return f"Write {both}, and fill the old rows in batches, in a later migration."
