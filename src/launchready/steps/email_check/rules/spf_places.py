"""How terms of an SPF record are shown, and where a finding about it is."""

from launchready.model import DnsLocation, Evidence, Finding, JsonScalar
from launchready.steps.email_check.seen import SpfFacts


def shown(text: str) -> str:
    """A term as a message may show it."""
    return "".join(s if s.isascii() and s.isprintable() and s != "`" else "?" for s in text[:80])


def finding(seen: SpfFacts, message: str, *measured: tuple[str, JsonScalar]) -> Finding:
    """A finding about the SPF record of a domain."""
    return Finding(
        message=message,
        location=DnsLocation(dns_name=seen.domain, dns_type="TXT"),
        identity=f"{seen.domain} spf",
        evidence=Evidence(measured=measured),
    )
