"""Whether a page's Content-Security-Policy lets its own scripts run (W3C CSP Level 3, 6.7)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.frozen import frozen
from launchready.steps.smoke_test.html_page import Page, Tag

_SCRIPTS = ("", "module", "text/javascript", "application/javascript")
# In the order in which the standard looks for the one that holds (6.8.4).
_DIRECTIVES = ("script-src-elem", "script-src", "default-src")


@frozen
class Blocked:
    """A script that the policy blocks: its address, "" for one inside the page, and its line."""

    url: str
    line: int


def blocked_scripts(page: Page, url: str, policies: tuple[str, ...]) -> Iterator[Blocked]:
    """The page's scripts that a browser refuses to run.

    Where a policy names hashes, nothing is said: which script they fit cannot be told from a tag.
    """
    sources = [each for policy in policies if (each := _sources(policy)) is not None]
    for tag in page.named("script"):
        if (tag.get("type") or "").strip().lower() not in _SCRIPTS:
            continue
        address = tag.get("src")
        place = page.absolute(address) if address else ""
        if place is None or (url.startswith("https:") and place.startswith("http:")):
            continue  # blocked for that already, and told
        if any(_refuses(each, tag, place, url) for each in sources):
            yield Blocked(url=place, line=tag.line)


def _sources(policy: str) -> tuple[str, ...] | None:
    """What the policy says of scripts, None where it says nothing."""
    told: dict[str, tuple[str, ...]] = {}
    for directive in policy.split(";"):
        name, *values = directive.split()[:200] or [""]
        told.setdefault(name.lower(), tuple(values))
    return next((told[name] for name in _DIRECTIVES if name in told), None)


def _refuses(sources: tuple[str, ...], tag: Tag, place: str, url: str) -> bool:
    words = [word.lower() for word in sources]
    nonces = [word for word in words if word.startswith("'nonce-")]
    if any(word.startswith(("'sha256-", "'sha384-", "'sha512-")) for word in words):
        return False
    if nonces and tag.get("nonce"):
        return f"'nonce-{tag.get('nonce')}'" not in sources
    if "'strict-dynamic'" in words:
        return bool(nonces)
    if not place:
        return bool(nonces) or "'unsafe-inline'" not in words
    return not any(_fits(word, place, url) for word in words)


def _fits(source: str, place: str, url: str) -> bool:
    """Whether a source covers an address; of its path nothing is asked."""
    there, here = urlsplit(place), urlsplit(url)
    if source == "'self'":
        return there.netloc.lower() == here.netloc.lower()
    if source in ("*", "http:", f"{there.scheme}:"):
        return True
    if source == "http:" and there.scheme == "https":
        return True  # the safer one is always meant as well
    scheme, mark, rest = source.rpartition("://")
    if mark and scheme not in (there.scheme, "http"):
        return False
    host = rest.split("/", 1)[0].split(":", 1)[0]
    name = (there.hostname or "").lower()
    return name.endswith(host[1:]) if host.startswith("*.") else name == host
