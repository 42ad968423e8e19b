"""How mail travels: MTA-STS, TLS reports, BIMI, STARTTLS, and the names of what sends."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.live import Authority, LiveSite, Reply, live_site
from tests.nameserver import Server, Zone, name_server
from tests.unit.steps.email_check.domain import DOMAIN, RIGHT, SENDERS, look, zone

from launchready.model import Unchecked
from launchready.site import MailSender
from launchready.steps.email_check.records.reporting import bimi_faults, tls_report_faults
from launchready.steps.email_check.records.sts import read_policy, sts_faults

STS, TLS, BIMI = f"_mta-sts.{DOMAIN}", f"_smtp._tls.{DOMAIN}", f"default._bimi.{DOMAIN}"
POLICY = "version: STSv1\r\nmode: enforce\r\nmx: *.google.com\r\nmax_age: 604800\r\n"
GOOD: Zone = {
    STS: [("TXT", "v=STSv1; id=20260101")],
    TLS: [("TXT", f"v=TLSRPTv1; rua=mailto:tls@{DOMAIN}")],
    BIMI: [("TXT", f"v=BIMI1; l=https://{DOMAIN}/logo.svg;")],
}


@pytest.fixture(scope="module")
def names() -> Iterator[Server]:
    """One name server for all."""
    with name_server({}) as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """Where the policy lies."""
    authority = Authority(tmp_path_factory.mktemp("authority"))
    with live_site(lambda _: Reply(), authority, f"mta-sts.{DOMAIN}", "smtp.google.com") as live:
        yield live


def found_rules(
    names: Server, site: LiveSite, root: Path, records: Zone, reply: Reply
) -> tuple[set[str], list[str]]:
    """The rules that fire, and what was not looked at."""
    names.reset({**RIGHT, **GOOD, **records})
    site.app = lambda _: reply
    options = {"resolve": site.resolve, "ca_file": str(site.authority.ca_file)}
    found, seen = look(names, root, given=options)
    return {each.rule for each in found}, [u.target for u in seen if isinstance(u, Unchecked)]


FAULTS: dict[str, tuple[Zone, Reply, set[str]]] = {
    "all is right": ({}, Reply(body=POLICY), set()),
    "two records": (
        {STS: [("TXT", "v=STSv1; id=1"), ("TXT", "v=STSv1; id=2")]},
        Reply(body=POLICY),
        {"mta-sts-broken"},
    ),
    "no id": ({STS: [("TXT", "v=STSv1;")]}, Reply(body=POLICY), {"mta-sts-broken"}),
    "an id with a hyphen": (
        {STS: [("TXT", "v=STSv1; id=2026-01")]}, Reply(body=POLICY), {"mta-sts-broken"}
    ),
    "no file": ({}, Reply(status=404), {"mta-sts-broken"}),
    "a redirect": (
        {}, Reply(status=301, headers=(("Location", f"https://mta-sts.{DOMAIN}/x"),)),
        {"mta-sts-broken"},
    ),
    "a page in its place": ({}, Reply(body="<html>hello</html>"), {"mta-sts-broken"}),
    "too large": ({}, Reply(body=POLICY + "x" * 70_000), {"mta-sts-broken"}),
    "a mode misspelt": ({}, Reply(body=POLICY.replace("enforce", "enforced")), {"mta-sts-broken"}),
    "no host": ({}, Reply(body=POLICY.replace("mx:", "mmx:")), {"mta-sts-broken"}),
    "an age of a century": ({}, Reply(body=POLICY.replace("604800", "9" * 10)), {"mta-sts-broken"}),
    "another host": (
        {}, Reply(body=POLICY.replace("*.google.com", "mx.old.test")), {"mta-sts-refuses-mx"}
    ),
    "two labels for one": (
        {}, Reply(body=POLICY.replace("*.google.com", "*.com")), {"mta-sts-refuses-mx"}
    ),
    "another host, in testing": (
        {},
        Reply(body=POLICY.replace("*.google.com", "mx.old.test").replace("enforce", "testing")),
        {"mta-sts-would-refuse-mx"},
    ),
    "in testing": ({}, Reply(body=POLICY.replace("enforce", "testing")), {"mta-sts-not-enforced"}),
    "for an hour": ({}, Reply(body=POLICY.replace("604800", "3600")), {"mta-sts-not-enforced"}),
    "no reports": ({TLS: [("TXT", "x")]}, Reply(body=POLICY), {"tls-reports-missing"}),
    "reports to nowhere": (
        {TLS: [("TXT", "v=TLSRPTv1; rua=a@b.test")]}, Reply(body=POLICY), {"tls-reports-missing"}
    ),
    "a logo without TLS": (
        {BIMI: [("TXT", "v=BIMI1; l=http://x.test/a.svg")]}, Reply(body=POLICY), {"bimi-not-shown"}
    ),
    "a logo of another kind": (
        {BIMI: [("TXT", "v=BIMI1; l=https://x.test/a.png")]}, Reply(body=POLICY), {"bimi-not-shown"}
    ),
    "a logo without DMARC": (
        {f"_dmarc.{DOMAIN}": [("TXT", f"v=DMARC1; p=none; rua=mailto:d@{DOMAIN}")]},
        Reply(body=POLICY),
        {"bimi-not-shown", "dmarc-refuses-nothing"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(names: Server, site: LiveSite, tmp_path: Path, fault: str) -> None:
    records, reply, rules = FAULTS[fault]
    assert found_rules(names, site, tmp_path, records, reply) == (rules, [])


def test_a_certificate_of_nobody_is_said_of_the_policy(
    names: Server, site: LiveSite, tmp_path: Path
) -> None:
    names.reset({**RIGHT, **GOOD})
    found, _ = look(names, tmp_path, given={"resolve": site.resolve})
    (one,) = found
    assert one.message.startswith("the MTA-STS policy cannot be fetched: the TLS handshake failed")


def test_a_policy_host_in_a_private_network_is_not_asked(
    names: Server, site: LiveSite, tmp_path: Path
) -> None:
    names.reset({**RIGHT, **GOOD, f"mta-sts.{DOMAIN}": [("A", "169.254.169.254")]})
    (one,) = look(names, tmp_path)[0]
    assert one.rule == "mta-sts-broken"
    assert "private address" in one.message


def test_a_name_server_that_fails_is_no_verdict(names: Server, tmp_path: Path) -> None:
    names.reset({**RIGHT, **GOOD}, broken=frozenset({STS}))
    found, seen = look(names, tmp_path)
    assert found == []
    assert [u.target for u in seen if isinstance(u, Unchecked)] == [f"{STS} TXT"]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ({}, "the address has no name"),
        (
            {"9.113.0.203.in-addr.arpa": [("PTR", f"out.{DOMAIN}.")]},
            f"its name out.{DOMAIN} does not lead back to it",
        ),
        (
            {
                "9.113.0.203.in-addr.arpa": [("PTR", f"out.{DOMAIN}.")],
                f"out.{DOMAIN}": [("A", "203.0.113.9")],
            },
            "",
        ),
    ],
)
def test_names_of_what_sends(names: Server, tmp_path: Path, records: Zone, message: str) -> None:
    names.reset({**RIGHT, **records})
    sender = MailSender(provider="own", addresses=("203.0.113.9",))
    found, _ = look(names, tmp_path, senders=(*SENDERS, sender))
    assert [each.message for each in found] == (
        [f"own from 203.0.113.9: {message}"] if message else []
    )


@contextmanager
def mail_host(context: ssl.SSLContext | None) -> Iterator[int]:
    """A mail server that offers TLS with this context, or none; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        ended = threading.Event()

        def serve() -> None:
            while not ended.is_set():
                try:
                    peer, _ = listening.accept()
                except OSError:
                    continue
                with peer:
                    attend(peer)

        def attend(peer: socket.socket) -> None:
            peer.settimeout(5)
            try:
                peer.sendall(b"220 mx.test ESMTP\r\n")
                peer.recv(999)
                peer.sendall(b"250-mx.test\r\n250 STARTTLS\r\n")
                peer.recv(999)
                if context is None:
                    peer.sendall(b"502 no such command\r\n")
                    return
                peer.sendall(b"220 go ahead\r\n")
                context.wrap_socket(peer, server_side=True).close()
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            ended.set()
            thread.join()


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("smtp.google.com", ""),
        (
            "other.test",
            "the certificate of the MX host smtp.google.com is not trusted: it is for another name",
        ),
        ("", "the MX host smtp.google.com offers no TLS"),
    ],
)
def test_tls_of_a_mail_host(
    names: Server, site: LiveSite, tmp_path: Path, named: str, message: str
) -> None:
    names.reset(zone())
    context = site.authority.context(named) if named else None
    with mail_host(context) as port:
        options = {
            "starttls": True,
            "resolve": (f"smtp.google.com:25:127.0.0.1:{port}",),
            "ca_file": str(site.authority.ca_file),
        }
        found, seen = look(names, tmp_path, given=options)
    assert [each.message for each in found] == ([message] if message else [])
    assert not [each for each in seen if isinstance(each, Unchecked)]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    policy = read_policy(text)
    assert policy.faults or policy.mode in ("enforce", "testing", "none")
    assert all(isinstance(each, str) for each in sts_faults(text))
    assert all(isinstance(each, str) for each in (*tls_report_faults(text), *bimi_faults(text)))
