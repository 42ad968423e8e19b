"""`--write-intent`: what is proposed is a config that the same domain passes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.live import Authority, Reply, live_site
from tests.nameserver import Zone
from tests.unit.steps.dns_check.world import DOMAIN, NS, RIGHT, SOA, World, world

from launchready.config.load import Layout, load_config
from launchready.errors import LaunchReadyError
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.site import Host, Site
from launchready.steps.dns_check import STEP
from launchready.steps.dns_check.settings import DnsCheckSettings

WWW = f"www.{DOMAIN}"
SPF = ("TXT", "v=spf1 include:_spf.google.com -all")
ZONE: Zone = {
    **RIGHT,
    DOMAIN: [SOA, *NS, ("A", "76.76.21.21"), ("MX", "1 smtp.google.com."), SPF],
    WWW: [("CNAME", "cname.vercel-dns.com.")],
}
OUTSIDE: Zone = {"cname.vercel-dns.com": [("A", "76.76.21.21")]}


@pytest.fixture(scope="module")
def servers() -> Iterator[World]:
    """One set of servers for all."""
    with world() as made:
        yield made


def answer(settings: DnsCheckSettings, root: Path) -> str:
    """What is printed."""
    gateways = Gateways(root=root, git=Git(root), progress=Progress(None))
    text = STEP.answer(settings, gateways, lambda _: ())
    assert text is not None
    return text


def read(text: str) -> Site:
    """The section of a proposal, which must be a config."""
    layout = Layout(root=(), sections={"site": (Site,)})
    config = load_config(text.encode(), "x.yml", layout, overrides={}, environ={})
    return config.of(Site, "site")


def test_the_proposal_is_a_config_that_the_domain_passes(servers: World, tmp_path: Path) -> None:
    servers.set(ZONE, outside=OUTSIDE)
    authority = Authority(tmp_path / "authority")
    moved = Reply(status=308, headers=(("Location", f"https://{WWW}/"),))
    with live_site(lambda _: moved, authority, DOMAIN, WWW) as site:
        settings = servers.settings(
            site=Site(hosts=(Host(name=f"staging.{DOMAIN}"),)),
            domain=DOMAIN,
            write_intent="new.yml",
            resolve=site.resolve,
            ca_file=str(authority.ca_file),
        )
        assert answer(settings, tmp_path) == "new.yml holds the proposal"
    text = (tmp_path / "new.yml").read_text()
    assert f'url: "https://{WWW}/"' in text
    assert f"- {{name: {WWW}, type: CNAME, values: [cname.vercel-dns.com]}}" in text
    assert "senders: [{provider: google}]" in text
    proposed = read(text)
    assert proposed.providers == ("google", "vercel")
    found, _ = servers.run(tmp_path, site=proposed)
    assert [each.message for each in found] == []


def test_a_file_that_is_there_is_left_alone(servers: World, tmp_path: Path) -> None:
    servers.set(ZONE, outside=OUTSIDE)
    (tmp_path / "launchready.yml").write_text("mine")
    settings = servers.settings(domain=DOMAIN, write_intent="launchready.yml")
    with pytest.raises(LaunchReadyError, match="is there already"):
        answer(settings, tmp_path)
    assert (tmp_path / "launchready.yml").read_text() == "mine"


def test_without_a_domain_there_is_nothing_to_propose(servers: World, tmp_path: Path) -> None:
    settings = replace(servers.settings(write_intent="-"), site=Site())
    with pytest.raises(LaunchReadyError, match="no domain"):
        answer(settings, tmp_path)


def test_what_strangers_wrote_is_text_in_the_proposal(servers: World, tmp_path: Path) -> None:
    hostile = r"a\"\032]}\010site:\010\032\032url:.host.test."
    servers.set(
        {**ZONE, WWW: [("CNAME", hostile)]},
        outside={r"a\"\032]}\010site:\010\032\032url:.host.test": [("A", "5.9.0.7")]},
    )
    settings = servers.settings(domain=DOMAIN, write_intent="-")
    text = answer(settings, tmp_path)
    assert read(text).hosts == ()
    assert text.count("site:\n") == 1
