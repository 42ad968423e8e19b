"""Maintenance and locks that are asked for.

Sources: https://www.postgresql.org/docs/current/sql-vacuum.html, sql-cluster.html,
sql-reindex.html, sql-analyze.html, sql-lock.html.
"""

from launchready.facts.acts import RAISED, Kind, LockTable, Maintain, Other
from launchready.facts.catalogue import Cause, Lock
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres.indexes import forbid_in_transaction
from launchready.steps.migration_check.replay.edits import index_named


def lock_table(act: LockTable, draft: Draft) -> None:
    """`LOCK TABLE`; ACCESS EXCLUSIVE where no mode is said."""
    mode = Lock.__members__.get(act.mode.upper().replace(" ", "_"), Lock.ACCESS_EXCLUSIVE)
    for name in act.tables:
        draft.lock(mode, *draft.family(name))
    if not (draft.session.is_in_transaction or draft.session.is_explicit):
        draft.fails(Cause.OTHER, "LOCK TABLE needs a transaction block")


def other(act: Other, draft: Draft) -> None:
    """What touches nothing; a body that always raises an exception fails."""
    if act.kind == RAISED:
        draft.fails(Cause.OTHER, "it always raises an exception")


def maintain(act: Maintain, draft: Draft) -> None:
    """`VACUUM`, `ANALYZE`, `CLUSTER`, `REINDEX`; without names, of the whole database."""
    verb = act.verb.upper()
    names = act.names or _all(draft, act)
    if verb.startswith("REINDEX"):
        _reindex(act, names, draft)
    elif verb.startswith("CLUSTER") or "FULL" in verb:
        if verb.startswith("VACUUM") or not act.names:
            forbid_in_transaction(draft, act.verb)
        draft.lock(Lock.ACCESS_EXCLUSIVE, *names)
        draft.rewrite(*names, why=f"{act.verb} writes the whole table anew")
    elif verb.startswith("VACUUM"):
        forbid_in_transaction(draft, act.verb)
        draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, *names)
    elif verb.startswith("ANALYZE"):
        draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, *names)


def _all(draft: Draft, act: Maintain) -> tuple[str, ...]:
    """The tables of the whole database, or of the schemas that are named."""
    return tuple(name for name, each in draft.before.tables.items() if each.kind is not Kind.VIEW)


def _reindex(act: Maintain, names: tuple[str, ...], draft: Draft) -> None:
    if act.is_concurrent:
        forbid_in_transaction(draft, "REINDEX CONCURRENTLY")
    if act.kind is Kind.OTHER:
        forbid_in_transaction(draft, "REINDEX SYSTEM")
        return
    if act.kind in (Kind.SCHEMA, Kind.DATABASE):
        forbid_in_transaction(draft, f"REINDEX {act.kind.value.upper()}")
        names = _all(draft, act)
    lock = Lock.SHARE_UPDATE_EXCLUSIVE if act.is_concurrent else Lock.SHARE
    for name in names:
        if act.kind is Kind.INDEX:
            _reindex_one(name, lock, draft)
            continue
        family = draft.family(name, inherits=False)
        draft.lock(lock, *family)
        draft.build(*family, why="every index of the table is built anew")


def _reindex_one(name: str, lock: Lock, draft: Draft) -> None:
    found = index_named(draft.before, name)
    on_index = lock if lock is Lock.SHARE_UPDATE_EXCLUSIVE else Lock.ACCESS_EXCLUSIVE
    draft.lock(on_index, name)
    if found is None:
        draft.doubt(f"which table the index {name} is of")
        return
    draft.lock(lock, found[0].name)
    draft.build(found[0].name, why=f"the index {found[1].name} is built anew")
