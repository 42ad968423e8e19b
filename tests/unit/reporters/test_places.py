"""Places read well, and links lead only where they should."""

import pytest
from tests.unit.reporters.factory import a_finding

from launchready.model import (
    CommitLocation,
    DnsLocation,
    FileLocation,
    Location,
    Severity,
    Status,
    Target,
    UrlLocation,
)
from launchready.reporters.places import describe, is_safe_url, link, ranked

COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"
TARGET = Target(commit=COMMIT, repository_url="https://git.example/acme/shop/")
BLOB = f"https://git.example/acme/shop/blob/{COMMIT}"


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param(FileLocation(path="a b.py"), "a b.py", id="file"),
        pytest.param(FileLocation(path="a.py", line=3), "a.py:3", id="line"),
        pytest.param(FileLocation(path="a.py", line=3, column=7), "a.py:3:7", id="column"),
        pytest.param(FileLocation(path="a.py", column=7), "a.py", id="column without line"),
        pytest.param(
            FileLocation(path="a.py", line=3, commit=COMMIT),
            "a.py:3 in commit 1a2b3c4d5e6f",
            id="history",
        ),
        pytest.param(
            CommitLocation(commit=COMMIT), "message of commit 1a2b3c4d5e6f", id="commit message"
        ),
        pytest.param(
            CommitLocation(commit=COMMIT, line=2),
            "message of commit 1a2b3c4d5e6f, line 2",
            id="line of a commit message",
        ),
        pytest.param(UrlLocation(url="https://a.example/?b"), "https://a.example/?b", id="address"),
        pytest.param(DnsLocation(dns_name="a.example", dns_type="MX"), "a.example MX", id="DNS"),
        pytest.param(FileLocation(path="a\n\udcff"), "a\\n\\xff", id="visible"),
    ],
)
def test_describe(location: Location, expected: str) -> None:
    assert describe(location) == expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param(FileLocation(path="src/a b.py"), f"{BLOB}/src/a%20b.py", id="file"),
        pytest.param(FileLocation(path="a", line=3), f"{BLOB}/a#L3", id="line"),
        pytest.param(FileLocation(path="a", line=3, end_line=5), f"{BLOB}/a#L3-L5", id="lines"),
        pytest.param(FileLocation(path="a", line=3, end_line=3), f"{BLOB}/a#L3", id="same line"),
        pytest.param(FileLocation(path="a)#?%"), f"{BLOB}/a%29%23%3F%25", id="reserved"),
        pytest.param(
            FileLocation(path="a", commit="abc1"),
            "https://git.example/acme/shop/blob/abc1/a",
            id="history",
        ),
        pytest.param(
            CommitLocation(commit="abc1"), "https://git.example/acme/shop/commit/abc1", id="commit"
        ),
        pytest.param(FileLocation(path="../../x"), None, id="leaves the repository"),
        pytest.param(FileLocation(path="a/./b"), None, id="dots"),
        pytest.param(FileLocation(path="/etc/passwd"), None, id="absolute"),
        pytest.param(FileLocation(path="a", commit="x/../y"), None, id="no commit name"),
        pytest.param(UrlLocation(url="https://a.example/b"), "https://a.example/b", id="address"),
        pytest.param(UrlLocation(url="javascript:alert(1)"), None, id="no web address"),
        pytest.param(UrlLocation(url="https://a.example/b)c"), None, id="would end the link"),
        pytest.param(DnsLocation(dns_name="a", dns_type="MX"), None, id="DNS"),
    ],
)
def test_link(location: Location, expected: str | None) -> None:
    assert link(location, TARGET) == expected


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(Target(commit=COMMIT), id="no page"),
        pytest.param(Target(repository_url="https://git.example/a/b"), id="no commit"),
        pytest.param(Target(commit=COMMIT, repository_url="https://x/)("), id="bad page"),
        pytest.param(Target(commit=COMMIT, repository_url="ftp://x/a"), id="no web page"),
    ],
)
def test_no_link_without_a_page_and_a_commit(target: Target) -> None:
    assert link(FileLocation(path="a"), target) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b_c/d.md#e-f", True),
        ("http://a.example", True),
        ("https://a.example/b c", False),
        ('https://a.example/"', False),
        ("https://a.example/<", False),
        ("data:text/html,x", False),
        ("", False),
    ],
)
def test_is_safe_url(url: str, expected: bool) -> None:
    assert is_safe_url(url) is expected


def test_ranked_keeps_the_order_of_a_report_within_a_rank() -> None:
    given = [
        a_finding(message="e", status=Status.SUPPRESSED),
        a_finding(message="d", status=Status.KNOWN),
        a_finding(message="c", severity=Severity.NOTE),
        a_finding(message="a2"),
        a_finding(message="a1"),
        a_finding(message="b", severity=Severity.WARNING),
    ]
    assert [each.message for each in ranked(given)] == ["a2", "a1", "b", "c", "d", "e"]
