"""From the settings to facts: the areas at once, in a stable order; then those that need quiet."""

import os
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from launchready.gateways import Gateways
from launchready.gateways.web.client import Client
from launchready.gateways.web.lookup import Names, given_addresses
from launchready.gateways.web.reach import Allowance, Reach
from launchready.model import Json, Looked, Told, Unchecked
from launchready.steps.smoke_test.discover import discover
from launchready.steps.smoke_test.plan import plan_of
from launchready.steps.smoke_test.seen import FlowFacts, RouteFacts
from launchready.steps.smoke_test.session import Session
from launchready.steps.smoke_test.settings import Area, SmokeTestSettings

Look = Callable[[Session], Iterator[object]]

# In the order in which a report tells of them. Modules are imported when they are looked at.
_AREAS: Mapping[Area, str] = {
    Area.ROUTES: "routes",
    Area.UNKNOWN: "unknown",
    Area.RELEASE: "release",
    Area.REDIRECTS: "redirects",
    Area.TLS: "tls",
    Area.PAGES: "pages",
    Area.CACHE: "cache",
    Area.EXPOSURE: "exposure",
}
# Each alone, since they would disturb each other's measurements.
_ALONE: Mapping[Area, str] = {
    Area.BROWSER: "browser",
    Area.LATENCY: "latency",
    Area.LOAD: "load",
}

_NO_SITE = Unchecked(
    target="the site",
    reason="no address is given",
    hint="write `site: {url: https://…}` into launchready.yml, or `launchready smoke-test URL`",
)


def observe(settings: SmokeTestSettings, gateways: Gateways) -> Iterator[object]:
    """Facts of every area, what could not be looked at, and how much was."""
    plan = plan_of(settings)
    if plan is None:
        yield _NO_SITE
        return
    client = Client(
        Reach(plan.hosts, plan.private),
        names=Names(given_addresses(settings.resolve)),
        allowance=Allowance(settings.max_requests),
        extra={name: value for name, value in settings.headers.items() if value},
        seconds=settings.timeout,
        retries=settings.retries,
        ca_file=settings.ca_file and os.fspath(gateways.root / settings.ca_file),
    )
    session = Session(settings, plan, client, gateways)
    try:
        yield from _look(session)
    finally:
        client.close()
    if left_out := client.names.left_out:
        yield _without_ipv6(left_out)
    spent = client.allowance.spent
    yield Looked(name="requests", one="request", many="requests", count=spent)


def _without_ipv6(left_out: Mapping[str, tuple[str, ...]]) -> Told:
    """What hosted runners do not reach: a gap of the machine, which the site cannot mend."""
    hosts = sorted(left_out)
    words = (
        f"This machine has no IPv6, so the addresses of {', '.join(hosts)} over it were not asked:"
        " nothing is known of them"
    )
    told: dict[str, Json] = {host: list(left_out[host]) for host in hosts}
    return Told(name="ipv6_not_asked", value=told, words=words)


def _look(session: Session) -> Iterator[object]:
    skipped = session.settings.skip
    areas = [area for area in _AREAS if area not in skipped]
    if session.settings.site.url is None and not session.settings.site.routes:
        session.plan, told = discover(session)
        yield told
    if session.settings.wait and Area.RELEASE in areas:  # what is looked at is the new release
        areas.remove(Area.RELEASE)
        yield from _area(_AREAS[Area.RELEASE])(session)
    alone = [area for area in _ALONE if area not in skipped]
    if session.settings.fail_fast and Area.ROUTES in areas:
        areas.remove(Area.ROUTES)
        seen = tuple(_area(_AREAS[Area.ROUTES])(session))
        yield from seen
        if any(_is_critical(each) for each in seen):
            yield from map(_not_reached, (*areas, *alone))
            return
        session.has_failed |= any(_is_fault(each) for each in seen)
    for seen in session.client.all(lambda area: tuple(_area(_AREAS[area])(session)), areas):
        session.has_failed |= any(_is_fault(each) for each in seen)
        yield from seen
    for area in alone:
        yield from _area(_ALONE[area])(session)


def _not_reached(area: Area) -> Unchecked:
    return Unchecked(
        target=f"the area `{area.value}`",
        reason="it was not reached: a critical route failed, and `fail-fast` is on",
        hint="mend the route, or run without `--fail-fast`",
    )


def _is_critical(seen: object) -> bool:
    match seen:
        case RouteFacts(planned=planned, faults=faults):
            return bool(faults) and planned.route.critical
        case FlowFacts(flow=flow, faults=faults):
            return bool(faults) and flow.critical
    return False


def _is_fault(seen: object) -> bool:
    return isinstance(seen, RouteFacts | FlowFacts) and bool(seen.faults)


def _area(name: str) -> Look:
    look: Look = import_module(f"launchready.steps.smoke_test.areas.{name}").observe
    return look
