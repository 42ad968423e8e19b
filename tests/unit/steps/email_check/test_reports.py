"""Aggregate reports of DMARC: by sender, with the next safe record, and hostile ones."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.nameserver import Server, name_server
from tests.unit.steps.email_check.domain import DOMAIN, look, zone

from launchready.model import Finding, Told, Unchecked
from launchready.steps.email_check.records.dmarc import read_dmarc
from launchready.steps.email_check.records.road import next_record
from launchready.steps.email_check.reports.read import BadReportError, read_report

BEGIN = 1_790_000_000
DAY = 86_400


def row(
    count: int,
    *,
    passes: bool = True,
    ip: str = "203.0.113.9",
    signer: tuple[str, str] | None = (DOMAIN, "google"),
    envelope: str = "",
) -> str:
    """Messages of one address."""
    said = "pass" if passes else "fail"
    dkim = (
        f"<dkim><domain>{signer[0]}</domain><selector>{signer[1]}</selector>"
        "<result>pass</result></dkim>"
        if signer
        else ""
    )
    spf = f"<spf><domain>{envelope}</domain><result>pass</result></spf>" if envelope else ""
    return (
        f"<record><row><source_ip>{ip}</source_ip><count>{count}</count><policy_evaluated>"
        f"<disposition>none</disposition><dkim>{said}</dkim><spf>fail</spf></policy_evaluated>"
        f"</row><identifiers><header_from>{DOMAIN}</header_from></identifiers>"
        f"<auth_results>{dkim}{spf}</auth_results></record>"
    )


def report(*rows: str, days: int = 20, number: int = 1, domain: str = DOMAIN) -> str:
    """A report with these rows."""
    return (
        '<?xml version="1.0"?><feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0"><report_metadata>'
        f"<org_name>receiver.test</org_name><report_id>{number}</report_id><date_range><begin>"
        f"{BEGIN}</begin><end>{BEGIN + days * DAY}</end></date_range></report_metadata>"
        f"<policy_published><domain>{domain}</domain><p>none</p></policy_published>"
        f"{''.join(rows)}</feedback>"
    )


@pytest.fixture(scope="module")
def names() -> Iterator[Server]:
    """One name server for all."""
    with name_server({}) as server:
        yield server


def judged(
    names: Server, root: Path, files: dict[str, bytes], dmarc: str = "p=none"
) -> tuple[list[Finding], list[str], Any]:
    """What the reports give: findings of theirs, what was not read, and the table."""
    (root / "reports").mkdir()
    for name, content in files.items():
        (root / "reports" / name).write_bytes(content)
    text = f"v=DMARC1; {dmarc}; rua=mailto:d@{DOMAIN}"
    names.reset(zone(dmarc=[("TXT", text)]))
    found, seen = look(names, root, given={"reports": "reports"})
    own = [each for each in found if each.rule != "dmarc-refuses-nothing"]
    told = [t.value for t in seen if isinstance(t, Told) and t.name == "dmarc_senders"]
    unchecked = [f"{u.target}: {u.reason}" for u in seen if isinstance(u, Unchecked)]
    return own, unchecked, told[0] if told else None


def zipped(content: bytes) -> bytes:
    """A zip with one member."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("report.xml", content)
    return made.getvalue()


def test_reports_are_summed_up_by_sender(names: Server, tmp_path: Path) -> None:
    first = report(row(90), row(10, ip="203.0.113.10"), row(5, passes=False, signer=None, ip="::1"))
    second = report(row(40, passes=False, signer=("sendgrid.net", "s1")), row(60), number=2)
    third = report(row(7, passes=False, signer=("evil.test", "x")), number=3)
    files = {
        "a.xml": first.encode(),
        "again.xml": first.encode(),
        "b.xml.gz": gzip.compress(second.encode()),
        "c.zip": zipped(third.encode()),
        "d.xml": report(row(999), number=4, domain="other.test").encode(),
    }
    found, unchecked, table = judged(names, tmp_path, files)
    assert unchecked == []
    assert table == [
        {"sender": "Google", "known": True, "passed": 160, "failed": 0},
        {"sender": "sendgrid", "known": True, "passed": 0, "failed": 40},
        {"sender": "evil.test", "known": False, "passed": 0, "failed": 7},
        {"sender": "::1, of nobody", "known": False, "passed": 0, "failed": 5},
    ]
    assert [each.message for each in found] == ["40 of 40 messages of sendgrid fail DMARC"]


@pytest.mark.parametrize(
    ("dmarc", "following"),
    [
        ("p=none", "v=DMARC1; p=quarantine; t=y; rua=mailto:d@shop.test"),
        ("p=quarantine; t=y", "v=DMARC1; p=quarantine; rua=mailto:d@shop.test"),
        ("p=quarantine; adkim=s", "v=DMARC1; p=reject; adkim=s; rua=mailto:d@shop.test"),
        ("p=reject; t=y", "v=DMARC1; p=reject; rua=mailto:d@shop.test"),
        ("p=reject", None),
    ],
)
def test_the_next_record_is_named(
    names: Server, tmp_path: Path, dmarc: str, following: str | None
) -> None:
    found, _, _ = judged(names, tmp_path, {"a.xml": report(row(200)).encode()}, dmarc)
    assert [each.fix for each in found] == (
        [f"Publish at _dmarc.{DOMAIN}: `{following}`."] if following else []
    )


@pytest.mark.parametrize(
    "content",
    [
        report(row(20)),
        report(row(200), days=3),
        report(row(200), row(10, passes=False, envelope="bounce.sendgrid.net")),
    ],
    ids=["few messages", "few days", "a sender that fails"],
)
def test_no_next_step_before_it_is_safe(names: Server, tmp_path: Path, content: str) -> None:
    found, _, _ = judged(names, tmp_path, {"a.xml": content.encode()})
    assert "dmarc-may-be-stricter" not in [each.rule for each in found]


BOMB = '<!DOCTYPE f [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><feedback>&b;</feedback>'
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "entities": ("a.xml", BOMB.encode(), "it declares a document type"),
    "no XML": ("a.xml", b"hello", "it is no XML, in line 1"),
    "another document": ("a.xml", b"<html/>", "it is no aggregate report"),
    "cut": ("a.xml", report(row(1)).encode()[:300], "it is no XML"),
    "too deep": ("a.xml", b"<a>" * 40, "it is nested too deep"),
    "a gzip that is cut": ("a.xml.gz", gzip.compress(report(row(1)).encode())[:80], "ends early"),
    "a gzip bomb": (
        "a.xml.gz", gzip.compress(b"<feedback>" + b" " * (32 << 20)), "a decompression bomb"
    ),
    "a zip bomb": ("a.zip", zipped(b"<feedback>" + b" " * (32 << 20)), "a decompression bomb"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_reports_are_refused(
    names: Server, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    files = {name: content, "right.xml": report(row(3)).encode()}
    found, unchecked, table = judged(names, tmp_path, files)
    assert found == []
    assert len(unchecked) == 1
    assert reason in unchecked[0]
    assert table == [{"sender": "Google", "known": True, "passed": 3, "failed": 0}]


def test_markup_in_a_report_reaches_nobody(names: Server, tmp_path: Path) -> None:
    signer = ("x`|&lt;b&gt;\n::error::.test", "x")
    content = report(row(9, passes=False, signer=signer)).encode()
    _, _, table = judged(names, tmp_path, {"a.xml": content})
    assert table[0]["sender"] == "x?|<b>?::error::.test"


def test_an_empty_folder_is_no_pass(names: Server, tmp_path: Path) -> None:
    _, unchecked, _ = judged(names, tmp_path, {})
    assert unchecked == [f"reports: there is no report about {DOMAIN}"]


@given(st.binary(), st.text())
def test_any_bytes_are_read(content: bytes, text: str) -> None:
    for each in (content, f"<feedback>{text}</feedback>".encode(errors="replace")):
        pieces = iter([each, b""])
        with pytest.raises(BadReportError):
            read_report(lambda _, pieces=pieces: next(pieces))  # type: ignore[misc]
    record = read_dmarc(f"v=DMARC1; {text}", DOMAIN)
    following = next_record(record)
    assert following is None or following.startswith("v=DMARC1; p=")
