"""Where requests are counted: the numbers of each source, and what is not known."""

import datetime
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from launchready.frozen import replace
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.metrics import Count, Metric, Source, Window, count
from launchready.steps.rollback.decision import Judgement
from launchready.steps.rollback.rates import rate_signals
from tests.hosting.contract import Matched
from tests.hosting.fake import Fake, Fault, State, running

NOW = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)
DEPLOYED = NOW - datetime.timedelta(minutes=10)
VARIABLE = "TEST_METRICS_TOKEN"


class Counted(State):
    """Requests and errors before the deploy and since; latency of 200 ms, and of `slow` since."""

    before: tuple[float, float] = (6000, 30)
    since: tuple[float, float] = (1000, 5)
    slow: float = 200

    def at(self, end: str) -> dict[str, float]:
        """What is counted in the window that ends then."""
        is_before = float(end) <= DEPLOYED.timestamp()
        requests, errors = self.before if is_before else self.since
        return {"requests": requests, "errors": errors, "p95": 200 if is_before else self.slow}

    def of(self, query: str, end: str) -> float:
        """The number that a query asks for."""
        name = next(name for name in ("errors", "p95", "requests") if name in query)
        return self.at(end)[name]

    def prometheus(self, asked: Matched) -> tuple[int, Any]:
        value = self.of(asked.query["query"], asked.query["time"])
        result = [{"metric": {}, "value": [1, str(value)]}]
        return 200, {"status": "success", "data": {"resultType": "vector", "result": result}}

    def datadog(self, asked: Matched) -> tuple[int, Any]:
        value = self.of(asked.query["query"], asked.query["to"])
        points = [[1, value / 2], [2, None], [3, value / 2]]
        return 200, {"status": "ok", "series": [{"pointlist": points}]}

    def sentry(self, asked: Matched) -> tuple[int, Any]:
        end = datetime.datetime.fromisoformat(f"{asked.query['end']}+00:00").timestamp()
        told = self.at(str(end))
        row = {"count()": told["requests"], "p95(span.duration)": told["p95"]}
        rate = told["errors"] / told["requests"] if told["requests"] else 0
        return 200, {"data": [row | {"failure_rate()": rate}]}

    def own(self, asked: Matched) -> tuple[int, Any]:
        return 200, {"web": self.at(asked.query["to"])}


@pytest.fixture(scope="module")
def host() -> Iterator[Fake]:
    with running("metrics", secrets.token_urlsafe(24)) as fake:
        yield fake


@pytest.fixture
def fake(host: Fake, monkeypatch: pytest.MonkeyPatch) -> Fake:
    host.state = Counted()
    host.breaches.clear()
    host.faults.clear()
    monkeypatch.setenv(VARIABLE, host.token)
    return host


def metric(fake: Fake, source: Source) -> Metric:
    """A metric of each kind, as the docs show it."""
    paths = {
        Source.PROMETHEUS: ("/prometheus", "sum(requests[{window}])", "sum(errors[{window}])"),
        Source.DATADOG: ("", "sum:requests{*}.as_count()", "sum:errors{*}.as_count()"),
        Source.SENTRY: ("/api/0/organizations/shop", "requests", "errors"),
        Source.HTTP: ("/own/counts", "web.requests", "web.errors"),
    }
    path, requests, errors = paths[source]
    latency = {Source.PROMETHEUS: "p95[{window}]", Source.HTTP: "web.p95"}.get(source, "p95")
    return Metric(
        source=source,
        url=f"{fake.address}{path}",
        requests=requests,
        errors=errors,
        latency=latency,
        token=VARIABLE,
    )


# Datadog's keys go in fields of their own, which the contract does not know: see below.
BEARERS = [each for each in Source if each is not Source.DATADOG]


@pytest.mark.parametrize("source", BEARERS)
def test_requests_errors_and_latency_are_read(fake: Fake, source: Source) -> None:
    window = Window(start=DEPLOYED, end=NOW)
    found = count(metric(fake, source), window, {VARIABLE: fake.token})
    assert found == Count(requests=1000, errors=5, latency=200)
    assert fake.breaches == []


def test_datadog_is_asked_with_two_keys(fake: Fake) -> None:
    given = replace(metric(fake, Source.DATADOG), application_key="TEST_KEY", latency=None)
    fake.contract = fake.contract.with_header("DD-API-KEY")
    try:
        environ = {VARIABLE: fake.token, "TEST_KEY": "second"}
        found = count(given, Window(start=DEPLOYED, end=NOW), environ)
        assert found == Count(requests=1000, errors=5)
        assert fake.headers["dd-application-key"] == "second"
        assert "authorization" not in fake.headers
    finally:
        fake.contract = fake.contract.with_header("")


@pytest.mark.parametrize("source", BEARERS)
@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault(status=401), Trouble.AUTH),
        (Fault(status=400), Trouble.REFUSED),
        (Fault(status=None), Trouble.UNREACHABLE),
        (Fault(status=200, raw=b"{}"), Trouble.MALFORMED),
        (Fault(status=200, raw=b'{"data": []}'), Trouble.MALFORMED),
        (
            Fault(
                status=200,
                raw=b'{"status": "success", "web": {"requests": "NaN", "errors": -1},'
                b' "data": {"resultType": "vector", "result": [{"value": [1, "NaN"]}]}}',
            ),
            Trouble.MALFORMED,
        ),
        (
            Fault(
                status=200,
                raw=b'{"status": "success", "data": {"resultType": "vector", "result": []}}',
            ),
            Trouble.MALFORMED,
        ),
    ],
)
def test_no_number_is_never_no_errors(
    fake: Fake, source: Source, fault: Fault, trouble: Trouble
) -> None:
    fake.faults[source.value if source is not Source.HTTP else "own"].extend([fault] * 4)
    window, environ = Window(start=DEPLOYED, end=NOW), {VARIABLE: fake.token}
    with pytest.raises(HostError) as caught:
        count(metric(fake, source), window, environ, pause_seconds=0)
    assert caught.value.trouble is trouble


@pytest.mark.parametrize(
    ("since", "slow", "judgements"),
    [
        ((1000, 5), 200, [Judgement.GOOD, Judgement.GOOD]),
        ((1000, 100), 200, [Judgement.BAD, Judgement.GOOD]),
        ((1000, 100), 900, [Judgement.BAD, Judgement.SLOW]),
        ((1000, 14), 200, [Judgement.GOOD, Judgement.GOOD]),
        ((19, 19), 200, [Judgement.INCONCLUSIVE, Judgement.GOOD]),
        ((1000, 5), 900, [Judgement.GOOD, Judgement.SLOW]),
    ],
    ids=["as before", "ten in a hundred", "and slow", "less than a point", "too few", "only slow"],
)
def test_what_three_looks_say(
    fake: Fake, since: tuple[float, float], slow: float, judgements: list[Judgement]
) -> None:
    state = fake.state
    assert isinstance(state, Counted)
    state.since, state.slow = since, slow
    slept: list[float] = []
    signals = rate_signals(
        [metric(fake, Source.PROMETHEUS)],
        DEPLOYED,
        pause_seconds=20,
        now=lambda: NOW,
        sleep=slept.append,
    )
    assert [each.judgement for each in signals] == judgements
    assert slept == [20, 20]


def test_a_source_that_fails_or_a_deploy_of_no_time_is_inconclusive(fake: Fake) -> None:
    fake.faults["prometheus"].append(Fault(status=401))
    asked = [metric(fake, Source.PROMETHEUS)]
    for deployed in (DEPLOYED, None, NOW):
        signals = rate_signals(
            asked, deployed, pause_seconds=0, now=lambda: NOW, sleep=lambda _: None
        )
        assert next(iter(signals)).judgement is Judgement.INCONCLUSIVE
