"""A domain whose mail is right, ways to spoil it, and what is found then."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.nameserver import Server, Zone

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Finding
from launchready.site import Mail, MailSender, Site
from launchready.steps.email_check import STEP
from launchready.steps.email_check.settings import EmailCheckSettings

DOMAIN = "shop.test"


def key(bits: int) -> str:
    """A DKIM key record with a new key."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    der = made.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


GOOD_KEY, SHORT_KEY = key(2048), key(1024)
RIGHT: Zone = {
    DOMAIN: [
        ("TXT", "v=spf1 include:_spf.google.com include:spf.mtasv.net ~all"),
        ("TXT", "google-site-verification=x"),
        ("MX", "1 smtp.google.com."),
    ],
    "_spf.google.com": [("TXT", "v=spf1 ip4:203.0.113.0/24 ~all")],
    "spf.mtasv.net": [("TXT", "v=spf1 ip4:198.51.100.0/24 ~all")],
    "smtp.google.com": [("A", "142.250.1.27"), ("AAAA", "2a00:1450::27")],
    f"google._domainkey.{DOMAIN}": [("TXT", GOOD_KEY)],
    f"pm._domainkey.{DOMAIN}": [("CNAME", "pm.dkim.mtasv.net.")],
    "pm.dkim.mtasv.net": [("TXT", GOOD_KEY)],
    f"_dmarc.{DOMAIN}": [("TXT", f"v=DMARC1; p=reject; rua=mailto:d@{DOMAIN}")],
}
SENDERS = (
    MailSender(provider="Google", selectors=("google",)),
    MailSender(provider="postmark", selectors=("pm",)),
)


def zone(**changes: list[tuple[str, str]] | None) -> Zone:
    """The right zone but for some names: `spf`, `dmarc`, `mx`, `pm`, and others by their name."""
    places = {"dmarc": f"_dmarc.{DOMAIN}", "pm": f"pm._domainkey.{DOMAIN}", "apex": DOMAIN}
    made = dict(RIGHT)
    for name, records in changes.items():
        place = places.get(name, name)
        if records is None:
            made.pop(place)
        else:
            made[place] = records
    return made


def apex(*texts: str, mx: str | None = "1 smtp.google.com.") -> Zone:
    """The right zone with these TXT records at the domain."""
    records = [("TXT", text) for text in texts]
    return zone(apex=[*records, *([("MX", mx)] if mx else [])])


def look(
    server: Server,
    root: Path,
    senders: tuple[MailSender, ...] = SENDERS,
    given: Mapping[str, Any] | None = None,
    **mail: Any,
) -> tuple[list[Finding], list[object]]:
    """What is found, and what was seen."""
    site = Site(url=f"https://www.{DOMAIN}/", mail=Mail(senders=senders, **mail))
    settings = EmailCheckSettings(site=site, resolvers=(server.address,), **(given or {}))
    gateways = Gateways(root=root, git=Git(root), progress=Progress(None))
    seen = list(STEP.observe(settings, gateways))
    return [found for fact in seen for found in STEP.findings(fact, settings)], seen
