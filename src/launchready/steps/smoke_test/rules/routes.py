"""Rules on the routes that earn money."""

from collections.abc import Iterator

from launchready.facts.web import Response
from launchready.model import Evidence, Finding, JsonScalar, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.routes.expecting import Wrong
from launchready.steps.smoke_test.seen import FlowFacts, RouteFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


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
    yield from _critical(seen, Wrong.SILENT)


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
    yield from _critical(seen, Wrong.STATUS)


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
    yield from _critical(seen, Wrong.REDIRECT)


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
    yield from _critical(seen, Wrong.CONTENT)


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
    yield from _critical(seen, Wrong.EMPTY)


@rule(RouteFacts, Severity.ERROR)
def protected_route_open(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a protected route that a stranger gets.

    What was for signed-in customers is for everybody, their records among it.

    Require a session on this path: in the middleware or the route's own guard, on the server. A
    check in the browser alone protects nothing.

    Bad:
        GET /account without a cookie -> 200
    Good:
        GET /account without a cookie -> 302 to /login
    Reference: https://owasp.org/Top10/A01_2021-Broken_Access_Control/
    """
    del settings
    yield from _found(seen, Wrong.OPEN)


@rule(RouteFacts, Severity.ERROR)
def page_of_another_account(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page of one test account that holds the marker of another.

    One customer sees another one's data: a leak to report, and the end of trust.

    Stop the deploy. Look for a shared cache before the page (`Cache-Control: private, no-store`),
    and for state that requests share in the application.

    Bad:
        GET /account as anna -> the page of bert
    Good:
        GET /account as anna -> the page of anna
    Reference: https://owasp.org/Top10/A01_2021-Broken_Access_Control/
    """
    del settings
    yield from _found(seen, Wrong.ANOTHERS)


@rule(RouteFacts, Severity.ERROR)
def webhook_accepts_unsigned(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a webhook that accepts a request without a signature.

    Anyone who knows the address can say that an invoice was paid.

    Verify the provider's signature over the raw body before anything else, and answer 400 or 401
    where it does not fit.

    Bad:
        POST /api/webhooks/stripe, unsigned -> 200
    Good:
        POST /api/webhooks/stripe, unsigned -> 400
    Reference: https://docs.stripe.com/webhooks#verify-events
    """
    del settings
    yield from _found(seen, Wrong.UNSIGNED)


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
        yield from _every(seen, set(Wrong) - _ALWAYS)


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
        yield _finding(seen, f"{seen.title}: flaky, it first gave: {said}")


@rule(FlowFacts, Severity.ERROR)
def flow_fails(seen: FlowFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags requests that belong together, such as a login, of which one is not right.

    The page is there, and what customers came for does not work.

    Roll back if the deploy brought it; the step named is the first that is not right.

    Bad:
        log in: POST /login -> 500
    Good:
        log in: POST /login -> 302, GET /account -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15
    """
    del settings
    if seen.faults and seen.flow.critical:
        yield _flow_finding(seen)


@rule(FlowFacts, Severity.WARNING)
def lesser_flow_fails(seen: FlowFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a flow with `critical: false` of which one step is not right.

    It earns no money, but somebody meets it.

    The step named is the first that is not right; look at the deploy's log for it.

    Bad:
        newsletter: POST /subscribe -> 500
    Good:
        newsletter: POST /subscribe -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15
    """
    del settings
    if seen.faults and not seen.flow.critical:
        yield _flow_finding(seen)


_ALWAYS = {Wrong.OPEN, Wrong.ANOTHERS, Wrong.UNSIGNED}  # whatever the declaration says of its worth


def _critical(seen: RouteFacts, wrong: Wrong) -> Iterator[Finding]:
    if seen.planned.route.critical:
        yield from _found(seen, wrong)


def _found(seen: RouteFacts, wrong: Wrong) -> Iterator[Finding]:
    yield from _every(seen, {wrong})


def _every(seen: RouteFacts, wrong: set[Wrong]) -> Iterator[Finding]:
    words = [fault.words for fault in seen.faults if fault.wrong in wrong]
    if words:
        yield _finding(seen, f"{seen.title}: {'; '.join(words)}")


def _finding(seen: RouteFacts, message: str) -> Finding:
    response = seen.last.response
    measured: list[tuple[str, JsonScalar]] = [("attempts", 1 + len(seen.last.earlier))]
    if response is not None:
        measured += [("status", response.status), ("address", response.address.ip)]
        measured += [("milliseconds", round(response.phases.answer))]
    return Finding(
        message=message,
        location=UrlLocation(url=seen.planned.url),
        identity=f"{seen.planned.url} {seen.as_whom}",
        evidence=Evidence(measured=tuple(measured)),
    )


def _flow_finding(seen: FlowFacts) -> Finding:
    words = "; ".join(fault.words for fault in seen.faults)
    return Finding(
        message=f"{seen.flow.name}: step {seen.done + 1}, {seen.step}: {words}",
        location=UrlLocation(url=seen.url),
        identity=f"{seen.flow.name} {seen.step}",
    )


ROUTE_RULES = (
    route_does_not_answer,
    route_answers_wrong_status,
    route_redirects_wrong,
    route_holds_wrong_content,
    empty_page,
    protected_route_open,
    page_of_another_account,
    webhook_accepts_unsigned,
    lesser_route_fails,
    answer_after_retry,
    flow_fails,
    lesser_flow_fails,
)
