"""Caches: the test with two accounts against a cache that leaks, and what header fields say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live import HOST, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.facts.web import Address, Headers, Request, Response
from launchready.site import Host, Identity, Route, RouteKind, Site
from launchready.steps.smoke_test.caching import is_kept_private, is_shareable, was_stored
from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
App = Callable[[Asked], Reply]
ACCOUNTS = {
    "anna": Identity(headers={"Cookie": "session=anna"}, marker="anna@shop.test"),
    "bert": Identity(headers={"Authorization": "Bearer bert"}, marker="bert@shop.test"),
}
ACCOUNT = Route(path="/account", kind=RouteKind.PROTECTED)
NO_STORE = ("Cache-Control", "private, no-store")
PUBLIC = ("Cache-Control", "public, max-age=300")


def shop(*headers: tuple[str, str]) -> App:
    """An application with an account page; `headers` come with every answer."""

    def app(asked: Asked) -> Reply:
        told = asked.headers.get("cookie", "") + asked.headers.get("authorization", "")
        name = next((name for name in ACCOUNTS if name in told), None)
        if asked.path.startswith("/account"):
            if name is None:
                return Reply(status=302, headers=(("Location", "/login"), NO_STORE))
            return Reply(body=f"<p>{name}@shop.test", headers=headers or (NO_STORE,))
        body = '<h1>Shop</h1><script src="/assets/app.3f9c2a71.js"></script>'
        kind = "text/javascript" if asked.path.endswith(".js") else "text/html"
        return Reply(body=body, headers=headers, kind=kind)

    return app


def cached(app: App, is_kept: Callable[[Asked], bool]) -> App:
    """A cache before an application that keeps some answers by their address alone."""
    kept: dict[str, Reply] = {}

    def through(asked: Asked) -> Reply:
        if asked.path in kept:
            old = kept[asked.path]
            return Reply(old.status, old.body, (*old.headers, ("X-Cache", "HIT")), old.kind)
        reply = app(asked)
        if is_kept(asked) and reply.status == 200:
            kept[asked.path] = reply
        return reply

    return through


def looked_at(serve: Serve, root: Path, app: App, *routes: Route, **site: object) -> Look:
    """Look at what is cached."""
    live = serve(app)
    intent: dict[str, object] = {"url": f"https://{HOST}/", "identities": ACCOUNTS, **site}
    return look(live, root, Area.CACHE, site=Site(routes=routes or (ACCOUNT,), **intent))  # type: ignore[arg-type]


def test_a_right_site_gives_nothing(serve: Serve, root: Path) -> None:
    seen = looked_at(serve, root, shop())
    assert (seen.rules, seen.unchecked) == (["asset-not-kept"], [])  # the asset says nothing


def test_a_cache_that_leaks_is_found(serve: Serve, root: Path) -> None:
    app = cached(shop(), lambda asked: asked.path == "/account")
    seen = looked_at(serve, root, app)
    assert seen.rules[-1:] == ["cache-leaks-account"]
    assert "private-page-from-cache" not in seen.rules
    assert seen.findings[0].message == "bert gets the page of anna, from a cache (`x-cache`)"
    assert "@shop.test" not in repr(seen.findings)


def test_a_private_page_from_a_cache_is_found(serve: Serve, root: Path) -> None:
    """Whose page it is, nobody can tell without a marker."""
    accounts = {"anna": Identity(headers={"Cookie": "session=anna"})}
    app = cached(shop(), lambda asked: asked.path == "/account")
    seen = looked_at(serve, root, app, identities=accounts)
    assert "private-page-from-cache" in seen.rules


def test_a_page_under_the_name_of_a_static_file_is_found(serve: Serve, root: Path) -> None:
    app = cached(shop(), lambda asked: asked.path.endswith(".css"))
    seen = looked_at(serve, root, app)
    leak = next(finding for finding in seen.findings if finding.rule == "cache-leaks-account")
    assert leak.message.startswith("a stranger gets the page of anna")


def test_without_an_account_nobody_can_tell(serve: Serve, root: Path) -> None:
    seen = looked_at(serve, root, shop(), identities={})
    assert (seen.unchecked, seen.told["leak_test"]) == ([], "no account")
    unset = {"anna": Identity(headers={"Cookie": "session="}, marker="anna@shop.test")}
    seen = looked_at(serve, root, shop(), identities=unset)
    assert "without a test account" in seen.unchecked[0].reason


STATIC = (("Cache-Control", "s-maxage=31536000"), ("X-Nextjs-Prerender", "1"), ("Age", "99"))
LOGIN = Route(path="/login", kind=RouteKind.LOGIN)


def test_a_page_that_was_built_for_everybody_is_not_private(serve: Serve, root: Path) -> None:
    """Next.js makes a page that scripts fill at build time, and hosts keep it in their cache."""
    live = serve(lambda _: Reply(body="<h1>Account</h1><p>Loading", headers=STATIC))
    site = Site(url=f"https://{HOST}/", identities=ACCOUNTS, routes=(ACCOUNT,))
    assert look(live, root, Area.CACHE, site=site).rules == []


@pytest.mark.parametrize(
    ("form", "headers", "rules"),
    [
        ("", STATIC, []),
        ('<input type="hidden" name="next" value="/">', STATIC, []),
        ('<input type="hidden" name="csrfmiddlewaretoken">', STATIC, ["answer-wrongly-cacheable"]),
        (
            '<input type="hidden" name="authenticity_token">',
            (PUBLIC,),
            ["answer-wrongly-cacheable"],
        ),
        ("", (PUBLIC, ("Set-Cookie", "csrftoken=x")), ["answer-wrongly-cacheable"]),
    ],
)
def test_a_login_page_may_be_kept_when_it_is_the_same_for_all(
    serve: Serve, root: Path, form: str, headers: tuple[tuple[str, str], ...], rules: list[str]
) -> None:
    live = serve(lambda _: Reply(body=f"<form><input name=email>{form}</form>", headers=headers))
    site = Site(url=f"https://{HOST}/", routes=(LOGIN,))
    assert look(live, root, Area.CACHE, site=site).rules == rules


def test_files_of_a_folder_are_told_together(serve: Serve, root: Path) -> None:
    names = ("a/one.3f9c2a71.js", "a/two.3f9c2a72.js", "a/kept.3f9c2a73.js", "b/one.3f9c2a74.js")

    def app(asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(body="".join(f'<script src="/{name}"></script>' for name in names))
        kept = (("Cache-Control", "max-age=31536000"),) if "kept" in asked.path else ()
        return Reply(body="1", kind="text/javascript", headers=kept)

    found = look(serve(app), root, Area.CACHE).findings
    words = "its name changes with its content, and browsers ask again"
    assert [each.message for each in found] == [f"{words} (as 1 more of its folder)", words]


@pytest.mark.parametrize(
    ("name", "is_found"),
    [
        ("assets/index-BwrrsSzl.js", True),
        ("static/site.3c7253c0b179.css", True),
        ("_next/static/chunks/0x8jd1k2lmn.js", True),
        ("assets/main-settings.js", False),
        ("js/checkout.js", False),
    ],
)
def test_which_names_change_with_their_content(
    serve: Serve, root: Path, name: str, *, is_found: bool
) -> None:
    def app(asked: Asked) -> Reply:
        home = f'<h1>Shop</h1><script src="/{name}"></script>'
        is_home = asked.path == "/"
        return Reply(body=home if is_home else "1", kind="text/html" if is_home else "text/css")

    seen = look(serve(app), root, Area.CACHE)
    assert seen.rules == (["asset-not-kept"] if is_found else [])


API = Route(path="/api", kind=RouteKind.API)
HEADERS: dict[str, tuple[App, Route, set[str]]] = {
    "a private page for all": (shop(PUBLIC), ACCOUNT, {"private-page-for-caches"}),
    "a private page, silent": (
        shop(("Vary", "Cookie")),
        ACCOUNT,
        {"private-page-silent-on-caches"},
    ),
    "an API for all": (shop(PUBLIC), API, {"answer-wrongly-cacheable"}),
    "an API from a cache": (shop(("Age", "12"), NO_STORE), API, {"answer-wrongly-cacheable"}),
    "an API that may": (
        shop(PUBLIC),
        Route(path="/api", kind=RouteKind.API, cacheable=True),
        set(),
    ),
    "a session for all": (
        shop(PUBLIC, ("Set-Cookie", "sessionid=x; Secure; HttpOnly")),
        Route(path="/"),
        {"session-cookie-in-cache"},
    ),
    "a public page for all": (shop(PUBLIC), Route(path="/"), set()),
}


@pytest.mark.parametrize(("app", "route", "rules"), HEADERS.values(), ids=HEADERS)
def test_what_header_fields_let_caches_do(
    serve: Serve, root: Path, app: App, route: Route, rules: set[str]
) -> None:
    seen = looked_at(serve, root, app, route)
    assert set(seen.rules) - {"asset-not-kept"} == rules


@pytest.mark.parametrize(
    ("headers", "is_meant", "rules"),
    [
        ((("CF-Ray", "1"), NO_STORE), True, []),
        ((NO_STORE,), True, ["cdn-not-as-declared"]),
        ((("X-Vercel-Id", "1"), NO_STORE), False, ["cdn-not-as-declared"]),
    ],
)
def test_who_stands_before_a_host(
    serve: Serve,
    root: Path,
    headers: tuple[tuple[str, str], ...],
    rules: list[str],
    *,
    is_meant: bool,
) -> None:
    hosts = (Host(name="shop.test", proxied=is_meant),)
    seen = looked_at(serve, root, shop(*headers), Route(path="/"), hosts=hosts)
    assert [rule for rule in seen.rules if rule != "asset-not-kept"] == rules


def response(*pairs: tuple[str, str]) -> Response:
    """An answer with these header fields."""
    return Response(
        request=Request(url="https://a.test/"),
        status=200,
        headers=Headers(pairs=tuple((name.lower(), value) for name, value in pairs)),
        body=b"",
        address=Address(ip="127.0.0.1"),
    )


@pytest.mark.parametrize(
    ("pairs", "field"),
    [
        ([("CF-Cache-Status", "HIT")], "cf-cache-status"),
        ([("CF-Cache-Status", "DYNAMIC"), ("Age", "0")], ""),
        ([("CF-Cache-Status", "UPDATING")], "cf-cache-status"),
        ([("X-Cache", "Hit from cloudfront")], "x-cache"),
        ([("X-Cache", "Miss from cloudfront")], ""),
        ([("X-Cache", "MISS, HIT")], "x-cache"),
        ([("X-Vercel-Cache", "PRERENDER")], "x-vercel-cache"),
        ([("Cache-Status", '"Netlify Edge"; hit')], "cache-status"),
        ([("Cache-Status", '"Netlify Edge"; fwd=miss')], ""),
        ([("Age", "7")], "age"),
        ([("Age", "-7")], ""),
    ],
)
def test_who_kept_an_answer(pairs: list[tuple[str, str]], field: str) -> None:
    assert was_stored(response(*pairs).headers) == field


@pytest.mark.parametrize(
    ("value", "shareable", "private"),
    [
        ("public, max-age=60", True, False),
        ("s-maxage=60, max-age=0", True, True),
        ("s-maxage=0, max-age=600", False, False),
        ("max-age=60", True, False),
        ("private, max-age=60", False, True),
        ("no-store", False, True),
        ("max-age=0, must-revalidate", False, True),
        ("public", True, False),
        ('private="x", max-age=60', False, True),
        ("", False, False),
    ],
)
def test_what_a_shared_cache_may_keep(value: str, *, shareable: bool, private: bool) -> None:
    told = response(("Cache-Control", value))
    assert (is_shareable(told), is_kept_private(told)) == (shareable, private)
