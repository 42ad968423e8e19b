"""Host names -> addresses, by the system's resolver or as the user gives them."""

import socket
import threading
from collections.abc import Callable, Mapping

from launchready.facts.web import Address, Lookup, Trouble
from launchready.frozen import replace

# What says that the name is not there; everything else is the resolver's own trouble (RFC 3493, 6).
_ABSENT = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Names:
    """Looks each name up once. `given` are addresses by host and port that take the place of a
    name's own; `ask` is who is asked for the others, else the system's resolver. `has_route` says
    whether this machine can reach an address of IPv6 at all: those that it cannot are left out
    where the host has others, and are then in `left_out`.
    """

    def __init__(
        self,
        given: Mapping[tuple[str, int], tuple[Address, ...]] | None = None,
        ask: Callable[[str], Lookup] | None = None,
        has_route: Callable[[str], bool] | None = None,
    ) -> None:
        self._has_route = has_route or _has_route
        self.left_out: dict[str, tuple[str, ...]] = {}
        self._given = dict(given or {})
        self._ask = ask or _ask
        self._known: dict[str, Lookup] = {}
        self._lock = threading.Lock()

    def lookup(self, host: str, port: int) -> Lookup:
        """The addresses of a host: those of IPv4 first, which every runner can reach."""
        if (host, port) in self._given:
            return Lookup(host=host, addresses=self._given[host, port], is_given=True)
        with self._lock:
            if host not in self._known:
                self._known[host] = self._reachable(self._ask(host))
            return self._known[host]

    def _reachable(self, lookup: Lookup) -> Lookup:
        lost = [each for each in lookup.addresses if each.is_v6 and not self._has_route(each.ip)]
        if not lost or len(lost) == len(lookup.addresses):
            return lookup
        self.left_out[lookup.host] = tuple(each.ip for each in lost)
        return replace(lookup, addresses=tuple(a for a in lookup.addresses if a not in lost))


def _ask(host: str) -> Lookup:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        trouble = Trouble.LOOKUP if error.errno in _ABSENT else Trouble.LOOKUP_FAILED
        return Lookup(host=host, trouble=trouble, detail=error.strerror or "")
    except (UnicodeError, ValueError):
        return Lookup(host=host, trouble=Trouble.LOOKUP, detail="it is no host name")
    every = dict.fromkeys(Address(ip=str(place[0])) for *_, place in found)
    return Lookup(host=host, addresses=tuple(sorted(every, key=lambda each: each.is_v6)))


def _has_route(ip: str) -> bool:
    """Whether there is a way to an address of IPv6. A datagram's `connect` sends nothing."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.connect((ip, 443))
    except OSError:
        return False
    return True


def given_addresses(specs: tuple[str, ...]) -> dict[tuple[str, int], tuple[Address, ...]]:
    """`--resolve` read: addresses by host and port."""
    given: dict[tuple[str, int], tuple[Address, ...]] = {}
    for spec in specs:
        host, port, rest = spec.split(":", 2)
        ip, elsewhere = _ip_and_port(rest)
        key = (host.lower(), int(port))
        given[key] = (*given.get(key, ()), Address(ip=ip, port=elsewhere))
    return given


def _ip_and_port(text: str) -> tuple[str, int | None]:
    if text.startswith("["):
        ip, _, port = text[1:].partition("]")
        return ip, int(port[1:]) if port else None
    if text.count(":") > 1:
        return text, None
    ip, _, port = text.partition(":")
    return ip, int(port) if port else None
