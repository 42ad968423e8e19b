"""What a run asks, made of the site's intent: addresses, hosts, routes, and what was assumed."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from launchready.frozen import frozen
from launchready.site import HostKind, Route, RouteKind
from launchready.steps.smoke_test.settings import SmokeTestSettings


@frozen
class PlannedRoute:
    """A route with its whole address. `is_assumed` says that nobody declared it."""

    route: Route
    url: str
    is_assumed: bool = False

    @property
    def name(self) -> str:
        """What a report calls it."""
        return self.route.name or self.route.path

    @property
    def kind(self) -> RouteKind:
        """What it is for."""
        return self.route.kind


@frozen
class Plan:
    """What a run asks. `origin` is scheme and host of the canonical address, with its port.

    `twins` are hosts that must only redirect to it; `hosts` every host that may be asked, `private`
    those of them that may have private addresses. `is_production` says that the canonical site is
    asked, and no preview of it.
    """

    url: str
    twins: tuple[str, ...]
    hosts: frozenset[str]
    private: frozenset[str]
    routes: tuple[PlannedRoute, ...]
    is_production: bool = True

    @property
    def origin(self) -> str:
        """`https://www.example.com`."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        """The canonical host, without port."""
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def is_secure(self) -> bool:
        """Whether the canonical address is of TLS."""
        return self.url.startswith("https:")


def plan_of(settings: SmokeTestSettings) -> Plan | None:
    """The plan, None without any address to test."""
    site = settings.site
    url = settings.url or site.url
    if url is None:
        return None
    url = urljoin(url, urlsplit(url).path or "/")  # as browsers ask it, so that it is one address
    host = (urlsplit(url).hostname or "").lower()
    is_canonical = settings.url is None or site.host in ("", host)
    twins = tuple(_twins(host, site.redirecting)) if is_canonical else ()
    further = tuple(each.name.lower() for each in site.hosts)
    private = {each.name.lower() for each in site.hosts if each.private}
    if site.private or (settings.url is not None and is_near(host)):
        private |= {host, *twins}
    given = {spec.partition(":")[0].lower() for spec in settings.resolve}
    routes = site.routes or (Route(path=urlsplit(url).path or "/", name="home page"),)
    return Plan(
        url=url,
        twins=twins,
        hosts=frozenset({host, *twins, *further}),
        is_production=is_canonical and not is_near(host),
        private=frozenset(private | given),
        routes=tuple(
            PlannedRoute(route=each, url=urljoin(url, each.path), is_assumed=not site.routes)
            for each in routes
        ),
    )


def hosts_of_kind(settings: SmokeTestSettings, *kinds: HostKind) -> tuple[str, ...]:
    """The declared hosts that serve one of these."""
    return tuple(each.name.lower() for each in settings.site.hosts if each.kind in kinds)


def is_near(host: str) -> bool:
    """Whether a host is plainly the person's own machine or network.

    A link-local address is not: clouds serve their machines' credentials there.
    """
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private and not address.is_link_local


def _twins(host: str, declared: tuple[str, ...]) -> Iterator[str]:
    """The hosts that only redirect: the declared ones, and the bare domain's `www.` and back."""
    yield from dict.fromkeys(each.lower() for each in declared if each.lower() != host)
    twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    is_domain = host.count(".") == (2 if host.startswith("www.") else 1)
    if is_domain and twin not in declared and not host.replace(".", "").isdigit():
        yield twin
