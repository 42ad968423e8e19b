"""Without a config: what a site tells of itself."""

from collections.abc import Callable
from pathlib import Path

from tests.live import HOST, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import look

from launchready.site import Site
from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
HOME = """
<a href="https://elsewhere.test/login">partner</a> <a href="http://[">broken</a>
<a href="/sign-in#top">Sign in</a> <a href="/register">Join</a> <a href="/login-help">Help</a>
"""


def app(asked: Asked) -> Reply:
    """A site whose canonical host is www, with a health check beside a catch-all page."""
    if asked.host == "shop.test":
        return Reply(status=308, headers=(("Location", f"https://{HOST}{asked.path}"),))
    pages = {"/": HOME, "/sign-in": "<form>in</form>", "/register": "<form>up</form>"}
    if asked.path == "/healthz":
        return Reply(body='{"ok":true}', kind="application/json")
    if asked.path in pages:
        return Reply(body=pages[asked.path])
    return Reply(status=404, body="no")


def test_login_sign_up_health_and_host_are_found(serve: Serve, root: Path) -> None:
    live = serve(app)
    seen = look(live, root, Area.ROUTES, site=Site(), url="https://shop.test/")
    assert (seen.rules, seen.unchecked) == ([], [])
    assert seen.told["assumed"] == [
        {"kind": "login", "url": f"https://{HOST}/sign-in"},
        {"kind": "signup", "url": f"https://{HOST}/register"},
        {"kind": "health", "url": f"https://{HOST}/healthz"},
    ]
    assert seen.looked["routes"] == 4
    assert all(asked.host in (HOST, "shop.test") for asked in live.asked)


def test_a_sign_up_that_breaks_is_found(serve: Serve, root: Path) -> None:
    def broken(asked: Asked) -> Reply:
        return Reply(status=500, body="x") if asked.path == "/register" else app(asked)

    seen = look(serve(broken), root, Area.ROUTES, site=Site(), url=f"https://{HOST}/")
    assert seen.rules == ["route-answers-wrong-status"]
    assert seen.findings[0].message == "/register: it answered 500"


def test_with_a_config_nothing_is_guessed(serve: Serve, root: Path) -> None:
    live = serve(app)
    look(live, root, Area.ROUTES)
    assert [asked.path for asked in live.asked] == ["/"]
