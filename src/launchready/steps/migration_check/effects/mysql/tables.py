"""Tables, indexes, constraints and rows of MySQL and MariaDB."""

from launchready.facts.acts import (
    AddConstraint,
    AlterOther,
    Change,
    CreateIndex,
    CreateTable,
    CreateTrigger,
    Drop,
    DropConstraint,
    Kind,
    LockTable,
    Maintain,
    Rename,
    Truncate,
    Where,
)
from launchready.facts.catalogue import Cause, Lock, Loss
from launchready.facts.schema import ConstraintKind
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.losses import (
    is_skipped,
    lose_index,
    lose_relation,
    lose_renamed,
)
from launchready.steps.migration_check.effects.mysql.algorithms import Way, go, has, is_mariadb
from launchready.steps.migration_check.effects.postgres.constraints import is_unique_already
from launchready.steps.migration_check.replay.keys import UNIQUE

_REBUILDS = ("ENGINE", "ROW_FORMAT", "KEY_BLOCK_SIZE", "FORCE")


def create_table(act: CreateTable, draft: Draft) -> None:
    """`CREATE TABLE`: a foreign key takes the metadata lock of the table that it names."""
    if act.table in draft.before.tables:
        return
    beside = (each for column in act.columns for each in column.constraints)
    for constraint in (*act.constraints, *beside):
        if constraint.kind is ConstraintKind.FOREIGN_KEY and constraint.references != act.table:
            draft.lock(Lock.ACCESS_EXCLUSIVE, constraint.references)


def drop(act: Drop, draft: Draft) -> None:
    """`DROP TABLE`, `DROP VIEW`, `DROP INDEX`."""
    for name in act.names:
        if act.kind is Kind.INDEX:
            home = lose_index(draft, name, act.table)
            if home:
                go(draft, home, Way.METADATA)
        elif act.kind in (Kind.TABLE, Kind.VIEW) and not is_skipped(draft, act, name):
            draft.lock(Lock.ACCESS_EXCLUSIVE, name)
            lose_relation(draft, name, act.kind)


def rename(act: Rename, draft: Draft) -> None:
    """`RENAME`: the metadata only."""
    table = act.table or act.old
    if act.kind is Kind.COLUMN:
        is_instant = has(draft, mysql=(8, 0, 28), mariadb=(10, 3))
        go(draft, table, Way.INSTANT if is_instant else Way.METADATA)
    else:
        go(draft, table, Way.METADATA)
    lose_renamed(draft, act)


def create_index(act: CreateIndex, draft: Draft) -> None:
    """An index is built while writes go on; a FULLTEXT or SPATIAL one stops them."""
    is_special = act.method.lower() in ("fulltext", "spatial", "rtree")
    go(draft, act.table, Way.INDEX_SHARED if is_special else Way.INDEX)
    columns = tuple(key.column for key in act.keys if key.column)
    if act.is_unique and not is_unique_already(draft.table(act.table), columns):
        draft.may_fail(Cause.DUPLICATES, "two rows hold the same", act.table, *columns)


def add_constraint(act: AddConstraint, draft: Draft) -> None:
    """A foreign key is added by a copy while foreign_key_checks is on, a CHECK always."""
    constraint = act.constraint
    match constraint.kind:
        case ConstraintKind.FOREIGN_KEY:
            is_unchecked = draft.session.foreign_keys == "0"
            why = f"the foreign key to {constraint.references} copies the table"
            go(draft, act.table, Way.METADATA if is_unchecked else Way.COPY, why)
            draft.lock(Lock.ACCESS_EXCLUSIVE, constraint.references)
            if not is_unchecked:
                reason = "a row names one that is not there"
                draft.may_fail(Cause.ROWS_DO_NOT_FIT, reason, act.table, *constraint.columns)
        case ConstraintKind.CHECK:
            go(draft, act.table, Way.COPY, "a CHECK is tried on a copy of every row")
            reason = "a row does not satisfy the check"
            draft.may_fail(Cause.ROWS_DO_NOT_FIT, reason, act.table, *constraint.columns)
        case ConstraintKind.PRIMARY_KEY:
            go(draft, act.table, Way.REBUILD, "the table is ordered by its new primary key")
        case _:
            go(draft, act.table, Way.INDEX)
    if constraint.kind in UNIQUE:
        columns = constraint.columns
        if not is_unique_already(draft.table(act.table), columns):
            draft.may_fail(Cause.DUPLICATES, "two rows hold the same", act.table, *columns)


def drop_constraint(act: DropConstraint, draft: Draft) -> None:
    """The primary key leaves by a copy, other constraints by the metadata."""
    table = draft.table(act.table)
    known = table.constraints.get(act.name)
    is_primary = act.name.upper() == "PRIMARY" or (
        known is not None and known.kind is ConstraintKind.PRIMARY_KEY
    )
    go(draft, act.table, Way.COPY if is_primary else Way.METADATA)
    if draft.is_used(act.table) and act.name not in table.new_constraints:
        draft.lose(Loss.CONSTRAINT, act.name, table=act.table)


def alter_other(act: AlterOther, draft: Draft) -> None:
    """Options of a table: `CONVERT TO CHARACTER SET` copies, a few others rebuild."""
    what = act.what.upper()
    if what.startswith("CONVERT"):
        go(draft, act.table, Way.COPY, "every value is converted into another character set")
    elif any(word in what for word in _REBUILDS):
        go(draft, act.table, Way.REBUILD)
    else:
        is_instant = is_mariadb(draft)
        go(draft, act.table, Way.INSTANT if is_instant else Way.METADATA)


def maintain(act: Maintain, draft: Draft) -> None:
    """`OPTIMIZE TABLE` rebuilds."""
    if act.verb.upper().startswith("OPTIMIZE"):
        for name in act.names:
            go(draft, name, Way.REBUILD)


def truncate(act: Truncate, draft: Draft) -> None:
    """`TRUNCATE` drops the table and makes it again."""
    draft.lock(Lock.ACCESS_EXCLUSIVE, *act.tables)
    draft.change(*act.tables, why="every row is gone")


def lock_tables(act: LockTable, draft: Draft) -> None:
    """`LOCK TABLES … WRITE` stops everybody else, `READ` whoever writes."""
    mode = Lock.SHARE if "READ" in act.mode.upper() else Lock.ACCESS_EXCLUSIVE
    draft.lock(mode, *act.tables)


def change(act: Change, draft: Draft) -> None:
    """Rows changed: all of them without a condition."""
    draft.lock(Lock.ROW_EXCLUSIVE, act.table)
    if act.verb not in ("UPDATE", "DELETE") or act.is_bounded:
        return
    new = draft.table(act.table).new_columns
    is_of_new = bool(act.where_columns) and frozenset(act.where_columns) <= new
    if act.where is not Where.SOME or is_of_new:
        draft.change(act.table, why=f"{act.verb} meets every row")


def create_trigger(act: CreateTrigger, draft: Draft) -> None:
    """`CREATE TRIGGER` takes the metadata lock."""
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.table)
