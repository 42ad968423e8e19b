"""Asks the server what a statement has done: locks, rows read and written, tables written anew.

Sources: https://www.postgresql.org/docs/current/view-pg-locks.html and
https://www.postgresql.org/docs/current/monitoring-stats.html (pg_stat_xact_all_tables counts in the
transaction that is open, so that it is exact and needs no clock).
"""

from collections.abc import Mapping

from launchready.facts.catalogue import Lock
from launchready.facts.rehearsal import Rehearsed
from launchready.frozen import frozen
from launchready.steps.migration_check.rehearsal.snapshot import Asks

_LOCKS = """
SELECT relation, mode FROM pg_locks
WHERE pid = pg_backend_pid() AND granted AND locktype = 'relation' AND relation >= 16384
"""
_COUNTS = """
SELECT relid, seq_tup_read, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_all_tables
WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema'
"""
_FILES = """
SELECT oid, pg_relation_filenode(oid) FROM pg_class
WHERE relkind IN ('r', 'm', 'i') AND oid >= 16384
"""
_TIMEOUT = "SELECT current_setting('lock_timeout')"

MODES = {
    "AccessShareLock": Lock.ACCESS_SHARE,
    "RowShareLock": Lock.ROW_SHARE,
    "RowExclusiveLock": Lock.ROW_EXCLUSIVE,
    "ShareUpdateExclusiveLock": Lock.SHARE_UPDATE_EXCLUSIVE,
    "ShareLock": Lock.SHARE,
    "ShareRowExclusiveLock": Lock.SHARE_ROW_EXCLUSIVE,
    "ExclusiveLock": Lock.EXCLUSIVE,
    "AccessExclusiveLock": Lock.ACCESS_EXCLUSIVE,
}


@frozen
class Look:
    """What the server shows at one moment, by oid of relation."""

    locks: Mapping[int, Lock]
    read: Mapping[int, int]
    written: Mapping[int, int]
    files: Mapping[int, str]
    lock_timeout: str


def look(session: Asks) -> Look:
    """One look, in the transaction that is open."""
    locks: dict[int, Lock] = {}
    for relation, mode in session.run(_LOCKS):
        oid, lock = int(relation or 0), MODES.get(mode or "")
        if lock and lock > locks.get(oid, 0):
            locks[oid] = lock
    read, written = {}, {}
    for relation, scanned, *changed in session.run(_COUNTS):
        oid = int(relation or 0)
        read[oid] = int(scanned or 0)
        written[oid] = sum(int(each or 0) for each in changed)
    return Look(
        locks=locks,
        read=read,
        written=written,
        files={int(oid or 0): node or "" for oid, node in session.run(_FILES)},
        lock_timeout=str(session.run(_TIMEOUT)[0][0]),
    )


def between(
    before: Look, after: Look, names: Mapping[int, str], rows: Mapping[str, int]
) -> Rehearsed:
    """What happened between two looks, on the relations that have names here: those of before."""
    return Rehearsed(
        locks={names[oid]: lock for oid, lock in after.locks.items() if oid in names},
        rewrites=tuple(
            sorted(
                names[oid]
                for oid, node in after.files.items()
                if oid in names and before.files.get(oid) not in (None, node)
            )
        ),
        scans=_grown(before.read, after.read, names),
        changes=_grown(before.written, after.written, names),
        rows={name: rows[name] for name in names.values() if name in rows},
        lock_timeout=after.lock_timeout,
    )


def _grown(
    before: Mapping[int, int], after: Mapping[int, int], names: Mapping[int, str]
) -> dict[str, int]:
    grown = {oid: count - before.get(oid, 0) for oid, count in after.items() if oid in names}
    return {names[oid]: count for oid, count in grown.items() if count > 0}
