"""Rules on TLS protocols and ciphers."""

from collections.abc import Iterator

from launchready.facts.tls import TlsFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.rules.tls_places import finding
from launchready.steps.smoke_test.settings import SmokeTestSettings

_OLD = ("TLSv1", "TLSv1.1")
_MAIL_PORT = 25


@rule(TlsFacts, Severity.ERROR)
def tls_not_offered(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an address of a host that offers no TLS.

    Browsers ask by HTTPS first: visitors see an error, on this address or on all.

    Add the host to the domains of the place where it is served, so that it gets a certificate; on a
    server of your own, let it listen on 443.

    Bad:
        www.example.com:443 -> the connection was refused
    Good:
        www.example.com:443 -> TLS 1.3
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2
    """
    del settings
    if seen.trouble is not None:
        detail = f": {seen.detail}" if seen.detail else ""
        yield finding(seen, f"no TLS at {seen.address.ip}: {seen.trouble.value}{detail}")


@rule(TlsFacts, Severity.WARNING)
def tls_protocol_old(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a server that accepts TLS 1.0 or 1.1.

    Both are broken and forbidden (RFC 8996); audits by customers and card companies fail on them.

    Accept 1.2 and 1.3 only: `ssl_protocols TLSv1.2 TLSv1.3;` (nginx), "Minimum TLS version 1.2"
    (Cloudflare).

    Bad:
        TLSv1, TLSv1.1, TLSv1.2
    Good:
        TLSv1.2, TLSv1.3
    Reference: https://www.rfc-editor.org/rfc/rfc8996
    """
    del settings
    old = [name for name in _OLD if name in seen.protocols]
    if old and seen.port != _MAIL_PORT:  # between mail servers, old is better than in clear
        yield finding(seen, f"{' and '.join(old)} {'are' if len(old) > 1 else 'is'} accepted")


@rule(TlsFacts, Severity.NOTE)
def tls_protocol_missing(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a server that does not offer TLS 1.3.

    Each new connection takes one round trip more than it must.

    Accept 1.2 and 1.3.

    Bad:
        TLSv1.2
    Good:
        TLSv1.2, TLSv1.3
    Reference: https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1
    """
    del settings
    if seen.protocols and "TLSv1.3" not in seen.protocols:
        yield finding(seen, "TLS 1.3 is not offered")


@rule(TlsFacts, Severity.ERROR)
def tls_cipher_weak(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a server that accepts a cipher which protects nothing.

    A client that is talked into it sends passwords that anyone on the way can read.

    Take the "intermediate" list of Mozilla's generator.

    Bad:
        ECDHE-RSA-NULL-SHA is accepted
    Good:
        ECDHE-ECDSA-AES128-GCM-SHA256
    Reference: https://ssl-config.mozilla.org/
    """
    del settings
    if seen.weak_ciphers and seen.port != _MAIL_PORT:
        yield finding(seen, f"the weak cipher {seen.weak_ciphers[0]} is accepted")


@rule(TlsFacts, Severity.NOTE)
def http2_not_offered(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a host that speaks only HTTP/1.1.

    Browsers load the page's files six at a time and no more.

    `listen 443 ssl http2;` (nginx); every CDN offers it.

    Bad:
        ALPN: http/1.1
    Good:
        ALPN: h2
    Reference: https://www.rfc-editor.org/rfc/rfc9113
    """
    host = settings.site.host
    if seen.protocols and seen.alpn != "h2" and seen.host == host and seen.port != _MAIL_PORT:
        yield finding(seen, "HTTP/2 is not offered")


PROTOCOL_RULES = (
    tls_not_offered,
    tls_protocol_old,
    tls_protocol_missing,
    tls_cipher_weak,
    http2_not_offered,
)
