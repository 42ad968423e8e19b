"""Routes: what is asked, what is right, what is not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.live import HOST, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.site import Flow, Identity, Route, RouteKind, Site
from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
HOME = f"https://{HOST}/"
ACCOUNTS = {
    "anna": Identity(headers={"Cookie": "session=a"}, marker="anna@shop.test"),
    "bert": Identity(headers={"Cookie": "session=b"}, marker="bert@shop.test"),
}


def shop(asked: Asked) -> Reply:  # noqa: PLR0911 - one line per page
    """A shop in which all is right."""
    cookies = asked.headers.get("cookie", "")
    match asked.path.partition("?")[0]:
        case "/":
            return Reply(body="<h1>Shop</h1><a href=/login>Log in</a>")
        case "/login" if asked.method == "POST":
            is_right = b"csrf=t0k&name=anna" in asked.body and "form=1" in cookies
            go = (("Location", "/account"), ("Set-Cookie", "session=a; Path=/; HttpOnly"))
            return Reply(status=303, headers=go) if is_right else Reply(status=403)
        case "/login":
            form = "<form>Log in <input type=hidden name=csrf value=t0k></form>"
            return Reply(body=form, headers=(("Set-Cookie", "form=1; Path=/"),))
        case "/account" if "session=" in cookies:
            name = {"a": "anna", "b": "bert"}[cookies.partition("session=")[2][0]]
            return Reply(body=f"<p>{name}@shop.test</p>")
        case "/account":
            return Reply(status=302, headers=(("Location", "/login?next=/account"),))
        case "/api/health":
            checks = {"status": "ok", "checks": [{"db": True}]}
            return Reply(body=json.dumps(checks), kind="application/json")
        case "/hook":
            return Reply(status=400, body="no signature")
        case "/old":
            return Reply(status=301, headers=(("Location", "/login"),))
    return Reply(status=404, body="not here")


ROUTES = (
    Route(path="/", contains=("Shop",), lacks=("Lorem ipsum",), content_type="text/html"),
    Route(path="/login", kind=RouteKind.LOGIN),
    Route(path="/account", kind=RouteKind.PROTECTED, identity="anna"),
    Route(path="/api/health", kind=RouteKind.HEALTH, json={"status": "ok", "checks[0].db": "true"}),
    Route(path="/hook", kind=RouteKind.WEBHOOK, write=True),
    Route(path="/old", redirects_to="/login"),
    Route(path="/nowhere", status=(404, 410)),
)
LOGIN = Flow(
    name="log in",
    steps=(
        Route(path="/login", capture={"token": "input:csrf"}),
        Route(
            path="/login",
            form={"csrf": "{token}", "name": "anna"},
            write=True,
            contains=("anna@shop.test",),
        ),
        Route(path="/account", contains=("anna@shop.test",)),
    ),
)


def look_at(live: LiveSite, root: Path, *routes: Route, **settings: Any) -> Look:
    """Look at these routes."""
    site = Site(url=HOME, routes=routes, identities=ACCOUNTS)
    return look(live, root, Area.ROUTES, site=site, **settings)


def test_a_right_site_gives_nothing(serve: Serve, root: Path) -> None:
    site = Site(url=HOME, routes=ROUTES, identities=ACCOUNTS, flows=(LOGIN,))
    seen = look(serve(shop), root, Area.ROUTES, site=site)
    assert ([finding.message for finding in seen.findings], seen.unchecked) == ([], [])
    assert seen.looked["routes"] == len(ROUTES) + 1  # the account as a stranger, too
    assert seen.told["failed_routes"] == []


def test_without_config_the_home_page_is_asked(serve: Serve, root: Path) -> None:
    seen = look(serve(shop), root, Area.ROUTES)
    assert (seen.rules, seen.looked["routes"]) == ([], 1)


def page(body: str, **more: Any) -> Callable[[Asked], Reply]:
    """A site that always says the same."""
    return lambda _: Reply(body=body, **more)


def to(place: str, status: int = 302) -> Callable[[Asked], Reply]:
    """A site that always redirects."""
    return lambda _: Reply(status=status, headers=(("Location", place),))


PROTECTED = Route(path="/account", kind=RouteKind.PROTECTED)
AS_ANNA = Route(path="/account", kind=RouteKind.PROTECTED, identity="anna")
HEALTH = Route(path="/health", kind=RouteKind.HEALTH, json={"db.ok": "true"})
HOOK = Route(path="/hook", kind=RouteKind.WEBHOOK, write=True)
LESSER = Route(path="/news", critical=False)
HTML = "<h1>Hello</h1>"
FAULTS: dict[str, tuple[Callable[[Asked], Reply], Route, list[str]]] = {
    "an error": (page("x", status=500), Route(path="/"), ["route-answers-wrong-status"]),
    "gone": (page("x", status=404), Route(path="/"), ["route-answers-wrong-status"]),
    "a login refused": (
        page("x", status=403),
        Route(path="/login", kind=RouteKind.LOGIN),
        ["route-answers-wrong-status"],
    ),
    "a status beside the declared": (
        page(HTML, status=201),
        Route(path="/", status=(200, 204)),
        ["route-answers-wrong-status"],
    ),
    "a circle": (to("/"), Route(path="/"), ["route-redirects-wrong"]),
    "a declared redirect that is none": (
        page(HTML),
        Route(path="/old", redirects_to="/new"),
        ["route-redirects-wrong"],
    ),
    "a redirect elsewhere": (
        to("/newer"),
        Route(path="/old", redirects_to="/new"),
        ["route-redirects-wrong"],
    ),
    "a missing text": (
        page(HTML),
        Route(path="/", contains=("Pricing",)),
        ["route-holds-wrong-content"],
    ),
    "a text that must not be": (
        page("<p>Lorem ipsum"),
        Route(path="/", lacks=("Lorem",)),
        ["route-holds-wrong-content"],
    ),
    "a page for an API": (
        page(HTML),
        Route(path="/api", kind=RouteKind.API),
        ["route-holds-wrong-content"],
    ),
    "another media type": (
        page("{}", kind="text/plain"),
        Route(path="/", content_type="application/json"),
        ["route-holds-wrong-content"],
    ),
    "no JSON": (page("ok", kind="application/json"), HEALTH, ["route-holds-wrong-content"]),
    "another value": (
        page('{"db":{"ok":false}}', kind="application/json"),
        HEALTH,
        ["route-holds-wrong-content"],
    ),
    "no such value": (
        page('{"db":[]}', kind="application/json"),
        HEALTH,
        ["route-holds-wrong-content"],
    ),
    "an empty page": (page("<body> </body>"), Route(path="/"), ["empty-page"]),
    "an empty answer": (
        page("", kind="application/json"),
        Route(path="/api", kind=RouteKind.API),
        ["empty-page"],
    ),
    "open to strangers": (page(HTML), PROTECTED, ["protected-route-open"]),
    "an error for strangers": (page("x", status=500), PROTECTED, ["route-answers-wrong-status"]),
    "strangers are sent on": (to("/pricing"), PROTECTED, ["route-redirects-wrong"]),
    "an unsigned request accepted": (page("ok"), HOOK, ["webhook-accepts-unsigned"]),
    "a webhook that breaks": (page("x", status=500), HOOK, ["route-answers-wrong-status"]),
    "no webhook there": (page("x", status=404), HOOK, ["route-answers-wrong-status"]),
    "a lesser one": (page("x", status=500), LESSER, ["lesser-route-fails"]),
}


@pytest.mark.parametrize(("app", "route", "rules"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(
    serve: Serve, root: Path, app: Callable[[Asked], Reply], route: Route, rules: list[str]
) -> None:
    site = Site(url=HOME, routes=(route,))
    seen = look(serve(app), root, Area.ROUTES, site=site)
    assert (seen.rules, seen.unchecked) == (rules, [])
    assert len(seen.told["failed_routes"]) == 1


def test_no_answer_is_found(serve: Serve, root: Path) -> None:
    live = serve(shop)
    live.ports["https"] = 9  # nobody listens there
    seen = look_at(live, root, Route(path="/"))
    assert seen.rules == ["route-does-not-answer"]
    assert seen.findings[0].message == "/: it does not answer: the connection was refused"


def test_a_certificate_of_another_name_is_no_answer(serve: Serve, root: Path) -> None:
    live = serve(shop)
    site = Site(url="https://other.test/", routes=(Route(path="/"),))
    resolve = (f"other.test:443:127.0.0.1:{live.ports['https']}",)
    seen = look(live, root, Area.ROUTES, site=site, resolve=resolve)
    assert seen.rules == ["route-does-not-answer"]
    assert "Hostname mismatch" in seen.findings[0].message


def test_the_page_of_another_account_is_found(serve: Serve, root: Path) -> None:
    def leaking(asked: Asked) -> Reply:
        known = asked.headers.get("cookie")
        return Reply(body="<p>bert@shop.test") if known else Reply(status=401)

    seen = look_at(serve(leaking), root, AS_ANNA)
    assert seen.rules == ["page-of-another-account", "route-holds-wrong-content"]
    assert "bert@shop.test" not in repr(seen.findings)


def test_a_test_account_that_is_locked_out_is_found(serve: Serve, root: Path) -> None:
    seen = look_at(serve(page("x", status=401)), root, AS_ANNA)
    assert seen.rules == ["route-answers-wrong-status"]
    assert seen.findings[0].message == "/account as anna: it answered 401"


def test_without_credentials_the_account_is_unchecked(serve: Serve, root: Path) -> None:
    site = Site(
        url=HOME, routes=(AS_ANNA,), identities={"anna": Identity(headers={"Cookie": "session="})}
    )
    seen = look(serve(shop), root, Area.ROUTES, site=site)
    assert [each.target for each in seen.unchecked] == [f"{HOME}account as anna"]
    assert "`site.identities.anna`" in seen.unchecked[0].hint


def test_nothing_is_written_unless_it_is_declared(serve: Serve, root: Path) -> None:
    live = serve(shop)
    seen = look_at(
        live,
        root,
        Route(path="/hook", kind=RouteKind.WEBHOOK),
        Route(path="/login", form={"a": "b"}),
        Route(path="/x", method="DELETE"),
    )
    assert len(seen.unchecked) == 3
    assert live.asked == []


def test_a_page_that_scripts_fill_does_not_tell_who_is_refused(serve: Serve, root: Path) -> None:
    shell = '<html><body><div id="root"></div><script src="/a.js"></script></body></html>'
    seen = look_at(serve(page(shell)), root, PROTECTED)
    assert (seen.rules, len(seen.unchecked)) == ([], 2)
    assert "scripts fill this page" in seen.unchecked[0].reason
    shell = shell.replace('id="root">', 'id="root"><p>Loading your account…')
    assert look_at(serve(page(shell)), root, PROTECTED).rules == []
    invoice = shell.replace("Loading your account…", "Loading invoice 4711")
    assert "protected-route-open" in look_at(serve(page(invoice)), root, PROTECTED).rules


def test_a_protected_page_that_was_built_for_everybody_is_told_by_its_api(
    serve: Serve, root: Path
) -> None:
    headers = (("X-Nextjs-Prerender", "1"), ("Cache-Control", "s-maxage=31536000"))
    live = serve(lambda _: Reply(body="<h1>Account</h1><script></script>", headers=headers))
    seen = look_at(live, root, PROTECTED)
    assert seen.rules == []
    assert seen.unchecked[0].reason.startswith("this page was built for everybody: only the API")


@pytest.mark.parametrize("name", ["cf-mitigated", "x-vercel-mitigated", "x-amzn-waf-action"])
def test_a_gate_for_bots_tells_nothing(serve: Serve, root: Path, name: str) -> None:
    gate = page("Just a moment", status=403, headers=((name, "challenge"),))
    seen = look_at(serve(gate), root, Route(path="/"))
    assert (seen.rules, len(seen.unchecked)) == ([], 1)


def test_a_pass_after_a_retry_is_flaky(serve: Serve, root: Path) -> None:
    answers = iter([503])
    live = serve(lambda _: Reply(status=next(answers, 200), body=HTML))
    seen = look_at(live, root, Route(path="/"), retries=1)
    assert seen.rules == ["answer-after-retry"]
    assert seen.findings[0].message == "/: flaky, it first gave: 503"


def test_a_flow_stops_at_the_first_step_that_is_wrong(serve: Serve, root: Path) -> None:
    def broken(asked: Asked) -> Reply:
        return Reply(status=500) if asked.method == "POST" else shop(asked)

    live = serve(broken)
    seen = look(live, root, Area.ROUTES, site=Site(url=HOME, routes=ROUTES[:1], flows=(LOGIN,)))
    assert seen.rules == ["flow-fails"]
    assert seen.findings[0].message == "log in: step 2, /login: it answered 500"
    assert [asked.path for asked in live.asked].count("/account") == 0


def test_what_a_step_does_not_hold_cannot_be_captured(serve: Serve, root: Path) -> None:
    flow = Flow(
        name="buy", critical=False, steps=(Route(path="/", capture={"id": "json:cart.id"}),)
    )
    seen = look(serve(shop), root, Area.ROUTES, site=Site(url=HOME, flows=(flow,)))
    assert seen.rules == ["lesser-flow-fails"]
    assert seen.findings[0].message == "buy: step 1, /: it holds nothing for `id`"


def test_credentials_do_not_follow_a_redirect_to_another_host(serve: Serve, root: Path) -> None:
    live = serve(lambda asked: to("https://shop.test/in")(asked) if asked.host == HOST else Reply())
    look(
        live,
        root,
        Area.ROUTES,
        site=Site(url=HOME, routes=(AS_ANNA,), identities=ACCOUNTS),
    )
    elsewhere = [asked for asked in live.asked if asked.host == "shop.test"]
    assert elsewhere
    assert all("cookie" not in asked.headers for asked in elsewhere)


SCHEMA = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"id": 7}', None),
        ('{"id": "anna@shop.test"}', "its JSON does not fit api.json: `type` at `$.id`"),
        ("{}", "its JSON does not fit api.json: `required` at `$`"),
        ("<p>", "it is not JSON"),
    ],
)
def test_an_answer_fits_its_schema(serve: Serve, root: Path, body: str, words: str | None) -> None:
    (root / "api.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    route = Route(path="/api", kind=RouteKind.API, schema="api.json")
    seen = look_at(serve(page(body, kind="application/json")), root, route)
    assert seen.unchecked == []
    assert [finding.message for finding in seen.findings] == ([f"/api: {words}"] if words else [])


@pytest.mark.parametrize("schema", ["{", '{"type": 7}', '{"$ref": "https://elsewhere.test/a"}'])
def test_a_schema_that_is_none_is_unchecked(serve: Serve, root: Path, schema: str) -> None:
    (root / "api.json").write_text(schema, encoding="utf-8")
    route = Route(path="/api", kind=RouteKind.API, schema="api.json")
    seen = look_at(serve(page("{}", kind="application/json")), root, route)
    assert (seen.rules, len(seen.unchecked)) == ([], 1)


@pytest.mark.parametrize(
    ("route", "is_stopped"),
    [
        (Route(path="/gone"), True),
        (Route(path="/gone", critical=False), False),
        (Route(path="/"), False),
    ],
)
def test_fail_fast_says_what_was_not_reached(
    serve: Serve, root: Path, route: Route, *, is_stopped: bool
) -> None:
    site = Site(url=HOME, routes=(route,))
    seen = look(
        serve(shop), root, Area.ROUTES, Area.UNKNOWN, Area.EXPOSURE, site=site, fail_fast=True
    )
    stopped = ["the area `unknown`", "the area `exposure`"] if is_stopped else []
    assert [each.target for each in seen.unchecked] == stopped
    assert ("private_addresses" in seen.looked) is not is_stopped


PLACEHOLDERS = {
    "nginx": "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>",
    "Apache": "<title>Apache2 Debian Default Page: It works</title><p>x",
    "Vercel": "<p>The deployment could not be found on Vercel. DEPLOYMENT_NOT_FOUND",
    "Heroku": "<iframe src='//www.herokucdn.com/error-pages/no-such-app.html'></iframe>",
    "GitHub": "<p><strong>There isn't a GitHub Pages site here.</strong></p>",
    "a broker": "<h1>shop.test</h1><p>This domain is for sale.</p>",
}


@pytest.mark.parametrize("text", PLACEHOLDERS.values(), ids=PLACEHOLDERS)
def test_a_page_in_place_of_the_product_is_found(serve: Serve, root: Path, text: str) -> None:
    assert look_at(serve(page(text)), root, Route(path="/")).rules == ["placeholder-page"]
