"""The application of the lab without any fault, and what its config says of it."""

import json
from collections.abc import Callable
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from launchready.site import Flow, Host, HostKind, Identity, Release, Route, RouteKind, Site, Slash
from tests.edge.nginx import APEX, API, ASSETS, STAGING, WWW
from tests.live import Asked, Reply

RELEASE = "4c1d9e27ab03"
BUNDLE = "/assets/app.3f9c2a71.js"
STYLE = "/assets/app.8b2e40d1.css"

SITE = Site(
    url=f"https://{WWW}/",
    redirecting=(APEX,),
    hosts=(
        Host(name=API, kind=HostKind.API),
        Host(name=STAGING, kind=HostKind.STAGING),
        Host(name=ASSETS, kind=HostKind.STATIC, proxied=True),
    ),
    routes=(
        Route(path="/", contains=("Start your free trial",)),
        Route(path="/pricing"),
        Route(path="/login", kind=RouteKind.LOGIN),
        Route(path="/signup", kind=RouteKind.SIGNUP),
        Route(path="/account", kind=RouteKind.PROTECTED),
        Route(path=f"https://{API}/v1/items", kind=RouteKind.API, json={"items[0].id": "*"}),
        Route(path="/api/health", kind=RouteKind.HEALTH, json={"status": "ok"}),
        Route(path="/webhooks/stripe", kind=RouteKind.WEBHOOK, write=True),
        Route(path="/blog/news", critical=False),
    ),
    flows=(
        Flow(
            name="log in",
            steps=(
                Route(path="/login", capture={"token": "input:csrf"}),
                Route(
                    path="/login",
                    method="POST",
                    write=True,
                    form={"csrf": "{token}", "email": "ann@shop.test"},
                    status=(303,),
                ),
                Route(path="/account", contains=("ann@shop.test",)),
            ),
        ),
    ),
    identities={
        "ann": Identity(headers={"Cookie": "session=ann"}, marker="ann@shop.test"),
        "bob": Identity(headers={"Cookie": "session=bob"}, marker="bob@shop.test"),
    },
    release=Release(header="x-release"),
    moved={"/old-pricing": "/pricing"},
    slash=Slash.NEVER,
)

_SECURE = (
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    (
        "Content-Security-Policy",
        f"default-src 'self' https://{ASSETS}; frame-ancestors 'none'; object-src 'none'",
    ),
    ("X-Release", RELEASE),
)
_BODY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Shop</title>
<link rel="canonical" href="https://{host}{path}">
<link rel="stylesheet" href="{style}">
</head><body>
<nav><a href="/pricing">Pricing</a> <a href="/login">Sign in</a></nav>
<h1>{title}</h1><p>{text}</p><img src="/assets/hero.png" alt="The product">
<script src="{bundle}" defer></script>
</body></html>
"""
_FORM = (
    '<form method="post" action="/login"><input type="hidden" name="csrf" value="c5f1">'
    '<input name="email"><button>Sign in</button></form>'
)


def page(path: str, title: str, text: str, *more: tuple[str, str], status: int = 200) -> Reply:
    """A page with everything that is due."""
    body = _BODY.format(title=title, host=WWW, path=path, text=text, style=STYLE, bundle=BUNDLE)
    own = {name for name, _ in more}
    usual = () if "Cache-Control" in own else (("Cache-Control", "public, max-age=0, s-maxage=60"),)
    return Reply(status=status, body=body, headers=(*_SECURE, *usual, *more))


def data(content: object, status: int = 200) -> Reply:
    """An answer of the API."""
    headers = (*_SECURE, ("Cache-Control", "private, no-store"))
    return Reply(status=status, body=json.dumps(content), kind="application/json", headers=headers)


_PRIVATE = ("Cache-Control", "private, no-store")
_SESSION = "session={who}; Path=/; Secure; HttpOnly; SameSite=Lax"


def _account(asked: Asked) -> Reply:
    cookie = SimpleCookie(asked.headers.get("cookie", "")).get("session")
    if cookie is None or cookie.value not in SITE.identities:
        return Reply(status=303, headers=(("Location", "/login"), _PRIVATE, *_SECURE))
    return page("/account", "Your account", f"{cookie.value}@shop.test", _PRIVATE)


def _login(asked: Asked) -> Reply:
    if asked.method != "POST":
        return page("/login", "Sign in", _FORM, ("Cache-Control", "no-store"))
    if parse_qs(asked.body.decode()).get("csrf") != ["c5f1"]:
        return page("/login", "Sign in", "That form has expired", _PRIVATE, status=403)
    cookie = ("Set-Cookie", _SESSION.format(who="ann"))
    return Reply(status=303, headers=(("Location", "/account"), cookie, _PRIVATE, *_SECURE))


def _asset(kind: str, body: bytes) -> Callable[[Asked], Reply]:
    headers = (*_SECURE, ("Cache-Control", "public, max-age=31536000, immutable"))
    return lambda _: Reply(body=body, kind=kind, headers=headers)


_PAGES: dict[str, Callable[[Asked], Reply]] = {
    "/": lambda _: page("/", "Things that come to you", "Start your free trial"),
    "/pricing": lambda _: page("/pricing", "Pricing", "Nine a month"),
    "/login": _login,
    "/signup": lambda _: page("/signup", "Sign up", "Welcome", ("Cache-Control", "no-store")),
    "/account": _account,
    "/v1/items": lambda _: data({"items": [{"id": 7}]}),
    "/api/health": lambda _: data({"status": "ok", "database": "ok"}),
    "/webhooks/stripe": lambda _: data({"error": "no signature"}, status=400),
    "/blog/news": lambda _: page("/blog/news", "News", "We are live"),
    "/old-pricing": lambda _: Reply(status=301, headers=(("Location", "/pricing"), *_SECURE)),
    "/robots.txt": lambda _: Reply(body="User-agent: *\nDisallow: /account\n", kind="text/plain"),
    BUNDLE: _asset("text/javascript", b"document.title;"),
    STYLE: _asset("text/css", b"h1{color:teal}"),
    "/assets/hero.png": _asset("image/png", b"\x89PNG\r\n\x1a\n"),
}


def shop(asked: Asked) -> Reply:
    """What it answers. Which host was asked stands in `Host`."""
    if asked.host.startswith(STAGING):
        return Reply(status=401, headers=(("WWW-Authenticate", 'Basic realm="staging"'),))
    path = urlsplit(asked.path).path
    if path != "/" and path.endswith("/") and path[:-1] in _PAGES:
        return Reply(status=308, headers=(("Location", path[:-1]), *_SECURE))
    known = _PAGES.get(path)
    if known is None:
        return page(path, "Not here", "This page is not here", _PRIVATE, status=404)
    return known(asked)
