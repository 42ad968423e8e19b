"""Files of other tools as the expectation, and records of the config; hostile files as well."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nameserver import Zone
from tests.unit.steps.dns_check.world import DOMAIN, RIGHT, World, world

from launchready.model import Unchecked
from launchready.site import Record, Site
from launchready.steps.dns_check.expect import UnreadableError, read_expectation

WWW = f"www.{DOMAIN}"
TXT = "v=spf1 include:_spf.google.com ~all"
LIVE: Zone = {
    **RIGHT,
    DOMAIN: [*RIGHT[DOMAIN], ("TXT", TXT), ("CAA", '0 issue "letsencrypt.org"')],
}
ZONE_FILE = """\
$TTL 300
@ SOA ns1.dns.test. h.shop.test. 1 2 3 4 5
@ NS ns1.dns.test.
@ NS NS2.dns.test.
@ A 5.9.0.7
@ AAAA 2a01:04f8:0::7
@ MX 1 mx
@ TXT "v=spf1 include:_spf" ".google.com ~all"
@ CAA 0 issue "letsencrypt.org"
www A 5.9.0.7
api CNAME lb.host.test.
"""
OCTODNS = f"""\
'':
  - {{type: A, value: 5.9.0.7}}
  - {{type: AAAA, values: ['2a01:4f8::7']}}
  - {{type: MX, values: [{{exchange: mx.shop.test., preference: 1}}]}}
  - {{type: TXT, value: '{TXT}'}}
  - {{type: CAA, value: {{flags: 0, tag: issue, value: letsencrypt.org}}}}
www: {{type: A, value: 5.9.0.7, octodns: {{cloudflare: {{proxied: false}}}}}}
shop: {{type: A, value: 192.0.2.1, octodns: {{cloudflare: {{proxied: true}}}}}}
api: {{type: CNAME, value: lb.host.test.}}
"""


def resource(kind: str, **values: object) -> dict[str, object]:
    """A resource of a state."""
    return {"mode": "managed", "type": kind, "values": values}


def state(*resources: dict[str, object]) -> str:
    """What `terraform show -json` prints, the last resource in a module below."""
    below = {"resources": list(resources[-1:])}
    return json.dumps(
        {"values": {"root_module": {"resources": resources[:-1], "child_modules": [below]}}}
    )


TERRAFORM = state(
    resource("aws_route53_record", name="shop.test", type="A", records=["5.9.0.7"], alias=[]),
    resource("cloudflare_record", name="@", type="MX", content="mx.shop.test", priority=1),
    resource("cloudflare_record", name="x", type="A", content="192.0.2.1", proxied=True),
    resource(
        "google_dns_record_set", name="api.shop.test.", type="CNAME", rrdatas=["lb.host.test."]
    ),
    resource("aws_instance", name="web"),
    resource("azurerm_dns_a_record", fqdn="www.shop.test.", records=["5.9.0.7"]),
)


@pytest.fixture(scope="module")
def servers() -> Iterator[World]:
    """One set of servers for all."""
    with world() as made:
        yield made


FILES = {"shop.test.zone": ZONE_FILE, "shop.test.yaml": OCTODNS, "state.json": TERRAFORM}


@pytest.mark.parametrize("name", FILES)
def test_what_is_live_is_what_a_file_wants(servers: World, tmp_path: Path, name: str) -> None:
    servers.set(LIVE)
    (tmp_path / name).write_text(FILES[name])
    found, seen = servers.run(tmp_path, expect_from=name)
    assert [each.message for each in found] == []
    assert [each for each in seen if isinstance(each, Unchecked)] == []


@pytest.mark.parametrize("name", FILES)
def test_another_address_than_a_file_wants(servers: World, tmp_path: Path, name: str) -> None:
    servers.set(LIVE)
    text = FILES[name].replace("5.9.0.7", "5.9.0.4")
    (tmp_path / name).write_text(text)
    found, _ = servers.run(tmp_path, expect_from=name)
    assert {each.rule for each in found} == {"record-differs"}
    assert f"{WWW} A at 5.2.0.1: 5.9.0.7; {name} wants 5.9.0.4" in {e.message for e in found}


CASES: dict[str, tuple[tuple[Record, ...], set[str]]] = {
    "as wanted": ((Record(name=WWW, type="A", values=("5.9.0.7",)),), set()),
    "one more": ((Record(name=WWW, type="A", values=("5.9.0.7", "5.9.0.8")),), {"record-differs"}),
    "none": ((Record(name=f"no.{DOMAIN}", type="TXT", values=("x",)),), {"record-differs"}),
    "an alias": ((Record(name=DOMAIN, type="ALIAS", values=(f"www.{DOMAIN}",)),), set()),
    "another alias": (
        (Record(name=DOMAIN, type="ALIAS", values=("lb.host.test.",)),),
        {"record-differs"},
    ),
    "twice": ((Record(name=WWW, type="A", values=("5.9.0.7",)),) * 2, {"record-declared-twice"}),
    "another domain's": ((Record(name="www.other.test", type="A", values=("5.1.1.1",)),), set()),
}


@pytest.mark.parametrize(("records", "rules"), CASES.values(), ids=CASES)
def test_records_of_the_config(
    servers: World, tmp_path: Path, records: tuple[Record, ...], rules: set[str]
) -> None:
    servers.set(LIVE)
    site = Site(url=f"https://{WWW}/", records=records)
    found, _ = servers.run(tmp_path, site=site)
    assert {each.rule for each in found} == rules, [each.message for each in found]


def test_a_record_that_a_zone_below_hides(servers: World, tmp_path: Path) -> None:
    servers.set(LIVE)
    for name in ("ns1", "ns2"):
        servers.servers[name].delegations = {f"app.{DOMAIN}": ["ns1.host.test."]}
    site = Site(
        url=f"https://{WWW}/",
        records=(Record(name=f"www.app.{DOMAIN}", type="A", values=("5.9.0.7",)),),
    )
    found, _ = servers.run(tmp_path, site=site)
    assert [each.message for each in found] == [
        f"www.app.{DOMAIN} A of `site.records` is hidden by the zone app.{DOMAIN}".replace("`", "?")
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gone.zone", None),
        ("x.zone", "$GENERATE 1-99999999 h$ A 10.0.0.1\n"),
        ("x.zone", "$INCLUDE /etc/passwd\n"),
        ("x.zone", ""),
        ("x.yaml", "[" * 400),
        ("x.yaml", "a: &a [*a]"),
        ("x.json", '{"values": 7}'),
        ("x.json", "{" * 3000),
    ],
)
def test_a_file_that_tells_nothing_is_unchecked(
    servers: World, tmp_path: Path, name: str, text: str | None
) -> None:
    servers.set(LIVE)
    if text is not None:
        (tmp_path / name).write_text(text)
    found, seen = servers.run(tmp_path, expect_from=name)
    assert found == []
    assert [each.target for each in seen if isinstance(each, Unchecked)] == [name]


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_records_or_unreadable(content: bytes) -> None:
    for name in ("a.zone", "a.yaml", "a.json"):
        try:
            read_expectation(content, name, DOMAIN)
        except UnreadableError:
            continue
