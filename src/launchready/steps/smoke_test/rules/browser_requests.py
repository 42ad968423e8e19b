"""Rules on what a page asks for while a browser shows it."""

from collections.abc import Iterator

from launchready.facts.browser import FailedRequest
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.browsed import BrowsedFacts
from launchready.steps.smoke_test.rules.browsed import browsed_finding, host_of
from launchready.steps.smoke_test.rules.shown import origin_shown, place_shown
from launchready.steps.smoke_test.settings import SmokeTestSettings

_CODE = ("Script", "Stylesheet")
_CALLS = ("Fetch", "XHR", "WebSocket", "EventSource")
_SEEN = ("Image", "Font", "Media", "TextTrack", "Manifest")


@rule(BrowsedFacts, Severity.ERROR)
def browser_blocks_mixed_content(
    seen: BrowsedFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a request by plain HTTP that the browser refused in a page by HTTPS.

    What it was for does not work, for everyone. Scripts make such requests too, which the page's
    text does not show.

    Write `https://`, or the path alone where it is on the same host.

    Bad:
        fetch("http://api.example.com/prices")
    Good:
        fetch("https://api.example.com/prices")
    Reference: https://www.w3.org/TR/mixed-content/
    """
    del settings
    blocked = [each for each in seen.rendered.mixed if each.is_blocked]
    if blocked:
        more = f" ({len(blocked)} requests)" if len(blocked) > 1 else ""
        said = f"the browser refuses to ask {origin_shown(blocked[0].url)} in clear{more}"
        yield browsed_finding(seen, said, ("requests", len(blocked)))


@rule(BrowsedFacts, Severity.ERROR)
def page_request_fails(seen: BrowsedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a script, style or call of the page to its own hosts that fails.

    The page is there, and what customers came for is not. Calls that are refused (401, 403, 404)
    are none of these: a page asks them to learn whether somebody is signed in.

    Look at the server's log for the address; after a deploy, keep the hashed files of the last
    release for a while.

    Bad:
        GET /api/prices -> 500
    Good:
        GET /api/prices -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.6
    """
    del settings
    failed = [each for each in _own(seen) if _is_broken(each)]
    yield from _requests(seen, failed, "of its own hosts")


@rule(BrowsedFacts, Severity.WARNING)
def page_file_missing(seen: BrowsedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an image, font, film or sound of the page's own hosts that is not there.

    There is a hole in the page.

    Deploy the file, or mend its address.

    Bad:
        GET /images/team.webp -> 404
    Good:
        GET /images/team.webp -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5
    """
    del settings
    yield from _requests(seen, [each for each in _own(seen) if each.kind in _SEEN], "of its own")


@rule(BrowsedFacts, Severity.NOTE)
def page_needs_silent_stranger(
    seen: BrowsedFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a script or style of another site that does not come.

    What it is for does not work, here at least: this runner may be refused where customers are not.

    Serve the file yourself where the page needs it.

    Bad:
        <script src="https://cdn.example.net/app.js">  // the name is not there any more
    Good:
        <script src="/vendor/app.js">
    Reference: https://developer.mozilla.org/docs/Web/Security/Subresource_Integrity
    """
    del settings
    others = [each for each in seen.rendered.failed if host_of(each.url) not in seen.hosts]
    failed = [each for each in others if each.kind in _CODE]
    yield from _requests(seen, failed, "of other sites")


def _own(seen: BrowsedFacts) -> list[FailedRequest]:
    """What failed on the declared hosts and is not told by the rules on files."""
    own = (each for each in seen.rendered.failed if host_of(each.url) in seen.hosts)
    return [each for each in own if each.url not in seen.known]


def _is_broken(failed: FailedRequest) -> bool:
    is_answered = 0 < failed.status < 500
    return failed.kind in _CODE or (failed.kind in _CALLS and not is_answered)


def _requests(seen: BrowsedFacts, failed: list[FailedRequest], whose: str) -> Iterator[Finding]:
    if not failed:
        return
    first = failed[0]
    outcome = str(first.status) if first.status else first.trouble
    count = (
        f"{len(failed)} requests {whose} fail" if len(failed) > 1 else f"a request {whose} fails"
    )
    said = f"{count}: {first.kind.lower()} {place_shown(first.url)}, {outcome}"
    yield browsed_finding(seen, said, ("requests", len(failed)))


BROWSER_REQUEST_RULES = (
    browser_blocks_mixed_content,
    page_request_fails,
    page_file_missing,
    page_needs_silent_stranger,
)
