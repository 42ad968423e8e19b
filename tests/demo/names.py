"""The start-up's domain on name servers of loopback, with faults that nobody has seen yet."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.nameserver import Zone, name_server

DOMAIN = "teapot.example"
_SOA = "ns1.dns.example. hostmaster.teapot.example. {serial} 14400 3600 1209600 300"

CONFIG = f"""\
version: 1
site:
  url: https://www.{DOMAIN}/
  hosts:
    - {{name: help.{DOMAIN}}}
    - {{name: staging.{DOMAIN}, kind: staging}}
  providers: [google, zendesk]
dns-check:
  skip: [caa, expiry]
"""

_ABOVE: Zone = {
    "example": [("SOA", _SOA.format(serial=1)), ("NS", "a.nic.example.")],
    "a.nic.example": [("A", "5.1.0.1")],
    "dns.example": [("NS", "ns1.dns.example.")],
    "ns1.dns.example": [("A", "5.2.0.1")],
    "ns2.dns.example": [("A", "5.3.0.1")],
    "smtp.google.com": [("A", "142.250.1.27")],
    "google.com": [("NS", "ns1.google.com.")],
    "net": [("NS", "a.nic.example.")],
    "azurewebsites.net": [("NS", "a.nic.example.")],
}


def _zone(serial: int, address: str) -> Zone:
    """The zone: `www` was moved on one name server only, staging stands on the machine of
    production, and `help` points to a name that anybody can make.
    """
    return {
        DOMAIN: [
            ("SOA", _SOA.format(serial=serial)),
            ("NS", "ns1.dns.example."),
            ("NS", "ns2.dns.example."),
            ("A", "5.9.0.7"),
            ("MX", "1 smtp.google.com."),
        ],
        f"www.{DOMAIN}": [("A", address)],
        f"staging.{DOMAIN}": [("A", "5.9.0.7")],
        f"help.{DOMAIN}": [("CNAME", "teapot-help.azurewebsites.net.")],
    }


@contextmanager
def names() -> Iterator[list[str]]:
    """The options that lead the program to the servers, until the block ends."""
    new, old = _zone(2026030202, "5.9.0.7"), _zone(2026030201, "5.9.0.3")
    with ExitStack() as stack:
        everything, above, first, second = (
            stack.enter_context(name_server(zone)) for zone in ({**_ABOVE, **new}, _ABOVE, new, old)
        )
        above.delegations = {DOMAIN: ["ns1.dns.example.", "ns2.dns.example."]}
        for server in (above, first, second):
            server.recurses = False
        places = {"5.1.0.1": above, "5.2.0.1": first, "5.3.0.1": second, "*": above}
        yield [
            f"--resolvers={everything.address}",
            f"--public={everything.address}",
            *(f"--servers-at={ip}={server.address}" for ip, server in places.items()),
        ]
