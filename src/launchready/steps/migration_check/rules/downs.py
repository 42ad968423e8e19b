"""Rules on the way back: a migration that cannot be undone, or that only seems to be."""

from collections.abc import Iterator

from launchready.facts.acts import (
    Act,
    AddEnumValue,
    Change,
    Do,
    LockTable,
    Maintain,
    Other,
    Privileges,
    RefreshView,
    Select,
    SetVariable,
    Transaction,
    Unread,
    ValidateConstraint,
)
from launchready.facts.migrations import History, Migration, MigrationFacts, Opaque, Script
from launchready.model import FileLocation, Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.rules.migrations import place_of, title_of
from launchready.steps.migration_check.settings import MigrationCheckSettings

_NO_SHAPE = (
    AddEnumValue,  # PostgreSQL cannot take a label away
    Change,
    Do,
    LockTable,
    Maintain,
    Other,
    Privileges,
    RefreshView,
    Select,
    SetVariable,
    Transaction,
    Unread,
    ValidateConstraint,
)
"""Acts after which a down has nothing to put back."""


@rule(MigrationFacts, Severity.WARNING)
def missing_down(facts: MigrationFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration has no down, in a project that writes downs.

    When the release must be taken back, the schema cannot be: `down`, `rollback` and `undo` stop
    here, or pass it over and leave the database between two releases.

    Write the down; where there is none, because rows are gone for good, say so in the migration
    (raise an error with the reason), so that nobody counts on it.

    Bad:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- db/migrations/0001_users.down.sql
        DROP TABLE users;
        === new
        --- db/migrations/0002_email.up.sql
        ALTER TABLE users ADD COLUMN email text;
    Good:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- db/migrations/0001_users.down.sql
        DROP TABLE users;
        === new
        --- db/migrations/0002_email.up.sql
        ALTER TABLE users ADD COLUMN email text;
        --- db/migrations/0002_email.down.sql
        ALTER TABLE users DROP COLUMN email;
    Reference:
        https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md#reversibility-of-migrations
    """
    if not _moves_rows_only(facts) and (words := _no_way_back(facts)):
        yield _finding(facts, words)


@rule(MigrationFacts, Severity.NOTE)
def data_without_down(facts: MigrationFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration that only moves rows has no down.

    The schema stays as it is, so a release that is taken back runs on it without any down. The
    tool stops here all the same when it is to undo this migration or one before it.

    Write a down that does nothing, where the rows may stay as they are.

    Bad:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY, name text);
        --- db/migrations/0001_users.down.sql
        DROP TABLE users;
        === new
        --- db/migrations/0002_names.up.sql
        UPDATE users SET name = '' WHERE name IS NULL;
    Good:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY, name text);
        --- db/migrations/0001_users.down.sql
        DROP TABLE users;
        === new
        --- db/migrations/0002_names.up.sql
        UPDATE users SET name = '' WHERE name IS NULL;
        --- db/migrations/0002_names.down.sql
        -- the rows may stay as they are
    Reference:
        https://docs.djangoproject.com/en/stable/ref/migration-operations/#runpython
    """
    if _moves_rows_only(facts) and (words := _no_way_back(facts)):
        yield _finding(facts, words)


def _moves_rows_only(facts: MigrationFacts) -> bool:
    """Whether it is there to change rows, and nothing in it changes the schema."""
    opaque = [each for each in facts.migration.up.items if isinstance(each, Opaque)]
    return all(each.changes_rows for each in opaque) and not any(
        _has_shape(each.act) for each in facts.acts
    )


def _no_way_back(facts: MigrationFacts) -> str:
    """What is said of a migration that cannot be undone; nothing of others."""
    migration, history = facts.migration, facts.history
    if not history.has_downs or migration.is_repeatable or not migration.up.items:
        return ""
    if migration.down is None:
        habit = _has_the_habit(history, migration)
        return f"{title_of(migration)} has no down" if habit else ""
    if _cannot_be_run(migration.down):
        return f"{title_of(migration)} cannot be undone{_why(migration)}"
    return ""


def _cannot_be_run(down: Script) -> bool:
    """Whether it fails without anybody having said that it shall."""
    return down.is_irreversible and not down.is_written


def _has_the_habit(history: History, migration: Migration) -> bool:
    """Whether the other migrations of a project have downs that somebody wrote."""
    others = len(history.migrations) - 1
    own = migration.down is not None and migration.down.is_written
    written = history.written_downs - own
    return written > 0 and 2 * written >= others


def _why(migration: Migration) -> str:
    reason = migration.down.reason if migration.down else ""
    return f": {reason}" if reason else ""


@rule(MigrationFacts, Severity.WARNING)
def empty_down(facts: MigrationFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration changes the schema, and its down does nothing.

    The tool reports success and takes the migration off its list, and the schema stays as it is:
    the next run of the migration fails on what is there already.

    Write what takes it back; where nothing can, let the down fail with the reason.

    Bad:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- db/migrations/0001_users.down.sql
        DROP TABLE users;
        === new
        --- db/migrations/0002_email.up.sql
        ALTER TABLE users ADD COLUMN email text;
        --- db/migrations/0002_email.down.sql
        -- nothing to do
    Good:
        --- db/migrations/0001_users.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- db/migrations/0001_users.down.sql
        DROP TABLE users;
        === new
        --- db/migrations/0002_email.up.sql
        ALTER TABLE users ADD COLUMN email text;
        --- db/migrations/0002_email.down.sql
        ALTER TABLE users DROP COLUMN email;
    Reference:
        https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md#reversibility-of-migrations
    """
    down = facts.migration.down
    if down is None or down.items or down.problem or down.reason:
        return
    if not down.is_written or down.is_irreversible or facts.migration.is_repeatable:
        return
    if any(_has_shape(each.act) for each in facts.acts):
        yield _finding(
            facts,
            f"the down of {title_of(facts.migration)} does nothing",
            down.location,
        )


def _has_shape(act: Act) -> bool:
    return not isinstance(act, _NO_SHAPE)


def _finding(facts: MigrationFacts, message: str, place: FileLocation | None = None) -> Finding:
    migration = facts.migration
    return Finding(
        message=message,
        location=place or place_of(migration),
        identity=f"{facts.history.folder} {migration.version}",
    )


RULES = (missing_down, data_without_down, empty_down)
