"""What a site tells of itself where no config does: its canonical host, login, sign-up, health."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from launchready.facts.web import Journey, Request, Response
from launchready.frozen import replace
from launchready.model import Told
from launchready.regex import Regex
from launchready.site import Route, RouteKind
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.plan import Plan, PlannedRoute
from launchready.steps.smoke_test.session import Session

# Where frameworks put them: Django `accounts/login`, Devise `users/sign_in`, NextAuth
# `api/auth/signin`, Supabase's and Clerk's starters `sign-in`, `auth/login`, WordPress
# `wp-login.php`.
_LOGIN = Regex(r"(?i)/(?:(?:wp-)?log[-_]?in|sign[-_]?in)(?:\.(?:php|html?|aspx))?/?$")
_SIGNUP = Regex(
    r"(?i)/(?:(?:wp-)?sign[-_]?up|register|registration|join|create-account)"
    r"(?:\.(?:php|html?|aspx))?/?$"
)
# Rails `up`, Kubernetes' `healthz` and `livez`, what people write.
_HEALTH = ("/api/health", "/health", "/healthz", "/api/healthz", "/up", "/livez")


def discover(session: Session) -> tuple[Plan, Told]:
    """The plan with what the site tells, and that in words."""
    plan = session.plan
    journey = session.page(plan.url)
    plan = _canonical(plan, journey)
    found = [*_linked(plan, journey), *_health(session, plan)]
    words = [f"canonical address {plan.origin}"]
    words += [f"{each.kind.value} {urlsplit(each.url).path}" for each in found]
    told = [{"kind": each.kind.value, "url": each.url} for each in found]
    return (
        replace(plan, routes=(*plan.routes, *found)),
        Told(name="assumed", value=told, words=f"assumed without a config: {', '.join(words)}"),
    )


def _canonical(plan: Plan, journey: Journey) -> Plan:
    """The plan for the host at which the way from the given address ends."""
    end = urlsplit(journey.last.request.url)
    host = (end.hostname or "").lower()
    if host not in plan.twins or journey.last.response is None:
        return plan
    url = f"{end.scheme}://{end.netloc}{urlsplit(plan.url).path or '/'}"
    twins = tuple(dict.fromkeys((plan.host, *(twin for twin in plan.twins if twin != host))))
    routes = tuple(replace(each, url=urljoin(url, each.route.path)) for each in plan.routes)
    return replace(plan, url=url, twins=twins, routes=routes)


def _linked(plan: Plan, journey: Journey) -> Iterator[PlannedRoute]:
    """The first login and sign-up to which the page links, on a host that may be asked."""
    response = journey.last.response
    links = links_of(response) if response else ()
    for kind, pattern in ((RouteKind.LOGIN, _LOGIN), (RouteKind.SIGNUP, _SIGNUP)):
        for link in links:
            parts = urlsplit(link)
            if parts.hostname in plan.hosts and pattern.search(parts.path):
                yield _assumed(kind, link)
                break


def _health(session: Session, plan: Plan) -> Iterator[PlannedRoute]:
    """The first address of a health check that answers, and not with a page.

    One that breaks while its neighbours are "not found" is there, too, and says that it is ill.
    """
    urls = [urljoin(plan.origin, path) for path in _HEALTH]
    answers = session.client.ask_all(Request(url=url) for url in urls)
    seen = [answer.response for answer in answers if answer.response]
    well = [each for each in seen if each.status == 200 and _is_health(each)]
    ill = [each for each in seen if each.status in (500, 503)]
    if not any(each.status == 404 for each in seen):
        ill = []  # the whole site breaks or is closed: nothing says that this is a health check
    for response in (*well, *ill)[:1]:
        yield _assumed(RouteKind.HEALTH, response.url)


def _is_health(response: Response) -> bool:
    """JSON, a word of text, or the green page of Rails (`rails/health#show`)."""
    if response.media_type == "text/html":
        return "background-color: green" in response.text
    return bool(response.body) and len(response.body) < 20_000


def _assumed(kind: RouteKind, url: str) -> PlannedRoute:
    name = urlsplit(url).path
    return PlannedRoute(route=Route(path=url, kind=kind, name=name), url=url, is_assumed=True)


def links_of(response: Response) -> tuple[str, ...]:
    """The addresses to which a page's anchors lead, whole, without what follows `#`."""
    page = page_of(response.text, response.url)
    links = [link for tag in page.named("a") if (link := tag.get("href"))]
    whole = [page.absolute(link) for link in links[:2000]]
    return tuple(dict.fromkeys(url.partition("#")[0] for url in whole if url is not None))
