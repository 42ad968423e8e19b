"""The faults of the lab: the edge's are nginx's, the application's are in `app_faults`."""

from tests.edge.app_faults import APP_FAULTS, changed, headers
from tests.edge.lab import Fault
from tests.edge.nginx import LEAKING, TO_WWW, WWW, Edge
from tests.edge.page_faults import PAGE_FAULTS

_APP = "proxy_pass http://app;"
# Keeps private pages, each for its own visitor: no leak yet.
_STORING = """
    proxy_cache pages; proxy_cache_key $server_port$uri$http_cookie; proxy_cache_valid 200 1m;
    proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
    add_header X-Cache-Status $upstream_cache_status always;"""


def _certificate(kind: str) -> Fault:
    return Fault(
        "certificate-not-trusted",
        Edge(www_certificate=kind),
        also=frozenset({"route-does-not-answer"}),
    )


_EDGE: dict[str, Fault] = {
    "plain HTTP serves the site": Fault("http-not-redirected", Edge(plain=_APP)),
    "the bare domain serves it too": Fault("second-canonical-host", Edge(apex=_APP)),
    "the redirect loses the path": Fault(
        "redirect-loses-address", Edge(apex=f"return 301 https://{WWW}/;")
    ),
    "the redirect loses the query": Fault(
        "redirect-loses-address", Edge(plain=f"return 301 https://{WWW}$uri;")
    ),
    "the redirect is temporary": Fault(
        "redirect-is-temporary", Edge(apex=f"return 302 https://{WWW}$request_uri;")
    ),
    "the redirect goes to plain HTTP": Fault(
        "redirect-to-plain-http", Edge(apex=f"return 301 http://{WWW}$request_uri;")
    ),
    "a circle": Fault("redirect-never-ends", Edge(plain="return 301 http://$host$request_uri;")),
    "one hop after the other": Fault(
        "redirect-in-several-hops", Edge(plain="return 301 https://$host$request_uri;")
    ),
    "the bare domain is parked": Fault(
        "way-in-ends-elsewhere", Edge(apex="return 301 https://parking.test/;")
    ),
    "plain HTTP is closed": Fault("way-in-closed", Edge(listens_plain=False)),
    "a forged host is followed": Fault(
        "redirect-follows-forged-host",
        Edge(
            plain="if ($http_x_forwarded_host) { return 301"
            f" https://$http_x_forwarded_host$request_uri; }} {TO_WWW}"
        ),
    ),
    "a cache that heeds nothing": Fault(
        "cache-leaks-account",
        Edge(account=LEAKING),
        also=frozenset({"protected-route-open"}),
    ),
    "a cache that keeps private pages": Fault("private-page-from-cache", Edge(account=_STORING)),
    "no CDN where one is declared": Fault("cdn-not-as-declared", Edge(assets="")),
    "old protocols": Fault(
        "tls-protocol-old", Edge(protocols="TLSv1 TLSv1.2 TLSv1.3", ciphers="ECDHE:!eNULL")
    ),
    "without TLS 1.3": Fault("tls-protocol-missing", Edge(protocols="TLSv1.2")),
    "a cipher without secrecy": Fault(
        "tls-cipher-weak", Edge(ciphers="ECDHE+AESGCM:ECDHE-ECDSA-NULL-SHA")
    ),
    "no HTTP/2": Fault("http2-not-offered", Edge(http2="")),
    "expired": _certificate("expired"),
    "not yet valid": _certificate("not yet valid"),
    "of another host": _certificate("of another host"),
    "self-signed": _certificate("self-signed"),
    "of an unknown authority": _certificate("of an unknown authority"),
    "without its intermediate": _certificate("without its intermediate"),
    "the bare domain is in no certificate": Fault(
        "certificate-not-trusted", Edge(apex_certificate="without the bare domain")
    ),
    "a chain in disorder": Fault("chain-in-disorder", Edge(www_certificate="in disorder")),
    "about to expire": Fault(
        "certificate-about-to-expire", Edge(www_certificate="about to expire")
    ),
    "late": Fault("certificate-renewal-late", Edge(www_certificate="late")),
    "a certificate without names": Fault(
        "certificate-without-names", Edge(www_certificate="without names")
    ),
    "a weak key": Fault(
        "certificate-is-weak",
        Edge(www_certificate="weak"),
        also=frozenset({"route-does-not-answer"}),
    ),
    "IPv6 was forgotten by the renewal": Fault(
        "addresses-differ-in-certificate", Edge(v6_certificate="of an earlier renewal")
    ),
    "IPv6 shows an expired certificate": Fault(
        "certificate-not-trusted",
        Edge(v6_certificate="expired"),
        also=frozenset({"address-does-not-serve"}),
    ),
    "IPv6 shows another's certificate": Fault(
        "certificate-not-trusted",
        Edge(v6_certificate="of another host"),
        also=frozenset({"address-does-not-serve"}),
    ),
    "IPv6 serves another release": Fault(
        "releases-mixed",
        Edge(v6='location = / { add_header X-Release 0b7aa1f20c11; return 200 "<h1>Old</h1>"; }'),
        also=frozenset({"address-serves-another-page"}),
    ),
    "IPv6 shows the server's own page": Fault(
        "address-serves-another-page",
        Edge(v6='location = / { default_type text/html; return 200 "<title>Apache2</title>"; }'),
    ),
    "IPv6 finds nothing": Fault(
        "address-serves-another-page", Edge(v6="location = / { return 404; }")
    ),
    "IPv6 is down": Fault("address-does-not-serve", Edge(v6="location = / { return 502; }")),
    "the repository is served": Fault(
        "private-file-public",
        Edge(www='location = /.git/HEAD { return 200 "ref: refs/heads/main\\n"; }'),
    ),
    "folders list their files": Fault(
        "inner-page-public",
        Edge(
            www="location = /uploads/ { default_type text/html;"
            ' return 200 "<html><head><title>Index of /uploads/</title></head></html>"; }'
        ),
    ),
}
FAULTS = {**_EDGE, **APP_FAULTS, **PAGE_FAULTS}
# Where no rule may fire.
SILENT: dict[str, Fault] = {
    "the clean site": Fault(""),
    "the clean site, with other certificates on IPv6": Fault(
        "", Edge(v6_certificate="of another day")
    ),
    "a gate for bots": Fault(
        "",
        Edge(www='add_header cf-mitigated challenge always; location = / { return 403 "wait"; }'),
    ),
    "policies that fit": Fault(
        "",
        app=changed(
            headers(
                (
                    "Content-Security-Policy",
                    "script-src 'self' https://*.stripe.com 'nonce-r4nd'; frame-ancestors 'none'",
                )
            ),
        ),
    ),
}
