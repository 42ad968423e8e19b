"""What a page may ask: like a visitor's, but nothing of the network in which this runs."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from launchready.facts.web import Address
from launchready.gateways.web.client import Client

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_WITHIN = ("data", "blob", "about")


class Gate:
    """Judges each request of a page by the client's reach.

    Declared hosts are pinned to the addresses that the client would ask. Others are let through as
    parts of a page, since a page needs its CDN, but never as the page itself, and never at an
    address of a private network.
    """

    def __init__(self, client: Client) -> None:
        self._reach = client.reach
        self._names = client.names
        self._known: dict[tuple[str, int], str] = {}

    def why_not(self, url: str, *, is_page: bool) -> str:
        """Why a request must not be made; "" where it may."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError:
            return "it is no address"
        if parts.scheme in _WITHIN:
            return ""
        if not host or not port:
            return "it is no address of a web page"
        why = self._reach.why_not_host(host)
        if is_page and why:
            return why
        key = (host, port)
        if key not in self._known:
            self._known[key] = self._why_not_addresses(host, port)
        return self._known[key]

    def is_declared(self, url: str) -> bool:
        """Whether the config names the host."""
        try:
            return not self._reach.why_not_host((urlsplit(url).hostname or "").lower())
        except ValueError:
            return False

    def may_carry_headers(self, url: str) -> bool:
        """Whether the user's own header fields go with a request, as the client sends them."""
        host = (urlsplit(url).hostname or "").lower()
        is_safe = url.startswith(("https:", "wss:")) or host in self._reach.private
        return self.is_declared(url) and is_safe

    def pins(self, origins: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, Address]]:
        """The address at which each declared host is asked."""
        for host, port in origins:
            lookup = self._names.lookup(host, port)
            for address in lookup.addresses[:1]:
                if lookup.is_given or not self._reach.why_not_address(host, address):
                    yield host, port, address

    def _why_not_addresses(self, host: str, port: int) -> str:
        lookup = self._names.lookup(host, port)
        if lookup.is_given:
            return ""
        why = (self._reach.why_not_address(host, each) for each in lookup.addresses)
        return next((each for each in why if each), "")
