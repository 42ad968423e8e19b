"""Columns of MySQL and MariaDB."""

from launchready.facts.acts import (
    AddColumn,
    AlterGenerated,
    AlterType,
    DropColumn,
    SetDefault,
    SetNullability,
)
from launchready.facts.catalogue import Cause, Loss
from launchready.facts.schema import Column, ConstraintKind, Expression, Generated
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.losses import has_value, lose_column, lose_default
from launchready.steps.migration_check.effects.mysql.algorithms import Way, go, has, worst
from launchready.steps.migration_check.effects.mysql.typing import type_way
from launchready.steps.migration_check.replay.keys import UNIQUE

_TIMES = frozenset({"now", "current_timestamp", "localtime", "localtimestamp"})


def add_column(act: AddColumn, draft: Draft) -> None:
    """`ADD COLUMN`: INSTANT since MySQL 8.0.12 at the end and 8.0.29 anywhere, MariaDB 10.3 and
    10.4; a stored value or an expression for each row needs a copy.
    """
    column = act.column
    if draft.column(act.table, column.name) is not None and act.is_if_not_exists:
        return
    way = _added(act, draft)
    for constraint in column.constraints:
        if constraint.kind is ConstraintKind.CHECK:
            way = worst(way, Way.COPY)
        elif constraint.kind in UNIQUE and not column.is_auto:
            way = worst(way, Way.INDEX)
    go(draft, act.table, way)
    if draft.is_used(act.table) and column.is_not_null and not has_value(column):
        draft.lose(Loss.NULLABILITY, column.name, table=act.table)


def drop_column(act: DropColumn, draft: Draft) -> None:
    """`DROP COLUMN`: INSTANT since MySQL 8.0.29 and MariaDB 10.4, a rebuild before."""
    column = draft.column(act.table, act.column)
    is_virtual = column is not None and column.generated is Generated.VIRTUAL
    is_instant = has(draft, mysql=(8, 0, 29), mariadb=(10, 4))
    go(draft, act.table, Way.INSTANT if is_instant or is_virtual else Way.REBUILD)
    lose_column(draft, act.table, act.column)


def alter_type(act: AlterType, draft: Draft) -> None:
    """`MODIFY` and `CHANGE`, which bring the whole column anew: what differs decides."""
    old, new = draft.column(act.table, act.column), act.definition
    if new is not None and new.name != act.column:
        lose_column(draft, act.table, act.column, now=new.name)
    if old is None:
        go(draft, act.table, Way.METADATA)
        if draft.is_used(act.table):
            draft.doubt(f"what {act.table}.{act.column} is now")
        return
    change = type_way(old, new or Column(name=act.column, type=act.type), draft)
    way, why = change.way, ""
    if new is not None and new.is_not_null is not old.is_not_null:
        way, why = worst(way, Way.REBUILD), f"the table is rebuilt to change NULL of {act.column}"
    if change.way is Way.COPY:
        why = f"{act.column} becomes {act.type} from {old.type}"
    go(draft, act.table, way, why)
    if draft.uses_column(act.table, act.column):
        _lose(act, old, new, draft, is_other=change.is_other, is_narrower=change.is_narrower)


def set_default(act: SetDefault, draft: Draft) -> None:
    """`SET DEFAULT` and `DROP DEFAULT` change the metadata only."""
    is_instant = has(draft, mysql=(8, 0, 12), mariadb=(10, 3))
    go(draft, act.table, Way.INSTANT if is_instant else Way.METADATA)
    if act.default is None:
        lose_default(draft, act.table, act.column)


def set_nullability(act: SetNullability, draft: Draft) -> None:
    """NULL or NOT NULL: a rebuild; MariaDB takes a NOT NULL away at once."""
    is_instant = not act.is_not_null and has(draft, mysql=(99,), mariadb=(10, 3))
    go(draft, act.table, Way.INSTANT if is_instant else Way.REBUILD)
    if act.is_not_null and draft.is_used(act.table):
        draft.may_fail(Cause.NULLS, f"{act.column} holds a NULL", act.table, act.column)
        draft.lose(Loss.NULLABILITY, act.column, table=act.table)


def alter_generated(act: AlterGenerated, draft: Draft) -> None:
    """A generated column changed: copied, unless it is virtual."""
    column = draft.column(act.table, act.column)
    is_virtual = column is not None and column.generated is Generated.VIRTUAL
    go(draft, act.table, Way.REBUILD if is_virtual else Way.COPY)


def _added(act: AddColumn, draft: Draft) -> Way:
    column = act.column
    if column.generated is Generated.STORED:
        return Way.COPY
    if column.is_auto or column.is_identity:
        return Way.REBUILD_SHARED
    if column.generated is None and _is_computed(column.default):
        return Way.COPY
    is_anywhere = has(draft, mysql=(8, 0, 29), mariadb=(10, 4))
    is_at_end = not act.position and has(draft, mysql=(8, 0, 12), mariadb=(10, 3, 2))
    return Way.INSTANT if is_anywhere or is_at_end else Way.REBUILD


def _is_computed(default: Expression | None) -> bool:
    """Whether a default is an expression that is worked out for each row."""
    if default is None or default.is_constant or default.is_null:
        return False
    return bool(set(default.functions) - _TIMES)


def _lose(
    act: AlterType,
    old: Column,
    new: Column | None,
    draft: Draft,
    *,
    is_other: bool,
    is_narrower: bool,
) -> None:
    if is_other:
        draft.lose(Loss.TYPE, act.column, table=act.table, now=str(act.type))
    elif is_narrower:
        draft.lose(Loss.WIDTH, act.column, table=act.table, now=str(act.type))
    if is_narrower:
        reason = f"a value of {act.column} does not fit into {act.type}"
        draft.may_fail(Cause.VALUES_DO_NOT_CAST, reason, act.table, act.column)
    if new is None:
        return
    if has_value(old) and not has_value(new):
        draft.lose(Loss.DEFAULT, act.column, table=act.table)
    if new.is_not_null and not old.is_not_null:
        draft.lose(Loss.NULLABILITY, act.column, table=act.table)
        draft.may_fail(Cause.NULLS, f"{act.column} holds a NULL", act.table, act.column)
