"""Header fields, cookies and what search engines are told: a right site, and one fault each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.live import HOST, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.model import UrlLocation
from launchready.site import Host, HostKind, Route, RouteKind, Site
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.policies import blocked_scripts
from launchready.steps.smoke_test.rules.indexing import refuses_all
from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
Pairs = tuple[tuple[str, str], ...]
HEADERS: Pairs = (
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'self'"),
    ("Server", "nginx"),
)
COOKIE = "sessionid=secret-value; Path=/; Secure; HttpOnly; SameSite=Lax"
ROUTES = (
    Route(path="/"),
    Route(path="/login", kind=RouteKind.LOGIN),
    Route(path="/api/me", kind=RouteKind.API),
)
STAGING = Host(name="staging.shop.test", kind=HostKind.STAGING)


def without(name: str) -> Pairs:
    """The right header fields but one."""
    return tuple(pair for pair in HEADERS if pair[0] != name)


def right(
    headers: Pairs = HEADERS,
    *,
    head: str = "",
    body: str = "<h1>Shop</h1>",
    robots: str = "User-agent: *\nDisallow: /account\n",
    staging: int = 401,
    api: Pairs = (("Vary", "Origin"),),
) -> Callable[[Asked], Reply]:
    """A site that is right but for what is given."""

    def app(asked: Asked) -> Reply:
        if asked.host == STAGING.name:
            return Reply(status=staging, body="<h1>Staging</h1>", headers=headers)
        match asked.path:
            case "/robots.txt":
                return Reply(body=robots, kind="text/plain")
            case "/api/me":
                return Reply(body="{}", kind="application/json", headers=api)
        page = f"<html><head>{head}</head><body>{body}</body></html>"
        return Reply(body=page, headers=(*headers, ("Set-Cookie", COOKIE)))

    return app


def looked_at(serve: Serve, root: Path, app: Callable[[Asked], Reply], **more: Any) -> Look:
    """Look at its pages."""
    live = serve(app, HOST, "shop.test", STAGING.name)
    site = Site(url=f"https://{HOST}/", routes=ROUTES, hosts=(STAGING,))
    return look(live, root, Area.PAGES, site=site, **more)


def test_a_right_site_gives_nothing(serve: Serve, root: Path) -> None:
    seen = looked_at(serve, root, right(head=f'<link rel="canonical" href="https://{HOST}/">'))
    assert ([finding.message for finding in seen.findings], seen.unchecked) == ([], [])
    assert seen.looked["pages"] == 2


def cookie(text: str) -> Callable[[Asked], Reply]:
    """A site that sets another cookie as well."""
    return right((*HEADERS, ("Set-Cookie", text)))


CREDENTIALS = ("Access-Control-Allow-Credentials", "true")
FAULTS: dict[str, tuple[Callable[[Asked], Reply], str]] = {
    "no HSTS": (right(without("Strict-Transport-Security")), "hsts-missing"),
    "short HSTS": (
        right((("Strict-Transport-Security", "max-age=300"), *HEADERS)),
        "hsts-short",
    ),
    "HSTS without time": (
        right((("Strict-Transport-Security", "includeSubDomains"), *HEADERS)),
        "hsts-short",
    ),
    "no nosniff": (right(without("X-Content-Type-Options")), "nosniff-missing"),
    "frames": (
        right((*without("Content-Security-Policy"), ("Content-Security-Policy", "default-src *"))),
        "login-can-be-framed",
    ),
    "no CSP": (
        right((*without("Content-Security-Policy"), ("X-Frame-Options", "DENY"))),
        "csp-missing",
    ),
    "a version": (right((("X-Powered-By", "PHP/8.1.2"), *HEADERS)), "version-told"),
    "a session in clear": (cookie("sid=x; HttpOnly"), "session-cookie-in-clear"),
    "a session for scripts": (cookie("app-session=x; Secure"), "session-cookie-for-scripts"),
    "a Supabase token in clear": (cookie("sb-x-auth-token.0=x"), "session-cookie-in-clear"),
    "SameSite without Secure": (cookie("cart=x; SameSite=None"), "cookie-refused-by-browsers"),
    "a promise not kept": (cookie("__Host-a=x; Secure; Domain=a.b"), "cookie-refused-by-browsers"),
    "noindex": (
        right(head='<meta name="ROBOTS" content="noindex, nofollow">'),
        "noindex-on-production",
    ),
    "noindex by header": (
        right((*HEADERS, ("X-Robots-Tag", "googlebot: none"))),
        "noindex-on-production",
    ),
    "no crawler": (right(robots="User-agent: *\nDisallow: /\n"), "robots-refuse-all"),
    "staging": (right(staging=200), "staging-open-to-search"),
    "another canonical": (
        right(head='<link rel="canonical" href="https://shop.vercel.app/">'),
        "canonical-link-elsewhere",
    ),
    "a local form": (
        right(body='<h1>x</h1><form action="http://localhost:3000/api">'),
        "local-address-in-page",
    ),
    "a local script": (
        right(body='<h1>x</h1><script src="http://127.0.0.1:5173/a.js"></script>'),
        "local-address-in-page",
    ),
    "CORS": (
        right(api=(("Access-Control-Allow-Origin", "https://launchready.invalid"), CREDENTIALS)),
        "cors-any-site-with-credentials",
    ),
}


@pytest.mark.parametrize(("app", "rule"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(
    serve: Serve, root: Path, app: Callable[[Asked], Reply], rule: str
) -> None:
    seen = looked_at(serve, root, app)
    assert set(seen.rules) == {rule}
    assert "secret-value" not in repr(seen.findings)


HARMLESS: dict[str, Callable[[Asked], Reply]] = {
    "a token for forms": cookie("csrftoken=x; SameSite=Lax"),
    "a choice": cookie("theme=dark"),
    "a session that is deleted": cookie("sid=; Max-Age=0"),
    "a session that ended long ago": cookie("sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
    "a Supabase token": cookie("sb-x-auth-token.0=x; Secure"),
    "a Supabase verifier": cookie("sb-x-auth-token-code-verifier=x"),
    "a Clerk session": cookie("__session=x; Secure"),
    "where to go after the login": cookie("auth_redirect=x"),
    "an analytics session": cookie("_hjSessionUser_12=x"),
    "a link to the reader's machine": right(body='<p><a href="http://localhost:3000">open</a>'),
    "any origin without credentials": right(api=(("Access-Control-Allow-Origin", "*"),)),
    "one crawler kept out": right(
        robots="User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    ),
    "staging for nobody": right(staging=403),
}


@pytest.mark.parametrize("app", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_gives_nothing(
    serve: Serve, root: Path, app: Callable[[Asked], Reply]
) -> None:
    assert looked_at(serve, root, app).rules == []


SESSIONS = (
    "sessionid connect.sid _shop_session remember_user_token laravel_session PHPSESSID JSESSIONID"
    " next-auth.session-token __Secure-authjs.session-token better-auth.session_token appSession"
    " koa.sess .AspNetCore.Identity.Application ASP.NET_SessionId wordpress_logged_in_0a1b"
    " CognitoIdentityServiceProvider.1a.accessToken access_token jwt auth wos-session"
)


def test_frames_of_all_logins_are_told_once(serve: Serve, root: Path) -> None:
    live = serve(right(without("Content-Security-Policy")), HOST, "shop.test")
    doors = (
        ("/login", RouteKind.LOGIN),
        ("/signup", RouteKind.SIGNUP),
        ("/join", RouteKind.SIGNUP),
    )
    site = Site(
        url=f"https://{HOST}/", routes=tuple(Route(path=path, kind=kind) for path, kind in doors)
    )
    (found,) = look(live, root, Area.PAGES, site=site).findings
    assert found.message == "other sites may show this page and 2 more in a frame"
    assert [place.location for place in found.related] == [
        UrlLocation(url=f"https://{HOST}/signup"),
        UrlLocation(url=f"https://{HOST}/join"),
    ]


POLICIES: dict[str, tuple[str, str, bool]] = {
    "its own": ("script-src 'self'", "<script src=/a.js></script>", False),
    "a host below": ("script-src *.b.test", '<script src="https://a.b.test/a.js"></script>', False),
    "a scheme": ("script-src https:", '<script src="https://a.b.test/a.js"></script>', False),
    "a nonce": ("script-src 'nonce-R4n'", '<script nonce="R4n">go()</script>', False),
    "a hash": ("script-src 'sha256-abc'", "<script>go()</script>", False),
    "inline": ("script-src 'unsafe-inline'", "<script>go()</script>", False),
    "no word of scripts": ("frame-ancestors 'none'", "<script>go()</script>", False),
    "data": ("default-src 'self'", '<script type="application/json">{}</script>', False),
    "none": ("script-src 'none'", "<script src=/a.js></script>", True),
    "another host": ("default-src b.test", '<script src="https://ab.test/a.js"></script>', True),
    "another nonce": ("script-src 'nonce-R4n'", '<script nonce="old">go()</script>', True),
    "a nonce that a script lacks": (
        "script-src 'nonce-R4n' 'unsafe-inline'",
        "<script>go()</script>",
        True,
    ),
    "trust that is handed on": (
        "script-src 'nonce-R4n' 'strict-dynamic' https:",
        "<script src=/a.js></script>",
        True,
    ),
}


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/my app.js", "/my%20app.js"),
        ("/größe.js?a=ö b", "/gr%C3%B6%C3%9Fe.js?a=%C3%B6%20b"),
        ("/my%20app.js?x=%2F&y=[1]", "/my%20app.js?x=%2F&y=[1]"),
    ],
)
def test_an_address_is_asked_as_browsers_do(written: str, asked: str) -> None:
    url = f"https://{HOST}"
    (script,) = page_of(f'<script src="{written}"></script>', f"{url}/").scripts
    assert script == url + asked


@pytest.mark.parametrize(("policy", "html", "is_blocked"), POLICIES.values(), ids=POLICIES)
def test_what_a_policy_blocks(policy: str, html: str, is_blocked: bool) -> None:
    url = f"https://{HOST}/"
    assert bool(list(blocked_scripts(page_of(html, url), url, (policy,)))) is is_blocked


@pytest.mark.parametrize("name", SESSIONS.split())
def test_what_frameworks_call_their_sessions(serve: Serve, root: Path, name: str) -> None:
    assert looked_at(serve, root, cookie(f"{name}=x; HttpOnly; Path=/")).rules in (
        ["session-cookie-in-clear"],
        ["cookie-refused-by-browsers", "session-cookie-in-clear"],  # for `__Secure-`
    )


def test_a_cookie_is_told_once_and_on_the_way_to_a_page_too(serve: Serve, root: Path) -> None:
    """Two pages and a redirect set it, each with another value and end."""
    ends = iter(range(10, 60))

    def app(asked: Asked) -> Reply:
        end = f"Expires=Fri, 01 Jan 2100 00:00:{next(ends)} GMT"
        found = ("Set-Cookie", f"sid={end[-6:-4]}; HttpOnly; {end}")
        if asked.path == "/":
            return Reply(status=307, headers=(("Location", "/en"), found))
        return right((*HEADERS, found))(asked)

    seen = looked_at(serve, root, app)
    assert seen.rules == ["session-cookie-in-clear"]


def test_a_preview_may_be_kept_out_of_the_index(serve: Serve, root: Path) -> None:
    app = right(without("Strict-Transport-Security"), head='<meta name="robots" content="noindex">')
    assert looked_at(serve, root, app, url="https://shop.test/").rules == []


@pytest.mark.parametrize(
    ("robots", "refused"),
    [
        ("User-agent: *\nDisallow: /", True),
        ("user-agent: a\nUser-Agent: *\ndisallow: /* # all", True),
        ("User-agent: *\nDisallow:", False),
        ("User-agent: *\nDisallow: /\nAllow: /public", False),
        ("User-agent: a\nDisallow: /\nUser-agent: *\nDisallow: /x", False),
        ("<html>", False),
    ],
)
def test_what_a_robots_file_refuses(robots: str, *, refused: bool) -> None:
    assert refuses_all(robots) is refused


@given(st.text())
def test_any_text_is_a_page(text: str) -> None:
    page = page_of(text, "https://a.test/")
    assert page.scripts is not None
    refuses_all(text)
