"""Who issues certificates, and by which domains CAA records call them.

The domains are those that each authority names in its certification practice statement, as the
Common CA Database lists them (https://www.ccadb.org/resources); `organisations` are parts of what
its certificates have as the issuer's organisation.
"""

from launchready.frozen import frozen


@frozen
class Authority:
    """An authority: `name`, the parts of its `organisations`, and the `domains` of CAA."""

    name: str
    organisations: tuple[str, ...]
    domains: tuple[str, ...]


def _of(name: str, organisations: str, domains: str) -> Authority:
    parts = tuple(part.strip() for part in organisations.split(","))
    return Authority(name=name, organisations=parts, domains=tuple(domains.split()))


AUTHORITIES = (
    _of("Let's Encrypt", "let's encrypt", "letsencrypt.org"),
    _of("Google Trust Services", "google trust services", "pki.goog"),
    _of("Amazon", "amazon", "amazon.com amazontrust.com awstrust.com amazonaws.com"),
    _of(
        "DigiCert",
        "digicert, geotrust, thawte, rapidssl",
        "digicert.com www.digicert.com geotrust.com rapidssl.com thawte.com symantec.com"
        " digitalcertvalidation.com",
    ),
    _of(
        "Sectigo",
        "sectigo, comodo, usertrust",
        "sectigo.com comodo.com comodoca.com usertrust.com trust-provider.com",
    ),
    _of("ZeroSSL", "zerossl", "sectigo.com comodoca.com zerossl.com"),
    _of("GlobalSign", "globalsign", "globalsign.com"),
    _of("GoDaddy", "godaddy, starfield", "godaddy.com starfieldtech.com"),
    _of("SSL.com", "ssl corporation, ssl.com", "ssl.com"),
    _of("Entrust", "entrust", "entrust.net affirmtrust.com"),
    _of("Buypass", "buypass", "buypass.com buypass.no"),
    _of("Actalis", "actalis", "actalis.it"),
    _of("Microsoft", "microsoft corporation", "microsoft.com"),
    _of("Certum", "asseco, unizeto", "certum.pl certum.eu"),
    _of("HARICA", "hellenic academic", "harica.gr"),
)


def authority_of(issuer: str) -> Authority | None:
    """The authority that a certificate's issuer names."""
    text = issuer.casefold().replace("\u2019", "'").replace("\\", "")
    for each in AUTHORITIES:
        if any(part in text for part in each.organisations):
            return each
    return None
