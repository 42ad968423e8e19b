"""The map of who is behind the domain, and services that the config does not name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.nameserver import Zone
from tests.unit.reporters.factory import a_report, a_run, rendered
from tests.unit.steps.dns_check.world import DOMAIN, NS, RIGHT, SOA, World, world

from launchready.model import Told
from launchready.site import Host, Site

WWW, OLD = f"www.{DOMAIN}", f"old.{DOMAIN}"
V6 = ("AAAA", "2a01:4f8::7")
MAIL = [("MX", "1 smtp.google.com."), ("MX", "10 mx.zoho.com.")]
PROOFS = [("TXT", "google-site-verification=abc"), ("TXT", "stripe-verification=def")]
ZONE: Zone = {
    **RIGHT,
    DOMAIN: [SOA, *NS, ("A", "76.76.21.21"), MAIL[0], *PROOFS],
    WWW: [("CNAME", "cname.vercel-dns.com.")],
    OLD: [("CNAME", "shop.herokudns.com.")],
}
OUTSIDE: Zone = {
    "cname.vercel-dns.com": [("A", "76.76.21.21")],
    "shop.herokudns.com": [("A", "5.9.5.5")],
}


@pytest.fixture(scope="module")
def servers() -> Iterator[World]:
    """One set of servers for all."""
    with world() as made:
        yield made


@pytest.mark.parametrize(
    ("providers", "zone", "rules"),
    [
        ((), ZONE, []),
        (("vercel", "Heroku", "google", "stripe"), ZONE, []),
        (("vercel", "google", "stripe"), ZONE, ["provider-not-named"]),
        (("vercel", "heroku", "google"), ZONE, ["proof-left-over"]),
        ((), {**ZONE, DOMAIN: [*ZONE[DOMAIN], MAIL[1]]}, ["mail-at-two-services"]),
    ],
)
def test_services_that_nobody_named(
    servers: World, tmp_path: Path, providers: tuple[str, ...], zone: Zone, rules: list[str]
) -> None:
    servers.set(zone, outside=OUTSIDE)
    found, _ = look(servers, tmp_path, providers=providers)
    assert [each.rule for each in found] == rules, [each.message for each in found]


def look(servers: World, root: Path, **site: Any) -> tuple[Any, list[object]]:
    """What is found, and what was seen."""
    hosts = (Host(name=OLD),)
    return servers.run(root, site=Site(url=f"https://{WWW}/", hosts=hosts, **site))


def test_a_host_in_a_domain_of_its_service(servers: World, tmp_path: Path) -> None:
    service: Zone = {
        "vercel.app": [("SOA", SOA[1]), *NS],
        "shop.vercel.app": [("A", "76.76.21.21")],
    }
    servers.set(outside={**service, "app": [("SOA", SOA[1])]})
    for name in ("ns1", "ns2"):
        servers.servers[name].zone |= service
        servers.servers[name].gives_zone = True
    found, seen = servers.run(tmp_path, site=Site(url="https://shop.vercel.app/"))
    assert [each.message for each in found] == []
    told = [each.words for each in seen if isinstance(each, Told)]
    assert told[0] == "vercel.app is a domain of Vercel: its name servers were not looked at"
    for name in ("ns1", "ns2"):
        assert "AXFR" not in {kind for _, kind in servers.servers[name].asked}


def test_the_map_tells_each_with_its_record(servers: World, tmp_path: Path) -> None:
    servers.set(ZONE, outside=OUTSIDE)
    _, seen = look(servers, tmp_path)
    (told,) = [each for each in seen if isinstance(each, Told)]
    assert ("hosting", "Heroku", f"{OLD} CNAME shop.herokudns.com") in told.rows
    assert ("mail", "Google", f"{DOMAIN} MX smtp.google.com") in told.rows
    assert ("proof", "Stripe", f"{DOMAIN} TXT stripe-verification=def") in told.rows
    assert f"hosting of {DOMAIN}: Vercel ({DOMAIN} A, {WWW} CNAME); Heroku" in told.words
    assert told.picture.splitlines()[0] == "graph LR"
    assert f'n0["{DOMAIN}"]' in told.picture
    assert len([line for line in told.picture.splitlines() if "-- hosting -->" in line]) == 3


def test_what_strangers_wrote_stays_text_in_the_summary(servers: World, tmp_path: Path) -> None:
    hostile = r"1 x\032\034]--\062\060script\062`|$\(id\)\010::error::.host.test."
    servers.set(
        {**ZONE, DOMAIN: [SOA, *NS, ("A", "76.76.21.21"), ("MX", hostile)]}, outside=OUTSIDE
    )
    _, seen = look(servers, tmp_path)
    (told,) = [each for each in seen if isinstance(each, Told)]
    summary = rendered("summary", a_run(a_report(told=(told,))))
    drawn = summary.partition("```mermaid\n")[2].partition("```")[0]
    assert drawn == f"{told.picture}\n"
    for line in drawn.splitlines()[1:]:
        label = line.partition('["')[2].rpartition('"]')[0] or line.partition('(["')[2][:-3]
        assert not set(label) & set('<>`|"[](){};#&$\n'), line
    assert "<script>" not in summary
    assert "\n::error" not in summary


def test_the_summary_has_the_table_and_the_log_the_lines() -> None:
    rows = (("What", "Who"), ("DNS", "A *bold* one | two"))
    told = Told(name="domain_map", value={}, words="DNS of x: A", rows=rows, picture="graph LR")
    run = a_run(a_report(told=(told,)))
    summary = rendered("summary", run)
    assert "```mermaid\ngraph LR\n```" in summary
    assert "| What | Who |" in summary
    assert r"A \*bold\* one" in summary or "A &#42;bold&#42; one" in summary
    assert "DNS of x: A" not in summary
    assert "DNS of x: A" in rendered("text", run)
