"""Rules on addresses by plain HTTP in pages by HTTPS."""

from collections.abc import Iterator

from launchready.model import Evidence, Finding, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.mixed import Mix, Mixed, mixed_in_styles, mixed_of
from launchready.steps.smoke_test.rules.at import at
from launchready.steps.smoke_test.rules.shown import origin_shown
from launchready.steps.smoke_test.seen import LoadedFacts, PageFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(PageFacts, Severity.ERROR)
def mixed_content_blocked(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a script, style, frame or request by plain HTTP in a page by HTTPS.

    Browsers block it: what it was for does not work, for everyone.

    Write `https://`, or the path alone where it is on the same host.

    Bad:
        <script src="http://cdn.example.com/app.js">
    Good:
        <script src="https://cdn.example.com/app.js">
    Reference: https://www.w3.org/TR/mixed-content/
    """
    del settings
    yield from _found(seen, Mix.BLOCKED, "is blocked by browsers")


@rule(PageFacts, Severity.NOTE)
def mixed_content_upgraded(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an image, sound or film by plain HTTP in a page by HTTPS.

    Browsers ask by HTTPS instead; where that host has none, there is a hole in the page.

    Write `https://`.

    Bad:
        <img src="http://images.example.com/a.png">
    Good:
        <img src="https://images.example.com/a.png">
    Reference: https://www.w3.org/TR/mixed-content/#upgrade-algorithm
    """
    del settings
    yield from _found(seen, Mix.UPGRADED, "is asked by HTTPS instead, if that is there")


@rule(PageFacts, Severity.ERROR)
def form_sent_in_clear(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a form that is sent by plain HTTP from a page by HTTPS.

    What the customer types, passwords too, goes in clear, and the browser warns of it.

    Let the form's `action` be a path, or `https://`.

    Bad:
        <form action="http://www.example.com/login" method="post">
    Good:
        <form action="/login" method="post">
    Reference: https://www.w3.org/TR/mixed-content/#requirements-forms
    """
    del settings
    yield from _found(seen, Mix.FORM, "is sent in clear")


@rule(LoadedFacts, Severity.WARNING)
def style_loads_in_clear(seen: LoadedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a style sheet by HTTPS that loads a font, a style or an image by plain HTTP.

    Browsers block styles and fonts, and ask for images elsewhere: the page looks broken.

    Write `https://` or a relative address in the style sheet.

    Bad:
        @import url(http://fonts.example.com/a.css);
    Good:
        @import url(https://fonts.example.com/a.css);
    Reference: https://www.w3.org/TR/mixed-content/
    """
    del settings
    response = seen.journey.last.response
    if response is None or response.media_type != "text/css":
        return
    places = list(mixed_in_styles(response.text))
    if places and response.url.startswith("https:"):
        message = f"it loads from {origin_shown(places[0])}"
        yield at(response.url, message, ("places", len(places)))


def _found(seen: PageFacts, mix: Mix, words: str) -> Iterator[Finding]:
    """One finding for a page, with the first place and how many there are."""
    found = [each for each in mixed_of(seen.page) if each.mix is mix]
    if not found or "upgrade-insecure-requests" in _policy(seen):
        return
    first: Mixed = found[0]
    where = f"{first.holder} in line {first.line} leads to {origin_shown(first.url)} and {words}"
    more = f" ({len(found)} places)" if len(found) > 1 else ""
    yield Finding(
        message=f"{where}{more}",
        location=UrlLocation(url=seen.response.url),
        identity=f"{seen.response.url} {mix.value}",
        evidence=Evidence(measured=(("places", len(found)),)),
    )


def _policy(seen: PageFacts) -> str:
    return " ".join(seen.response.headers.all("content-security-policy")).lower()


MIXED_CONTENT_RULES = (
    mixed_content_blocked,
    mixed_content_upgraded,
    form_sent_in_clear,
    style_loads_in_clear,
)
