"""Latency against servers that really are slow. What is fine is left to the pure functions: here
the slow is many times the quick, so that a busy machine changes nothing.
"""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live import HOST, App, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.facts.sampling import Sample
from launchready.site import Host, Identity, Route, RouteKind, Site
from launchready.steps.smoke_test.settings import Area
from launchready.steps.smoke_test.statistics import verdicts
from launchready.steps.smoke_test.timing import batches

Serve = Callable[..., LiveSite]
PAGE = "<h1>Shop</h1>"
QUICK, SLOW = 0.005, 0.12


def taking(
    seconds: Callable[[int], float] = lambda _: QUICK,
    status: Callable[[int], int] = lambda _: 200,
    control: float = 0.002,
) -> App:
    """An application whose routes take so long, by the number of the request, and a static file."""
    lock, count = threading.Lock(), [0]

    def app(asked: Asked) -> Reply:
        if asked.path == "/favicon.ico":
            time.sleep(control)
            return Reply(body=b"icon", kind="image/x-icon")
        with lock:
            count[0] += 1
            number = count[0]
        time.sleep(seconds(number))
        return Reply(status=status(number), body=PAGE)

    return app


def site(budget: int | None = None, *, critical: bool = True, **more: object) -> Site:
    """A site with one route."""
    route = Route(path="/", name="home", budget=budget, critical=critical)
    return Site(**{"url": f"https://{HOST}/", "routes": (route,), **more})  # type: ignore[arg-type]


def timed(live: LiveSite, root: Path, of: Site | None = None, **settings: object) -> Look:
    """A look at nothing but the latency."""
    return look(live, root, Area.LATENCY, site=of or site(), **{"latency": True, **settings})


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty requests are enough where the difference is large."""
    monkeypatch.setattr(batches, "ROUNDS", 40)


def test_without_budget_or_wish_nothing_is_asked(serve: Serve, root: Path) -> None:
    live = serve(taking())
    assert timed(live, root, latency=False).facts[:-1] == ()
    assert live.asked == []


def test_a_quick_route_gives_nothing_and_is_told(serve: Serve, root: Path) -> None:
    seen = timed(serve(taking()), root, site(budget=5000))
    assert (seen.rules, seen.unchecked) == ([], [])
    (route,) = seen.told["latency"]["routes"]
    assert route["n"] >= 90
    assert 5 <= route["p50"] <= route["p95"]
    assert route["p95_low"] <= route["p95"] <= route["p95_high"]
    assert (route["within_budget"], route["change"]) == ("assured", "unknown")
    assert seen.told["latency"]["samples"] is None
    assert seen.looked["timed_requests"] > seen.looked["requests"]


FAULTS = [
    pytest.param(
        taking(lambda _: SLOW), site(budget=20), ["latency-over-budget"], id="always slow"
    ),
    pytest.param(
        taking(lambda number: SLOW if number % 3 == 0 else QUICK),
        site(budget=60),
        ["latency-over-budget"],
        id="slow now and then",
    ),
    pytest.param(
        taking(lambda _: SLOW), site(20, critical=False), ["lesser-route-slow"], id="lesser route"
    ),
    pytest.param(
        taking(status=lambda number: 502 if number % 9 == 0 else 200),
        site(),
        ["route-fails-at-times"],
        id="fails now and then",
    ),
]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("app", "of", "rules"), FAULTS)
def test_seeded_faults(serve: Serve, root: Path, app: App, of: Site, rules: list[str]) -> None:
    seen = timed(serve(app), root, of)
    assert (seen.rules, seen.unchecked) == (rules, [])


@pytest.mark.usefixtures("few")
def test_only_routes_with_a_budget_are_timed_without_the_wish(serve: Serve, root: Path) -> None:
    routes = (Route(path="/a", budget=5000), Route(path="/b"))
    live = serve(taking())
    seen = timed(live, root, site(routes=routes), latency=False)
    assert [each["route"] for each in seen.told["latency"]["routes"]] == ["/a"]
    assert "/b" not in {asked.path for asked in live.asked}


@pytest.mark.usefixtures("few")
def test_who_fails_much_is_left_in_peace(serve: Serve, root: Path) -> None:
    live = serve(taking(status=lambda number: 200 if number == 1 else 503))
    seen = timed(live, root)
    assert len(live.asked) < 40
    assert "fewer than 30" in seen.unchecked[0].reason


@pytest.mark.usefixtures("few")
def test_a_limit_of_requests_is_not_the_route(serve: Serve, root: Path) -> None:
    seen = timed(serve(taking(status=lambda number: 429 if number > 5 else 200)), root)
    assert seen.rules == []
    assert "429" in seen.unchecked[0].reason


@pytest.mark.usefixtures("few")
def test_writing_routes_are_not_timed_and_broken_ones_are_unchecked(
    serve: Serve, root: Path
) -> None:
    routes = (
        Route(path="/pay", method="POST", write=True),
        Route(path="/refresh", write=True),
        Route(path="/hook", kind=RouteKind.WEBHOOK),
        Route(path="/gone", contains=("what is not there",)),
    )
    live = serve(taking())
    seen = timed(live, root, site(routes=routes))
    assert [each.reason for each in seen.unchecked] == ["it does not answer as it is meant to"]
    assert {asked.path for asked in live.asked} == {"/gone"}


@pytest.mark.usefixtures("few")
def test_a_protected_route_is_timed_as_the_account_or_not_at_all(serve: Serve, root: Path) -> None:
    def app(asked: Asked) -> Reply:
        return Reply(body=PAGE) if "cookie" in asked.headers else Reply(status=401, body="no")

    live = serve(app)
    routes = (Route(path="/account", kind=RouteKind.PROTECTED, budget=5000),)
    stranger = timed(live, root, site(routes=routes))
    assert "test account" in stranger.unchecked[0].hint
    alice = {"alice": Identity(headers={"Cookie": "session=1"})}
    seen = timed(live, root, site(routes=routes, identities=alice))
    assert [each["route"] for each in seen.told["latency"]["routes"]] == ["/account as alice"]
    empty = {"alice": Identity(headers={"Cookie": "session="})}
    assert (
        "no credentials"
        in timed(live, root, site(routes=routes, identities=empty)).unchecked[0].reason
    )


def test_requests_that_open_a_connection_do_not_count_unless_all_do() -> None:
    def samples(*opening: int) -> list[Sample]:
        return [
            Sample(at=at, milliseconds=float(at), status=200, is_first=at in opening)
            for at in range(6)
        ]

    assert list(batches.by_round(samples(0, 1), 200)) == [2, 3, 4, 5]
    assert list(batches.by_round(samples(0, 1, 2, 3, 4, 5), 200)) == [0, 1, 2, 3, 4, 5]
    assert batches.by_round(samples(), 204) == {}


# What became slower


def lines(root: Path) -> list[dict[str, object]]:
    """The runs that the history holds."""
    return [json.loads(line) for line in (root / "runs.jsonl").read_text().splitlines()]


@pytest.fixture
def steady(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may move the control by any factor, and is no part of what is tested."""
    monkeypatch.setattr(verdicts, "MOVED", 1000.0)


@pytest.mark.usefixtures("steady")
def test_a_route_that_became_slower_is_found_and_not_kept(serve: Serve, root: Path) -> None:
    live = serve(taking())
    first = timed(live, root, latency_history="runs.jsonl")
    assert (first.rules, first.unchecked) == ([], [])
    assert first.told["latency"] | {"routes": 0} == {
        "routes": 0,
        "samples": "runs.jsonl",
        "earlier_runs": 0,
        "is_kept": True,
    }
    live.app = taking(lambda _: SLOW)
    asked = len(live.asked)
    seen = timed(live, root, latency_history="runs.jsonl")
    assert seen.rules == ["latency-regression"]
    assert sum(each.path == "/" for each in live.asked[asked:]) > 80  # a second batch
    assert len(lines(root)) == 1
    assert seen.told["latency"]["routes"][0]["ratio"] > 2


@pytest.mark.usefixtures("steady")
def test_runs_that_are_as_quick_are_kept(
    serve: Serve, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts, "RATIO", 1000.0)
    live = serve(taking())
    for _ in range(2):
        seen = timed(live, root, latency_history="runs.jsonl")
    assert (seen.told["latency"]["earlier_runs"], len(lines(root))) == (1, 2)


@pytest.mark.usefixtures("few")
def test_a_control_that_moves_is_inconclusive(serve: Serve, root: Path) -> None:
    live = serve(taking())
    timed(live, root, latency_history="runs.jsonl")
    live.app = taking(control=0.1)
    seen = timed(live, root, latency_history="runs.jsonl")
    assert seen.rules == []
    assert "the control, a static file, took" in seen.unchecked[0].reason
    assert len(lines(root)) == 1


@pytest.mark.usefixtures("steady")
def test_without_a_static_file_nothing_is_compared(serve: Serve, root: Path) -> None:
    live = serve(lambda _: Reply(body=PAGE))
    seen = timed(live, root, latency_history="runs.jsonl")
    assert "no static file" in seen.unchecked[0].reason
    named = timed(serve(taking()), root, latency_history="runs.jsonl", latency_control="/no")
    assert "latency-control" in named.unchecked[0].hint
    assert not (root / "runs.jsonl").exists()


@pytest.mark.usefixtures("steady")
def test_a_script_of_the_home_page_is_a_control_as_well(serve: Serve, root: Path) -> None:
    def app(asked: Asked) -> Reply:
        if asked.path == "/app.js":
            return Reply(body="run()", kind="text/javascript")
        return Reply(body=f'{PAGE}<script src="/app.js"></script>')

    seen = timed(serve(app), root, latency_history="runs.jsonl")
    assert seen.told["latency"]["is_kept"]


@pytest.mark.usefixtures("steady")
def test_a_run_with_a_failed_route_is_not_kept(serve: Serve, root: Path) -> None:
    of = site(routes=(Route(path="/"), Route(path="/b", status=(404,))))
    live = serve(taking())
    areas = (Area.ROUTES, Area.LATENCY)
    seen = look(live, root, *areas, site=of, latency=True, latency_history="runs.jsonl")
    assert not seen.told["latency"]["is_kept"]
    assert not (root / "runs.jsonl").exists()


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]\n",
        b'{"version": 2}\n',
        b"\xff\n",
        b'{"version":1,"site":"preview","at_once":1,"routes":{"/":{"samples":[1],"controls":[]}}}',
        b'{"version":1,"site":"preview","at_once":1,"routes":{"/":{"samples":[1.5],"controls":[1]}}}',
    ],
)
def test_a_broken_history_is_one_unchecked_and_left_as_it_is(
    serve: Serve, root: Path, content: bytes
) -> None:
    (root / "runs.jsonl").write_bytes(content)
    seen = timed(serve(taking()), root, latency_history="runs.jsonl")
    assert [each.target for each in seen.unchecked] == ["the latency history runs.jsonl"]
    assert (root / "runs.jsonl").read_bytes() == content


@pytest.mark.usefixtures("few")
def test_a_history_that_cannot_be_written_is_unchecked(serve: Serve, root: Path) -> None:
    (root / "file").write_text("")
    seen = timed(serve(taking()), root, latency_history="file/runs.jsonl")
    assert [each.target for each in seen.unchecked] == ["the latency history file/runs.jsonl"]


# Load


def loaded(live: LiveSite, root: Path, of: Site, visitors: int) -> Look:
    """A look under load."""
    return look(live, root, Area.LOAD, site=of, load=visitors)


def crowded(most: int, seconds: float) -> App:
    """An application that bears so many at once, and takes as long for each."""
    lock, inside = threading.Lock(), [0]

    def app(asked: Asked) -> Reply:
        with lock:
            inside[0] += 1
            is_borne = inside[0] <= most
        time.sleep(seconds)
        with lock:
            inside[0] -= 1
        return Reply(status=200 if is_borne else 503, body=PAGE)

    return app


def queueing(seconds: float) -> App:
    """An application that works on one request at a time."""
    lock = threading.Lock()

    def app(asked: Asked) -> Reply:
        with lock:
            time.sleep(seconds)
        return Reply(body=PAGE)

    return app


def test_load_is_put_on_nobody_unasked(serve: Serve, root: Path) -> None:
    live = serve(taking())
    loaded(live, root, site(), 0)
    assert live.asked == []


def test_a_site_that_bears_it_gives_nothing(serve: Serve, root: Path) -> None:
    live = serve(taking())
    seen = loaded(live, root, site(budget=20_000), 12)
    assert seen.rules == []
    assert seen.told["load"]["visitors"] == 12
    (route,) = seen.told["load"]["routes"]
    assert (route["asked"], route["errors"]) == (240, 0)
    assert 5 <= route["p50"] <= route["p95"] <= route["p99"]
    assert seen.looked["load_requests"] == 240


def test_errors_under_load_are_found_and_end_it(serve: Serve, root: Path) -> None:
    live = serve(crowded(4, 0.05))
    seen = loaded(live, root, site(budget=20_000), 20)
    assert seen.rules == ["load-errors"]
    assert "broken off" in seen.unchecked[0].reason
    assert len(live.asked) < 200


def test_who_queues_is_slow(serve: Serve, root: Path) -> None:
    seen = loaded(serve(queueing(0.02)), root, site(budget=60), 8)
    assert (seen.rules, seen.unchecked) == (["load-slow"], [])


def test_a_limit_of_requests_under_load_is_no_error(serve: Serve, root: Path) -> None:
    seen = loaded(serve(taking(status=lambda n: 429 if n > 30 else 200)), root, site(), 10)
    assert seen.rules == []
    assert "429" in seen.unchecked[0].reason


def test_load_is_put_only_on_hosts_of_the_config(serve: Serve, root: Path) -> None:
    live = serve(taking())
    of = Site(hosts=(Host(name="shop.test"),), routes=(Route(path="/"),))
    seen = look(live, root, Area.LOAD, site=of, url=f"https://{HOST}/", load=5)
    assert "only on hosts that the config names" in seen.unchecked[0].reason
    assert len(live.asked) == 1
