"""The area `routes`: whether the addresses that earn money answer as they are meant to."""

from collections.abc import Iterator

from launchready.facts.web import Response, Silence
from launchready.model import Looked, Unchecked
from launchready.site import Route, RouteKind
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.plan import PlannedRoute
from launchready.steps.smoke_test.seen import RouteFacts
from launchready.steps.smoke_test.session import Session

_REFUSALS = (401, 403)


def observe(session: Session) -> Iterator[object]:
    """Each route with what is wrong with it."""
    seen = session.client.all(lambda planned: _route(session, planned), session.plan.routes)
    yield from seen
    count = sum(isinstance(each, RouteFacts) for each in seen)
    yield Looked(name="routes", one="route", many="routes", count=count)


def _route(session: Session, planned: PlannedRoute) -> RouteFacts | Unchecked:
    journey = session.page(planned.url)
    if unchecked := inconclusive(journey.last):
        return unchecked
    last = journey.last.last
    faults = (last.words,) if isinstance(last, Silence) else tuple(_faults(planned.route, last))
    return RouteFacts(planned=planned, journey=journey, faults=faults)


def _faults(route: Route, response: Response) -> Iterator[str]:
    if not _is_right_status(route, response):
        yield f"it answered {response.status}"
    for text in route.contains:
        if text not in response.text:
            yield f"it does not hold `{text}`"


def _is_right_status(route: Route, response: Response) -> bool:
    if route.status:
        return response.status in route.status
    if route.kind is RouteKind.PROTECTED:
        return response.status in _REFUSALS
    return response.status == 200
