"""What the running release no longer finds: the same for every engine."""

from launchready.facts.acts import Drop, Kind, Rename
from launchready.facts.catalogue import Loss
from launchready.facts.schema import Column
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.replay.edits import index_named
from launchready.steps.migration_check.replay.names import beside
from launchready.steps.migration_check.replay.views import VIEWS

_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW)


def has_value(column: Column | None) -> bool:
    """Whether an INSERT that does not name a column leaves something other than NULL in it."""
    if column is None:
        return False
    if column.is_auto or column.is_identity or column.generated is not None:
        return True
    return column.default is not None and not column.default.is_null


def lose_column(draft: Draft, table: str, column: str, *, now: str = "") -> None:
    """A column dropped or renamed."""
    if draft.uses_column(table, column):
        draft.lose(Loss.COLUMN, column, table=table, now=now)


def lose_default(draft: Draft, table: str, name: str) -> None:
    """A default dropped: of a new column that must have a value, it is the INSERTs that suffer."""
    column = draft.column(table, name)
    if not draft.is_used(table):
        return
    if draft.uses_column(table, name):
        if column is None or has_value(column):
            draft.lose(Loss.DEFAULT, name, table=table)
    elif column is not None and column.is_not_null and has_value(column):
        draft.lose(Loss.NULLABILITY, name, table=table)


def lose_relation(draft: Draft, name: str, kind: Kind = Kind.TABLE, *, now: str = "") -> None:
    """A table or view dropped or renamed."""
    if draft.is_used(name):
        is_view = draft.table(name).kind in VIEWS or kind in VIEWS
        draft.lose(Loss.VIEW if is_view else Loss.TABLE, name, now=now)


def lose_renamed(draft: Draft, act: Rename) -> None:
    """What `RENAME` takes, of a table, view or column."""
    if act.kind is Kind.COLUMN:
        lose_column(draft, act.table, act.old, now=act.new)
    elif act.kind in _RELATIONS:
        lose_relation(draft, act.old, act.kind, now=beside(act.old, act.new))


def is_skipped(draft: Draft, act: Drop, name: str) -> bool:
    """Whether `IF EXISTS` finds nothing, for certain."""
    return act.is_if_exists and draft.before.is_whole and name not in draft.before.tables


def lose_index(draft: Draft, name: str, table: str) -> str:
    """An index dropped; gives the table that it was of."""
    found = index_named(draft.before, name, table)
    home = found[0].name if found else table
    if home and draft.is_used(home) and not (found and found[1].is_new):
        draft.lose(Loss.INDEX, found[1].name if found else name, table=home)
    return home
