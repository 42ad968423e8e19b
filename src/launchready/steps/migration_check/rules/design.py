"""Notes on tables, indexes and names that are hard to change on a large table: with `notes`."""

from collections.abc import Iterator

from launchready.facts.acts import (
    AddColumn,
    AddConstraint,
    AlterDomain,
    CreateIndex,
    CreateTable,
    CreateTrigger,
    CreateType,
    CreateView,
    Rename,
)
from launchready.facts.migrations import ActFacts
from launchready.facts.schema import ConstraintKind, Engine
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.replay.keys import primary_of
from launchready.steps.migration_check.rules.column_types import new_columns
from launchready.steps.migration_check.saying import is_noticed, said
from launchready.steps.migration_check.settings import MigrationCheckSettings

_MOST_BYTES = 63
"""PostgreSQL cuts longer names: NAMEDATALEN - 1."""


@rule(ActFacts, Severity.NOTE, of=(CreateTable,))
def no_primary_key(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table has no primary key.

    Its rows cannot be told apart: logical replication refuses UPDATEs, and tools that copy tables
    while they are in use do not work.

    Give it one.

    Bad:
        CREATE TABLE notes (body text);
    Good:
        CREATE TABLE notes (id bigint PRIMARY KEY, body text);
    Reference:
        https://www.postgresql.org/docs/current/logical-replication-publication.html
    """
    act = facts.act
    if not settings.notes or not isinstance(act, CreateTable) or act.is_temporary:
        return
    table = facts.end.tables.get(act.table)
    is_derived = act.is_of_query or act.inherits or act.like or act.partition_of
    if table and table.is_whole and not is_derived and not primary_of(table):
        yield said(facts, f"`{act.table}` has no primary key", about=f"key {act.table}")


@rule(ActFacts, Severity.NOTE, of=(CreateTable, AddColumn))
def fk_without_index(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A foreign key stands on columns without an index.

    Each DELETE of a row in the other table reads this one whole.

    Create an index on the columns, concurrently where the table is in use.

    Bad:
        CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
    Good:
        CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
        CREATE INDEX notes_user_id ON notes (user_id);
    Reference:
        https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK
    """
    if not settings.notes or facts.server.engine is not Engine.POSTGRESQL:
        return
    for name in {table for table, _ in new_columns(facts)}:
        old, table = facts.before.tables.get(name), facts.end.tables.get(name)
        for key in table.constraints.values() if table else ():
            if key.kind is not ConstraintKind.FOREIGN_KEY or (old and key.name in old.constraints):
                continue
            if table and not any(_begins(i.columns, key.columns) for i in table.indexes.values()):
                columns = ", ".join(key.columns)
                yield said(
                    facts,
                    f"the foreign key on `{name}` ({columns}) has no index under it",
                    about=f"index {name} {columns}",
                )


def _begins(index: tuple[str, ...], columns: tuple[str, ...]) -> bool:
    return set(index[: len(columns)]) == set(columns)


@rule(ActFacts, Severity.NOTE, of=(CreateIndex,))
def redundant_index(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A new index begins with the same columns as one that is there.

    It costs room and time at every write, and answers nothing that the other does not.

    Leave it out, or drop the shorter one.

    Bad:
        CREATE INDEX CONCURRENTLY orders_user ON orders (user_id);
    Good:
        CREATE INDEX CONCURRENTLY orders_state ON orders (state);
    Reference:
        https://www.postgresql.org/docs/current/indexes-multicolumn.html
    """
    act = facts.act
    table = facts.before.tables.get(act.table) if isinstance(act, CreateIndex) else None
    if not settings.notes or not table or not isinstance(act, CreateIndex) or act.is_unique:
        return
    columns = tuple(key.column for key in act.keys)
    for other in table.indexes.values():
        is_like = other.method == act.method and not other.where and not act.where
        if is_like and all(columns) and other.columns[: len(columns)] == columns:
            yield said(
                facts,
                f"`{other.name}` begins with the same columns",
                about=f"redundant {act.name}",
            )
            return


@rule(ActFacts, Severity.NOTE, of=(CreateType,))
def create_enum(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """An enum type is created.

    Its labels can be added to and renamed, and never be taken away.

    Use a look-up table, or text with a CHECK, where the list will change.

    Bad:
        CREATE TYPE plan AS ENUM ('free', 'paid');
    Good:
        CREATE TABLE plans (name text PRIMARY KEY);
    Reference:
        https://www.postgresql.org/docs/current/datatype-enum.html
    """
    act = facts.act
    if settings.notes and isinstance(act, CreateType) and act.is_enum:
        yield said(facts, f"no label of `{act.name}` can be taken away", about=f"enum {act.name}")


@rule(ActFacts, Severity.NOTE, of=(CreateType, AlterDomain))
def domain_with_constraint(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A domain has a condition.

    A later change of it reads every column of that type in the whole database under its lock, and a
    new column of it writes its table anew.

    Put the condition on the tables, as a CHECK.

    Bad:
        CREATE DOMAIN percent AS integer CHECK (VALUE <= 100);
    Good:
        CREATE DOMAIN percent AS integer;
    Reference:
        https://www.postgresql.org/docs/current/sql-alterdomain.html
    """
    act = facts.act
    is_made = isinstance(act, CreateType) and act.base and (act.constraints or act.is_not_null)
    is_added = isinstance(act, AlterDomain) and act.adds is not None
    if settings.notes and (is_made or is_added) and isinstance(act, CreateType | AlterDomain):
        yield said(
            facts,
            f"a change of the condition of `{act.name}` reads every table that uses it",
            about=f"domain {act.name}",
        )


@rule(ActFacts, Severity.NOTE, of=(CreateTrigger,))
def create_trigger(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A trigger is put on a table in use.

    The running release's writes run it from now on, and it locks out writers for a moment.

    Test the running release with it, and set a short `lock_timeout`.

    Bad:
        CREATE TRIGGER stamp BEFORE UPDATE ON users
          FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
    Good:
        CREATE TABLE notes (id bigint PRIMARY KEY);
        CREATE TRIGGER stamp BEFORE UPDATE ON notes
          FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
    Reference:
        https://www.postgresql.org/docs/current/sql-createtrigger.html
    """
    act = facts.act
    if not settings.notes or not isinstance(act, CreateTrigger):
        return
    if is_noticed(facts, act.table, settings):
        yield said(
            facts,
            f"writes of the running release to `{act.table}` run `{act.function}` from now on",
            about=f"trigger {act.name} on {act.table}",
        )


@rule(
    ActFacts,
    Severity.WARNING,
    of=(CreateTable, CreateIndex, AddColumn, AddConstraint, CreateView, CreateType, Rename),
)
def identifier_too_long(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A name is longer than PostgreSQL keeps.

    It is cut to 63 bytes without an error; two names that begin alike become one, and a later
    statement that names the whole does not find it in a catalogue query.

    Shorten it.

    Bad:
        ALTER TABLE users ADD COLUMN
          the_name_that_customers_gave_us_when_they_signed_up_for_the_very_first_time text;
    Good:
        ALTER TABLE users ADD COLUMN name_given_at_sign_up text;
    Reference:
        https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
    """
    if facts.server.engine is not Engine.POSTGRESQL or not facts.statement.is_written:
        return
    for name in _names(facts):
        # the cut never goes through a character, which is four bytes at most
        if len(name.encode("utf-8", "replace")) > _MOST_BYTES - 4 and _is_cut(facts, name):
            yield said(facts, f"`{name}…` is cut to {_MOST_BYTES} bytes", about=f"long name {name}")


def _names(facts: ActFacts) -> Iterator[str]:
    """The names that an act makes."""
    match facts.act:
        case CreateTable(table=table, constraints=constraints):
            yield table.rpartition(".")[2]
            yield from (each.name for each in constraints)
        case CreateIndex(name=name) | CreateView(name=name) | CreateType(name=name):
            yield name.rpartition(".")[2]
        case AddConstraint(constraint=constraint):
            yield constraint.name
        case Rename(new=new):
            yield new.rpartition(".")[2]
    for _, column in new_columns(facts):
        yield column.name
        yield from (each.name for each in column.constraints)


def _is_cut(facts: ActFacts, name: str) -> bool:
    """Whether the text has more of the name than the parser kept of it."""
    sql = facts.statement.sql.lower()
    at = sql.find(name.lower()[:_MOST_BYTES])
    rest = sql[at + len(name) :] if at >= 0 else ""
    return len(name.encode()) > _MOST_BYTES or bool(
        rest[:1].isalnum() or rest[:1] == "_" or rest[:1] > "\x7f"
    )


RULES = (
    no_primary_key,
    fk_without_index,
    redundant_index,
    create_enum,
    domain_with_constraint,
    create_trigger,
    identifier_too_long,
)
