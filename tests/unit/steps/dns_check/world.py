"""A small internet on loopback: a top-level domain, two name servers of a shop, and resolvers.

The addresses in the zones are of the public internet, as they must be for a domain without faults;
`--servers-at` leads the questions for them to loopback.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.nameserver import Server, Zone, name_server

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Finding
from launchready.site import Site
from launchready.steps.dns_check import STEP
from launchready.steps.dns_check.settings import Area, DnsCheckSettings

DOMAIN = "shop.test"
SOA = ("SOA", "ns1.dns.test. hostmaster.shop.test. 2026112401 14400 3600 1209600 300")
NS = [("NS", "ns1.dns.test."), ("NS", "ns2.dns.test.")]
TOP: Zone = {
    "test": [("SOA", "a.nic.test. x.nic.test. 1 14400 3600 1209600 300"), ("NS", "a.nic.test.")],
    "a.nic.test": [("A", "5.1.0.1")],
    "dns.test": [("NS", "ns1.dns.test.")],
    "ns1.dns.test": [("A", "5.2.0.1")],
    "ns2.dns.test": [("A", "5.3.0.1")],
}
RIGHT: Zone = {
    DOMAIN: [SOA, *NS, ("A", "5.9.0.7"), ("AAAA", "2a01:4f8::7"), ("MX", "1 mx.shop.test.")],
    f"www.{DOMAIN}": [("A", "5.9.0.7"), ("AAAA", "2a01:4f8::7")],
    f"api.{DOMAIN}": [("CNAME", "lb.host.test.")],
    f"mx.{DOMAIN}": [("A", "5.9.0.8")],
    f"staging.{DOMAIN}": [("A", "5.8.0.1")],
}
OUTSIDE: Zone = {"host.test": [("NS", "ns1.dns.test.")], "lb.host.test": [("A", "5.9.0.9")]}
_PLACES = {"parent": "5.1.0.1", "ns1": "5.2.0.1", "ns2": "5.3.0.1"}


class World:
    """The servers. `run` looks at the shop; what is wrong is set before."""

    def __init__(self, servers: dict[str, Server]) -> None:
        self.servers = servers
        self.set()

    def set(
        self,
        zone: Zone | None = None,
        *,
        second: Zone | None = None,
        outside: Zone | None = None,
        delegated: list[str] | None = None,
        glue: Zone | None = None,
        public: Zone | None = None,
        ttls: dict[str, int] | None = None,
    ) -> None:
        """What each says: `second` is the zone at the second name server, `ttls` are theirs."""
        zone = RIGHT if zone is None else zone
        everything = {**TOP, **OUTSIDE, **(outside or {})}
        names = delegated or [text for kind, text in zone.get(DOMAIN, ()) if kind == "NS"]
        direct: dict[str, Any] = {"recurses": False}
        self.servers["parent"].reset({**TOP, **(glue or {})}, delegations={DOMAIN: names}, **direct)
        self.servers["ns1"].reset(zone, ttls=ttls or {}, **direct)
        self.servers["ns2"].reset(zone if second is None else second, ttls=ttls or {}, **direct)
        resolved = {"is_authoritative": False}
        self.servers["resolver"].reset({**everything, **zone}, **resolved)
        self.servers["public"].reset({**everything, **(public or zone)}, **resolved)

    def settings(self, **given: Any) -> DnsCheckSettings:
        """Those of a run in this world."""
        at = [f"{ip}={self.servers[name].address}" for name, ip in _PLACES.items()]
        made: dict[str, Any] = {
            "site": Site(url=f"https://www.{DOMAIN}/"),
            "resolvers": (self.servers["resolver"].address,),
            "public": (self.servers["public"].address,),
            "servers_at": (
                *at,
                f"5.2.0.9={self.servers['ns2'].address}",
                f"*={self.servers['parent'].address}",
            ),
            "skip": (Area.EXPIRY, Area.CAA, Area.TAKEOVER),
            "resolve": tuple(
                f"{name}:{port}:127.0.0.1:9"
                for name in (DOMAIN, f"www.{DOMAIN}")
                for port in (80, 443)
            ),  # where nobody listens
            "timeout": 0.5,
        }
        return DnsCheckSettings(**{**made, **given})

    def run(self, root: Path, **given: Any) -> tuple[list[Finding], list[object]]:
        """What is found, and what was seen."""
        return judge(self.settings(**given), root)


def judge(settings: DnsCheckSettings, root: Path) -> tuple[list[Finding], list[object]]:
    """What is found, and what was seen."""
    gateways = Gateways(root=root, git=Git(root), progress=Progress(None))
    seen = list(STEP.observe(settings, gateways))
    return [found for fact in seen for found in STEP.findings(fact, settings)], seen


@contextmanager
def world() -> Iterator[World]:
    """The servers, until the block ends."""
    with ExitStack() as stack:
        names = ("parent", "ns1", "ns2", "resolver", "public")
        yield World({name: stack.enter_context(name_server({})) for name in names})
