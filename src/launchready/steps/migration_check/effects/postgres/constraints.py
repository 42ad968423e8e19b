"""Constraints added, validated, dropped.

Sources: https://www.postgresql.org/docs/current/sql-altertable.html (ADD table_constraint, VALIDATE
CONSTRAINT, DROP CONSTRAINT); AlterTableGetLockLevel in src/backend/commands/tablecmds.c: SHARE ROW
EXCLUSIVE on both tables of a foreign key, ACCESS EXCLUSIVE for the others; SHARE UPDATE EXCLUSIVE
to validate, with ROW SHARE on the table that a foreign key names.
"""

from launchready.facts.acts import AddConstraint, DropConstraint, ValidateConstraint
from launchready.facts.catalogue import Cause, Index, Lock, Loss, Table
from launchready.facts.schema import Constraint, ConstraintKind
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres.retypes import lock_keys_on
from launchready.steps.migration_check.effects.proofs import not_null_in, proves_not_null
from launchready.steps.migration_check.replay.edits import index_named
from launchready.steps.migration_check.replay.keys import UNIQUE, resting_on
from launchready.steps.migration_check.replay.names import beside, plain

_PARTITIONED_NOT_VALID = (18,)
"""The version from which on a foreign key of a partitioned table may be NOT VALID."""
_NOT_NULL_NAMED = (18,)
_NOT_ENFORCED = (18,)


def add_constraint(act: AddConstraint, draft: Draft) -> None:
    """`ADD CONSTRAINT`."""
    constraint, table = act.constraint, draft.table(act.table)
    forbid_unenforced(constraint, draft)
    if constraint.kind is ConstraintKind.FOREIGN_KEY:
        _foreign_key(act, table, draft)
    else:
        draft.lock(Lock.ACCESS_EXCLUSIVE, *draft.family(act.table))
    if constraint.name and constraint.name in table.constraints:
        draft.fails(Cause.ALREADY_THERE, f"{act.table} has a constraint {constraint.name}")
        return
    match constraint.kind:
        case ConstraintKind.CHECK:
            _check(act, table, draft)
        case ConstraintKind.NOT_NULL:
            _not_null(act, table, draft)
        case ConstraintKind.EXCLUSION:
            draft.build(*draft.family(act.table), why="the index of an exclusion is built")
            draft.may_fail(Cause.ROWS_DO_NOT_FIT, "two rows exclude each other", act.table)
        case ConstraintKind.UNIQUE | ConstraintKind.PRIMARY_KEY:
            _unique(act, table, draft)
        case _:
            pass


def forbid_unenforced(constraint: Constraint, draft: Draft) -> None:
    """`NOT ENFORCED`, which PostgreSQL 18 brought."""
    if constraint.is_not_enforced and draft.version < _NOT_ENFORCED:
        draft.fails(Cause.NOT_SUPPORTED, "PostgreSQL has NOT ENFORCED since 18")


def validate_constraint(act: ValidateConstraint, draft: Draft) -> None:
    """`VALIDATE CONSTRAINT` reads every row, but writes go on; one that is valid is left alone."""
    draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, *draft.family(act.table))
    table = draft.table(act.table)
    constraint = table.constraints.get(act.name)
    if constraint is None:
        if table.is_whole:
            draft.fails(Cause.NO_SUCH_OBJECT, f"{act.table} has no constraint {act.name}")
        draft.scan(act.table)
        return
    if not constraint.is_not_valid:
        return
    draft.scan(*draft.family(act.table), why=f"every row is tried against {act.name}")
    if constraint.kind is ConstraintKind.FOREIGN_KEY:
        draft.lock(Lock.ROW_SHARE, constraint.references)
        draft.scan(constraint.references)
    draft.may_fail(*_TROUBLE[constraint.kind], act.table, *constraint.columns)


def drop_constraint(act: DropConstraint, draft: Draft) -> None:
    """`DROP CONSTRAINT`: one of a foreign key locks both tables."""
    draft.lock(Lock.ACCESS_EXCLUSIVE, *draft.family(act.table))
    table = draft.table(act.table)
    constraint = table.constraints.get(act.name)
    if constraint is None:
        _drop_unknown(act, table, draft)
        return
    if constraint.kind is ConstraintKind.FOREIGN_KEY:
        draft.lock(Lock.ACCESS_EXCLUSIVE, *draft.family(constraint.references, inherits=False))
    if act.name not in table.new_constraints and draft.is_used(act.table):
        draft.lose(Loss.CONSTRAINT, act.name, table=act.table)
    if constraint.kind not in UNIQUE:
        return
    for other, key in resting_on(draft.before, table, constraint):
        if not act.is_cascade:
            draft.fails(Cause.DEPENDED_ON, f"{key.name} of {other.name} rests on {act.name}")
            return
        lock_keys_on(draft, other, key)
        if key.name not in other.new_constraints and draft.is_used(other.name):
            draft.lose(Loss.CONSTRAINT, key.name, table=other.name, is_cascade=True)


def _drop_unknown(act: DropConstraint, table: Table, draft: Draft) -> None:
    """One that the history does not show: it may be anything, a foreign key too."""
    if act.is_if_exists and table.is_whole:
        return
    if draft.is_used(act.table):
        draft.doubt(f"what the constraint {act.name} of {act.table} is")
        draft.lose(Loss.CONSTRAINT, act.name, table=act.table)


def _foreign_key(act: AddConstraint, table: Table, draft: Draft) -> None:
    constraint = act.constraint
    family = draft.family(act.table, inherits=False)
    draft.lock(Lock.SHARE_ROW_EXCLUSIVE, *family)
    draft.lock(Lock.SHARE_ROW_EXCLUSIVE, *draft.family(constraint.references, inherits=False))
    if constraint.is_not_valid:
        if table.is_partitioned and draft.version < _PARTITIONED_NOT_VALID:
            reason = f"{act.table} is partitioned, whose foreign keys are never NOT VALID"
            draft.fails(Cause.NOT_SUPPORTED, reason)
        return
    if not draft.is_used(act.table):
        return  # a new table has no rows to look up
    why = f"every row of {act.table} is looked up in {constraint.references}"
    draft.scan(*family, constraint.references, why=why)
    draft.may_fail(*_TROUBLE[constraint.kind], act.table, *constraint.columns)


def _check(act: AddConstraint, table: Table, draft: Draft) -> None:
    constraint = act.constraint
    if not constraint.is_not_valid:
        draft.scan(*draft.family(act.table), why="every row is tried against the new check")
        draft.may_fail(*_TROUBLE[constraint.kind], act.table, *constraint.columns)
    for column in not_null_in(constraint, table):
        if draft.uses_column(act.table, column) and not table.columns[column].is_not_null:
            draft.lose(Loss.NULLABILITY, column, table=act.table)


def _not_null(act: AddConstraint, table: Table, draft: Draft) -> None:
    """`ADD CONSTRAINT … NOT NULL`, which PostgreSQL 18 brought."""
    if draft.version < _NOT_NULL_NAMED:
        draft.fails(Cause.NOT_SUPPORTED, "PostgreSQL has NOT NULL constraints of tables since 18")
    for name in act.constraint.columns:
        column = table.columns.get(name)
        if column is not None and column.is_not_null:
            continue
        if draft.uses_column(act.table, name):
            draft.lose(Loss.NULLABILITY, name, table=act.table)
        if act.constraint.is_not_valid or proves_not_null(draft.before, table, name):
            continue
        draft.scan(*draft.family(act.table), why=f"every row is read for a NULL in {name}")
        draft.may_fail(*_TROUBLE[ConstraintKind.NOT_NULL], act.table, name)


def _unique(act: AddConstraint, table: Table, draft: Draft) -> None:
    constraint, family = act.constraint, draft.family(act.table)
    columns = constraint.columns
    if constraint.using_index:
        columns = _used(act, constraint, draft)
    else:
        what = "primary key" if constraint.kind is ConstraintKind.PRIMARY_KEY else "constraint"
        draft.build(*family, why=f"the index of the {what} is built")
        if not is_unique_already(table, columns):
            draft.may_fail(*_TROUBLE[ConstraintKind.UNIQUE], act.table, *columns)
    if constraint.kind is not ConstraintKind.PRIMARY_KEY:
        return
    for name in columns:
        column = table.columns.get(name)
        if column is None and not draft.is_used(act.table):
            continue
        if column is not None and column.is_not_null:
            continue
        if proves_not_null(draft.before, table, name):
            continue
        draft.scan(*family, why=f"every row is read for a NULL in {name}")
        draft.may_fail(Cause.NULLS, f"{name} holds a NULL", act.table, name)
        if draft.uses_column(act.table, name):
            draft.lose(Loss.NULLABILITY, name, table=act.table)


def _used(act: AddConstraint, constraint: Constraint, draft: Draft) -> tuple[str, ...]:
    """The columns of the index that becomes a constraint's, which must be there and unique."""
    name = plain(constraint.using_index)
    found = index_named(draft.before, beside(act.table, name), act.table)
    if found is None:
        if draft.table(act.table).is_whole:
            draft.fails(Cause.NO_SUCH_OBJECT, f"{act.table} has no index {name}")
        draft.doubt(f"which columns the index {name} has")
        return ()
    if reason := _unfit(found[1]):
        draft.fails(Cause.OTHER, f"the index {name} {reason}")
    return found[1].columns


def _unfit(index: Index) -> str:
    if not index.is_unique:
        return "is not unique"
    if index.where is not None:
        return "has a condition"
    return "has an expression" if any(key.expression for key in index.keys) else ""


def is_unique_already(table: Table, columns: tuple[str, ...]) -> bool:
    """Whether a unique index on some of the columns makes rows unique already."""
    wanted = frozenset(columns)
    return any(
        index.is_unique and index.where is None and index.columns and wanted >= {*index.columns}
        for index in table.indexes.values()
        if not any(key.expression for key in index.keys)
    )


_TROUBLE = {
    ConstraintKind.CHECK: (Cause.ROWS_DO_NOT_FIT, "a row does not satisfy the check"),
    ConstraintKind.FOREIGN_KEY: (Cause.ROWS_DO_NOT_FIT, "a row names one that is not there"),
    ConstraintKind.NOT_NULL: (Cause.NULLS, "a row holds a NULL"),
    ConstraintKind.UNIQUE: (Cause.DUPLICATES, "two rows hold the same"),
    ConstraintKind.PRIMARY_KEY: (Cause.DUPLICATES, "two rows hold the same"),
    ConstraintKind.EXCLUSION: (Cause.ROWS_DO_NOT_FIT, "two rows exclude each other"),
}
