"""Plain HTTP in pages by HTTPS, and the files that pages need."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live import HOST, Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.mixed import Mix, mixed_of
from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
# What the area finds besides, of a test's bare server.
OTHERS = {"hsts-missing", "nosniff-missing", "csp-missing"}


def found(html: str, base: str = f"https://{HOST}/a/") -> list[tuple[str, str]]:
    """What is mixed in a page."""
    return [(each.mix.value, each.holder) for each in mixed_of(page_of(html, base))]


UPGRADING = "<meta http-equiv=Content-Security-Policy content=upgrade-insecure-requests>"
BLOCKED, UPGRADED, FORM = (mix.value for mix in (Mix.BLOCKED, Mix.UPGRADED, Mix.FORM))


@pytest.mark.parametrize(
    ("html", "mixed"),
    [
        ("<script src=http://a.test/x.js></script>", [(BLOCKED, "<script>")]),
        ("<script src=//a.test/x.js></script>", []),
        ("<script src=/x.js></script>", []),
        ("<iframe src=HTTP://a.test/>", [(BLOCKED, "<iframe>")]),
        ("<link rel=stylesheet href=http://a.test/x.css>", [(BLOCKED, "<link>")]),
        ("<link rel='shortcut icon' href=http://a.test/x.ico>", [(UPGRADED, "<link>")]),
        ("<link rel=canonical href=http://a.test/>", []),
        ("<a href=http://a.test/>x</a>", []),
        ("<img src=http://a.test/x.png>", [(UPGRADED, "<img>")]),
        ("<img srcset='/x.png 1x, http://a.test/x.png 2x'>", [(BLOCKED, "<img>")]),
        ("<video poster=http://a.test/x.png src=/x.mp4>", [(UPGRADED, "<video>")]),
        ("<form action=http://a.test/login>", [(FORM, "<form>")]),
        ("<button formaction=http://a.test/>", [(FORM, "<button>")]),
        ("<style>a{background:url('http://a.test/x.png')}</style>", [(UPGRADED, "<style>")]),
        ("<script>\nfetch('http://a.test/api')</script>", [(BLOCKED, "<script>")]),
        ("<script>new WebSocket(`ws://a.test`)</script>", [(BLOCKED, "<script>")]),
        ("<script>const doc = 'http://a.test'</script>", []),
        ("<base href=http://b.test/><script src=x.js></script>", []),
        (f"{UPGRADING}<script src=http://a.test/x.js></script>", [(UPGRADED, "<script>")]),
    ],
)
def test_what_is_mixed(html: str, mixed: list[tuple[str, str]]) -> None:
    assert found(html) == mixed


def test_nothing_is_mixed_in_a_page_by_http() -> None:
    assert found("<script src=http://a.test/x.js></script>", f"http://{HOST}/") == []


def test_the_line_is_told() -> None:
    page = page_of("<p>\n<script>\n\nfetch('http://a.test/')</script>", f"https://{HOST}/")
    assert [each.line for each in mixed_of(page)] == [4]


def looked_at(serve: Serve, root: Path, html: str, files: dict[str, Reply] | None = None) -> Look:
    """Look at a page with these files."""

    def app(asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(body=f"<h1>Shop</h1>{html}")
        return (files or {}).get(asked.path, Reply(status=404))

    return look(serve(app), root, Area.PAGES)


SCRIPT = Reply(body="1", kind="text/javascript")
STYLE = Reply(body="a{}", kind="text/css")
PAGE = "<script src=/a.js></script><link rel=stylesheet href=/a.css>"
FAULTS: dict[str, tuple[str, dict[str, Reply], set[str]]] = {
    "right": (PAGE, {"/a.js": SCRIPT, "/a.css": STYLE}, set()),
    "a missing script": (PAGE, {"/a.css": STYLE}, {"page-needs-missing-file"}),
    "a page for a script": (
        PAGE,
        {"/a.js": Reply(body="<h1>Shop"), "/a.css": STYLE},
        {"page-needs-file-of-wrong-type"},
    ),
    "a text for a style": (
        PAGE,
        {
            "/a.js": SCRIPT,
            "/a.css": Reply(
                body="a{}", kind="text/plain", headers=(("X-Content-Type-Options", "nosniff"),)
            ),
        },
        {"page-needs-file-of-wrong-type"},
    ),
    "a style that loads in clear": (
        PAGE,
        {"/a.js": SCRIPT, "/a.css": Reply(body="@import 'http://a.test/x.css'", kind="text/css")},
        {"style-loads-in-clear"},
    ),
    "a stranger's script": ("<script src=https://cdn.test/x.js></script>", {}, set()),
    "blocked": ("<script src=http://a.test/x.js></script>", {}, {"mixed-content-blocked"}),
    "upgraded": ("<img src=http://a.test/x.png>", {}, {"mixed-content-upgraded"}),
    "a form": ("<form action=http://a.test/>", {}, {"form-sent-in-clear"}),
}


@pytest.mark.parametrize(("html", "files", "rules"), FAULTS.values(), ids=FAULTS)
def test_what_a_page_needs(
    serve: Serve, root: Path, html: str, files: dict[str, Reply], rules: set[str]
) -> None:
    seen = looked_at(serve, root, html, files)
    assert (set(seen.rules) - OTHERS, seen.unchecked) == (rules, [])


def test_only_declared_hosts_are_asked(serve: Serve, root: Path) -> None:
    assert looked_at(serve, root, FAULTS["a stranger's script"][0]).looked["files"] == 0
