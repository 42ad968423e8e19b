"""A message that arrived: right ones give nothing, and each fault its finding."""

import base64
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tests.nameserver import Server, Zone, name_server
from tests.unit.steps.email_check.domain import DOMAIN, RIGHT, look
from tests.unit.steps.email_check.signing import record, signed

from launchready.facts.dns import DnsAnswer, DnsRecord, DnsStatus
from launchready.model import Told, Unchecked
from launchready.steps.email_check.message.parts import BadMessageError, read_message
from launchready.steps.email_check.message.path import handed_over
from launchready.steps.email_check.message.signature import Outcome, signatures

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED = Ed25519PrivateKey.generate()
KEYS: Zone = {
    **RIGHT,
    f"k._domainkey.{DOMAIN}": [("TXT", record(KEY))],
    f"ed._domainkey.{DOMAIN}": [("TXT", record(ED))],
    "k._domainkey.esp.test": [("TXT", record(KEY))],
    "bounce.esp.test": [("TXT", "v=spf1 ip4:203.0.113.0/24 -all")],
}
MAIL = (
    f"From: Shop <hi@{DOMAIN}>\r\nTo: Ann <ann@mail.test>\r\nSubject: Your  receipt\r\n"
    f"Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@{DOMAIN}>\r\n\r\n"
    "Hello,  Ann. \r\n\r\nThank you.\r\n\r\n\r\n"
)
ARRIVED = (
    f"Return-Path: <bounce@{DOMAIN}>\r\n"
    "Received: by 2002:a05:1 with SMTP id x; Tue, 24 Nov 2026 10:00:02 +0000\r\n"
    f"Received: from out.{DOMAIN} (out.{DOMAIN}. [203.0.113.9])\r\n"
    "        by mx.mail.test with ESMTPS id y (version=TLS1_3 cipher=TLS_AES_256)\r\n"
    "        for <ann@mail.test>; Tue, 24 Nov 2026 10:00:01 +0000\r\n"
)


def sign(message: str = MAIL, key: Any = KEY, **how: Any) -> str:
    """The message as the shop signs it."""
    return signed(message, key, **({"domain": DOMAIN, "selector": "k"} | how))


@pytest.fixture(scope="module")
def names() -> Iterator[Server]:
    """One name server for all."""
    with name_server({}) as server:
        yield server


def judged(
    names: Server, root: Path, text: str | bytes, zone: Zone | None = None, **options: Any
) -> tuple[dict[str, str], list[str], list[Any]]:
    """Rules and messages, what was not looked at, what was told."""
    (root / "message.eml").write_bytes(text if isinstance(text, bytes) else text.encode())
    names.reset(KEYS if zone is None else zone)
    found, seen = look(names, root, given={"received": "message.eml", **options})
    unchecked = [f"{u.target}: {u.reason}" for u in seen if isinstance(u, Unchecked)]
    told = [each.value for each in seen if isinstance(each, Told)]
    return {each.rule: each.message for each in found}, unchecked, told


@pytest.mark.parametrize("forms", ["relaxed/relaxed", "simple/simple", "relaxed", "simple/relaxed"])
@pytest.mark.parametrize("key", [KEY, ED], ids=["rsa", "ed25519"])
def test_a_right_message_gives_nothing(names: Server, tmp_path: Path, forms: str, key: Any) -> None:
    selector = "ed" if key is ED else "k"
    text = ARRIVED + sign(key=key, selector=selector, forms=forms)
    assert judged(names, tmp_path, text) == (
        {}, [], [{"spf": "pass", "dkim": ["pass"], "dmarc": "pass"}]
    )  # fmt: skip


def test_a_message_saved_with_line_ends_of_unix(names: Server, tmp_path: Path) -> None:
    rules, unchecked, _ = judged(names, tmp_path, (ARRIVED + sign()).replace("\r\n", "\n"))
    assert (rules, unchecked) == ({}, [])


BULK = (
    f"List-Unsubscribe: <https://{DOMAIN}/stop>\r\n"
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
)
BULK_NAMES = "from:to:subject:date:list-unsubscribe:list-unsubscribe-post"
Make = Callable[[], str]
FAULTS: dict[str, tuple[Make, set[str], str]] = {
    "not signed": (lambda: ARRIVED + MAIL, {"message-not-signed"}, "is not signed"),
    "a changed body": (
        lambda: ARRIVED + sign().replace("Thank you", "Thank her"),
        {"message-signature-fails"},
        "the body was changed",
    ),
    "a changed subject": (
        lambda: ARRIVED + sign().replace("receipt", "invoice"),
        {"message-signature-fails"},
        "a signed header was changed",
    ),
    "a line end that was cut": (
        lambda: ARRIVED + sign().replace("Ann. \r\n\r\n", "Ann. \r\r\n"),
        {"message-signature-fails"},
        "the body was changed",
    ),
    "another key": (
        lambda: ARRIVED + sign(key=OTHER), {"message-signature-fails"}, "or the key is another"
    ),
    "no key": (
        lambda: ARRIVED + sign(selector="gone"), {"message-signature-fails"}, "there is no key"
    ),
    "expired": (
        lambda: ARRIVED + sign(more=f" x={int(time.time()) - 60};"),
        {"message-signature-fails"},
        "it has expired",
    ),
    "From not signed": (
        lambda: ARRIVED + sign(names="to:subject"), {"message-signature-fails"}, "not sign From"
    ),
    "an identity elsewhere": (
        lambda: ARRIVED + sign(more=" i=@evil.test;"), {"message-signature-fails"}, "`i` is not of"
    ),
    "sha1": (
        lambda: ARRIVED + sign().replace("rsa-sha256", "rsa-sha1"),
        {"message-signature-fails"},
        "neither rsa-sha256",
    ),
    "more than there is": (
        lambda: ARRIVED + sign(more=" l=9999;"), {"message-signature-fails"}, "`l` is greater"
    ),
    "a part of the body": (
        lambda: ARRIVED + sign(more=" l=10;"), {"message-signed-in-part"}, "a part of the body"
    ),
    "the subject left open": (
        lambda: ARRIVED + sign(names="from:to:date"), {"message-signed-in-part"}, "subject"
    ),
    "a field added": (
        lambda: ARRIVED + sign(names="from:to:subject:date:reply-to").replace(
            "To: Ann", "Reply-To: x@evil.test\r\nTo: Ann"
        ),
        {"message-signature-fails"},
        "a signed header was changed",
    ),
    "signed by the service": (
        lambda: ARRIVED + sign(domain="esp.test"), {"message-signed-by-others"}, "only esp.test"
    ),
    "all by the service": (
        lambda: ARRIVED.replace(f"bounce@{DOMAIN}", "x@bounce.esp.test") + sign(domain="esp.test"),
        {"message-fails-dmarc"},
        f"neither SPF (bounce.esp.test) nor DKIM (esp.test) stands for {DOMAIN}",
    ),
    "from elsewhere": (
        lambda: ARRIVED.replace("203.0.113.9", "192.0.2.77") + sign(),
        {"message-fails-spf"},
        "says softfail to 192.0.2.77",
    ),
    "two authors": (
        lambda: ARRIVED + sign(MAIL.replace("From: Shop", f"From: boss@{DOMAIN}, Shop")),
        {"message-from-unclear"},
        "names 2 addresses",
    ),
    "From twice": (
        lambda: ARRIVED + sign(f"From: a@{DOMAIN}\r\n{MAIL}"),
        {"message-from-unclear"},
        "`from` stands 2 times",
    ),
    "no date": (
        lambda: ARRIVED + sign(MAIL.replace("Date:", "X-Date:")),
        {"message-from-unclear"},
        "has no `date`",
    ),
    "a test sender": (
        lambda: ARRIVED.replace(DOMAIN, "bounce.esp.test")
        + sign(MAIL.replace(DOMAIN, "esp.test"), domain="esp.test"),
        {"message-of-another-domain"},
        f"From is of esp.test, not of {DOMAIN}",
    ),
    "in clear": (
        lambda: ARRIVED.replace("ESMTPS", "ESMTP").replace("version=TLS1_3 cipher=x", "")
        .replace("(version=TLS1_3 cipher=TLS_AES_256)", "") + sign(),
        {"message-came-in-clear"},
        "203.0.113.9 handed the message over without TLS",
    ),
    "a newsletter": (
        lambda: ARRIVED + sign(f"List-Id: <news.{DOMAIN}>\r\n{MAIL}"),
        {"message-without-unsubscribe"},
        "no `https:` address",
    ),
    "two clicks": (
        lambda: ARRIVED + sign(f"Precedence: bulk\r\n{BULK.partition('List-Unsubscribe-Post')[0]}"
                               f"{MAIL}", names=BULK_NAMES),
        {"message-without-unsubscribe"},
        "one click is not enough",
    ),
    "a way that is not signed": (
        lambda: ARRIVED + sign(f"Precedence: bulk\r\n{BULK}{MAIL}"),
        {"message-without-unsubscribe"},
        "is not signed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("make", "rules", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(
    names: Server, tmp_path: Path, make: Make, rules: set[str], words: str
) -> None:
    found, unchecked, _ = judged(names, tmp_path, make())
    assert (set(found), unchecked) == (rules, [])
    assert words in "".join(found.values())


def test_a_newsletter_that_can_be_stopped(names: Server, tmp_path: Path) -> None:
    text = ARRIVED + sign(BULK + MAIL, names=BULK_NAMES)
    assert judged(names, tmp_path, text, bulk=True)[:2] == ({}, [])
    rules, _, _ = judged(names, tmp_path, ARRIVED + sign(), bulk=True)
    assert set(rules) == {"message-without-unsubscribe"}


def test_relaxed_and_strict_alignment(names: Server, tmp_path: Path) -> None:
    below = f"send.{DOMAIN}"
    zone = {
        **KEYS,
        below: [("TXT", "v=spf1 ip4:203.0.113.0/24 -all")],
        f"k._domainkey.{below}": [("TXT", record(KEY))],
    }
    text = ARRIVED.replace(f"bounce@{DOMAIN}", f"x@{below}") + sign(domain=below)
    assert judged(names, tmp_path, text, zone)[:2] == ({}, [])
    strict = f"v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:d@{DOMAIN}"
    zone[f"_dmarc.{DOMAIN}"] = [("TXT", strict)]
    assert set(judged(names, tmp_path, text, zone)[0]) == {"message-fails-dmarc"}


def test_trouble_of_the_name_server_is_no_verdict(names: Server, tmp_path: Path) -> None:
    (tmp_path / "message.eml").write_text(ARRIVED + sign(), newline="")
    names.reset(KEYS, broken=frozenset({f"k._domainkey.{DOMAIN}"}))
    found, seen = look(names, tmp_path, given={"received": "message.eml"})
    assert found == []
    assert [u.target for u in seen if isinstance(u, Unchecked)] == [
        f"the signature of {DOMAIN} on message.eml"
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no such file"),
        (b"", "it has no header"),
        (b"\0" * 50, "it has no header"),
        (b"A: 1\r\n" * 1200, "it has more than 1,000 header fields"),
        (b"A: " + b"x" * (1 << 21), "its header is larger than 1,048,576 bytes"),
    ],
)
def test_what_is_no_message(
    names: Server, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    names.reset(KEYS)
    if content is not None:
        (tmp_path / "message.eml").write_bytes(content)
    found, seen = look(names, tmp_path, given={"received": "message.eml"})
    assert found == []
    assert [u.reason for u in seen if isinstance(u, Unchecked)] == [reason]


def test_a_message_from_the_sent_ones_tells_no_address(names: Server, tmp_path: Path) -> None:
    found, unchecked, _ = judged(names, tmp_path, sign())
    assert found == {}
    assert "does not tell from which address it came" in unchecked[0]


# Appendix A of RFC 8463: one message, signed with both algorithms.
RFC8463 = """\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
"""
RFC8463_KEYS = {
    "brisbane._domainkey.football.example.com": "v=DKIM1; k=ed25519;"
    " p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "test._domainkey.football.example.com": "v=DKIM1; k=rsa;"
    " p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi"
    "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLz"
    "BfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
}


def ask_rfc8463(name: str, kind: str) -> DnsAnswer:
    """The keys of the appendix."""
    text = RFC8463_KEYS.get(name)
    records = (DnsRecord(name=name, type=kind, text=text, ttl=60),) if text else ()
    status = DnsStatus.FOUND if text else DnsStatus.NO_NAME
    return DnsAnswer(name=name, type=kind, status=status, records=records)


def test_the_message_of_rfc_8463() -> None:
    found = tuple(signatures(read_message(RFC8463.encode()), ask_rfc8463, 1600000000))
    assert [(each.selector, each.outcome, each.why) for each in found] == [
        ("brisbane", Outcome.PASS, ""),
        ("test", Outcome.PASS, ""),
    ]
    changed = RFC8463.replace("Suzie Q", "Suzie R").encode()
    found = tuple(signatures(read_message(changed), ask_rfc8463, 1600000000))
    assert {each.outcome for each in found} == {Outcome.FAIL}


@pytest.mark.parametrize(
    ("received", "address", "is_encrypted"),
    [
        ("from a.test (a.test [203.0.113.9]) by b with ESMTPS id 1", "203.0.113.9", True),
        ("from a.test (unknown [IPv6:2606:4700::1]) by b with ESMTP id 1", "2606:4700::1", False),
        ("from [203.0.113.9] (helo=a.test) by b with esmtpsa (TLS1.3) id 1", "203.0.113.9", True),
        ("from A.prod (2603:10a6::1) by B with Microsoft SMTP Server (version=TLS1_2)",
         "2603:10a6::1", True),
        ("from app (localhost [127.0.0.1]) by b with ESMTP", None, None),
        ("from nowhere", None, None),
    ],
)  # fmt: skip
def test_who_handed_it_over(received: str, address: str | None, is_encrypted: bool | None) -> None:
    hop = handed_over(read_message(f"Received: {received}\r\nFrom: a@b.test\r\n\r\n".encode()))
    told = (str(hop.address), hop.is_encrypted) if hop else (None, None)
    assert told == (address, is_encrypted)


@given(st.binary())
def test_any_bytes_are_read(content: bytes) -> None:
    whole = b"DKIM-Signature: " + base64.b64encode(content) + b"\r\nDKIM-Signature: " + content
    for each in (content, whole):
        try:
            message = read_message(each)
        except BadMessageError:
            continue
        assert all(s.outcome is not Outcome.PASS for s in signatures(message, ask_rfc8463, 0))
        handed_over(message)
