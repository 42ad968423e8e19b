"""The area `latency`: how long the routes take, beside their budgets and beside earlier runs."""

from collections.abc import Iterator, Mapping, Sequence

from launchready.facts.web import Request
from launchready.frozen import frozen
from launchready.gateways.web.reach import Allowance
from launchready.model import Looked, Unchecked
from launchready.steps.smoke_test.seen import LatencyFacts
from launchready.steps.smoke_test.session import Session
from launchready.steps.smoke_test.statistics.quantiles import spread_of
from launchready.steps.smoke_test.statistics.verdicts import (
    FEWEST,
    Change,
    Comparison,
    Kept,
    compared,
    confirmed,
    kept,
)
from launchready.steps.smoke_test.timing.batches import (
    Batch,
    Batches,
    batches,
    how_many_at_once,
)
from launchready.steps.smoke_test.timing.keeping import Earlier, earlier_runs, keep
from launchready.steps.smoke_test.timing.telling import told
from launchready.steps.smoke_test.timing.timed import Timed, control_of, timed_routes

_SECONDS = 120.0  # of a batch
_MOST_REQUESTS = 6000

Controls = Mapping[str, Request | None]


@frozen
class _Run:
    """What was measured, by the routes' keys: the first batch and what follows from all."""

    timed: Sequence[Timed]
    batch: Batches
    compare: Mapping[str, Comparison]
    earlier: Earlier
    controls: Controls
    at_once: int


def observe(session: Session) -> Iterator[object]:
    """What each timed route took, and what follows from it."""
    timed, unchecked = _wanted(session)
    yield from unchecked
    if not timed:
        return
    earlier = earlier_runs(session)
    yield from earlier.unchecked
    controls = {each.key: control_of(session, each) for each in timed}
    at_once = earlier.at_once or how_many_at_once(timed)
    client = session.client.apart(Allowance(_MOST_REQUESTS))
    try:
        first = batches(client, timed, controls, at_once, _SECONDS)
        if not first.is_timed:
            yield _BUSY
            return
        compare = {each.key: _compared(first.by_key[each.key], each, earlier) for each in timed}
        slower = [each for each in timed if compare[each.key].change is Change.SLOWER]
        if slower:
            second = batches(client, slower, controls, at_once, _SECONDS)
            for each in slower:
                compare[each.key] = _confirmed(each, first, second, earlier)
    finally:
        client.close()
    run = _Run(
        timed=timed,
        batch=first,
        compare=compare,
        earlier=earlier,
        controls=controls,
        at_once=at_once,
    )
    yield from _seen(session, run)
    asked = client.allowance.spent
    yield Looked(name="timed_requests", one="timed request", many="timed requests", count=asked)


_BUSY = Unchecked(
    target="the latency of the routes",
    reason="this runner was too busy to time them",
    hint="run it where nothing else runs at the same time",
)


def _wanted(session: Session) -> tuple[list[Timed], list[Unchecked]]:
    routes = session.plan.routes
    if not session.settings.latency:
        routes = tuple(each for each in routes if each.route.budget is not None)
    seen = tuple(timed_routes(session, routes))
    return (
        [each for each in seen if isinstance(each, Timed)],
        [each for each in seen if isinstance(each, Unchecked)],
    )


def _compared(batch: Batch, each: Timed, earlier: Earlier) -> Comparison:
    return compared(batch.series, earlier.of(each.key))


def _confirmed(each: Timed, first: Batches, second: Batches, earlier: Earlier) -> Comparison:
    if not second.is_timed:
        return Comparison(change=Change.INCONCLUSIVE, why="this runner was too busy")
    one, other = first.by_key[each.key].series, second.by_key[each.key].series
    return confirmed(one, other, earlier.of(each.key))


def _seen(session: Session, run: _Run) -> Iterator[object]:
    """The facts of each route, and what nothing can be said of; a good run is kept."""
    facts: list[tuple[str, LatencyFacts]] = []
    for each in run.timed:
        found = run.batch.by_key[each.key]
        if found.milliseconds:
            facts.append((each.key, _facts(each, found, run.compare[each.key])))
            yield facts[-1][1]
        yield from _unseen(each, run)
    kept_in, why = None, None
    if not session.has_failed and all(_is_good(seen) for _, seen in facts):
        series = {key: run.batch.by_key[key].series for key, _ in facts}
        kept_in, why = keep(session, run.earlier, series, run.at_once)
    if why is not None:
        yield why
    if facts:
        yield told(facts, run.earlier, kept_in)


def _is_good(seen: LatencyFacts) -> bool:
    """Whether later runs may be compared with this one: nothing failed, nothing became slower."""
    is_as_before = seen.comparison.change in (Change.UNKNOWN, Change.NOISE, Change.CREPT)
    return is_as_before and not seen.errors and seen.spread.n >= FEWEST


def _facts(each: Timed, batch: Batch, comparison: Comparison) -> LatencyFacts:
    spread, budget = spread_of(batch.milliseconds), each.planned.route.budget
    return LatencyFacts(
        planned=each.planned,
        title=each.title,
        spread=spread,
        errors=batch.errors,
        asked=batch.asked,
        kept=None if budget is None else kept(spread, budget),
        comparison=comparison,
    )


def _unseen(each: Timed, run: _Run) -> Iterator[Unchecked]:
    batch, comparison = run.batch.by_key[each.key], run.compare[each.key]
    target = f"the latency of {each.planned.url}"
    n, budget = len(batch.milliseconds), each.planned.route.budget
    if batch.refused:
        reason = f"a limit of requests (429) answered {batch.refused} times of {batch.asked}"
        yield Unchecked(target=target, reason=reason, hint="let the runner through the limit")
    elif n < FEWEST and not _is_over(batch, budget):
        reason = f"{n} of {batch.asked} requests gave a time, fewer than {FEWEST}"
        yield Unchecked(target=target, reason=reason, hint="look at why the others did not")
    elif run.earlier.is_wanted and run.controls[each.key] is None:
        hint = "name a static file of the host with `smoke-test.latency-control`"
        yield Unchecked(target=target, reason="there is no static file to compare by", hint=hint)
    elif comparison.change is Change.INCONCLUSIVE:
        hint = f"run again; if the runner is another for good, begin {run.earlier.shown} anew"
        yield Unchecked(target=target, reason=comparison.why, hint=hint)


def _is_over(batch: Batch, budget: int | None) -> bool:
    """Whether even these few prove that the budget is not kept."""
    times = batch.milliseconds
    return bool(times) and budget is not None and kept(spread_of(times), budget) is Kept.OVER
