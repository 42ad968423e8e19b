"""Which routes can be asked a hundred times, and the static files that are asked in between."""

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from launchready.facts.web import Journey, Request, Response
from launchready.frozen import frozen, replace
from launchready.model import Unchecked
from launchready.site import RouteKind
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.plan import PlannedRoute
from launchready.steps.smoke_test.routes.asking import is_whole, method_of, request_of
from launchready.steps.smoke_test.routes.expecting import faults_of, is_followed
from launchready.steps.smoke_test.routes.visitor import Visitor
from launchready.steps.smoke_test.session import Session

_STATIC = ("/favicon.ico", "/robots.txt", "/favicon.svg", "/apple-touch-icon.png")
_MOST_BYTES = 200_000  # of a control: more would time the line and not the way
_FEW = 3  # scripts of the home page that are tried as control


@frozen
class Timed:
    """A route that is timed: the request at the end of its redirects, and what answered it.

    `as_whom` is the account that asks, "" for a stranger.
    """

    planned: PlannedRoute
    request: Request
    response: Response
    as_whom: str = ""

    @property
    def key(self) -> str:
        """What it is called in every run, whatever the host of a preview is."""
        path = self.planned.route.path
        return f"{path} as {self.as_whom}" if self.as_whom else path

    @property
    def title(self) -> str:
        """What a report calls it."""
        name = self.planned.name
        return f"{name} as {self.as_whom}" if self.as_whom else name


def timed_routes(session: Session, routes: Iterable[PlannedRoute]) -> Iterator[Timed | Unchecked]:
    """Those of the routes that only read, each once, or why one cannot be timed."""
    wanted = [each for each in routes if method_of(each.route) == "GET" and not each.route.write]
    seen: set[str] = set()
    for each in session.client.all(lambda planned: _timed(session, planned), wanted):
        if isinstance(each, Timed) and each.key in seen:
            continue
        if isinstance(each, Timed):
            seen.add(each.key)
        if each is not None:
            yield each


def control_of(session: Session, timed: Timed) -> Request | None:
    """A static file on a route's host, else on the canonical one, None where there is none."""
    own = urljoin(timed.request.url, "/")
    for origin in dict.fromkeys((own, urljoin(session.plan.url, "/"))):
        for url in _candidates(session, origin):
            journey = session.page(url)
            response = journey.last.response
            if response is not None and _is_static(journey, response):
                return replace(response.request, address=response.address)
    return None


def _timed(session: Session, planned: PlannedRoute) -> Timed | Unchecked | None:
    """None where another area says why, or where only a refusal could be timed."""
    route, identities = planned.route, session.settings.site.identities
    whom = route.identity
    if route.kind is RouteKind.PROTECTED and whom is None:
        whom = next(iter(identities), None)
        if whom is None:
            return _only_refused(planned) if route.budget else None
    identity = identities.get(whom) if whom else None
    if whom and (identity is None or not is_whole(identity)):
        return _unchecked(planned, "the test account has no credentials here", _CREDENTIALS)
    if whom != route.identity:
        planned = replace(planned, route=replace(route, identity=whom))
    request = request_of(planned.route, planned.url, identity, Visitor(session.client))
    journey = _journey(session, planned, request)
    if unchecked := inconclusive(journey.last):
        return unchecked
    response = journey.last.response
    if response is None or faults_of(planned.route, journey):
        return _unchecked(planned, "it does not answer as it is meant to", "mend the route first")
    pinned = replace(response.request, address=response.address)
    return Timed(planned=planned, request=pinned, response=response, as_whom=whom or "")


_CREDENTIALS = "set the variables that its identity under `site.identities` names"


def _journey(session: Session, planned: PlannedRoute, request: Request) -> Journey:
    if not is_followed(planned.route):
        return Journey(hops=(session.client.ask(request),))
    is_plain = request == Request(url=request.url)
    return session.page(request.url) if is_plain else session.client.follow(request)


def _only_refused(planned: PlannedRoute) -> Unchecked:
    hint = "declare a test account under `site.identities`"
    return _unchecked(planned, "strangers are refused, so its budget cannot be judged", hint)


def _unchecked(planned: PlannedRoute, reason: str, hint: str) -> Unchecked:
    return Unchecked(target=f"the latency of {planned.url}", reason=reason, hint=hint)


def _candidates(session: Session, origin: str) -> Iterator[str]:
    """Where a static file may be; the home page is read only when the usual places have none."""
    if named := session.settings.latency_control:
        yield urljoin(origin, named)
        return
    yield from (urljoin(origin, path) for path in _STATIC)
    if (home := session.page(origin).last.response) and home.media_type == "text/html":
        host = urlsplit(origin).netloc
        scripts = page_of(home.text, home.url).scripts
        yield from [url for url in scripts if urlsplit(url).netloc == host][:_FEW]


def _is_static(journey: Journey, response: Response) -> bool:
    """Whether it is a file: an application's page in its place would slow down with the routes."""
    is_file = response.status == 200 and response.media_type != "text/html"
    return is_file and len(journey.hops) == 1 and len(response.body) <= _MOST_BYTES
