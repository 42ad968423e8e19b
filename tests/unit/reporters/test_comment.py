"""The comment is made of what strangers may have written."""

import json
from typing import Any

import pytest
from tests.golden.runs import NASTY, RUNS, hostile
from tests.unit.reporters.factory import rendered

from launchready.reporters.comment import MARK, MOST_FINDINGS, comment

COMMIT = "a" * 40


def _documents(*runs: Any) -> list[Any]:
    return [json.loads(rendered("json", run)) for run in runs]


def test_a_run_in_short() -> None:
    text = comment(_documents(RUNS["combined"]), COMMIT, 0, "https://github.com/a/b/actions/runs/1")
    assert text.startswith(f"{MARK}\n### ❌ launchready: 2 of 5 steps passed\n")
    assert "| secret-scan | ❌ failed | 3 | 1 | 0 |" in text
    assert "| 🔴 error | https&#58;//" not in text
    assert "<code>src/pay.py:12</code>" in text
    assert text.index("🔴 error") < text.index("🟠 warning")
    assert "[the whole report](https://github.com/a/b/actions/runs/1)" in text


def test_a_clean_run_passes_and_nothing_read_does_not() -> None:
    assert "### ✅ launchready: 1 of 1 steps passed" in comment(
        _documents(RUNS["clean"]), COMMIT, 0
    )
    assert "### ❌ launchready: no step left a report" in comment([], COMMIT, 0)
    lost = comment(_documents(RUNS["clean"]), COMMIT, 2)
    assert "### ❌" in lost
    assert "2 of the files are no reports" in lost


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {"reports": 3},
        {"step": 1, "verdict": "passed"},
        {"step": "x", "verdict": "splendid"},
        {"step": "", "verdict": "passed"},
    ],
)
def test_what_is_no_report_is_no_pass(document: Any) -> None:
    text = comment([document], COMMIT, 0)
    assert "### ❌" in text
    assert "1 of the files are no reports" in text


@pytest.mark.parametrize(
    "findings",
    [None, {}, [1], [{"severity": "error"}], [{"severity": "error", "status": "new"}]],
)
def test_broken_findings_break_nothing(findings: Any) -> None:
    report = {"step": "s", "verdict": "failed", "findings": findings, "counts": {"error": "9" * 99}}
    assert "| s | ❌ failed | ? | ? | ? |" in comment([report], COMMIT, 0)


def test_nothing_of_a_stranger_is_more_than_text() -> None:
    text = comment(_documents(hostile(NASTY)), NASTY, 0)
    for active in ("<script", "@octocat", "![p](", "[l](javascript", "\x1b", "\u202e", "\r"):
        assert active not in text, active
    assert text.count("<!--") == 1
    assert not any(line.startswith(("::", "##[")) for line in text.splitlines())


def test_it_is_short_whatever_there_is() -> None:
    (document,) = _documents(RUNS["failed"])
    document["findings"] = document["findings"][:1] * 5_000
    text = comment([document] * 3, COMMIT, 0)
    assert text.count("🔴") == MOST_FINDINGS
    assert f"…and {15_000 - MOST_FINDINGS} more." in text
    assert len(text.encode()) < 60_000
