"""Watches sessions that are not ours: event triggers write down what each DDL statement has done.

Every look is taken in the watched transaction itself, so that locks and counts are exact; what a
transaction has at its end is looked at by a constraint trigger that waits for the commit.
Sources: https://www.postgresql.org/docs/current/event-trigger-definition.html and
https://www.postgresql.org/docs/current/functions-event-triggers.html.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from launchready.facts.catalogue import Lock
from launchready.facts.rehearsal import Rehearsed
from launchready.frozen import frozen
from launchready.gateways.postgres.client import Session
from launchready.steps.migration_check.rehearsal.watching import MODES, Look, between

_INSTALL = """
CREATE SCHEMA launchready_observer;
CREATE UNLOGGED TABLE launchready_observer.seen (
  id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(),
  transaction bigint NOT NULL DEFAULT txid_current(), process int DEFAULT pg_backend_pid(),
  phase text NOT NULL, tag text, objects text, query text DEFAULT current_query(),
  locks json, counts json, files json, lock_timeout text);
CREATE FUNCTION launchready_observer.look(phase text, tag text, objects text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO launchready_observer.seen
    (phase, tag, objects, locks, counts, files, lock_timeout)
  SELECT $1, $2, $3,
    (SELECT json_agg(json_build_array(relation::bigint, mode)) FROM pg_locks
      WHERE pid = pg_backend_pid() AND granted AND locktype = 'relation' AND relation >= 16384),
    (SELECT json_agg(json_build_array(relid::bigint, seq_tup_read,
        n_tup_ins + n_tup_upd + n_tup_del))
      FROM pg_stat_xact_all_tables
      WHERE schemaname !~ '^pg_' AND seq_tup_read + n_tup_ins + n_tup_upd + n_tup_del > 0),
    (SELECT json_agg(json_build_array(oid::bigint, pg_relation_filenode(oid))) FROM pg_class
      WHERE relkind IN ('r', 'm', 'i') AND oid >= 16384),
    current_setting('lock_timeout')
$$;
CREATE FUNCTION launchready_observer.ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE what text;
BEGIN
  IF TG_EVENT = 'sql_drop' THEN
    SELECT string_agg(object_identity, chr(31)) INTO what
      FROM pg_event_trigger_dropped_objects() WHERE original AND object_type <> 'index';
  ELSIF TG_EVENT = 'table_rewrite' THEN
    what := pg_event_trigger_table_rewrite_oid()::text;
  END IF;
  -- DROP INDEX CONCURRENTLY must be the first thing that its transaction writes
  IF TG_EVENT <> 'ddl_command_start' OR current_query() !~* 'concurrently' THEN
    PERFORM launchready_observer.look(TG_EVENT, TG_TAG, what);
  END IF;
END $$;
CREATE FUNCTION launchready_observer.at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM launchready_observer.look('commit', NEW.tag, NULL); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON launchready_observer.seen
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.phase = 'ddl_command_end')
  EXECUTE FUNCTION launchready_observer.at_commit();
GRANT USAGE ON SCHEMA launchready_observer TO PUBLIC;
CREATE EVENT TRIGGER launchready_start ON ddl_command_start
  EXECUTE FUNCTION launchready_observer.ddl();
CREATE EVENT TRIGGER launchready_end ON ddl_command_end
  EXECUTE FUNCTION launchready_observer.ddl();
CREATE EVENT TRIGGER launchready_drop ON sql_drop EXECUTE FUNCTION launchready_observer.ddl();
CREATE EVENT TRIGGER launchready_rewrite ON table_rewrite
  EXECUTE FUNCTION launchready_observer.ddl();
"""

_SEEN = """
SELECT transaction, phase, objects, query, locks, counts, files, lock_timeout
FROM launchready_observer.seen WHERE id > {since} ORDER BY id
"""


_NOTHING = Look(locks={}, read={}, written={}, files={}, lock_timeout="")


@frozen
class Seen:
    """One look, taken at `phase` of a DDL statement or at the `commit`."""

    transaction: str = ""
    phase: str = ""
    objects: str = ""
    query: str = ""
    look: Look = _NOTHING


@frozen
class Observed:
    """What the watched sessions did: each DDL statement with its SQL, and all of it together.

    `late` are rows that were written, by table, after a lock of the same transaction that stops
    others' reads or writes, which is `held`.
    """

    statements: tuple[tuple[str, Rehearsed], ...] = ()
    whole: Rehearsed = Rehearsed()
    late: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, Lock] = field(default_factory=dict)


class Observer:
    """The event triggers in one database, and what they wrote since the last reading."""

    def __init__(self, session: Session) -> None:
        """Install them. Raises QueryError where we are no superuser."""
        self._session = session
        self._last = 0
        session.run(_INSTALL)

    def forget(self) -> None:
        """What was written until now is not asked for."""
        self._last = int(
            self._session.value("SELECT coalesce(max(id), 0) FROM launchready_observer.seen") or 0
        )

    def read(self, names: Mapping[int, str], rows: Mapping[str, int]) -> Observed:
        """What happened since, on relations that have names here."""
        found = [_seen(row) for row in self._session.run(_SEEN.format(since=self._last))]
        self.forget()
        statements = []
        late: dict[str, int] = {}
        held: dict[str, Lock] = {}
        begun = ended = Seen()
        anew: set[str] = set()
        for each in found:
            if each.phase == "ddl_command_start":
                begun = each
            elif each.phase == "table_rewrite":
                anew.add(names.get(int(each.objects), ""))
            elif each.phase == "ddl_command_end":
                start = begun.look if begun.transaction == each.transaction else _NOTHING
                done = between(start, each.look, names, rows)
                rewrites = tuple(sorted({*done.rewrites, *anew} - {""}))
                statements.append((each.query, replace(done, rewrites=rewrites)))
                ended = each
                anew.clear()
            elif each.phase == "commit" and ended.transaction == each.transaction:
                after = between(ended.look, each.look, names, rows)
                holds = {n: lock for n, lock in _named(ended.look, names) if lock.blocks_writes}
                if after.changes and holds:
                    late.update(after.changes)
                    held.update(holds)
        return Observed(
            statements=tuple(statements),
            whole=together([done for _, done in statements]),
            late=late,
            held=held,
        )


def together(done: Sequence[Rehearsed]) -> Rehearsed:
    """Statements as one: the strongest lock on each relation, and all that was read and written."""
    locks: dict[str, Lock] = {}
    scans: dict[str, int] = {}
    rows: dict[str, int] = {}
    for each in done:
        for name, lock in each.locks.items():
            locks[name] = max(lock, locks.get(name, lock))
        for name, count in each.scans.items():
            scans[name] = scans.get(name, 0) + count
        rows.update(each.rows)
    timeouts = [each.lock_timeout for each in done if each.lock_timeout is not None]
    return Rehearsed(
        locks=locks,
        rewrites=tuple(dict.fromkeys(name for each in done for name in each.rewrites)),
        scans=scans,
        rows=rows,
        lock_timeout=timeouts[-1] if timeouts else None,
    )


def _named(look: Look, names: Mapping[int, str]) -> Iterator[tuple[str, Lock]]:
    return ((names[oid], lock) for oid, lock in look.locks.items() if oid in names)


def _seen(row: Sequence[str | None]) -> Seen:
    transaction, phase, objects, query, locks, counts, files, timeout = row
    held: dict[int, Lock] = {}
    for oid, mode in json.loads(locks or "null") or ():
        if (lock := MODES.get(mode)) and lock > held.get(oid, 0):
            held[oid] = lock
    counted = json.loads(counts or "null") or ()
    return Seen(
        transaction=transaction or "",
        phase=phase or "",
        objects=objects or "",
        query=query or "",
        look=Look(
            locks=held,
            read={oid: read for oid, read, _ in counted},
            written={oid: written for oid, _, written in counted},
            files={oid: str(node) for oid, node in json.loads(files or "null") or ()},
            lock_timeout=timeout or "",
        ),
    )
