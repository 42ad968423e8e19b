"""Annotations keep the runner's caps, and say so where they leave something out."""

from dataclasses import replace

import pytest
from tests.actions.runner_model import LEVELS, Annotation, run_log
from tests.unit.reporters.factory import a_finding, a_report, a_run, many, rendered

from launchready.errors import Fault
from launchready.model import (
    CommitLocation,
    DnsLocation,
    Failure,
    FileLocation,
    Location,
    Report,
    Severity,
    Status,
    Target,
    Unchecked,
    Verdict,
)
from launchready.reporters.annotations import annotations
from launchready.reporters.github import render_error, render_faults

UNSEEN = Unchecked(target="history", reason="shallow clone", hint="fetch more")


def _seen(*reports: Report) -> list[Annotation]:
    seen = run_log(rendered("github", a_run(*reports, is_combined=len(reports) > 1)))
    assert (seen.dropped, seen.cut) == ([], 0)
    sent = [command for command in seen.commands if command.name in LEVELS]
    kept = [each.properties for each in seen.annotations]
    assert [command.properties for command in sent] == kept, "the runner had to mend properties"
    return seen.annotations


def test_all_that_fit_are_shown() -> None:
    assert len(_seen(a_report(*many(10)))) == 10


@pytest.mark.parametrize("severity", Severity)
def test_too_many_end_in_how_many_more(severity: Severity) -> None:
    shown = _seen(a_report(*many(11, severity=severity)))
    assert len(shown) == 10
    level = shown[0].level
    assert shown[-1].message == f"and 2 more {level}s: see the job summary and the log above"
    assert "file" not in shown[-1].properties


def test_the_caps_count_over_all_steps_and_per_level() -> None:
    errors = a_report(*many(7))
    notes = many(3, severity=Severity.NOTE)
    others = a_report(*many(7, folder="lib"), *notes, step="env-lint")
    shown = _seen(errors, others)
    assert [each.level for each in shown] == ["error"] * 10 + ["notice"] * 3
    assert shown[9].message.startswith("and 5 more errors")


def test_one_place_has_one_annotation_per_level() -> None:
    findings = [a_finding(message=f"m{number}") for number in range(7)]
    warning = a_finding(message="w", severity=Severity.WARNING)
    elsewhere = a_finding(location=FileLocation(path="app.py", line=2))
    first, second, third = _seen(a_report(*findings, elsewhere, warning))
    assert first.properties["title"] == "secret-scan: 7 findings on this line"
    assert [f"m{number}" in first.message for number in range(7)] == [True] * 5 + [False] * 2
    assert first.message.endswith("and 2 more on this line")
    assert second.properties["line"] == "2"
    assert third.level == "warning"


def test_steps_that_meet_on_a_line_are_both_named() -> None:
    (told,) = _seen(a_report(a_finding()), a_report(a_finding(message="b"), step="env-lint"))
    assert told.properties["title"] == "env-lint, secret-scan: 2 findings on this line"
    assert "secret-scan: live-key: a key is in the source\n" in told.message
    assert "env-lint: live-key: b\n" in told.message


def test_merged_findings_are_not_counted_twice() -> None:
    same = [a_finding(message=f"m{number}") for number in range(30)]
    shown = _seen(a_report(*same, *many(12)))
    assert shown[-1].message.startswith("and 4 more errors")


def test_known_and_suppressed_have_none() -> None:
    known, suppressed = a_finding(status=Status.KNOWN), a_finding(status=Status.SUPPRESSED)
    assert "::" not in rendered("github", a_run(a_report(known, suppressed)))


@pytest.mark.parametrize(
    ("location", "properties"),
    [
        pytest.param(FileLocation(path="a"), {"file": "a"}, id="file"),
        pytest.param(
            FileLocation(path="a,b:c", line=3),
            {"file": "a,b:c", "line": "3", "endline": "3"},
            id="line",
        ),
        pytest.param(
            FileLocation(path="a", line=3, column=2),
            {"file": "a", "line": "3", "endline": "3", "col": "2"},
            id="column",
        ),
        pytest.param(
            FileLocation(path="a", line=3, column=2, end_column=5),
            {"file": "a", "line": "3", "endline": "3", "col": "2", "endcolumn": "5"},
            id="columns",
        ),
        pytest.param(
            FileLocation(path="a", line=3, column=2, end_line=4, end_column=5),
            {"file": "a", "line": "3", "endline": "4"},
            id="no columns over several lines",
        ),
        pytest.param(
            FileLocation(path="a", line=3, column=5, end_line=2, end_column=2),
            {"file": "a", "line": "3", "endline": "3", "col": "5"},
            id="nothing ends before it starts",
        ),
        pytest.param(FileLocation(path="a", line=0), {"file": "a"}, id="no such line"),
        pytest.param(FileLocation(path="a", commit="c"), {}, id="history"),
        pytest.param(CommitLocation(commit="c"), {}, id="commit message"),
        pytest.param(DnsLocation(dns_name="a", dns_type="MX"), {}, id="no file"),
        pytest.param(FileLocation(path="a\nb"), {}, id="line end in the name"),
        pytest.param(FileLocation(path="\udcff"), {}, id="no text"),
        pytest.param(FileLocation(path="=a"), {}, id="the runner drops the first ="),
        pytest.param(FileLocation(path="a "), {}, id="the runner trims"),
        pytest.param(FileLocation(path="../a"), {}, id="outside"),
        pytest.param(FileLocation(path="/a"), {}, id="absolute"),
    ],
)
def test_properties(location: Location, properties: dict[str, str]) -> None:
    (told,) = _seen(a_report(a_finding(location=location)))
    assert told.properties == {"title": "secret-scan: live-key"} | properties
    if not properties:
        assert "Where: " in told.message or "In " in told.message


def test_a_message_says_what_why_and_how_to_mend() -> None:
    (told,) = _seen(a_report(a_finding()))
    assert told.message == (
        "a key is in the source\nWhy: Whoever holds it can pay with it.\nFix: Revoke it."
    )


@pytest.mark.parametrize("letter", ["a", "%", "😀", "\x1b"])
def test_messages_are_cut_before_the_runner_does(letter: str) -> None:
    (told,) = _seen(a_report(a_finding(message=letter * 5000, rule=letter * 500)))
    assert told.message.endswith("...")
    assert len(told.message.encode("utf-16-le")) <= 2 * 4000


@pytest.mark.parametrize(
    ("verdict", "level"),
    [(Verdict.UNCHECKED, "error"), (Verdict.FAILED, "warning"), (Verdict.PASSED, "warning")],
)
def test_unchecked_targets_of_a_step_share_one(verdict: Verdict, level: str) -> None:
    told, *others = _seen(a_report(unchecked=(UNSEEN,) * 25, verdict=verdict))
    assert (told.level, others) == (level, [])
    assert told.properties == {"title": "secret-scan: 25 targets not examined"}
    assert told.message.count("history: shallow clone. Fix: fetch more") == 20
    assert told.message.endswith("and 5 more: see the job summary")


def test_accepted_gaps_have_no_annotation() -> None:
    assert _seen(a_report(unchecked=(replace(UNSEEN, is_accepted=True),))) == []


def test_a_step_that_stopped_comes_first() -> None:
    stopped = a_report(failure=Failure(message="no git", hint="install it"), step="b")
    shown = _seen(a_report(*many(20)), stopped)
    assert shown[0].message == "no git\nFix: install it"
    assert shown[0].properties == {"title": "b stopped"}


def test_faults_are_on_their_lines() -> None:
    faults = [
        Fault(path="launchready.yml", line=number, column=3, setting="a.b", message="bad")
        for number in range(1, 14)
    ]
    seen = run_log(render_faults(faults))
    assert seen.annotations[0] == Annotation(
        level="error",
        message="bad",
        properties={
            "title": "config: a.b",
            "file": "launchready.yml",
            "line": "1",
            "endline": "1",
            "col": "3",
        },
    )
    assert len(seen.annotations) == 10
    assert seen.annotations[-1].message.startswith("and 4 more faults")
    assert render_faults([]) == ""


def test_faults_of_a_report_are_on_their_lines() -> None:
    fault = Fault(path="launchready.yml", line=2, column=1, setting="", message="bad")
    (told,) = _seen(a_report(failure=Failure(message="m", hint="h", faults=(fault,))))
    assert (told.properties["title"], told.properties["line"]) == ("config", "2")


def test_an_error_is_in_the_form_of_the_oracle() -> None:
    assert render_error("100% a, b: c", "do\nit") == (
        "::error title=launchready::100%25 a, b: c%0AFix: do it\n"
    )


def test_the_log_tells_people_first() -> None:
    text = rendered("github", a_run(a_report(a_finding())))
    report, _, commands = text.partition("::group::")
    assert "NOT READY TO LAUNCH: " in report
    assert report.endswith("On your machine: launchready secret-scan\n")
    assert commands.startswith("1 annotation for the list of changed files\n::error ")
    assert commands.endswith("::endgroup::\n")
    assert len(annotations(a_run(a_report()))) == 0


def test_a_repository_in_a_folder_of_the_workspace_is_annotated_there() -> None:
    target = Target(path="apps/shop")
    (annotation,) = annotations(a_run(a_report(a_finding(), target=target)))
    assert annotation.place is not None
    assert annotation.place.path == "apps/shop/app.py"
