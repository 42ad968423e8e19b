"""Rules on what a migration takes from the release that is running, and from a rollback to it."""

from collections.abc import Iterator

from launchready.facts.acts import Drop, DropColumn, Kind, Rename, SetSchema
from launchready.facts.catalogue import Loss
from launchready.facts.migrations import ActFacts
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import is_noticed, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings

_MOST_PLACES = 3
_LATER = (
    "Ship a release that no longer uses it, wait until nobody would roll back further than that"
    " one, and drop it in a migration after it."
)
_BESIDE = (
    "Add the new one beside it, write both from the code, move the rows over, and drop the old one"
    " a release later."
)


@rule(ActFacts, Severity.ERROR, of=(DropColumn,))
def drop_column(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column is dropped that the release now running still uses.

    Between the migration and the end of the deploy every query that names the column fails, and a
    rollback brings back code that cannot run. The data is gone.

    Ship a release that no longer uses it, wait until nobody would roll back further than that one,
    and drop it in a migration after it.

    Bad:
        ALTER TABLE users DROP COLUMN nickname;
    Good:
        ALTER TABLE users ALTER COLUMN name DROP NOT NULL;
    Reference:
        https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-REMOVING-A-COLUMN
        https://martinfowler.com/bliki/ParallelChange.html
    """
    if isinstance(facts.act, DropColumn):
        yield from _gone(facts, Loss.COLUMN, "column", is_read=True)


@rule(ActFacts, Severity.WARNING, of=(DropColumn,))
def drop_unread_column(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column is dropped that the code of the running release does not name.

    The release runs on, but the data cannot be brought back, and releases before it cannot run.

    Drop it if no report, export or other service reads it, and if a copy is kept.

    Bad:
        --- migrations/0001.sql
        CREATE TABLE users (id bigint PRIMARY KEY, nickname text);
        --- src/users.ts
        export const all = () => sql`SELECT id FROM users`;
        === new
        --- migrations/0002.sql
        ALTER TABLE users DROP COLUMN nickname;
    Good:
        --- migrations/0001.sql
        CREATE TABLE users (id bigint PRIMARY KEY, nickname text);
        --- src/users.ts
        export const all = () => sql`SELECT id, nickname FROM users`;
        === new
        --- migrations/0002.sql
        ALTER TABLE users DROP COLUMN nickname;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    if isinstance(facts.act, DropColumn):
        yield from _gone(facts, Loss.COLUMN, "column", is_read=False)


@rule(ActFacts, Severity.ERROR, of=(Drop,))
def drop_table(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table is dropped that the release now running still uses.

    Every query on it fails from that moment, a rollback brings back code that cannot run, and the
    rows are gone.

    Ship a release that no longer uses it, rename the table out of the way for a while, and drop it
    a release later.

    Bad:
        DROP TABLE items;
    Good:
        CREATE TABLE scratch (id bigint);
        DROP TABLE scratch;
    Reference:
        https://www.postgresql.org/docs/current/sql-droptable.html
    """
    if isinstance(facts.act, Drop) and facts.act.kind is Kind.TABLE:
        yield from _gone(facts, Loss.TABLE, "table", is_read=True)


@rule(ActFacts, Severity.WARNING, of=(Drop,))
def drop_unread_table(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table is dropped that the code of the running release does not name.

    The release runs on, but the rows cannot be brought back.

    Drop it if no report, export or other service reads it, and if a copy is kept.

    Bad:
        --- migrations/0001.sql
        CREATE TABLE drafts (id bigint PRIMARY KEY);
        --- src/users.ts
        export const all = () => sql`SELECT id FROM users`;
        === new
        --- migrations/0002.sql
        DROP TABLE drafts;
    Good:
        --- migrations/0001.sql
        CREATE TABLE drafts (id bigint PRIMARY KEY);
        --- src/drafts.ts
        export const all = () => sql`SELECT id FROM drafts`;
        === new
        --- migrations/0002.sql
        DROP TABLE drafts;
    Reference:
        https://www.postgresql.org/docs/current/sql-droptable.html
    """
    if isinstance(facts.act, Drop) and facts.act.kind is Kind.TABLE:
        yield from _gone(facts, Loss.TABLE, "table", is_read=False)


@rule(ActFacts, Severity.ERROR, of=(Drop,))
def drop_view(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A view is dropped, and the change does not create it again.

    Every query of the running release that reads it fails from that moment.

    Create it again in the same migration, or drop it a release after the code stopped using it.

    Bad:
        DROP VIEW open_orders;
    Good:
        DROP VIEW open_orders;
        CREATE VIEW open_orders AS SELECT id, user_id, total FROM orders;
    Reference:
        https://www.postgresql.org/docs/current/sql-dropview.html
    """
    if isinstance(facts.act, Drop) and facts.act.kind in (Kind.VIEW, Kind.MATERIALIZED_VIEW):
        yield from _gone(facts, Loss.VIEW, "view", is_read=None)


@rule(ActFacts, Severity.ERROR, of=(Rename,))
def rename_column(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column gets another name while the release now running uses the old one.

    Its queries fail at once, until the new release has taken over everywhere; a rollback brings
    them back.

    Add a column with the new name, write both from the code, copy the rows, and drop the old one a
    release later.

    Bad:
        ALTER TABLE users RENAME COLUMN name TO full_name;
    Good:
        ALTER TABLE users ADD COLUMN full_name text;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    yield from _renamed(facts, Kind.COLUMN, Loss.COLUMN)


@rule(ActFacts, Severity.ERROR, of=(Rename,))
def rename_table(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table gets another name while the release now running uses the old one.

    Its queries fail at once, until the new release has taken over everywhere; a rollback brings
    them back.

    Create a view with the old name in the same transaction, and drop it a release later.

    Bad:
        ALTER TABLE items RENAME TO order_items;
    Good:
        BEGIN;
        ALTER TABLE items RENAME TO order_items;
        CREATE VIEW items AS SELECT * FROM order_items;
        COMMIT;
    Reference:
        https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS
    """
    yield from _renamed(facts, Kind.TABLE, Loss.TABLE)


@rule(ActFacts, Severity.ERROR, of=(Rename,))
def rename_schema(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A schema gets another name while the release now running uses the old one.

    Every query that names it, and every search_path, fails at once.

    Create the new schema, move one table after the other behind views, and drop the old one later.

    Bad:
        CREATE SCHEMA IF NOT EXISTS billing;
        ALTER SCHEMA sales RENAME TO billing_old;
    Good:
        CREATE SCHEMA IF NOT EXISTS billing;
    Reference:
        https://www.postgresql.org/docs/current/sql-alterschema.html
    """
    if isinstance(facts.act, Rename) and facts.act.kind is Kind.SCHEMA:
        yield said(
            facts,
            f"schema `{facts.act.old}` is `{facts.act.new}` from now on: queries of the running"
            " release that name it fail",
            about=f"schema {facts.act.old}",
        )


@rule(ActFacts, Severity.ERROR, of=(SetSchema,))
def set_schema(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table moves to another schema while the release now running looks for it in the old one.

    Its queries fail at once, unless both schemas are on the search_path.

    Create a view in the old schema in the same transaction, and drop it a release later.

    Bad:
        CREATE SCHEMA archive;
        ALTER TABLE items SET SCHEMA archive;
    Good:
        CREATE SCHEMA archive;
        CREATE TABLE archive.items (id bigint PRIMARY KEY);
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html
    """
    act = facts.act
    if not isinstance(act, SetSchema) or act.kind not in _RELATIONS:
        return
    if is_noticed(facts, act.name, settings):
        yield said(
            facts,
            f"`{act.name}` is in the schema `{act.schema}` from now on: the running release does"
            " not find it",
            about=f"schema of {act.name}",
            related=_places(facts, act.name),
        )


_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.SEQUENCE)


@rule(ActFacts, Severity.ERROR, of=(Rename,))
def rename_enum_value(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A label of an enum gets another name while the release now running writes the old one.

    Its INSERTs fail with "invalid input value" until the new release has taken over.

    Add the new label, let the code write it, move the rows, and leave the old label alone.

    Bad:
        ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
    Good:
        ALTER TYPE mood ADD VALUE 'blue';
    Reference:
        https://www.postgresql.org/docs/current/sql-altertype.html
    """
    act = facts.act
    if isinstance(act, Rename) and act.kind is Kind.ENUM_VALUE and facts.effect.losses:
        yield said(
            facts,
            f"{act.old!r} of `{act.table}` is {act.new!r} from now on: the running release still"
            " writes the old label",
            about=f"enum {act.table} {act.old}",
            fix=_BESIDE,
        )


def _gone(
    facts: ActFacts,
    what: Loss,
    title: str,
    *,
    is_read: bool | None,
) -> Iterator[Finding]:
    """Findings on what is dropped by name and has been in use. With `is_read`, only on what the
    running release names or may name; without, on what it does not.
    """
    for lost in facts.effect.losses:
        full = lost.full
        if lost.what is not what or lost.is_cascade or lost.now or _is_carried_over(facts, full):
            continue
        reads = facts.released.reads(full)
        if is_read is not None and is_read is (facts.released.has_code and not reads):
            continue
        if full in facts.end.tables:
            message = f"{title} `{full}` is dropped and made again: its rows are gone"
        elif is_read is False:
            message = (
                f"{title} `{full}` is gone with its data; the running release does not name it"
            )
        elif reads:
            message = f"{title} `{full}` is gone, and the running release still names it"
        else:
            message = f"{title} `{full}` is gone: the running release and a rollback to it break"
        fix = "" if is_read is False else _LATER
        yield said(facts, message, about=f"drop {full}", fix=fix, related=_places(facts, full))


def _is_carried_over(facts: ActFacts, name: str) -> bool:
    """Whether another table has the name now: one with the rows of this one, or one in use."""
    now = facts.end.tables.get(name)
    return now is not None and (not now.is_new or now.replaces == name or name in now.copies)


def _renamed(facts: ActFacts, kind: Kind, what: Loss) -> Iterator[Finding]:
    act = facts.act
    if not isinstance(act, Rename) or act.kind is not kind:
        return
    for lost in facts.effect.losses:
        full = lost.full
        if lost.what is what and lost.now and full not in facts.end.tables:
            yield said(
                facts,
                f"`{full}` is `{lost.now}` from now on: queries of the running release that name it"
                " fail",
                about=f"rename {full}",
                fix=_BESIDE if kind is Kind.COLUMN else "",
                related=_places(facts, full),
            )


def _places(facts: ActFacts, full: str) -> tuple[Related, ...]:
    """Where the running release names what is lost."""
    reads = facts.released.reads(full)
    return tuple(
        Related(message=f"the running release names {named((full,))} here", location=place)
        for place in reads[:_MOST_PLACES]
    )


RULES = (
    drop_column,
    drop_unread_column,
    drop_table,
    drop_unread_table,
    drop_view,
    rename_column,
    rename_table,
    rename_schema,
    set_schema,
    rename_enum_value,
)
