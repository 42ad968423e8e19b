"""Rules on the way of mail: MTA-STS, TLS reports, STARTTLS, BIMI, and names of what sends."""

from collections.abc import Iterator

from launchready.model import DnsLocation, Finding, Location, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.email_check.records.reporting import bimi_faults, tls_report_faults
from launchready.steps.email_check.records.sts import sts_faults
from launchready.steps.email_check.rules.spf_places import shown
from launchready.steps.email_check.seen import BimiFacts, MxTlsFacts, PtrFacts, StsFacts
from launchready.steps.email_check.settings import EmailCheckSettings

_LEAST_AGE = 86_400


@rule(StsFacts, Severity.WARNING)
def mta_sts_broken(seen: StsFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an MTA-STS record or policy that senders cannot use.

    Who sends takes the domain for one without a policy, and mail may be read and turned aside on
    its way.

    Mend what is named: one record `v=STSv1; id=…`, and the file
    `https://mta-sts.example.com/.well-known/mta-sts.txt`, answered with 200 and a trusted
    certificate.

    Bad:
        _mta-sts.example.com TXT "v=STSv1;" (no id)
    Good:
        _mta-sts.example.com TXT "v=STSv1; id=20260101"
    Reference: https://www.rfc-editor.org/rfc/rfc8461#section-3
    """
    if len(seen.texts) > 1:
        yield _sts(seen, f"there are {len(seen.texts)} MTA-STS records; one may be there")
        return
    for fault in sts_faults(seen.texts[0])[:1] if seen.texts else ():
        yield _sts(seen, f"the MTA-STS record is broken: {fault}")
    if seen.trouble:
        yield _policy(seen, f"the MTA-STS policy cannot be fetched: {seen.trouble}")
    for fault in seen.policy.faults[:1] if seen.policy else ():
        yield _policy(seen, f"the MTA-STS policy is broken: {fault}")


@rule(StsFacts, Severity.ERROR)
def mta_sts_refuses_mx(seen: StsFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a host of the MX records that an enforced MTA-STS policy does not name.

    Gmail, Microsoft and others do not deliver there: mail waits, and comes back.

    Add the host to the policy file and give the record a new `id`; in the other order, mail is
    refused in between.

    Bad:
        MX 10 mx2.example.com, and no `mx: mx2.example.com`
    Good:
        mx: *.example.com
    Reference: https://www.rfc-editor.org/rfc/rfc8461#section-4.1
    """
    if seen.policy is not None and seen.policy.mode == "enforce":
        for host in _uncovered(seen):
            yield _policy(seen, f"the MTA-STS policy does not name the MX host {shown(host)}")


@rule(StsFacts, Severity.WARNING)
def mta_sts_would_refuse_mx(seen: StsFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a host of the MX records that a policy in testing does not name.

    With `mode: enforce`, mail for it would be refused.

    Add the host to the policy file before it is enforced, and give the record a new `id`.

    Bad:
        mode: testing, MX 10 mx2.example.com, and no `mx: mx2.example.com`
    Good:
        mx: *.example.com
    Reference: https://www.rfc-editor.org/rfc/rfc8461#section-5
    """
    if seen.policy is not None and seen.policy.mode == "testing":
        for host in _uncovered(seen):
            yield _policy(seen, f"the MTA-STS policy would refuse the MX host {shown(host)}")


@rule(StsFacts, Severity.NOTE)
def mta_sts_not_enforced(seen: StsFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an MTA-STS policy that protects nothing yet: in testing, or kept for less than a day.

    Mail may still be read and turned aside on its way.

    When the TLS reports show no failures, `mode: enforce`, with a `max_age` of some weeks.

    Bad:
        mode: testing
    Good:
        mode: enforce
    Reference: https://www.rfc-editor.org/rfc/rfc8461#section-5
    """
    policy = seen.policy
    if policy is None or policy.faults or _uncovered(seen):
        return
    if policy.mode == "testing":
        yield _policy(seen, "the MTA-STS policy is in testing")
    elif policy.mode == "enforce" and policy.max_age < _LEAST_AGE:
        yield _policy(seen, f"the MTA-STS policy is kept for {policy.max_age} s only")


@rule(StsFacts, Severity.NOTE)
def tls_reports_missing(seen: StsFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a domain with MTA-STS that asks for no reports, or in words that are broken.

    When mail is refused for its sake, nobody learns of it.

    Publish at `_smtp._tls.` of the domain: `v=TLSRPTv1; rua=mailto:…`.

    Bad:
        _smtp._tls.example.com: the name does not exist
    Good:
        _smtp._tls.example.com TXT "v=TLSRPTv1; rua=mailto:tls@example.com"
    Reference: https://www.rfc-editor.org/rfc/rfc8460#section-3
    """
    name = f"_smtp._tls.{seen.domain}"
    if len(seen.reports) > 1:
        yield _at(name, f"there are {len(seen.reports)} records on TLS reports; one may be there")
    elif not seen.reports and seen.texts:
        yield _at(name, f"{seen.domain} has MTA-STS and asks for no TLS reports")
    for fault in tuple(tls_report_faults(seen.reports[0]))[:1] if len(seen.reports) == 1 else ():
        yield _at(name, f"the record on TLS reports is broken: {fault}")


@rule(BimiFacts, Severity.NOTE)
def bimi_not_shown(seen: BimiFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a BIMI record that shows no logo: broken, or without DMARC that refuses.

    Mailboxes show a letter in place of the brand's logo.

    Mend what is named; the logo is an SVG (Tiny PS) over HTTPS, DMARC at least `p=quarantine`.

    Bad:
        v=BIMI1; l=http://example.com/logo.png
    Good:
        v=BIMI1; l=https://example.com/logo.svg
    Reference: https://bimigroup.org/implementation-guide/
    """
    name = f"default._bimi.{seen.domain}"
    faults = tuple(bimi_faults(seen.texts[0]))
    if len(seen.texts) > 1:
        yield _at(name, f"there are {len(seen.texts)} BIMI records; one may be there")
    elif faults:
        yield _at(name, f"the BIMI record is broken: {faults[0]}")
    elif seen.policy == "none":
        yield _at(name, "the BIMI logo is not shown: DMARC refuses nothing (p=none)")


@rule(PtrFacts, Severity.ERROR)
def sender_has_no_name(seen: PtrFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an address of a sender without a name that leads back to it.

    Gmail and others refuse mail from it.

    Let who gave you the address set its PTR record to the server's name, and give that name the
    address.

    Bad:
        203.0.113.7 -> (no PTR)
    Good:
        203.0.113.7 -> mail.example.com -> 203.0.113.7
    Reference: https://support.google.com/a/answer/81126
    """
    if seen.confirmed:
        return
    why = f"its name {shown(seen.names[0])} does not lead back to it" if seen.names else ""
    message = f"{seen.sender.provider} from {seen.address}: {why or 'the address has no name'}"
    yield _at(seen.address, message, "PTR")


@rule(MxTlsFacts, Severity.WARNING)
def mx_without_trusted_tls(seen: MxTlsFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a host of the MX records without TLS, or with a certificate that is not trusted.

    What customers write travels in clear or to whoever pretends to be the host; senders that
    follow MTA-STS do not deliver.

    Let the mail server offer STARTTLS, with a certificate for its own name.

    Bad:
        mx.example.com: it has expired
    Good:
        mx.example.com: TLSv1.3
    Reference: https://www.rfc-editor.org/rfc/rfc3207
    """
    host = shown(seen.tls.host)
    if seen.tls.trouble is not None:
        yield _at(seen.domain, f"the MX host {host} offers no TLS", "MX")
    elif seen.tls.distrust is not None:
        why = seen.tls.distrust.value
        yield _at(seen.domain, f"the certificate of the MX host {host} is not trusted: {why}", "MX")


def _uncovered(seen: StsFacts) -> tuple[str, ...]:
    policy = seen.policy
    if policy is None or policy.faults:
        return ()
    return tuple(host for host in seen.hosts if not policy.covers(host))


def _sts(seen: StsFacts, message: str) -> Finding:
    return _at(f"_mta-sts.{seen.domain}", message)


def _policy(seen: StsFacts, message: str) -> Finding:
    url = f"https://mta-sts.{seen.domain}/.well-known/mta-sts.txt"
    return _found(UrlLocation(url=url), url, message)


def _at(name: str, message: str, kind: str = "TXT") -> Finding:
    return _found(DnsLocation(dns_name=name, dns_type=kind), f"{name} {kind}", message)


def _found(location: Location, identity: str, message: str) -> Finding:
    return Finding(message=message, location=location, identity=identity)


TRANSPORT_RULES = (
    mta_sts_broken,
    mta_sts_refuses_mx,
    mta_sts_would_refuse_mx,
    mta_sts_not_enforced,
    tls_reports_missing,
    bimi_not_shown,
    sender_has_no_name,
    mx_without_trusted_tls,
)
