"""A test message that is sent and judged as it arrives; only where it is asked for."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.mailservers import MailServers, mail_servers
from tests.nameserver import Server, name_server
from tests.unit.steps.email_check.domain import DOMAIN, look
from tests.unit.steps.email_check.signing import signed
from tests.unit.steps.email_check.test_message import ARRIVED, KEY, KEYS

from launchready.model import Finding, Told, Unchecked

TO = "probe@mail.test"


@pytest.fixture(scope="module")
def names() -> Iterator[Server]:
    """One name server for all."""
    with name_server(dict(KEYS)) as server:
        yield server


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServers]:
    """An account with a password that was never used before, known by the environment."""
    with mail_servers(secrets.token_hex(8)) as running:
        monkeypatch.setenv("LAUNCHREADY_SMTP", running.address("smtp"))
        monkeypatch.setenv("LAUNCHREADY_IMAP", running.address("imap"))
        yield running


def judged(names: Server, root: Path, **options: Any) -> tuple[list[Finding], list[str], list[Any]]:
    """Findings, what was not looked at, what was told."""
    found, seen = look(names, root, given={"send_wait": 0, **options})
    unchecked = [f"{u.target}: {u.reason}" for u in seen if isinstance(u, Unchecked)]
    return found, unchecked, [each for each in seen if isinstance(each, Told)]


def signs(message: str) -> str:
    """What a service and a receiver make of a message."""
    return ARRIVED + signed(message, KEY, domain=DOMAIN, selector="k")


def test_nothing_is_sent_without_the_flag(
    names: Server, servers: MailServers, tmp_path: Path
) -> None:
    assert judged(names, tmp_path)[:2] == ([], [])
    assert servers.said == []


def test_what_is_sent_is_judged_as_it_arrives(
    names: Server, servers: MailServers, tmp_path: Path
) -> None:
    servers.arrives = signs
    found, unchecked, told = judged(names, tmp_path, send=TO)
    assert (found, unchecked) == ([], [])
    assert [each.value for each in told] == [{"spf": "pass", "dkim": ["pass"], "dmarc": "pass"}]
    (sent,) = servers.sent
    assert f"From: launchready@{DOMAIN}" in sent
    assert f"rcpt to:<{TO}>" in [line.lower() for line in servers.said]


def test_what_arrives_unsigned_is_found(
    names: Server, servers: MailServers, tmp_path: Path
) -> None:
    servers.arrives = lambda sent: ARRIVED + sent
    found, _, _ = judged(names, tmp_path, send=TO)
    assert [each.rule for each in found] == ["message-not-signed"]


def test_without_a_mailbox_a_person_looks(
    names: Server, servers: MailServers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LAUNCHREADY_IMAP")
    _, unchecked, told = judged(names, tmp_path, send=TO)
    assert unchecked == []
    assert "give it to --received" in told[0].words
    assert str(told[0].value) in servers.sent[0]


BROKEN = (
    ("LAUNCHREADY_SMTP", "", "the environment variable LAUNCHREADY_SMTP is not set"),
    ("LAUNCHREADY_SMTP", "wrong", "the server refuses the user or the password"),
    ("LAUNCHREADY_SMTP", "http://x", "the variable holds no address such as smtps://"),
    ("LAUNCHREADY_SMTP", "smtp://a:b@127.0.0.1:1", "it failed (ConnectionRefusedError)"),
    ("LAUNCHREADY_IMAP", "wrong", "the mailbox's server refuses the user"),
    ("LAUNCHREADY_IMAP", "imap://a:b@mail.test", "the mailbox must be read by TLS"),
)


@pytest.mark.parametrize("case", BROKEN)
def test_an_account_that_does_not_work_is_no_verdict(
    names: Server,
    servers: MailServers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[str, str, str],
) -> None:
    variable, value, reason = case
    scheme = variable[-4:].lower()
    given = servers.address(scheme, "other") if value == "wrong" else value
    monkeypatch.setenv(variable, given)
    found, unchecked, told = judged(names, tmp_path, send=TO)
    assert found == []
    assert len(unchecked) == 1
    assert unchecked[0].startswith(f"the test message: {reason}")
    everything = repr((unchecked, told))
    assert servers.password not in everything
    assert "a:b" not in everything


def test_what_does_not_arrive_is_unchecked(
    names: Server, servers: MailServers, tmp_path: Path
) -> None:
    servers.arrives = lambda _: None
    found, unchecked, _ = judged(names, tmp_path, send=TO)
    assert (found, unchecked) == ([], ["the test message: it did not arrive within 0 s"])
