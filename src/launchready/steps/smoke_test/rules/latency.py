"""Rules on how long routes take, and on what they do under load."""

from collections.abc import Iterator

from launchready.model import Evidence, Finding, JsonScalar, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.plan import PlannedRoute
from launchready.steps.smoke_test.seen import LatencyFacts, LoadFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings
from launchready.steps.smoke_test.statistics.quantiles import Spread
from launchready.steps.smoke_test.statistics.verdicts import Change, Kept
from launchready.steps.smoke_test.timing.telling import proven, shown

_BEARABLE = 0.01  # of the requests under load
_PATIENCE = 1800  # ms; web.dev/articles/ttfb calls more than this poor


@rule(LatencyFacts, Severity.ERROR)
def latency_over_budget(seen: LatencyFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route of which more than 5 of 100 requests take longer than its budget, proven.

    Visitors who wait leave, the slow ones are often the customers with the most data, and a payment
    that takes too long is tried twice.

    Look at what the slow requests have in common: a query without an index, a service that is asked
    one by one, a cold start. Where the budget is not meant so, change `budget` at the route.

    Bad:
        budget 500 ms, p95 812 ms, truly 640 to 1,204 ms
    Good:
        budget 500 ms, p95 320 ms, truly 290 to 410 ms
    Reference: https://sre.google/sre-book/service-level-objectives/
    """
    if seen.planned.route.critical:
        yield from _over_budget(seen)


@rule(LatencyFacts, Severity.ERROR)
def latency_regression(seen: LatencyFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that takes more than 1.3 times as long as in earlier good runs, confirmed.

    The deploy made it slower, and traffic will make that worse.

    Look at what the release changed on this path, first at its queries; roll back if customers wait
    for it. Where the new time is meant, delete the file of `latency-history` to begin anew.

    Bad:
        1.62 times earlier runs, at least 1.41
    Good:
        1.02 times earlier runs, within noise
    Reference: https://en.wikipedia.org/wiki/Hodges%E2%80%93Lehmann_estimator
    """
    if seen.planned.route.critical:
        yield from _slower(seen)


@rule(LatencyFacts, Severity.WARNING)
def latency_creep(seen: LatencyFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that is proven to take at least 1.1 times as long as in earlier good runs.

    No customer notices one such step, and every one notices five.

    Look at what the release changed on this path, while it is still one change.

    Bad:
        1.22 times earlier runs, at least 1.14
    Good:
        1.02 times earlier runs, within noise
    Reference: https://en.wikipedia.org/wiki/Hodges%E2%80%93Lehmann_estimator
    """
    if seen.comparison.change is Change.CREPT:
        yield from _than_before(seen)


@rule(LatencyFacts, Severity.WARNING)
def lesser_route_slow(seen: LatencyFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route with `critical: false` that is over its budget or became slower, proven.

    It earns no money, but somebody waits for it, and it takes the time of the server that does.

    Look at what the release changed on this path.

    Bad:
        /changelog: budget 500 ms, p95 812 ms, truly 640 to 1,204 ms
    Good:
        /changelog: budget 500 ms, p95 320 ms, truly 290 to 410 ms
    Reference: https://sre.google/sre-book/service-level-objectives/
    """
    if not seen.planned.route.critical:
        yield from _over_budget(seen)
        yield from _slower(seen)


@rule(LatencyFacts, Severity.WARNING)
def route_fails_at_times(seen: LatencyFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that answers most requests, and fails some of a hundred.

    One look finds it right. Of the customers, some meet the error on every visit of a few pages.

    Look at the log for this minute: a node of several that is broken, a pool that is too small, a
    service that times out.

    Bad:
        3 of 100 requests failed
    Good:
        0 of 100 requests failed
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.6
    """
    if seen.errors:
        message = f"{seen.title}: {seen.errors} of {seen.asked} requests failed"
        yield _finding(seen.planned, message, seen.spread)


@rule(LoadFacts, Severity.ERROR)
def load_errors(seen: LoadFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that fails more than 1 of 100 requests while several visitors ask at once.

    It works for one, and breaks on the day of the launch, when all come at the same time.

    Look at the log for these seconds: connections to the database that run out, workers that are
    too few, a limit of the host's plan.

    Bad:
        20 visitors: 31 of 400 requests failed
    Good:
        20 visitors: 0 of 400 requests failed
    Reference: https://sre.google/sre-book/addressing-cascading-failures/
    """
    if seen.errors > _BEARABLE * seen.asked:
        said = f"{seen.errors} of {seen.asked} requests failed"
        message = f"{seen.title}, {seen.visitors} visitors at once: {said}"
        yield _finding(seen.planned, message, seen.spread)


@rule(LoadFacts, Severity.WARNING)
def load_slow(seen: LoadFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route of which, with several visitors at once, more than 5 of 100 requests take
    longer than its budget, or than 1.8 s where it has none.

    Quick for one and slow for twenty means that they wait for each other: for a lock, a worker, a
    connection.

    Look at how many requests are worked on at once, at the database's connections and at locks;
    keep what is the same for all visitors in a cache.

    Bad:
        20 visitors: p95 4,210 ms, truly 3,900 to 5,020 ms, limit 1,800 ms
    Good:
        20 visitors: p95 310 ms, truly 290 to 360 ms, limit 1,800 ms
    Reference: https://web.dev/articles/ttfb
    """
    limit = seen.planned.route.budget or _PATIENCE
    if seen.spread is not None and seen.is_timed and seen.spread.low > limit:
        measured = f"p95 {shown(seen.spread.p95)} ({proven(seen.spread)}), limit {limit:,} ms"
        message = f"{seen.title}, {seen.visitors} visitors at once: {measured}"
        yield _finding(seen.planned, message, seen.spread)


def _over_budget(seen: LatencyFacts) -> Iterator[Finding]:
    if seen.kept is Kept.OVER:
        measured = f"p95 {shown(seen.spread.p95)} ({proven(seen.spread)})"
        message = f"{seen.title}: {measured}, budget {seen.planned.route.budget:,} ms"
        yield _finding(seen.planned, message, seen.spread)


def _slower(seen: LatencyFacts) -> Iterator[Finding]:
    if seen.comparison.change is Change.SLOWER:
        yield from _than_before(seen)


def _than_before(seen: LatencyFacts) -> Iterator[Finding]:
    if (ratio := seen.comparison.ratio) is not None:
        measured = f"{ratio.estimate:.2f} times earlier runs (99 % sure: at least {ratio.low:.2f})"
        message = f"{seen.title}: {measured}, p50 now {shown(seen.spread.p50)}"
        yield _finding(seen.planned, message, seen.spread)


def _finding(planned: PlannedRoute, message: str, spread: Spread | None) -> Finding:
    measured: tuple[tuple[str, JsonScalar], ...] = ()
    if spread is not None:
        measured = (("n", spread.n), ("p50", round(spread.p50, 1)), ("p95", round(spread.p95, 1)))
    return Finding(
        message=message,
        location=UrlLocation(url=planned.url),
        identity=f"{planned.route.path} {planned.route.identity or ''}",
        evidence=Evidence(measured=measured),
    )


LATENCY_RULES = (
    latency_over_budget,
    latency_regression,
    latency_creep,
    lesser_route_slow,
    route_fails_at_times,
    load_errors,
    load_slow,
)
