"""Runs one case on a real server and writes down what the server says of it."""

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from launchready.gateways.postgres.client import QueryError, Row, Session
from launchready.gateways.postgres.server import PostgresServer, identifier
from tests.lab.obstacles import Obstacles
from tests.lab.schema import Relations, column_types, objects
from tests.lab.statements import Case, is_nothing, read_probes, statements

ROLE = "app"
"""The role that the old release works as: it may read and write, and owns nothing."""

STRENGTH = (
    *("ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE"),
    *("SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"),
)

_HELD = """
SELECT relation, mode FROM pg_locks WHERE locktype = 'relation' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid = pg_backend_pid()
"""
_COUNTED = """
SELECT relid, seq_tup_read, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_{}all_tables
  WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
_DEEDS = ("read", "inserted", "updated", "deleted")
_ALONE = re.compile(
    r"^\s*(?:VACUUM|ALTER SYSTEM|(?:CREATE|DROP) DATABASE|REINDEX (?:SCHEMA|DATABASE|SYSTEM)"
    r"|CLUSTER\s*$|LOCK\b|DO\b.*\bCOMMIT\b|.*\bCONCURRENTLY\b)",
    re.IGNORECASE | re.DOTALL,
)
_OF_TRANSACTIONS = re.compile(
    r"^\s*(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE)\b", re.IGNORECASE
)


class Recorder:
    """One run of one case in a database of its own, and what was seen of it."""

    def __init__(self, server: PostgresServer, database: str, case: Case) -> None:
        self._server, self._database, self._case = server, database, case
        self._locks: dict[str, str] = {}
        self._held: dict[str, str] = {}  # in this transaction
        self._scanned_under: dict[str, str] = {}
        self._counts: Counter[tuple[str, str]] = Counter()

    def run(self) -> dict[str, Any]:
        """The facts, without those that are empty."""
        with self._server.connect(self._database) as session:
            if self._case.setup:
                session.run(self._case.setup)
            self._relations = Relations(session)
            before, types = objects(session), column_types(session)
            rows = self._row_counts(session)
            known: set[str] = set()
            if self._case.setup:
                known = set(dict(self._broken(session)))  # that is not this case's doing
                session.run("VACUUM")  # and the rows it tried to write are not this case's rows
            with self._server.connect(self._database) as fresh:  # its own counters begin at zero
                seen: dict[str, Any] = {}
                with contextlib.suppress(QueryError):
                    self._steps(fresh, seen)
                if "fails" not in seen:
                    seen |= self._afterwards(fresh, before, types)
                    broken = dict(self._broken(fresh))
                    seen["broken"] = {name: broken[name] for name in broken.keys() - known}
            return _tidy(seen | {"hazard": is_hazard(seen, rows)})

    def _steps(self, session: Session, seen: dict[str, Any]) -> None:
        try:
            if self._case.mode == "string":
                self._alone(session, self._case.run)
                return
            if self._case.mode == "transaction":
                session.run("BEGIN")
            for statement, lines in statements(self._case.run):
                if not is_nothing(statement):
                    self._step(session, statement, lines)
            if self._case.mode == "outside" and session.status == "T":
                seen["left_open"] = True  # nobody will commit it
        except QueryError as error:
            seen["fails"] = error.sqlstate
            raise

    def _step(self, session: Session, statement: str, lines: str) -> None:
        bare = re.sub(r"--[^\n]*\n|/\*.*?\*/", "", statement, flags=re.DOTALL)
        if session.status == "I" and _ALONE.search(bare):
            self._alone(session, statement)
        elif _OF_TRANSACTIONS.search(bare):
            self._settle(session)
            session.run(statement)
        elif session.status == "I":
            session.run("BEGIN")
            self._do(session, statement, lines)
            self._settle(session)
            session.run("COMMIT")
        else:
            self._do(session, statement, lines)

    def _do(self, session: Session, statement: str, lines: str) -> None:
        if lines:
            session.copy(statement, lines)
        else:
            session.run(statement)
        self._see_locks((oid, mode) for oid, mode in session.run(_HELD))

    def _settle(self, session: Session) -> None:
        """Add what the transaction has counted so far, before it ends and the figures go."""
        if session.status == "T":
            self._count(self._counted(session, "xact_"), Counter())

    def _count(self, counts: Counter[tuple[str, str]], before: Counter[tuple[str, str]]) -> None:
        """Add the figures of one transaction, and to its locks what they stopped meanwhile."""
        counts.subtract(before)
        for (name, deed), rows in counts.items():
            mode = self._held.get(name, "ACCESS SHARE")
            if deed == "read" and rows and _is_stronger(mode, self._scanned_under.get(name)):
                self._scanned_under[name] = mode
        self._counts.update(counts)
        self._held.clear()

    def _counted(self, session: Session, which: str) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for oid, *figures in session.run(_COUNTED.format(which)):
            for deed, figure in zip(_DEEDS, figures, strict=True):
                if oid in self._relations.names:
                    found[self._relations.names[oid or ""], deed] += int(figure or 0)
        return found

    def _see_locks(self, held: Iterable[Row]) -> None:
        for oid, mode in held:
            name = self._relations.names.get(oid or "")
            words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", (mode or "").removesuffix("Lock")).upper()
            for known in (self._locks, self._held) if name else ():
                if _is_stronger(words, known.get(name or "")):
                    known[name or ""] = words

    def _alone(self, session: Session, statement: str) -> None:
        """Run what may be in no transaction, and see which locks it asks for on its way."""
        session.run("SELECT 1")
        with self._server.connect(self._database) as watcher:
            before = self._counted(watcher, "")
        tables = {
            oid: name
            for oid, name in self._relations.names.items()
            if self._relations.kinds[oid] in "rp"
        }
        with Obstacles(self._server, self._database, tables) as obstacles:
            self._see_locks(obstacles.watch(session, statement))
        session.run("SELECT pg_stat_force_next_flush()")
        with self._server.connect(self._database) as watcher:
            self._count(self._counted(watcher, ""), before)

    def _afterwards(
        self, session: Session, before: set[str], types: dict[str, str]
    ) -> dict[str, Any]:
        self._settle(session)
        session.run("SET search_path = public")  # names are written by it
        now = column_types(session)
        return {
            "locks": {
                name: mode
                for name, mode in self._locks.items()
                if self._kind(name) in "rpvm" or STRENGTH.index(mode) >= STRENGTH.index("SHARE")
            },
            "rewritten": self._relations.moved(session, "rm"),
            "reindexed": self._relations.moved(session, "i"),
            "scanned": {
                name: rows for (name, deed), rows in self._counts.items() if deed == "read" and rows
            },
            "scanned_under": self._scanned_under,
            "changed": self._changed(),
            "gone": sorted(before - objects(session)),
            "retyped": {
                name: [types[name], now[name]]
                for name in types
                if name in now and now[name] != types[name]
            },
        }

    def _kind(self, name: str) -> str:
        kinds = {self._relations.names[oid]: kind for oid, kind in self._relations.kinds.items()}
        return kinds[name]

    def _changed(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (name, deed), rows in self._counts.items():
            if deed != "read" and rows:
                found.setdefault(name, {})[deed] = rows
        return found

    def _broken(self, session: Session) -> Iterator[tuple[str, str]]:
        """Every probe of the old release that now fails, or finds no row."""
        if session.status == "I":
            session.run("BEGIN")
        session.run(f"RESET ALL; SET LOCAL ROLE {identifier(ROLE)}")
        for name, sql in read_probes():
            session.run("SAVEPOINT probe")
            try:
                session.run(sql)
                if session.tags[-1].endswith(" 0"):
                    yield name, "no row"
            except QueryError as error:
                yield name, error.sqlstate
            session.run("ROLLBACK TO probe")
        session.run("ROLLBACK")

    @staticmethod
    def _row_counts(session: Session) -> dict[str, int]:
        tables = session.run(
            "SELECT oid::regclass, reltuples::bigint FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace::regnamespace::text IN ('public', 'billing')"
        )
        return {name or "": int(rows or 0) for name, rows in tables}


def is_hazard(seen: dict[str, Any], rows: dict[str, int]) -> bool:
    """Whether what was seen hurts: it fails, or is never committed; it writes a table anew under
    ACCESS EXCLUSIVE, or reads all of it under a lock that stops writers; it changes over half of
    one; what the old release can name is gone; or a statement of the old release fails.
    """
    locks, under = seen.get("locks", {}), seen.get("scanned_under", {})
    stops = STRENGTH[STRENGTH.index("SHARE") :]
    named = ("table ", "column ", "view ", "matview ", "type ", "value ", "function ", "schema ")
    changed = {
        name: deeds.get("updated", 0) + deeds.get("deleted", 0)
        for name, deeds in seen.get("changed", {}).items()
    }
    return bool(
        seen.get("fails")
        or seen.get("left_open")
        or any(locks.get(name) == "ACCESS EXCLUSIVE" for name in seen.get("rewritten", ()))
        or any(
            under.get(name) in stops and count * 2 >= rows.get(name, 0) > 0
            for name, count in seen.get("scanned", {}).items()
        )
        or any(count * 2 >= rows.get(name, 0) > 0 for name, count in changed.items())
        or any(name.startswith(named) for name in seen.get("gone", ()))
        or seen.get("broken")
    )


def _is_stronger(mode: str, other: str | None) -> bool:
    return other is None or STRENGTH.index(mode) > STRENGTH.index(other)


def _tidy(seen: dict[str, Any]) -> dict[str, Any]:
    return {
        key: dict(sorted(value.items())) if isinstance(value, dict) else value
        for key, value in sorted(seen.items())
        if value or value is False
    }
