"""Host names -> addresses, by the system's resolver or as the user gives them."""

import socket
import threading
from collections.abc import Mapping

from launchready.facts.web import Address, Lookup, Trouble

# What says that the name is not there; everything else is the resolver's own trouble (RFC 3493, 6).
_ABSENT = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Names:
    """Looks each name up once. `given` are addresses by host and port that take the place of a
    name's own.
    """

    def __init__(self, given: Mapping[tuple[str, int], tuple[Address, ...]] | None = None) -> None:
        self._given = dict(given or {})
        self._known: dict[str, Lookup] = {}
        self._lock = threading.Lock()

    def lookup(self, host: str, port: int) -> Lookup:
        """The addresses of a host: those of IPv4 first, which every runner can reach."""
        if (host, port) in self._given:
            return Lookup(host=host, addresses=self._given[host, port], is_given=True)
        with self._lock:
            if host not in self._known:
                self._known[host] = _ask(host)
            return self._known[host]


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
