"""The area `routes`: whether the addresses that earn money answer as they are meant to."""

from collections.abc import Iterable, Iterator, Mapping

from launchready.facts.web import Journey, Request, Response
from launchready.frozen import replace
from launchready.model import Looked, Told, Unchecked
from launchready.site import Identity, Route, RouteKind
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.plan import PlannedRoute
from launchready.steps.smoke_test.routes.asking import SAFE, is_whole, method_of, request_of
from launchready.steps.smoke_test.routes.expecting import (
    Fault,
    Wrong,
    faults_of,
    is_followed,
    is_shell,
    tells_nothing,
)
from launchready.steps.smoke_test.routes.flows import walk
from launchready.steps.smoke_test.routes.json_schema import misfit
from launchready.steps.smoke_test.routes.visitor import Visitor
from launchready.steps.smoke_test.seen import RouteFacts
from launchready.steps.smoke_test.session import Session


def observe(session: Session) -> Iterator[object]:
    """Each route with what is wrong with it, then each flow as far as it went."""
    asked = [variant for planned in session.plan.routes for variant in _variants(session, planned)]
    seen = session.client.all(lambda planned: _route(session, planned), asked)
    yield from _together(seen)
    yield from session.client.all(lambda flow: walk(session, flow), session.settings.site.flows)
    routes = [each for each in seen if isinstance(each, RouteFacts)]
    yield Looked(name="routes", one="route", many="routes", count=len(routes))
    failed = [each.planned.url for each in routes if each.faults]
    yield Told(name="failed_routes", value=failed)


def _together(seen: Iterable[RouteFacts | Unchecked]) -> tuple[RouteFacts | Unchecked, ...]:
    """What was seen, where several routes of a host are silent in the same way as one fact."""
    silent: dict[tuple[str, str], RouteFacts] = {}
    rest: list[RouteFacts | Unchecked] = []
    for each in seen:
        if not isinstance(each, RouteFacts) or each.last.response is not None:
            rest.append(each)
            continue
        key = (each.last.request.host, each.faults[0].words)
        first = silent.get(key)
        silent[key] = replace(first, others=first.others + 1) if first else each
    return (*silent.values(), *rest)


def _variants(session: Session, planned: PlannedRoute) -> Iterator[PlannedRoute]:
    """A protected route is asked by a stranger and by the test account, if there is one."""
    route = planned.route
    if route.kind is not RouteKind.PROTECTED:
        yield planned
        return
    names = (route.identity,) if route.identity else tuple(session.settings.site.identities)[:1]
    if not names:
        yield planned
        return
    stranger = Route(path=route.path, kind=route.kind, name=route.name, critical=route.critical)
    yield replace(planned, route=stranger)
    yield replace(planned, route=replace(route, identity=names[0]))


def _route(session: Session, planned: PlannedRoute) -> RouteFacts | Unchecked:
    route = planned.route
    identities = session.settings.site.identities
    identity = identities.get(route.identity) if route.identity else None
    if why := _why_not(planned, identity):
        return why
    visitor = Visitor(session.client)
    journey = _journey(session, route, request_of(route, planned.url, identity, visitor))
    if unchecked := inconclusive(journey.last) or _unseen(session, planned, journey):
        return unchecked
    if session.has_browser and (page := journey.last.response) and is_shell(page):
        route = replace(route, contains=(), lacks=())  # of what the scripts make, the browser tells
    faults = faults_of(route, journey) or tuple(_whose(route, journey, identities))
    if not faults and route.schema and journey.last.response:
        unfit = _unfit(session, route.schema, journey.last.response)
        if isinstance(unfit, Unchecked):
            return unfit
        faults = unfit
    return RouteFacts(planned=planned, journey=journey, faults=faults, as_whom=route.identity or "")


def _journey(session: Session, route: Route, request: Request) -> Journey:
    if not is_followed(route):
        return Journey(hops=(session.client.ask(request),))
    is_plain = request == Request(url=request.url)
    return session.page(request.url) if is_plain else session.client.follow(request)


def _why_not(planned: PlannedRoute, identity: Identity | None) -> Unchecked | None:
    """Why a route cannot be asked in this run."""
    route = planned.route
    if method_of(route) not in SAFE and not route.write:
        return Unchecked(
            target=planned.url,
            reason=f"a {method_of(route)} was not sent: it may change something",
            hint="write `write: true` at the route where it does no harm",
        )
    if route.identity and (identity is None or not is_whole(identity)):
        return Unchecked(
            target=f"{planned.url} as {route.identity}",
            reason="the test account has no credentials here",
            hint=f"set the variables that `site.identities.{route.identity}` names",
        )
    return None


def _unseen(session: Session, planned: PlannedRoute, journey: Journey) -> Unchecked | None:
    """Of a page that scripts fill, the answer tells neither who is refused nor whose it is.

    So it is with one that was made at build time: everybody gets the same.
    """
    response = journey.last.response
    if planned.kind is not RouteKind.PROTECTED or response is None:
        return None
    if response.status != 200 or not tells_nothing(response):
        return None
    if session.has_browser and not planned.route.identity:
        return None  # the browser sees where a stranger ends
    why = "scripts fill this page" if is_shell(response) else "this page was built for everybody"
    return Unchecked(
        target=f"{planned.url} as {planned.route.identity or 'a stranger'}",
        reason=f"{why}: only the API that its scripts ask can refuse strangers",
        hint="look with `--browser`, or declare that API as a protected route and this page as"
        " `kind: public`",
    )


def _unfit(session: Session, schema: str, response: Response) -> tuple[Fault, ...] | Unchecked:
    words = misfit(session.gateways.root / schema, schema, response)
    if isinstance(words, Unchecked):
        return words
    return (Fault(wrong=Wrong.CONTENT, words=words),) if words else ()


def _whose(route: Route, journey: Journey, identities: Mapping[str, Identity]) -> Iterator[Fault]:
    """Whether a page is the asking account's own. Markers are secret and not quoted."""
    response = journey.last.response
    if response is None or not route.identity:
        return
    for name, identity in identities.items():
        is_there = bool(identity.marker) and str(identity.marker) in response.text
        if name == route.identity and identity.marker and not is_there:
            yield Fault(wrong=Wrong.CONTENT, words=f"it does not hold the marker of {name}")
        if name != route.identity and is_there:
            yield Fault(wrong=Wrong.ANOTHERS, words=f"it holds the marker of {name}")
