"""Every state that the machine can reach, with every fault at every step, by exhaustive search.

The world is a host with one bad release live and one good one to go back to. At every step it does
what was asked, or not, or later, or says that it did; the run dies before an action, or after it
and before its outcome is written; and somebody else deploys.
"""

import itertools
from collections import deque
from collections.abc import Iterator
from functools import cache

import pytest

from launchready.facts.releases import Confirmation, Deployment, Standing
from launchready.frozen import frozen, replace
from launchready.gateways.hosting.errors import Trouble
from launchready.steps.rollback.decision import Judgement
from launchready.steps.rollback.machine import (
    MOST_CALLS,
    MOST_CANCELS,
    MOST_PINS,
    Action,
    Health,
    Outcome,
    Seen,
    Sent,
    Stage,
    State,
    advance,
)

BAD, GOOD, OTHER = (Deployment(id=name, commit=name) for name in ("bad", "good", "other"))
EFFECTS = (Action.CANCEL, Action.CALL, Action.PIN)


@frozen
class World:
    """The host. `job` is what it knows of a rollback that it took; `done` counts those that it
    began.
    """

    live: Deployment = BAD
    job: Standing | None = None
    in_flight: int = 0
    is_pinned: bool = False
    can_pin: bool = True
    can_cancel: bool = True
    done: int = 0
    has_stranger: bool = True


@frozen
class Node:
    """A written state, the action to be carried out, and what is known of the one before."""

    state: State
    action: Action
    world: World
    outcome: Outcome | None = None


def carried_out(node: Node) -> Iterator[tuple[World, Outcome]]:
    """All that may come of an action that changes something."""
    world = node.world
    if node.action is Action.CANCEL:
        yield replace(world, in_flight=0), Outcome()
        yield world, Outcome()
    elif node.action is Action.PIN:
        yield replace(world, is_pinned=True), Outcome()
        yield replace(world, is_pinned=True), Outcome(trouble=Trouble.UNREACHABLE)
        yield from ((world, Outcome(trouble=trouble)) for trouble in Trouble)
    else:
        begun = replace(world, done=world.done + 1)
        for after in (
            replace(begun, live=GOOD, job=Standing.LIVE),
            replace(begun, job=Standing.PENDING),
            replace(begun, job=Standing.FAILED),
        ):
            yield after, Outcome(ticket="job")
            yield after, Outcome(trouble=Trouble.UNREACHABLE)
        yield world, Outcome(ticket="job")  # it says so, and does nothing
        yield from ((world, Outcome(trouble=trouble)) for trouble in Trouble)


def moved_on(world: World) -> Iterator[World]:
    """What the host and other people may do between two looks."""
    yield world
    if world.job is Standing.PENDING:
        yield replace(world, live=GOOD, job=Standing.LIVE)
        yield replace(world, job=Standing.FAILED)
    if world.has_stranger and not world.is_pinned:
        yield replace(world, live=OTHER, job=None, in_flight=0)


def looks(node: Node, world: World) -> Iterator[Seen]:
    """What a run may see of the world at the stage that it is at."""
    lates = (False, True)
    base = Seen(can_cancel=world.can_cancel, can_pin=world.can_pin, outcome=node.outcome)
    match node.state.stage:
        case Stage.START:
            for judgement, refusals, live, flying in itertools.product(
                Judgement, ((), ("unsafe",)), (world.live, None), (world.in_flight, None)
            ):
                yield replace(
                    base, judgement=judgement, refusals=refusals, live=live, in_flight=flying
                )
        case Stage.CANCELLING:
            for flying, late in itertools.product((world.in_flight, None), lates):
                yield replace(base, in_flight=flying, is_late=late)
        case Stage.VERIFYING | Stage.PINNING:
            standing = Standing.LIVE if world.live == GOOD else world.job or Standing.NOT_TAKEN
            told = Confirmation(standing=standing, live=world.live, is_pinned=world.is_pinned)
            for confirmation, late in itertools.product((told, None), lates):
                yield replace(base, confirmation=confirmation, is_late=late)
        case Stage.CHECKING:
            for health, late in itertools.product(Health, lates):
                yield replace(base, health=health, is_late=late)
        case _:
            yield base


def after(node: Node) -> Iterator[Node]:
    """Every node that may follow."""
    if node.action in EFFECTS:
        for world, outcome in carried_out(node):
            for told in (outcome, None):  # None: the run died before it could write it down
                yield from seen_from(replace(node, world=world, outcome=told))
        yield from seen_from(replace(node, outcome=None))  # it died before
    else:
        for world in moved_on(node.world):
            yield from seen_from(replace(node, world=world))


def seen_from(node: Node) -> Iterator[Node]:
    """What the machine makes of every look."""
    for seen in looks(node, node.world):
        state, action = advance(node.state, seen)
        yield Node(state=state, action=action, world=node.world)


@cache
def explored() -> dict[Node, tuple[Node, ...]]:
    """Every reachable node with what may follow it."""
    graph: dict[Node, tuple[Node, ...]] = {}
    waiting = deque(
        Node(
            state=State(bad=BAD, target=target, is_dry=is_dry),
            action=Action.LOOK,
            world=World(
                live=live,
                in_flight=flying,
                can_pin=can_pin,
                can_cancel=can_cancel,
                has_stranger=has_stranger,
            ),
        )
        for target, is_dry, live, flying, can_pin, can_cancel, has_stranger in itertools.product(
            (GOOD, None),
            (True, False),
            (BAD, GOOD, OTHER),
            (0, 1),
            (True, False),
            (True, False),
            (True, False),
        )
    )
    while waiting:
        node = waiting.popleft()
        assert node.state.calls <= MOST_CALLS
        if node not in graph:
            graph[node] = () if node.state.stage.is_end else tuple(dict.fromkeys(after(node)))
            waiting.extend(graph[node])
    return graph


def test_every_stage_is_reached() -> None:
    assert {node.state.stage for node in explored()} == set(Stage)
    assert len(explored()) > 300


def test_done_means_that_the_good_release_is_live_and_stays() -> None:
    ends = [node for node in explored() if node.state.stage is Stage.DONE]
    assert ends
    for node in ends:
        # Without a pin somebody may deploy at any time; then at least the last look was good.
        assert node.world.live == GOOD or not node.world.is_pinned
        assert node.world.is_pinned or not node.world.can_pin


def test_a_call_is_made_at_most_twice_and_only_where_it_may() -> None:
    for node in explored():
        assert node.state.calls <= MOST_CALLS
        assert node.world.done <= MOST_CALLS
        assert node.state.pins <= MOST_PINS
        assert node.state.cancels <= MOST_CANCELS
        if node.state.is_dry or node.state.target is None:
            assert node.world.done == 0
            assert node.action not in EFFECTS


def test_no_call_is_repeated_that_was_taken_or_that_would_undo_a_strangers_deploy() -> None:
    for node, following in explored().items():
        for each in following:
            if each.action is Action.CALL and node.state.stage is Stage.VERIFYING:
                assert node.state.sent is not Sent.TAKEN
                assert each.world.live == BAD


def test_no_circle_holds_a_call() -> None:
    """A run may die and be started for ever, but it never goes round by the host's doing more."""
    for node, following in explored().items():
        for each in following:
            assert each.state.calls >= node.state.calls
            if each.action in EFFECTS:
                before = (node.state.calls, node.state.pins, node.state.cancels)
                assert (each.state.calls, each.state.pins, each.state.cancels) > before


def test_nothing_follows_an_end_and_an_end_follows_everything() -> None:
    graph = explored()
    ends = {node for node in graph if node.state.stage.is_end}
    before: dict[Node, set[Node]] = {}
    for node, following in graph.items():
        for each in following:
            before.setdefault(each, set()).add(node)
    reached, waiting = set(ends), deque(ends)
    while waiting:
        for node in before.get(waiting.popleft(), ()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    assert reached == set(graph), "from these no end is reached"
    for node in ends:
        for seen in looks(node, node.world):
            assert advance(node.state, seen) == (node.state, Action.STOP)


def test_nothing_is_called_unless_it_is_bad_and_nobody_refuses() -> None:
    start = State(bad=BAD, target=GOOD, is_dry=False)
    for judgement, refusals in itertools.product(Judgement, ((), ("unsafe",))):
        seen = Seen(judgement=judgement, refusals=refusals, live=BAD, in_flight=0)
        action = advance(start, seen)[1]
        assert (action is Action.CALL) == (judgement is Judgement.BAD and not refusals)


def test_still_bad_afterwards_is_never_a_second_hop() -> None:
    for node in explored():
        if node.state.stage is Stage.CHECKING:
            late = Seen(health=Health.BAD, is_late=True, can_pin=True)
            assert advance(node.state, late)[0].stage is Stage.ESCALATED


def plain(state: State, world: World, outcome: Outcome | None) -> Seen:
    """What is seen where nothing goes wrong."""
    live = world.live == GOOD
    told = Confirmation(
        standing=Standing.LIVE if live else Standing.NOT_TAKEN,
        live=world.live,
        is_pinned=world.is_pinned,
    )
    return Seen(
        judgement=Judgement.BAD,
        live=world.live,
        in_flight=world.in_flight,
        confirmation=told,
        outcome=outcome,
        health=Health.GOOD if live else Health.BAD,
        can_cancel=True,
        can_pin=True,
    )


def run(deaths: frozenset[tuple[int, bool]]) -> tuple[Stage, World]:
    """A run on a host that does what it is asked, which dies at the given actions: (number of the
    action, whether it had been carried out), and is started again.
    """
    state, world, outcome = State(bad=BAD, target=GOOD, is_dry=False), World(in_flight=1), None
    for number in range(40):
        seen = replace(plain(state, world, outcome), is_late=number > 20)
        state, action = advance(state, seen)
        outcome = None
        if action is Action.STOP:
            return state.stage, world
        if (number, False) in deaths or action not in EFFECTS:
            continue
        world = {
            Action.CANCEL: replace(world, in_flight=0),
            Action.CALL: replace(world, live=GOOD, done=world.done + 1),
            Action.PIN: replace(world, is_pinned=True),
        }[action]
        outcome = None if (number, True) in deaths else Outcome()
    raise AssertionError("it does not end")


DEATHS = [(number, was_done) for number in range(7) for was_done in (False, True)]


@pytest.mark.parametrize("death", [None, *DEATHS])
def test_a_run_that_dies_anywhere_comes_to_the_same_end(death: tuple[int, bool] | None) -> None:
    stage, world = run(frozenset((death,) if death else ()))
    assert (stage, world.live, world.is_pinned) == (Stage.DONE, GOOD, True)
    assert world.done == 1, "a call that was carried out is not made again"


def test_runs_that_die_again_and_again_never_call_a_second_time() -> None:
    for count in (2, 3):
        for deaths in itertools.combinations(DEATHS, count):
            stage, world = run(frozenset(deaths))
            assert world.done <= 1, deaths
            assert (stage is Stage.DONE) == (world.live == GOOD and world.is_pinned), deaths


def test_the_same_trigger_three_times_rolls_back_once() -> None:
    world = World()
    for _ in range(3):
        state, outcome = State(bad=BAD, target=GOOD, is_dry=False), None
        while True:
            state, action = advance(state, plain(state, world, outcome))
            outcome = None
            if action is Action.STOP:
                break
            if action is Action.CALL:
                world, outcome = replace(world, live=GOOD, done=world.done + 1), Outcome()
            if action is Action.PIN:
                world, outcome = replace(world, is_pinned=True), Outcome()
    assert world.done == 1
    assert state.stage is Stage.NEEDLESS
