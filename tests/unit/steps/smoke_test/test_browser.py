"""Pages as a real Chromium shows them: right ones, and one fault each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.live import HOST, Asked, LiveSite, Reply, to_https
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.facts.browser import FailedRequest, PageError, Rendered
from launchready.gateways.browser.find import has_playwright, installed_chromium
from launchready.gateways.browser.gate import Gate
from launchready.gateways.browser.watch import error_of, trouble_of
from launchready.gateways.web.client import Client
from launchready.gateways.web.reach import Reach
from launchready.site import Form, Route, RouteKind, Site
from launchready.steps.smoke_test import STEP
from launchready.steps.smoke_test.areas import browser as area
from launchready.steps.smoke_test.browsed import BrowsedFacts
from launchready.steps.smoke_test.plan import PlannedRoute
from launchready.steps.smoke_test.settings import Area, SmokeTestSettings

Serve = Callable[..., LiveSite]
needs_browser = pytest.mark.skipif(
    not has_playwright() or installed_chromium() is None, reason="needs playwright and Chromium"
)


def fills(text: str) -> str:
    """A page that its script fills."""
    return f"<div id=app></div><script>document.getElementById('app').innerHTML='{text}'</script>"


SCRIPT = "text/javascript"
PAGES: dict[str, str] = {
    "/": "<h1>Shop</h1><script>fetch('/api/me'); fetch('/api/ok')</script>",
    "/filled": fills("<h1>Pricing</h1>"),
    "/blank": "<div id=app></div><script src=/dead.js></script>",
    "/throws": "<h1>Shop</h1><script>setTimeout(() => null.map(1), 5)</script>",
    "/lesser": "<h1>Shop</h1><script>setTimeout(() => null.map(1), 5)</script>",
    "/rejects": "<h1>Shop</h1><script>Promise.reject(new Error('x')); console.error(1)</script>",
    "/mixed": f"<h1>Shop</h1><script src=http://{HOST}/ok.js></script>",
    "/calls": "<h1>Shop</h1><script>fetch('/api/broken')</script>",
    "/chunk": "<h1>Shop</h1><script>import('/gone.js').catch(() => 0)</script>",
    "/hole": "<h1>Shop</h1><img src=/gone.png>",
    "/stranger": "<h1>Shop</h1><script src=https://nobody.invalid/a.js></script>",
    "/else": fills("<h1>Something went wrong</h1>"),
    "/wrong": fills("<h1>Something went wrong</h1>"),
    "/account": fills("<h1>Your orders</h1>"),
    "/guarded": "<div id=app></div><script>location.replace('/login')</script>",
    "/login": "<form><input type=password><button>go</button></form>",
    "/sign-up": "<form action=/done method=post><input id=mail name=m><button>go</button></form>",
    "/dead-form": "<form onsubmit='return false'><input id=mail><button>go</button></form>",
    "/away": "<h1>Shop</h1><script>location.href='https://elsewhere.invalid/'</script>",
    "/members": "<div id=a></div><script>location.href='https://elsewhere.invalid/'</script>",
    "/late": "<h1>Wait</h1><script>setTimeout(() => location.replace('/login'), 900)</script>",
    "/inward": "<h1>Shop</h1><script>fetch('http://127.0.0.2:1/').catch(() => 0)</script>",
}
FORM = Form(fields={"#mail": "a@example.com"}, press="button", expects="Check your mail")
ROUTES = (
    Route(path="/"),
    Route(path="/filled", contains=("Pricing",), lacks=("wrong",)),
    Route(path="/guarded", kind=RouteKind.PROTECTED),
    Route(path="/sign-up", kind=RouteKind.SIGNUP, write=True, submit=FORM),
    Route(path="/inward"),
    Route(path="/late"),
)
FAULTS: dict[str, tuple[Route, set[str]]] = {
    "blank": (Route(path="/blank"), {"page-stays-blank"}),
    "throws": (Route(path="/throws"), {"page-throws-error"}),
    "throws on a lesser page": (Route(path="/lesser", critical=False), {"console-errors"}),
    "rejects": (Route(path="/rejects"), {"console-errors"}),
    "mixed": (Route(path="/mixed"), {"browser-blocks-mixed-content"}),
    "a call": (Route(path="/calls"), {"page-request-fails"}),
    "a part": (Route(path="/chunk"), {"page-request-fails"}),
    "a hole": (Route(path="/hole"), {"page-file-missing"}),
    "a stranger": (Route(path="/stranger"), {"page-needs-silent-stranger"}),
    "another text": (Route(path="/else", contains=("Pricing",)), {"rendered-page-lacks-text"}),
    "an unwanted text": (Route(path="/wrong", lacks=("wrong",)), {"rendered-page-lacks-text"}),
    "open": (
        Route(path="/account", kind=RouteKind.PROTECTED),
        {"rendered-page-open-to-strangers"},
    ),
    "a dead form": (Route(path="/dead-form", write=True, submit=FORM), {"form-does-not-submit"}),
}


def app(asked: Asked) -> Reply:
    """The site with all its faults."""
    if asked.path in PAGES:
        return to_https(asked) or Reply(body=PAGES[asked.path])
    others = {
        "/hop": Reply(status=302, headers=(("Location", "https://elsewhere.invalid/"),)),
        "/api/me": Reply(status=401),
        "/api/broken": Reply(status=500),
        "/api/ok": Reply(body="{}", kind="application/json"),
        "/dead.js": Reply(body="1", kind=SCRIPT),
        "/ok.js": Reply(body="1", kind=SCRIPT),
        "/done": Reply(body="<p>Check your mail</p>"),
    }
    return others.get(asked.path, Reply(status=404))


def browsed(live: LiveSite, root: Path, *routes: Route, **more: Any) -> Look:
    """Open these pages."""
    site = Site(url=f"https://{HOST}/", routes=routes)
    areas = more.pop("areas", (Area.BROWSER,))
    return look(live, root, *areas, **{"site": site, "browser": True, "timeout": 3.0, **more})


@needs_browser
def test_right_pages_give_nothing(serve: Serve, root: Path) -> None:
    live = serve(app)
    seen = browsed(live, root, *ROUTES, areas=(Area.BROWSER, Area.ROUTES))
    assert (seen.rules, seen.unchecked, seen.looked["browsed"]) == ([], [], len(ROUTES))
    assert [asked.body for asked in live.asked if asked.path == "/done"] == [b"m=a%40example.com"]
    assert all("launchready" in asked.headers["user-agent"] for asked in live.asked)


@needs_browser
def test_what_a_browser_shows(serve: Serve, root: Path) -> None:
    live = serve(app)
    rows = list(FAULTS.values())
    for first in range(0, len(rows), 7):
        part = rows[first : first + 7]
        seen = browsed(live, root, *(route for route, _ in part))
        found = {
            fact.planned.route.path: {f.rule for f in STEP.findings(fact, SmokeTestSettings())}
            for fact in seen.facts
            if isinstance(fact, BrowsedFacts)
        }
        assert seen.unchecked == []
        forms = {finding.rule for finding in seen.findings} & {"form-does-not-submit"}
        for route, rules in part:
            assert found[route.path] | (forms if route.submit else set()) == rules, route.path


@needs_browser
def test_a_page_that_leaves_the_declared_hosts_stays(serve: Serve, root: Path) -> None:
    away = Route(path="/away")
    members = Route(path="/members", kind=RouteKind.PROTECTED)
    seen = browsed(serve(app), root, away, Route(path="/hop"), members)
    assert seen.rules == []
    assert ["leads to https://elsewhere.invalid," in each.reason for each in seen.unchecked] == [
        True,
        True,
    ]


@needs_browser
def test_ones_own_header_fields_stay_with_declared_hosts(serve: Serve, root: Path) -> None:
    def page(asked: Asked) -> Reply:
        if asked.host.startswith("127."):
            return Reply(body="1", kind=SCRIPT)
        port = live.ports["http"]
        return Reply(body=f"<h1>Shop</h1><script src='//127.0.0.1:{port}/x.js'></script>")

    live = serve(page)
    site = Site(url=f"http://{HOST}/", routes=(Route(path="/"),))
    seen = browsed(live, root, site=site, headers={"x-bypass": "let-me-in"})
    assert seen.unchecked == []
    assert {asked.headers.get("x-bypass") for asked in live.asked} == {"let-me-in"}
    assert not any(asked.host.startswith("127.") for asked in live.asked)


@needs_browser
def test_another_authority_is_not_trusted(serve: Serve, root: Path) -> None:
    seen = browsed(serve(app), root, Route(path="/"), ca_file=None)
    assert [each.reason for each in seen.unchecked] == ["cert authority invalid"]


@needs_browser
def test_a_gate_and_an_error_are_no_page(serve: Serve, root: Path) -> None:
    def gate(asked: Asked) -> Reply:
        headers = (("cf-mitigated", "challenge"),) if asked.path == "/" else ()
        return Reply(status=403, body="<h1>Wait</h1>", headers=headers)

    seen = browsed(serve(gate), root, Route(path="/"), Route(path="/a"))
    assert ["gate for bots" in each.reason for each in seen.unchecked] == [True, False]
    assert seen.rules == []


@needs_browser
def test_a_form_without_its_values_is_not_sent(serve: Serve, root: Path) -> None:
    live = serve(app)
    form = replace(FORM, fields={"#mail": ""})
    seen = browsed(live, root, Route(path="/sign-up", write=True, submit=form))
    assert ["form was not sent" in each.reason for each in seen.unchecked] == [True]


@needs_browser
def test_only_so_many_pages_are_opened(
    serve: Serve, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(area, "_MOST_PAGES", 1)
    seen = browsed(serve(app), root, Route(path="/"), Route(path="/filled"))
    assert [each.target for each in seen.unchecked] == [f"https://{HOST}/filled"]
    monkeypatch.setattr(area, "_SECONDS", 0.0)
    seen = browsed(serve(app), root, Route(path="/"))
    assert ["are over" in each.reason for each in seen.unchecked] == [True]


def test_without_a_browser_it_is_told(
    serve: Serve, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAUNCHREADY_CHROMIUM", str(root / "none"))
    seen = browsed(serve(app), root, Route(path="/"))
    assert ["LAUNCHREADY_CHROMIUM" in each.hint for each in seen.unchecked] == [True]
    monkeypatch.setattr(area, "has_playwright", lambda: False)
    seen = browsed(serve(app), root, Route(path="/"))
    assert ["launchready[browser]" in each.hint for each in seen.unchecked] == [True]


@needs_browser
def test_a_site_on_another_port_of_ones_own_machine(serve: Serve, root: Path) -> None:
    live = serve(lambda asked: Reply(body="<h1>Shop</h1>"))
    url = f"http://127.0.0.1:{live.ports['http']}/"
    seen = look(live, root, Area.BROWSER, site=Site(), url=url, browser=True)
    assert (seen.rules, seen.unchecked, seen.looked["browsed"]) == ([], [], 1)


def test_authorities_need_their_library(
    serve: Serve, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(area, "has_playwright", lambda: True)
    monkeypatch.setattr(area, "installed_chromium", lambda: None)
    monkeypatch.setattr(area, "can_trust", lambda: False)
    seen = browsed(serve(app), root, Route(path="/"))
    assert ["launchready[native]" in each.hint for each in seen.unchecked] == [True]


@needs_browser
def test_what_is_no_browser_does_not_start(
    serve: Serve, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = root / "browser"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("LAUNCHREADY_CHROMIUM", str(program))
    seen = browsed(serve(app), root, Route(path="/"))
    assert ["does not start" in each.reason for each in seen.unchecked] == [True]


def test_the_browser_is_not_opened_unasked(serve: Serve, root: Path) -> None:
    assert browsed(serve(app), root, Route(path="/"), browser=False).facts[:-1] == ()


def gate_of(*hosts: str) -> Gate:
    """A gate for these hosts."""
    return Gate(Client(Reach(hosts)))


@pytest.mark.parametrize(
    ("url", "is_page", "may"),
    [
        ("data:text/html,x", True, True),
        ("https://8.8.8.8/a.js", False, True),
        ("https://8.8.8.8/", True, False),
        ("http://169.254.169.254/latest", False, False),
        ("http://127.0.0.1/", False, False),
        ("ws://10.0.0.1/", False, False),
        ("http://[::1]/", False, False),
        ("http://[::ffff:10.0.0.1]/", False, False),
        ("https://1.1.1.1/", True, True),
        ("file:///etc/passwd", False, False),
        ("http://[", False, False),
        ("http://a:99999/", False, False),
    ],
)
def test_what_a_page_may_ask(url: str, *, is_page: bool, may: bool) -> None:
    assert (gate_of("1.1.1.1").why_not(url, is_page=is_page) == "") is may


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://a.test/", True),
        ("wss://a.test/", True),
        ("http://a.test/", False),
        ("http://b.test/", True),
        ("https://c.test/", False),
    ],
)
def test_where_ones_own_header_fields_go(url: str, *, may: bool) -> None:
    gate = Gate(Client(Reach(("a.test", "b.test"), ("b.test",))))
    assert gate.may_carry_headers(url) is may


THROWN: Mapping[str, Any] = {"className": "TypeError", "description": "TypeError: a is not\n at b"}


@pytest.mark.parametrize(
    ("details", "error"),
    [
        (
            {"exception": THROWN, "url": "https://a.test/a.js", "lineNumber": 4, "columnNumber": 0},
            PageError(
                name="TypeError", words="a is not", url="https://a.test/a.js", line=5, column=1
            ),
        ),
        (
            {"exception": {"className": "Error", "description": "Error: of anna@example.com"}},
            PageError(name="Error", words="", url="", line=0, column=0),
        ),
        (
            {"exception": {"className": "<b>", "description": "Minified React error #418; x"}},
            PageError(name="Error", words="hydration", url="", line=0, column=0),
        ),
    ],
)
def test_exceptions_are_told_without_the_sites_words(
    details: dict[str, Any], error: PageError
) -> None:
    assert error_of(details) == error


def test_long_runs_are_masked() -> None:
    details = {"exception": {"className": "TypeError", "description": f"TypeError: {'k1' * 20}"}}
    assert error_of(details).words == "********"
    assert trouble_of("net::ERR_CONNECTION_REFUSED") == "connection refused"


THROWS = PageError(name="TypeError", words="", url=f"https://{HOST}/a.js", line=1, column=1)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({}, "a browser shows nothing of it"),
        ({"errors": (THROWS,)}, "a browser shows nothing of it; it throws TypeError"),
        (
            {
                "failed": (
                    FailedRequest(url=f"https://{HOST}:8443/api?a=b", kind="XHR", status=404),
                )
            },
            f"a browser shows nothing of it; https://{HOST}:8443/api gives 404",
        ),
    ],
)
def test_a_blank_page_is_told_with_what_may_be_the_cause(
    more: dict[str, Any], message: str
) -> None:
    rendered = Rendered(url=f"https://{HOST}/", status=200, **more)
    planned = PlannedRoute(route=Route(path="/"), url=f"https://{HOST}/")
    facts = BrowsedFacts(planned=planned, rendered=rendered, hosts=frozenset({HOST}))
    found = {f.rule: f.message for f in STEP.findings(facts, SmokeTestSettings())}
    assert found["page-stays-blank"] == f"/: {message}"


def test_exceptions_of_strangers_are_only_counted() -> None:
    error = PageError(name="TypeError", words="", url="https://ads.test/a.js", line=1, column=1)
    rendered = Rendered(url=f"https://{HOST}/", status=200, text="Shop", errors=(error,))
    planned = PlannedRoute(route=Route(path="/"), url=f"https://{HOST}/")
    facts = BrowsedFacts(planned=planned, rendered=rendered, hosts=frozenset({HOST}))
    assert [f.rule for f in STEP.findings(facts, SmokeTestSettings())] == ["console-errors"]
