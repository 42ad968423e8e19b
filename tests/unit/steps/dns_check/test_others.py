"""What the domain points to of others, who may issue its certificates, and when it ends."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.live import Asked, Authority, LiveSite, Reply, live_site
from tests.nameserver import Zone
from tests.unit.steps.dns_check.world import DOMAIN, NS, RIGHT, SOA, World, world

from launchready.model import Finding, Unchecked
from launchready.site import Host, Site
from launchready.steps.dns_check.settings import Area

API, WWW = f"api.{DOMAIN}", f"www.{DOMAIN}"
SITE = Site(url=f"https://{WWW}/", hosts=(Host(name=API),))
REGISTRY = "rdap.registry.test"
TODAY = datetime.datetime.now(datetime.UTC)
APEX = [SOA, *NS, ("A", "5.9.0.7"), ("AAAA", "2a01:4f8::7")]


@pytest.fixture(scope="module")
def servers() -> Iterator[World]:
    """One set of name servers for all."""
    with world() as made:
        yield made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The web of this world, with certificates of an authority that has a known name."""
    authority = Authority(tmp_path_factory.mktemp("ca"), "Let's Encrypt (a test's own)")
    with live_site(lambda _: Reply(), authority, WWW, DOMAIN, API, REGISTRY) as made:
        yield made


def ends(days: float = 290, **told: Any) -> dict[str, Any]:
    """What a registry says of a domain."""
    last = TODAY + datetime.timedelta(days=days, hours=1)
    events = [
        {"eventAction": "registration", "eventDate": "2020-01-01T00:00:00Z"},
        {"eventAction": "expiration", "eventDate": last.isoformat()},
    ]
    return {"events": events, "status": ["client transfer prohibited"], **told}


def look(
    servers: World, site: LiveSite, root: Path, page: str = "A shop", registry: object = None
) -> tuple[list[Finding], list[object]]:
    """What is found when hosts answer with `page` and the registry with `registry`."""

    def app(asked: Asked) -> Reply:
        if asked.host != REGISTRY:
            return Reply(body=page)
        known = asked.path == f"/rdap/domain/{DOMAIN}"
        body = registry if isinstance(registry, str) else json.dumps(registry or ends())
        return Reply(status=200 if known else 404, body=body)

    site.app = app
    return servers.run(
        root,
        site=SITE,
        skip=(),
        rdap=f"https://{REGISTRY}/rdap/",
        resolve=site.resolve,
        ca_file=str(site.authority.ca_file),
    )


def zone(api: tuple[str, str] | None = None, *apex: tuple[str, str]) -> Zone:
    """The right zone but for `api`, and with more records at the apex."""
    return {**RIGHT, DOMAIN: [*APEX, *apex], **({API: [api]} if api else {})}


AZURE = ("CNAME", "shop-test.azurewebsites.net.")
PAGES = ("CNAME", "shop.github.io.")
OUTSIDE: Zone = {
    "net": [("NS", "a.nic.test.")],
    "azurewebsites.net": [("NS", "a.nic.test.")],
    "shop.github.io": [("A", "5.9.1.1")],
    "shop.readthedocs.io": [("A", "5.9.1.2")],
    "there.host.test": [("TXT", "x")],
}
FREE = ("CNAME", "shop.gone.test.")
NOT_THERE = ("CNAME", "gone.host.test.")
UNKNOWN_PATH = "The link you have followed or the URL that you entered does not exist."
CASES: dict[str, tuple[Zone, str, object, set[str]]] = {
    "nothing": (zone(), "A shop", None, set()),
    "a name that anybody can make": (zone(AZURE), "", None, {"subdomain-takeover"}),
    "a host that nobody has claimed": (
        zone(("CNAME", "shop.readthedocs.io.")),
        f"<p>{UNKNOWN_PATH}</p>",
        None,
        {"subdomain-takeover"},
    ),
    "a host that others may claim": (
        zone(PAGES),
        "<b>There isn't a GitHub Pages site here.</b>",
        None,
        {"subdomain-takeover-possible"},
    ),
    "a host that is claimed": (zone(PAGES), "Our manual", None, set()),
    "a domain that is free": (zone(FREE), "", None, {"target-domain-free"}),
    "mail of a domain that is free": (
        zone(None, ("MX", "1 mx.gone.test.")),
        "",
        None,
        {"target-domain-free"},
    ),
    "a name that is gone": (zone(NOT_THERE), "", None, {"cname-leads-nowhere"}),
    "a name without an address": (
        zone(("CNAME", "there.host.test.")),
        "",
        None,
        {"cname-leads-nowhere"},
    ),
    "CAA for another authority": (
        zone(None, ("CAA", '0 issue "digicert.com"')),
        "",
        None,
        {"caa-refuses-issuer"},
    ),
    "CAA for nobody": (zone(None, ("CAA", '0 issue ";"')), "", None, {"caa-refuses-issuer"}),
    "CAA for this authority": (
        zone(None, ("CAA", '0 issue "letsencrypt.org; validationmethods=dns-01"')),
        "",
        None,
        set(),
    ),
    "CAA only for reports": (zone(None, ("CAA", '0 iodef "mailto:a@b.test"')), "", None, set()),
    "CAA that no authority knows": (
        zone(None, ("CAA", '128 isue "letsencrypt.org"')),
        "",
        None,
        {"caa-not-understood"},
    ),
    "an end in days": (zone(), "", ends(12), {"domain-about-to-expire"}),
    "an end that was": (zone(), "", ends(-3), {"domain-about-to-expire"}),
    "an end in weeks": (zone(), "", ends(45), {"domain-expires-soon"}),
    "a domain on hold": (zone(), "", ends(status=["client hold"]), {"domain-on-hold"}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_case(servers: World, site: LiveSite, tmp_path: Path, case: str) -> None:
    made, page, registry, rules = CASES[case]
    servers.set(made, outside=OUTSIDE)
    found, seen = look(servers, site, tmp_path, page, registry)
    assert {each.rule for each in found} == rules, [each.message for each in found]
    assert [each for each in seen if isinstance(each, Unchecked)] == []


def test_a_subdomain_handed_to_servers_that_are_gone(
    servers: World, site: LiveSite, tmp_path: Path
) -> None:
    made = {name: records for name, records in RIGHT.items() if name != API}
    servers.set(made)
    for name in ("ns1", "ns2"):
        servers.servers[name].delegations = {API: ["ns1.old.host.test."]}
    servers.servers["resolver"].zone["host.test"] = [("NS", "ns1.dns.test.")]
    found, _ = look(servers, site, tmp_path)
    assert {each.rule for each in found} == {"delegation-leads-nowhere"}


@pytest.mark.parametrize(
    "told",
    ["[" * 5000, "no JSON", "[]", '{"events": 7}', '{"events": [{"eventAction": "expiration"}]}'],
)
def test_a_registry_that_tells_nothing_is_no_verdict(
    servers: World, site: LiveSite, tmp_path: Path, told: str
) -> None:
    servers.set()
    found, seen = look(servers, site, tmp_path, registry=told)
    assert found == []
    assert [each.target for each in seen if isinstance(each, Unchecked)] == [
        f"the registration of {DOMAIN}"
    ]


def test_what_cannot_be_reached_is_unchecked(servers: World, tmp_path: Path) -> None:
    servers.set(zone(PAGES, ("CAA", '0 issue "digicert.com"')), outside=OUTSIDE)
    dead = tuple(f"{name}:{port}:127.0.0.1:9" for name in (WWW, DOMAIN, API) for port in (80, 443))
    found, seen = servers.run(tmp_path, site=SITE, skip=(Area.EXPIRY,), resolve=dead)
    assert found == []
    assert {each.target for each in seen if isinstance(each, Unchecked)} == {
        f"http://{API}/", f"CAA of {API}", f"CAA of {DOMAIN}", f"CAA of {WWW}"
    }  # fmt: skip
