"""Further faults of the application: what pages, files and the login tell search and browsers."""

from urllib.parse import parse_qs, urlsplit

from tests.edge.app_faults import changed, file, headers, html, serving
from tests.edge.lab import Fault
from tests.edge.shop import BUNDLE, shop
from tests.live import Asked, Reply


def _anywhere(asked: Asked) -> Reply:
    """A login that sends those who are logged in wherever the address says."""
    there = parse_qs(urlsplit(asked.path).query).get("next")
    if there and "session=" in asked.headers.get("cookie", ""):
        return Reply(status=302, headers=(("Location", there[0]),))
    return shop(asked)


def _sitemap(place: str) -> str:
    return f"<urlset><url><loc>{place}/</loc></url><url><loc>{place}/pricing</loc></url></urlset>"


_STRICT = (
    "Content-Security-Policy",
    "script-src 'self' https://js.stripe.com; frame-ancestors 'none'",
)
_LOG = "[2026-03-01 10:00:00] production.ERROR: Undefined variable\n"

PAGE_FAULTS: dict[str, Fault] = {
    "pages for a year": Fault(
        "page-kept-too-long",
        app=changed(headers(("Cache-Control", "public, max-age=31536000")), "/", "/pricing"),
    ),
    "the policy blocks a script inside": Fault(
        "csp-blocks-own-script",
        app=lambda: lambda asked: headers(_STRICT)(html("<script>go()</script>")()(asked)),
    ),
    "the policy blocks another's script": Fault(
        "csp-blocks-own-script",
        app=lambda: (
            lambda asked: headers(_STRICT)(
                html('<script src="https://plausible.test/a.js"></script>')()(asked)
            )
        ),
    ),
    "a large bundle without compression": Fault(
        "file-not-compressed",
        app=serving({BUNDLE: Reply(body="//" + "x" * 90_000, kind="text/javascript")}),
        also=frozenset({"asset-not-kept"}),
    ),
    "the login leads anywhere": Fault(
        "login-redirects-anywhere", app=serving({"/login": _anywhere})
    ),
    "a sitemap of the developer's": Fault(
        "sitemap-names-other-host",
        app=file("/sitemap.xml", _sitemap("http://localhost:3000"), "application/xml"),
    ),
    "a sitemap of a preview": Fault(
        "sitemap-names-other-host",
        app=file("/sitemap.xml", _sitemap("https://shop.vercel.test"), "application/xml"),
    ),
    "phpinfo": Fault(
        "private-file-public",
        app=file("/phpinfo.php", "<title>PHP 8.1.2 - phpinfo()</title>", "text/html"),
    ),
    "Laravel's log": Fault("private-file-public", app=file("/storage/logs/laravel.log", _LOG)),
    "AWS credentials": Fault(
        "private-file-public",
        app=file("/.aws/credentials", "[default]\naws_secret_access_key = none\n"),
    ),
    "Sidekiq": Fault(
        "private-file-public", app=file("/sidekiq", "<title>Sidekiq</title>", "text/html")
    ),
    "pprof": Fault(
        "inner-page-public", app=file("/debug/pprof/", "<title>/debug/pprof/</title>", "text/html")
    ),
}
