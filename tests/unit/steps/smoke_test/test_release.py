"""Release identity: read from every place it may stand, on every address, with a deadline."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live import HOST, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.facts.web import Address, Headers, Request, Response
from launchready.site import Release, Site
from launchready.steps.smoke_test.areas import release
from launchready.steps.smoke_test.releases import is_same, release_of
from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
NEW, OLD = "4f2a91c07d", "9e01b77aa3"
SITE = Site(url=f"https://{HOST}/", release=Release(path="/version", header="x-release"))


def serving(name: str, status: int = 200) -> Callable[[Asked], Reply]:
    """A node with this release."""
    return lambda _: Reply(status=status, body="ok", headers=(("X-Release", name),))


def look_at(root: Path, *lives: LiveSite, expected: str | None = NEW, wait: int = 0) -> Look:
    """Look at a site with these nodes."""
    resolve = tuple(f"{HOST}:443:127.0.0.1:{live.ports['https']}" for live in lives)
    return look(
        lives[0], root, Area.RELEASE, site=SITE, release=expected, resolve=resolve, wait=wait
    )


def test_the_expected_release_on_every_node_gives_nothing(serve: Serve, root: Path) -> None:
    seen = look_at(root, serve(serving(NEW)), serve(serving(NEW)))
    assert (seen.rules, seen.unchecked) == ([], [])
    assert seen.told["release"] == {"seen": [NEW], "expected": NEW}
    assert seen.looked["addresses"] == 2


@pytest.mark.parametrize(
    ("nodes", "expected", "rules"),
    [
        pytest.param([OLD], NEW, ["old-release-live"], id="old"),
        pytest.param([OLD, OLD], NEW, ["old-release-live"], id="old on both"),
        pytest.param([NEW, OLD], NEW, ["releases-mixed"], id="half"),
        pytest.param([NEW, OLD], None, ["releases-mixed"], id="half, and nothing expected"),
        pytest.param([NEW], NEW[:7], [], id="a cut commit"),
    ],
)
def test_what_is_live(
    serve: Serve, root: Path, nodes: list[str], expected: str | None, rules: list[str]
) -> None:
    seen = look_at(root, *(serve(serving(name)) for name in nodes), expected=expected)
    assert (seen.rules, seen.unchecked) == (rules, [])


def test_a_dead_node_is_found(serve: Serve, root: Path) -> None:
    seen = look_at(root, serve(serving(NEW)), serve(lambda _: Reply(status=502)))
    assert seen.rules == ["address-does-not-serve"]


@pytest.mark.parametrize("count", [1, 2])
def test_a_site_that_is_ill_on_every_node_is_not_told_by_address(
    serve: Serve, root: Path, count: int
) -> None:
    seen = look_at(root, *(serve(serving(NEW, status=500)) for _ in range(count)))
    assert seen.rules == []


def test_who_does_not_say_is_unchecked(serve: Serve, root: Path) -> None:
    seen = look_at(root, serve(lambda _: Reply(body="hello")))
    assert seen.rules == []
    assert seen.unchecked[0].reason == "the site does not say which release it is"


def test_a_release_that_comes_in_time_is_waited_for(
    serve: Serve, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "_PAUSE", 0.1)

    def rolled_out(asked: Asked) -> Reply:
        return serving(NEW if len(live.asked) > 7 else OLD)(asked)

    live = serve(rolled_out)
    assert look_at(root, live, wait=5).rules == []


def test_the_wait_has_an_end(serve: Serve, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "_PAUSE", 0.1)
    seen = look_at(root, serve(serving(OLD)), wait=1)
    assert seen.rules == ["old-release-live"]


def test_nothing_of_the_site_reaches_the_message(serve: Serve, root: Path) -> None:
    seen = look_at(root, serve(serving("::error::no<b>")))
    assert seen.rules == []
    assert "<b>" not in repr(seen.unchecked)


def told(body: str = "", headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """An answer."""
    return Response(
        request=Request(url="https://a.test/"),
        status=200,
        headers=Headers(pairs=headers),
        body=body.encode(),
        address=Address(ip="127.0.0.1"),
    )


@pytest.mark.parametrize(
    ("response", "where", "found"),
    [
        (told(headers=(("x-git-sha", NEW),)), None, NEW),
        (told(headers=(("x-powered-by", "Express"),)), None, None),
        (told(headers=(("etag", f'"{NEW}"'),)), Release(header="ETag"), NEW),
        (told('{"build": {"sha": "4f2a91c07d"}}'), Release(json="build.sha"), NEW),
        (told("{"), Release(json="build.sha"), None),
        (told(f'<meta name="Release" content="{NEW}">'), Release(meta="release"), NEW),
        (told(f'<script src="/a.{NEW[:7]}.js"></script>'), Release(asset=True), NEW),
        (told('<script src="/a.0000000.js"></script>'), Release(asset=True), "another"),
        (told("<p>"), Release(asset=True), None),
    ],
)
def test_where_a_release_may_stand(
    response: Response, where: Release | None, found: str | None
) -> None:
    assert release_of(response, where, NEW) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("v1.2.0", "1.2.0", True),
        ("1.2.0", "1.2.1", False),
        ("4F2A91C", "4f2a91c07d", True),
        ("4f2a91", "4f2a91c07d", False),
        ("release-1", "release-12", False),
    ],
)
def test_which_names_are_the_same(one: str, other: str, *, same: bool) -> None:
    assert is_same(one, other) is is_same(other, one) is same
