"""JSON, SARIF, JUnit and GitLab: the shapes that other programs read."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from tests.golden.runs import RUNS
from tests.unit.reporters.factory import a_finding, a_report, a_run, many, rendered
from tests.unit.reporters.sarif_subset import SARIF_SUBSET

from launchready.errors import Fault
from launchready.model import (
    CommitLocation,
    DnsLocation,
    Evidence,
    Failure,
    FileLocation,
    Location,
    Related,
    RuleInfo,
    Run,
    Severity,
    Status,
    Suppression,
    Target,
    Unchecked,
    UrlLocation,
    Verdict,
)
from launchready.policy.acceptance import IGNORE_ENTRY as POLICY_IGNORE_ENTRY
from launchready.reporters.json_report import utc
from launchready.reporters.report_schema import report_schema, report_schema_text
from launchready.reporters.sarif import (
    IGNORE_ENTRY,
    MOST_NOTIFICATIONS,
    MOST_RELATED,
    MOST_RESULTS,
    MOST_RUNS,
)

UNSEEN = Unchecked(target="history", reason="shallow clone", hint="fetch more")
REPORT = jsonschema.Draft7Validator(report_schema())
SARIF = jsonschema.Draft7Validator(SARIF_SUBSET)


def _json(run: Run) -> Any:
    told = json.loads(rendered("json", run))
    REPORT.validate(told)
    return told


def _sarif(run: Run) -> Any:
    told = json.loads(rendered("sarif", run))
    SARIF.validate(told)
    return told


def _result(**fields: Any) -> Any:
    return _sarif(a_run(a_report(a_finding(**fields))))["runs"][0]["results"][0]


def _junit(run: Run) -> ElementTree.Element:
    return ElementTree.fromstring(rendered("junit", run))  # noqa: S314 - written by ourselves


def _gitlab(run: Run) -> Any:
    return json.loads(rendered("gitlab", run))


# --- JSON -----------------------------------------------------------------------------------------


def test_the_schema_is_a_schema_and_says_what_everything_is() -> None:
    jsonschema.Draft7Validator.check_schema(report_schema())
    assert json.loads(report_schema_text()) == report_schema()
    for name, each in report_schema()["definitions"].items():
        assert each["title"], name
        assert each["description"], name
        for field in each.get("properties", {}).values():
            assert "$ref" in field or (field["title"] and field["description"])


@pytest.mark.parametrize("name", RUNS)
def test_json_keeps_its_schema(name: str) -> None:
    _json(RUNS[name])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"surprise": 1}, id="unknown field"),
        pytest.param({"version": 2}, id="another version"),
        pytest.param({"verdict": "fine"}, id="unknown verdict"),
        pytest.param({"findings": [{}]}, id="half a finding"),
        pytest.param({"seconds": -1}, id="negative time"),
    ],
)
def test_the_schema_is_strict(change: Mapping[str, Any]) -> None:
    assert not REPORT.is_valid(_json(a_run(a_report(a_finding()))) | change)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (FileLocation(path="a", line=1, commit="c"), {"path": "a", "line": 1, "commit": "c"}),
        (CommitLocation(commit="c", line=2), {"commit": "c", "line": 2}),
        (UrlLocation(url="https://a.example"), {"url": "https://a.example"}),
        (DnsLocation(dns_name="a", dns_type="MX"), {"dns_name": "a", "dns_type": "MX"}),
    ],
)
def test_json_locations(location: Location, expected: Mapping[str, Any]) -> None:
    assert (
        _json(a_run(a_report(a_finding(location=location))))["findings"][0]["location"] == expected
    )


def test_every_finding_is_in_the_json() -> None:
    told = _json(a_run(a_report(*many(500), a_finding(status=Status.KNOWN, fingerprint="k"))))
    expected = {f"{number:032x}" for number in range(500)} | {"k"}
    assert {finding["fingerprint"] for finding in told["findings"]} == expected


def test_numbers_that_json_has_not_are_null() -> None:
    evidence = Evidence(measured=(("a", float("nan")), ("b", 1.5)))
    told = _json(a_run(a_report(a_finding(evidence=evidence), facts={"c": float("inf")})))
    assert told["findings"][0]["evidence"] == {"measured": {"a": None, "b": 1.5}}
    assert told["facts"] == {"c": None}


def test_one_report_of_a_combined_run_is_still_combined() -> None:
    assert set(_json(a_run(a_report(), is_combined=True))) == {"version", "verdict", "reports"}


def test_times_are_in_utc() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))
    assert utc(datetime.datetime(2026, 1, 1, 1, 0, tzinfo=zone)) == "2025-12-31T23:00:00Z"


# --- SARIF ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RUNS)
def test_sarif_keeps_its_schema(name: str) -> None:
    _sarif(RUNS[name])


def test_a_run_per_step_each_with_its_category() -> None:
    told = _sarif(a_run(a_report(), a_report(step="env-lint"), is_combined=True))
    ids = [run["automationDetails"]["id"] for run in told["runs"]]
    assert ids == ["launchready/secret-scan/", "launchready/env-lint/"]


@pytest.mark.parametrize(
    ("location", "uri", "region", "logical"),
    [
        pytest.param(
            FileLocation(path="a b/é", line=3, column=2, end_line=3, end_column=9),
            "a%20b/%C3%A9",
            {"startLine": 3, "startColumn": 2, "endLine": 3, "endColumn": 9},
            None,
            id="file",
        ),
        pytest.param(FileLocation(path="a"), "a", {"startLine": 1}, None, id="no line"),
        pytest.param(
            FileLocation(path="a", line=3, end_line=5),
            "a",
            {"startLine": 3, "endLine": 5},
            None,
            id="lines",
        ),
        pytest.param(
            FileLocation(path="a", line=3, column=5, end_column=2),
            "a",
            {"startLine": 3, "startColumn": 5},
            None,
            id="ends before it starts",
        ),
        pytest.param(
            FileLocation(path="a", line=3, column=5, end_line=4, end_column=2),
            "a",
            {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 2},
            None,
            id="ends on a later line",
        ),
        pytest.param(
            FileLocation(path="a", line=3, commit="c"),
            "a",
            {"startLine": 3},
            "commit c",
            id="history",
        ),
        pytest.param(
            CommitLocation(commit="c"), "launchready.yml", {"startLine": 1}, "commit c", id="commit"
        ),
        pytest.param(
            UrlLocation(url="https://a.example"),
            "launchready.yml",
            {"startLine": 1},
            "https://a.example",
            id="address",
        ),
        pytest.param(
            DnsLocation(dns_name="a", dns_type="MX"),
            "launchready.yml",
            {"startLine": 1},
            "a MX",
            id="DNS",
        ),
    ],
)
def test_sarif_locations(
    location: Location, uri: str, region: Mapping[str, int], logical: str | None
) -> None:
    (told,) = _result(location=location)["locations"]
    assert told["physicalLocation"]["artifactLocation"]["uri"] == uri
    assert told["physicalLocation"]["region"] == region
    names = [each["fullyQualifiedName"] for each in told.get("logicalLocations", ())]
    assert names == ([logical] if logical else [])


def test_a_place_outside_the_tree_is_named_in_the_message() -> None:
    told = _result(location=DnsLocation(dns_name="a.example", dns_type="MX"))
    assert told["message"]["text"] == "a key is in the source (a.example MX). Fix: Revoke it."


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param("see [x](https://e.example)", "see [x] (https://e.example)", id="link"),
        pytest.param("a {0} {x} {{1}}", "a {{0}} {x} {{{1}}}", id="placeholder"),
    ],
)
def test_messages_hold_no_markup(message: str, expected: str) -> None:
    told = json.loads(rendered("sarif", a_run(a_report(a_finding(message=message, fix="")))))
    assert told["runs"][0]["results"][0]["message"]["text"] == expected


@pytest.mark.parametrize(
    ("status", "by", "state", "kind"),
    [
        pytest.param(Status.NEW, None, "new", None, id="new"),
        pytest.param(Status.KNOWN, None, "unchanged", None, id="known"),
        pytest.param(Status.SUPPRESSED, IGNORE_ENTRY, "unchanged", "external", id="config"),
        pytest.param(Status.SUPPRESSED, "gitleaks:allow", "unchanged", "inSource", id="comment"),
    ],
)
def test_status_is_baseline_state_and_suppression(
    status: Status, by: str | None, state: str, kind: str | None
) -> None:
    suppression = Suppression(by=by, reason="why") if by else None
    told = _result(status=status, suppression=suppression)
    assert told["baselineState"] == state
    kinds = [(each["kind"], each["justification"]) for each in told.get("suppressions", ())]
    assert kinds == ([(kind, "why")] if kind else [])


def test_the_policy_calls_an_ignore_entry_the_same() -> None:
    assert IGNORE_ENTRY == POLICY_IGNORE_ENTRY


def test_only_rules_that_found_something_are_described() -> None:
    rules = tuple(
        RuleInfo(id=name, severity=Severity.NOTE, summary=name) for name in ("quiet", "live-key")
    )
    run = a_run(a_report(a_finding(), a_finding(rule="other"), a_finding(), rules=rules))
    told = _sarif(run)["runs"][0]
    assert sorted(rule["id"] for rule in told["tool"]["driver"]["rules"]) == ["live-key", "other"]
    for result in told["results"]:
        assert told["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_related_places_are_numbered_and_capped() -> None:
    related = (Related(message="same", location=FileLocation(path="b")),) * (MOST_RELATED + 1)
    told = _result(related=related)["relatedLocations"]
    assert [each["id"] for each in told] == list(range(1, MOST_RELATED + 1))
    assert told[0]["message"] == {"text": "same"}


@pytest.mark.parametrize(
    ("verdict", "is_successful", "level"),
    [
        pytest.param(Verdict.UNCHECKED, False, "error", id="unchecked"),
        pytest.param(Verdict.FAILED, True, "warning", id="failed for what was seen"),
        pytest.param(Verdict.ERRORED, False, "warning", id="stopped"),
    ],
)
def test_unchecked_targets_are_notifications(
    verdict: Verdict, is_successful: bool, level: str
) -> None:
    told = _sarif(a_run(a_report(unchecked=(UNSEEN,), verdict=verdict)))
    invocation = told["runs"][0]["invocations"][0]
    (notification,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is is_successful
    assert (notification["level"], notification["descriptor"]["id"]) == (level, "unchecked")
    assert notification["message"]["text"] == "history: shallow clone. Fix: fetch more"


def test_what_sarif_cannot_hold_is_counted() -> None:
    findings = (*many(MOST_RESULTS), a_finding(severity=Severity.NOTE), *many(1))
    report = a_report(*findings, unchecked=(UNSEEN,) * (MOST_NOTIFICATIONS + 3))
    reports = (*(a_report(step=f"s{'x' * n}") for n in range(MOST_RUNS - 1)), report, a_report())
    told = json.loads(rendered("sarif", a_run(*reports, is_combined=True)))
    assert len(told["runs"]) == MOST_RUNS
    last = told["runs"][-1]
    assert len(last["results"]) == MOST_RESULTS
    assert all(result["level"] == "error" for result in last["results"])
    texts = [
        each["message"]["text"]
        for each in last["invocations"][0]["toolExecutionNotifications"]
        if each["descriptor"]["id"] == "left-out"
    ]
    assert texts == [
        "2 more results are left out; the JSON report has them all.",
        "3 more unchecked targets are left out; the JSON report has them all.",
        "1 more steps are left out; the JSON report has them all.",
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "https://git.example/a/b",
            [{"repositoryUri": "https://git.example/a/b", "revisionId": "c"}],
        ),
        ("javascript:x", None),
    ],
)
def test_the_repository_is_named(page: str, expected: object) -> None:
    report = a_report(target=Target(commit="c", repository_url=page))
    assert _sarif(a_run(report))["runs"][0].get("versionControlProvenance") == expected


# --- JUnit ----------------------------------------------------------------------------------------


def test_a_clean_step_has_a_case_that_passes() -> None:
    (case,) = _junit(a_run(a_report())).iter("testcase")
    assert (case.attrib["name"], list(case)) == ("findings", [])


@pytest.mark.parametrize("verdict", [Verdict.FAILED, Verdict.UNCHECKED, Verdict.ERRORED])
def test_a_step_without_a_pass_has_no_case_that_passes(verdict: Verdict) -> None:
    (case,) = _junit(a_run(a_report(verdict=verdict))).iter("testcase")
    assert [each.tag for each in case] == ["error"]


@pytest.mark.parametrize(
    ("fields", "tag"),
    [
        pytest.param({}, "failure", id="error"),
        pytest.param({"severity": Severity.WARNING}, "failure", id="warning"),
        pytest.param({"severity": Severity.NOTE}, "system-out", id="note"),
        pytest.param({"status": Status.KNOWN}, "skipped", id="known"),
        pytest.param({"status": Status.SUPPRESSED}, "skipped", id="suppressed"),
    ],
)
def test_a_rule_is_a_case(fields: Mapping[str, Any], tag: str) -> None:
    (case,) = _junit(a_run(a_report(a_finding(**fields)))).iter("testcase")
    expected = {
        "name": "live-key",
        "classname": "launchready.secret-scan",
        "file": "app.py",
        "time": "0",
    }
    assert (case.attrib, [each.tag for each in case]) == (expected, [tag])


def test_a_failure_lists_the_new_findings() -> None:
    findings = (a_finding(message="a"), a_finding(message="b"), a_finding(status=Status.KNOWN))
    (failure,) = _junit(a_run(a_report(*findings))).iter("failure")
    assert failure.attrib == {"message": "2 new findings: a", "type": "error"}
    assert (failure.text or "").strip().splitlines() == [
        "why: Whoever holds it can pay with it.",
        "fix: Revoke it.",
        "- app.py:1: error: a",
        "- app.py:1: error: b",
    ]


def test_a_silent_rule_lists_only_places() -> None:
    silent = a_finding(impact="", fix="", location=UrlLocation(url="https://a.example"))
    (failure,) = _junit(a_run(a_report(silent))).iter("failure")
    assert (failure.text or "").strip() == "- https://a.example: error: a key is in the source"


def test_what_is_accepted_is_counted() -> None:
    findings = (
        a_finding(status=Status.KNOWN),
        a_finding(status=Status.KNOWN),
        a_finding(status=Status.SUPPRESSED),
    )
    (skipped,) = _junit(a_run(a_report(*findings))).iter("skipped")
    assert skipped.attrib == {"message": "2 known and 1 suppressed"}


def test_unchecked_targets_and_stops_are_errors() -> None:
    report = a_report(unchecked=(UNSEEN,), failure=Failure(message="no git", hint="install it"))
    errors = [each.attrib for each in _junit(a_run(report)).iter("error")]
    assert errors == [
        {"message": "no git. Fix: install it", "type": "stopped"},
        {"message": "shallow clone. Fix: fetch more", "type": "unchecked"},
    ]


# --- GitLab ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "expected"),
    [(Severity.ERROR, "critical"), (Severity.WARNING, "major"), (Severity.NOTE, "info")],
)
def test_gitlab_severities(severity: Severity, expected: str) -> None:
    (entry,) = _gitlab(a_run(a_report(a_finding(severity=severity))))
    assert entry == {
        "description": "a key is in the source. Fix: Revoke it.",
        "check_name": "live-key",
        "fingerprint": "00",
        "severity": expected,
        "location": {"path": "app.py", "lines": {"begin": 1}},
    }


@pytest.mark.parametrize(
    ("location", "path", "line", "told"),
    [
        pytest.param(FileLocation(path="a"), "a", 1, "m", id="no line"),
        pytest.param(
            FileLocation(path="a", line=9, commit="c"), "a", 1, "m (a:9 in commit c)", id="history"
        ),
        pytest.param(
            UrlLocation(url="https://a.example"),
            "launchready.yml",
            1,
            "m (https://a.example)",
            id="address",
        ),
    ],
)
def test_gitlab_locations(location: Location, path: str, line: int, told: str) -> None:
    (entry,) = _gitlab(a_run(a_report(a_finding(location=location, message="m", fix=""))))
    assert entry["location"] == {"path": path, "lines": {"begin": line}}
    assert entry["description"] == told


def test_gitlab_tells_the_same_fault_apart_and_keeps_the_first_fingerprint() -> None:
    run = a_run(a_report(a_finding(), a_finding(), a_finding(fingerprint="")))
    prints = [entry["fingerprint"] for entry in _gitlab(run)]
    assert prints[0] == "00"
    assert len({*prints, ""}) == 4
    assert prints == [entry["fingerprint"] for entry in _gitlab(run)]


def test_gitlab_has_known_findings_and_no_suppressed_ones() -> None:
    findings = (a_finding(status=Status.KNOWN), a_finding(status=Status.SUPPRESSED))
    assert len(_gitlab(a_run(a_report(*findings)))) == 1


def test_gitlab_has_what_was_not_examined() -> None:
    stopped = Failure(message="no git", hint="install it")
    report = a_report(unchecked=(UNSEEN, replace(UNSEEN, target="b")), failure=stopped)
    told = [(entry["check_name"], entry["severity"]) for entry in _gitlab(a_run(report))]
    assert told == [("stopped", "blocker"), ("unchecked", "critical"), ("unchecked", "critical")]
    assert _gitlab(a_run(a_report())) == []


def test_faults_are_in_the_machine_formats() -> None:
    fault = Fault(path="launchready.yml", line=2, column=1, setting="a", message="bad")
    report = a_report(failure=Failure(message="m", hint="h", faults=(fault,), traceback="t"))
    failure = _json(a_run(report))["failure"]
    assert failure["faults"] == [
        {"path": "launchready.yml", "line": 2, "column": 1, "setting": "a", "message": "bad"}
    ]
    assert failure["traceback"] == "t"
    notifications = _sarif(a_run(report))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notifications[1]["message"]["text"] == "launchready.yml:2:1: a: bad"


def test_accepted_gaps_are_told_but_are_no_errors() -> None:
    run = a_run(a_report(unchecked=(replace(UNSEEN, is_accepted=True),)))
    assert _json(run)["unchecked"][0]["accepted"] is True
    notes = _sarif(run)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [each["level"] for each in notes] == ["note"]
    (case,) = _junit(run).iter("testcase")
    assert [each.tag for each in case] == ["skipped"]
    assert [entry["severity"] for entry in _gitlab(run)] == ["info"]


def test_a_rule_page_is_help() -> None:
    rule = RuleInfo(
        id="live-key",
        severity=Severity.WARNING,
        summary="S.",
        why="W.",
        fix="F.",
        bad="a ``` b",
        good="c",
        references=("https://a.example",),
        url="https://b.example/r",
    )
    run = a_run(a_report(a_finding(), rules=(rule,)))
    told = _sarif(run)["runs"][0]["tool"]["driver"]["rules"][0]
    assert told["help"] == {
        "text": "S.\n\nWhy it matters: W.\n\nWhat to do: F.\n\nSee:\nhttps://a.example",
        "markdown": (
            "S.\n\n**Why it matters.** W.\n\n**What to do.** F.\n\nBad:\n\n````\na ``` b\n````\n\n"
            "Good:\n\n```\nc\n```\n\n- <https://a.example>"
        ),
    }
    assert told["helpUri"] == "https://b.example/r"
    assert told["defaultConfiguration"] == {"level": "warning"}
