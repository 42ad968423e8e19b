"""Runs scripts on MariaDB as their tool would, and looks after each statement at what it did.

What changes the schema commits at once, with all before it: a script that fails stays half done.
"""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.catalogue import Lock
from launchready.facts.migrations import Opaque, Script, Statement, Wrapping
from launchready.facts.rehearsal import Rehearsed
from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.gateways.mariadb.client import RefusedStatementError, Session
from launchready.regex import Regex
from launchready.steps.migration_check.parsing import parse
from launchready.steps.migration_check.rehearsal.mariadb_trials import Trial, is_tried
from launchready.steps.migration_check.rehearsal.running import Refused

if TYPE_CHECKING:
    from launchready.model import FileLocation

_FILES = """
SELECT substring_index(name, '/', -1), table_id FROM information_schema.innodb_sys_tables
WHERE name LIKE concat(database(), '/%')
"""
_CHANGED = """
SELECT table_name, rows_changed FROM information_schema.table_statistics
WHERE table_schema = database()
"""
_LOCKS = {"NONE": Lock.SHARE_UPDATE_EXCLUSIVE, "SHARED": Lock.SHARE}
MISSING = frozenset({"1146", "1054", "1091", "1176", "1305", "1360", "1072"})
"""Codes for something that is not there."""

_THERE = frozenset({"1050", "1060", "1061", "1359", "1826"})
"""Codes for something that is there already, which a guard would have looked for."""

_CHOOSES = Regex(r"(?i)use\s")
_EMPTIES = Regex(r"(?i)truncate\b")


@frozen
class _Look:
    """What the server shows at one moment, by table: the number of its file, rows changed."""

    files: Mapping[str, str]
    changed: Mapping[str, int]


class MariadbRun:
    """One script, run once in a session of its own.

    `names` are the tables that are watched. `trial` makes the copy on which the ways of a change
    are tried; without names none is made.
    """

    def __init__(
        self,
        connect: Callable[[], Session],
        trial: Callable[[], contextlib.AbstractContextManager[Trial]],
        names: frozenset[str],
        rows: Mapping[str, int],
    ) -> None:
        self._connect = connect
        self._trial = trial
        self._names = names
        self._rows = rows
        self._tried: Trial | None = None
        self.refused: Refused | None = None
        self.place: FileLocation | None = None
        self.skipped: list[Opaque] = []

    def all(self, script: Script) -> Iterator[tuple[Statement, Rehearsed]]:
        """Run it; each statement with what it did. It ends at the first one that is refused."""
        with contextlib.ExitStack() as stack:
            session = stack.enter_context(self._connect())
            if self._names and any(is_tried(each.sql) for each in script.statements):
                self._tried = stack.enter_context(self._trial())
            is_wrapped = script.wrapping in (Wrapping.FILE, Wrapping.ALL)
            if is_wrapped:
                session.run("START TRANSACTION")
            for item in script.items:
                if isinstance(item, Opaque):
                    self.skipped.append(item)
                    continue
                yield item, self._one(session, item)
                if self.refused is not None:
                    break
            if is_wrapped:
                with contextlib.suppress(RefusedStatementError):
                    session.run("ROLLBACK" if self.refused else "COMMIT")

    def _one(self, session: Session, statement: Statement) -> Rehearsed:
        if _CHOOSES.match(statement.sql):
            return Rehearsed(error="the rehearsal has one database, in which everything runs")
        algorithm, sharing = self._tried.follow(statement.sql) if self._tried else ("", "")
        before = _look(session) if self._names else None
        began = time.perf_counter()
        try:
            session.run(statement.sql)
        except RefusedStatementError as error:
            if not (statement.is_conditional and error.code in MISSING | _THERE):
                self.refused = Refused(message=error.message, sqlstate=error.code)
                self.place = statement.place
            return Rehearsed(error=error.message, sqlstate=error.code)
        seconds = time.perf_counter() - began
        if before is None:
            return Rehearsed(seconds=seconds)
        done = self._between(before, _look(session), statement.sql)
        lock = Lock.ACCESS_EXCLUSIVE if algorithm == "INSTANT" else _LOCKS.get(sharing)
        locks = {}
        if algorithm:
            held = lock or Lock.ACCESS_EXCLUSIVE
            locks = dict.fromkeys(_changed_by(statement.sql) & self._names, held)
        return replace(done, locks=locks, algorithm=algorithm, sharing=sharing, seconds=seconds)

    def _between(self, before: _Look, after: _Look, sql: str) -> Rehearsed:
        anew = (
            name
            for name, number in after.files.items()
            if name in self._names and before.files.get(name) not in (None, number)
        )
        grown = {
            name: count - before.changed.get(name, 0)
            for name, count in after.changed.items()
            if name in self._names
        }
        return Rehearsed(
            rewrites=() if _EMPTIES.match(sql) else tuple(sorted(anew)),
            changes={name: count for name, count in grown.items() if count > 0},
            rows={name: self._rows[name] for name in self._names if name in self._rows},
            is_alone=True,
        )


def _look(session: Session) -> _Look:
    return _Look(
        files={str(name): str(number) for name, number in session.run(_FILES)},
        changed={str(name): int(count or 0) for name, count in session.run(_CHANGED)},
    )


def _changed_by(sql: str) -> frozenset[str]:
    """The tables that a statement changes."""
    acts = parse(sql, Engine.MARIADB)
    return frozenset(str(getattr(act, "table", "")) for _, act in acts)
