"""Rules on MySQL, MariaDB and SQLite."""

from collections.abc import Iterator

from launchready.facts.acts import (
    AddColumn,
    AlterOther,
    AlterType,
    CreateIndex,
    Drop,
    Kind,
)
from launchready.facts.migrations import ActFacts, MigrationFacts
from launchready.facts.schema import Engine
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import is_noticed, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings

_MYSQL = (Engine.MYSQL, Engine.MARIADB)
_IN_PLACE = (
    "Run it with gh-ost or pt-online-schema-change, which copy the table in use, or find"
    " a form that the server does with `ALGORITHM=INSTANT`."
)


def _copied(facts: ActFacts, settings: MigrationCheckSettings) -> list[str]:
    """Tables in use whose writers wait until InnoDB has done the work."""
    if facts.server.engine not in _MYSQL:
        return []
    work = {*facts.effect.rewrites, *facts.effect.builds}
    return [
        table
        for table, lock in facts.effect.locks.items()
        if table in work and lock.blocks_writes and is_noticed(facts, table, settings)
    ]


@rule(ActFacts, Severity.ERROR)
def mysql_copy_algorithm(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table is copied for a change, and every write to it waits until that is done.

    Sign-ups and orders time out for as long as the copy takes, and the server needs the room twice.

    Run it with gh-ost or pt-online-schema-change, or find a form that is `ALGORITHM=INSTANT`.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY, `age` int) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` MODIFY COLUMN `age` bigint;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY, `age` int) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` ADD COLUMN `height` int;
    Reference:
        https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html
    """
    if isinstance(facts.act, CreateIndex) or _is_charset(facts) or _is_list(facts):
        return
    for table in _copied(facts, settings):
        why = f": {facts.effect.why}" if facts.effect.why else ""
        yield said(
            facts,
            f"`{table}` is copied ({facts.effect.algorithm}) while writes to it wait{why}",
            about=f"copy {table} {type(facts.act).__name__}",
            fix=_IN_PLACE,
        )


@rule(ActFacts, Severity.ERROR, of=(AlterOther,))
def mysql_charset_convert(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table's text is converted to another character set, for which the table is copied.

    Every write to it waits until that is done.

    Run it with gh-ost or pt-online-schema-change.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY, `name` varchar(50)) CHARSET=latin1;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` CONVERT TO CHARACTER SET utf8mb4;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY, `name` varchar(50)) CHARSET=latin1;
        === new
        --- migrations/0002_b.up.sql
        CREATE TABLE `notes` (`id` bigint PRIMARY KEY) CHARSET=utf8mb4;
    Reference:
        https://dev.mysql.com/doc/refman/8.0/en/charset-conversion.html
    """
    if _is_charset(facts):
        for table in _copied(facts, settings):
            yield said(
                facts,
                f"`{table}` is copied into another character set while writes to it wait",
                about=f"charset {table}",
                fix=_IN_PLACE,
            )


@rule(ActFacts, Severity.ERROR, of=(AlterType,))
def enum_reorder(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """The labels of an ENUM are put in another order, or one is put between others.

    MySQL keeps their numbers in the rows: the table is copied while every write to it waits.

    Append new labels at the end, which touches no row.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY, `mood` enum('a','b')) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` MODIFY COLUMN `mood` enum('b','a');
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY, `mood` enum('a','b')) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` MODIFY COLUMN `mood` enum('a','b','c');
    Reference:
        https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html
    """
    if _is_list(facts):
        for table in _copied(facts, settings):
            yield said(
                facts,
                f"`{table}` is copied for the new order of labels while writes to it wait",
                about=f"enum {table}",
            )


@rule(ActFacts, Severity.WARNING, of=(CreateIndex,))
def mysql_fulltext_blocks(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A FULLTEXT or SPATIAL index is built, and writes to the table wait for it.

    Other indexes are built while the table is in use; these are not.

    Build it in a maintenance window, or with gh-ost.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE `notes` (`id` bigint PRIMARY KEY, `body` text) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        CREATE FULLTEXT INDEX `notes_body` ON `notes` (`body`);
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE `notes` (`id` bigint PRIMARY KEY, `title` varchar(50)) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        CREATE INDEX `notes_title` ON `notes` (`title`);
    Reference:
        https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html
    """
    if isinstance(facts.act, CreateIndex):
        for table in _copied(facts, settings):
            yield said(
                facts,
                f"writes to `{table}` wait until the {facts.act.method} index is built",
                about=f"index {facts.act.name}",
            )


@rule(ActFacts, Severity.WARNING, of=(AddColumn,))
def mysql_implicit_column_value(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A new column must have a value and has no default: MySQL fills one in by itself.

    The rows that are there get 0 or an empty text, which nobody chose.

    Give it a default that means something, or let it be NULL.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` ADD COLUMN `plan` varchar(10) NOT NULL;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` ADD COLUMN `plan` varchar(10) NOT NULL DEFAULT 'free';
    Reference:
        https://dev.mysql.com/doc/refman/8.0/en/data-type-defaults.html#data-types-defaults-implicit
    """
    act = facts.act
    if facts.server.engine not in _MYSQL or not isinstance(act, AddColumn):
        return
    column = act.column
    has_value = column.default or column.is_auto or column.generated
    if column.is_not_null and not has_value and is_noticed(facts, act.table, settings):
        yield said(
            facts,
            f"rows of `{act.table}` get an empty `{column.name}` that nobody chose, and INSERTs of"
            " the running release fail in strict mode",
            about=f"column {act.table}.{column.name}",
        )


@rule(MigrationFacts, Severity.NOTE)
def ddl_not_transactional(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A migration changes several tables in MySQL, where each change is committed at once.

    If the second one fails the first one stays, and the migration can neither go on nor run again.

    Make one change per migration.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` ADD COLUMN `a` int;
        ALTER TABLE `users` ADD COLUMN `b` int;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE `users` (`id` bigint PRIMARY KEY) ENGINE=InnoDB;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE `users` ADD COLUMN `a` int, ADD COLUMN `b` int;
    Reference:
        https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html
    """
    if facts.history.engine not in _MYSQL or not settings.notes:
        return
    seen: dict[int, ActFacts] = {}
    for each in facts.acts:
        if each.effect.locks and any(is_noticed(each, t, settings) for t in each.effect.locks):
            seen.setdefault(id(each.statement), each)
    if len(seen) > 1:
        second = list(seen.values())[1]
        yield said(second, "if this fails, what is before it stays done", about="half done")


@rule(ActFacts, Severity.ERROR, of=(Drop,))
def sqlite_table_rebuild(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table is dropped to be replaced while foreign keys are on, and rows of others go with it.

    SQLite deletes every row of a table before it drops it, so ON DELETE CASCADE empties the tables
    that refer to it. `PRAGMA foreign_keys=OFF` inside a transaction has no effect.

    Switch foreign keys off before the transaction begins, and on again after it.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
        CREATE TABLE orders (id INTEGER PRIMARY KEY,
          user_id INTEGER REFERENCES users (id) ON DELETE CASCADE);
        === new
        --- migrations/0002_b.up.sql
        CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        INSERT INTO new_users SELECT id, name FROM users;
        DROP TABLE users;
        ALTER TABLE new_users RENAME TO users;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE users ADD COLUMN age INTEGER;
    Reference:
        https://www.sqlite.org/lang_altertable.html#otheralter
        https://www.sqlite.org/foreignkeys.html#fk_schemacommands
    """
    act = facts.act
    is_drop = isinstance(act, Drop) and act.kind is Kind.TABLE
    if facts.server.engine is Engine.SQLITE and is_drop and facts.effect.changes:
        yield said(
            facts,
            f"rows of {named(facts.effect.changes)} are deleted with it: foreign keys are on",
            about=f"rebuild {' '.join(facts.effect.changes)}",
        )


def _is_charset(facts: ActFacts) -> bool:
    act = facts.act
    return isinstance(act, AlterOther) and "CHARACTER SET" in act.what.upper()


def _is_list(facts: ActFacts) -> bool:
    act = facts.act
    return isinstance(act, AlterType) and act.type.name.lower() in ("enum", "set")


RULES = (
    mysql_copy_algorithm,
    mysql_charset_convert,
    enum_reorder,
    mysql_fulltext_blocks,
    mysql_implicit_column_value,
    ddl_not_transactional,
    sqlite_table_rebuild,
)
