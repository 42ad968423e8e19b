"""Rules on what is no table or column and goes all the same: views, functions, policies, rights."""

from collections.abc import Iterator

from launchready.facts.acts import (
    AlterPolicy,
    Create,
    DetachPartition,
    Drop,
    Kind,
    Privileges,
    RefreshView,
    Rename,
)
from launchready.facts.catalogue import Lock, Loss
from launchready.facts.migrations import ActFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import blocking, is_noticed, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings

_NAMED = {
    Kind.VIEW: Loss.VIEW,
    Kind.MATERIALIZED_VIEW: Loss.VIEW,
    Kind.FUNCTION: Loss.FUNCTION,
    Kind.TYPE: Loss.TYPE,
    Kind.DOMAIN: Loss.TYPE,
    Kind.SEQUENCE: Loss.SEQUENCE,
}


@rule(ActFacts, Severity.ERROR, of=(Rename,))
def rename_object(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A view, function, type or sequence gets another name while the running release uses the old.

    Its queries fail at once, until the new release has taken over everywhere; a rollback brings
    them back.

    Make one with the new name beside it, and drop the old one a release later.

    Bad:
        ALTER VIEW open_orders RENAME TO orders_open;
    Good:
        CREATE VIEW orders_open AS SELECT * FROM open_orders;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    act = facts.act
    if not isinstance(act, Rename) or act.kind not in _NAMED:
        return
    for lost in facts.effect.losses:
        if lost.what is _NAMED[act.kind] and lost.now and not _is_hidden(facts, lost.name):
            yield said(
                facts,
                f"the {act.kind.value} `{lost.full}` is `{lost.now}` from now on: statements of the"
                " running release that name it fail",
                about=f"rename {act.kind.value} {lost.full}",
            )


def _is_hidden(facts: ActFacts, name: str) -> bool:
    """Whether only the database itself uses what has this name: a trigger's function, a sequence
    that stands behind a column.
    """
    routine = facts.before.routines.get(name)
    return bool(routine and routine.is_trigger) or (routine is None and name.endswith("_seq"))


@rule(ActFacts, Severity.WARNING, of=(Drop,))
def drop_function(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A function or sequence is dropped, and the change does not make it again.

    Statements of the running release that call it fail from that moment, and a rollback brings them
    back.

    Drop it a release after the code stopped calling it.

    Bad:
        --- migrations/0001.sql
        CREATE FUNCTION total(bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
        === new
        --- migrations/0002.sql
        DROP FUNCTION total;
    Good:
        --- migrations/0001.sql
        CREATE FUNCTION total(bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
        === new
        --- migrations/0002.sql
        DROP FUNCTION total;
        CREATE FUNCTION total(bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 2.0';
    Reference:
        https://www.postgresql.org/docs/current/sql-dropfunction.html
    """
    act = facts.act
    if not isinstance(act, Drop) or act.kind not in (Kind.FUNCTION, Kind.SEQUENCE):
        return
    for lost in facts.effect.losses:
        if lost.what in (Loss.FUNCTION, Loss.SEQUENCE) and not _is_hidden(facts, lost.name):
            yield said(
                facts,
                f"the {act.kind.value} `{lost.full}` is gone: statements of the running release"
                " that call it fail",
                about=f"drop {act.kind.value} {lost.full}",
            )


@rule(ActFacts, Severity.WARNING, of=(DetachPartition,))
def detach_partition(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A partition in use leaves its table.

    Its rows are no longer found there, and INSERTs for its range fail. Without CONCURRENTLY nobody
    can read or write the whole table until the transaction ends.

    Detach with `CONCURRENTLY`, outside of a transaction, once nothing reads or writes that range.

    Bad:
        ALTER TABLE events DETACH PARTITION events_2025;
    Good:
        CREATE TABLE events_2027 PARTITION OF events
          FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DETACH-PARTITION
    """
    act = facts.act
    if not isinstance(act, DetachPartition) or not is_noticed(facts, act.partition, settings):
        return
    if any(each.what is Loss.PARTITION for each in facts.effect.losses):
        locked = "" if act.is_concurrent else ", and the lock on it keeps readers out"
        yield said(
            facts,
            f"the rows of `{act.partition}` are no longer found in `{act.table}`{locked}",
            about=f"detach {act.partition}",
        )


@rule(ActFacts, Severity.WARNING, of=(RefreshView,))
def refresh_matview(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A materialized view is filled anew while nobody can read it.

    The lock stays for as long as its query runs, and longer: until the transaction ends.

    Refresh it with `CONCURRENTLY`, which needs a unique index on it, after the migration.

    Bad:
        REFRESH MATERIALIZED VIEW totals;
    Good:
        REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
    Reference:
        https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html
    """
    act = facts.act
    if isinstance(act, RefreshView) and act.name in blocking(
        facts, settings, Lock.ACCESS_EXCLUSIVE
    ):
        how = "while its query runs" if act.has_data else "and it stays empty until it is filled"
        yield said(facts, f"nobody can read `{act.name}` {how}", about=f"refresh {act.name}")


@rule(ActFacts, Severity.WARNING, of=(Create, AlterPolicy, Drop))
def hidden_rows(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Row-level policies of a table in use let fewer rows through than before.

    The running release no longer sees or writes rows that it needs, and nothing fails aloud: lists
    are empty, updates touch no row.

    Ship the code that bears it first, and make the policy that takes the old one's place in the
    same migration.

    Bad:
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
        CREATE POLICY every_order ON orders USING (true);
        COMMIT;
        CREATE POLICY few ON orders AS RESTRICTIVE USING (state = 'open');
    Good:
        CREATE TABLE tickets (id bigint PRIMARY KEY);
        ALTER TABLE tickets ENABLE ROW LEVEL SECURITY;
        CREATE POLICY every_ticket ON tickets USING (true);
    Reference:
        https://www.postgresql.org/docs/current/ddl-rowsecurity.html
    """
    act = facts.act
    if not isinstance(act, Create | AlterPolicy | Drop):
        return
    for lost in facts.effect.losses:
        if lost.what is Loss.ACCESS:
            yield said(
                facts,
                f"rows of `{lost.table}` that the running release sees may be hidden from now on",
                about=f"policies of {lost.table}",
            )
        elif lost.what is Loss.POLICY and not _has_other(facts, lost.table):
            yield said(
                facts,
                f"the policy `{lost.name}` of `{lost.table}` is gone: rows that it let through are"
                " hidden",
                about=f"policies of {lost.table}",
            )


def _has_other(facts: ActFacts, name: str) -> bool:
    """Whether the migration makes another policy on the table, or takes row security off it."""
    before, end = facts.before.tables.get(name), facts.end.tables.get(name)
    if before is None or end is None:
        return True
    return not end.has_row_security or bool(end.policies - before.policies)


@rule(ActFacts, Severity.WARNING, of=(Privileges,))
def revoke(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A role loses rights on a table in use.

    If the running release, a report or another service works as that role, its queries fail with
    "permission denied" from that moment.

    Ship the code that no longer needs them first, and see who logs in as that role.

    Bad:
        REVOKE INSERT ON orders FROM shop;
    Good:
        GRANT INSERT ON orders TO shop;
    Reference:
        https://www.postgresql.org/docs/current/sql-revoke.html
    """
    act = facts.act
    lost = [each.name for each in facts.effect.losses if each.what is Loss.ACCESS]
    if isinstance(act, Privileges) and lost:
        yield said(
            facts,
            f"{named(act.roles)} may do less with {named(lost)} from now on",
            about=f"rights on {' '.join(lost)}",
        )


RULES = (rename_object, drop_function, detach_partition, refresh_matview, hidden_rows, revoke)
