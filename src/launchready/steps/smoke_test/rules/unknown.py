"""Rules on error pages."""

from collections.abc import Iterator

from launchready.facts.web import Response
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.debug_pages import debug_sign
from launchready.steps.smoke_test.rules.at import answered
from launchready.steps.smoke_test.seen import MissingScriptFacts, RouteFacts, UnknownFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(object, Severity.ERROR)
def debug_page(seen: object, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page that a framework shows to its developers.

    It hands settings, source code and sometimes keys to whoever provokes an error; Werkzeug's even
    runs code. Search engines keep it.

    Turn debugging off in production: `DEBUG = False` (Django), `RAILS_ENV=production`,
    `APP_DEBUG=false` (Laravel), `display_errors = Off` (PHP), gunicorn and not
    `flask run --debug` (Flask), `NODE_ENV=production` (Express), `next build &&
    next start` and not `next dev`.

    Bad:
        GET /nowhere -> "You're seeing this error because you have DEBUG = True"
    Good:
        GET /nowhere -> 404, a page of your own
    Reference: https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#debug
    """
    del settings
    response = _response(seen)
    if response is not None and (sign := debug_sign(response)):
        yield answered(response, f"{sign} is shown to strangers ({response.status})")


@rule(UnknownFacts, Severity.WARNING)
def unknown_page_found(seen: UnknownFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a site that answers 200 for an address that it does not have.

    Search engines index rubbish, and broken links look healthy to every monitor.

    Answer 404 for what is not there; on a host of static files, by a `404.html`. (An application
    whose router runs in the browser answers every address with the same page, and is not flagged.)

    Bad:
        GET /what-is-not-here -> 200
    Good:
        GET /what-is-not-here -> 404
    Reference: https://developers.google.com/search/docs/crawling-indexing/http-network-errors
    """
    del settings
    if seen.is_absent and seen.response.status == 200 and not seen.is_app:
        yield answered(seen.response, "an address that does not exist is answered with 200")


@rule(MissingScriptFacts, Severity.WARNING)
def missing_script_found(
    seen: MissingScriptFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags an application that answers a script it does not have with its page.

    After a deploy, tabs that are open ask for scripts of the release before. They get a page that
    the browser refuses to run, so that a click does nothing; caches keep it under that name.

    Answer 404 in the folder of the built files: `location /assets/ { try_files $uri =404; }`
    (nginx), `"source": "/((?!assets/).*)"` for the rewrite (vercel.json), `/assets/* /404.html 404`
    before it (Netlify); and reload on `vite:preloadError`.

    Bad:
        GET /assets/app.0a1b2c3d.js -> 200, text/html
    Good:
        GET /assets/app.0a1b2c3d.js -> 404
    Reference: https://vite.dev/guide/build.html#load-error-handling
    """
    del settings
    if seen.response.status == 200 and seen.response.media_type == "text/html":
        yield answered(seen.response, "a script that does not exist is answered with a page (200)")


@rule(UnknownFacts, Severity.ERROR)
def unknown_page_breaks(seen: UnknownFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a site that breaks over an address that it does not have.

    The error page itself is broken: every mistyped link and every crawler makes an error of the
    server, and alarms on it.

    Look at the template and the handler of the 404 page.

    Bad:
        GET /what-is-not-here -> 500
    Good:
        GET /what-is-not-here -> 404
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5
    """
    del settings
    if seen.is_absent and seen.response.status in (500, 502, 504):
        yield answered(seen.response, f"an unknown address gives {seen.response.status}")


def _response(seen: object) -> Response | None:
    match seen:
        case UnknownFacts(response=response):
            return response
        case RouteFacts():
            return seen.last.response
    return None


UNKNOWN_RULES = (debug_page, unknown_page_found, missing_script_found, unknown_page_breaks)
