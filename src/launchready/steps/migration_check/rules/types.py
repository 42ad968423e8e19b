"""Rules on changes of a column's type, and on whatever else writes a table anew."""

from collections.abc import Iterator

from launchready.facts.acts import AlterType, Maintain, SetPersistence
from launchready.facts.catalogue import Cause, Lock, Loss
from launchready.facts.migrations import ActFacts
from launchready.facts.schema import Engine
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import blocking, is_noticed, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings

_NEW_COLUMN = (
    "Add a new column of that type, write both from the code, fill the old rows in batches, read"
    " the new one, and drop the old one a release later."
)


@rule(ActFacts, Severity.ERROR, of=(AlterType,))
def change_type_rewrite(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column gets a type for which the whole table is written anew.

    Nobody can read or write the table until that is done, and every index on the column is built
    again. The running release goes on with the old type in mind.

    Add a new column of that type, write both from the code, fill the old rows in batches, read the
    new one, and drop the old one a release later.

    Bad:
        ALTER TABLE users ALTER COLUMN age TYPE bigint;
    Good:
        ALTER TABLE users ALTER COLUMN email TYPE varchar(255);
        ALTER TABLE users ALTER COLUMN balance TYPE numeric(12, 2);
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    act = facts.act
    if not isinstance(act, AlterType) or facts.server.engine is not Engine.POSTGRESQL:
        return
    for table in blocking(facts, settings, Lock.SHARE):
        if table in (*facts.effect.rewrites, *facts.effect.scans, *facts.effect.builds):
            old = facts.before.column(act.table, act.column)
            was = f" from {old.type}" if old else ""
            how = "written anew" if table in facts.effect.rewrites else "read or indexed anew"
            yield said(
                facts,
                f"changing `{act.column}`{was} to {act.type}: `{table}` is {how} while nobody else"
                " can read or write it",
                about=f"type {table}.{act.column}",
                fix=_NEW_COLUMN,
            )


@rule(ActFacts, Severity.WARNING, of=(AlterType,))
def change_type_unknown(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column gets another type, and no migration here says which one it had.

    Some changes touch nothing, others write the whole table anew while nobody can use it.

    Rehearse it (`--rehearse` with a copy of the schema), or treat it as a new column.

    Bad:
        ALTER TABLE invoices ALTER COLUMN total TYPE numeric(12, 2);
    Good:
        ALTER TABLE users ALTER COLUMN balance TYPE numeric(12, 2);
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    act = facts.act
    if not isinstance(act, AlterType) or not is_noticed(facts, act.table, settings):
        return
    if facts.effect.doubts and act.table not in facts.effect.rewrites:
        yield said(
            facts,
            f"whether `{act.table}` is written anew depends on the types that `{act.column}` has"
            " and gets, and the migrations here do not say both",
            about=f"type {act.table}.{act.column}",
        )


@rule(ActFacts, Severity.ERROR, of=(AlterType,))
def change_type_narrow(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column gets a type that holds less than the one it had.

    The deploy fails on the first value that does not fit, or values are cut; the running release
    still writes long ones.

    Look for values that do not fit, change the code first, and narrow the type a release later.

    Bad:
        ALTER TABLE users ALTER COLUMN email TYPE varchar(20);
    Good:
        ALTER TABLE users ALTER COLUMN email TYPE text;
    Reference:
        https://www.postgresql.org/docs/current/datatype-character.html
    """
    act = facts.act
    if isinstance(act, AlterType) and is_noticed(facts, act.table, settings):
        old = facts.before.column(act.table, act.column)
        if old and any(each.what is Loss.WIDTH for each in facts.effect.losses):
            yield said(
                facts,
                f"`{act.table}.{act.column}` holds less as {act.type} than as {old.type}: values"
                " that do not fit stop the deploy",
                about=f"width {act.table}.{act.column}",
            )


@rule(ActFacts, Severity.ERROR)
def blocked_by_view(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A view reads the column whose type is changed, and PostgreSQL refuses that.

    The deploy stops there, with what ran before it already done or taken back.

    Drop the view, change the column, and create the view again in the same migration.

    Bad:
        ALTER TABLE orders ALTER COLUMN total TYPE numeric(14, 2);
    Good:
        DROP VIEW open_orders;
        DROP MATERIALIZED VIEW totals;
        ALTER TABLE orders ALTER COLUMN total TYPE numeric(14, 2);
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html
    """
    for trouble in facts.effect.troubles:
        if trouble.cause is Cause.VIEW_READS_COLUMN:
            column, *views = trouble.about
            yield said(
                facts,
                f"PostgreSQL refuses to change `{column}`, which {named(views) or 'a view'} reads",
                about=f"view on {column}",
            )


@rule(ActFacts, Severity.ERROR, of=(Maintain,))
def vacuum_full(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """`VACUUM FULL` writes a table anew while nobody can read or write it.

    It also cannot run inside a transaction, so most tools fail on it.

    Use pg_repack or pg_squeeze, which keep the table in use, or do it in a maintenance window.

    Bad:
        VACUUM FULL orders;
    Good:
        VACUUM orders;
    Reference:
        https://www.postgresql.org/docs/current/sql-vacuum.html
    """
    act = facts.act
    if isinstance(act, Maintain) and act.verb == "VACUUM FULL":
        yield from _written_anew(facts, settings, "VACUUM FULL", " ".join(act.names))


@rule(ActFacts, Severity.ERROR, of=(Maintain,))
def cluster(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """`CLUSTER` writes a table anew while nobody can read or write it.

    The product stands still for as long as that takes.

    Use pg_repack, which keeps the table in use, or do it in a maintenance window.

    Bad:
        CLUSTER orders USING orders_pkey;
    Good:
        ALTER TABLE orders CLUSTER ON orders_pkey;
    Reference:
        https://www.postgresql.org/docs/current/sql-cluster.html
    """
    act = facts.act
    if isinstance(act, Maintain) and act.verb == "CLUSTER":
        yield from _written_anew(facts, settings, "CLUSTER", " ".join(act.names))


@rule(ActFacts, Severity.ERROR, of=(SetPersistence,))
def set_unlogged_rewrite(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table's storage is changed, for which it is written anew while nobody can use it.

    An UNLOGGED table is moreover empty after a crash, and on every replica.

    Do it in a maintenance window, or fill a new table and rename it.

    Bad:
        ALTER TABLE orders SET UNLOGGED;
    Good:
        CREATE UNLOGGED TABLE scratch (id bigint);
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html
    """
    act = facts.act
    if isinstance(act, SetPersistence):
        yield from _written_anew(facts, settings, act.what, act.table)


def _written_anew(
    facts: ActFacts, settings: MigrationCheckSettings, verb: str, about: str
) -> Iterator[Finding]:
    tables = [
        table
        for table in blocking(facts, settings, Lock.ACCESS_EXCLUSIVE)
        if table in facts.effect.rewrites
    ]
    if tables or (not about and facts.effect.locks):
        yield said(
            facts,
            f"{verb} writes {named(tables) or 'every table'} anew while nobody else can use it",
            about=f"{verb} {about}",
        )


RULES = (
    change_type_rewrite,
    change_type_unknown,
    change_type_narrow,
    blocked_by_view,
    vacuum_full,
    cluster,
    set_unlogged_rewrite,
)
