"""Other names and other schemas: brief locks, and a running release that finds nothing.

Sources: https://www.postgresql.org/docs/current/sql-altertable.html (RENAME takes ACCESS
EXCLUSIVE), sql-alterindex.html (SHARE UPDATE EXCLUSIVE since version 12).
"""

from launchready.facts.acts import Kind, Rename, SetSchema
from launchready.facts.catalogue import Lock, Loss
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.replay.edits import (
    columns_of_type,
    index_named,
    user_type,
)
from launchready.steps.migration_check.replay.names import beside, plain, schema_of

_RELATIONS = {
    Kind.TABLE: Loss.TABLE,
    Kind.VIEW: Loss.VIEW,
    Kind.MATERIALIZED_VIEW: Loss.VIEW,
}
_ON_TABLE = {
    Kind.CONSTRAINT: Loss.CONSTRAINT,
    Kind.TRIGGER: Loss.TRIGGER,
    Kind.POLICY: Loss.POLICY,
}


def rename(act: Rename, draft: Draft) -> None:
    """`RENAME TO`."""
    if act.kind in _RELATIONS:
        _relation(act, draft)
    elif act.kind is Kind.INDEX:
        _index(act.old, draft)
    elif act.kind is Kind.COLUMN:
        draft.lock(Lock.ACCESS_EXCLUSIVE, *draft.family(act.table))
        if draft.uses_column(act.table, act.old):
            draft.lose(Loss.COLUMN, act.old, table=act.table, now=act.new)
    elif act.kind in _ON_TABLE:
        draft.lock(Lock.ACCESS_EXCLUSIVE, act.table)
        is_new = act.old in draft.table(act.table).new_constraints
        if act.kind is Kind.CONSTRAINT and draft.is_used(act.table) and not is_new:
            draft.lose(Loss.CONSTRAINT, act.old, table=act.table, now=act.new)
    elif act.kind in (Kind.TYPE, Kind.DOMAIN):
        _type(act.old, beside(act.old, act.new), draft)
    elif act.kind is Kind.ENUM_VALUE:
        known = user_type(draft.before, act.table)
        if known is None or not known.is_new:
            draft.lose(Loss.ENUM_VALUE, act.old, table=act.table, now=act.new)
    else:
        _other(act, draft)


def set_schema(act: SetSchema, draft: Draft) -> None:
    """`SET SCHEMA`: another name in full, which the search path may or may not find."""
    new = plain(act.name) if act.schema == "public" else f"{act.schema}.{plain(act.name)}"
    if new == act.name:
        return
    if act.kind in _RELATIONS:
        draft.lock(Lock.ACCESS_EXCLUSIVE, act.name)
        if draft.is_used(act.name):
            draft.lose(_loss(act.kind, act.name, draft), act.name, now=new)
    elif act.kind in (Kind.TYPE, Kind.DOMAIN):
        _type(act.name, new, draft)


def is_swapped(draft: Draft, name: str) -> bool:
    """Whether a type is in the middle of an exchange: no column is of it, and another new type
    waits to take its name, as Prisma changes an enum.
    """
    if any(True for _ in columns_of_type(draft.before, name)):
        return False
    return any(each.is_new and each.is_enum for each in draft.before.types.values())


def _relation(act: Rename, draft: Draft) -> None:
    if act.old not in draft.before.tables and index_named(draft.before, act.old):
        _index(act.old, draft)
        return
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.old)
    if draft.is_used(act.old):
        loss = _loss(act.kind, act.old, draft)
        draft.lose(loss, act.old, now=beside(act.old, act.new))


def _loss(kind: Kind, name: str, draft: Draft) -> Loss:
    """`ALTER TABLE` renames views as well: what the catalogue knows counts."""
    table = draft.before.tables.get(name)
    return _RELATIONS.get(table.kind if table else kind, Loss.TABLE)


def _index(name: str, draft: Draft) -> None:
    is_old = draft.version < (12,)
    draft.lock(Lock.ACCESS_EXCLUSIVE if is_old else Lock.SHARE_UPDATE_EXCLUSIVE, name)


def _type(old: str, new: str, draft: Draft) -> None:
    known = user_type(draft.before, old)
    if known is not None and (known.is_new or is_swapped(draft, old)):
        return
    draft.lose(Loss.TYPE, known.name if known else old, now=new)


def _other(act: Rename, draft: Draft) -> None:
    if act.kind is Kind.SCHEMA:
        inside = [name for name in draft.before.tables if schema_of(name) == act.old]
        is_known = draft.before.is_whole and act.old in draft.before.schemas
        if any(draft.is_used(name) for name in inside) or not is_known:
            draft.lose(Loss.SCHEMA, act.old, now=act.new)
    elif act.kind is Kind.SEQUENCE:
        draft.lose(Loss.SEQUENCE, act.old, now=beside(act.old, act.new))
    elif act.kind is Kind.FUNCTION:
        routine = draft.before.routines.get(act.old)
        if routine is None or not routine.is_new:
            draft.lose(Loss.FUNCTION, act.old, now=beside(act.old, act.new))
