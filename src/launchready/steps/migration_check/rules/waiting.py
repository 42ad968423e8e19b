"""Rules on waiting for locks: many of them, without a limit, or for ever."""

from collections.abc import Iterator

from launchready.facts.acts import SetVariable
from launchready.facts.catalogue import Lock
from launchready.facts.migrations import ActFacts, MigrationFacts
from launchready.facts.schema import Engine
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.advice import waiting_briefly
from launchready.steps.migration_check.saying import (
    blocking,
    gives_up,
    is_off,
    named,
    said,
)
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(MigrationFacts, Severity.NOTE)
def many_exclusive_locks_in_one_transaction(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """One transaction holds locks on several tables in use that keep readers out of each.

    The product's own transactions use the same tables in another order: each waits for the other,
    and PostgreSQL kills one of them (40P01), the migration or a customer's request.

    Change one table per migration, or set a short `lock_timeout` so that it gives up first.

    Bad:
        BEGIN;
        ALTER TABLE users ADD COLUMN a text;
        ALTER TABLE orders ADD COLUMN a text;
        ALTER TABLE items ADD COLUMN a text;
        COMMIT;
    Good:
        ALTER TABLE users ADD COLUMN a text;
    Reference:
        https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS
    """
    held: dict[str, Lock] = {}
    for each in facts.acts:
        if not each.session.is_in_transaction:
            continue
        if not each.session.held:
            held = {}
        new = set(blocking(each, settings, Lock.ACCESS_EXCLUSIVE)) - held.keys()
        tables = {table for table in new if _is_table(each, table)}
        was = len(held)
        held.update(dict.fromkeys(tables, Lock.ACCESS_EXCLUSIVE))
        if was < _MANY <= len(held) and not gives_up(each):
            yield said(
                each,
                f"this transaction now holds ACCESS EXCLUSIVE on {named(sorted(held))}: it and the"
                " product's own transactions can wait for each other",
                about="many locks",
            )
            return


_MANY = 3


def _is_table(facts: ActFacts, name: str) -> bool:
    tables = facts.before.tables
    return name in tables and not any(name in table.indexes for table in tables.values())


@rule(MigrationFacts, Severity.NOTE)
def lock_timeout_missing(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A lock is waited for without a limit, and nothing says that one is set elsewhere.

    While the migration waits for one long query, every query that comes after it waits behind: a
    table that is locked for a millisecond is out of reach for as long as that query runs.

    Set `lock_timeout` for the role or connection that runs migrations and name it in
    launchready.yml (`lock-timeout: 5s`), or begin the migration with `SET lock_timeout = '5s';`.

    Bad:
        ALTER TABLE users ADD COLUMN full_name text;
    Good:
        SET lock_timeout = '5s';
        ALTER TABLE users ADD COLUMN full_name text;
    Reference:
        https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT
    """
    if facts.history.engine is not Engine.POSTGRESQL or not settings.notes:
        return
    for each in facts.acts:
        tables = blocking(each, settings, Lock.SHARE_ROW_EXCLUSIVE)
        if tables and each.session.lock_timeout is None:
            yield said(
                each,
                f"the lock on {named(tables)} is waited for without a limit, and every later query"
                " on it waits behind",
                about="lock timeout",
                fix=waiting_briefly(each),
            )
            return


@rule(MigrationFacts, Severity.NOTE)
def statement_timeout_missing(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A statement that reads or writes a whole table may run for ever.

    Nobody ends it before the customers notice.

    Set `statement_timeout` for the role that runs migrations and name it in launchready.yml.

    Bad:
        ALTER TABLE users ALTER COLUMN age TYPE bigint;
    Good:
        SET statement_timeout = '15min';
        ALTER TABLE users ALTER COLUMN age TYPE bigint;
    Reference:
        https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT
    """
    if facts.history.engine is not Engine.POSTGRESQL or not settings.notes:
        return
    for each in facts.acts:
        is_endless = not each.effect.is_brief and each.session.statement_timeout is None
        if is_endless and blocking(each, settings, Lock.SHARE):
            yield said(each, "nothing ends this if it takes hours", about="statement timeout")
            return


@rule(ActFacts, Severity.WARNING, of=(SetVariable,))
def timeout_disabled(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration switches the limit on waiting for a lock off.

    It overrules whatever is set for the role, and waits, with every later query behind it, for as
    long as the longest query runs.

    Set a short one, such as `5s`, and let the migration be tried again.

    Bad:
        SET lock_timeout = 0;
    Good:
        SET lock_timeout = '5s';
    Reference:
        https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT
    """
    act = facts.act
    if not isinstance(act, SetVariable) or act.name.lower() != "lock_timeout":
        return
    if act.value is not None and is_off(act.value):
        yield said(facts, "locks are waited for without a limit from here", about="timeout off")


RULES = (
    many_exclusive_locks_in_one_transaction,
    lock_timeout_missing,
    statement_timeout_missing,
    timeout_disabled,
)
