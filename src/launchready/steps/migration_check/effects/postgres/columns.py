"""Columns added, dropped, given another default or nullability.

Sources: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES;
ATExecAddColumn, ATPrepDropNotNull, ATExecSetNotNull in src/backend/commands/tablecmds.c. All of
them take ACCESS EXCLUSIVE on the table, its partitions and heirs.
"""

from launchready.facts.acts import (
    AddColumn,
    AlterGenerated,
    DropColumn,
    SetDefault,
    SetNullability,
)
from launchready.facts.catalogue import Cause, Lock, Loss, Table, When
from launchready.facts.schema import Column, Constraint, ConstraintKind, Expression, Generated
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.losses import has_value, lose_default
from launchready.steps.migration_check.effects.postgres.constraints import forbid_unenforced
from launchready.steps.migration_check.effects.postgres.retypes import lock_keys_on, report_views
from launchready.steps.migration_check.effects.postgres.rows import report_label
from launchready.steps.migration_check.effects.postgres.typing import is_constrained
from launchready.steps.migration_check.effects.proofs import proves_not_null
from launchready.steps.migration_check.effects.volatility import Steadiness, steadiness
from launchready.steps.migration_check.replay.columns import uses
from launchready.steps.migration_check.replay.edits import referencing, user_type
from launchready.steps.migration_check.replay.keys import UNIQUE, primary_of
from launchready.steps.migration_check.replay.tables import stored
from launchready.steps.migration_check.replay.views import views_above

_FAST_DEFAULT = (11,)
"""The version from which on a default that is no volatile one needs no rewrite."""
_VIRTUAL = (18,)
_SET_EXPRESSION = (17,)


def add_column(act: AddColumn, draft: Draft) -> None:
    """`ADD COLUMN`."""
    family = draft.family(act.table)
    draft.lock(Lock.ACCESS_EXCLUSIVE, *family)
    if draft.column(act.table, act.column.name) is not None:
        if not act.is_if_not_exists:
            draft.fails(
                Cause.ALREADY_THERE, f"{act.table} has a column {act.column.name}", act.column.name
            )
        return
    column = stored(draft.before, act.table, act.column)
    if column.generated is Generated.VIRTUAL and draft.version < _VIRTUAL:
        draft.fails(Cause.NOT_SUPPORTED, "PostgreSQL has virtual columns since 18", column.name)
    report_label(draft, column.type.name, column.default.sql if column.default else "")
    why = _rewrite_reason(column, draft)
    if why:
        draft.rewrite(*family, why=why)
    if column.is_not_null and column.generated is Generated.VIRTUAL:
        draft.scan(*family, why="NOT NULL of a virtual column is checked on every row")
    if draft.is_used(act.table):
        _report_not_null(act, column, draft)
    for constraint in act.column.constraints:
        _beside(act, column, constraint, draft, is_rewritten=bool(why))


def drop_column(act: DropColumn, draft: Draft) -> None:
    """`DROP COLUMN`: foreign keys on it free the other table under ACCESS EXCLUSIVE as well."""
    family, table = draft.family(act.table), draft.table(act.table)
    draft.lock(Lock.ACCESS_EXCLUSIVE, *family)
    if table.is_whole and act.column not in table.columns:
        if not act.is_if_exists:
            draft.fails(Cause.NO_SUCH_OBJECT, f"{act.table} has no column {act.column}", act.column)
        return
    for constraint in table.constraints.values():
        if constraint.kind is ConstraintKind.FOREIGN_KEY and act.column in constraint.columns:
            draft.lock(Lock.ACCESS_EXCLUSIVE, constraint.references)
    if not draft.uses_column(act.table, act.column):
        return
    draft.lose(Loss.COLUMN, act.column, table=act.table)
    for index in table.indexes.values():
        if uses(index, act.column) and not index.is_new and not index.is_constraint:
            draft.lose(Loss.INDEX, index.name, table=act.table, is_cascade=True)
    _report_dependents(act, table, draft)


def set_default(act: SetDefault, draft: Draft) -> None:
    """`SET DEFAULT`, `DROP DEFAULT`. An INSERT of the running release that leaves the column out
    gets NULL, or fails, once the default is gone.
    """
    draft.lock(Lock.ACCESS_EXCLUSIVE, *draft.family(act.table))
    known = draft.column(act.table, act.column)
    if act.default is not None and known is not None:
        report_label(draft, known.type.name, act.default.sql)
    if act.default is None:
        lose_default(draft, act.table, act.column)


def set_nullability(act: SetNullability, draft: Draft) -> None:
    """`SET NOT NULL` reads every row, unless it is known already or a valid CHECK proves it."""
    family, table = draft.family(act.table), draft.table(act.table)
    draft.lock(Lock.ACCESS_EXCLUSIVE, *family)
    column = table.columns.get(act.column)
    if not act.is_not_null:
        if act.column in primary_of(table):
            draft.fails(Cause.OTHER, f"{act.column} is in the primary key")
        return
    if column is not None and column.is_not_null:
        return
    if proves_not_null(draft.before, table, act.column):
        return
    draft.scan(*family, why=f"every row is read for a NULL in {act.column}")
    draft.may_fail(Cause.NULLS, f"{act.column} holds a NULL", act.table, act.column)
    is_required = column is None or not has_value(column)
    if draft.uses_column(act.table, act.column) or (draft.is_used(act.table) and is_required):
        draft.lose(Loss.NULLABILITY, act.column, table=act.table)


def alter_generated(act: AlterGenerated, draft: Draft) -> None:
    """Identities come and go with the catalogue; SET EXPRESSION of a stored column writes every
    row anew.
    """
    family, what = draft.family(act.table), act.what.upper()
    draft.lock(Lock.ACCESS_EXCLUSIVE, *family)
    column = draft.column(act.table, act.column)
    if "SET EXPRESSION" in what and draft.version < _SET_EXPRESSION:
        draft.fails(Cause.NOT_SUPPORTED, "PostgreSQL has SET EXPRESSION since 17", act.column)
    if "SET EXPRESSION" in what and (column is None or column.generated is not Generated.VIRTUAL):
        draft.rewrite(*family, why=f"the stored values of {act.column} are worked out anew")
    if "DROP" in what and draft.uses_column(act.table, act.column):
        draft.lose(Loss.DEFAULT, act.column, table=act.table)
    if "ADD" in what and column is not None and not column.is_not_null:
        draft.fails(Cause.OTHER, f"{act.column} must be NOT NULL first")


def _rewrite_reason(column: Column, draft: Draft) -> str:
    """Why a new column needs every row written anew; "" if it does not."""
    if column.is_identity or column.is_auto:
        return "every row is written anew with its number"
    if column.generated is Generated.STORED:
        return f"every row is written anew with the value of {column.name}"
    if column.generated is Generated.VIRTUAL:
        return ""
    if is_constrained(draft.before, column.type):
        return f"the domain {column.type.name} has a constraint, so every row is written anew"
    return _default_reason(column, draft)


def _default_reason(column: Column, draft: Draft) -> str:
    default = _default_of(column, draft)
    verdict, function = steadiness(draft.before, default)
    if verdict is Steadiness.VOLATILE:
        return f"{function}() gives every row another value, so all are written anew"
    if verdict is Steadiness.UNKNOWN:
        draft.doubt(f"whether {function}() is volatile")
        return f"{function}() counts as volatile unless it is declared otherwise"
    if default is not None and not default.is_null and draft.version < _FAST_DEFAULT:
        return "before version 11 a default is written into every row"
    return ""


def _default_of(column: Column, draft: Draft) -> Expression | None:
    if column.default is not None:
        return column.default
    domain = user_type(draft.before, column.type)
    return domain.default if domain else None


def _report_not_null(act: AddColumn, column: Column, draft: Draft) -> None:
    domain = user_type(draft.before, column.type)
    is_required = column.is_not_null or bool(domain and domain.is_not_null)
    if not is_required and not _is_primary(act.column):
        return
    if column.is_auto or column.is_identity or column.generated is not None:
        return
    default = _default_of(column, draft)
    if default is not None and not default.is_null:
        return
    draft.trouble(
        When.ON_ROWS,
        Cause.NO_DEFAULT,
        f"{column.name} is NOT NULL and has no default for the rows that are there",
        act.table,
        column.name,
    )
    draft.lose(Loss.NULLABILITY, column.name, table=act.table)


def _is_primary(column: Column) -> bool:
    return any(each.kind is ConstraintKind.PRIMARY_KEY for each in column.constraints)


def _beside(
    act: AddColumn, column: Column, constraint: Constraint, draft: Draft, *, is_rewritten: bool
) -> None:
    """A constraint written beside a new column. A new table's has no rows to look at."""
    family, name = draft.family(act.table), column.name
    forbid_unenforced(constraint, draft)
    if constraint.kind is ConstraintKind.CHECK and not constraint.is_not_valid:
        if not is_rewritten:
            draft.scan(*family, why="a CHECK beside a new column is tried on every row")
    elif constraint.kind in UNIQUE or constraint.kind is ConstraintKind.EXCLUSION:
        draft.build(*family, why=f"an index on {name} is built")
        if column.default is not None and column.default.is_constant and not column.default.is_null:
            reason = f"every row gets the same {name}"
            if draft.is_used(act.table):
                draft.trouble(When.ON_ROWS, Cause.DUPLICATES, reason, act.table, name)
    elif constraint.kind is ConstraintKind.FOREIGN_KEY:
        draft.lock(Lock.SHARE_ROW_EXCLUSIVE, *draft.family(constraint.references, inherits=False))
        if column.default is not None and not constraint.is_not_valid:
            why = f"the default of {name} is looked up in {constraint.references}"
            draft.scan(act.table, why=why)  # one value, which the other table's index finds


def _report_dependents(act: DropColumn, table: Table, draft: Draft) -> None:
    """What hangs on a column: foreign keys of other tables, generated columns, views."""
    for other, key in referencing(draft.before, act.table):
        if act.column not in _referenced(key, table):
            continue
        if not act.is_cascade and other.name != act.table:
            draft.fails(Cause.DEPENDED_ON, f"{key.name} of {other.name} rests on {act.column}")
            return
        lock_keys_on(draft, other, key)
        if key.name not in other.new_constraints and draft.is_used(other.name):
            draft.lose(Loss.CONSTRAINT, key.name, table=other.name, is_cascade=True)
    if not act.is_cascade:
        report_views(draft, act.table, act.column)
        return
    for view in views_above(draft.before, act.table, act.column):
        draft.lock(Lock.ACCESS_EXCLUSIVE, view)
        if draft.is_used(view):
            draft.lose(Loss.VIEW, view, is_cascade=True)


def _referenced(key: Constraint, table: Table) -> tuple[str, ...]:
    return key.referenced_columns or primary_of(table)
