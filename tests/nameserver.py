"""A real name server on loopback, by UDP and TCP, for zones that a test writes."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

Zone = dict[str, list[tuple[str, str]]]


@dataclass
class Server:
    """A running server: `address` for `--resolvers`, `asked` what came in as (name, type).

    `silent` are names about which it says nothing, `broken` those for which it fails; with "*",
    all. `delegations` are zones below with their name servers, of which `zone` has the addresses as
    glue. `refused` says that it knows nothing, `is_authoritative` that its answers have AA, and
    `gives_zone` that anybody may transfer it. `ttls` are by name, `foreign` what it looks up.
    """

    zone: Zone
    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    silent: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    delegations: dict[str, list[str]] = field(default_factory=dict)
    ttls: dict[str, int] = field(default_factory=dict)
    refused: bool = False
    is_authoritative: bool = True
    recurses: bool = True
    speaks_tcp: bool = True
    gives_zone: bool = False
    knows_edns: bool = True
    foreign: Zone = field(default_factory=dict)

    def reset(self, zone: Zone, **given: Any) -> None:
        """Serve another zone from now on, with no faults but those given."""
        fresh = Server(zone=zone, port=self.port, **given)
        self.__dict__.update(fresh.__dict__)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.port}"

    def answer(self, wire: bytes) -> bytes | None:
        """What it says to a query."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if name in self.silent or "*" in self.silent:
            return None
        reply = dns.message.make_response(query)
        if query.edns >= 0 and not self.knows_edns:
            reply.use_edns(False)
            reply.set_rcode(dns.rcode.FORMERR)
            return reply.to_wire()
        reply.flags |= dns.flags.AA if self.is_authoritative else 0
        reply.flags |= dns.flags.RA if self.recurses else 0
        below = next((z for z in self.delegations if f".{name}".endswith(f".{z}")), None)
        if name in self.foreign:
            reply.flags &= ~dns.flags.AA
        if name in self.broken or "*" in self.broken:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif self.refused or (kind == "AXFR" and not self.gives_zone):
            reply.set_rcode(dns.rcode.REFUSED)
        elif below is not None:
            self._refer(reply, below)
        else:
            self._fill(reply, name, "SOA" if kind == "AXFR" else kind)
        return reply.to_wire(max_size=65535)

    def _refer(self, reply: dns.message.Message, below: str) -> None:
        """Name the servers of a zone below, with the addresses that are known of them."""
        reply.flags &= ~dns.flags.AA
        names = self.delegations[below]
        reply.authority.append(_rrset(below, "NS", names, 300))
        for name in (name.removesuffix(".") for name in names):
            for kind, text in self.zone.get(name, ()):
                reply.additional.append(_rrset(name, kind, [text], 300))

    def _fill(self, reply: dns.message.Message, name: str, kind: str) -> None:
        for _ in range(8):
            records = self.zone.get(name, self.foreign.get(name))
            if records is None:
                is_above = any(known.endswith(f".{name}") for known in self.zone)
                reply.set_rcode(dns.rcode.NOERROR if is_above else dns.rcode.NXDOMAIN)
                return
            texts = [text for each, text in records if each == kind]
            if texts:
                reply.answer.append(_rrset(name, kind, texts, self.ttls.get(name, 300)))
                return
            aliases = [text for each, text in records if each == "CNAME"]
            if not aliases:
                return
            reply.answer.append(_rrset(name, "CNAME", aliases, self.ttls.get(name, 300)))
            name = aliases[0].removesuffix(".").lower()


def _rrset(name: str, kind: str, texts: list[str], ttl: int) -> dns.rrset.RRset:
    if kind == "TXT":  # strings of at most 255 bytes each
        texts = [
            " ".join(f'"{text[at : at + 255]}"' for at in range(0, max(len(text), 1), 255))
            for text in texts
        ]
    owner = dns.name.from_text(name)
    return dns.rrset.from_text_list(owner, ttl, dns.rdataclass.IN, kind, texts)


@contextmanager
def name_server(zone: Zone) -> Iterator[Server]:
    """Serve a zone until the block ends; no thread outlives it."""
    server, ended = Server(zone=zone), threading.Event()
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        tcp.bind(("127.0.0.1", 0))
        server.port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", server.port))
        tcp.listen(16)
        threads = [
            threading.Thread(target=_serve, args=(attend, server, sock, ended), daemon=True)
            for attend, sock in ((_attend_udp, udp), (_attend_tcp, tcp))
        ]
        for thread in threads:
            thread.start()
        try:
            yield server
        finally:
            ended.set()
            for thread in threads:
                thread.join()


def _serve(
    attend: Callable[[Server, socket.socket], None],
    server: Server,
    sock: socket.socket,
    ended: threading.Event,
) -> None:
    """Attend to one after the other; closing a socket wakes nobody who waits for it."""
    sock.settimeout(0.05)
    while not ended.is_set():
        with contextlib.suppress(OSError):
            attend(server, sock)


def _attend_udp(server: Server, udp: socket.socket) -> None:
    wire, peer = udp.recvfrom(65535)
    reply = server.answer(wire)
    if reply is None:
        return
    if len(reply) > 1232:
        cut = dns.message.make_response(dns.message.from_wire(wire))
        cut.flags |= dns.flags.TC
        reply = cut.to_wire()
    udp.sendto(reply, peer)


def _attend_tcp(server: Server, tcp: socket.socket) -> None:
    peer, _ = tcp.accept()
    with peer:
        peer.settimeout(5)
        (length,) = struct.unpack("!H", peer.recv(2))
        reply = server.answer(peer.recv(length)) if server.speaks_tcp else None
        if reply is not None:
            peer.sendall(struct.pack("!H", len(reply)) + reply)
