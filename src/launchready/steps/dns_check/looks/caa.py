"""Who may issue certificates for a host, beside who issued the one in use (RFC 8659)."""

from collections.abc import Iterator

from launchready.catalog.authorities import authority_of
from launchready.facts.dns import DnsAnswer
from launchready.gateways.at_once import at_once
from launchready.model import Unchecked
from launchready.regex import Regex
from launchready.site import HostKind
from launchready.steps.dns_check.seen import CaaFacts, CaaRecord, HostFacts
from launchready.steps.dns_check.session import Session, above, unknown

_RECORD = Regex(r'(\d{1,3}) ([A-Za-z0-9]{1,30}) "?([^"]*)"?')


def look_at_caa(session: Session, hosts: tuple[HostFacts, ...]) -> Iterator[object]:
    """The CAA records of each host that shows a certificate; nothing where there are none."""
    web = [each for each in hosts if each.is_there and each.kind is not HostKind.MAIL]
    for seen in at_once(lambda host: _look(session, host), web):
        if seen is not None:
            yield seen


def _look(session: Session, host: HostFacts) -> object | None:
    answer = _climb(session, host.name)
    if not answer.status.is_known:
        return unknown(answer)
    if not answer.records:
        return None
    shown = session.web.certificate(host.name, host.seen.addresses)
    if shown is None or shown.leaf is None:
        return Unchecked(
            target=f"CAA of {host.name}",
            reason="no certificate could be seen to compare the records with",
            hint="run where port 443 of the host can be reached, or `skip: [caa]`",
        )
    issuer = shown.leaf.issuer
    authority = authority_of(issuer)
    return CaaFacts(
        host=host.name,
        place=answer.records[0].name,
        records=tuple(_read(record.text) for record in answer.records),
        issuer=authority.name if authority else issuer,
        authority=authority.domains if authority else (),
        is_wildcard=f"*.{host.name.partition('.')[2]}" in shown.leaf.names
        and host.name not in shown.leaf.names,
    )


def _climb(session: Session, name: str) -> DnsAnswer:
    """The records that count: those of the name, or of the nearest one above that has any."""
    answer = session.client.ask(name, "CAA")
    for each in above(name)[:-1]:
        answer = session.client.ask(each, "CAA")
        if answer.records or not answer.status.is_known:
            break
    return answer


def _read(text: str) -> CaaRecord:
    match = _RECORD.match(text)
    if match is None:
        return CaaRecord(flags=0, tag="", value=text)
    return CaaRecord(flags=int(match[1]), tag=match[2].lower(), value=match[3])
