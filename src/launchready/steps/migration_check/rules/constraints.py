"""Rules on constraints that read the rows that are there."""

from collections.abc import Iterator

from launchready.facts.acts import (
    AddColumn,
    AddConstraint,
    AlterDomain,
    AttachPartition,
    CreateTable,
    DropConstraint,
    SetNullability,
    ValidateConstraint,
)
from launchready.facts.catalogue import Lock
from launchready.facts.migrations import ActFacts
from launchready.facts.schema import ConstraintKind
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.advice import not_null_in_steps, not_valid_in_steps
from launchready.steps.migration_check.saying import blocking, gives_up, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(ActFacts, Severity.ERROR, of=(AddConstraint,))
def fk_not_not_valid(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A foreign key is added and checked at once, while nobody can write to either table.

    Every row is compared with the other table under SHARE ROW EXCLUSIVE locks on both: orders,
    sign-ups and payments wait for as long as that takes.

    Add it as `NOT VALID`, which is brief, and `VALIDATE` it in a later migration.

    Bad:
        ALTER TABLE items ADD CONSTRAINT items_owner FOREIGN KEY (amount) REFERENCES users (id);
    Good:
        ALTER TABLE items ADD CONSTRAINT items_owner FOREIGN KEY (amount) REFERENCES users (id)
          NOT VALID;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    act = facts.act
    if not isinstance(act, AddConstraint) or act.constraint.kind is not ConstraintKind.FOREIGN_KEY:
        return
    tables = blocking(facts, settings, Lock.SHARE)
    if tables and act.table in facts.effect.scans:
        yield said(
            facts,
            f"checking the foreign key stops writes to {named(tables)} until every row of"
            f" `{act.table}` is read",
            about=f"foreign key {' '.join(act.constraint.columns)} of {act.table}",
            fix=not_valid_in_steps(facts, act),
        )


@rule(ActFacts, Severity.ERROR, of=(AddConstraint,))
def check_not_not_valid(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A CHECK constraint is added and checked at once, while nobody can read or write the table.

    Every row is read under ACCESS EXCLUSIVE: the product stands still for whoever needs the table.

    Add it as `NOT VALID`, which is brief, and `VALIDATE` it in a later migration.

    Bad:
        ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18);
    Good:
        ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18) NOT VALID;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    act = facts.act
    if not isinstance(act, AddConstraint) or act.constraint.kind not in _CHECKS:
        return
    for table in blocking(facts, settings, Lock.SHARE):
        if table in facts.effect.scans:
            yield said(
                facts,
                f"checking the condition reads all of `{table}` while nobody else can read or"
                " write it",
                about=f"check {act.constraint.name or ' '.join(act.constraint.columns)} of {table}",
                fix=not_valid_in_steps(facts, act),
            )


_CHECKS = (ConstraintKind.CHECK, ConstraintKind.NOT_NULL)


@rule(ActFacts, Severity.ERROR, of=(ValidateConstraint,))
def validate_in_same_transaction(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A constraint is validated in the transaction that still holds the lock of adding it.

    `NOT VALID` gains nothing then: the lock that keeps readers or writers out lasts until the
    transaction ends, and so through the look at every row.

    Validate it in a migration of its own.

    Bad:
        BEGIN;
        ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18) NOT VALID;
        ALTER TABLE users VALIDATE CONSTRAINT grown_up;
        COMMIT;
    Good:
        ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age >= 18) NOT VALID;
        COMMIT;
        ALTER TABLE users VALIDATE CONSTRAINT grown_up;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT
    """
    act = facts.act
    if not isinstance(act, ValidateConstraint) or act.table not in facts.effect.scans:
        return
    held = facts.session.held.get(act.table)
    if held is not None and held.blocks_writes and act.table not in settings.small:
        yield said(
            facts,
            f"`{act.name}` is validated while this transaction still holds {held.label} on"
            f" `{act.table}`: {held.stops} stop for the whole look",
            about=f"validate {act.name} of {act.table}",
        )


@rule(ActFacts, Severity.ERROR, of=(SetNullability,))
def set_not_null(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column is made NOT NULL, for which every row is read while nobody can use the table.

    It also fails on the first row that holds NULL, with the deploy half done.

    Add `CHECK (column IS NOT NULL) NOT VALID`, validate it in a later migration, and set NOT NULL
    after that: PostgreSQL 12 and newer then read nothing.

    Bad:
        ALTER TABLE users ALTER COLUMN name SET NOT NULL;
    Good:
        ALTER TABLE users ADD CONSTRAINT name_given CHECK (name IS NOT NULL) NOT VALID;
        COMMIT;
        ALTER TABLE users VALIDATE CONSTRAINT name_given;
        ALTER TABLE users ALTER COLUMN name SET NOT NULL;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
    """
    act = facts.act
    if not isinstance(act, SetNullability) or not act.is_not_null:
        return
    for table in blocking(facts, settings, Lock.ACCESS_EXCLUSIVE):
        if table in facts.effect.scans:
            yield said(
                facts,
                f"making `{act.column}` NOT NULL reads all of `{table}` while nobody can use it,"
                " and fails if a row holds NULL; so do INSERTs of the running release that leave it"
                " out",
                about=f"not null {table}.{act.column}",
                fix=not_null_in_steps(facts, act),
            )


@rule(ActFacts, Severity.ERROR, of=(AddColumn,))
def add_column_check(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A new column comes with a CHECK, for which every row is read while nobody can use the table.

    The column is new and empty, and PostgreSQL still looks at all rows.

    Add the column alone, then the CHECK as `NOT VALID`, and validate it in a later migration.

    Bad:
        ALTER TABLE users ADD COLUMN height integer CHECK (height > 0);
    Good:
        ALTER TABLE users ADD COLUMN height integer;
        ALTER TABLE users ADD CONSTRAINT height_positive CHECK (height > 0) NOT VALID;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    act = facts.act
    if not isinstance(act, AddColumn):
        return
    if any(each.kind is ConstraintKind.CHECK for each in act.column.constraints):
        for table in blocking(facts, settings, Lock.ACCESS_EXCLUSIVE):
            if table in facts.effect.scans:
                yield said(
                    facts,
                    f"the CHECK on the new column `{act.column.name}` reads all of `{table}` while"
                    " nobody else can read or write it",
                    about=f"column {table}.{act.column.name}",
                )


@rule(ActFacts, Severity.ERROR, of=(AddColumn,))
def add_column_fk_with_default(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A new column has a default and a foreign key, so every row is looked up in the other table.

    Writes to both tables stop until that is done.

    Add the column without the key, then add the key as `NOT VALID` and validate it later.

    Bad:
        ALTER TABLE items ADD COLUMN seller_id bigint DEFAULT 1 REFERENCES users (id);
    Good:
        ALTER TABLE items ADD COLUMN seller_id bigint DEFAULT 1;
        ALTER TABLE items ADD CONSTRAINT items_seller FOREIGN KEY (seller_id)
          REFERENCES users (id) NOT VALID;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    yield from _column_key(facts, settings, is_read=True)


@rule(ActFacts, Severity.NOTE, of=(AddColumn,))
def add_column_fk(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A new column refers to another table, which is locked against writes for a moment too.

    Nothing is read, but the locks on both tables have to be waited for.

    Set a short `lock_timeout`, so that the migration gives up and is tried again.

    Bad:
        ALTER TABLE items ADD COLUMN seller_id bigint REFERENCES users (id);
    Good:
        SET lock_timeout = '2s';
        ALTER TABLE items ADD COLUMN seller_id bigint REFERENCES users (id);
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html
    """
    if settings.notes and not gives_up(facts):
        yield from _column_key(facts, settings, is_read=False)


_NO_DEFAULT = (
    "Leave `DEFAULT NULL` out: the rows are not read where no default is written, and it means the"
    " same."
)


def _column_key(
    facts: ActFacts, settings: MigrationCheckSettings, *, is_read: bool
) -> Iterator[Finding]:
    act = facts.act
    if not isinstance(act, AddColumn):
        return
    default = act.column.default
    for key in act.column.constraints:
        if key.kind is not ConstraintKind.FOREIGN_KEY:
            continue
        tables = blocking(facts, settings, Lock.SHARE)
        if tables and is_read is (act.table in (*facts.effect.scans, *facts.effect.rewrites)):
            how = (
                "until every row is checked" if is_read else "for a moment, once it gets the locks"
            )
            yield said(
                facts,
                f"the new column `{act.column.name}` locks {named(tables)} {how}",
                about=f"column {act.table}.{act.column.name}",
                fix=_NO_DEFAULT if is_read and default is not None and default.is_null else "",
            )


@rule(ActFacts, Severity.ERROR, of=(AttachPartition, CreateTable))
def attach_partition_scan(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table with rows becomes a partition, for which they are all read under its lock.

    Nobody can read or write the table meanwhile.

    Add a CHECK that says the same as the partition's bounds as `NOT VALID`, validate it, attach the
    table, and drop the CHECK.

    Bad:
        ALTER TABLE events ATTACH PARTITION events_2026
          FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    Good:
        CREATE TABLE events_2027 PARTITION OF events
          FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
    Reference:
        https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE
    """
    act = facts.act
    if not isinstance(act, AttachPartition | CreateTable):
        return
    attached = act.partition if isinstance(act, AttachPartition) else act.table
    for table in blocking(facts, settings, Lock.ACCESS_EXCLUSIVE):
        if table in (*facts.effect.scans, *facts.effect.builds):
            how = "reads all of" if table in facts.effect.scans else "builds an index on"
            yield said(
                facts,
                f"attaching `{attached}` {how} `{table}` while nobody else can use it",
                about=f"attach {attached} to {_parent(act)}",
            )


def _parent(act: AttachPartition | CreateTable) -> str:
    return act.table if isinstance(act, AttachPartition) else act.partition_of


@rule(ActFacts, Severity.ERROR, of=(AlterDomain,))
def domain_scan(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A domain gets a constraint, for which every table with a column of it is read under a lock.

    Nobody can write to any of those tables until the last row of the last one is read.

    Add the constraint as `NOT VALID` and validate it in a migration of its own, at a quiet hour: of
    domains that reads under the same lock.

    Bad:
        ALTER TABLE items ADD COLUMN stock positive;
        COMMIT;
        ALTER DOMAIN positive ADD CONSTRAINT under_a_million CHECK (VALUE < 1000000);
    Good:
        ALTER TABLE items ADD COLUMN stock positive;
        COMMIT;
        ALTER DOMAIN positive ADD CONSTRAINT few CHECK (VALUE < 1000000) NOT VALID;
    Reference:
        https://www.postgresql.org/docs/current/sql-alterdomain.html
    """
    tables = blocking(facts, settings, Lock.SHARE)
    read = [table for table in tables if table in facts.effect.scans]
    if isinstance(facts.act, AlterDomain) and read:
        yield said(
            facts,
            f"every row of {named(read)} is read for `{facts.act.name}` while nobody can write",
            about=f"domain {facts.act.name}",
        )


@rule(ActFacts, Severity.NOTE, of=(DropConstraint,))
def drop_constraint(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A foreign key is dropped, which locks both of its tables against everybody for a moment.

    The locks have to be waited for, and every query on either table waits behind.

    Set a short `lock_timeout`, so that the migration gives up and is tried again.

    Bad:
        ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;
    Good:
        SET lock_timeout = '2s';
        ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html
    """
    act = facts.act
    tables = blocking(facts, settings, Lock.ACCESS_EXCLUSIVE)
    is_told = settings.notes and not gives_up(facts)
    if isinstance(act, DropConstraint) and len(tables) > 1 and is_told:
        yield said(
            facts,
            f"dropping `{act.name}` locks {named(tables)} against readers and writers for a moment",
            about=f"drop {act.name} of {act.table}",
        )


RULES = (
    fk_not_not_valid,
    check_not_not_valid,
    validate_in_same_transaction,
    set_not_null,
    add_column_check,
    add_column_fk_with_default,
    add_column_fk,
    attach_partition_scan,
    domain_scan,
    drop_constraint,
)
