"""Addresses by plain HTTP in a page by HTTPS, and what a browser does about each.

W3C Mixed Content (https://www.w3.org/TR/mixed-content/): images, audio and video are asked by HTTPS
instead ("upgradeable"), everything else is blocked; forms are sent, with a warning.
"""

import enum
from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.smoke_test.html_page import Page, Tag


class Mix(enum.Enum):
    """What becomes of it."""

    BLOCKED = "blocked"
    UPGRADED = "upgraded"
    FORM = "form"


@frozen
class Mixed:
    """One address by plain HTTP: what holds it, in which line, and where it leads."""

    mix: Mix
    holder: str
    line: int
    url: str


# Which attributes of which tags load what, and how (HTML standard, and section 3 of the above).
_BLOCKED = {
    "script": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "track": ("src",),
}
_UPGRADED = {"img": ("src",), "audio": ("src",), "video": ("src", "poster"), "input": ("src",)}
_LINKS = ("stylesheet", "preload", "modulepreload", "prefetch", "manifest", "icon")
_CSS = Regex(r"(?i)(?:url\(\s*|@import\s+)[\"']?(http://[^\s\"')]{1,2000})")
_ASKED = Regex(
    r"(?:\bfetch\(|\.open\(\s*[\"'][A-Z]{3,7}[\"']\s*,|new\s+(?:WebSocket|EventSource|Worker)\()"
    r"\s*[\"'`]((?:http|ws)://[^\s\"'`]{1,2000})"
)
# Potentially trustworthy, so not mixed (W3C Secure Contexts, 3.1); dead for customers all the same.
_TRUSTWORTHY = Regex(r"(?i)(?:http|ws)://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/?#]|$)")


def mixed_of(page: Page) -> Iterator[Mixed]:
    """Every address by plain HTTP that a page loads, sends to or asks."""
    if not page.base.startswith("https:"):
        return
    is_upgrading = _is_upgrading(page)
    for tag in page.tags:
        yield from _of_tag(page, tag, is_upgrading=is_upgrading)
    for kind, line, text in page.texts:
        pattern = _CSS if kind == "style" else _ASKED
        for found in pattern.finditer(text):
            if _TRUSTWORTHY.match(found[1]):
                continue
            at = line + text.count("\n", 0, found.start())
            mix = Mix.UPGRADED if kind == "style" or is_upgrading else Mix.BLOCKED
            yield Mixed(mix=mix, holder=f"<{kind}>", line=at, url=found[1])


def mixed_in_styles(text: str) -> Iterator[str]:
    """The addresses by plain HTTP that a style sheet loads."""
    return (found[1] for found in _CSS.finditer(text))


def _of_tag(page: Page, tag: Tag, *, is_upgrading: bool) -> Iterator[Mixed]:
    blocked = Mix.UPGRADED if is_upgrading else Mix.BLOCKED
    for name in _BLOCKED.get(tag.name, ()):
        yield from _plain(page, tag, tag.get(name), blocked)
    for name in _UPGRADED.get(tag.name, ()):
        yield from _plain(page, tag, tag.get(name), Mix.UPGRADED)
    if tag.name == "source":  # of a <picture>, <audio> or <video>: the HTML does not tell which
        yield from _plain(page, tag, tag.get("src"), Mix.UPGRADED)
    if tag.name in ("img", "source"):
        for candidate in (tag.get("srcset") or "").split(","):
            yield from _plain(page, tag, candidate.strip().partition(" ")[0], blocked)
    if tag.name == "link" and set((tag.get("rel") or "").lower().split()) & set(_LINKS):
        is_icon = "icon" in (tag.get("rel") or "").lower()
        yield from _plain(page, tag, tag.get("href"), Mix.UPGRADED if is_icon else blocked)
    if tag.name == "form":
        yield from _plain(page, tag, tag.get("action"), Mix.FORM)
    if tag.name in ("button", "input"):
        yield from _plain(page, tag, tag.get("formaction"), Mix.FORM)


def _plain(page: Page, tag: Tag, address: str | None, mix: Mix) -> Iterator[Mixed]:
    url = page.absolute(address) if address else None
    if url is not None and url.lower().startswith("http://") and not _TRUSTWORTHY.match(url):
        yield Mixed(mix=mix, holder=f"<{tag.name}>", line=tag.line, url=url)


def _is_upgrading(page: Page) -> bool:
    """Whether the page itself asks browsers to take HTTPS for everything."""
    return any(
        (tag.get("http-equiv") or "").lower() == "content-security-policy"
        and "upgrade-insecure-requests" in (tag.get("content") or "").lower()
        for tag in page.named("meta")
    )
