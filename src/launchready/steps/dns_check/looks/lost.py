"""Records that point to names of others: whether those are still there, and still one's own."""

from collections.abc import Iterator

from launchready.catalog.takeovers import CLAIMABLE, Claimable, claimable_of
from launchready.facts.dns import DnsStatus
from launchready.gateways.at_once import at_once
from launchready.model import Unchecked
from launchready.steps.dns_check.looks.zone import free_domain, targets
from launchready.steps.dns_check.seen import HostFacts, LostFacts, ZoneFacts
from launchready.steps.dns_check.session import Session

# Services to which an apex is pointed by address.
_BY_ADDRESS = {"github": "GitHub Pages", "vercel": "Vercel", "shopify": "Shopify"}


def look_at_lost(
    session: Session, zone: ZoneFacts, hosts: tuple[HostFacts, ...]
) -> Iterator[object]:
    """What every host, delegation and MX record points to, where that may be lost."""
    for seen in at_once(lambda host: tuple(_host(session, host)), hosts):
        yield from seen
    for host in hosts:
        for name in host.delegated:
            yield from _absent(session, host.name, "NS", name)
    mail = session.client.ask(zone.zone, "MX")
    for name in targets(mail.texts):
        yield from (each for each in _absent(session, zone.zone, "MX", name) if each.free)


def _host(session: Session, host: HostFacts) -> Iterator[object]:
    service = next((each for name in host.chain if (each := claimable_of(name))), None)
    service = service or _by_address(host)
    if host.is_loop or not host.seen.is_known or (not host.chain and service is None):
        return
    target = host.chain[-1] if host.chain else host.name
    if not host.is_there:
        answer = host.seen.v4
        is_gone = answer.status is DnsStatus.NO_NAME
        free = free_domain(session, target) if is_gone else ""
        yield LostFacts(
            owner=host.name, type="CNAME", target=target, answer=answer, free=free, service=service
        )
    elif service is not None and service.words:
        page = _page(session, host, service)
        if page is None:
            yield Unchecked(
                target=f"http://{host.name}/",
                reason=f"no answer tells whether the host is still claimed at {service.name}",
                hint="run where the host can be reached, or `skip: [takeover]`",
            )
        yield LostFacts(
            owner=host.name,
            type="CNAME" if host.chain else "A",
            target=target,
            answer=host.seen.v4,
            service=service,
            page=page,
        )


def _by_address(host: HostFacts) -> Claimable | None:
    names = {_BY_ADDRESS.get(each.id) for each in host.providers}
    return next((each for each in CLAIMABLE if each.name in names), None)


def _page(session: Session, host: HostFacts, service: Claimable) -> str | None:
    """The words of a host that nobody has claimed, "" where the answer has none of them; None
    without an answer. Over HTTP, since such a host has no certificate, and then over HTTPS.
    """
    is_answered = False
    for scheme in ("http", "https"):
        response = session.web.page(f"{scheme}://{host.name}/", host.seen.addresses).response
        if response is None:
            continue
        is_answered = True
        text = response.body.decode("utf-8", "replace")
        if words := next((words for words in service.words if words in text), ""):
            return words
        if response.location is None:
            return ""
    return "" if is_answered else None


def _absent(session: Session, owner: str, kind: str, name: str) -> Iterator[LostFacts]:
    """A target that does not exist."""
    answer = session.client.ask(name, "A")
    if name and answer.status is DnsStatus.NO_NAME:
        free = free_domain(session, name)
        yield LostFacts(owner=owner, type=kind, target=name, answer=answer, free=free)
