"""Rules on the scripts and styles that a page needs."""

from collections.abc import Iterator

from launchready.facts.web import Silence
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.rules.at import at
from launchready.steps.smoke_test.seen import LoadedFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings

_SCRIPTS = (  # what the HTML standard calls JavaScript MIME types, the usual ones, and JSON modules
    "text/javascript",
    "application/javascript",
    "application/x-javascript",
    "text/ecmascript",
    "application/ecmascript",
    "application/json",
)


@rule(LoadedFacts, Severity.ERROR)
def page_needs_missing_file(seen: LoadedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a script or style of a page that is not there.

    The page answers 200 and stays blank, or looks broken: after a deploy, old pages ask for files
    that only the new release has, or the other way round.

    Keep the hashed files of the last release for a while, deploy files before pages, and purge the
    CDN's copy of the page.

    Bad:
        GET /assets/app.3f9c2a71.js -> 404
    Good:
        GET /assets/app.3f9c2a71.js -> 200
    Reference: https://vite.dev/guide/build.html#load-error-handling
    """
    del settings
    last = seen.journey.last.last
    if isinstance(last, Silence):
        yield _finding(seen, f"a {seen.kind} of the page does not answer: {last.words}")
    elif last.status >= 400:
        yield _finding(seen, f"a {seen.kind} of the page gives {last.status}")


@rule(LoadedFacts, Severity.ERROR)
def page_needs_file_of_wrong_type(
    seen: LoadedFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a script or style of a page that comes as something else.

    Browsers refuse it: mostly it is the home page, which the host gives for every address that it
    does not have.

    Deploy the file; and answer 404 for files that are not there, not `index.html`.

    Bad:
        GET /assets/app.3f9c2a71.js -> 200, text/html
    Good:
        GET /assets/app.3f9c2a71.js -> 200, text/javascript
    Reference: https://html.spec.whatwg.org/multipage/scripting.html#fetch-a-classic-script
    """
    del settings
    response = seen.journey.last.response
    if response is None or response.status != 200:
        return
    told = response.media_type
    is_right = told in _SCRIPTS if seen.kind == "script" else told in ("text/css", "")
    is_strict = told == "text/html" or "nosniff" in response.headers.tokens(
        "x-content-type-options"
    )
    if not is_right and is_strict:
        yield _finding(seen, f"a {seen.kind} of the page comes as another type than that")


def _finding(seen: LoadedFacts, message: str) -> Finding:
    return at(seen.journey.urls[0], message)


ASSET_RULES = (page_needs_missing_file, page_needs_file_of_wrong_type)
