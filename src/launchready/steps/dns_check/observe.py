"""From the settings to facts: each zone of the hosts, its hosts, and what they point to."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec

from launchready.catalog.dns_providers import of_host
from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.gateways import Gateways
from launchready.model import Looked, Told, Unchecked
from launchready.steps.dns_check.looks.caa import look_at_caa
from launchready.steps.dns_check.looks.expiry import look_at_expiry
from launchready.steps.dns_check.looks.hosts import look_at_all, look_at_wildcard, pairs
from launchready.steps.dns_check.looks.lost import look_at_lost
from launchready.steps.dns_check.looks.signed import look_at_signed
from launchready.steps.dns_check.looks.uses import look_at_uses
from launchready.steps.dns_check.looks.wanted import look_at_wanted
from launchready.steps.dns_check.looks.zone import look_at_zone, zone_of
from launchready.steps.dns_check.seen import HostFacts, MissingFacts, ZoneFacts
from launchready.steps.dns_check.session import (
    Planned,
    Session,
    above,
    planned,
    session_of,
    unknown,
)
from launchready.steps.dns_check.settings import Area, DnsCheckSettings

_NO_DOMAIN = Unchecked(
    target="the domain",
    reason="no domain is given",
    hint="write `site: {url: https://…}` into launchready.yml, or `launchready dns-check DOMAIN`",
)
_NO_LIBRARY = Unchecked(
    target="the domain",
    reason="the libraries that ask name servers and read keys are not installed",
    hint='pip install "launchready[native]"',
)


def observe(settings: DnsCheckSettings, gateways: Gateways) -> Iterator[object]:
    """Facts of every zone and host; what could not be asked, and how much was."""
    hosts = planned(settings)
    if not hosts:
        yield _NO_DOMAIN
        return
    if find_spec("dns") is None or find_spec("cryptography") is None:
        yield _NO_LIBRARY
        return
    session = session_of(settings, gateways)
    if settings.domain and not settings.site.host:
        yield _assumed(hosts)
    for zone, inside in _by_zone(session, hosts).items():
        yield from _look_in(session, zone, inside)
    asked = session.client.asked
    yield Looked(name="hosts", one="host", many="hosts", count=len(hosts))
    yield Looked(name="questions", one="DNS question", many="DNS questions", count=asked)


def _by_zone(session: Session, hosts: tuple[Planned, ...]) -> dict[str, tuple[Planned, ...]]:
    """The hosts by their zone, or by their own name where none was found."""
    zones: dict[str, tuple[Planned, ...]] = {}
    for host in sorted(hosts, key=lambda each: each.name.count(".")):
        known = next((zone for zone in zones if f".{host.name}".endswith(f".{zone}")), None)
        zone = known or zone_of(session, host.name).zone
        if "." not in zone:  # only the top-level domain is there
            zone = ".".join(host.name.split(".")[-2:])
        zones[zone] = (*zones.get(zone, ()), host)
    return zones


def _look_in(session: Session, zone: str, hosts: tuple[Planned, ...]) -> Iterator[object]:
    found = zone_of(session, zone)
    if found.zone != zone:
        yield _not_found(session, zone, found.answer)
        return
    if (provider := of_host(zone)) is not None:
        words = f"{zone} is a domain of {provider.name}: its name servers were not looked at"
        yield Told(name="zones_of_others", value=[zone], words=words)
    seen = look_at_zone(session, zone, is_own=provider is None)
    if not isinstance(seen, ZoneFacts):
        yield unknown(seen)
        return
    if not any(each.answers for each in seen.servings):
        yield Unchecked(
            target=f"the name servers of {zone}",
            reason="none of them answers this machine",
            hint="run where port 53 is open to the outside; if it stays, mend the name servers",
        )
    looked = look_at_all(session, hosts, seen)
    for area, look in _looks(session, seen, looked).items():
        is_owners = area in (Area.DELEGATION, Area.DNSSEC, Area.EXPIRY)
        if session.wants(area) and not (is_owners and provider is not None):
            yield from look()


def _not_found(session: Session, domain: str, answer: DnsAnswer) -> object:
    """Why a domain has no zone. A resolver that does not know its top-level domain either, as in a
    network that is shut off, says nothing about it.
    """
    top = above(domain)[-1]
    if session.client.ask(top, "SOA").status is DnsStatus.NO_NAME:
        return Unchecked(
            target=domain,
            reason=f"the resolver says that there is no top-level domain {top!r} either",
            hint="look at the name, and run where the internet's names can be looked up",
        )
    is_absent = session.client.ask(domain, "SOA").status is DnsStatus.NO_NAME
    return MissingFacts(domain=domain) if is_absent else unknown(answer)


def _looks(
    session: Session, zone: ZoneFacts, hosts: tuple[HostFacts, ...]
) -> dict[Area, Callable[[], Iterator[object]]]:
    """What is looked at, in the order of a report."""
    names = tuple(each.name for each in hosts)
    return {
        Area.DELEGATION: lambda: _zone(session, zone),
        Area.HOSTS: lambda: _hosts(hosts),
        Area.RECORDS: lambda: look_at_wanted(session, zone),
        Area.DNSSEC: lambda: look_at_signed(session, zone, names),
        Area.TAKEOVER: lambda: look_at_lost(session, zone, hosts),
        Area.CAA: lambda: look_at_caa(session, hosts),
        Area.EXPIRY: lambda: look_at_expiry(session, zone.zone),
        Area.MAP: lambda: look_at_uses(session, zone, hosts),
    }


def _zone(session: Session, zone: ZoneFacts) -> Iterator[object]:
    yield zone
    of_v6 = [each for each in zone.servings if ":" in each.ip]
    if of_v6 and not any(each.answers for each in of_v6):
        names = sorted({each.name for each in of_v6})
        words = (
            f"No name server of {zone.zone} answers over IPv6, which is taken for the network of"
            " this machine: nothing is told of that"
        )
        yield Told(name="silent_over_ipv6", value=names, words=words)
    if (wildcard := look_at_wildcard(session, zone)) is not None:
        yield wildcard


def _hosts(hosts: tuple[HostFacts, ...]) -> Iterator[object]:
    for host in hosts:
        yield host
        if not host.seen.is_known and not host.is_loop:
            yield unknown(host.seen.v4 if not host.seen.v4.status.is_known else host.seen.v6)
    straight = [host for host in hosts if not host.is_loop]
    views = [v for host in straight for v in (*host.views, *host.public) if not v.is_known]
    for view in {each.server: each for each in reversed(views)}.values():
        yield unknown(view.v4 if not view.v4.status.is_known else view.v6)
    yield from pairs(hosts)


def _assumed(hosts: tuple[Planned, ...]) -> Told:
    names = [each.name for each in hosts if each.kind is None]
    words = f"No config: {' and '.join(names)} are taken to be one public site"
    return Told(name="assumed_hosts", value=names, words=words)
