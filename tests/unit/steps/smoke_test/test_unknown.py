"""What a site says of addresses that it does not have, and pages for developers anywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live import Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import look

from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
TRACE = 'Traceback (most recent call last):\n  File "/srv/app.py", line 3'

PAGES = {
    "Django": "You’re seeing this error because you have <code>DEBUG = True</code> in your",
    "Rails": "<title>Action Controller: Exception caught</title>",
    "Rails' routes": "<p><code>Rails.root: /srv/app</code></p>",
    "Werkzeug": "<script>var CONSOLE_MODE = false, EVALEX = true, SECRET = 'x';</script>",
    "Laravel": "<script>window.ignite({})</script>",
    "Symfony": "<title>No route found (404 Not Found) - Symfony Exception</title>",
    "Vite": '<script type="module" src="/@vite/client"></script>',
    "Spring": "<h1>Whitelabel Error Page</h1>",
    "Python": TRACE,
    "Node": "TypeError<br>    at Layer.handle (/srv/node_modules/express/lib/layer.js:95:5)",
    "PHP": "<b>Fatal error</b>: Uncaught Error: x in <b>/var/www/html/a.php</b> on line 3",
    "Java": "\tat org.apache.catalina.core.X.doFilter(X.java:166)",
    "Go": "goroutine 12 [running]:\nmain.main()",
    "Ruby": "app/models/a.rb:12:in `save'",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_for_developers_is_found(serve: Serve, root: Path, page: str) -> None:
    seen = look(serve(lambda _: Reply(status=404, body=page)), root, Area.UNKNOWN)
    assert set(seen.rules) == {"debug-page"}


def test_a_home_page_in_development_is_found(serve: Serve, root: Path) -> None:
    page = f"<h1>Shop</h1>{PAGES['Vite']}"
    seen = look(serve(lambda _: Reply(body=page)), root, Area.ROUTES)
    assert seen.rules == ["debug-page"]


PHP = "<br />\n<b>Fatal error</b>:  Uncaught Error: f() in /srv/a.php:3\nStack trace:\n#0 {main}"


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        (f"{PHP}\n  thrown in <b>/srv/a.php</b> on line <b>3</b><br />", ["debug-page"]),
        ("<b>Warning</b>: Undefined $a in <b>/srv/a.php</b> on line <b>3</b>", ["debug-page"]),
        ("<pre>&lt;b&gt;Fatal error&lt;/b&gt;: x in &lt;b&gt;/a.php&lt;/b&gt; on line 3</pre>", []),
        ("<p><b>Warning</b>: sold out in <b>London</b>", []),
    ],
)
def test_php_breaks_with_200(serve: Serve, root: Path, body: str, rules: list[str]) -> None:
    assert look(serve(lambda _: Reply(body=body)), root, Area.ROUTES).rules == rules


def test_a_page_about_programming_is_none(serve: Serve, root: Path) -> None:
    seen = look(serve(lambda _: Reply(body=f"<pre>{TRACE}</pre>")), root, Area.ROUTES)
    assert seen.rules == []


@pytest.mark.parametrize(
    ("status", "rules"),
    [(404, []), (410, []), (200, ["unknown-page-found"]), (500, ["unknown-page-breaks"])],
)
def test_what_an_unknown_address_gives(
    serve: Serve, root: Path, status: int, rules: list[str]
) -> None:
    def app(asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(body="<h1>Shop</h1>")
        return Reply(status=400 if "%ff" in asked.path else status, body="no")

    seen = look(serve(app), root, Area.UNKNOWN)
    assert (seen.rules, seen.unchecked) == (rules, [])


SHELL = '<html><body><div id="root"></div><script src="/static/index-BwrrsSzl.js"></script></body>'
FILLED = SHELL.replace("<script", "<h1>Shop</h1><script")


@pytest.mark.parametrize("page", [SHELL, FILLED], ids=["an empty page", "a page with words"])
@pytest.mark.parametrize(
    ("script", "rules"),
    [(Reply(status=404), []), (Reply(body=SHELL), ["missing-script-found"])],
    ids=["files may be missing", "everything is the page"],
)
def test_an_application_that_routes_in_the_browser(
    serve: Serve, root: Path, page: str, script: Reply, rules: list[str]
) -> None:
    live = serve(lambda asked: script if asked.path.endswith(".js") else Reply(body=page))
    seen = look(live, root, Area.UNKNOWN)
    assert (seen.rules, seen.unchecked) == (rules, [])
    assert "/static/launchready-asks-0a1b2c3d.js" in {asked.path for asked in live.asked}


def test_a_page_that_is_no_application_is_not_taken_for_one(serve: Serve, root: Path) -> None:
    """Words and a script, and not the home page: a "not found" that says 200."""
    page = "<h1>Not found</h1><script src='/counter.js'></script>"
    live = serve(lambda asked: Reply(body=FILLED if asked.path == "/" else page))
    assert look(live, root, Area.UNKNOWN).rules == ["unknown-page-found"]


def test_the_same_page_for_developers_is_told_once(serve: Serve, root: Path) -> None:
    seen = look(serve(lambda _: Reply(status=404, body=PAGES["Django"])), root, Area.UNKNOWN)
    assert seen.rules == ["debug-page"]


def test_a_malformed_address_may_show_more(serve: Serve, root: Path) -> None:
    def app(asked: Asked) -> Reply:
        return Reply(status=400, body=PAGES["Rails"]) if "%ff" in asked.path else Reply(status=404)

    assert look(serve(app), root, Area.UNKNOWN).rules == ["debug-page"]


def test_of_a_site_that_is_down_the_error_page_is_not_blamed(serve: Serve, root: Path) -> None:
    seen = look(serve(lambda _: Reply(status=502)), root, Area.UNKNOWN, Area.ROUTES)
    assert seen.rules == ["route-answers-wrong-status"]
