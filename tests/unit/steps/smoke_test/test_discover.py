"""Without a config: what a site tells of itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
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


def ill(*paths: str, rest: int = 404) -> Callable[[Asked], Reply]:
    """A site of which these paths break."""

    def answer(asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(body=HOME)
        return Reply(status=500 if asked.path in paths else rest, body='{"db":"down"}')

    return answer


def test_a_health_check_that_is_ill_is_found(serve: Serve, root: Path) -> None:
    seen = look(serve(ill("/health")), root, Area.ROUTES, site=Site(), url=f"https://{HOST}/")
    assert {"kind": "health", "url": f"https://{HOST}/health"} in seen.told["assumed"]
    assert "health check /health: it answered 500" in [each.message for each in seen.findings]


def test_a_site_that_breaks_everywhere_has_no_health_check(serve: Serve, root: Path) -> None:
    seen = look(serve(ill(rest=503)), root, Area.ROUTES, site=Site(), url=f"https://{HOST}/")
    assert "health" not in {each["kind"] for each in seen.told["assumed"]}


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/wp-login.php", "login"),
        ("/login.html", "login"),
        ("/users/sign_in", "login"),
        ("/en/auth/sign-in/", "login"),
        ("/accounts/login/?next=/", "login"),
        ("/api/auth/signin", "login"),
        ("/users/sign_up", "signup"),
        ("/create-account", "signup"),
        ("/blog/login-with-google", None),
        ("/docs/joining", None),
    ],
)
def test_where_frameworks_put_login_and_sign_up(
    serve: Serve, root: Path, place: str, kind: str | None
) -> None:
    live = serve(lambda _: Reply(body=f'<h1>Shop</h1><a href="{place}">x</a>'))
    seen = look(live, root, Area.ROUTES, site=Site(), url=f"https://{HOST}")
    assert [each["kind"] for each in seen.told["assumed"]] == ([kind] if kind else [])


def test_an_address_without_its_slash_is_the_home_page(serve: Serve, root: Path) -> None:
    live = serve(lambda _: Reply(body="<h1>Shop</h1>"))
    seen = look(live, root, Area.PAGES, site=Site(), url=f"https://{HOST}")
    assert {"hsts-missing", "csp-missing"} <= set(seen.rules)
