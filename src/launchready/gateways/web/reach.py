"""Where a run may ask, and how often: only declared hosts, no private networks, within a limit."""

import ipaddress
import threading
from collections.abc import Collection

from launchready.facts.web import Address


class Allowance:
    """How many requests are left; threads share one."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.spent = 0
        self._lock = threading.Lock()

    @property
    def left(self) -> int:
        """How many may still be made."""
        return self.most - self.spent

    def take(self) -> bool:
        """Take one; False where none is left."""
        with self._lock:
            if self.spent >= self.most:
                return False
            self.spent += 1
            return True


class Reach:
    """The hosts that the config names; `private` ones may have addresses of private networks."""

    def __init__(self, hosts: Collection[str], private: Collection[str] = ()) -> None:
        self.hosts = frozenset(host.lower().rstrip(".") for host in hosts)
        self.private = frozenset(host.lower().rstrip(".") for host in private)

    def why_not_host(self, host: str) -> str:
        """Why a host must not be asked; "" where it may."""
        if host in self.hosts:
            return ""
        return f"{host} is not among the hosts of `site`"

    def why_not_address(self, host: str, address: Address) -> str:
        """Why an address of a host must not be asked; "" where it may.

        What is not globally reachable by IANA's registries (RFC 6890) may be a machine of the
        network in which this runs, such as a cloud's metadata service.
        """
        if host in self.private or is_global(address):
            return ""
        return f"{host} has the private address {address.ip}"


def is_global(address: Address) -> bool:
    """Whether an address is one of the public internet."""
    try:
        parsed = ipaddress.ip_address(address.ip.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    found = mapped or parsed
    return found.is_global and not found.is_multicast
