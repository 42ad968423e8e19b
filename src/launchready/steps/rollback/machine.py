"""The rollback as a pure function: (state, what was seen) -> (state, what to do next).

START -> (guards) -> CANCELLING -> CALLING -> VERIFYING -> PINNING -> CHECKING -> DONE

The new state is written down before its action is carried out. Whoever finds a written state knows
what may have been done, looks, and goes on from there: a run that dies anywhere and is started
again comes to the same end, with at most one call more. Nothing leads from an end to a call: what
is still bad after a rollback is a person's to judge, never a second hop.
"""

import enum

from launchready.facts.releases import Confirmation, Deployment, Standing
from launchready.frozen import frozen, replace
from launchready.gateways.hosting.errors import Trouble
from launchready.steps.rollback.decision import Judgement

MOST_CALLS = 2
MOST_CANCELS = 2

MOST_PINS = 2


class Stage(enum.StrEnum):
    """How far an attempt is. The last seven are ends."""

    START = "start"
    CANCELLING = "cancelling"
    CALLING = "calling"
    VERIFYING = "verifying"
    PINNING = "pinning"
    CHECKING = "checking"
    GOOD = "good"
    HELD = "held"
    NEEDLESS = "needless"
    PLANNED = "planned"
    REFUSED = "refused"
    ESCALATED = "escalated"
    DONE = "done"

    @property
    def is_end(self) -> bool:
        """Whether nothing is to be done any more."""
        return self in _ENDS


_ENDS = frozenset(
    (
        Stage.GOOD,
        Stage.HELD,
        Stage.NEEDLESS,
        Stage.PLANNED,
        Stage.REFUSED,
        Stage.ESCALATED,
        Stage.DONE,
    )
)


class Action(enum.StrEnum):
    """What to do next. CANCEL, CALL and PIN change something at the host."""

    LOOK = "look"
    WAIT = "wait"
    CANCEL = "cancel"
    CALL = "call"
    PIN = "pin"
    CHECK = "check"
    STOP = "stop"


class Sent(enum.StrEnum):
    """What is known of the last call."""

    NO = "no"
    """None was made, or it was turned away."""

    MAYBE = "maybe"
    """It may have been made: the answer, or the run, was lost."""

    TAKEN = "taken"
    """The host took it."""


class Health(enum.StrEnum):
    """What the public address shows after the rollback."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"
    UNASKED = "unasked"
    """There is no address to look at."""


@frozen
class Outcome:
    """What came of the last action. `trouble` is None where the host took it."""

    trouble: Trouble | None = None
    ticket: str = ""


@frozen
class Seen:
    """What is known at one moment; a field is None where it was not looked at, or not to be had.

    `is_late` says that the time for this stage is over. `can_cancel` and `can_pin` are the host's.
    """

    judgement: Judgement | None = None
    refusals: tuple[str, ...] = ()
    live: Deployment | None = None
    in_flight: int | None = None
    confirmation: Confirmation | None = None
    outcome: Outcome | None = None
    health: Health | None = None
    is_late: bool = False
    can_cancel: bool = False
    can_pin: bool = False


@frozen
class State:
    """One attempt: away from `bad`, to `target`. `calls`, `cancels` and `pins` count what was
    begun; `is_pinned` is None where there is nothing to pin. `words` say why it ended.
    """

    stage: Stage = Stage.START
    bad: Deployment
    target: Deployment | None
    is_dry: bool = True
    calls: int = 0
    cancels: int = 0
    pins: int = 0
    sent: Sent = Sent.NO
    ticket: str = ""
    is_pinned: bool | None = None
    words: str = ""


Step = tuple[State, Action]


def advance(state: State, seen: Seen) -> Step:
    """What follows. From an end nothing does."""
    if state.stage.is_end:
        return state, Action.STOP
    return _MOVES[state.stage](state, seen)


def end(state: State, stage: Stage, words: str) -> Step:
    """The attempt ends here."""
    return replace(state, stage=stage, words=words), Action.STOP


def _start(state: State, seen: Seen) -> Step:
    ended = _without_a_call(state, seen)
    if ended is not None:
        return end(state, *ended)
    return _clear_the_way(state, seen)


def _without_a_call(state: State, seen: Seen) -> tuple[Stage, str] | None:
    """How an attempt ends that changes nothing; None where there is something to do."""
    live, target = seen.live, state.target
    is_bad = seen.judgement is Judgement.BAD
    ends = (
        (live is None, Stage.ESCALATED, "the host does not say what is live"),
        (seen.judgement is Judgement.GOOD, Stage.GOOD, "the release is good"),
        (not is_bad, Stage.HELD, "it is not known that going back would help"),
        (_is(live, target), Stage.NEEDLESS, "the release to go back to is live already"),
        (not _is(live, state.bad), Stage.REFUSED, "another release went live since it was judged"),
        (bool(seen.refusals), Stage.REFUSED, "; ".join(seen.refusals)),
        (target is None, Stage.REFUSED, "there is nothing to go back to"),
        (state.is_dry, Stage.PLANNED, "nothing was changed: this was a dry run"),
    )
    return next(((stage, words) for is_so, stage, words in ends if is_so), None)


def _is(one: Deployment | None, other: Deployment | None) -> bool:
    return one is not None and other is not None and one.serves == other.serves


def _clear_the_way(state: State, seen: Seen) -> Step:
    if seen.in_flight is None:
        return end(state, Stage.ESCALATED, "the host does not say whether a deploy is under way")
    if seen.in_flight == 0:
        return _call(state)
    if not seen.can_cancel:
        words = "a deploy is under way that would replace what is gone back to"
        return end(state, Stage.ESCALATED, words)
    return _cancel(state)


def _cancel(state: State) -> Step:
    return replace(state, stage=Stage.CANCELLING, cancels=state.cancels + 1), Action.CANCEL


def _cancelling(state: State, seen: Seen) -> Step:
    if seen.in_flight == 0:
        return _call(state)
    if seen.is_late:
        return end(state, Stage.ESCALATED, "the deploy that is under way cannot be stopped")
    if seen.in_flight and seen.outcome is None and state.cancels < MOST_CANCELS:
        return _cancel(state)  # to stop it twice is to stop it once
    return state, Action.LOOK if seen.in_flight is None else Action.WAIT


def _call(state: State) -> Step:
    """The call is written down as made before it is made."""
    sent = replace(state, stage=Stage.CALLING, calls=state.calls + 1, sent=Sent.MAYBE)
    return sent, Action.CALL


def _calling(state: State, seen: Seen) -> Step:
    outcome = seen.outcome
    verifying = replace(state, stage=Stage.VERIFYING)
    if outcome is None:  # another run began it, and nobody knows how it went
        return verifying, Action.LOOK
    if outcome.trouble is None:
        return replace(verifying, sent=Sent.TAKEN, ticket=outcome.ticket), Action.LOOK
    if outcome.trouble is Trouble.RATE_LIMIT:
        return replace(verifying, sent=Sent.NO), Action.WAIT
    if outcome.trouble.is_lost or outcome.trouble is Trouble.CONFLICT:
        return verifying, Action.LOOK  # it may be done all the same
    return end(state, Stage.ESCALATED, f"the host did not do it: {outcome.trouble.value}")


def _verifying(state: State, seen: Seen) -> Step:
    told = seen.confirmation
    if told is None:
        words = "the host does not say how the rollback stands"
        return end(state, Stage.ESCALATED, words) if seen.is_late else (state, Action.LOOK)
    match told.standing:
        case Standing.LIVE:
            return _after_live(state, seen, told)
        case Standing.FAILED:
            return end(state, Stage.ESCALATED, f"the host gave the rollback up: {told.words}")
        case Standing.NOT_TAKEN:
            return _not_taken(state, seen, told)
        case Standing.PENDING:
            words = "the host is still at it, and its time is over"
            return end(state, Stage.ESCALATED, words) if seen.is_late else (state, Action.WAIT)


def _not_taken(state: State, seen: Seen, told: Confirmation) -> Step:
    if not _is(told.live, state.bad):
        return end(state, Stage.ESCALATED, "another release went live meanwhile")
    if state.sent is not Sent.TAKEN and state.calls < MOST_CALLS:
        return _call(state)
    if not seen.is_late:
        return state, Action.WAIT
    is_taken = state.sent is Sent.TAKEN
    words = "the host took the call" if is_taken else "the host did not take the call"
    return end(state, Stage.ESCALATED, f"{words}, and still serves the bad release")


def _after_live(state: State, seen: Seen, told: Confirmation) -> Step:
    if told.is_pinned or not seen.can_pin:
        checking = replace(state, stage=Stage.CHECKING, is_pinned=told.is_pinned)
        return checking, Action.CHECK
    return _pin(state)


def _pin(state: State) -> Step:
    pinning = replace(state, stage=Stage.PINNING, pins=state.pins + 1, is_pinned=False)
    return pinning, Action.PIN


def _pinning(state: State, seen: Seen) -> Step:
    outcome = seen.outcome
    is_taken = outcome is not None and outcome.trouble is None
    if is_taken or (seen.confirmation is not None and seen.confirmation.is_pinned):
        return replace(state, stage=Stage.CHECKING, is_pinned=True), Action.CHECK
    may_pass = outcome is None or (outcome.trouble is not None and outcome.trouble.may_pass)
    if may_pass and state.pins < MOST_PINS:
        return _pin(state)  # to pin twice is to pin once
    return replace(state, stage=Stage.CHECKING), Action.CHECK


def _checking(state: State, seen: Seen) -> Step:
    if seen.health in (None, Health.UNKNOWN) and not seen.is_late:
        return state, Action.CHECK
    if seen.health is Health.BAD:
        if not seen.is_late:  # caches and old instances take their time
            return state, Action.CHECK
        words = "the site is still bad: the release was not the cause, or not the only one"
        return end(state, Stage.ESCALATED, words)
    if seen.health in (None, Health.UNKNOWN):
        return end(state, Stage.ESCALATED, "the site could not be looked at after the rollback")
    if state.is_pinned is False:
        words = "the good release is live, and could not be pinned: the next push replaces it"
        return end(state, Stage.ESCALATED, words)
    unasked = " (no address to look at is set)" if seen.health is Health.UNASKED else ""
    return end(state, Stage.DONE, f"the good release is live{unasked}")


_MOVES = {
    Stage.START: _start,
    Stage.CANCELLING: _cancelling,
    Stage.CALLING: _calling,
    Stage.VERIFYING: _verifying,
    Stage.PINNING: _pinning,
    Stage.CHECKING: _checking,
}
