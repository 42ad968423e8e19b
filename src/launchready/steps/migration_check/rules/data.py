"""Rules on statements that take or change rows, or objects that nobody named."""

from collections.abc import Iterator

from launchready.facts.acts import (
    ALL_OWNED,
    AddEnumValue,
    Change,
    Drop,
    Kind,
    SetTriggers,
    Truncate,
    Where,
)
from launchready.facts.catalogue import Cause, Loss
from launchready.facts.migrations import ActFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import is_noticed, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(ActFacts, Severity.WARNING, of=(Change,))
def dml_without_where(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Every row of a table in use is changed or deleted by one statement.

    All its rows stay locked until the transaction ends, the table grows to twice its size, and a
    condition that was forgotten cannot be added afterwards.

    Change the rows in batches, by key, outside of the migration's transaction; say `WHERE` where
    only some are meant.

    Bad:
        UPDATE users SET balance = 0;
    Good:
        UPDATE users SET balance = 0 WHERE balance IS NULL AND id BETWEEN 1 AND 1000;
    Reference:
        https://www.postgresql.org/docs/current/sql-update.html
    """
    act = facts.act
    if not isinstance(act, Change) or act.where is Where.TAUTOLOGY:
        return
    held = facts.session.held.get(act.table)
    if held is not None and held.blocks_writes:
        return  # backfill-in-ddl-transaction tells of it
    is_whole = act.where is Where.NONE and act.verb in ("UPDATE", "DELETE")
    if (is_whole or facts.effect.changes) and is_noticed(facts, act.table, settings):
        how = "deletes" if act.verb == "DELETE" else "changes"
        which = "every row" if is_whole or act.present else "every row, or nearly every one,"
        yield said(
            facts,
            f"one statement {how} {which} of `{act.table}` and keeps them locked until the"
            " transaction ends",
            about=f"{act.verb} {act.table}",
        )


@rule(ActFacts, Severity.ERROR, of=(Change,))
def dml_tautology_where(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """An UPDATE or DELETE has a condition that is true of every row.

    It reads as if it were limited, and it is not: every row of the table is changed.

    Write the condition that is meant, or none if all rows are.

    Bad:
        DELETE FROM orders WHERE 1 = 1;
    Good:
        DELETE FROM orders WHERE state = 'cancelled' AND id < 1000;
    Reference:
        https://www.postgresql.org/docs/current/sql-delete.html
    """
    act = facts.act
    if not isinstance(act, Change) or not is_noticed(facts, act.table, settings):
        return
    if act.where is Where.TAUTOLOGY:
        yield said(
            facts,
            f"the condition is true of every row of `{act.table}`",
            about=f"{act.verb} {act.table}",
        )


@rule(ActFacts, Severity.WARNING, of=(Change,))
def delete_may_fail_on_references(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """Rows are deleted to which rows of another table may refer.

    The foreign key has no `ON DELETE`, so that one such row stops the deploy. Tests on small data
    rarely have one.

    Delete or move the rows that refer to them first, in the same migration.

    Bad:
        DELETE FROM orders WHERE state = 'void';
    Good:
        DELETE FROM items WHERE order_id IN (SELECT id FROM orders WHERE state = 'void');
        DELETE FROM orders WHERE state = 'void';
    Reference:
        https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK
    """
    others = [
        trouble.about[1]
        for trouble in facts.effect.troubles
        if trouble.cause is Cause.REFERRED_TO and is_noticed(facts, trouble.about[0], settings)
    ]
    if isinstance(facts.act, Change) and others:
        yield said(
            facts,
            f"this fails if a row of {named(others)} refers to a row of `{facts.act.table}` that"
            " goes",
            about=f"referred {facts.act.table}",
        )


@rule(ActFacts, Severity.ERROR, of=(Truncate,))
def truncate(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table in use is emptied.

    Its rows are gone for good, no down brings them back, and nobody can read it meanwhile.

    Delete what is meant by a condition, or leave it to a script that somebody runs on purpose.

    Bad:
        TRUNCATE items;
    Good:
        CREATE TABLE scratch (id bigint);
        TRUNCATE scratch;
    Reference:
        https://www.postgresql.org/docs/current/sql-truncate.html
    """
    act = facts.act
    if not isinstance(act, Truncate) or act.is_cascade:
        return
    if tables := [each for each in act.tables if is_noticed(facts, each, settings)]:
        about = f"truncate {' '.join(tables)}"
        yield said(facts, f"all rows of {named(tables)} are gone", about=about)


@rule(ActFacts, Severity.ERROR, of=(Truncate,))
def truncate_cascade(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table is emptied together with every table that refers to it.

    Nobody named those, and their rows are gone for good as well.

    Name the tables that are meant, and delete their rows by a condition.

    Bad:
        TRUNCATE users CASCADE;
    Good:
        DELETE FROM users WHERE id = 7;
    Reference:
        https://www.postgresql.org/docs/current/sql-truncate.html
    """
    act = facts.act
    if isinstance(act, Truncate) and act.is_cascade:
        tables = [each for each in act.tables if is_noticed(facts, each, settings)]
        others = [each for each in facts.effect.locks if each not in act.tables]
        if tables or others:
            also = f", and of {named(others)} with them" if others else " and whatever refers to it"
            yield said(
                facts,
                f"all rows of {named(act.tables)} are gone{also}",
                about=f"truncate {' '.join(act.tables)}",
            )


@rule(ActFacts, Severity.ERROR, of=(Drop,))
def drop_schema(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A schema is dropped, and everything in it.

    Tables, rows and functions of it are gone for good.

    Drop the objects that are meant by name, a release after the code stopped using them.

    Bad:
        DROP SCHEMA billing CASCADE;
    Good:
        CREATE SCHEMA billing;
    Reference:
        https://www.postgresql.org/docs/current/sql-dropschema.html
    """
    act = facts.act
    if isinstance(act, Drop) and act.kind is Kind.SCHEMA:
        yield said(
            facts,
            f"schema {named(act.names)} is gone with all that is in it",
            about=f"schema {' '.join(act.names)}",
        )


@rule(ActFacts, Severity.ERROR, of=(Drop,))
def drop_database(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A database is dropped.

    There is no way back but the last backup.

    Keep it out of migrations: it is done once, by a person.

    Bad:
        DROP DATABASE shop;
    Good:
        CREATE TABLE shops (id bigint);
    Reference:
        https://www.postgresql.org/docs/current/sql-dropdatabase.html
    """
    act = facts.act
    if isinstance(act, Drop) and act.kind is Kind.DATABASE:
        yield said(facts, f"database {named(act.names)} is gone", about=" ".join(act.names))


@rule(ActFacts, Severity.ERROR, of=(Drop,))
def drop_type_cascade(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A type is dropped together with every column that is of it.

    The columns are not named, and their data is gone.

    Change the columns to another type first, and drop the type without CASCADE.

    Bad:
        DROP TYPE mood CASCADE;
    Good:
        ALTER TABLE users ALTER COLUMN mood TYPE text;
        DROP TYPE mood;
    Reference:
        https://www.postgresql.org/docs/current/sql-droptype.html
    """
    act = facts.act
    if isinstance(act, Drop) and act.kind in (Kind.TYPE, Kind.DOMAIN) and act.is_cascade:
        lost = [each.full for each in facts.effect.losses if each.what is Loss.COLUMN]
        if lost:
            yield said(
                facts,
                f"{named(act.names)} takes {named(lost)} with it",
                about=f"type {' '.join(act.names)}",
            )


@rule(ActFacts, Severity.ERROR)
def drop_cascade(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A DROP with CASCADE takes objects with it that nobody named.

    Views that reports read, or foreign keys that kept the data whole, are gone without a word.

    Drop what depends on it by name, so that the change shows it.

    Bad:
        ALTER TABLE orders DROP COLUMN total CASCADE;
    Good:
        DROP TABLE scratch CASCADE;
    Reference:
        https://www.postgresql.org/docs/current/ddl-depend.html
    """
    if isinstance(facts.act, Drop) and facts.act.kind in (Kind.TYPE, Kind.DOMAIN, Kind.SCHEMA):
        return
    lost = [
        each.full
        for each in facts.effect.losses
        if each.is_cascade and each.what not in (Loss.INDEX, Loss.SEQUENCE)
    ]
    if lost:
        yield said(facts, f"CASCADE takes {named(lost)} too", about=f"cascade {' '.join(lost)}")


@rule(ActFacts, Severity.ERROR, of=(Drop,))
def drop_owned(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Everything that a role owns is dropped, and none of it is named.

    What that is depends on the server: in production the migrating role mostly owns the whole
    schema.

    Name what is to go, or give it away first with `REASSIGN OWNED BY`.

    Bad:
        DROP OWNED BY intern;
    Good:
        REASSIGN OWNED BY intern TO product;
    Reference:
        https://www.postgresql.org/docs/current/sql-drop-owned.html
    """
    act = facts.act
    names = act.names if isinstance(act, Drop) and act.kind is Kind.OTHER else ()
    if owned := [name for name in names if name.startswith(ALL_OWNED)]:
        yield said(facts, f"this drops {' and '.join(owned)}", about=" ".join(owned))


@rule(ActFacts, Severity.WARNING, of=(SetTriggers,))
def disable_trigger(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Triggers of a table are switched off.

    With `ALL` foreign keys are no longer checked either; until they are on again whatever is
    written meanwhile goes unnoticed, by the product's own writes too.

    Use `session_replication_role` in one session of its own, or mend the rows by hand.

    Bad:
        ALTER TABLE orders DISABLE TRIGGER ALL;
    Good:
        ALTER TABLE orders ENABLE TRIGGER ALL;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html
    """
    act = facts.act
    if not isinstance(act, SetTriggers) or act.is_enabled:
        return
    if is_noticed(facts, act.table, settings):
        yield said(
            facts,
            f"triggers of `{act.table}` are off, for every writer",
            about=f"triggers {act.table} {act.name}",
        )


@rule(ActFacts, Severity.ERROR)
def enum_value_used_in_same_transaction(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A label of an enum is used in the transaction that adds it, which PostgreSQL refuses.

    The deploy stops with "unsafe use of new value".

    Add the label in one migration and use it in the next.

    Bad:
        ALTER TYPE mood ADD VALUE 'calm';
        UPDATE users SET mood = 'calm' WHERE id = 7;
    Good:
        ALTER TYPE mood ADD VALUE 'calm';
    Reference:
        https://www.postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES
    """
    for trouble in facts.effect.troubles:
        if trouble.cause is Cause.NEW_ENUM_VALUE:
            yield said(
                facts,
                f"the new label {named(trouble.about)} cannot be used before this transaction ends",
                about=f"label {' '.join(trouble.about)}",
            )


@rule(ActFacts, Severity.NOTE, of=(AddEnumValue,))
def enum_add_value_irreversible(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A label is added to an enum, which no down can take away.

    After a rollback rows with the new label may be there, which the old release does not know.

    Leave the label on a rollback, and let the code bear labels that it does not know.

    Bad:
        ALTER TYPE mood ADD VALUE 'calm';
    Good:
        CREATE TYPE weather AS ENUM ('sun', 'rain');
    Reference:
        https://www.postgresql.org/docs/current/datatype-enum.html
    """
    act = facts.act
    if settings.notes and isinstance(act, AddEnumValue):
        yield said(
            facts,
            f"{act.value!r} cannot be taken from `{act.type}` again",
            about=f"label {act.value}",
        )


@rule(ActFacts, Severity.ERROR, of=(Change,))
def duplicate_column_assignment(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """An UPDATE or INSERT sets the same column twice, which PostgreSQL refuses.

    The deploy stops there.

    Set it once.

    Bad:
        UPDATE users SET name = 'a', name = 'b' WHERE id = 1;
    Good:
        UPDATE users SET name = 'a', age = 1 WHERE id = 1;
    Reference:
        https://www.postgresql.org/docs/current/sql-update.html
    """
    act = facts.act
    if isinstance(act, Change) and act.repeats:
        yield said(facts, f"{named(act.repeats)} is set twice", about=f"twice {act.table}")


RULES = (
    dml_without_where,
    dml_tautology_where,
    delete_may_fail_on_references,
    truncate,
    truncate_cascade,
    drop_schema,
    drop_database,
    drop_type_cascade,
    drop_cascade,
    drop_owned,
    disable_trigger,
    enum_value_used_in_same_transaction,
    enum_add_value_irreversible,
    duplicate_column_assignment,
)
