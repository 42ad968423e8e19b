"""Where a finding about the domain is, and how what strangers wrote is shown."""

import ipaddress
from collections.abc import Iterable

from launchready.catalog.dns_providers import of_address
from launchready.model import DnsLocation, Evidence, Finding, JsonScalar

_MOST = 80
_MOST_NAMES = 6


def found(
    name: str, kind: str, message: str, *measured: tuple[str, JsonScalar], what: str = ""
) -> Finding:
    """A finding about the records of a name; `what` tells it from others of the same rule there."""
    return Finding(
        message=message,
        location=DnsLocation(dns_name=shown(name), dns_type=kind),
        identity=f"{name} {kind} {what}".strip(),
        evidence=Evidence(measured=measured),
    )


def are_near(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether addresses may be of one service: some are the same, are in one network, or belong to
    one known service. Balancers of load give each asker others of the same network.
    """
    return bool(set(map(_whose, some)) & set(map(_whose, others)))


def network_of(ip: str) -> str:
    """The network of an address as routes have it: 24 bits of IPv4, 48 of IPv6."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _whose(ip: str) -> str:
    provider = of_address(ip)
    return provider.id if provider else network_of(ip)


def shown(text: str) -> str:
    """A name or record as a message may show it."""
    cut = text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
    return "".join(
        s if s.isprintable() and s not in "`\\" and ord(s) < 0x2027 else "?" for s in cut
    )


def listed(texts: "tuple[str, ...] | list[str] | frozenset[str]") -> str:
    """Several of them, in their order; of a set, sorted."""
    every = sorted(texts) if isinstance(texts, frozenset) else list(texts)
    more = f" and {len(every) - _MOST_NAMES} more" if len(every) > _MOST_NAMES else ""
    return ", ".join(map(shown, every[:_MOST_NAMES])) + more if every else "nothing"
