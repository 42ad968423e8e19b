"""One run: the client, which hosts are meant, and what a name server's address may be asked."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from launchready.facts.dns import DnsAnswer
from launchready.facts.web import Address
from launchready.frozen import frozen, replace
from launchready.gateways import Gateways
from launchready.gateways.dns.client import DnsClient, NameServer, name_server
from launchready.gateways.web.reach import is_global
from launchready.model import Unchecked
from launchready.site import Host, HostKind, Site
from launchready.steps.dns_check.settings import Area, DnsCheckSettings

if TYPE_CHECKING:
    from launchready.steps.dns_check.web import Web

MOST_HOSTS = 100


@frozen
class Planned:
    """A host of the product; `kind` is None of the canonical one and its twin. `is_assumed` says
    that nobody declared it: it is the same name without or with `www.`.
    """

    name: str
    kind: HostKind | None = None
    is_private: bool = False
    is_assumed: bool = False


@frozen
class Session:
    """What every look is given."""

    settings: DnsCheckSettings
    client: DnsClient
    gateways: Gateways

    @cached_property
    def web(self) -> "Web":
        """What is asked over HTTP and TLS; a run that has nothing to ask does not pay for it."""
        from launchready.steps.dns_check.web import Web

        return Web(self.settings, self.gateways)

    @property
    def site(self) -> Site:
        """What is declared."""
        return self.settings.site

    def wants(self, area: Area) -> bool:
        """Whether an area is looked at."""
        return area not in self.settings.skip

    def may_ask(self, server: NameServer) -> bool:
        """Whether a server is one of the public internet, or is asked where the user says."""
        return self.client.is_led(server) or is_global(Address(ip=server.ip))

    @property
    def public(self) -> tuple[NameServer, ...]:
        """The public resolvers."""
        return servers(self.settings.public) if self.wants(Area.PUBLIC) else ()


def session_of(settings: DnsCheckSettings, gateways: Gateways) -> Session:
    """The session of a run."""
    elsewhere = dict(text.split("=", 1) for text in settings.servers_at)
    client = DnsClient(
        servers(settings.resolvers),
        seconds=settings.timeout,
        most=settings.max_questions,
        elsewhere={ip: name_server(place) for ip, place in elsewhere.items()},
        distrusting=True,
    )
    return Session(settings=settings, client=client, gateways=gateways)


def planned(settings: DnsCheckSettings) -> tuple[Planned, ...]:
    """The hosts that are looked at, each once: the canonical one first."""
    site = settings.site
    if settings.domain:
        domain = settings.domain.lower()
        inside = [each for each in site.hosts if _is_in(each.name, domain)]
        return _once([*_pair(domain), *map(_host, inside)])
    if not site.host:
        return _once([*_pair(site.mail.domain or ""), *map(_host, site.hosts)])
    moved = [Planned(name=name, kind=HostKind.REDIRECT) for name in site.redirecting]
    main, *twin = _pair(site.host)
    main = replace(main, is_private=site.private)
    return _once([main, *map(_host, site.hosts), *moved, *twin])


def unknown(answer: DnsAnswer) -> Unchecked:
    """That a question was not answered."""
    whom = f" (asked of {answer.server})" if answer.server else ""
    return Unchecked(
        target=f"{answer.name} {answer.type}",
        reason=f"{answer.status.value}{whom}",
        hint="run again; if it stays, look at the name servers of the domain",
    )


def servers(texts: Iterable[str]) -> tuple[NameServer, ...]:
    """Several servers as settings name them."""
    return tuple(map(name_server, texts))


def above(name: str) -> tuple[str, ...]:
    """A name and those above it, to the top-level domain."""
    labels = name.split(".")
    return tuple(".".join(labels[at:]) for at in range(len(labels)))


def twin_of(name: str) -> str:
    """The same site without or with `www.`."""
    return name.removeprefix("www.") if name.startswith("www.") else f"www.{name}"


def _pair(domain: str) -> list[Planned]:
    if not domain:
        return []
    first, *twin = _twins(domain)
    return [Planned(name=first), *(Planned(name=name, is_assumed=True) for name in twin)]


def _twins(host: str) -> tuple[str, ...]:
    """A bare domain and `www.`: of `app.example.com` nobody asks for `www.app.example.com`."""
    is_pair = host.startswith("www.") or host.count(".") == 1
    return (host, twin_of(host)) if is_pair else (host,)


def _host(host: Host) -> Planned:
    return Planned(name=host.name.lower(), kind=host.kind, is_private=host.private)


def _is_in(name: str, domain: str) -> bool:
    return name.lower() == domain or name.lower().endswith(f".{domain}")


def _once(every: Iterable[Planned]) -> tuple[Planned, ...]:
    known: dict[str, Planned] = {}
    for each in every:
        known.setdefault(each.name.lower().removesuffix("."), each)
    return tuple(known.values())[:MOST_HOSTS]
