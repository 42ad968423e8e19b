"""Tables and views made, refreshed, moved, given other settings.

Sources: https://www.postgresql.org/docs/current/sql-createtable.html (PARTITION OF takes ACCESS
EXCLUSIVE on the parent), sql-refreshmaterializedview.html; transformFKConstraints and
MergeAttributes (SHARE UPDATE EXCLUSIVE on what is inherited); AlterTableGetLockLevel in
src/backend/commands/tablecmds.c for the clauses of ALTER TABLE.
"""

from launchready.facts.acts import (
    AlterOther,
    CreateTable,
    CreateView,
    RefreshView,
    SetPersistence,
)
from launchready.facts.catalogue import Cause, Lock, Loss
from launchready.facts.schema import Constraint, ConstraintKind
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres.partitions import default_of, lock_default
from launchready.steps.migration_check.effects.postgres.rows import report_label
from launchready.steps.migration_check.replay.edits import columns_of_type, referencing

_GENTLE = frozenset(
    {
        "AT_SetStatistics",
        "AT_SetOptions",
        "AT_ResetOptions",
        "AT_SetRelOptions",
        "AT_ResetRelOptions",
        "AT_ReplaceRelOptions",
        "AT_ClusterOn",
        "AT_DropCluster",
    }
)
"""Clauses for which SHARE UPDATE EXCLUSIVE is enough."""

_DEFAULTS = {"SET TABLESPACE": "pg_default", "SET ACCESS METHOD": "heap"}
"""Where a table is that says nothing of it, unless the server is told otherwise."""


def create_table(act: CreateTable, draft: Draft) -> None:
    """`CREATE TABLE` touches other tables only by foreign keys, partitions and inheritance."""
    if act.table in draft.before.tables:
        if not act.is_if_not_exists:
            draft.fails(Cause.ALREADY_THERE, f"there is a relation {act.table}")
        return
    for column in act.columns:
        report_label(draft, column.type.name, column.default.sql if column.default else "")
    for constraint in _keys(act):
        if constraint.references != act.table:
            draft.lock(
                Lock.SHARE_ROW_EXCLUSIVE, *draft.family(constraint.references, inherits=False)
            )
    if act.partition_of:
        _partition(act, draft)
    draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, *act.inherits)
    draft.lock(Lock.ACCESS_SHARE, *act.like, *act.reads)


def create_view(act: CreateView, draft: Draft) -> None:
    """`CREATE VIEW`; one that takes another's place locks that."""
    if act.name in draft.before.tables:
        if act.is_replace:
            draft.lock(Lock.ACCESS_EXCLUSIVE, act.name)
            _keep_columns(act, draft)
        elif not act.is_if_not_exists:
            draft.fails(Cause.ALREADY_THERE, f"there is a relation {act.name}")
            return
    draft.lock(Lock.ACCESS_SHARE, *act.reads)


def _keep_columns(act: CreateView, draft: Draft) -> None:
    """A view that takes another's place gives all of its columns, in their order, and then more."""
    given = draft.table(act.name).gives
    if act.gives and given and act.gives[: len(given)] != given:
        lost = next(
            name for at, name in enumerate(given) if at >= len(act.gives) or act.gives[at] != name
        )
        reason = f"replacing {act.name} cannot take away, rename or move its column {lost}"
        draft.fails(Cause.OTHER, reason, act.name)


def refresh_view(act: RefreshView, draft: Draft) -> None:
    """`REFRESH MATERIALIZED VIEW`: CONCURRENTLY lets readers in and needs a unique index."""
    view = draft.before.tables.get(act.name)
    if not act.is_concurrent:
        draft.lock(Lock.ACCESS_EXCLUSIVE, act.name)
        draft.rewrite(act.name, why="nobody reads the view while its query runs")
    else:
        draft.lock(Lock.EXCLUSIVE, act.name)
        if view is not None and not any(
            index.is_unique and index.where is None and index.columns
            for index in view.indexes.values()
        ):
            draft.fails(Cause.OTHER, f"{act.name} has no unique index on columns")
    draft.lock(Lock.ACCESS_SHARE, *(view.reads if view else ()))


def set_persistence(act: SetPersistence, draft: Draft) -> None:
    """`SET LOGGED`, `SET UNLOGGED`, `SET TABLESPACE`, `SET ACCESS METHOD`."""
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.table)
    table, what = draft.table(act.table), act.what.upper()
    is_known = act.table in draft.before.tables and table.is_whole
    if "LOGGED" in what and is_known and table.is_unlogged is ("UNLOGGED" in what):
        return
    if is_known and not table.is_elsewhere and _DEFAULTS.get(what) == act.to:
        return  # it has been there since it was made
    draft.rewrite(act.table, why=f"{act.what} writes the whole table anew")
    if "UNLOGGED" not in what:
        return
    for other, key in referencing(draft.before, act.table):
        if not other.is_unlogged and other.name != act.table:
            draft.fails(Cause.DEPENDED_ON, f"{key.name} of {other.name} is logged and refers to it")


def alter_other(act: AlterOther, draft: Draft) -> None:
    """The other clauses of `ALTER TABLE`, which change the catalogue only."""
    if act.what.startswith("ATTRIBUTE"):
        _attribute(act, draft)
        return
    if act.what in _GENTLE:
        draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, act.table)
        return
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.table)
    if act.what == "AT_AddInherit" and act.argument:
        draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, act.argument)


def _attribute(act: AlterOther, draft: Draft) -> None:
    """An attribute of a composite type, which is no table's lock; its type is fast while a column
    of a table is of it.
    """
    if "AlterColumnType" in act.what:
        for table, column in columns_of_type(draft.before, act.table):
            draft.fails(Cause.DEPENDED_ON, f"the column {column} of {table.name} is of it")
            return
    elif "DropColumn" in act.what:
        draft.lose(Loss.TYPE, act.table, now=f"{act.table} without {act.argument}")


def _keys(act: CreateTable) -> list[Constraint]:
    beside = (each for column in act.columns for each in column.constraints)
    kind = ConstraintKind.FOREIGN_KEY
    return [each for each in (*act.constraints, *beside) if each.kind is kind]


def _partition(act: CreateTable, draft: Draft) -> None:
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.partition_of)
    lock_default(draft, act.partition_of)
    if default := default_of(draft, act.partition_of):
        why = f"the default partition {default} is searched for rows of the new one"
        draft.scan(default, why=why)
    for key in draft.table(act.partition_of).constraints.values():
        if key.kind is ConstraintKind.FOREIGN_KEY:
            draft.lock(Lock.SHARE_ROW_EXCLUSIVE, key.references)
