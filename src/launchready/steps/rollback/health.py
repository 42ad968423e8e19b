"""Looks at the public address after a rollback: does it answer, and is it the right release?"""

import json
from collections.abc import Iterator
from urllib.parse import urljoin

from launchready.facts.web import Request, Response, Silence
from launchready.gateways.hosting.reading import optional
from launchready.gateways.web.client import Client
from launchready.gateways.web.reach import Reach
from launchready.site import Route, RouteKind, Site
from launchready.steps.rollback.guards import is_commit
from launchready.steps.rollback.machine import Health

_OPEN = frozenset((RouteKind.PUBLIC, RouteKind.LOGIN, RouteKind.SIGNUP, RouteKind.HEALTH))
_GATES = ("cf-mitigated", "x-vercel-mitigated", "x-amzn-waf-action")
_MOST_ROUTES = 20


def client_for(site: Site) -> Client:
    """A client that may ask the hosts of the site."""
    hosts = {site.host, *site.redirecting, *(each.name for each in site.hosts)}
    private = {each.name for each in site.hosts if each.private}
    private |= {site.host} if site.private else set()
    return Client(Reach(hosts, private), retries=0)


def site_health(site: Site, client: Client, commit: str) -> Health:
    """How the routes that anybody may ask answer, with the release that the site tells."""
    if site.url is None:
        return Health.UNASKED
    answers = client.ask_all([Request(url=url) for url, _ in _routes(site, site.url)])
    told = [
        _of_answer(answer.last, expected)
        for answer, (_, expected) in zip(answers, _routes(site, site.url), strict=True)
    ]
    told.append(_of_release(site, client, commit))
    for worst in (Health.BAD, Health.UNKNOWN):
        if worst in told:
            return worst
    return Health.GOOD


def _routes(site: Site, base: str) -> list[tuple[str, tuple[int, ...]]]:
    asked = [route for route in site.routes if _is_asked(route)][:_MOST_ROUTES]
    return [(urljoin(base, r.path), _expected(r)) for r in asked] or [(base, (200,))]


def _is_asked(route: Route) -> bool:
    is_plain = route.method == "GET" and not (route.identity or route.write or route.headers)
    return route.critical and is_plain and (route.kind in _OPEN or bool(route.status))


def _expected(route: Route) -> tuple[int, ...]:
    return route.status or (200,)


def _of_answer(last: Response | Silence, expected: tuple[int, ...]) -> Health:
    if isinstance(last, Silence):
        return Health.UNKNOWN if last.trouble.is_ours else Health.BAD
    if any(name in last.headers for name in _GATES):
        return Health.UNKNOWN
    return Health.GOOD if last.status in expected else Health.BAD


def _of_release(site: Site, client: Client, commit: str) -> Health:
    where = site.release
    if where is None or not (where.header or where.json) or not commit:
        return Health.GOOD  # nothing is known of it
    last = client.ask(Request(url=urljoin(site.url or "", where.path))).last
    if isinstance(last, Silence):
        return Health.UNKNOWN if last.trouble.is_ours else Health.BAD
    found = next(filter(None, _told(last, where.header, where.json)), "")
    return Health.GOOD if is_commit(found.strip().strip('"'), commit) else Health.BAD


def _told(response: Response, header: str | None, path: str | None) -> Iterator[str]:
    if header:
        yield response.headers.get(header.lower()) or ""
    if path:
        try:
            yield optional(json.loads(response.text), path)
        except (ValueError, RecursionError):
            yield ""
