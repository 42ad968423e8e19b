"""Rules on transactions: what cannot run in one, and what is done while a lock is held."""

from collections.abc import Iterator, Sequence

from launchready.facts.acts import Act, Change, CreateIndex, Transaction, TransactionVerb
from launchready.facts.catalogue import Cause
from launchready.facts.migrations import ActFacts, Migration, MigrationFacts, OpaqueFacts, Wrapping
from launchready.facts.schema import Engine
from launchready.model import Finding, Related, Severity
from launchready.regex import Regex
from launchready.step import rule
from launchready.steps.migration_check.advice import dropped_first
from launchready.steps.migration_check.advice.words import OUTSIDE
from launchready.steps.migration_check.saying import (
    is_noticed,
    named,
    said,
)
from launchready.steps.migration_check.settings import MigrationCheckSettings

_BEGINS = TransactionVerb.BEGIN
_ENDS = (TransactionVerb.COMMIT, TransactionVerb.ROLLBACK)
_FILLS = "AlterField"
_ALONE = Regex(r"^\s*(?:VACUUM|(?:CREATE|DROP|REINDEX)\b[^;]*?\bCONCURRENTLY\b)", 2)
"""How a statement looks that PostgreSQL refuses inside a transaction."""
_OFF = frozenset({"0", "0s", "0ms", "off"})


@rule(ActFacts, Severity.ERROR)
def concurrently_in_transaction(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A statement that cannot run inside a transaction stands where the tool opens one.

    PostgreSQL refuses it, and the deploy stops. Several statements that are sent as one string are
    a transaction as well.

    Put it in a migration of its own, outside of a transaction, as the tool has it.

    Bad:
        BEGIN;
        CREATE INDEX CONCURRENTLY users_name ON users (name);
        COMMIT;
    Good:
        CREATE INDEX CONCURRENTLY users_name ON users (name);
    Reference:
        https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
        https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT
    """
    for trouble in facts.effect.troubles:
        if trouble.cause is Cause.TRANSACTION_BLOCK:
            wrapping = facts.migration.up.wrapping
            who = wrapping.value if facts.session.is_wrapped else "a transaction that is open here"
            yield said(
                facts,
                f"PostgreSQL refuses this inside a transaction, and there is {who}"
                if wrapping is not Wrapping.STRING
                else "PostgreSQL refuses this beside other statements: the file is sent as one"
                " string, which is one transaction",
                about=f"transaction {' '.join(trouble.about)}",
                fix=f"Put it {OUTSIDE[facts.history.framework]}.",
            )


@rule(ActFacts, Severity.ERROR, of=(Change,))
def backfill_in_ddl_transaction(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """Rows are changed in the transaction that still holds the lock of an ALTER TABLE.

    The ALTER alone would be brief; now nobody can read or write the table until the last row is
    changed and the transaction ends.

    Change the rows in a migration of their own, in batches.

    Bad:
        BEGIN;
        ALTER TABLE users ADD COLUMN full_name text;
        UPDATE users SET full_name = name;
        COMMIT;
    Good:
        ALTER TABLE users ADD COLUMN full_name text;
    Reference:
        https://www.postgresql.org/docs/current/explicit-locking.html
    """
    act = facts.act
    if not isinstance(act, Change) or act.is_bounded or act.is_of_values:
        return
    if facts.statement.operation == _FILLS and not facts.statement.is_written:
        return  # Django fills what is NULL before SET NOT NULL, and set-not-null tells of that
    held = facts.session.held.get(act.table)
    if _goes_on(act, facts.session.earlier):
        return
    if held is not None and held.blocks_writes and is_noticed(facts, act.table, settings):
        since = facts.session.since.get(act.table)
        yield said(
            facts,
            f"this transaction still holds {held.label} on `{act.table}`: {held.stops} stop until"
            " the rows are changed and it ends",
            about=f"{act.verb} {act.table}",
            related=(Related(message="the lock is taken here", location=since),) if since else (),
        )


def _goes_on(act: Change, earlier: Sequence[Act]) -> bool:
    """Whether rows of the same table were changed right before, under the same lock: told once."""
    for each in reversed(tuple(earlier)):
        if getattr(each, "table", "") == act.table:
            return isinstance(each, Change) and not (each.is_bounded or each.is_of_values)
    return False


@rule(OpaqueFacts, Severity.ERROR)
def code_backfill_in_ddl_transaction(
    facts: OpaqueFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """Code changes rows in the transaction that still holds the lock of an ALTER TABLE.

    A loop over thousands of rows takes seconds to minutes, and nobody can read or write the table
    until it is done: a rehearsal of 3,000 rows stopped readers for seven seconds.

    Put the code into a migration of its own, after the one that changes the table.

    Bad:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("User", [("id", models.BigAutoField(primary_key=True))]),
            ]
        === new
        --- shop/migrations/0002_name.py
        from django.db import migrations, models

        def fill(apps, schema_editor):
            for user in apps.get_model("shop", "User").objects.all():
                user.name = "x"
                user.save()

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [
                migrations.AddField("User", "name", models.TextField(null=True)),
                migrations.RunPython(fill, migrations.RunPython.noop),
            ]
    Good:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("User", [("id", models.BigAutoField(primary_key=True))]),
            ]
        === new
        --- shop/migrations/0002_name.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [migrations.AddField("User", "name", models.TextField(null=True))]
    Reference:
        https://docs.djangoproject.com/en/stable/howto/writing-migrations/#non-atomic-migrations
    """
    if not facts.opaque.changes_rows or facts.opaque.is_outside:
        return
    held = {
        table: lock
        for table, lock in facts.session.held.items()
        if lock.blocks_writes and table not in settings.small
    }
    if held:
        strongest = max(held.values())
        yield Finding(
            message=f"{facts.opaque.what} changes rows while this transaction still holds"
            f" {strongest.label} on {named(held)}: {strongest.stops} stop until it is done",
            location=facts.opaque.place,
            identity=f"{facts.history.folder} {facts.migration.version} code",
        )


@rule(ActFacts, Severity.WARNING, of=(Transaction,))
def transaction_nesting(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration ends the transaction that the tool opened around it, or begins or ends one where
    PostgreSQL does nothing but warn.

    What follows runs on its own, and a failure there leaves the migration half applied and not
    recorded, or recorded and half applied. A COMMIT that makes room for a statement which cannot
    run in a transaction is not told of.

    Take `BEGIN` and `COMMIT` out, or tell the tool to open no transaction.

    Bad:
        --- db/migrations/20260101000000_a.sql
        -- migrate:up
        CREATE TABLE users (id bigint PRIMARY KEY);
        -- migrate:down
        DROP TABLE users;
        === new
        --- db/migrations/20260102000000_b.sql
        -- migrate:up
        BEGIN;
        ALTER TABLE users ADD COLUMN a text;
        COMMIT;
        -- migrate:down
        ALTER TABLE users DROP COLUMN a;
    Good:
        --- db/migrations/20260101000000_a.sql
        -- migrate:up
        CREATE TABLE users (id bigint PRIMARY KEY);
        -- migrate:down
        DROP TABLE users;
        === new
        --- db/migrations/20260102000000_b.sql
        -- migrate:up
        ALTER TABLE users ADD COLUMN a text;
        -- migrate:down
        ALTER TABLE users DROP COLUMN a;
    Reference:
        https://www.postgresql.org/docs/current/sql-begin.html
    """
    act = facts.act
    if not isinstance(act, Transaction) or act.verb not in (_BEGINS, *_ENDS):
        return
    session, is_postgresql = facts.session, facts.server.engine is Engine.POSTGRESQL
    is_idle = session.is_explicit if act.verb is _BEGINS else not session.is_in_transaction
    is_block = all(each is not act for each in facts.beside)  # a COMMIT inside of DO or CALL
    if is_idle and is_postgresql and not is_block:
        state = "one is open" if act.verb is _BEGINS else "none is open"
        yield said(facts, f"{act.verb} does nothing here, since {state}", about=f"idle {act.verb}")
    elif act.verb in _ENDS and session.is_wrapped and not _is_meant(facts):
        yield said(
            facts,
            f"{act.verb} ends the transaction that {facts.history.framework} opened",
            about=f"{act.verb}",
        )


def _is_meant(facts: ActFacts) -> bool:
    """Whether a COMMIT makes room for what cannot run in a transaction, or is no tool's."""
    if facts.migration.up.wrapping not in (Wrapping.FILE, Wrapping.ALL):
        return True
    at = facts.place.line or 0
    return any(
        _ALONE.search(each.sql) and (each.place.line or 0) > at
        for each in facts.migration.up.statements
    )


@rule(MigrationFacts, Severity.ERROR)
def uncommitted_transaction(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A migration begins a transaction and does not end it.

    When the connection closes everything is taken back, and the tool may have recorded it as done.

    End it with `COMMIT`.

    Bad:
        BEGIN;
        ALTER TABLE users ADD COLUMN a text;
    Good:
        BEGIN;
        ALTER TABLE users ADD COLUMN a text;
        COMMIT;
    Reference:
        https://www.postgresql.org/docs/current/sql-begin.html
    """
    began: ActFacts | None = None
    for each in facts.acts:
        match each.act:
            case Transaction(verb=TransactionVerb.BEGIN) if not each.session.is_in_transaction:
                began = each
            case Transaction(verb=TransactionVerb.COMMIT | TransactionVerb.ROLLBACK):
                began = None
    if began:
        yield said(began, "this transaction is never committed", about="uncommitted")


@rule(ActFacts, Severity.WARNING, of=(CreateIndex,))
def index_left_invalid(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """An index is built concurrently only if none of that name is there, even a broken one.

    A build that failed leaves an INVALID index behind. The next try skips it, the migration is
    recorded as done, and queries never use the index.

    Drop it first with `DROP INDEX CONCURRENTLY IF EXISTS`, then create it without IF NOT EXISTS.

    Bad:
        CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_name ON users (name);
    Good:
        DROP INDEX CONCURRENTLY IF EXISTS users_name;
        CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_name ON users (name);
    Reference:
        https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
    """
    act = facts.act
    if not isinstance(act, CreateIndex) or not (act.is_concurrent and act.is_if_not_exists):
        return
    if is_noticed(facts, act.table, settings) and not _is_dropped_before(facts.migration, act):
        yield said(
            facts,
            f"if a build of `{act.name}` failed before, this skips the invalid index it left",
            about=f"invalid {act.name}",
            fix=f"Write {dropped_first(facts, act.name)} before it.",
        )


def _is_dropped_before(migration: Migration, act: CreateIndex) -> bool:
    return any(
        "drop index" in each.sql.lower() and act.name.lower() in each.sql.lower()
        for each in migration.up.statements
    )


RULES = (
    concurrently_in_transaction,
    backfill_in_ddl_transaction,
    code_backfill_in_ddl_transaction,
    transaction_nesting,
    uncommitted_transaction,
    index_left_invalid,
)
