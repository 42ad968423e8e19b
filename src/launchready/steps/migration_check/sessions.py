"""The session in which a migration's statements run: its transaction, its locks, its timeouts.

Sources: https://www.postgresql.org/docs/current/sql-set.html (SET ends with the session, SET LOCAL
with the transaction), https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT
(several statements in one simple query are one transaction).
"""

from collections.abc import Mapping

from launchready.facts.acts import Act, AddEnumValue, SetVariable, Transaction, TransactionVerb
from launchready.facts.catalogue import Effect, Lock
from launchready.facts.migrations import Earlier, Script, SessionFacts, Statement, Wrapping
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.steps.migration_check.settings import MigrationCheckSettings

_TIMEOUTS = (
    "lock_timeout",
    "statement_timeout",
    "timezone",
)
_OWN = {"lock_wait_timeout": "lock_timeout", "innodb_lock_wait_timeout": "lock_timeout"}
"""What MySQL and MariaDB call a limit on waiting for a lock."""
_CHECKS = ("foreign_keys", "foreign_key_checks")
_OFF = {"0": "0", "off": "0", "false": "0", "no": "0"}


class Session:
    """One connection that runs scripts, one after the other."""

    def __init__(self, settings: MigrationCheckSettings, engine: Engine) -> None:
        self._given = {
            "lock_timeout": settings.lock_timeout,
            "statement_timeout": settings.statement_timeout,
        }
        self._has_transactions = engine not in (Engine.MYSQL, Engine.MARIADB)
        self._engine = engine
        self._foreign_keys: str | None = None
        self._timeouts: dict[str, str | None] = dict(self._given)
        self._locals: dict[str, str | None] = {}
        self._is_open = False
        self._is_explicit = False
        self._is_wrapped = False
        self._wrapping = Wrapping.FILE
        self._held: dict[str, Lock] = {}
        self._since: dict[str, FileLocation] = {}
        self._earlier: list[Act] = []
        self._labels: tuple[AddEnumValue, ...] = ()
        self._settled: SessionFacts | None = None

    def enter(self, script: Script) -> None:
        """A script begins, in the transaction that the tool opens for it, if any."""
        self._settled = None
        goes_on = self._wrapping is script.wrapping is Wrapping.ALL and self._is_open
        self._wrapping = script.wrapping
        if goes_on:
            return
        self._end()
        if script.wrapping is not Wrapping.ALL:
            self._timeouts = dict(self._given)  # most tools open a connection of their own
            self._foreign_keys = None
        if script.wrapping is Wrapping.STRING:
            is_one = self._engine is Engine.POSTGRESQL  # a string is no transaction to the others
            self._is_open = is_one and len(script.statements) > 1
        else:
            self._is_open = script.wrapping is not Wrapping.NONE
        self._is_wrapped = self._is_open

    def facts(self, statement: Statement | None = None) -> SessionFacts:
        """The state in which the next statement runs."""
        is_inside = self._is_open and not (statement and statement.is_outside)
        if not is_inside:
            return self._outside()
        return replace(
            self._outside(),
            is_in_transaction=True,
            is_explicit=self._is_explicit,
            held=self._held,
            since=self._since,
            labels=self._labels,
            earlier=Earlier(self._earlier, len(self._earlier)),
        )

    def _outside(self) -> SessionFacts:
        """What is so in a transaction and outside of one, made anew when it changes."""
        if self._settled is None:
            timeouts = {**self._timeouts, **self._locals}
            self._settled = SessionFacts(
                is_in_transaction=False,
                is_wrapped=self._is_wrapped,
                lock_timeout=timeouts.get("lock_timeout"),
                statement_timeout=timeouts.get("statement_timeout"),
                foreign_keys=self._foreign_keys,
                time_zone=timeouts.get("timezone") or "",
            )
        return self._settled

    def record(
        self, act: Act, effect: Effect, place: FileLocation, statement: Statement | None = None
    ) -> None:
        """An act has run."""
        if isinstance(act, Transaction | SetVariable):
            self._settled = None
        match act:
            case Transaction(verb=TransactionVerb.BEGIN):
                self._is_explicit = not self._is_open or self._is_explicit
                self._is_open = True
            case Transaction(verb=TransactionVerb.COMMIT | TransactionVerb.ROLLBACK):
                self._end()
            case SetVariable():
                self._set(act)
            case _ if self._is_open and not (statement and statement.is_outside):
                self._keep(effect.locks, place)
                self._earlier.append(act)
                if isinstance(act, AddEnumValue):
                    self._labels = (*self._labels, act)

    def _keep(self, locks: Mapping[str, Lock], place: FileLocation) -> None:
        if not self._has_transactions:
            return
        for relation, lock in locks.items():
            if lock > self._held.get(relation, 0):  # facts of earlier moments keep theirs
                self._held = {**self._held, relation: lock}
                self._since = {**self._since, relation: place}

    def _set(self, act: SetVariable) -> None:
        name = _OWN.get(act.name.lower(), act.name.lower())
        if name in _CHECKS:
            # SQLite ignores it inside a transaction: https://www.sqlite.org/pragma.html
            if not (self._engine is Engine.SQLITE and self._is_open):
                self._foreign_keys = _OFF.get((act.value or "1").lower(), "1")
            return
        if name not in _TIMEOUTS:
            return
        if act.is_local:
            if self._is_open:
                self._locals[name] = act.value
            return
        self._timeouts[name] = act.value if act.value is not None else self._given.get(name)

    def _end(self) -> None:
        self._is_open = self._is_explicit = self._is_wrapped = False
        self._held, self._since, self._locals = {}, {}, {}
        self._earlier, self._labels = [], ()
