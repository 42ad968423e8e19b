"""How the zone is signed, by its parent's word and at each of its servers."""

from collections.abc import Iterator

from launchready.facts.dns import DnsAnswer
from launchready.gateways.dns.client import DIRECT
from launchready.gateways.dns.dnssec import look_at_signatures
from launchready.steps.dns_check.looks.zone import parent_servers, serving_servers
from launchready.steps.dns_check.seen import SignedFacts, ZoneFacts
from launchready.steps.dns_check.session import Session, unknown


def look_at_signed(session: Session, zone: ZoneFacts, names: tuple[str, ...]) -> Iterator[object]:
    """The signatures of a zone, and of the addresses of these names."""
    anchored = _anchors(session, zone)
    if not anchored.status.is_known:
        yield unknown(anchored)
        return
    servers = serving_servers(zone)
    seen = look_at_signatures(session.client, servers, zone.zone, anchored, names)
    if isinstance(seen, DnsAnswer):
        yield unknown(seen)
        return
    yield SignedFacts(zone=zone.zone, signatures=seen)


def _anchors(session: Session, zone: ZoneFacts) -> DnsAnswer:
    """The DS records as a server of the parent has them, or else as the resolver knows them."""
    for server in parent_servers(session, zone.parent):
        answer = session.client.ask_of(server, zone.zone, "DS", DIRECT)
        if answer.status.is_known:
            return answer
    return session.client.ask(zone.zone, "DS")
