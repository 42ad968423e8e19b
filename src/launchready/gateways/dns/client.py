"""Questions to name servers by UDP, and by TCP where the answer does not fit (RFC 1035, RFC 7766).

dnspython's messages and transports, without its resolver: that caches by name and type alone and
hides which server said what.
"""

import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.frozen import frozen, replace
from launchready.gateways.at_once import at_once
from launchready.gateways.dns.reading import read_answer

if TYPE_CHECKING:
    from dns.message import Message

_PUBLIC = ("1.1.1.1", "8.8.8.8", "9.9.9.9")
_GIVEN_UP = 2  # silent questions after which a network without DNS is not waited for any more
_LATER = 1 << 30
_NO_EDNS = (1, 4)  # FORMERR and NOTIMP
_SIZE = 1232  # bytes that pass without being cut up (dnsflagday.net/2020)


@frozen
class NameServer:
    """Where a name server listens."""

    ip: str
    port: int = 53

    def __str__(self) -> str:
        return self.ip if self.port == 53 else f"{self.ip}#{self.port}"


def name_server(text: str) -> NameServer:
    """A server as settings name it: ADDRESS, ADDRESS:PORT or [ADDRESS]:PORT."""
    if text.startswith("["):
        ip, _, port = text[1:].partition("]")
        return NameServer(ip=ip, port=int(port[1:] or 53))
    ip, _, port = text.partition(":")
    return NameServer(ip=ip, port=int(port or 53))


@frozen
class How:
    """How a question is put: to a recursive server (`recurses`), by TCP from the start, with
    signatures (`signed`, EDNS's DO), with whatever does not validate (`unvalidated`, CD), in the
    way that servers of before EDNS understand (RFC 6891, section 7).
    """

    recurses: bool = True
    by_tcp: bool = False
    signed: bool = False
    unvalidated: bool = False
    knows_edns: bool = True


PLAIN = How()
DIRECT = How(recurses=False)
_UNVALIDATED = How(unvalidated=True)


class DnsClient:
    """Asks recursive servers, one after the other until one answers. Threads may share it.

    `seconds` is how long one waits for one, `tries` how often all are asked, `most` how many
    questions a run may put. `elsewhere` are servers that are asked at another place than their
    address; `*` is the place of all that are not named. With `distrusting`, a resolver that fails
    is asked once more for what it has without validating it.
    """

    def __init__(
        self,
        servers: Iterable[NameServer] = (),
        *,
        seconds: float = 3.0,
        tries: int = 2,
        most: int = 4000,
        elsewhere: Mapping[str, NameServer] | None = None,
        distrusting: bool = False,
    ) -> None:
        self.servers = tuple(servers) or _system()
        self._seconds = seconds
        self._tries = tries
        self._most = most
        self._elsewhere = dict(elsewhere or {})
        self._distrusting = distrusting
        self._known: dict[tuple[str, str], DnsAnswer] = {}
        self._told: dict[tuple[NameServer, str, str, How], DnsAnswer] = {}
        self._lock = threading.Lock()
        self.asked = 0
        self._silent = 0  # questions that no server answered, as long as none was
        self._silences: dict[NameServer, int] = {}  # the same of each server that is asked itself

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

    def ask_of(self, server: NameServer, name: str, kind: str, how: How = DIRECT) -> DnsAnswer:
        """What this server and no other says, asked once in a run, twice where it is silent.

        A server that was silent about two questions and has answered none is not waited for again.
        """
        key = (server, name.lower().removesuffix("."), kind, how)
        with self._lock:
            known = self._told.get(key)
            is_given_up = self._silences.get(server, 0) >= _GIVEN_UP
        if known is None and is_given_up:
            known = _nothing(name, kind, DnsStatus.TIMEOUT, server)
        if known is None:
            known = self._ask_twice(server, key[1], kind, how)
            with self._lock:
                self._told[key] = known
        return known

    def _ask_twice(self, server: NameServer, name: str, kind: str, how: How) -> DnsAnswer:
        answer = self.ask_at(server, name, kind, how)
        if answer.status is DnsStatus.TIMEOUT:
            answer = self.ask_at(server, name, kind, how)
        is_silent = answer.status in (DnsStatus.TIMEOUT, DnsStatus.UNREACHABLE)
        with self._lock:
            past = self._silences.get(server, 0)
            self._silences[server] = past + 1 if is_silent else -_LATER
        return answer

    def _ask_any(self, name: str, kind: str) -> DnsAnswer:
        answer = DnsAnswer(name=name, type=kind, status=DnsStatus.UNREACHABLE)
        if self._silent >= _GIVEN_UP:
            return answer
        for server in self.servers * self._tries:
            answer = self.ask_at(server, name, kind)
            if self._distrusting and answer.status is DnsStatus.FAILED:
                answer = self.ask_at(server, name, kind, _UNVALIDATED)
            if answer.status in (DnsStatus.TIMEOUT, DnsStatus.UNREACHABLE):
                continue
            self._silent = -_LATER
            if answer.status.is_known or answer.status is DnsStatus.BAD_NAME:
                return answer
        if answer.status in (DnsStatus.TIMEOUT, DnsStatus.UNREACHABLE):
            self._silent += 1
        return answer

    def ask_at(self, server: NameServer, name: str, kind: str, how: How = PLAIN) -> DnsAnswer:
        """What one server answers."""
        import dns.exception

        with self._lock:
            if self.asked >= self._most:
                return _nothing(name, kind, DnsStatus.SPENT, server)
            self.asked += 1
        try:
            query = _query(name, kind, how)
        except (dns.exception.DNSException, UnicodeError):
            return DnsAnswer(name=name, type=kind, status=DnsStatus.BAD_NAME)
        try:
            reply = self._exchange(query, server, how)
        except dns.exception.Timeout:
            return _nothing(name, kind, DnsStatus.TIMEOUT, server)
        except (OSError, EOFError):
            return _nothing(name, kind, DnsStatus.UNREACHABLE, server)
        except (dns.exception.DNSException, ValueError):
            return _nothing(name, kind, DnsStatus.FAILED, server)
        answer = read_answer(reply, name, kind, str(server))
        if reply.rcode() in _NO_EDNS and how.knows_edns:
            plain = self.ask_at(server, name, kind, replace(how, knows_edns=False))
            answer = replace(plain, lacks_edns=plain.status.is_known)
        return replace(answer, signed=answer.signed or reply.wire or b"") if how.signed else answer

    def is_led(self, server: NameServer) -> bool:
        """Whether the user says where this very server is asked."""
        return server.ip in self._elsewhere

    def place_of(self, server: NameServer) -> NameServer:
        """Where a server is really asked; one that is given with a port, there."""
        if server.port != 53:
            return server
        return self._elsewhere.get(server.ip) or self._elsewhere.get("*") or server

    def _exchange(self, query: "Message", server: NameServer, how: How) -> "Message":
        import dns.query

        where = self.place_of(server)
        if how.by_tcp:
            return dns.query.tcp(query, where.ip, timeout=self._seconds, port=where.port)
        reply, _ = dns.query.udp_with_fallback(
            query, where.ip, timeout=self._seconds, port=where.port, ignore_unexpected=True
        )
        return reply


def _query(name: str, kind: str, how: How) -> "Message":
    import dns.flags
    import dns.message

    if how.knows_edns:
        query = dns.message.make_query(
            _name(name), kind, use_edns=0, payload=_SIZE, want_dnssec=how.signed
        )
    else:
        query = dns.message.make_query(_name(name), kind)
    if not how.recurses:
        query.flags &= ~dns.flags.RD
    if how.unvalidated:
        query.flags |= dns.flags.CD
    return query


def _name(text: str) -> Any:
    """A name as asked: labels may hold any sign that a text has, as SPF's macros make them."""
    import dns.name

    if text.isascii():
        return dns.name.from_text(text)
    return dns.name.from_text(text, idna_codec=dns.name.IDNA_2003_Practical)


def _nothing(name: str, kind: str, status: DnsStatus, server: NameServer) -> DnsAnswer:
    return DnsAnswer(name=name, type=kind, status=status, server=str(server))


def _system() -> tuple[NameServer, ...]:
    """The machine's own resolvers, or public ones where it names none."""
    import dns.exception
    import dns.resolver

    try:
        found = dns.resolver.Resolver().nameservers
    except (dns.exception.DNSException, OSError):
        found = []
    return tuple(NameServer(ip=str(ip)) for ip in (found or _PUBLIC))
