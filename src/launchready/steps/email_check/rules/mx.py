"""Rules on the hosts that take a domain's mail."""

import ipaddress
from collections.abc import Iterator

from launchready.facts.dns import DnsStatus
from launchready.model import DnsLocation, Finding, Severity
from launchready.step import rule
from launchready.steps.email_check.seen import MxFacts
from launchready.steps.email_check.settings import EmailCheckSettings


@rule(MxFacts, Severity.ERROR)
def mx_missing(seen: MxFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a domain that receives mail and names no host for it.

    Answers of customers come back as undeliverable.

    Publish the MX records of the mail service; where nothing is received, `receives: false` and
    `MX 0 .` (RFC 7505).

    Bad:
        example.com MX: the name has no such record
    Good:
        example.com MX 1 smtp.google.com
    Reference: https://www.rfc-editor.org/rfc/rfc5321#section-5.1
    """
    del settings
    if seen.mail.receives and not seen.answer.records:
        yield _finding(seen, f"{seen.domain} receives mail and has no MX record")
    elif seen.mail.receives and not seen.hosts:
        yield _finding(
            seen, f"{seen.domain} receives mail, and its MX record says that it does not"
        )


@rule(MxFacts, Severity.ERROR)
def mx_leads_nowhere(seen: MxFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a host in the MX records that has no address, or a private one.

    Mail that goes there first is late, or comes back. Where the name's domain is not registered,
    whoever buys it gets the mail.

    Remove the record, or mend its name.

    Bad:
        example.com MX 10 mail.old-host.example (not there)
    Good:
        example.com MX 1 smtp.google.com
    Reference: https://www.rfc-editor.org/rfc/rfc5321#section-5.1
    """
    del settings
    for host, (v4, v6) in seen.hosts:
        statuses = (v4.status, v6.status)
        if any(not status.is_known for status in statuses):
            continue
        if DnsStatus.FOUND not in statuses:
            yield _finding(seen, f"the MX host {_shown(host)} has no address")
        elif not any(_is_public(text) for text in (*v4.texts, *v6.texts)):
            yield _finding(seen, f"the MX host {_shown(host)} has only private addresses")


@rule(MxFacts, Severity.WARNING)
def mx_is_alias(seen: MxFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a host in the MX records that is only another name of one (CNAME).

    Some servers do not deliver there.

    Write the host's own name into the record.

    Bad:
        example.com MX 10 mail.example.com, mail.example.com CNAME host.example.net
    Good:
        example.com MX 10 host.example.net
    Reference: https://www.rfc-editor.org/rfc/rfc2181#section-10.3
    """
    del settings
    for host, (v4, v6) in seen.hosts:
        aliases = (*v4.aliases, *v6.aliases)
        if aliases:
            yield _finding(seen, f"the MX host {_shown(host)} is an alias of {_shown(aliases[-1])}")


def _is_public(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_global
    except ValueError:
        return False


def _shown(host: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-._" else "?" for sign in host[:120])


def _finding(seen: MxFacts, message: str) -> Finding:
    location = DnsLocation(dns_name=seen.domain, dns_type="MX")
    return Finding(message=message, location=location, identity=f"{seen.domain} mx")


MX_RULES = (mx_missing, mx_leads_nowhere, mx_is_alias)
