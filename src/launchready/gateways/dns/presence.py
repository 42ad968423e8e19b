"""Whether the internet's names can be looked up from here at all: told before much is asked."""

import socket
import threading
from collections.abc import Iterable

from launchready.facts.dns import DnsStatus
from launchready.gateways.dns.client import DnsClient, NameServer

_SECONDS = 2.0  # a resolver that is there answers in a tenth of it
_MOST_SERVERS = 2
_OF_THE_MACHINE = 1.0  # seconds; a line of /etc/hosts is found at once


def why_no_names(name: str, servers: Iterable[NameServer] = ()) -> str | None:
    """Why nothing can be learnt of a name here, None where something can; in about four seconds.

    Without `servers` the machine's own are asked. Needs dnspython.
    """
    client = DnsClient(servers, seconds=_SECONDS, tries=1)
    client.servers = client.servers[:_MOST_SERVERS]
    answer = client.ask(name, "A")
    if answer.status in (DnsStatus.TIMEOUT, DnsStatus.UNREACHABLE):
        return "no name server answers here"
    top = name.rpartition(".")[2]
    is_absent = answer.status is DnsStatus.NO_NAME
    if is_absent and client.ask(top, "SOA").status is DnsStatus.NO_NAME:
        return f"the name server here says that there is no top-level domain {top!r} either"
    return None


def is_known_here(name: str) -> bool:
    """Whether the machine itself has an address for a name, as in its file of hosts."""
    found = threading.Event()

    def look() -> None:
        try:
            socket.getaddrinfo(name, None)
        except (OSError, UnicodeError):
            return
        found.set()

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(_OF_THE_MACHINE)
    return found.is_set()
