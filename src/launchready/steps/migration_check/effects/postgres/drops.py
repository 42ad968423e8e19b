"""Objects dropped, and what hangs on them.

Sources: https://www.postgresql.org/docs/current/ddl-depend.html; RemoveTriggerById and
RemoveConstraintById in src/backend/catalog and src/backend/commands: a foreign key that goes is
removed from both of its tables under ACCESS EXCLUSIVE.
"""

from collections.abc import Callable

from launchready.facts.acts import Drop, Kind
from launchready.facts.catalogue import Cause, Lock, Loss
from launchready.facts.schema import ConstraintKind
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres.indexes import forbid_in_transaction
from launchready.steps.migration_check.effects.postgres.partitions import lock_default
from launchready.steps.migration_check.effects.postgres.retypes import lock_keys_on
from launchready.steps.migration_check.replay.edits import (
    columns_of_type,
    index_named,
    referencing,
    user_type,
)
from launchready.steps.migration_check.replay.names import schema_of
from launchready.steps.migration_check.replay.views import VIEWS, views_above, views_on

_TYPES_OF = {
    "citext": ("citext",),
    "hstore": ("hstore",),
    "ltree": ("ltree", "lquery"),
    "cube": ("cube",),
    "vector": ("vector", "halfvec", "sparsevec"),
    "postgis": ("geometry", "geography", "raster"),
}
"""The types that people have columns of, by the extension that brings them."""


def drop(act: Drop, draft: Draft) -> None:
    """`DROP …`."""
    for name in act.names:
        _DROPS.get(act.kind, _nothing)(name, act, draft)


def _nothing(name: str, act: Drop, draft: Draft) -> None:
    if act.kind is Kind.DATABASE:
        forbid_in_transaction(draft, "DROP DATABASE")


def _relation(name: str, act: Drop, draft: Draft) -> None:
    known = draft.before.tables.get(name)
    if known is None and act.is_if_exists and draft.before.is_whole:
        return
    table = draft.table(name)
    members = draft.family(name, inherits=act.is_cascade)
    draft.lock(Lock.ACCESS_EXCLUSIVE, *members)
    if table.partition_of:
        draft.lock(Lock.ACCESS_EXCLUSIVE, table.partition_of)
        lock_default(draft, table.partition_of)
    for member in members:
        _one(member, name, act, draft)
    for heir in draft.family(name):
        if heir not in members and heir not in act.names:
            draft.fails(Cause.DEPENDED_ON, f"{heir} inherits from {name}", name)


def _one(name: str, named: str, act: Drop, draft: Draft) -> None:
    """One table, or a partition that goes with it."""
    table = draft.table(name)
    for key in table.constraints.values():
        if key.kind is ConstraintKind.FOREIGN_KEY:
            draft.lock(Lock.ACCESS_EXCLUSIVE, key.references)
    if draft.is_used(name):
        is_view = table.kind in VIEWS or act.kind in VIEWS
        loss = Loss.VIEW if is_view else Loss.TABLE
        draft.lose(loss, name, is_cascade=name != named)
    for other, key in referencing(draft.before, name):
        if other.name in act.names or other.name == name:
            continue
        if not act.is_cascade:
            draft.fails(Cause.DEPENDED_ON, f"{key.name} of {other.name} refers to {name}")
        lock_keys_on(draft, other, key)
        if act.is_cascade and draft.is_used(other.name) and key.name not in other.new_constraints:
            draft.lose(Loss.CONSTRAINT, key.name, table=other.name, is_cascade=True)
    _views(name, act, draft)


def _views(name: str, act: Drop, draft: Draft) -> None:
    if not act.is_cascade:
        for view in views_on(draft.before, name):
            if view.name not in act.names:
                draft.fails(Cause.DEPENDED_ON, f"the view {view.name} reads {name}")
        return
    for above in views_above(draft.before, name):
        draft.lock(Lock.ACCESS_EXCLUSIVE, above)
        if draft.is_used(above) and above not in act.names:
            draft.lose(Loss.VIEW, above, is_cascade=True)


def _index(name: str, act: Drop, draft: Draft) -> None:
    """`DROP INDEX` locks the table as well; CONCURRENTLY lets everybody go on."""
    found = index_named(draft.before, name)
    if act.is_concurrent:
        forbid_in_transaction(draft, "DROP INDEX CONCURRENTLY")
    lock = Lock.SHARE_UPDATE_EXCLUSIVE if act.is_concurrent else Lock.ACCESS_EXCLUSIVE
    if found is None:
        if not (act.is_if_exists and draft.before.is_whole):
            draft.lock(lock, name)
            draft.doubt(f"which table the index {name} is of")
            draft.lose(Loss.INDEX, name)
        return
    table, index = found
    draft.lock(lock, *draft.family(table.name, inherits=False), name)
    if index.is_constraint:
        draft.fails(Cause.DEPENDED_ON, f"the constraint {index.name} of {table.name} needs it")
    if not index.is_new and draft.is_used(table.name):
        draft.lose(Loss.INDEX, index.name, table=table.name)


def _type(name: str, act: Drop, draft: Draft) -> None:
    """`DROP TYPE`; with CASCADE the columns that are of it go, rows and all."""
    known = user_type(draft.before, name)
    if known is None and act.is_if_exists and draft.before.is_whole:
        return
    for table, column in columns_of_type(draft.before, name):
        if not act.is_cascade:
            draft.fails(Cause.DEPENDED_ON, f"the column {column} of {table.name} is of it")
            return
        draft.lock(Lock.ACCESS_EXCLUSIVE, table.name)
        if draft.uses_column(table.name, column):
            draft.lose(Loss.COLUMN, column, table=table.name, is_cascade=True)
    is_replaced = bool(known and known.was and known.was in draft.before.types)
    if not is_replaced and not (known is not None and known.is_new):
        draft.lose(Loss.TYPE, known.name if known else name)


def _extension(name: str, act: Drop, draft: Draft) -> None:
    """`DROP EXTENSION`: its types go, and with CASCADE the columns that are of them."""
    for kind in _TYPES_OF.get(name, ()):
        for table, column in columns_of_type(draft.before, kind):
            if not act.is_cascade:
                draft.fails(Cause.DEPENDED_ON, f"the column {column} of {table.name} is {kind}")
                return
            draft.lock(Lock.ACCESS_EXCLUSIVE, table.name)
            if draft.uses_column(table.name, column):
                draft.lose(Loss.COLUMN, column, table=table.name, is_cascade=True)


def _function(name: str, act: Drop, draft: Draft) -> None:
    routine = draft.before.routines.get(name)
    if routine is None and act.is_if_exists and draft.before.is_whole:
        return
    for table in draft.before.tables.values():
        for trigger, function in table.trigger_functions.items():
            if function != name:
                continue
            if not act.is_cascade:
                draft.fails(Cause.DEPENDED_ON, f"the trigger {trigger} of {table.name} calls it")
                return
            draft.lock(Lock.ACCESS_EXCLUSIVE, table.name)
            if draft.is_used(table.name):
                draft.lose(Loss.TRIGGER, trigger, table=table.name, is_cascade=True)
    if routine is None or not routine.is_new:
        draft.lose(Loss.FUNCTION, name)


def _on_table(name: str, act: Drop, draft: Draft) -> None:
    """Triggers, policies and rules: those that are there are dropped under ACCESS EXCLUSIVE."""
    table = draft.table(act.table)
    known = table.triggers if act.kind is Kind.TRIGGER else table.policies
    if act.is_if_exists and table.is_whole and act.kind is not Kind.RULE and name not in known:
        return
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.table)
    loss = {Kind.TRIGGER: Loss.TRIGGER, Kind.POLICY: Loss.POLICY}.get(act.kind)
    if loss is not None and draft.is_used(act.table):
        draft.lose(loss, name, table=act.table)


def _schema(name: str, act: Drop, draft: Draft) -> None:
    inside = [table for table in draft.before.tables.values() if schema_of(table.name) == name]
    is_known = bool(inside) or name in draft.before.schemas
    if not is_known and act.is_if_exists and draft.before.is_whole:
        return
    if inside and not act.is_cascade:
        draft.fails(Cause.DEPENDED_ON, f"{inside[0].name} is in it")
        return
    draft.lock(Lock.ACCESS_EXCLUSIVE, *(table.name for table in inside))
    draft.lose(Loss.SCHEMA, name)
    for table in inside:
        _one(table.name, "", act, draft)


def _sequence(name: str, act: Drop, draft: Draft) -> None:
    if act.is_if_exists and draft.before.is_whole and name not in draft.before.sequences:
        return
    draft.lose(Loss.SEQUENCE, name)
    call = f"nextval('{name}'"
    for table in draft.before.tables.values():
        for column in table.columns.values():
            if column.default is not None and column.default.sql.startswith(call):
                if not act.is_cascade:
                    draft.fails(
                        Cause.DEPENDED_ON, f"{column.name} of {table.name} takes its default"
                    )
                    return
                draft.lock(Lock.ACCESS_EXCLUSIVE, table.name)
                draft.lose(Loss.DEFAULT, column.name, table=table.name, is_cascade=True)


_DROPS: dict[Kind, Callable[[str, Drop, Draft], None]] = {
    Kind.TABLE: _relation,
    Kind.VIEW: _relation,
    Kind.MATERIALIZED_VIEW: _relation,
    Kind.INDEX: _index,
    Kind.TYPE: _type,
    Kind.DOMAIN: _type,
    Kind.FUNCTION: _function,
    Kind.TRIGGER: _on_table,
    Kind.POLICY: _on_table,
    Kind.RULE: _on_table,
    Kind.SCHEMA: _schema,
    Kind.SEQUENCE: _sequence,
    Kind.EXTENSION: _extension,
}
