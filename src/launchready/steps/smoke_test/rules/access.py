"""Rules on who gets what: pages of accounts, and webhooks."""

from collections.abc import Iterator

from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.routes.expecting import Wrong
from launchready.steps.smoke_test.rules.route_findings import found
from launchready.steps.smoke_test.seen import RouteFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


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
    yield from found(seen, Wrong.OPEN)


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
    yield from found(seen, Wrong.ANOTHERS)


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
    yield from found(seen, Wrong.UNSIGNED)


ACCESS_RULES = (protected_route_open, page_of_another_account, webhook_accepts_unsigned)
