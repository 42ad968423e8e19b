"""Tells people of a rollback: when it begins, and how it ended. What cannot be told is told too."""

import datetime
import os
from collections.abc import Sequence

from launchready.errors import LaunchReadyError
from launchready.frozen import frozen
from launchready.gateways.github_record import GitHubRecord, open_record
from launchready.gateways.hosting.errors import HostError
from launchready.gateways.notify import Message, Notify, send
from launchready.steps.rollback.machine import Stage, State

_FOR_PEOPLE = frozenset((Stage.DONE, Stage.REFUSED, Stage.ESCALATED, Stage.HELD))
_NEEDS_A_PERSON = frozenset((Stage.REFUSED, Stage.ESCALATED))
_UNDO = "launchready rollback --undo --execute"


@frozen
class About:
    """What a message says besides how it stands."""

    bad: str
    good: str
    why: str
    place: str


class Telling:
    """One run's messages. `untold` is what could not be told, by whom and why."""

    def __init__(
        self, notify: Sequence[Notify], told: About, *, at_github: bool, environment: str
    ) -> None:
        self._notify = notify
        self._told = told
        self._environment = environment
        self._record: GitHubRecord | None = None
        self._deployment = ""
        self.untold: list[str] = []
        self.timeline: list[str] = []
        if at_github:
            try:
                self._record = open_record(os.environ)
            except LaunchReadyError as error:
                self.untold.append(f"GitHub: {error.message}")

    def heard(self, words: str) -> None:
        """Something happened: a line of the timeline."""
        self.timeline.append(f"{datetime.datetime.now(datetime.UTC):%H:%M:%S} {words}")

    def begins(self, state: State) -> None:
        """The first call is about to be made."""
        told = self._told
        title = f"Rolling back {told.place}: {told.bad} -> {told.good}"
        self._send(Message(title=title, lines=(f"why: {told.why}",), details=self._details(state)))
        commit = state.target.commit if state.target else ""
        if self._record and commit:
            try:
                self._deployment = self._record.begin(commit, self._environment, told.why)
            except HostError as error:
                self.untold.append(f"GitHub: {error}")

    def ends(self, state: State) -> None:
        """It is over, in one way or another."""
        if state.stage not in _FOR_PEOPLE:
            return
        told = self._told
        lines = [f"why: {told.why}", f"now: {state.words}"]
        if state.stage is Stage.DONE:
            pinned = ", and pushes do not go live" if state.is_pinned else ""
            lines.append(f"live: {told.good}{pinned}; to undo that: {_UNDO}")
        title = f"{_TITLES[state.stage]} {told.place}: {told.bad} -> {told.good}"
        message = Message(title=title, lines=tuple(lines), details=self._details(state))
        self._send(message, needs_a_person=state.stage in _NEEDS_A_PERSON)
        self._end_at_github(state, message)

    def _end_at_github(self, state: State, message: Message) -> None:
        if self._record is None:
            return
        try:
            if self._deployment:
                word = "success" if state.stage is Stage.DONE else "failure"
                self._record.tell(self._deployment, word, state.words)
            if state.stage is not Stage.HELD:
                self._record.write(message.title, (*message.lines, "", *self.timeline))
        except HostError as error:
            self.untold.append(f"GitHub: {error}")

    def _send(self, message: Message, *, needs_a_person: bool = False) -> None:
        for each in self._notify:
            if each.escalation and not needs_a_person:
                continue
            why_not = send(each, message)
            if why_not:
                self.untold.append(f"{each.by.value}: {why_not}")

    def _details(self, state: State) -> dict[str, "str | bool | None"]:
        return {
            "stage": state.stage.value,
            "from": self._told.bad,
            "to": self._told.good,
            "why": self._told.why,
            "words": state.words,
            "is_pinned": state.is_pinned,
        }


_TITLES = {
    Stage.DONE: "Rolled back",
    Stage.REFUSED: "NOT rolled back, a person is needed:",
    Stage.ESCALATED: "A rollback needs a person:",
    Stage.HELD: "Undecided:",
}
