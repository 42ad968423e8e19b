"""Rules on the routes that earn money."""

from collections.abc import Iterator

from launchready.facts.web import Response
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.placeholder_pages import placeholder_sign
from launchready.steps.smoke_test.routes.expecting import Wrong
from launchready.steps.smoke_test.rules.route_findings import critical, every, finding
from launchready.steps.smoke_test.seen import RouteFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings

# Told by rules of their own, whatever the declaration says of the route's worth.
_ALWAYS = {Wrong.OPEN, Wrong.ANOTHERS, Wrong.UNSIGNED}


@rule(RouteFacts, Severity.ERROR)
def route_does_not_answer(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that gives no answer at all.

    Customers see their browser's error page and go.

    Roll back if the deploy brought it; else look at the server, its certificate and its DNS record.

    Bad:
        GET https://www.example.com/login -> the connection was refused
    Good:
        GET https://www.example.com/login -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15
    """
    del settings
    yield from critical(seen, Wrong.SILENT)


@rule(RouteFacts, Severity.ERROR)
def route_answers_wrong_status(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route whose status is not the one that is meant.

    Customers meet it, or soon will: a page that is not there, an error in place of the page, a
    login refused, a health check on which the host takes the release away.

    Roll back if the deploy brought it, and look at its log for this path; where the status is meant
    so, say it with `status` at the route.

    Bad:
        GET https://www.example.com/login -> 500
    Good:
        GET https://www.example.com/login -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15
    """
    del settings
    yield from critical(seen, Wrong.STATUS)


@rule(RouteFacts, Severity.ERROR)
def route_redirects_wrong(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that redirects without end, to elsewhere than is meant, or not at all.

    The visitor ends at a page that does not help, or at the browser's "too many redirects".

    Look at the redirects of the application, the host and the CDN together: two of them that each
    correct the other's address go in a circle.

    Bad:
        /login -> /login/ -> /login
    Good:
        /login -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
    """
    del settings
    yield from critical(seen, Wrong.REDIRECT)


@rule(RouteFacts, Severity.ERROR)
def route_holds_wrong_content(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that answers, and not with what must be there.

    A page with status 200 and the wrong content is what monitors miss: a parked domain, another
    build, an error page, an answer without its values.

    Compare what is live with what was built; roll back if it is another release.

    Bad:
        GET https://www.example.com/pricing -> 200, without "Pricing"
    Good:
        GET https://www.example.com/pricing -> 200, with "Pricing"
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.1
    """
    del settings
    yield from critical(seen, Wrong.CONTENT)


@rule(RouteFacts, Severity.ERROR)
def empty_page(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page that answers with nothing to see.

    Customers look at a blank window while every monitor that reads the status is green.

    Look at the rendering and at the build of this page; roll back if the deploy brought it.

    Bad:
        GET / -> 200, `<body></body>`
    Good:
        GET / -> 200, `<body><h1>Shop</h1></body>`
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.1
    """
    del settings
    yield from critical(seen, Wrong.EMPTY)


@rule(RouteFacts, Severity.ERROR)
def placeholder_page(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page of the server, the host or the registrar in place of the product.

    Customers find nobody at home, and a monitor that reads the status is green.

    Point the domain at the deployment (the host's page for domains), or let the server serve the
    application for this name (`server_name`, no default site).

    Bad:
        GET / -> 200, "Welcome to nginx!"
    Good:
        GET / -> 200, the product
    Reference: https://nginx.org/en/docs/http/request_processing.html
    """
    del settings
    response = seen.last.response
    if response is not None and (sign := placeholder_sign(response)):
        yield finding(seen, f"{seen.title}: {sign} answers ({response.status})")


@rule(RouteFacts, Severity.WARNING)
def lesser_route_fails(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route with `critical: false` that is not as it is meant.

    It earns no money, but somebody meets it.

    Look at the deploy's log for this path.

    Bad:
        GET /changelog -> 500
    Good:
        GET /changelog -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15
    """
    del settings
    if not seen.planned.route.critical:
        yield from every(seen, set(Wrong) - _ALWAYS)


@rule(RouteFacts, Severity.NOTE)
def answer_after_retry(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that answered only when it was asked again.

    Some customers meet the failure that the second request did not. It is no pass.

    Look at the log for this minute: a cold start, a node that restarts, a pool that is too small.

    Bad:
        GET / -> 503, then 200
    Good:
        GET / -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4
    """
    del settings
    last = seen.last
    if last.is_flaky and not seen.faults:
        first = last.earlier[0]
        said = str(first.status) if isinstance(first, Response) else first.words
        yield finding(seen, f"{seen.title}: flaky, it first gave: {said}")


ROUTE_RULES = (
    route_does_not_answer,
    route_answers_wrong_status,
    route_redirects_wrong,
    route_holds_wrong_content,
    empty_page,
    placeholder_page,
    lesser_route_fails,
    answer_after_retry,
)
