"""A domain as its name servers tell it: one that is right, and one fault each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.nameserver import Zone
from tests.unit.steps.dns_check.world import DOMAIN, NS, RIGHT, SOA, World, world

from launchready.model import Looked, Told, Unchecked
from launchready.site import Host, HostKind, Site

HOSTS = (
    Host(name=f"api.{DOMAIN}", kind=HostKind.API),
    Host(name=f"staging.{DOMAIN}", kind=HostKind.STAGING),
)
SITE = Site(url=f"https://www.{DOMAIN}/", hosts=HOSTS)
WWW, API = f"www.{DOMAIN}", f"api.{DOMAIN}"


@pytest.fixture(scope="module")
def servers() -> Iterator[World]:
    """One set of servers for all."""
    with world() as made:
        yield made


def zone(**changes: list[tuple[str, str]] | None) -> Zone:
    """The right zone but for some names: `apex`, `www`, `api`, and others below the domain."""
    made = dict(RIGHT)
    for name, records in changes.items():
        place = DOMAIN if name == "apex" else f"{name}.{DOMAIN}"
        if records is None:
            made.pop(place)
        else:
            made[place] = records
    return made


def apex(*changes: tuple[str, str], soa: tuple[str, str] = SOA, ns: object = NS) -> Zone:
    """The right zone with these records at the apex."""
    assert isinstance(ns, list)
    return zone(apex=[soa, *ns, *changes])


def test_a_right_domain_gives_nothing(servers: World, tmp_path: Path) -> None:
    servers.set()
    found, seen = servers.run(tmp_path, site=SITE)
    assert [each.message for each in found] == []
    assert [each for each in seen if isinstance(each, Unchecked)] == []
    assert any(isinstance(each, Looked) and each.count > 20 for each in seen)


Change = Callable[[World], None]
A, AAAA = ("A", "5.9.0.7"), ("AAAA", "2a01:4f8::7")
ALIASED_NS: list[tuple[str, str]] = [("NS", "ns1.dns.test."), ("NS", "ns9.dns.test.")]


def own_servers(*names: str) -> Zone:
    """The zone with name servers of its own names, whose addresses are in it."""
    places = {"ns1": "5.2.0.1", "ns2": "5.3.0.1"}
    made = apex(A, AAAA, ns=[("NS", f"{name}.{DOMAIN}.") for name in names])
    return {**made, **{f"{name}.{DOMAIN}": [("A", places[name])] for name in names}}


def serving(name: str, **faults: object) -> Change:
    """One name server with faults."""

    def change(servers: World) -> None:
        servers.set()
        for key, value in faults.items():
            setattr(servers.servers[name], key, value)

    return change


def slow(seconds: int) -> Change:
    """A TTL for `www` and the apex."""

    def change(servers: World) -> None:
        servers.set()
        for name in ("ns1", "ns2"):
            servers.servers[name].ttls = {f"mx.{DOMAIN}": 300, WWW: seconds}

    return change


FAULTS: dict[str, tuple[Change, set[str]]] = {
    "no such domain": (lambda w: w.set({"x.test": []}), {"domain-missing"}),
    "a name server that is free to take": (
        lambda w: w.set(apex(A, AAAA, ns=[*NS, ("NS", "ns1.gone.test.")])),
        {"name-server-domain-free"},
    ),
    "a name server without an address": (
        lambda w: w.set(apex(A, AAAA, ns=[*NS, ("NS", "ns3.dns.test.")])),
        {"name-server-without-address"},
    ),
    "a name server that is an alias": (
        lambda w: w.set(
            apex(A, AAAA, ns=ALIASED_NS),
            outside={"ns9.dns.test": [("CNAME", "ns2.dns.test.")]},
        ),
        {"name-server-is-alias"},
    ),
    "a private name server": (
        lambda w: w.set(
            apex(A, AAAA, ns=[*NS, ("NS", "ns9.dns.test.")]),
            outside={"ns9.dns.test": [("A", "10.0.0.53")]},
        ),
        {"name-server-private"},
    ),
    "lists that differ": (
        lambda w: w.set(
            delegated=["ns1.dns.test.", "ns2.dns.test.", "ns9.dns.test."],
            second=apex(A, AAAA, ns=[*NS, ("NS", "ns9.dns.test.")]),
            outside={"ns9.dns.test": [("A", "5.3.0.1")]},
        ),
        {"name-servers-disagree"},
    ),
    "one serial and other times": (
        lambda w: w.set(second=apex(A, AAAA, soa=("SOA", SOA[1].replace(" 300", " 301")))),
        {"name-servers-disagree"},
    ),
    "no EDNS": (serving("ns2", knows_edns=False), {"name-server-without-edns"}),
    "one name server": (lambda w: w.set(apex(A, AAAA, ns=NS[:1])), {"name-server-single"}),
    "two names of one server": (
        lambda w: w.set(apex(A, AAAA, ns=ALIASED_NS), outside={"ns9.dns.test": [("A", "5.2.0.1")]}),
        {"name-server-single"},
    ),
    "one network": (
        lambda w: w.set(outside={"ns2.dns.test": [("A", "5.2.0.9")]}),
        {"name-servers-in-one-network"},
    ),
    "another list at the parent": (
        lambda w: w.set(
            delegated=["ns1.dns.test.", "ns8.dns.test."],
            outside={"ns8.dns.test": [("A", "5.3.0.1")]},
        ),
        {"delegation-differs"},
    ),
    "no glue": (
        lambda w: w.set(own_servers("ns1", "ns2"), glue={f"ns1.{DOMAIN}": [("A", "5.2.0.1")]}),
        {"glue-missing"},
    ),
    "old glue": (
        lambda w: w.set(
            own_servers("ns1", "ns2"),
            glue={f"ns1.{DOMAIN}": [("A", "5.2.0.1")], f"ns2.{DOMAIN}": [("A", "5.7.0.1")]},
        ),
        {"glue-differs"},
    ),
    "a server that refuses": (serving("ns2", refused=True), {"name-server-lame"}),
    "a server that fails": (serving("ns2", broken=frozenset("*")), {"name-server-lame"}),
    "a server that is not authoritative": (
        serving("ns2", is_authoritative=False),
        {"name-server-lame"},
    ),
    "a silent server": (serving("ns2", silent=frozenset("*")), {"name-server-silent"}),
    "no TCP": (serving("ns2", speaks_tcp=False), {"name-server-without-tcp"}),
    "an open transfer": (serving("ns1", gives_zone=True), {"zone-transfer-open"}),
    "another serial": (
        lambda w: w.set(
            second=apex(A, AAAA, soa=("SOA", SOA[1].replace("2026112401", "2026112400")))
        ),
        {"serials-differ"},
    ),
    "times that last": (
        lambda w: w.set(apex(A, AAAA, soa=("SOA", SOA[1].replace(" 300", " 604800")))),
        {"soa-timers-unsafe"},
    ),
    "a retry after the refresh": (
        lambda w: w.set(apex(A, AAAA, soa=("SOA", SOA[1].replace(" 3600 ", " 20000 ")))),
        {"soa-timers-unsafe"},
    ),
    "a host that is not there": (lambda w: w.set(zone(api=None)), {"host-missing"}),
    "a www that is not there": (lambda w: w.set(zone(www=None)), {"host-missing"}),
    "an apex without an address": (lambda w: w.set(apex()), {"www-or-apex-missing"}),
    "a host without an address": (lambda w: w.set(zone(api=[("TXT", "x")])), {"host-missing"}),
    "servers that differ": (
        lambda w: w.set(second=zone(www=[("A", "5.9.0.7"), ("A", "5.9.0.6"), AAAA])),
        {"answers-differ"},
    ),
    "old answers at public resolvers": (
        lambda w: w.set(public=zone(www=[("A", "5.77.0.9"), AAAA])),
        {"not-propagated"},
    ),
    "an alias beside mail": (
        lambda w: w.set(zone(api=[("CNAME", "lb.host.test."), ("MX", "1 mx.shop.test.")])),
        {"cname-beside-records"},
    ),
    "an alias of the whole domain": (
        lambda w: w.set(apex(("CNAME", "all.host.test.")), outside={"all.host.test": [A, AAAA]}),
        {"cname-at-apex"},
    ),
    "a circle": (
        lambda w: w.set(zone(api=[("CNAME", "b.shop.test.")], b=[("CNAME", "api.shop.test.")])),
        {"cname-loop"},
    ),
    "a long way": (
        lambda w: w.set(
            zone(api=[("CNAME", "c1.host.test.")]),
            outside={f"c{n}.host.test": [("CNAME", f"c{n + 1}.host.test.")] for n in range(1, 4)}
            | {"c4.host.test": [("A", "5.9.0.9")]},
        ),
        {"cname-chain-long"},
    ),
    "a private address": (lambda w: w.set(zone(api=[("A", "10.0.0.7")])), {"private-address"}),
    "an address of the machine itself": (
        lambda w: w.set(zone(api=[("A", "5.9.0.9"), ("AAAA", "::1")])),
        {"private-address"},
    ),
    "two services": (
        lambda w: w.set(zone(api=[("A", "76.76.21.21"), ("A", "185.199.108.153")])),
        {"host-on-two-services"},
    ),
    "apex and www apart": (
        lambda w: w.set(zone(www=[("A", "5.77.0.1"), ("AAAA", "2a02::99")])),
        {"apex-and-www-differ"},
    ),
    "apex and www at two services": (
        lambda w: w.set(
            apex(("A", "76.76.21.21"), AAAA) | {WWW: [("CNAME", "shop.herokudns.com.")]},
            outside={"shop.herokudns.com": [("A", "5.4.4.4"), ("AAAA", "2a01::4")]},
        ),
        {"apex-and-www-differ"},
    ),
    "kept for a week": (slow(604800), {"ttl-long"}),
    "kept for a moment": (slow(5), {"ttl-tiny"}),
    "a wildcard": (
        lambda w: w.set({**RIGHT, "launchready-asks-for-what-nobody-has-made.shop.test": [A]}),
        {"wildcard-record"},
    ),
    "a resolver for all": (
        serving("ns1", recurses=True, foreign={"iana.org": [("A", "192.0.43.8")]}),
        {"recursion-open"},
    ),
    "staging on the machine of production": (
        lambda w: w.set(zone(staging=[A, AAAA])),
        {"staging-on-production"},
    ),
    "IPv6 on one": (lambda w: w.set(zone(www=[A])), {"ipv6-on-one-only"}),
}


@pytest.mark.parametrize(("change", "rules"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(servers: World, tmp_path: Path, change: Change, rules: set[str]) -> None:
    change(servers)
    found, seen = servers.run(tmp_path, site=SITE)
    assert {each.rule for each in found} == rules, [each.message for each in found]
    assert [each for each in seen if isinstance(each, Unchecked)] == []


FRONT_DOOR = {f"d{n}.azurefd.net": [("CNAME", f"d{n + 1}.azurefd.net.")] for n in range(5)}
# What well-kept domains do, and what a rule could take for a fault.
FINE: dict[str, Change] = {
    "one other address of the same network at public resolvers": lambda w: w.set(
        public=zone(www=[("A", "5.9.0.70"), AAAA])
    ),
    "a balancer that gives each asker others": lambda w: w.set(
        second=zone(www=[("A", "5.66.0.1"), AAAA]), ttls={WWW: 60}
    ),
    "a service with names of its own behind one": lambda w: w.set(
        zone(api=[("CNAME", "d0.azurefd.net.")]),
        outside={**FRONT_DOOR, "d5.azurefd.net": [("A", "5.9.0.9")]},
    ),
    "apex and www of one network": lambda w: w.set(
        zone(www=[("A", "5.9.0.99"), ("AAAA", "2a01:4f8::99")])
    ),
    "the addresses that Vercel and a CNAME give": lambda w: w.set(
        {**apex(("A", "76.76.21.21")), WWW: [("CNAME", "cname.vercel-dns.com.")]},
        outside={"cname.vercel-dns.com": [("A", "66.33.60.35")]},
    ),
    "moments at a known service": lambda w: w.set(zone(api=[("A", "75.2.60.5")]), ttls={API: 20}),
    "a server that knows its parent's list in another case": lambda w: w.set(
        apex(A, AAAA, ns=[("NS", "NS1.DNS.test."), ("NS", "ns2.dns.TEST.")])
    ),
}


@pytest.mark.parametrize("change", FINE.values(), ids=FINE)
def test_what_is_fine_is_silent(servers: World, tmp_path: Path, change: Change) -> None:
    change(servers)
    found, seen = servers.run(tmp_path, site=SITE)
    assert [each.message for each in found] == []
    assert [each for each in seen if isinstance(each, Unchecked)] == []


UNKNOWN = {
    "a resolver that fails": {"broken": frozenset("*")},
    "a resolver that refuses": {"refused": True},
    "a silent resolver": {"silent": frozenset("*")},
    "a resolver of a network that is shut off": {"zone": {}},
}


@pytest.mark.parametrize("faults", UNKNOWN.values(), ids=UNKNOWN)
def test_trouble_of_the_resolver_is_no_fault_of_the_domain(
    servers: World, tmp_path: Path, faults: dict[str, object]
) -> None:
    servers.set()
    for key, value in faults.items():
        setattr(servers.servers["resolver"], key, value)
    found, seen = servers.run(tmp_path, site=SITE, timeout=0.1)
    assert found == []
    assert [each for each in seen if isinstance(each, Unchecked)]


def test_name_servers_that_cannot_be_reached_at_all_are_unchecked(
    servers: World, tmp_path: Path
) -> None:
    servers.set()
    for name in ("ns1", "ns2"):
        servers.servers[name].silent = frozenset("*")
    found, seen = servers.run(tmp_path, site=SITE, timeout=0.1)
    assert found == []
    assert [each.target for each in seen if isinstance(each, Unchecked)] == [
        f"the name servers of {DOMAIN}"
    ]


def test_a_public_resolver_that_is_silent_is_told_once(servers: World, tmp_path: Path) -> None:
    servers.set()
    servers.servers["public"].silent = frozenset("*")
    found, seen = servers.run(tmp_path, site=SITE, timeout=0.1)
    assert found == []
    assert len([each for each in seen if isinstance(each, Unchecked)]) == 1


def test_a_machine_without_ipv6_says_so_and_finds_nothing(servers: World, tmp_path: Path) -> None:
    both = [("A", "5.3.0.1"), ("AAAA", "2a01:4f9::53")]
    servers.set(outside={"ns2.dns.test": both})
    found, seen = servers.run(tmp_path, site=SITE)
    assert found == []
    assert [each for each in seen if isinstance(each, Unchecked)] == []
    told = {each.name: each.value for each in seen if isinstance(each, Told)}
    assert told["silent_over_ipv6"] == ["ns2.dns.test"]
