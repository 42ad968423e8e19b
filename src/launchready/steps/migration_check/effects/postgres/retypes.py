"""`ALTER COLUMN … TYPE`.

Source: ATExecAlterColumnType and ATPostAlterTypeCleanup in src/backend/commands/tablecmds.c: what
stands on the column is dropped and made again, checks are tried anew on every row, and the tables
on both sides of a foreign key are locked.
"""

from launchready.facts.acts import AlterType
from launchready.facts.catalogue import Cause, Lock, Loss, Table
from launchready.facts.schema import Column, Constraint, ConstraintKind
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres.typing import (
    Cost,
    TypeChange,
    has_no_cast,
    is_enum,
    type_change,
)
from launchready.steps.migration_check.replay.columns import uses
from launchready.steps.migration_check.replay.edits import referencing, user_type
from launchready.steps.migration_check.replay.keys import primary_of
from launchready.steps.migration_check.replay.views import is_sure, views_on

_UNTOLD = "?"
"""The type that a reader writes where code alone tells it, as of a project's own kind of field."""


def alter_type(act: AlterType, draft: Draft) -> None:
    """Rewrites, rebuilds or touches the catalogue only, as the two types are."""
    family = draft.family(act.table)
    draft.lock(Lock.ACCESS_EXCLUSIVE, *family)
    table, column = draft.table(act.table), draft.column(act.table, act.column)
    report_views(draft, act.table, act.column)
    _report_generated(draft, table, act.column)
    if column is None:
        if draft.is_used(act.table):
            draft.doubt(f"the type that {act.table}.{act.column} has now")
        return
    if _UNTOLD in (column.type.name, act.type.name):
        if draft.is_used(act.table) and column.type != act.type:
            draft.doubt(f"the types that {act.table}.{act.column} has and gets")
        return
    change = type_change(
        draft.before,
        column.type,
        act.type,
        act.column,
        act.using,
        time_zone=draft.session.time_zone,
    )
    _report(act, column, change, draft)
    if change.cost is Cost.ROWS:
        why = f"{act.column} becomes {act.type} from {column.type}, so every row is written anew"
        draft.rewrite(*family, why=why)
    elif _indexes_to_build(act, table, column, change):
        draft.build(*family, why=f"an index on {act.column} is built anew")
    _constraints(act, table, change, draft)
    _losses(act, column, change, draft)


def report_views(draft: Draft, table: str, column: str) -> None:
    """A view that reads a column holds its type, and the column itself, fast."""
    readers = [
        view.name
        for view in views_on(draft.before, table, column)
        if is_sure(draft.before, view, table, column)
    ]
    if readers:
        reason = f"{' and '.join(readers)} read it"
        draft.fails(Cause.VIEW_READS_COLUMN, reason, column, *readers)


def lock_keys_on(draft: Draft, other: Table, key: Constraint) -> None:
    """A foreign key is dropped, with the triggers that it has on both of its tables."""
    draft.lock(Lock.ACCESS_EXCLUSIVE, other.name, key.references)


def _report_generated(draft: Draft, table: Table, column: str) -> None:
    for each in table.columns.values():
        if each.generation is not None and column in each.generation.columns:
            draft.fails(Cause.DEPENDED_ON, f"{each.name} is generated of {column}")


def _report(act: AlterType, column: Column, change: TypeChange, draft: Draft) -> None:
    name = act.column
    if change.has_no_cast:
        reason = f"{column.type} does not become {act.type} without a USING"
        draft.fails(Cause.OTHER, reason)
    elif _keeps_default(column) and has_no_cast(draft.before, column.type, act.type):
        reason = f"the default of {name} does not become {act.type}"
        draft.fails(Cause.OTHER, reason)
    elif is_enum(draft.before, column.type) and (holder := _compares(act, draft)):
        draft.fails(Cause.OTHER, f"{holder} compares {name} with labels", name)
    elif change.is_narrower:
        reason = f"a value of {name} does not fit into {act.type}"
        draft.may_fail(Cause.VALUES_DO_NOT_CAST, reason, act.table, name)


def _compares(act: AlterType, draft: Draft) -> str:
    """The index or check that compares an enum's column with a literal, which is of the enum's type
    and not of the new one; "" if there is none.
    """
    table = draft.table(act.table)
    conditions = {
        **{name: index.where for name, index in table.indexes.items()},
        **{name: each.condition for name, each in table.constraints.items()},
    }
    for name, condition in conditions.items():
        if condition and act.column in condition.columns and "'" in condition.sql:
            return name
    return ""


def _keeps_default(column: Column) -> bool:
    return column.default is not None and not column.default.is_null and not column.is_auto


def _indexes_to_build(act: AlterType, table: Table, column: Column, change: TypeChange) -> bool:
    """Whether an index on the column does not keep its file. One with an expression or a condition
    never does; one in use on a table in use is meant.
    """
    is_collated = act.collation != column.collation
    if table.is_partitioned and any(uses(index, act.column) for index in table.indexes.values()):
        return True  # an index of a partitioned table has no file that could be kept
    return any(
        uses(index, act.column)
        and not index.is_new
        and (
            change.cost is Cost.INDEXES
            or is_collated
            or index.where is not None
            or any(key.expression is not None for key in index.keys)
        )
        for index in table.indexes.values()
    )


def _constraints(act: AlterType, table: Table, change: TypeChange, draft: Draft) -> None:
    """Checks on the column are tried again; both sides of its foreign keys are locked."""
    for constraint in table.constraints.values():
        read = constraint.condition.columns if constraint.condition else ()
        is_tried = constraint.kind is ConstraintKind.CHECK and not constraint.is_not_valid
        if is_tried and act.column in (*constraint.columns, *read):
            why = f"the check {constraint.name} is tried again on every row"
            draft.scan(*draft.family(act.table), why=why)
        if constraint.kind is ConstraintKind.FOREIGN_KEY and act.column in constraint.columns:
            _key(table, constraint, change, draft)
    for other, key in referencing(draft.before, act.table):
        primary = primary_of(table)
        if act.column in (key.referenced_columns or primary):
            _key(other, key, change, draft)


def _key(child: Table, key: Constraint, change: TypeChange, draft: Draft) -> None:
    lock_keys_on(draft, child, key)
    if change.cost is not Cost.NOTHING and not key.is_not_valid:
        why = f"the foreign key {key.name} is checked again"
        draft.scan(child.name, key.references, why=why)


def _losses(act: AlterType, column: Column, change: TypeChange, draft: Draft) -> None:
    if not draft.uses_column(act.table, act.column):
        return
    if change.is_other:
        draft.lose(Loss.TYPE, act.column, table=act.table, now=str(act.type))
    elif change.labels:
        for label in change.labels:
            draft.lose(Loss.ENUM_VALUE, label, table=_enum_name(draft, column))
    elif change.is_narrower:
        draft.lose(Loss.WIDTH, act.column, table=act.table, now=str(act.type))


def _enum_name(draft: Draft, column: Column) -> str:
    known = user_type(draft.before, column.type)
    return known.name if known else column.type.name
