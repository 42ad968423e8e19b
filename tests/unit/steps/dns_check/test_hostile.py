"""Name servers that mean ill: what they send ends in facts or in unchecked, within limits."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import dns.flags
import dns.message
import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest
from tests.nameserver import Server, name_server
from tests.unit.reporters.factory import a_report, a_run, rendered
from tests.unit.steps.dns_check.world import DOMAIN, NS, RIGHT, SOA, World, world

from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.gateways.dns.client import DIRECT, DnsClient, NameServer
from launchready.model import Looked, Severity, Told, Unchecked
from launchready.steps.dns_check import STEP

WWW = f"www.{DOMAIN}"
Sent = Callable[[dns.message.Message], bytes | None]


@pytest.fixture(scope="module")
def servers() -> Iterator[World]:
    """One set of servers for all."""
    with world() as made:
        yield made


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of its own, which a test lets send anything."""
    with name_server({}) as made:
        yield made


def ask(server: Server, send: Sent, seconds: float = 0.2) -> DnsAnswer:
    """What the client makes of what a server sends."""
    server.answer = lambda wire: send(dns.message.from_wire(wire))  # type: ignore[method-assign]
    client = DnsClient([NameServer(ip="127.0.0.1", port=server.port)], seconds=seconds)
    return client.ask_of(client.servers[0], WWW, "A", DIRECT)


def reply(query: dns.message.Message, *sets: tuple[str, str, list[str]]) -> bytes:
    """An answer with these records."""
    made = dns.message.make_response(query)
    made.flags |= dns.flags.AA
    for name, kind, texts in sets:
        owner = dns.name.from_text(name)
        made.answer.append(
            dns.rrset.from_text_list(owner, 2**31 - 1, dns.rdataclass.IN, kind, texts)
        )
    return made.to_wire(max_size=65535)


UNUSABLE: dict[str, Sent] = {
    "nothing": lambda _: None,
    "an empty packet": lambda _: b"",
    "half a header": lambda query: query.to_wire()[:7],
    "noise": lambda query: query.to_wire()[:2] + b"\xff" * 500,
    "another question": lambda query: reply(dns.message.make_query("x.test", "A", id=query.id)),
    "another number": lambda query: reply(dns.message.make_query(WWW, "A", id=query.id ^ 1)),
    "a pointer to itself": lambda query: query.to_wire()[:4] + b"\0\1\0\1\0\0\0\0\xc0\x0c\0\1\0\1",
    "the question again": lambda query: query.to_wire(),
}


@pytest.mark.parametrize("send", UNUSABLE.values(), ids=UNUSABLE)
def test_what_is_no_answer_says_nothing_of_the_domain(server: Server, send: Sent) -> None:
    assert not ask(server, send).status.is_known


def test_a_true_answer_with_bits_turned_never_stops_the_client(server: Server) -> None:
    chance = random.Random(7)

    def turned(query: dns.message.Message) -> bytes:
        wire = bytearray(
            reply(
                query,
                (WWW, "CNAME", ["a.test."]),
                ("a.test", "A", ["5.9.0.7", "5.9.0.8"]),
                ("a.test", "CAA", ['0 issue "x.test"']),
                ("a.test", "MX", ["1 m.test."]),
                ("a.test", "RRSIG", ["A 13 2 300 20300101000000 20200101000000 7 a.test. AAAA"]),
                ("a.test", "DNSKEY", ["257 3 13 AAAA"]),
            )
        )
        for _ in range(chance.randint(1, 6)):
            wire[chance.randrange(12, len(wire))] = chance.randrange(256)
        return bytes(wire)

    answers = [ask(server, turned) for _ in range(300)]
    assert {each.status for each in answers} >= {DnsStatus.FOUND, DnsStatus.FAILED}


def test_thousands_of_records_are_cut(server: Server) -> None:
    many = [f"5.{n >> 8}.{n & 255}.1" for n in range(2500)]
    answer = ask(server, lambda query: reply(query, (WWW, "A", many)), seconds=5)
    assert answer.status is DnsStatus.FOUND
    assert len(answer.records) == 400


def test_a_chain_without_an_end_is_left(servers: World, tmp_path: Path) -> None:
    servers.set({**RIGHT, WWW: [("CNAME", "a0.host.test.")]})
    servers.servers["resolver"].zone |= {
        f"a{n}.host.test": [("CNAME", f"a{n + 1}.host.test.")] for n in range(500)
    }
    found, seen = servers.run(tmp_path)
    assert "cname-chain-long" in {each.rule for each in found}
    (asked,) = [each for each in seen if isinstance(each, Looked) and each.name == "questions"]
    assert asked.count < 120


def test_a_delegation_to_thousands_is_not_followed(servers: World, tmp_path: Path) -> None:
    many = [("NS", f"n{n}.victim.test.") for n in range(300)]
    servers.set({**RIGHT, DOMAIN: [SOA, *NS, *many, ("A", "5.9.0.7"), ("AAAA", "2a01:4f8::7")]})
    _, seen = servers.run(tmp_path)
    (asked,) = [each for each in seen if isinstance(each, Looked) and each.name == "questions"]
    assert asked.count < 200


def test_a_run_asks_no_more_than_it_may(servers: World, tmp_path: Path) -> None:
    servers.set()
    found, seen = servers.run(tmp_path, max_questions=9)
    assert found == []
    assert any("as much as it may" in e.reason for e in seen if isinstance(e, Unchecked))


def test_names_and_texts_cannot_write_commands(servers: World, tmp_path: Path) -> None:
    evil = r"x\010::error::\027[31m`|<b>\013##[error]"
    servers.set(
        {
            **RIGHT,
            DOMAIN: [SOA, *NS, ("A", "5.9.0.7"), ("AAAA", "2a01:4f8::7")],
            WWW: [("CNAME", f"{evil}.gone.test.")],
        },
        delegated=["ns1.dns.test.", rf"{evil}.dns.test."],
    )
    found, seen = servers.run(tmp_path)
    rules = {each.rule for each in found}
    assert {"delegation-differs", "name-server-without-address"} <= rules
    signed = [f for fact in seen for f in STEP.findings(fact, servers.settings())]
    report = a_report(
        *signed,
        told=tuple(each for each in seen if isinstance(each, Told)),
        unchecked=tuple(each for each in seen if isinstance(each, Unchecked)),
    )
    assert all(each.severity in Severity for each in signed)
    for name in ("text", "github", "summary"):
        text = rendered(name, a_run(report))
        assert "\x1b" not in text
        assert "\n::error::" not in text
        assert "##[error]" not in text
        assert "<b>" not in text or name != "summary"
