"""Losses that outlast a migration: what it takes away and puts back was never missed."""

from launchready.facts.catalogue import Catalogue, Effect, Loss, Lost, Table
from launchready.facts.schema import ConstraintKind
from launchready.frozen import replace
from launchready.steps.migration_check.effects.losses import has_value
from launchready.steps.migration_check.effects.proofs import not_null_in
from launchready.steps.migration_check.replay.edits import index_named, table_of, user_type


def lasting(effect: Effect, end: Catalogue) -> Effect:
    """An effect without the losses that are made good by the end of the migration: a view that is
    made again, a name that another table or column has, a default that is set anew. Rows that are
    gone are gone: a table or column that is dropped and made again stays lost.
    """
    if not effect.losses:
        return effect
    kept = tuple(each for each in effect.losses if not is_back(each, end))
    return effect if len(kept) == len(effect.losses) else replace(effect, losses=kept)


def is_back(lost: Lost, end: Catalogue) -> bool:
    """Whether a lost thing is there again."""
    if lost.what in (Loss.TABLE, Loss.VIEW):
        is_kept = lost.what is Loss.VIEW or bool(lost.now)
        return is_kept and lost.name in end.tables
    if lost.what is Loss.INDEX:
        return index_named(end, lost.name, lost.table) is not None
    if lost.what is Loss.TYPE and not lost.table:
        return user_type(end, lost.name) is not None
    if lost.what is Loss.FUNCTION:
        return lost.name in end.routines
    return _is_back_in_table(lost, end)


def _is_back_in_table(lost: Lost, end: Catalogue) -> bool:
    table = table_of(end, lost.table)
    column = table.columns.get(lost.name)
    names = {
        Loss.CONSTRAINT: frozenset(table.constraints),
        Loss.TRIGGER: table.triggers,
        Loss.POLICY: table.policies,
    }
    if lost.what in names:
        return lost.name in names[lost.what]
    if column is None:
        return False
    if lost.what is Loss.NULLABILITY:
        is_given = lost.name in table.new_columns and has_value(column)
        return is_given or not (column.is_not_null or _is_held(table, lost.name))
    return (lost.what is Loss.COLUMN and bool(lost.now)) or (
        lost.what is Loss.DEFAULT and has_value(column)
    )


def _is_held(table: Table, column: str) -> bool:
    """Whether a constraint, be it NOT VALID, keeps NULL out of a column."""
    return any(
        (each.kind is ConstraintKind.NOT_NULL and column in each.columns)
        or (each.kind is ConstraintKind.CHECK and column in not_null_in(each, table))
        for each in table.constraints.values()
    )
