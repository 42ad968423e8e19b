"""A domain's mail as name servers tell it: one that is right, and one fault each."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from tests.nameserver import Zone, name_server
from tests.unit.steps.email_check.domain import (
    DOMAIN,
    GOOD_KEY,
    RIGHT,
    SENDERS,
    SHORT_KEY,
    apex,
    look,
    zone,
)

from launchready.catalog.mail_senders import SERVICES, Service
from launchready.model import Looked, Told, Unchecked
from launchready.site import MailSender


@pytest.fixture
def serve() -> Iterator[Any]:
    """Starts name servers, and ends them."""
    with ExitStack() as stack:
        yield lambda zone: stack.enter_context(name_server(zone))


def test_a_right_domain_gives_nothing(serve: Any, tmp_path: Path) -> None:
    found, seen = look(serve(RIGHT), tmp_path)
    assert [each.message for each in found] == []
    assert not [each for each in seen if isinstance(each, Unchecked)]
    assert any(isinstance(each, Looked) and each.count > 5 for each in seen)


DMARC = f"_dmarc.{DOMAIN}"
MANY = "v=spf1 " + " ".join(f"a:h{n}.{DOMAIN}" for n in range(11)) + " ~all"
HOSTS = {f"h{n}.{DOMAIN}": [("A", "203.0.113.9")] for n in range(11)}
GOOGLE = "include:_spf.google.com include:spf.mtasv.net"
FAULTS: dict[str, tuple[Zone, set[str]]] = {
    "no SPF": (apex("x"), {"spf-missing"}),
    "two SPF": (apex("v=spf1 ~all", f"v=spf1 {GOOGLE} ~all"), {"spf-several-records"}),
    "a broken term": (apex(f"v=spf1 {GOOGLE} includes:x.test ~all"), {"spf-broken"}),
    "an absent include": (
        apex(f"v=spf1 {GOOGLE} include:gone.test ~all"),
        {"spf-include-without-record", "spf-sender-not-approved"},
    ),
    "everyone": (apex(f"v=spf1 {GOOGLE} +all"), {"spf-passes-everyone"}),
    "nobody": (apex(f"v=spf1 {GOOGLE} ?all"), {"spf-refuses-nobody"}),
    "no end": (apex(f"v=spf1 {GOOGLE}"), {"spf-refuses-nobody"}),
    "ptr": (apex(f"v=spf1 {GOOGLE} ptr ~all"), {"spf-uses-ptr"}),
    "a wide network": (
        apex(f"v=spf1 {GOOGLE} ip4:203.0.0.0/8 ~all"),
        {"spf-network-too-wide", "spf-sender-not-approved"},
    ),
    "a stranger": (
        {
            **apex(f"v=spf1 {GOOGLE} include:servers.mcsv.net ~all"),
            "servers.mcsv.net": [("TXT", "v=spf1 ip4:192.0.2.0/24 ~all")],
        },
        {"spf-sender-not-approved"},
    ),
    "a sender forgotten": (apex("v=spf1 include:_spf.google.com ~all"), {"spf-lacks-sender"}),
    "names that are not there": (
        apex(f"v=spf1 {GOOGLE} a:x1.{DOMAIN} a:x2.{DOMAIN} mx:x3.{DOMAIN} ~all"),
        {"spf-names-not-there"},
    ),
    "no key": (zone(pm=None), {"dkim-key-missing"}),
    "a key behind a dead alias": (
        zone(**{"pm.dkim.mtasv.net": None}),
        {"dkim-key-missing"},
    ),
    "a cut key": (zone(pm=[("TXT", GOOD_KEY[:-40])]), {"dkim-key-broken"}),
    "two keys": (zone(pm=[("TXT", GOOD_KEY), ("TXT", SHORT_KEY)]), {"dkim-key-broken"}),
    "no sha256": (zone(pm=[("TXT", f"{GOOD_KEY}; h=sha1")]), {"dkim-key-broken"}),
    "a key taken back": (zone(pm=[("TXT", "v=DKIM1; p=")]), {"dkim-key-revoked"}),
    "a short key": (zone(pm=[("TXT", SHORT_KEY)]), {"dkim-key-short"}),
    "test mode": (zone(pm=[("TXT", f"{GOOD_KEY}; t=y:s")]), {"dkim-in-test-mode"}),
    "no DMARC": (zone(dmarc=None), {"dmarc-missing"}),
    "two DMARC": (
        zone(dmarc=[("TXT", "v=DMARC1; p=none"), ("TXT", "v=DMARC1; p=reject")]),
        {"dmarc-several-records"},
    ),
    "a policy misspelt": (
        zone(dmarc=[("TXT", f"v=DMARC1; p=quarentine; rua=mailto:d@{DOMAIN}")]),
        {"dmarc-broken"},
    ),
    "no reports": (zone(dmarc=[("TXT", "v=DMARC1; p=none")]), {"dmarc-without-reports"}),
    "only watching": (
        zone(dmarc=[("TXT", f"v=DMARC1; p=none; rua=mailto:d@{DOMAIN}")]),
        {"dmarc-refuses-nothing"},
    ),
    "weaker below": (zone(dmarc=[("TXT", "v=DMARC1; p=reject; sp=none")]), {"dmarc-weaker-below"}),
    "reports elsewhere": (
        zone(dmarc=[("TXT", "v=DMARC1; p=reject; rua=mailto:d@reports.test")]),
        {"dmarc-reports-not-taken"},
    ),
    "an old tag": (zone(dmarc=[("TXT", "v=DMARC1; p=reject; pct=25")]), {"dmarc-tag-removed"}),
    "no MX": (apex(f"v=spf1 {GOOGLE} ~all", mx=None), {"mx-missing"}),
    "a null MX": (apex(f"v=spf1 {GOOGLE} ~all", mx="0 ."), {"mx-missing"}),
    "an MX that is not there": (
        apex(f"v=spf1 {GOOGLE} ~all", mx="1 gone.test."),
        {"mx-leads-nowhere"},
    ),
    "a private MX": (
        {**apex(f"v=spf1 {GOOGLE} ~all", mx="1 in.test."), "in.test": [("A", "10.0.0.7")]},
        {"mx-leads-nowhere"},
    ),
    "an MX by another name": (
        {
            **apex(f"v=spf1 {GOOGLE} ~all", mx="1 m.test."),
            "m.test": [("CNAME", "smtp.google.com.")],
        },
        {"mx-is-alias"},
    ),
}


@pytest.mark.parametrize(("made", "rules"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(serve: Any, tmp_path: Path, made: Zone, rules: set[str]) -> None:
    found, seen = look(serve(made), tmp_path)
    assert {each.rule for each in found} == rules
    assert not [each for each in seen if isinstance(each, Unchecked)]


def test_too_many_lookups_are_counted_by_term(serve: Any, tmp_path: Path) -> None:
    found, _ = look(serve({**apex(MANY), **HOSTS}), tmp_path, senders=())
    assert found[0].rule == "spf-too-many-lookups"
    assert "takes 11 lookups" in found[0].message


def test_what_a_bounce_domain_needs(serve: Any, tmp_path: Path) -> None:
    sender = MailSender(provider="resend", return_path=f"send.{DOMAIN}")
    made = {
        **apex("v=spf1 include:_spf.google.com ~all"),
        f"send.{DOMAIN}": [("TXT", "v=spf1 ~all")],
    }
    found, _ = look(serve(made), tmp_path, senders=(SENDERS[0], sender))
    assert [each.rule for each in found] == ["spf-lacks-sender"]
    assert found[0].message == "resend may not send: `include:amazonses.com` is missing"


def test_without_senders_usual_selectors_only_add(serve: Any, tmp_path: Path) -> None:
    found, seen = look(serve(RIGHT), tmp_path, senders=())
    assert found == []
    (told,) = [each for each in seen if isinstance(each, Told)]
    assert told.value == ["google", "pm"]
    made = {name: records for name, records in RIGHT.items() if "_domainkey" not in name}
    found, seen = look(serve(made), tmp_path, senders=())
    assert found == []
    assert [each.reason for each in seen if isinstance(each, Unchecked)] == [
        "no selector is declared, and none of the usual ones is there"
    ]


def test_a_name_server_that_fails_is_no_verdict(serve: Any, tmp_path: Path) -> None:
    server = serve(RIGHT)
    server.broken = frozenset({DOMAIN, DMARC})
    found, seen = look(server, tmp_path)
    assert found == []
    assert {each.target for each in seen if isinstance(each, Unchecked)} == {
        f"{DOMAIN} TXT", f"{DOMAIN} MX", f"{DMARC} TXT"
    }  # fmt: skip


def test_a_resolver_that_knows_no_top_level_domain_is_no_verdict(
    serve: Any, tmp_path: Path
) -> None:
    found, seen = look(serve({"localhost": [("A", "127.0.0.1")]}), tmp_path)
    assert found == []
    assert [each.target for each in seen if isinstance(each, Unchecked)] == [
        f"the mail of {DOMAIN}"
    ]
    elsewhere, _ = look(serve({"other.test": [("A", "192.0.2.1")]}), tmp_path)
    assert "spf-missing" in {each.rule for each in elsewhere}


def test_an_answer_that_does_not_fit_comes_by_tcp(serve: Any, tmp_path: Path) -> None:
    made = zone(apex=[*RIGHT[DOMAIN], *(("TXT", f"{n}" * 200) for n in range(9))])
    found, seen = look(serve(made), tmp_path)
    assert found == []
    assert not [each for each in seen if isinstance(each, Unchecked)]


def test_a_subdomain_is_covered_from_above(serve: Any, tmp_path: Path) -> None:
    made = {**RIGHT, f"mail.{DOMAIN}": RIGHT[DOMAIN]}
    found, _ = look(serve(made), tmp_path, domain=f"mail.{DOMAIN}", senders=())
    assert [each.rule for each in found] == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("203.0.113.9", None),
        ("192.0.2.1", "own from 192.0.2.1: SPF says softfail"),
        ("nonsense", None),
    ],
)
def test_an_address_is_judged_as_receivers_do(
    serve: Any, tmp_path: Path, address: str, message: str | None
) -> None:
    sender = MailSender(provider="own", addresses=(address,))
    names = {
        "9.113.0.203.in-addr.arpa": [("PTR", f"out.{DOMAIN}.")],
        "1.2.0.192.in-addr.arpa": [("PTR", f"out.{DOMAIN}.")],
        f"out.{DOMAIN}": [("A", "203.0.113.9"), ("A", "192.0.2.1")],
    }
    found, seen = look(serve({**RIGHT, **names}), tmp_path, senders=(*SENDERS, sender))
    assert [each.message for each in found] == ([message] if message else [])
    unchecked = [each.reason for each in seen if isinstance(each, Unchecked)]
    assert unchecked == (["it is no address"] if address == "nonsense" else [])


@pytest.mark.parametrize(
    ("package", "message"),
    [
        ("postmark", None),
        ("nodemailer", None),
        ("resend", f"the code uses resend, and it is not among the senders of {DOMAIN}"),
    ],
)
def test_a_service_that_the_code_uses(
    serve: Any, tmp_path: Path, package: str, message: str | None
) -> None:
    (tmp_path / "package.json").write_text(f'{{"dependencies": {{"{package}": "4.0.0"}}}}')
    found, _ = look(serve(RIGHT), tmp_path)
    assert [each.message for each in found] == ([message] if message else [])
    assert look(serve(RIGHT), tmp_path, senders=())[0] == []


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.names[0])
def test_a_right_domain_of_each_service_gives_nothing(
    serve: Any, tmp_path: Path, service: Service
) -> None:
    """The records that the service asks for, published as it says."""
    include, selectors = service.includes[0], service.selectors or ("random1",)
    made = {
        **apex(f"v=spf1 include:{include} ~all"),
        include: [("TXT", "v=spf1 ip4:192.0.2.0/24 ~all")],
        **{f"{selector}._domainkey.{DOMAIN}": [("TXT", GOOD_KEY)] for selector in selectors},
    }
    sender = MailSender(provider=service.names[-1], selectors=selectors)
    found, seen = look(serve(made), tmp_path, senders=(sender,))
    assert [each.message for each in found] == []
    assert not [each for each in seen if isinstance(each, Unchecked)]
    without = {**made, **apex("v=spf1 ip4:198.51.100.7 ~all")}
    assert "spf-lacks-sender" in {
        each.rule for each in look(serve(without), tmp_path, senders=(sender,))[0]
    }
