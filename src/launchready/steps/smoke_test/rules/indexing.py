"""Rules on what search engines find, and on addresses of the developer's machine in a page."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.facts.web import Response
from launchready.model import Finding, Severity
from launchready.regex import Regex
from launchready.site import RouteKind
from launchready.step import rule
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.rules.at import at
from launchready.steps.smoke_test.rules.shown import origin_shown
from launchready.steps.smoke_test.seen import PageFacts, RobotsFacts, StagingFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings

_LOCAL = Regex(
    r"(?i)^https?://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])(?::\d+)?(?:/|$)"
)
_ADDRESSES = ("href", "src", "action", "data-src", "srcset", "content")


@rule(PageFacts, Severity.WARNING)
def noindex_on_production(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a public page of the live site that tells search engines to leave it out.

    Nobody finds the product: the line that kept the preview out of the index was deployed along.

    Remove `noindex` from the page's `robots` meta or the `X-Robots-Tag` header in production; where
    it is meant, accept this with a reason.

    Bad:
        <meta name="robots" content="noindex">
    Good:
        <meta name="robots" content="index, follow">
    Reference: https://developers.google.com/search/docs/crawling-indexing/block-indexing
    """
    del settings
    is_public = seen.kind is RouteKind.PUBLIC and seen.is_production
    if is_public and _is_kept_out(seen.response, seen.page.meta("robots")):
        yield at(seen.response.url, "search engines are told to leave this page out (noindex)")


@rule(RobotsFacts, Severity.WARNING)
def robots_refuse_all(seen: RobotsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a robots.txt of the live site that keeps every crawler out of everything.

    Nobody finds the product, and shared links have no preview.

    Remove `Disallow: /` for `User-agent: *` in production.

    Bad:
        User-agent: *
        Disallow: /
    Good:
        User-agent: *
        Disallow: /account
    Reference: https://www.rfc-editor.org/rfc/rfc9309#section-2.2
    """
    del settings
    if refuses_all(seen.response.text):
        yield at(seen.response.url, "robots.txt keeps every crawler out of everything")


@rule(StagingFacts, Severity.WARNING)
def staging_open_to_search(seen: StagingFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a staging host that strangers and search engines get.

    It ranks beside the product, with half-done features and test accounts.

    Put a password before it, or send `X-Robots-Tag: noindex` with everything.

    Bad:
        GET https://staging.example.com/ -> 200, without noindex
    Good:
        GET https://staging.example.com/ -> 401
    Reference: https://developers.google.com/search/docs/crawling-indexing/block-indexing
    """
    del settings
    response = seen.answer.response
    if response is None or response.status != 200:
        return
    robots = page_of(response.text, response.url).meta("robots")
    if not _is_kept_out(response, robots):
        yield at(response.url, "search engines may index this staging host")


@rule(PageFacts, Severity.WARNING)
def canonical_link_elsewhere(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page whose `rel=canonical` names another host than the canonical one.

    Search engines give the page's rank to that address, and list it.

    Build the link from the production address: `metadataBase` (Next.js), `SITE_URL` in the
    environment of the build.

    Bad:
        <link rel="canonical" href="https://my-app.vercel.app/">
    Good:
        <link rel="canonical" href="https://www.example.com/">
    Reference: https://www.rfc-editor.org/rfc/rfc6596
    """
    del settings
    place = seen.page.link("canonical")
    if place is None or not seen.is_production or _LOCAL.search(place):
        return
    if urlsplit(place)[:2] != urlsplit(seen.canonical)[:2]:
        yield at(seen.response.url, f"its canonical link leads to {origin_shown(place)}")


@rule(PageFacts, Severity.ERROR)
def local_address_in_page(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a live page that loads from or sends to the developer's own machine.

    On the customer's machine nothing answers there: the script, the image or the form is dead. (A
    link in a text is none of this: a page may well explain how to start something.)

    Set the address in the environment of the production build, and build again.

    Bad:
        <form action="http://localhost:3000/api/contact">
    Good:
        <form action="/api/contact">
    Reference: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
    """
    del settings
    host = urlsplit(seen.response.url).hostname or ""
    if _LOCAL.search(f"http://{host}/"):
        return
    lines = [
        (tag.name, tag.line)
        for tag in seen.page.tags
        if tag.name != "a"
        and any(name in _ADDRESSES and _LOCAL.search(value) for name, value in tag.attributes)
    ]
    if lines:
        name, line = lines[0]
        yield at(
            seen.response.url,
            f"<{name}> in line {line} leads to the developer's own machine",
            ("places", len(lines)),
        )


def refuses_all(robots: str) -> bool:
    """Whether a robots.txt keeps all crawlers out of everything (RFC 9309, section 2.2)."""
    agents: set[str] = set()
    is_open = True  # a further user-agent line still belongs to the group
    refused = allowed = False
    for line in robots.splitlines()[:5000]:
        field, _, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if field == "user-agent":
            agents = {*agents, value.lower()} if is_open else {value.lower()}
            is_open = True
        elif field in ("allow", "disallow"):
            is_open = False
            if "*" in agents:
                refused |= field == "disallow" and value in ("/", "/*")
                allowed |= field == "allow" and value != ""
    return refused and not allowed


def _is_kept_out(response: Response, robots: str | None) -> bool:
    told = ",".join((*response.headers.all("x-robots-tag"), robots or "")).lower()
    words = {word.strip() for word in told.replace(":", ",").split(",")}
    return bool(words & {"noindex", "none"})


INDEXING_RULES = (
    noindex_on_production,
    robots_refuse_all,
    staging_open_to_search,
    canonical_link_elsewhere,
    local_address_in_page,
)
