"""SQLite: one writer at a time anyway, so that no locks are told; failures and losses are.

Sources: https://www.sqlite.org/lang_altertable.html, https://www.sqlite.org/foreignkeys.html (DROP
TABLE deletes every row first, so that ON DELETE acts on the tables that refer to it, unless PRAGMA
foreign_keys is off, which has no effect inside a transaction). Tried with SQLite 3.40.
"""

from collections.abc import Callable
from typing import Any

from launchready.facts import acts
from launchready.facts.acts import (
    Act,
    AddColumn,
    Change,
    CreateIndex,
    Drop,
    DropColumn,
    Kind,
    Rename,
    Where,
)
from launchready.facts.catalogue import Cause, Loss, When
from launchready.facts.schema import Column, Constraint, ConstraintKind, Generated
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.losses import (
    has_value,
    is_skipped,
    lose_column,
    lose_index,
    lose_relation,
    lose_renamed,
)
from launchready.steps.migration_check.effects.postgres.constraints import is_unique_already
from launchready.steps.migration_check.replay.columns import uses
from launchready.steps.migration_check.replay.drops import copy_of
from launchready.steps.migration_check.replay.edits import referencing
from launchready.steps.migration_check.replay.keys import UNIQUE

_ACTS_ON_CHILDREN = frozenset({"CASCADE", "SET NULL", "SET DEFAULT"})


def add_column(act: AddColumn, draft: Draft) -> None:
    """`ADD COLUMN` touches no row, and is refused where it would have to."""
    column = act.column
    if any(each.kind in UNIQUE for each in column.constraints):
        draft.fails(Cause.NOT_SUPPORTED, "SQLite adds no UNIQUE or PRIMARY KEY column")
    if not draft.is_used(act.table):
        return
    if column.is_not_null and not has_value(column):
        reason = f"{column.name} is NOT NULL and has no default for the rows that are there"
        draft.trouble(When.ON_ROWS, Cause.NO_DEFAULT, reason, act.table, column.name)
        draft.lose(Loss.NULLABILITY, column.name, table=act.table)
    elif reason := _refusal(column, draft):
        draft.trouble(When.ON_ROWS, Cause.NOT_SUPPORTED, reason, act.table, column.name)


def drop_column(act: DropColumn, draft: Draft) -> None:
    """`DROP COLUMN` is refused while anything names the column."""
    table = draft.table(act.table)
    if draft.version < (3, 35):
        draft.fails(Cause.NOT_SUPPORTED, "SQLite drops columns since 3.35")
    for constraint in table.constraints.values():
        is_key = constraint.kind in UNIQUE and act.column in constraint.columns
        if is_key or _joins(constraint, act.column):
            reason = f"{constraint.kind.value} of {act.column}"
            draft.fails(Cause.DEPENDED_ON, reason, act.column)
    for index in table.indexes.values():
        if uses(index, act.column) and not index.is_constraint:
            reason = f"the index {index.name} names {act.column}"
            draft.fails(Cause.DEPENDED_ON, reason, act.column)
    lose_column(draft, act.table, act.column)


def drop(act: Drop, draft: Draft) -> None:
    """`DROP TABLE`: what refers to it loses its rows too, if foreign keys are on. Where a new table
    holds its rows by then, only the columns that it leaves out are lost.
    """
    for name in act.names:
        if act.kind is Kind.INDEX:
            lose_index(draft, name, act.table)
        elif act.kind in (Kind.TABLE, Kind.VIEW) and not is_skipped(draft, act, name):
            _table(act, name, draft)


def rename(act: Rename, draft: Draft) -> None:
    """`RENAME TO` and `RENAME COLUMN`."""
    lose_renamed(draft, act)


def create_index(act: CreateIndex, draft: Draft) -> None:
    """An index that is unique may not come about."""
    columns = tuple(key.column for key in act.keys if key.column)
    if act.is_unique and not is_unique_already(draft.table(act.table), columns):
        draft.may_fail(Cause.DUPLICATES, "two rows hold the same", act.table, *columns)


def change(act: Change, draft: Draft) -> None:
    """Rows changed: all of them without a condition."""
    if act.verb in ("UPDATE", "DELETE") and act.where is not Where.SOME and not act.is_bounded:
        draft.change(act.table, why=f"{act.verb} meets every row")


def _refusal(column: Column, draft: Draft) -> str:
    """Why SQLite does not add a column to a table that has rows; "" if it does."""
    if column.generated is Generated.STORED:
        return "SQLite adds no STORED column"
    if column.default is None or column.default.is_null:
        return ""
    if not column.default.is_constant:
        return f"the default of {column.name} is no constant"
    has_key = any(each.kind is ConstraintKind.FOREIGN_KEY for each in column.constraints)
    if has_key and draft.session.foreign_keys != "0":
        return f"{column.name} refers to another table and has a default"
    return ""


def _joins(constraint: Constraint, column: str) -> bool:
    """Whether a constraint of several columns names one of them, so that it cannot be dropped."""
    read = constraint.condition.columns if constraint.condition else ()
    names = {*constraint.columns, *read}
    return column in names and len(names) > 1


def _table(act: Drop, name: str, draft: Draft) -> None:
    table = draft.table(name)
    copy = copy_of(draft.before, name)
    if copy is None:
        lose_relation(draft, name, act.kind)
    else:
        for column in table.columns:
            if column not in copy.columns:
                lose_column(draft, name, column)
    if draft.session.foreign_keys == "0" or not draft.is_used(name):
        return
    for other, key in referencing(draft.before, name):
        if other.name == name or not draft.is_used(other.name):
            continue
        if key.on_delete.upper() in _ACTS_ON_CHILDREN:
            why = f"dropping {name} deletes its rows, and ON DELETE {key.on_delete} goes on"
            draft.change(other.name, why=why)
        else:
            reason = f"rows of {other.name} refer to {name}"
            draft.may_fail(Cause.DEPENDED_ON, reason, other.name, *key.columns)


EFFECTS: dict[type[Act], Callable[[Any, Draft], None]] = {
    acts.AddColumn: add_column,
    acts.DropColumn: drop_column,
    acts.Drop: drop,
    acts.Rename: rename,
    acts.CreateIndex: create_index,
    acts.Change: change,
}
