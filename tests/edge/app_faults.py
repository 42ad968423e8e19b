"""The faults of the lab's application: one page, one header, one file is not as it should be."""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from urllib.parse import urlsplit

from launchready.catalog.secrets import KINDS
from launchready.site import Route, Slash
from launchready.steps.secret_scan.formats import formats
from tests.edge.lab import Fault
from tests.edge.nginx import API, STAGING
from tests.edge.shop import BUNDLE, SITE, STYLE, data, page, shop
from tests.live import App, Asked, Reply

_PRIVATE = ("Cache-Control", "private, no-store")
Answer = Callable[[Asked], Reply]


def serving(pages: Mapping[str, Reply | Answer]) -> Callable[[], App]:
    """The shop with other answers at these paths."""

    def app(asked: Asked) -> Reply:
        given = pages.get(urlsplit(asked.path).path)
        if given is None or asked.host.startswith(STAGING):
            return shop(asked)
        return given if isinstance(given, Reply) else given(asked)

    return lambda: app


def changed(change: Callable[[Reply], Reply], *paths: str) -> Callable[[], App]:
    """The shop with its answers changed at these paths, or at all."""

    def app(asked: Asked) -> Reply:
        reply = shop(asked)
        is_due = not paths or urlsplit(asked.path).path in paths
        return change(reply) if is_due else reply

    return lambda: app


def headers(*given: tuple[str, str], less: str = "") -> Callable[[Reply], Reply]:
    """A reply with these fields in place of those of their names."""
    gone = {less.lower(), *(name.lower() for name, _ in given)} - {"set-cookie"}

    def change(reply: Reply) -> Reply:
        kept = tuple(pair for pair in reply.headers if pair[0].lower() not in gone)
        return replace(reply, headers=(*kept, *given))

    return change


def _more(reply: Reply, html: str) -> Reply:
    return replace(reply, body=str(reply.body).replace("</body>", f"{html}</body>"))


def html(html: str, *paths: str) -> Callable[[], App]:
    """The shop with more in the body of these pages, the home page if none is named."""
    return changed(lambda reply: _more(reply, html), *(paths or ("/",)))


def _head(html: str, *paths: str) -> Callable[[], App]:
    def change(reply: Reply) -> Reply:
        return replace(reply, body=str(reply.body).replace("</head>", f"{html}</head>"))

    return changed(change, *(paths or ("/",)))


def _cookie(text: str) -> Callable[[], App]:
    return changed(headers(("Set-Cookie", text), _PRIVATE), "/login")


def _script(text: str) -> Callable[[], App]:
    return changed(lambda reply: replace(reply, body=text), BUNDLE)


def file(path: str, text: str, kind: str = "text/plain") -> Callable[[], App]:
    return serving({path: Reply(body=text, kind=kind)})


def _with_key() -> App:
    """A bundle with a key that is made now, and opens nothing."""
    kind = next(each for each in KINDS if each.id == "stripe-live-secret-key")
    return _script(f'const s=new Stripe("{formats.sample(kind, random.Random(7))}");')()


def _flapping() -> App:
    """Fails the first time each page is asked."""
    turn = count()

    def app(asked: Asked) -> Reply:
        if urlsplit(asked.path).path == "/blog/news" and next(turn) == 0:
            return Reply(status=503, headers=(_PRIVATE,))
        return shop(asked)

    return app


def _slow(asked: Asked) -> Reply:
    time.sleep(2.5)
    return shop(asked)


def _of(who: str) -> Answer:
    """The account page of one customer, whoever is logged in."""

    def answer(asked: Asked) -> Reply:
        if "session=" not in asked.headers.get("cookie", ""):
            return shop(asked)
        return page("/account", "Your account", f"{who}@shop.test", _PRIVATE)

    return answer


def _for_other_sites(asked: Asked) -> Reply:
    origin = asked.headers.get("origin", "")
    let = (
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "true"),
    )
    return headers(*let)(shop(asked)) if origin else shop(asked)


_DJANGO = (
    "<title>Page not found at /x</title><h1>Page not found <small>(404)</small></h1>"
    "<p>You're seeing this error because you have <code>DEBUG = True</code> in your Django"
    " settings file.</p>"
)
_MAP = json.dumps(
    {
        "version": 3,
        "sources": ["src/cart.ts"],
        "sourcesContent": ["export const a = 1"],
        "mappings": "A",
    }
)
_ACCOUNT_PAGE = page("/account", "Your account", "ann@shop.test", _PRIVATE)

APP_FAULTS: dict[str, Fault] = {
    # Routes
    "a page breaks": Fault(
        "route-answers-wrong-status", app=serving({"/pricing": Reply(status=500)})
    ),
    "a page is slow": Fault(
        "route-does-not-answer", app=serving({"/pricing": _slow}), settings={"timeout": 1.0}
    ),
    "a lesser page is lost": Fault(
        "lesser-route-fails", app=serving({"/blog/news": Reply(status=404, headers=(_PRIVATE,))})
    ),
    "a page goes to the login": Fault(
        "route-redirects-wrong",
        app=serving({"/plans": Reply(status=301, headers=(("Location", "/login"),))}),
        site=replace(
            SITE,
            slash=Slash.ANY,
            routes=(*SITE.routes, Route(path="/plans", redirects_to="/pricing")),
        ),
    ),
    "another page under the name": Fault(
        "route-holds-wrong-content", app=serving({"/": page("/", "Hello", "It works")})
    ),
    "the database is away": Fault(
        "route-holds-wrong-content",
        app=serving({"/api/health": data({"status": "degraded"})}),
    ),
    "the API's items are gone": Fault(
        "route-holds-wrong-content", app=serving({"/v1/items": data({"items": []})})
    ),
    "an empty shell": Fault(
        "empty-page",
        app=serving(
            {
                "/signup": Reply(
                    body="<!doctype html><html><head><title>Sign up</title></head>"
                    '<body><div id="root"></div></body></html>',
                    headers=(*_ACCOUNT_PAGE.headers, _PRIVATE),
                )
            }
        ),
    ),
    "nginx's own page": Fault(
        "placeholder-page",
        app=changed(
            lambda reply: replace(
                reply,
                body="<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>"
                "<p>If you see this page, the nginx web server is successfully installed and"
                " working. Further configuration is required.</p>",
            ),
            "/pricing",
        ),
    ),
    "flapping": Fault("answer-after-retry", app=_flapping, settings={"retries": 1}),
    "the account is open": Fault(
        "protected-route-open",
        app=serving({"/account": _ACCOUNT_PAGE}),
        also=frozenset({"cache-leaks-account", "page-of-another-account"}),
    ),
    "everybody is Ann": Fault("cache-leaks-account", app=serving({"/account": _of("ann")})),
    "everybody is Bob": Fault(
        "page-of-another-account",
        app=serving({"/account": _of("bob")}),
        also=frozenset({"cache-leaks-account", "route-holds-wrong-content", "flow-fails"}),
    ),
    "a webhook takes everything": Fault(
        "webhook-accepts-unsigned", app=serving({"/webhooks/stripe": data({"ok": True})})
    ),
    "nobody can log in": Fault(
        "flow-fails",
        app=serving(
            {"/login": lambda asked: data({}, 500) if asked.method == "POST" else shop(asked)}
        ),
    ),
    "an old link is dead": Fault(
        "moved-page-lost", app=serving({"/old-pricing": page("/x", "Not here", "", status=404)})
    ),
    "an old link goes elsewhere": Fault(
        "moved-page-lost",
        app=serving({"/old-pricing": Reply(status=301, headers=(("Location", "/"),))}),
    ),
    "both forms of an address": Fault(
        "other-slash-not-redirected",
        app=serving({"/pricing/": page("/pricing", "Pricing", "Nine a month")}),
    ),
    # What is not there
    "a page for developers": Fault(
        "debug-page",
        app=changed(lambda reply: replace(reply, body=_DJANGO) if reply.status == 404 else reply),
    ),
    "everything is found": Fault(
        "unknown-page-found",
        app=changed(lambda reply: replace(reply, status=200) if reply.status == 404 else reply),
    ),
    "what is not there breaks": Fault(
        "unknown-page-breaks",
        app=changed(lambda reply: replace(reply, status=500) if reply.status == 404 else reply),
    ),
    "errors are kept": Fault(
        "error-kept",
        app=changed(
            lambda reply: (
                headers(("Cache-Control", "public, max-age=86400"))(reply)
                if reply.status == 404
                else reply
            )
        ),
    ),
    "the old release": Fault("old-release-live", settings={"release": "77aa01c9d2e4"}),
    # Scripts and styles
    "the bundle is gone": Fault(
        "page-needs-missing-file", app=serving({BUNDLE: Reply(status=404)})
    ),
    "the bundle is the home page": Fault(
        "page-needs-file-of-wrong-type",
        app=changed(lambda reply: replace(reply, body="<p>", kind="text/html"), BUNDLE),
    ),
    "a script by plain HTTP": Fault(
        "mixed-content-blocked", app=html('<script src="http://cdn.shop.test/a.js"></script>')
    ),
    "an image by plain HTTP": Fault(
        "mixed-content-upgraded", app=html('<img src="http://cdn.shop.test/a.png" alt="a">')
    ),
    "a form by plain HTTP": Fault(
        "form-sent-in-clear", app=html('<form method="post" action="http://shop.test/x"></form>')
    ),
    "a style loads by plain HTTP": Fault(
        "style-loads-in-clear",
        app=changed(
            lambda reply: replace(reply, body="@font-face{src:url(http://cdn.shop.test/a.woff2)}"),
            STYLE,
        ),
    ),
    "a key in the bundle": Fault("secret-in-delivered-script", app=_with_key),
    "the source beside the bundle": Fault(
        "source-map-public",
        app=serving(
            {
                BUNDLE: lambda asked: replace(
                    shop(asked), body="1;\n//# sourceMappingURL=app.3f9c2a71.js.map"
                ),
                f"{BUNDLE}.map": Reply(body=_MAP, kind="application/json"),
            }
        ),
    ),
    "the bundle asks localhost": Fault(
        "script-asks-local-address", app=_script('fetch("http://localhost:8000/api/orders")')
    ),
    "the bundle may ask localhost": Fault(
        "script-may-ask-local-address",
        app=_script('const api="http://localhost:8000";fetch(`${api}/orders`)'),
    ),
    "the bundle is not kept": Fault(
        "asset-not-kept", app=changed(headers(("Cache-Control", "no-cache")), BUNDLE)
    ),
    # Headers and cookies
    "no HSTS": Fault("hsts-missing", app=changed(headers(less="Strict-Transport-Security"))),
    "HSTS for a day": Fault(
        "hsts-short", app=changed(headers(("Strict-Transport-Security", "max-age=86400")))
    ),
    "no nosniff": Fault("nosniff-missing", app=changed(headers(less="X-Content-Type-Options"))),
    "no policy": Fault(
        "csp-missing",
        app=changed(headers(("X-Frame-Options", "DENY"), less="Content-Security-Policy")),
    ),
    "the login in a frame": Fault(
        "login-can-be-framed",
        app=changed(headers(("Content-Security-Policy", "default-src 'self'"))),
    ),
    "a version": Fault("version-told", app=changed(headers(("X-Powered-By", "PHP/8.1.2")))),
    "any site may ask": Fault(
        "cors-any-site-with-credentials", app=serving({"/v1/items": _for_other_sites})
    ),
    "a session in clear": Fault(
        "session-cookie-in-clear", app=_cookie("sid=x; Path=/; HttpOnly; SameSite=Lax")
    ),
    "a session for scripts": Fault(
        "session-cookie-for-scripts", app=_cookie("sid=x; Path=/; Secure; SameSite=Lax")
    ),
    "a cookie that browsers refuse": Fault(
        "cookie-refused-by-browsers", app=_cookie("cart=x; Path=/; SameSite=None")
    ),
    # Search
    "kept out of search": Fault(
        "noindex-on-production", app=_head('<meta name="robots" content="noindex">', "/pricing")
    ),
    "kept out by a header": Fault(
        "noindex-on-production", app=changed(headers(("X-Robots-Tag", "noindex")), "/")
    ),
    "robots refuse all": Fault(
        "robots-refuse-all", app=file("/robots.txt", "User-agent: *\nDisallow: /\n")
    ),
    "staging in search": Fault(
        "staging-open-to-search",
        app=lambda: (
            lambda asked: (
                page("/", "Staging", "Soon") if asked.host.startswith(STAGING) else shop(asked)
            )
        ),
    ),
    "the canonical link of a preview": Fault(
        "canonical-link-elsewhere",
        app=changed(
            lambda reply: replace(
                reply,
                body=str(reply.body).replace(
                    'canonical" href="https://www', 'canonical" href="https://pre'
                ),
            ),
            "/",
        ),
    ),
    "a form to the developer's machine": Fault(
        "local-address-in-page", app=html('<form action="https://localhost:3000/x"></form>')
    ),
    # Caches
    "an account for caches": Fault(
        "private-page-for-caches",
        app=changed(
            lambda reply: (
                headers(("Cache-Control", "public, max-age=300"))(reply)
                if reply.status == 200
                else reply
            ),
            "/account",
        ),
        also=frozenset({"private-page-from-cache"}),
    ),
    "an account that is silent": Fault(
        "private-page-silent-on-caches", app=changed(headers(less="Cache-Control"), "/account")
    ),
    "the API for caches": Fault(
        "answer-wrongly-cacheable",
        app=changed(headers(("Cache-Control", "public, max-age=300")), "/v1/items"),
    ),
    "health for caches": Fault(
        "answer-wrongly-cacheable",
        app=changed(headers(("Cache-Control", "public, max-age=60")), "/api/health"),
    ),
    "a token for caches": Fault(
        "answer-wrongly-cacheable",
        app=changed(headers(("Cache-Control", "public, s-maxage=60")), "/login"),
    ),
    "one session for all": Fault(
        "session-cookie-in-cache",
        app=changed(
            headers(("Set-Cookie", "session=x; Path=/; Secure; HttpOnly; SameSite=Lax")), "/"
        ),
    ),
    # What strangers get
    "the environment": Fault(
        "private-file-public", app=file("/.env", "APP_NAME=shop\nDATABASE_URL=postgres:///x\n")
    ),
    "a dump": Fault(
        "private-file-public", app=file("/backup.sql", "-- PostgreSQL database dump\n")
    ),
    "Spring's environment": Fault(
        "private-file-public",
        app=file("/actuator/env", '{"propertySources": []}', "application/json"),
    ),
    "metrics": Fault("inner-page-public", app=file("/metrics", "# HELP up Whether it is up.\n")),
    "Django's toolbar": Fault(
        "inner-page-public",
        app=serving({"/__debug__/render_panel/": Reply(body='<div id="djDebug">')}),
    ),
    "the API's host is away": Fault(
        "route-answers-wrong-status",
        app=lambda: lambda asked: Reply(status=502) if asked.host.startswith(API) else shop(asked),
    ),
}
