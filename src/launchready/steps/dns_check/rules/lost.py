"""Rules on stale records: what they point to is gone, or may be a stranger's tomorrow."""

from collections.abc import Iterator

from launchready.facts.dns import DnsStatus
from launchready.frozen import replace
from launchready.model import Confidence, Evidence, Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.rules.at import found, shown
from launchready.steps.dns_check.seen import LostFacts
from launchready.steps.dns_check.settings import DnsCheckSettings


@rule(LostFacts, Severity.ERROR)
def subdomain_takeover(seen: LostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host that points to a hosting service where nobody has claimed it.

    Whoever claims it there serves pages under your name: they can take the session cookies of your
    customers, ask for their passwords, and get a certificate.

    Delete the record now, or claim the host at the service again. launchready never claims
    anything.

    Bad:
        help.example.com CNAME shop.azurewebsites.net: the name does not exist
    Good:
        no record for a host that is not used
    Reference: https://developer.mozilla.org/en-US/docs/Web/Security/Subdomain_takeovers
    """
    del settings
    if seen.service is not None and seen.service.is_sure and _is_unclaimed(seen):
        yield _at(
            seen, f"anybody can claim {shown(seen.owner)} at {seen.service.name}: {_why(seen)}"
        )


@rule(LostFacts, Severity.WARNING)
def subdomain_takeover_possible(seen: LostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host that points to a service which has no site for it, and may let others claim it.

    The service asks for a proof in some cases and not in others: where it does not, a stranger
    serves pages under your name. To visitors the host is broken in any case.

    Delete the record, or set the site up at the service again; where it offers to verify the whole
    domain, do that.

    Bad:
        docs.example.com CNAME example.github.io: "There isn't a GitHub Pages site here."
    Good:
        docs.example.com CNAME example.github.io, and a page there
    Reference: https://developer.mozilla.org/en-US/docs/Web/Security/Subdomain_takeovers
    """
    del settings
    if seen.service is not None and not seen.service.is_sure and _is_unclaimed(seen):
        message = (
            f"{shown(seen.owner)} has no site at {seen.service.name}, where others may claim it:"
            f" {_why(seen)}"
        )
        yield replace(_at(seen, message), confidence=Confidence.MEDIUM)


@rule(LostFacts, Severity.ERROR)
def target_domain_free(seen: LostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a record that points into a domain which nobody has registered.

    Whoever registers it, for the price of a lunch, gets what the record leads there: pages and
    cookies of a host, all of its names, or the mail of your customers.

    Delete the record now.

    Bad:
        shop.example.com CNAME shop.gone-startup.com, and gone-startup.com is free
    Good:
        no record into a domain that is not there
    Reference: https://developer.mozilla.org/en-US/docs/Web/Security/Subdomain_takeovers
    """
    del settings
    if seen.free:
        message = (
            f"{shown(seen.owner)} {seen.type} {shown(seen.target)}: {shown(seen.free)} is not"
            " registered"
        )
        yield _at(seen, message)


@rule(LostFacts, Severity.ERROR)
def cname_leads_nowhere(seen: LostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a CNAME to a name that is not there, or that has no address.

    Who opens the host gets an error page of the browser.

    Delete the record, or point it to the host that serves it now.

    Bad:
        www.example.com CNAME old.example.net: the name does not exist
    Good:
        www.example.com CNAME cname.vercel-dns.com
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.4
    """
    del settings
    is_empty = seen.type == "CNAME" and seen.answer.status is not DnsStatus.FOUND
    if is_empty and not seen.free and not _is_unclaimed(seen):
        why = seen.answer.status.value
        yield _at(seen, f"{shown(seen.owner)} leads to {shown(seen.target)}: {why}")


@rule(LostFacts, Severity.ERROR)
def delegation_leads_nowhere(seen: LostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a subdomain that is handed over to a name server which does not exist.

    Nobody reaches the subdomain, and who gets that name server's name answers for all of it.

    Remove the NS record, or name the servers that serve the subdomain now.

    Bad:
        shop.example.com NS ns1.old.example: the name does not exist
    Good:
        shop.example.com NS ns1.example.net
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.8
    """
    del settings
    if seen.type == "NS" and not seen.free:
        yield _at(seen, f"{shown(seen.owner)} NS {shown(seen.target)}: the name does not exist")


def _is_unclaimed(seen: LostFacts) -> bool:
    """By what the service answers for the host, or by the name's absence where that is enough."""
    if seen.service is None or seen.free:
        return False
    is_gone = seen.service.by_absence and seen.answer.status is DnsStatus.NO_NAME
    return is_gone or bool(seen.page)


def _why(seen: LostFacts) -> str:
    """What shows that the host is nobody's there."""
    where = f"{shown(seen.target)}: " if seen.type == "CNAME" else ""
    return f"{where}{f'“{seen.page}”' if seen.page else seen.answer.status.value}"


def _at(seen: LostFacts, message: str) -> Finding:
    proof = seen.page or seen.answer.status.value
    finding = found(seen.owner, seen.type, message, what=seen.target)
    measured = [("target", shown(seen.target)), ("answer", shown(proof))]
    if seen.service is not None:
        measured.append(("source", seen.service.source))
    return replace(finding, evidence=Evidence(measured=tuple(measured)))


LOST_RULES = (
    subdomain_takeover,
    subdomain_takeover_possible,
    target_domain_free,
    cname_leads_nowhere,
    delegation_leads_nowhere,
)
