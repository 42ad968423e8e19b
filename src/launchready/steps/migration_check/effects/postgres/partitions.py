"""Partitions attached and detached.

Sources: https://www.postgresql.org/docs/current/sql-altertable.html (ATTACH PARTITION, DETACH
PARTITION); ATExecAttachPartition and ATExecDetachPartition in src/backend/commands/tablecmds.c:
since version 12 attaching takes SHARE UPDATE EXCLUSIVE on the parent, ACCESS EXCLUSIVE on the
partition and on the default partition, whose rows are looked through as well.
"""

from launchready.facts.acts import AttachPartition, DetachPartition, Kind
from launchready.facts.catalogue import Cause, Lock, Loss
from launchready.facts.schema import ConstraintKind
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres.indexes import forbid_in_transaction
from launchready.steps.migration_check.effects.proofs import proves_bound
from launchready.steps.migration_check.replay.edits import index_named


def attach(act: AttachPartition, draft: Draft) -> None:
    """`ATTACH PARTITION`: every row of it is read, unless a valid CHECK proves the bounds."""
    if act.kind is Kind.INDEX:
        _attach_index(act, draft)
        return
    parent, child = draft.table(act.table), draft.table(act.partition)
    on_parent = Lock.ACCESS_EXCLUSIVE if draft.version < (12,) else Lock.SHARE_UPDATE_EXCLUSIVE
    draft.lock(on_parent, act.table)
    draft.lock(Lock.ACCESS_EXCLUSIVE, *draft.family(act.partition))
    lock_default(draft, act.table, but=act.partition)
    if act.is_default or not proves_bound(child, act.bound):
        why = f"every row of {act.partition} is tried against the bounds of the partition"
        draft.scan(*draft.family(act.partition), why=why)
        draft.may_fail(Cause.ROWS_DO_NOT_FIT, "a row is outside of the bounds", act.partition)
    _keys_of_parent(act, draft)
    for index in parent.indexes.values():
        if not any(each.columns == index.columns for each in child.indexes.values()):
            why = f"{act.partition} has no index like {index.name}, so one is built"
            draft.build(act.partition, why=why)


def detach(act: DetachPartition, draft: Draft) -> None:
    """`DETACH PARTITION`: the parent is locked too, unless it is CONCURRENTLY. Rows for its bounds
    have no place in the parent from then on. FINALIZE ends what had left the parent already.
    """
    child = draft.table(act.partition)
    if act.is_concurrent:
        forbid_in_transaction(draft, "DETACH PARTITION CONCURRENTLY")
        draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, act.table)
        draft.lock(Lock.ACCESS_EXCLUSIVE, act.partition)
        if default_of(draft, act.table):
            reason = f"{act.table} has a default partition"
            draft.fails(Cause.OTHER, reason)
    elif act.is_final:
        draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, act.table)
        draft.lock(Lock.ACCESS_EXCLUSIVE, act.partition)
    else:
        draft.lock(Lock.ACCESS_EXCLUSIVE, act.table, *draft.family(act.partition))
        lock_default(draft, act.table, but=act.partition)
    for constraint in child.constraints.values():
        if constraint.kind is ConstraintKind.FOREIGN_KEY:
            draft.lock(Lock.SHARE_ROW_EXCLUSIVE, constraint.references)
    if draft.is_used(act.partition) and draft.is_used(act.table) and not act.is_final:
        draft.lose(Loss.PARTITION, act.partition, table=act.table)


def lock_default(draft: Draft, parent: str, *, but: str = "") -> None:
    """The default partition, which must hold no row for the bounds of another."""
    name = default_of(draft, parent)
    if name and name != but:
        draft.lock(Lock.ACCESS_EXCLUSIVE, *draft.family(name))


def default_of(draft: Draft, parent: str) -> str:
    """The name of a table's default partition; "" if it has none."""
    return next(
        (
            table.name
            for table in draft.before.tables.values()
            if table.partition_of == parent and table.is_default_partition
        ),
        "",
    )


def _keys_of_parent(act: AttachPartition, draft: Draft) -> None:
    """The foreign keys of the parent become the partition's, and are checked."""
    child = draft.table(act.partition)
    for key in draft.table(act.table).constraints.values():
        if key.kind is not ConstraintKind.FOREIGN_KEY:
            continue
        draft.lock(Lock.SHARE_ROW_EXCLUSIVE, key.references)
        is_there = any(
            each.columns == key.columns and each.references == key.references
            for each in child.constraints.values()
            if each.kind is ConstraintKind.FOREIGN_KEY
        )
        if not is_there and draft.is_used(act.partition):
            why = f"the foreign key {key.name} is checked for every row of {act.partition}"
            draft.scan(act.partition, key.references, why=why)


def _attach_index(act: AttachPartition, draft: Draft) -> None:
    draft.lock(Lock.ACCESS_SHARE, act.table)
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.partition)
    for name in (act.table, act.partition):
        found = index_named(draft.before, name)
        if found is not None:
            draft.lock(Lock.ACCESS_SHARE, found[0].name)
