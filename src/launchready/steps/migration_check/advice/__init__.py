"""What to write instead, in the words of the tool that runs the migration.

The statements are those of `remedies`, which `--fix` writes: the two never differ.
"""

from collections.abc import Sequence

from launchready.facts.acts import AddColumn, AddConstraint, SetNullability
from launchready.facts.migrations import ActFacts, Framework
from launchready.steps.migration_check.advice import remedies
from launchready.steps.migration_check.advice.remedies import Remedy
from launchready.steps.migration_check.advice.words import OUTSIDE, code
from launchready.steps.migration_check.saying import one_line


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
    remedy = remedies.concurrently(facts)
    if not isinstance(remedy, Remedy):
        return f"{remedy[0].upper()}{remedy[1:]}."
    statements = (*remedy.before, one_line(remedy.first(facts.statement.sql)))
    return f"Write {code(facts.history.framework, statements)} {where}."


def dropped_first(facts: ActFacts, index: str) -> str:
    """The drop of an index that a build may have left invalid."""
    return code(facts.history.framework, (f"DROP INDEX CONCURRENTLY IF EXISTS {index}",))


def waiting_briefly(facts: ActFacts) -> str:
    """A limit on waiting for locks: for the role, or at the start of the migration."""
    sql = code(facts.history.framework, (remedies.limited(facts.migration.up.wrapping),))
    return (
        "Set `lock_timeout` for the role or connection that runs migrations and name it in"
        f" launchready.yml (`lock-timeout: 5s`), or begin the migration with {sql}."
    )


def in_two_steps(facts: ActFacts, first: str, *later: str) -> str:
    """Statements in place of one, the first brief and the others in a later migration."""
    framework = facts.history.framework
    return f"Write {code(framework, (first,))}, and in a later migration {code(framework, later)}."


def unique_in_steps(facts: ActFacts, act: AddConstraint) -> str:
    """A unique constraint or primary key of which the index is there first."""
    remedy, framework = remedies.using_index(facts), facts.history.framework
    if not isinstance(remedy, Remedy):
        constraint, columns = act.constraint, ", ".join(act.constraint.columns)
        name = constraint.name or f"{act.table}_{'_'.join(constraint.columns)}_key"
        first = f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {act.table} ({columns})"
        kind = constraint.kind.value
        then: Sequence[str] = (
            f"ALTER TABLE {act.table} ADD CONSTRAINT {name} {kind} USING INDEX {name}",
        )
    else:
        first, then = one_line(remedy.first(facts.statement.sql)), remedy.later
    return (
        f"Write {code(framework, (first,))} {OUTSIDE[framework]}, then in a later one"
        f" {code(framework, then)}."
    )


def look_for_duplicates(table: str, columns: Sequence[str]) -> str:
    """The query that shows whether a unique index would fail."""
    listed = ", ".join(columns) or "…"
    query = f"SELECT {listed}, count(*) FROM {table} GROUP BY {listed} HAVING count(*) > 1"
    return f"Run `{query};` on production first, and say in the migration which of the rows stay."


def not_valid_in_steps(facts: ActFacts, act: AddConstraint) -> str:
    """A constraint that is added first and checked later."""
    remedy = remedies.not_valid(facts)
    if isinstance(remedy, Remedy):
        return _in_steps(facts, remedy)
    name = act.constraint.name or f"{act.table}_{'_'.join(act.constraint.columns)}_check"
    first = f"ALTER TABLE {act.table} ADD CONSTRAINT {name} … NOT VALID"
    return in_two_steps(facts, first, f"ALTER TABLE {act.table} VALIDATE CONSTRAINT {name}")


def not_null_in_steps(facts: ActFacts, act: SetNullability) -> str:
    """NOT NULL that a validated CHECK has proved before."""
    remedy = remedies.proved_not_null(facts)
    if isinstance(remedy, Remedy):
        return _in_steps(facts, remedy)
    name = f"{act.table.rpartition('.')[2]}_{act.column}_given"
    table = f"ALTER TABLE {act.table}"
    return in_two_steps(
        facts,
        f"{table} ADD CONSTRAINT {name} CHECK ({act.column} IS NOT NULL) NOT VALID",
        f"{table} VALIDATE CONSTRAINT {name}",
        f"{table} ALTER COLUMN {act.column} SET NOT NULL",
        f"{table} DROP CONSTRAINT {name}",
    )


def _in_steps(facts: ActFacts, remedy: Remedy) -> str:
    return in_two_steps(facts, one_line(remedy.first(facts.statement.sql)), *remedy.later)


def backfilled(facts: ActFacts, act: AddColumn) -> str:
    """A column that is added empty, and filled afterwards."""
    column, table = act.column, f"ALTER TABLE {act.table}"
    empty = f"{table} ADD COLUMN {column.name} {column.type}"
    if column.default is None or column.is_auto or column.is_identity:
        return f"Write {code(facts.history.framework, (empty,))}, and fill the rows in batches."
    default = f"{table} ALTER COLUMN {column.name} SET DEFAULT {column.default.sql}"
    both = code(facts.history.framework, (empty, default))
    return f"Write {both}, and fill the old rows in batches, in a later migration."
