"""Rules on indexes, and on constraints that build one."""

from collections.abc import Iterator, Sequence

from launchready.facts.acts import (
    AddColumn,
    AddConstraint,
    CreateIndex,
    Drop,
    DropConstraint,
    Kind,
    Maintain,
)
from launchready.facts.catalogue import Cause, Lock, Trouble, When
from launchready.facts.migrations import ActFacts, MigrationFacts
from launchready.facts.schema import ConstraintKind
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.advice import (
    concurrently,
    look_for_duplicates,
    unique_in_steps,
)
from launchready.steps.migration_check.rules.duplicates import (
    code_has_cleaned,
    has_cleaned,
    is_all_null,
    no_longer_unique,
)
from launchready.steps.migration_check.saying import blocking, gives_up, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(ActFacts, Severity.ERROR, of=(CreateIndex,))
def index_not_concurrent(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """An index is built on a table in use while nobody can write to it.

    `CREATE INDEX` holds a SHARE lock for the whole build: every sign-up, order and payment that
    writes to the table waits, and times out where the table is large.

    Build it with `CREATE INDEX CONCURRENTLY`, outside of a transaction.

    Bad:
        CREATE INDEX users_name ON users (name);
    Good:
        CREATE INDEX CONCURRENTLY users_name ON users (name);
    Reference:
        https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
    """
    act = facts.act
    if not isinstance(act, CreateIndex):
        return
    for table in blocking(facts, settings, Lock.SHARE):
        known = facts.before.tables.get(table)
        if known is not None and known.kind is Kind.MATERIALIZED_VIEW:
            continue  # nobody writes to one but REFRESH, which would have to wait
        if table in facts.effect.builds:
            title = f"index `{act.name}`" if act.name else "an index"
            yield said(
                facts,
                f"building {title} stops every write to `{table}` until it is done",
                about=f"index {act.name or _keys(act)} on {table}",
                fix=concurrently(facts),
            )


@rule(ActFacts, Severity.NOTE, of=(Drop,))
def drop_index_not_concurrent(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """An index of a table in use is dropped under a lock that nobody can read the table beside.

    The drop itself is brief, but it waits for the longest query on the table, and every query that
    comes after it waits behind it.

    Drop it with `DROP INDEX CONCURRENTLY`, outside of a transaction, or set a short `lock_timeout`.

    Bad:
        DROP INDEX users_email;
    Good:
        DROP INDEX CONCURRENTLY users_email;
    Reference:
        https://www.postgresql.org/docs/current/sql-dropindex.html
    """
    act = facts.act
    if not (isinstance(act, Drop) and act.kind is Kind.INDEX) or gives_up(facts):
        return
    if not settings.notes:
        return  # the lock is as brief as of any ALTER TABLE
    locked = blocking(facts, settings, Lock.ACCESS_EXCLUSIVE)
    if tables := [name for name in locked if name not in act.names]:
        yield said(
            facts,
            f"dropping {named(act.names)} waits for every query on {named(tables)}, and new ones"
            " wait behind it",
            about=f"drop index {' '.join(act.names)}",
            fix=concurrently(facts),
        )


@rule(ActFacts, Severity.ERROR, of=(Maintain,))
def reindex_not_concurrent(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """An index of a table in use is rebuilt while nobody can write to the table.

    `REINDEX` also keeps out every query that would use the index, which is most of them.

    Rebuild it with `REINDEX ... CONCURRENTLY` (PostgreSQL 12), outside of a transaction.

    Bad:
        REINDEX TABLE users;
    Good:
        REINDEX TABLE CONCURRENTLY users;
    Reference:
        https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY
    """
    act = facts.act
    if not (isinstance(act, Maintain) and act.verb.startswith("REINDEX")):
        return
    tables = blocking(facts, settings, Lock.SHARE)
    is_of_all = act.kind in (Kind.SCHEMA, Kind.DATABASE) and not act.is_concurrent
    knows_all = facts.before.is_whole and facts.before.tables
    if tables or (is_of_all and not knows_all):
        which = named(tables) if tables else "one table after the other"
        yield said(
            facts,
            f"rebuilding indexes stops writes to {which}, and reads through them",
            about=f"reindex {' '.join(act.names)}",
            fix=concurrently(facts),
        )


@rule(ActFacts, Severity.ERROR, of=(AddConstraint,))
def unique_constraint_builds_index(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A unique constraint builds its index while nobody can read or write the table.

    `ADD CONSTRAINT ... UNIQUE` holds ACCESS EXCLUSIVE for the whole build: the product stands still
    for everybody who needs that table.

    Build a unique index concurrently first, then add the constraint with `USING INDEX`.

    Bad:
        ALTER TABLE users ADD CONSTRAINT users_nickname_key UNIQUE (nickname);
    Good:
        CREATE UNIQUE INDEX CONCURRENTLY users_nickname_key ON users (nickname);
        ALTER TABLE users ADD CONSTRAINT users_nickname_key UNIQUE USING INDEX users_nickname_key;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX
    """
    yield from _builds(facts, settings, ConstraintKind.UNIQUE, "the unique constraint")


@rule(ActFacts, Severity.ERROR, of=(AddConstraint,))
def primary_key_builds_index(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A primary key builds its index while nobody can read or write the table.

    `ADD PRIMARY KEY` holds ACCESS EXCLUSIVE for the whole build, and reads every row once more
    where a column may be NULL.

    Build a unique index concurrently, make the columns NOT NULL by a validated CHECK, then add the
    key with `USING INDEX`.

    Bad:
        ALTER TABLE events_2026 ADD PRIMARY KEY (id);
    Good:
        CREATE TABLE notes (id bigint, body text);
        ALTER TABLE notes ADD PRIMARY KEY (id);
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX
    """
    yield from _builds(facts, settings, ConstraintKind.PRIMARY_KEY, "the primary key")


@rule(ActFacts, Severity.WARNING, of=(AddConstraint,))
def primary_key_using_nullable_index(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A primary key takes over an index whose columns may be NULL, so the table is read whole.

    PostgreSQL marks the columns NOT NULL on the way, and looks at every row for that while nobody
    can read or write the table.

    Add a CHECK that the column IS NOT NULL as NOT VALID, validate it, set NOT NULL, and only then
    add the key.

    Bad:
        CREATE UNIQUE INDEX CONCURRENTLY events_2026_id ON events_2026 (id);
        ALTER TABLE events_2026 ADD PRIMARY KEY USING INDEX events_2026_id;
    Good:
        CREATE UNIQUE INDEX CONCURRENTLY items_new_key ON items (id);
        ALTER TABLE items DROP CONSTRAINT items_pkey, ADD PRIMARY KEY USING INDEX items_new_key;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX
    """
    act = facts.act
    if not isinstance(act, AddConstraint) or not act.constraint.using_index:
        return
    known = facts.before.tables.get(act.table)
    if not (known and known.is_whole) and _takes_its_place(facts, act.constraint.name):
        return
    if act.constraint.kind is ConstraintKind.PRIMARY_KEY and act.table in facts.effect.scans:
        for table in blocking(facts, settings, Lock.ACCESS_EXCLUSIVE):
            yield said(
                facts,
                f"the primary key makes its columns NOT NULL, and reads all of `{table}` for it"
                " while nobody else can",
                about=f"primary key of {table}",
            )


def _takes_its_place(facts: ActFacts, name: str) -> bool:
    """Whether the same statement drops a constraint of that name, which was a primary key too."""
    return any(isinstance(each, DropConstraint) and each.name == name for each in facts.beside)


@rule(ActFacts, Severity.ERROR, of=(AddConstraint,))
def exclusion_constraint(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """An exclusion constraint is built on a table in use, which nobody can read or write meanwhile.

    There is no concurrent way to add one: the lock lasts as long as the build of its index.

    Add it in a maintenance window, or make a new table with the constraint and move the rows over
    in batches.

    Bad:
        ALTER TABLE events_2026 ADD CONSTRAINT one_a_day EXCLUDE USING gist (at WITH =);
    Good:
        CREATE TABLE bookings (at daterange, EXCLUDE USING gist (at WITH &&));
    Reference:
        https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE
    """
    yield from _builds(facts, settings, ConstraintKind.EXCLUSION, "the exclusion constraint")


@rule(ActFacts, Severity.ERROR, of=(AddColumn,))
def add_column_unique(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A new column is unique, so its index is built while nobody can read or write the table.

    The lock that adds the column is kept for the whole build.

    Add the column alone, build a unique index concurrently, then add the constraint with
    `USING INDEX`.

    Bad:
        ALTER TABLE users ADD COLUMN handle text UNIQUE;
    Good:
        ALTER TABLE users ADD COLUMN handle text;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    yield from _column_builds(facts, settings, ConstraintKind.UNIQUE, "unique")


@rule(ActFacts, Severity.ERROR, of=(AddColumn,))
def add_column_primary_key(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A new column is the primary key, so the table is rewritten or indexed under its lock.

    Nobody can read or write the table until every row has its number and the index is built.

    Add the column, fill it in batches, build a unique index concurrently, then add the key with
    `USING INDEX`.

    Bad:
        ALTER TABLE events_2026 ADD COLUMN key bigserial PRIMARY KEY;
    Good:
        ALTER TABLE events_2026 ADD COLUMN key bigint;
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    yield from _column_builds(facts, settings, ConstraintKind.PRIMARY_KEY, "the primary key")


@rule(MigrationFacts, Severity.WARNING)
def unique_may_fail_on_duplicates(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A unique index or constraint is put on columns whose rows may hold the same value twice.

    Tests pass on empty tables; with real rows one duplicate is enough, and the deploy stops half
    way.

    Look for duplicates first, and decide in the migration which of them stays.

    Bad:
        ALTER TABLE users ADD CONSTRAINT users_nickname UNIQUE (nickname);
    Good:
        DELETE FROM users a USING users b
          WHERE a.id > b.id AND a.nickname = b.nickname;
        CREATE UNIQUE INDEX users_nickname ON users (nickname);
    Reference:
        https://www.postgresql.org/docs/current/indexes-unique.html
    """
    yield from _duplicates(facts, is_concurrent=False)


@rule(MigrationFacts, Severity.NOTE)
def concurrent_unique_may_fail(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A unique index is built concurrently on columns whose rows may hold the same value twice.

    Nobody waits for it. Where one value is there twice the build fails, the deploy stops, and the
    INVALID index that is left behind goes on costing time at every write.

    Look for duplicates first; after a failure, drop the index before the next try.

    Bad:
        CREATE UNIQUE INDEX CONCURRENTLY users_nickname ON users (nickname);
    Good:
        CREATE INDEX CONCURRENTLY users_nickname ON users (nickname);
    Reference:
        https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
    """
    yield from _duplicates(facts, is_concurrent=True)


def _duplicates(facts: MigrationFacts, *, is_concurrent: bool) -> Iterator[Finding]:
    told: dict[tuple[str, ...], None] = {}
    once: dict[str, list[frozenset[str]]] = {}
    for at, each in enumerate(facts.acts):
        for trouble in each.effect.troubles:
            if trouble.cause is not Cause.DUPLICATES or trouble.about in told:
                continue
            table, *columns = trouble.about
            if trouble.when is When.ON_ROWS and not is_concurrent:
                told[trouble.about] = None
                yield _all_the_same(each, table, columns)
            if trouble.when is not When.ON_SOME_DATA:
                continue
            if _is_concurrent(each) is not is_concurrent:
                continue
            was_unique = any(keys <= frozenset(columns) for keys in once.get(table, ()))
            if was_unique or _is_ruled_out(facts, at, trouble):
                continue
            told[trouble.about] = None
            yield said(
                each,
                f"this fails if two rows of `{table}` have the same {' and '.join(columns)}",
                about=f"unique {' '.join(trouble.about)}",
                fix=look_for_duplicates(table, columns),
            )
        for name, keys in no_longer_unique(each):
            once.setdefault(name, []).append(keys)


def _is_concurrent(facts: ActFacts) -> bool:
    return isinstance(facts.act, CreateIndex) and facts.act.is_concurrent


def _is_ruled_out(facts: MigrationFacts, at: int, trouble: Trouble) -> bool:
    """Whether there can be no duplicates any more once the migration comes to its act `at`."""
    act, about = facts.acts[at], trouble.about
    return (
        is_all_null(act, about, facts.acts[:at])
        or code_has_cleaned(facts.migration, act)
        or has_cleaned(act, about)
    )


def _all_the_same(facts: ActFacts, table: str, columns: Sequence[str]) -> Finding:
    listed = " and ".join(columns)
    return said(
        facts,
        f"every row of `{table}` has the same {listed}: this fails if there are two",
        about=f"unique {table} {' '.join(columns)}",
        fix="Fill the column with values that differ first.",
    )


def _builds(
    facts: ActFacts, settings: MigrationCheckSettings, kind: ConstraintKind, title: str
) -> Iterator[Finding]:
    act = facts.act
    if not isinstance(act, AddConstraint) or act.constraint.kind is not kind:
        return
    for table in blocking(facts, settings, Lock.SHARE):
        if table in facts.effect.builds:
            name = f" `{act.constraint.name}`" if act.constraint.name else ""
            yield said(
                facts,
                f"{title}{name} builds its index while nobody can read or write `{table}`",
                about=f"{kind.value} {' '.join(act.constraint.columns)} of {table}",
                fix=unique_in_steps(facts, act)
                if kind in (ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY)
                else "",
            )


def _column_builds(
    facts: ActFacts, settings: MigrationCheckSettings, kind: ConstraintKind, title: str
) -> Iterator[Finding]:
    act = facts.act
    if not isinstance(act, AddColumn):
        return
    if any(each.kind is kind for each in act.column.constraints):
        for table in blocking(facts, settings, Lock.SHARE):
            if table in (*facts.effect.builds, *facts.effect.rewrites):
                yield said(
                    facts,
                    f"`{act.column.name}` is {title}: `{table}` can neither be read nor written"
                    " while its index is built",
                    about=f"column {table}.{act.column.name}",
                )


def _keys(act: CreateIndex) -> str:
    return " ".join(key.column or "expression" for key in act.keys)


RULES = (
    index_not_concurrent,
    drop_index_not_concurrent,
    reindex_not_concurrent,
    unique_constraint_builds_index,
    primary_key_builds_index,
    primary_key_using_nullable_index,
    exclusion_constraint,
    add_column_unique,
    add_column_primary_key,
    unique_may_fail_on_duplicates,
    concurrent_unique_may_fail,
)
