"""`launchready check --live URL`: the repository and what customers meet, in one verdict."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.integration.command import Done, launchready
from tests.live import Asked, Authority, LiveSite, Reply, live_site
from tests.nameserver import Server, name_server
from tests.repository import Repository, live_key

from launchready.cli.live import Live
from launchready.model import LeftOut
from launchready.registry import STEPS
from launchready.site import Mail, Site

_PAGE = "<!doctype html><html lang=en><title>Tea</title><h1>Tea for everyone</h1></html>"


def well(asked: Asked) -> Reply:
    """A home page, and nothing else."""
    return Reply(body=_PAGE) if asked.path == "/" else Reply(status=404, body="not here")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A site on loopback."""
    with live_site(well, Authority(tmp_path_factory.mktemp("ca"))) as running:
        yield running


@pytest.fixture(scope="module")
def names() -> Iterator[Server]:
    """A name server."""
    with name_server({}) as running:
        yield running


def address(site: LiveSite) -> str:
    """Where the site listens."""
    return f"http://127.0.0.1:{site.ports['http']}"


def check(shop: Repository, *words: str) -> tuple[Done, dict[str, Any]]:
    """The run, and the report of each step by its name."""
    done = launchready("check", *words, "--format", "json", folder=shop.path)
    whole = json.loads(done.stdout)
    return done, {each["step"]: each for each in whole["reports"]}


def test_without_it_nothing_is_asked(shop: Repository, site: LiveSite) -> None:
    shop.write({"launchready.yml": f"version: 1\nsite: {{url: '{address(site)}'}}\nsmoke-test:\n"})
    site.asked.clear()
    done, reports = check(shop)
    assert done.code == 0
    assert reports.keys() == {"secret-scan", "env-lint"}
    assert site.asked == []


def test_the_site_is_asked_after_the_repository(shop: Repository, site: LiveSite) -> None:
    shop.write({"pay.py": f'stripe.api_key = "{live_key(1)}"\n'})
    site.asked.clear()
    done = launchready("check", "--live", address(site), folder=shop.path)
    assert done.code == 1
    assert any(asked.path == "/" for asked in site.asked)
    told = " ".join(done.stdout.split())
    assert told.index("secret-scan ") < told.index("smoke-test ")
    assert f"dns-check and email-check did not run: {address(site)} names no domain" in told
    assert "rollback did not run: it acts on what is live, and no check does" in told


def test_what_customers_meet_is_part_of_the_verdict(shop: Repository, site: LiveSite) -> None:
    site.app = lambda _: Reply(status=500, body="broken")
    try:
        done, reports = check(shop, "--live", address(site))
    finally:
        site.app = well
    assert done.code == 1
    assert reports["secret-scan"]["verdict"] == "passed"
    assert reports["smoke-test"]["verdict"] == "failed"


@pytest.mark.parametrize(
    ("faults", "why"),
    [
        pytest.param({"silent": frozenset("*")}, "no name server answers here", id="silent"),
        pytest.param({}, "there is no top-level domain 'example' either", id="shut off"),
    ],
)
def test_without_a_network_each_says_at_once_that_it_is_not_examined(
    shop: Repository, names: Server, faults: dict[str, Any], why: str
) -> None:
    names.reset({}, **faults)
    resolvers = f"{{resolvers: ['{names.address}']}}"
    shop.write(
        {"launchready.yml": f"version: 1\ndns-check: {resolvers}\nemail-check: {resolvers}\n"}
    )
    done, reports = check(shop, "--live", "https://shop.example")
    assert done.code == 3
    assert reports["secret-scan"]["verdict"] == "passed"
    for name in ("dns-check", "email-check"):
        assert reports[name]["verdict"] == "unchecked"
        assert reports[name]["findings"] == []
        (gap,) = reports[name]["unchecked"]
        assert why in gap["reason"]
    assert len(names.asked) <= 2, "all steps wait once"
    assert reports["smoke-test"]["verdict"] != "passed"


def test_with_a_network_the_domain_and_its_mail_are_judged(shop: Repository, names: Server) -> None:
    names.reset({"shop.example": [("A", "192.0.2.7"), ("TXT", "v=spf1 +all")]})
    resolvers = f"{{resolvers: ['{names.address}']}}"
    shop.write({"launchready.yml": f"version: 1\nemail-check: {resolvers}\n"})
    done, reports = check(shop, "--live", "https://shop.example")
    assert done.code == 1
    assert "spf-passes-everyone" in {each["rule"] for each in reports["email-check"]["findings"]}


DECLARED = Site(url="https://www.shop.example", mail=Mail(domain="mail-of.example"))


@pytest.mark.parametrize(
    ("step", "site", "url", "told"),
    [
        ("smoke-test", Site(), "http://localhost:3000", "http://localhost:3000"),
        ("smoke-test", DECLARED, "https://p1.vercel.app", "https://p1.vercel.app"),
        ("dns-check", Site(), "https://www.shop.example/a", "shop.example"),
        ("dns-check", Site(), "https://app.shop.example", "app.shop.example"),
        ("dns-check", DECLARED, "https://shop.example", None),
        ("dns-check", DECLARED, "https://p1.vercel.app", "p1.vercel.app"),
        ("dns-check", Site(), "http://localhost:3000", LeftOut),
        ("dns-check", Site(), "http://[2001:db8::1]/", LeftOut),
        ("dns-check", Site(), "http://203.0.113.7", LeftOut),
        ("email-check", Site(), "https://www.shop.example", "shop.example"),
        ("email-check", Site(), "https://www.shop.co.uk", "shop.co.uk"),
        ("email-check", Site(), "https://app.shop.example", LeftOut),
        ("email-check", Site(), "https://p1.vercel.app", LeftOut),
        ("email-check", DECLARED, "https://p1.vercel.app", LeftOut),
        ("email-check", Site(url="https://shop.example"), "https://app.shop.example", None),
        ("email-check", Site(), "http://127.0.0.1:8000", LeftOut),
        ("rollback", Site(), "https://shop.example", LeftOut),
    ],
)
def test_what_each_step_asks_of_an_address(
    step: str, site: Site, url: str, told: str | type | None
) -> None:
    entry = STEPS[step].load()
    settings = entry.settings(site=site) if entry.judges_by_site else entry.settings()
    aimed = Live(url=url).aimed(entry, settings)
    if told is LeftOut:
        assert isinstance(aimed, LeftOut)
    else:
        assert (aimed.url if step == "smoke-test" else aimed.domain) == told
