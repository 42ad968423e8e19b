"""Writes an attempt into the ledger, and finds the one that an earlier run left unfinished.

The ledger is the lock too: an attempt is begun by a line that is only added where no other run is
at one, judged by what the ledger holds at the moment of writing.
"""

import datetime
import hashlib
from collections.abc import Callable, Sequence

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Entry
from launchready.frozen import frozen
from launchready.gateways.ledger import Store
from launchready.steps.rollback.ledger import added, parse_ledger
from launchready.steps.rollback.machine import Action, Stage, State
from launchready.steps.rollback.state_text import parse_state, state_text

_ENDS = frozenset((Deed.ROLLED_BACK, Deed.STOPPED))


@frozen
class Run:
    """Who is at work: `who` a person or a workflow's run, `lease` for how long its word holds."""

    who: str
    provider: str
    lease: datetime.timedelta
    now: Callable[[], datetime.datetime]


class LedgerJournal:
    """One attempt's lines. `why` is what speaks for it; `known` are the entries that it was judged
    by, so that an attempt is not begun on what another run has changed meanwhile.
    """

    def __init__(
        self, store: Store, run: Run, attempt: str, why: str, known: Sequence[Entry]
    ) -> None:
        self._store = store
        self._run = run
        self._attempt = attempt
        self._why = why
        self._known = len(known)
        self._has_begun = False

    def note(self, state: State, action: Action) -> None:
        """Add a line. Nothing is written of an attempt that changed nothing."""
        if action is Action.STOP and not (self._has_begun or state.calls or state.cancels):
            return
        entry = self._entry(state, action)

        def change(text: str) -> str | None:
            entries = parse_ledger(text)
            self._refuse_another(entries)
            if not self._has_begun and state.stage is not Stage.DONE:
                self._refuse_what_changed(entries)
            return added(text, entry)

        self._store.amend(change, f"{entry.deed.value.capitalize()}: {state.bad.id}")
        self._has_begun = True

    def _entry(self, state: State, action: Action) -> Entry:
        deed = Deed.TRYING
        if action is Action.STOP:
            deed = Deed.ROLLED_BACK if state.stage is Stage.DONE else Deed.STOPPED
        return Entry(
            deed=deed,
            at=self._run.now(),
            commit=state.bad.commit,
            deployment=state.bad.id,
            build=state.bad.build,
            provider=self._run.provider,
            who=self._run.who,
            words=state.words if action is Action.STOP else self._why,
            to=state.target.serves if state.target else "",
            attempt=self._attempt,
            state=state_text(state),
        )

    def _refuse_another(self, entries: Sequence[Entry]) -> None:
        other = unfinished(entries)
        if other and is_anothers(other, self._run):
            raise LaunchReadyError(
                f"another run ({other.who or 'unknown'}) is rolling back since {other.at:%H:%M:%S}",
                hint="wait for its end; a run that died is taken over once its time is over",
            )

    def _refuse_what_changed(self, entries: Sequence[Entry]) -> None:
        newer = entries[self._known :]
        if any(each.deed is not Deed.VERIFIED and each.deed is not Deed.DRILLED for each in newer):
            raise LaunchReadyError(
                "another run has deployed or rolled back while this one was deciding",
                hint="run it again: it will judge by what the ledger says now",
            )


def is_anothers(entry: Entry, run: Run) -> bool:
    """Whether another run began an attempt, and may still be at it."""
    return entry.who != run.who and run.now() - entry.at < run.lease


def unfinished(entries: Sequence[Entry]) -> Entry | None:
    """The last line of the newest attempt, if that has no end."""
    own = [each for each in entries if each.deed is Deed.TRYING or each.deed in _ENDS]
    return own[-1] if own and own[-1].deed is Deed.TRYING else None


def resumed(entries: Sequence[Entry], live: Deployment) -> tuple[State, str] | None:
    """The state of an unfinished attempt and its id, where the host still serves one of its two
    releases; otherwise the world has gone on without it.
    """
    entry = unfinished(entries)
    if entry is None or not entry.state:
        return None
    state = parse_state(entry.state)
    serves = {state.bad.serves} | ({state.target.serves} if state.target else set())
    return (state, entry.attempt) if live.serves in serves else None


def attempt_id(entries: Sequence[Entry], bad: Deployment, target: Deployment | None) -> str:
    """The same for every run that is called for the same release, until that attempt has ended."""
    ended = sum(e.deed in _ENDS and e.deployment == bad.id for e in entries)
    key = "\0".join((bad.id, target.id if target else "", str(ended)))
    return hashlib.sha256(key.encode()).hexdigest()[:12]
