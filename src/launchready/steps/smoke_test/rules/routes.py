"""Rules on the routes that earn money."""

from collections.abc import Iterator

from launchready.model import Evidence, Finding, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.seen import RouteFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(RouteFacts, Severity.ERROR)
def route_fails(seen: RouteFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a route that does not answer as it is meant to.

    Customers meet this: a page that is not there, an error in place of the page, a login that is
    refused.

    Roll back, or look at the deploy's log for this path.

    Bad:
        GET https://www.example.com/login -> 500
    Good:
        GET https://www.example.com/login -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15
    """
    del settings
    if not seen.faults or not seen.planned.route.critical:
        return
    last = seen.journey.last
    yield Finding(
        message=f"{seen.planned.name}: {'; '.join(seen.faults)}",
        location=UrlLocation(url=seen.planned.url),
        identity=seen.planned.url,
        evidence=Evidence(measured=(("attempts", 1 + len(last.earlier)),)),
    )


ROUTE_RULES = (route_fails,)
