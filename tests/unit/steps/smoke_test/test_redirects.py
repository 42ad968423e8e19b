"""The ways in: every pair of scheme and host, and what may be wrong with each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.live import HOST, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.site import Route, Site, Slash
from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
App = Callable[[Asked], Reply]
BARE = "shop.test"


def to(place: str, status: int = 308) -> Reply:
    """A redirect."""
    return Reply(status=status, headers=(("Location", place),))


def right(asked: Asked) -> Reply:
    """A site all whose ways in are right; what is not public wants a login."""
    if not asked.is_secure or asked.host == BARE:
        return to(f"https://{HOST}{asked.path}")
    if asked.path in ("/", "/articles", "/login?next=x"):
        return Reply(body="<h1>Shop</h1>")
    return to("/login?next=x", 302)


def when(is_it: Callable[[Asked], bool], reply: Callable[[Asked], Reply]) -> App:
    """A right site but for one way in."""
    return lambda asked: reply(asked) if is_it(asked) else right(asked)


def is_plain(asked: Asked) -> bool:
    """By HTTP."""
    return not asked.is_secure


def is_bare(asked: Asked) -> bool:
    """By HTTPS to the host that only redirects."""
    return asked.is_secure and asked.host == BARE


def looked_at(live: LiveSite, root: Path, **site: Any) -> Look:
    """Look at its redirects."""
    return look(live, root, Area.REDIRECTS, site=Site(**{"url": f"https://{HOST}/", **site}))


def test_a_right_site_gives_nothing(serve: Serve, root: Path) -> None:
    seen = looked_at(serve(right), root)
    assert ([finding.message for finding in seen.findings], seen.unchecked) == ([], [])
    assert seen.looked["ways_in"] == 3


FAULTS: dict[str, tuple[App, set[str]]] = {
    "pages by HTTP": (
        when(is_plain, lambda _: Reply(body="<h1>Shop")),
        {"http-not-redirected"},
    ),
    "two sites": (when(is_bare, lambda _: Reply(body="<h1>Shop")), {"second-canonical-host"}),
    "by way of plain HTTP": (
        when(is_bare, lambda asked: to(f"http://{BARE}{asked.path}")),
        {"redirect-to-plain-http", "redirect-in-several-hops"},
    ),
    "a circle of two": (
        lambda asked: to(f"https://{BARE if asked.host == HOST else HOST}{asked.path}"),
        {"redirect-never-ends"},
    ),
    "no path": (
        when(is_plain, lambda _: to(f"https://{HOST}/?x=1&y=%2Fz")),
        {"redirect-loses-address"},
    ),
    "no query": (
        when(is_bare, lambda asked: to(f"https://{HOST}{asked.path.partition('?')[0]}")),
        {"redirect-loses-address"},
    ),
    "another query": (
        when(is_bare, lambda asked: to(f"https://{HOST}{asked.path.replace('%2F', '/')}")),
        {"redirect-loses-address"},
    ),
    "two hops": (
        when(is_plain, lambda asked: to(f"https://{asked.host}{asked.path}")),
        {"redirect-in-several-hops"},
    ),
    "for the time being": (
        when(is_plain, lambda asked: to(f"https://{HOST}{asked.path}", 302)),
        {"redirect-is-temporary"},
    ),
    "a parking page": (
        when(is_bare, lambda _: to("https://parking.test/lander")),
        {"way-in-ends-elsewhere"},
    ),
    "a made-up host": (
        when(
            is_plain,
            lambda asked: to(f"https://{asked.headers.get('x-forwarded-host', HOST)}{asked.path}"),
        ),
        {"redirect-follows-forged-host"},
    ),
}


@pytest.mark.parametrize(("app", "rules"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(serve: Serve, root: Path, app: App, rules: set[str]) -> None:
    seen = looked_at(serve(app), root)
    assert set(seen.rules) == rules


def test_a_closed_way_in_is_found(serve: Serve, root: Path) -> None:
    live = serve(right)
    live.ports["http"] = 9
    seen = looked_at(live, root)
    assert set(seen.rules) == {"way-in-closed"}
    assert seen.findings[0].message == f"http://{HOST} does not answer: the connection was refused"


def test_a_name_that_nobody_declared_need_not_be_there(serve: Serve, root: Path) -> None:
    live = serve(right, "app.shop.test")
    seen = looked_at(live, root, url="https://app.shop.test/")
    assert seen.looked["ways_in"] == 1


def test_a_declared_host_without_address_is_found(serve: Serve, root: Path) -> None:
    seen = looked_at(serve(right), root, redirecting=("launchready.invalid",))
    assert set(seen.rules) == {"way-in-closed"}


MOVED: dict[str, tuple[Reply, str | None]] = {
    "as meant": (to("/articles"), None),
    "gone": (Reply(status=404), "/blog ends at https://www.shop.test (404), not at"),
    "elsewhere": (to("/"), "/blog ends at https://www.shop.test (200), not at"),
    "for the time being": (to("/articles", 302), "/blog redirects with 302"),
}


@pytest.mark.parametrize(("reply", "message"), MOVED.values(), ids=MOVED)
def test_an_old_page(serve: Serve, root: Path, reply: Reply, message: str | None) -> None:
    app = when(lambda asked: asked.is_secure and asked.path == "/blog", lambda _: reply)
    seen = looked_at(serve(app), root, moved={"/blog": "/articles"})
    assert seen.rules == (["moved-page-lost"] if message else [])
    assert all(finding.message.startswith(message or "") for finding in seen.findings)


@pytest.mark.parametrize(
    ("slash", "reply", "rules"),
    [
        (Slash.NEVER, to("/pricing"), []),
        (Slash.NEVER, Reply(body="<h1>Pricing"), ["other-slash-not-redirected"]),
        (Slash.NEVER, Reply(status=404), ["other-slash-not-redirected"]),
        (Slash.ALWAYS, to("/pricing/"), []),
        (Slash.ANY, Reply(status=404), []),
    ],
)
def test_the_other_form_of_an_address(
    serve: Serve, root: Path, slash: Slash, reply: Reply, rules: list[str]
) -> None:
    app = when(lambda asked: asked.path.startswith("/pricing"), lambda _: reply)
    seen = looked_at(serve(app), root, slash=slash, routes=(Route(path="/pricing"),))
    assert seen.rules == rules
