"""Questions to name servers by UDP, and by TCP where the answer does not fit (RFC 1035, RFC 7766).

dnspython's messages and transports, without its resolver: that caches by name and type alone and
hides which server said what.
"""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from launchready.facts.dns import DnsAnswer, DnsRecord, DnsStatus
from launchready.frozen import frozen
from launchready.gateways.at_once import at_once

if TYPE_CHECKING:
    from dns.message import Message

_PUBLIC = ("1.1.1.1", "8.8.8.8", "9.9.9.9")
_GIVEN_UP = 2  # silent questions after which a network without DNS is not waited for any more
_LATER = 1 << 30
_SIZE = 1232  # bytes that pass without being cut up (dnsflagday.net/2020)


@frozen
class NameServer:
    """Where a name server listens."""

    ip: str
    port: int = 53

    def __str__(self) -> str:
        return self.ip if self.port == 53 else f"{self.ip}#{self.port}"


class DnsClient:
    """Asks recursive servers, one after the other until one answers. Threads may share it.

    `seconds` is how long one waits for one, `tries` how often all are asked.
    """

    def __init__(
        self, servers: Iterable[NameServer] = (), *, seconds: float = 3.0, tries: int = 2
    ) -> None:
        self.servers = tuple(servers) or _system()
        self._seconds = seconds
        self._tries = tries
        self._known: dict[tuple[str, str], DnsAnswer] = {}
        self._lock = threading.Lock()
        self.asked = 0
        self._silent = 0  # questions that no server answered, as long as none was

    def ask(self, name: str, kind: str) -> DnsAnswer:
        """An answer, asked once in a run."""
        key = (name.lower().removesuffix("."), kind)
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = self._ask_any(*key)
            with self._lock:
                self._known[key] = known
        return known

    def ask_all(self, names: Iterable[str], kind: str) -> tuple[DnsAnswer, ...]:
        """The answers about several names, asked at once; in their order."""
        return at_once(lambda name: self.ask(name, kind), names)

    def _ask_any(self, name: str, kind: str) -> DnsAnswer:
        answer = DnsAnswer(name=name, type=kind, status=DnsStatus.UNREACHABLE)
        if self._silent >= _GIVEN_UP:
            return answer
        for server in self.servers * self._tries:
            answer = self.ask_at(server, name, kind)
            if answer.status in (DnsStatus.TIMEOUT, DnsStatus.UNREACHABLE):
                continue
            self._silent = -_LATER
            if answer.status.is_known or answer.status is DnsStatus.BAD_NAME:
                return answer
        if answer.status in (DnsStatus.TIMEOUT, DnsStatus.UNREACHABLE):
            self._silent += 1
        return answer

    def ask_at(self, server: NameServer, name: str, kind: str) -> DnsAnswer:
        """What one server answers."""
        import dns.exception
        import dns.message
        import dns.name

        with self._lock:
            self.asked += 1
        try:
            query = dns.message.make_query(_name(name), kind, use_edns=0, payload=_SIZE)
        except (dns.exception.DNSException, UnicodeError):
            return DnsAnswer(name=name, type=kind, status=DnsStatus.BAD_NAME)
        try:
            reply = self._exchange(query, server)
        except dns.exception.Timeout:
            return _nothing(name, kind, DnsStatus.TIMEOUT, server)
        except (OSError, EOFError):
            return _nothing(name, kind, DnsStatus.UNREACHABLE, server)
        except dns.exception.DNSException:
            return _nothing(name, kind, DnsStatus.FAILED, server)
        return _read(reply, name, kind, server)

    def _exchange(self, query: "Message", server: NameServer) -> "Message":
        import dns.query

        reply, _ = dns.query.udp_with_fallback(
            query, server.ip, timeout=self._seconds, port=server.port, ignore_unexpected=True
        )
        return reply


def _name(text: str) -> Any:
    """A name as asked: labels may hold any sign that a text has, as SPF's macros make them."""
    import dns.name

    if text.isascii():
        return dns.name.from_text(text)
    return dns.name.from_text(text, idna_codec=dns.name.IDNA_2003_Practical)


def _nothing(name: str, kind: str, status: DnsStatus, server: NameServer) -> DnsAnswer:
    return DnsAnswer(name=name, type=kind, status=status, server=str(server))


def _read(reply: "Message", name: str, kind: str, server: NameServer) -> DnsAnswer:
    import dns.rcode
    import dns.rdatatype

    codes = {
        dns.rcode.NOERROR: DnsStatus.FOUND,
        dns.rcode.NXDOMAIN: DnsStatus.NO_NAME,
        dns.rcode.REFUSED: DnsStatus.REFUSED,
    }
    status = codes.get(reply.rcode(), DnsStatus.FAILED)
    wanted = dns.rdatatype.from_text(kind)
    records = tuple(
        DnsRecord(
            name=str(found.name).removesuffix(".").lower(),
            type=kind,
            text=_text(rdata),
            ttl=found.ttl,
        )
        for found in reply.answer
        if found.rdtype == wanted
        for rdata in found
    )
    aliases = tuple(
        str(rdata.target).removesuffix(".").lower()
        for found in reply.answer
        if found.rdtype == dns.rdatatype.CNAME and wanted != dns.rdatatype.CNAME
        for rdata in found
    )
    if status is DnsStatus.FOUND and not records:
        status = DnsStatus.NO_DATA
    return DnsAnswer(
        name=name,
        type=kind,
        status=status,
        records=tuple(sorted(records, key=lambda record: record.text)),
        aliases=aliases,
        server=str(server),
    )


def _text(rdata: Any) -> str:
    """A record's text; the strings of TXT joined, byte for byte."""
    strings = getattr(rdata, "strings", None)
    return b"".join(strings).decode("latin-1") if strings is not None else str(rdata)


def _system() -> tuple[NameServer, ...]:
    """The machine's own resolvers, or public ones where it names none."""
    import dns.exception
    import dns.resolver

    try:
        found = dns.resolver.Resolver().nameservers
    except (dns.exception.DNSException, OSError):
        found = []
    return tuple(NameServer(ip=str(ip)) for ip in (found or _PUBLIC))
