"""Drives the machine: carries out its actions, looks, and writes down what it is about to do."""

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol, TypeVar

from launchready.errors import LaunchReadyError
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.provider import Provider
from launchready.steps.rollback.machine import (
    Action,
    Health,
    Outcome,
    Seen,
    Stage,
    State,
    advance,
)

if TYPE_CHECKING:
    from launchready.facts.releases import Confirmation, Deployment

T = TypeVar("T")

_EFFECTS = frozenset((Action.CANCEL, Action.CALL, Action.PIN))
_MOST_WAIT_SECONDS = 60.0


class Journal(Protocol):
    """Where an attempt is written down. Raises LaunchReadyError where it cannot be."""

    def note(self, state: State, action: Action) -> None:
        """Before an action that changes something, and at the end."""


@frozen
class Pace:
    """How long a run is patient, in seconds: with the host, with the site, between two looks."""

    host: float = 180.0
    site: float = 60.0
    pause: float = 2.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Driver:
    """One run of one attempt. `why` is a line for the host's log; `look_at_site` asks the public
    address; `say` tells a person what happens, `begins` that the first call is about to be made.
    """

    def __init__(
        self,
        provider: Provider,
        journal: Journal,
        pace: Pace,
        *,
        why: str,
        look_at_site: Callable[[], Health],
        say: Callable[[str], None],
        begins: Callable[[State], None] = lambda _: None,
    ) -> None:
        self._provider = provider
        self._journal = journal
        self._pace = pace
        self._why = why
        self._look_at_site = look_at_site
        self._say = say
        self._begins = begins
        self.made: list[str] = []
        """The calls that changed something, as a dry run would print them."""
        self.unwritten = ""
        """Why the ledger does not hold how it went on; "" where it does."""

    def run(self, state: State, seen: Seen) -> State:
        """From a state, and what is seen at it, to an end."""
        entered, stage, before = self._pace.clock(), state.stage, Action.STOP
        while True:
            state, action = advance(state, seen)
            if state.stage is not stage:
                entered, stage = self._pace.clock(), state.stage
                self._say(f"rollback: {stage.value}")
            if action in _EFFECTS or action is Action.STOP:
                self._write_down(state, action)
            if action is Action.STOP:
                return state
            if action is Action.CALL and state.calls == 1:
                self._begins(state)
            outcome = self._act(state, action, before)
            before = action
            is_late = self._pace.clock() - entered > self._patience(stage)
            seen = self.look(state, outcome, is_late=is_late)

    def _write_down(self, state: State, action: Action) -> None:
        """Without the line that it is about to be made there is no call; but once one is made, a
        ledger that cannot be written stops neither the pin nor the word to people.
        """
        try:
            self._journal.note(state, action)
        except LaunchReadyError as error:
            if action in (Action.CANCEL, Action.CALL) or not state.calls:
                raise
            self._say(f"rollback: {error.message}")
            self.unwritten = f"the ledger: {error.message}"

    def look(self, state: State, outcome: Outcome | None, *, is_late: bool = False) -> Seen:
        """What there is to see at the stage of a state."""
        flying: tuple[Deployment, ...] | None = None
        told: Confirmation | None = None
        health: Health | None = None
        match state.stage:
            case Stage.CANCELLING:
                flying = self._asked(self._provider.in_flight)
            case Stage.VERIFYING | Stage.PINNING if state.target is not None:
                target = state.target
                told = self._asked(lambda: self._provider.confirm(target, state.ticket))
            case Stage.CHECKING:
                health = self._look_at_site()
            case _:
                pass
        return Seen(
            in_flight=None if flying is None else len(flying),
            confirmation=told,
            health=health,
            outcome=outcome,
            is_late=is_late,
            can_cancel=True,
            can_pin=state.target is not None and bool(self._provider.pin(state.target)),
        )

    def _asked(self, ask: Callable[[], T]) -> T | None:
        try:
            return ask()
        except HostError as error:
            self._say(f"rollback: {error}")
            return None

    def _patience(self, stage: Stage) -> float:
        return self._pace.site if stage is Stage.CHECKING else self._pace.host

    def _act(self, state: State, action: Action, before: Action) -> Outcome | None:
        match action:
            case Action.CANCEL:
                return self._cancel()
            case Action.CALL if state.target is not None:
                return self._perform(self._provider.roll_back(state.target, self._why))
            case Action.PIN if state.target is not None:
                return self._perform(self._provider.pin(state.target))
            case _:
                if action is Action.WAIT or action is before:
                    self._pace.sleep(self._pace.pause)
                return None

    def _cancel(self) -> Outcome | None:
        flying = self._asked(self._provider.in_flight)
        if flying is None:
            return None
        return self._perform(e for each in flying for e in self._provider.cancel(each))

    def _perform(self, effects: Iterable[Effect]) -> Outcome:
        ticket = ""
        for effect in effects:
            self._say(f"rollback: {effect.shown}")
            self.made.append(effect.shown)
            try:
                ticket = self._provider.perform(effect) or ticket
            except HostError as error:
                self._say(f"rollback: {error}")
                if error.trouble is Trouble.RATE_LIMIT:
                    wait = self._pace.pause if error.retry_after is None else error.retry_after
                    self._pace.sleep(min(wait, _MOST_WAIT_SECONDS))
                return Outcome(trouble=error.trouble, ticket=ticket)
        return Outcome(ticket=ticket)
