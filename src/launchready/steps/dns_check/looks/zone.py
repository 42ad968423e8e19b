"""Which zone a host is in, what its parent says of it, and what each of its servers does."""

from collections.abc import Iterable

from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.frozen import frozen
from launchready.gateways.at_once import at_once
from launchready.gateways.dns.client import DIRECT, PLAIN, How, NameServer
from launchready.steps.dns_check.seen import NamedServer, Serving, ZoneFacts
from launchready.steps.dns_check.session import Session, above

_BY_TCP = How(recurses=False, by_tcp=True)
_FOREIGN = "iana.org"
_MOST_SERVERS = 13
_MOST_ADDRESSES = 16


@frozen
class Found:
    """The zone of a name, "" where none was found; then `answer` says why."""

    zone: str
    answer: DnsAnswer


def zone_of(session: Session, name: str) -> Found:
    """The zone that a name is in: the nearest name upwards that has a SOA record."""
    first = None
    for each in above(name):
        answer = session.client.ask(each, "SOA")
        first = first or answer
        if any(record.name == each for record in answer.records):
            return Found(zone=each, answer=answer)
        if not answer.status.is_known:
            return Found(zone="", answer=answer)
    return Found(zone="", answer=first or DnsAnswer(name=name, type="SOA", status=DnsStatus.FAILED))


def look_at_zone(session: Session, zone: str, *, is_own: bool = True) -> ZoneFacts | DnsAnswer:
    """The zone as parent and servers tell it; an answer where even its servers are not known.

    Of a zone that is a service's own nothing is tried but what it serves.
    """
    parent, referral = _referral(session, zone)
    delegated = (
        tuple(
            sorted(_target(r.text) for r in referral.authority if r.type == "NS" and r.name == zone)
        )[:_MOST_SERVERS]
        if referral
        else ()
    )
    told = session.client.ask(zone, "NS")
    names = dict.fromkeys((*delegated, *map(_target, told.texts[:_MOST_SERVERS])))
    if not names:
        return told
    servers = at_once(lambda name: _named(session, name, referral), names)
    by_ip = {ip: each.name for each in servers for ip in each.addresses or each.glue}
    places = [(name, ip) for ip, name in by_ip.items() if session.may_ask(NameServer(ip=ip))]
    return ZoneFacts(
        zone=zone,
        parent=parent,
        delegated=delegated,
        servers=servers,
        servings=at_once(
            lambda at: _serving(session, zone, *at, is_own=is_own), places[:_MOST_ADDRESSES]
        ),
    )


def serving_servers(zone: ZoneFacts, most: int = 4) -> tuple[NameServer, ...]:
    """Where the zone is asked: an address of each server that serves it."""
    by_name: dict[str, NameServer] = {}
    for each in zone.servings:
        if each.answers:
            by_name.setdefault(each.name, NameServer(ip=each.ip))
    return tuple(by_name.values())[:most]


def parent_servers(session: Session, parent: str) -> tuple[NameServer, ...]:
    """Some servers of the zone above."""
    names = [_target(text) for text in session.client.ask(parent or ".", "NS").texts[:3]]
    found = [ip for answer in session.client.ask_all(names, "A") for ip in answer.texts[:1]]
    places = [NameServer(ip=ip) for ip in found]
    return tuple(each for each in places if session.may_ask(each))


def free_domain(session: Session, name: str) -> str:
    """The domain of a name that does not exist and that anybody may register; "" where none is.

    That is so where the name right below a top-level domain is not there: of a suffix of two labels
    such as `co.uk` that cannot be told without a list, and is not guessed.
    """
    parts = above(name)
    if len(parts) < 2:
        return ""
    domain = parts[-2]
    is_gone = session.client.ask(domain, "NS").status is DnsStatus.NO_NAME
    is_top_there = session.client.ask(parts[-1], "NS").status is not DnsStatus.NO_NAME
    return domain if is_gone and is_top_there else ""


def _referral(session: Session, zone: str) -> tuple[str, DnsAnswer | None]:
    """The zone above, and what one of its servers says about this one."""
    higher = above(zone)[1:]
    parent = zone_of(session, higher[0]).zone if higher else ""
    for server in parent_servers(session, parent):
        answer = session.client.ask_of(server, zone, "NS", DIRECT)
        if any(record.type == "NS" and record.name == zone for record in answer.authority):
            return parent, answer
    return parent, None


def _named(session: Session, name: str, referral: DnsAnswer | None) -> NamedServer:
    v4, v6 = session.client.ask(name, "A"), session.client.ask(name, "AAAA")
    glue = tuple(
        record.text
        for record in (referral.additional if referral else ())
        if record.name == name and record.type in ("A", "AAAA")
    )
    is_gone = v4.status is DnsStatus.NO_NAME
    free = free_domain(session, name) if is_gone else ""
    return NamedServer(name=name, v4=v4, v6=v6, glue=glue, is_free=bool(free))


def _serving(session: Session, zone: str, name: str, ip: str, *, is_own: bool) -> Serving:
    client, server = session.client, NameServer(ip=ip)
    soa = client.ask_of(server, zone, "SOA", DIRECT)
    names = client.ask_of(server, zone, "NS", DIRECT)
    serving = Serving(name=name, ip=ip, soa=soa, names=names)
    if not serving.answers or not is_own:
        return serving
    return Serving(
        name=name,
        ip=ip,
        soa=soa,
        names=names,
        tcp=client.ask_of(server, zone, "SOA", _BY_TCP),
        recursed=client.ask_of(server, _FOREIGN, "A", PLAIN) if soa.offers_recursion else None,
        transfer=client.ask_of(server, zone, "AXFR", _BY_TCP),
    )


def targets(texts: Iterable[str]) -> tuple[str, ...]:
    """The names that records of NS hold."""
    return tuple(sorted(map(_target, texts)))


def _target(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1].removesuffix(".").lower() if text.split() else ""
