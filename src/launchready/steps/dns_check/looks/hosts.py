"""The hosts: what the resolver, each server of the zone and each public resolver say."""

from collections.abc import Iterator

from launchready.catalog import dns_providers
from launchready.catalog.dns_providers import Provider
from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.gateways.at_once import at_once
from launchready.gateways.dns.client import DIRECT, PLAIN, How, NameServer
from launchready.site import HostKind
from launchready.steps.dns_check.looks.zone import serving_servers, targets
from launchready.steps.dns_check.seen import (
    HostFacts,
    PairFacts,
    View,
    WildcardFacts,
    ZoneFacts,
)
from launchready.steps.dns_check.session import Planned, Session, twin_of

_MOST_HOPS = 12
_NOBODYS = "launchready-asks-for-what-nobody-has-made"


def look_at_host(session: Session, host: Planned, zone: ZoneFacts) -> HostFacts:
    """A host of a zone."""
    name, servers = host.name, serving_servers(zone)
    seen = _seen(session, name)
    views = tuple(_view(session, each, name, DIRECT) for each in servers)
    delegated = next((each for view in views if (each := _cut(view, name))), ())
    if delegated:
        views = ()
    alias = next((view.aliases[0] for view in views if view.aliases), "")
    chain, is_loop = _chain(session, name, alias, seen)
    return HostFacts(
        name=name,
        zone=zone.zone,
        seen=seen,
        views=views,
        public=tuple(_view(session, each, name, PLAIN, seen) for each in session.public),
        chain=chain,
        is_loop=is_loop,
        beside=_beside(session, servers[0], name) if alias and servers else (),
        delegated=delegated,
        providers=_providers(chain, seen),
        kind=host.kind,
        is_private=host.is_private,
        is_assumed=host.is_assumed,
    )


def look_at_wildcard(session: Session, zone: ZoneFacts) -> WildcardFacts | None:
    """What is there of a name that nobody has made."""
    servers = serving_servers(zone)
    if not servers:
        return None
    view = _view(session, servers[0], f"{_NOBODYS}.{zone.zone}", DIRECT)
    return WildcardFacts(zone=zone.zone, view=view)


def pairs(hosts: tuple[HostFacts, ...]) -> Iterator[PairFacts]:
    """Apex and `www`; and each host of staging beside one of production that shares its address."""
    by_name = {each.name: each for each in hosts}
    for host in hosts:
        other = by_name.get(twin_of(host.name))
        if other is not None and not host.name.startswith("www."):
            yield PairFacts(first=host, second=other)
    for staging in (each for each in hosts if each.kind is HostKind.STAGING):
        live = (each for each in hosts if each.kind in (None, HostKind.APP, HostKind.API))
        shared = next((e for e in live if e.seen.addresses & staging.seen.addresses), None)
        if shared is not None:
            yield PairFacts(first=staging, second=shared, is_staging=True)


def look_at_all(
    session: Session, hosts: tuple[Planned, ...], zone: ZoneFacts
) -> tuple[HostFacts, ...]:
    """All hosts of a zone, at once."""
    return at_once(lambda host: look_at_host(session, host, zone), hosts)


def _seen(session: Session, name: str) -> View:
    client = session.client
    return View(server="", v4=client.ask(name, "A"), v6=client.ask(name, "AAAA"))


def _view(
    session: Session, server: NameServer, name: str, how: How, known: View | None = None
) -> View:
    """What one server says; of a public resolver IPv6 only where there is any, to spare it."""
    v4 = session.client.ask_of(server, name, "A", how)
    if known is not None and known.v6.status is not DnsStatus.FOUND:
        return View(server=str(server), v4=v4, v6=known.v6)
    return View(server=str(server), v4=v4, v6=session.client.ask_of(server, name, "AAAA", how))


def _cut(view: View, name: str) -> tuple[str, ...]:
    """The servers of a zone of its own that the host is in; none where it is in this one."""
    if view.v4.is_authoritative:
        return ()
    below = (r for r in view.v4.authority if r.type == "NS" and f".{name}".endswith(f".{r.name}"))
    return targets(record.text for record in below)


def _chain(session: Session, name: str, alias: str, seen: View) -> tuple[tuple[str, ...], bool]:
    """The names that CNAMEs lead through. A resolver that meets a circle only says that it failed:
    then each step is asked for.
    """
    if seen.is_known and (seen.addresses or not alias):
        return seen.aliases, False
    chain: list[str] = []
    while alias and len(chain) < _MOST_HOPS:
        is_loop = alias == name or alias in chain
        chain.append(alias)
        if is_loop:
            return tuple(chain), True
        found = session.client.ask(alias, "CNAME")
        alias = found.texts[0].removesuffix(".").lower() if found.records else ""
    return tuple(chain) or seen.aliases, False


def _beside(session: Session, server: NameServer, name: str) -> tuple[str, ...]:
    """Types of records that are there though a CNAME is: a server that keeps to RFC 1034 answers
    with the CNAME whatever was asked for.
    """
    answers = [session.client.ask_of(server, name, kind, DIRECT) for kind in ("MX", "TXT")]
    return tuple(each.type for each in answers if _is_own(each, name))


def _is_own(answer: DnsAnswer, name: str) -> bool:
    return not answer.aliases and any(record.name == name for record in answer.records)


def _providers(chain: tuple[str, ...], seen: View) -> tuple[Provider, ...]:
    by_name = [dns_providers.of_host(name) for name in chain]
    by_address = [dns_providers.of_address(ip) for ip in sorted(seen.addresses)]
    return tuple(dict.fromkeys(each for each in (*by_name, *by_address) if each))
