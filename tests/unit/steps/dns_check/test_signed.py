"""Zones that real servers serve, signed by BIND's signer and validated by unbound beside us."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.edge.dns_servers import Servers, Signed, dns_servers, missing
from tests.unit.steps.dns_check.world import judge

from launchready.facts.dnssec import Anchor, Signatures, SigningKey, Trust
from launchready.model import DnsLocation, Unchecked
from launchready.site import Site
from launchready.steps.dns_check import STEP
from launchready.steps.dns_check.seen import SignedFacts, ZoneFacts
from launchready.steps.dns_check.settings import Area, DnsCheckSettings

# What each zone is, the rules that find it, and a pattern of the message.
ZONES: dict[str, tuple[Signed, set[str], str]] = {
    "right": (Signed(), set(), ""),
    "plain": (Signed(ends="", ds="none"), set(), ""),
    "ended": (
        Signed(ends="now-864000"),
        {"dnssec-bogus"},
        r"the DNSKEY records expired on 20..-..-..; the resolver refuses to answer",
    ),
    "changed": (
        Signed(after=("5.9.0.7", "5.9.0.8")),
        {"dnssec-bogus"},
        "the signature of the A records does not fit the records",
    ),
    "unproven": (
        Signed(after=("RRSIG NSEC DNSKEY", "TXT RRSIG NSEC DNSKEY")),
        {"dnssec-bogus"},
        "the signature of the NSEC records does not fit the records",
    ),
    "moved": (Signed(ds="wrong"), {"ds-without-key"}, "key 4711"),
    "left": (Signed(ends="", ds="wrong"), {"ds-without-key"}, "key 4711"),
    "rolled": (Signed(ds="both"), {"ds-left-over"}, "key 4711"),
    "island": (Signed(ds="none"), {"signed-without-ds"}, "its parent has no DS"),
    "ending": (Signed(ends="now+72000"), {"signatures-about-to-expire"}, "20 hours more"),
    "hashed": (Signed(nsec3=20), {"nsec3-iterations"}, "absent names 20 times more"),
    "once": (Signed(nsec3=0), set(), ""),
    "lame": (
        Signed(servers=("ns1.dns.test.", "lame.dns.test.")),
        {"name-server-lame"},
        r"lame.dns.test \(5.1.0.1\) does not serve the zone",
    ),
    "open": (Signed(transfer="any"), {"zone-transfer-open"}, "to anybody"),
    "wild": (
        Signed(records="@ A 5.9.0.7\n* A 5.9.0.7\n"),
        {"wildcard-record"},
        "any name below wild.test exists",
    ),
    "circle": (
        Signed(records="@ A 5.9.0.7\nwww CNAME a\na CNAME www\n"),
        {"cname-loop"},
        "in a circle",
    ),
}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """One set of servers for all."""
    if lacking := missing():
        pytest.skip(f"not installed: {', '.join(lacking)}")
    zones = {name: zone for name, (zone, _, _) in ZONES.items()}
    with dns_servers(tmp_path_factory.mktemp("dns"), zones) as made:
        yield made


@pytest.mark.parametrize("name", ZONES)
def test_a_zone_of_real_servers(servers: Servers, tmp_path: Path, name: str) -> None:
    settings = DnsCheckSettings(
        domain=f"{name}.test",
        resolvers=(servers.resolver,),
        public=(servers.resolver,),
        servers_at=servers.at,
        skip=(Area.EXPIRY, Area.CAA, Area.TAKEOVER),
        timeout=2.0,
    )
    found, seen = judge(settings, tmp_path)
    _, rules, words = ZONES[name]
    assert {each.rule for each in found} == rules, [each.message for each in found]
    assert all(re.search(words, each.message) for each in found), found
    if not rules & {"dnssec-bogus", "ds-without-key"}:  # of those, the resolver says nothing
        assert [each for each in seen if isinstance(each, Unchecked)] == []


def test_each_domain_of_the_site_is_looked_at(servers: Servers, tmp_path: Path) -> None:
    settings = DnsCheckSettings(
        site=Site(url="https://right.test/", redirecting=("plain.test", "www.open.test")),
        resolvers=(servers.resolver,),
        public=(servers.resolver,),
        servers_at=servers.at,
        skip=(Area.EXPIRY, Area.CAA, Area.TAKEOVER),
        timeout=2.0,
    )
    found, seen = judge(settings, tmp_path)
    assert [(each.rule, each.location) for each in found] == [
        ("zone-transfer-open", DnsLocation(dns_name="open.test", dns_type="AXFR"))
    ]
    zones = {each.zone for each in seen if isinstance(each, ZoneFacts)}
    assert zones == {"right.test", "plain.test", "open.test"}


KEY = SigningKey(tag=1, algorithm=13, name="ECDSAP256SHA256", bits=512)
OLD = SigningKey(tag=2, algorithm=5, name="RSASHA1", bits=2048)
SHORT = SigningKey(tag=3, algorithm=8, name="RSASHA256", bits=768)


@pytest.mark.parametrize(
    ("keys", "digest", "message"),
    [
        ((KEY,), 2, None),
        ((KEY, OLD), 2, "key 2 is RSASHA1 of 2048 bits"),
        ((SHORT,), 2, "key 3 is RSASHA256 of 768 bits"),
        ((KEY,), 1, "the parent names the key by SHA-1 only"),
    ],
)
def test_what_no_longer_protects(
    keys: tuple[SigningKey, ...], digest: int, message: str | None
) -> None:
    anchors = (Anchor(tag=1, algorithm=13, digest=digest),)
    signatures = Signatures(trust=Trust.VALID, anchors=anchors, keys=keys, hours_left=200)
    facts = SignedFacts(zone="shop.test", signatures=signatures)
    found = [each.message for each in STEP.findings(facts, DnsCheckSettings())]
    assert found == ([message] if message else [])
