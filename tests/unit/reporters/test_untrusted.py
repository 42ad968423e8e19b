"""Whatever stands in a report, no reader of it is told anything that we did not mean to say."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import jsonschema
from hypothesis import example, given, settings
from tests.actions.runner_model import parse_command, run_log
from tests.golden.runs import RUNS
from tests.unit.reporters.factory import PLAIN, hostile_runs, hostile_text, rendered
from tests.unit.reporters.sarif_subset import SARIF_SUBSET

from launchready.model import Run
from launchready.reporters import REPORTERS
from launchready.reporters.annotations import annotations
from launchready.reporters.github import render_error, render_faults
from launchready.reporters.report_schema import report_schema
from launchready.reporters.summary import LIMIT_BYTES

EXAMPLES = settings(max_examples=100)
QUIET = [name for name in REPORTERS if name != "github"]
REPORT = jsonschema.Draft7Validator(report_schema())
SARIF = jsonschema.Draft7Validator(SARIF_SUBSET)
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
TAG = re.compile(r"<[^>\n]*>?")
TAGS = {
    *("<details>", "</details>", "<summary>", "</summary>", "<code>", "</code>", "<br>"),
    *("<pre>", "</pre>", "<sub>", "</sub>"),
}


def on_hostile_runs(test: Callable[[Run], None]) -> Callable[[], None]:
    """Run a test on the golden hostile run and on a hundred others."""
    return EXAMPLES(given(hostile_runs())(example(RUNS["hostile"])(test)))


@on_hostile_runs
def test_the_log_has_our_commands_and_no_other(run: Run) -> None:
    seen = run_log(rendered("github", run))
    meant = annotations(run)
    expected = Counter(each.level for each in meant)
    if meant:
        expected.update(("group", "endgroup"))
    assert Counter(command.name for command in seen.commands) == expected
    assert (seen.unknown, seen.errors, seen.dropped, seen.cut) == ([], [], [], 0)
    assert (seen.masks, seen.stop_token, seen.open_groups) == ([], None, 0)


@on_hostile_runs
def test_annotations_arrive_as_they_were_meant(run: Run) -> None:
    seen = run_log(rendered("github", run)).annotations
    for told, meant in zip(seen, annotations(run), strict=True):
        place = meant.place
        assert told.level == meant.level
        title = told.properties["title"]
        assert title == meant.title.strip() or len(title) == 200
        assert told.message.replace("\\", "").startswith(meant.message[:3000].replace("\\", ""))
        assert told.properties.get("file") == (place.path if place else None)
        assert not any(map(parse_command, told.message.split("\n")))
        assert set(told.properties) <= {"title", "file", "line", "endline", "col", "endcolumn"}


@on_hostile_runs
def test_other_formats_have_no_command_at_all(run: Run) -> None:
    for name in QUIET:
        seen = run_log(rendered(name, run))
        assert (seen.commands, seen.unknown) == ([], []), name


@on_hostile_runs
def test_all_is_seen_and_can_be_written(run: Run) -> None:
    for name in REPORTERS:
        text = rendered(name, run)
        assert not UNSEEN.search(text), name
        assert text.encode().decode() == text
        assert text.endswith("\n"), name


@on_hostile_runs
def test_colours_are_the_only_control_sequences(run: Run) -> None:
    style = replace(PLAIN, color=True, verbose=True)
    text = re.sub(r"\x1b\[(?:\d+;)*\d+m", "", rendered("text", run, style))
    assert not UNSEEN.search(text)


@on_hostile_runs
def test_the_summary_has_our_markup_and_no_other(run: Run) -> None:
    text = rendered("summary", run)
    assert len(text.encode()) < LIMIT_BYTES
    body, _, command = text.rpartition("**On your machine**")
    body = re.sub("<pre>.*?</pre>", "<pre></pre>", body, flags=re.DOTALL)
    assert set(TAG.findall(body)) <= TAGS
    rows = [line for line in body.split("\n") if line.startswith("| ")]
    assert {line.count("|") for line in rows} <= {5, 9, 4}
    for before, target in re.findall(r"(.{0,8})\]\(([^)]*)", body):
        assert (before[-7:], target[:4]) == ("</code>", "http") or before.endswith("\\")
    prose = re.sub(r"<code>.*?</code>|(?<=\])\([^)]*\)", "", body)  # an address mentions nobody
    assert not re.search(r"@\w|(?<!&)#\d", prose)
    assert command.count("\n```") == 2 or "````" in command


@on_hostile_runs
def test_json_holds_every_finding_in_its_shape(run: Run) -> None:
    told = json.loads(rendered("json", run))
    REPORT.validate(told)
    reports = told.get("reports", [told])
    for had, meant in zip(reports, run.reports, strict=True):
        assert len(had["findings"]) == len(meant.findings)
        assert had["counts"]["unchecked"] == len(meant.unchecked)


@on_hostile_runs
def test_sarif_is_valid(run: Run) -> None:
    told = json.loads(rendered("sarif", run))
    SARIF.validate(told)
    assert [len(each["results"]) for each in told["runs"]] == [
        len(report.findings) for report in run.reports
    ]


@on_hostile_runs
def test_junit_is_well_formed_and_counts_right(run: Run) -> None:
    root = ElementTree.fromstring(rendered("junit", run))  # noqa: S314 - written by ourselves
    assert root.tag == "testsuites"
    for group in (root, *root):
        cases = list(group.iter("testcase"))
        assert int(group.attrib["tests"]) == len(cases)
        for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped",) * 2):
            assert int(group.attrib[attribute]) == sum(1 for _ in group.iter(element))


@on_hostile_runs
def test_gitlab_entries_are_told_apart(run: Run) -> None:
    entries = json.loads(rendered("gitlab", run))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["fingerprint"]
        assert entry["location"]["lines"]["begin"] >= 1


@EXAMPLES
@given(message=hostile_text(), hint=hostile_text())
def test_an_error_is_one_annotation(message: str, hint: str) -> None:
    seen = run_log(render_error(message, hint))
    assert [command.name for command in seen.commands] == ["error"]


@on_hostile_runs
def test_faults_are_annotations_and_nothing_else(run: Run) -> None:
    faults = [f for report in run.reports if report.failure for f in report.failure.faults]
    seen = run_log(render_faults(faults))
    assert {command.name for command in seen.commands} <= {"error"}
    assert seen.output == []
