"""The area `load`: what the routes do while several visitors ask at once; only where asked for."""

from collections.abc import Iterator, Sequence

from launchready.facts.sampling import Sample, Sampling
from launchready.frozen import replace
from launchready.gateways.web.reach import Allowance
from launchready.gateways.web.sampler import load
from launchready.model import Json, Looked, Told, Unchecked
from launchready.steps.smoke_test.seen import LoadFacts
from launchready.steps.smoke_test.session import Session
from launchready.steps.smoke_test.settings import SmokeTestSettings
from launchready.steps.smoke_test.statistics.quantiles import spread_of
from launchready.steps.smoke_test.timing.batches import BUSY, by_round
from launchready.steps.smoke_test.timing.telling import numbers, shown
from launchready.steps.smoke_test.timing.timed import Timed, timed_routes

_EACH = 20  # requests of a visitor
_SECONDS = 30.0
_RAMP = (5, 2)  # five visitors begin; after every two answers one more joins

_STOPPED = Unchecked(
    target="the load",
    reason="it was broken off: more than 5 % of the answers were errors",
    hint="mend what failed, then run it again",
)
_BUSY = Unchecked(
    target="the times under load",
    reason="this runner was too busy to time so many visitors",
    hint="ask for fewer visitors, or use a larger runner",
)
_REFUSED = Unchecked(
    target="the load",
    reason="a limit of requests (429) answered, not the site",
    hint="let the runner through the limit for the time of the test",
)


def observe(session: Session) -> Iterator[object]:
    """What each route did under load."""
    visitors = session.settings.load
    if not visitors:
        return
    routes = tuple(timed_routes(session, session.plan.routes))
    timed = [each for each in routes if isinstance(each, Timed)]
    yield from (each for each in routes if isinstance(each, Unchecked))
    declared = _declared(session.settings)
    for host in sorted({each.request.host for each in timed} - declared):
        yield Unchecked(
            target=f"the load on {host}",
            reason="load is put only on hosts that the config names",
            hint="write `site.url` or `site.hosts` into launchready.yml",
        )
    timed = [each for each in timed if each.request.host in declared]
    if timed:
        yield from _under_load(session, timed, visitors)


def _declared(settings: SmokeTestSettings) -> set[str]:
    """The hosts that the config, and not only the command line, names."""
    site = settings.site
    return {site.host, *(each.name.lower() for each in site.hosts)} - {""}


def _under_load(session: Session, timed: Sequence[Timed], visitors: int) -> Iterator[object]:
    client = session.client.apart(Allowance(visitors * _EACH))
    try:
        took = load(
            client,
            [each.request for each in timed],
            visitors=visitors,
            each=_EACH,
            seconds=_SECONDS,
            ramp=_RAMP,
        )
    finally:
        client.close()
    facts = [_facts(*pair, visitors, took) for pair in zip(timed, took.samples, strict=True)]
    yield from facts
    yield from _unseen(took)
    answers = sum(each.asked for each in facts)
    yield Looked(
        name="load_requests", one="request of load", many="requests of load", count=answers
    )
    yield _told(visitors, took, [(each.key, fact) for each, fact in zip(timed, facts, strict=True)])


def _facts(each: Timed, samples: tuple[Sample, ...], visitors: int, took: Sampling) -> LoadFacts:
    times = tuple(by_round(_numbered(samples), each.response.status).values())
    return LoadFacts(
        planned=each.planned,
        title=each.title,
        visitors=visitors,
        asked=len(samples),
        errors=sum(sample.is_error for sample in samples),
        spread=spread_of(times) if times else None,
        is_timed=took.busy < BUSY,
    )


def _unseen(took: Sampling) -> Iterator[Unchecked]:
    every = [sample for samples in took.samples for sample in samples]
    if any(each.is_refused for each in every):
        yield _REFUSED
    elif took.stopped == "errors":
        yield _STOPPED
    if took.busy >= BUSY:
        yield _BUSY


def _told(visitors: int, took: Sampling, facts: Sequence[tuple[str, LoadFacts]]) -> Told:
    routes: list[Json] = [
        {
            "route": key,
            "url": each.planned.url,
            "asked": each.asked,
            "errors": each.errors,
            **(numbers(each.spread) if each.spread else {"n": 0}),
        }
        for key, each in facts
    ]
    value: Json = {"visitors": visitors, "stopped": took.stopped or None, "routes": routes}
    words = [f"load of {visitors} visitors at once:", *(_words(each) for _, each in facts)]
    return Told(name="load", value=value, words="\n".join(words))


def _words(each: LoadFacts) -> str:
    errors = f"{each.errors} errors of {each.asked} requests"
    if each.spread is None:
        return f"{each.title}: {errors}"
    spread = each.spread
    times = f"p50 {shown(spread.p50)}, p95 {shown(spread.p95)}, p99 {shown(spread.p99)}"
    return f"{each.title}: {times}; {errors}"


def _numbered(samples: Sequence[Sample]) -> list[Sample]:
    """Samples of many visitors share a round; here each needs one of its own."""
    return [replace(each, at=at) for at, each in enumerate(samples)]
