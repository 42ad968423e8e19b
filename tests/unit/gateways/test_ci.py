"""What the CI says of a run is believed only where it makes sense."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.facts.ci import CiFacts
from launchready.gateways.ci import observe_ci, why_untrusted, write_outputs, write_summary

BASE = "1f" * 20

GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "acme/shop",
}


@pytest.mark.parametrize(
    ("event", "payload", "base"),
    [
        pytest.param("pull_request", {"pull_request": {"base": {"sha": BASE}}}, BASE, id="pull"),
        pytest.param(
            "pull_request_target", {"pull_request": {"base": {"sha": BASE}}}, BASE, id="target"
        ),
        pytest.param("merge_group", {"merge_group": {"base_sha": BASE}}, BASE, id="merge-queue"),
        pytest.param("push", {"before": BASE, "after": BASE}, None, id="push-proposes-nothing"),
        pytest.param("push", {"before": "0" * 40}, None, id="new-branch-has-a-zero-before"),
        pytest.param("schedule", {}, None, id="schedule"),
        pytest.param("pull_request", {"pull_request": []}, None, id="odd-payload"),
        pytest.param("pull_request", [], None, id="payload-of-another-shape"),
        pytest.param(
            "pull_request",
            {"pull_request": {"base": {"sha": "--output=x"}}},
            None,
            id="an-option-is-no-commit",
        ),
    ],
)
def test_base_of_a_github_event(
    tmp_path: Path, event: str, payload: object, base: str | None
) -> None:
    path = tmp_path / "event.json"
    path.write_text(json.dumps(payload), encoding="utf-8")
    environ = GITHUB | {"GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(path)}
    assert observe_ci(environ).base == base


def test_a_missing_or_broken_payload_is_no_base(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    for path in (tmp_path / "missing.json", tmp_path / "broken.json", tmp_path):
        environ = GITHUB | {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(path)}
        assert observe_ci(environ).base is None


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        pytest.param({}, CiFacts(), id="laptop"),
        pytest.param({"CI": "true"}, CiFacts(name="other"), id="some-other-ci"),
        pytest.param({"CI": "false"}, CiFacts(), id="ci-said-no"),
        pytest.param(
            {
                "GITLAB_CI": "true",
                "CI_PIPELINE_SOURCE": "merge_request_event",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA": BASE,
                "CI_PROJECT_URL": "https://gitlab.com/acme/shop",
            },
            CiFacts(
                name="gitlab",
                event="merge_request_event",
                base=BASE,
                repository_url="https://gitlab.com/acme/shop",
            ),
            id="gitlab",
        ),
        pytest.param(
            {"GITLAB_CI": "true", "CI_PROJECT_URL": "javascript:alert(1)"},
            CiFacts(name="gitlab"),
            id="a-url-that-is-none",
        ),
    ],
)
def test_observe(environ: dict[str, str], expected: CiFacts) -> None:
    assert observe_ci(environ) == expected


def test_github_pages_and_files() -> None:
    facts = observe_ci(GITHUB | {"GITHUB_STEP_SUMMARY": "/s", "GITHUB_OUTPUT": "/o"})
    assert facts.repository_url == "https://github.com/acme/shop"
    assert facts.summary_path == Path("/s")
    assert facts.outputs_path == Path("/o")
    assert facts.is_ci
    assert not facts.is_pull_request


def test_a_full_summary_still_gets_the_verdict(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    long = ["# Not ready\n", "x" * 1_000_000, "\n"]
    write_summary(path, long)
    write_summary(path, long)
    content = path.read_text(encoding="utf-8")
    assert len(content) < 1024 * 1024
    assert content.count("# Not ready\n") == 2
    assert content.endswith("This job summary is full: the log has the rest.\n")


@given(value=st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_no_value_makes_a_second_output(
    tmp_path_factory: pytest.TempPathFactory, value: str
) -> None:
    path = tmp_path_factory.mktemp("outputs") / "output"
    write_outputs(path, {"verdict": value})
    first, *lines = path.read_bytes().decode("utf-8").split("\n")
    name, _, delimiter = first.partition("<<")
    assert name == "verdict"
    assert delimiter.startswith("ghadelimiter_")
    assert lines[-2:] == [delimiter, ""]
    assert "\n".join(lines[:-2]) == value


def _of_fork(name: str | None) -> dict[str, object]:
    repo = {"full_name": name} if name else None
    return {"repository": {"full_name": "acme/shop"}, "pull_request": {"head": {"repo": repo}}}


def _after(name: str) -> dict[str, object]:
    head = {"head_repository": {"full_name": name}}
    return {"repository": {"full_name": "acme/shop"}, "workflow_run": head}


@pytest.mark.parametrize(
    ("event", "payload", "reason"),
    [
        ("push", {}, ""),
        ("schedule", None, ""),
        ("workflow_dispatch", {}, ""),
        ("pull_request", _of_fork("acme/shop"), ""),
        ("pull_request", _of_fork("stranger/shop"), "a pull request from a fork"),
        ("pull_request", _of_fork(None), "a pull request from a fork"),
        ("pull_request", None, "a pull request from a fork"),
        ("pull_request", {"pull_request": []}, "a pull request from a fork"),
        ("pull_request_target", _of_fork("acme/shop"), "pull_request_target starts"),
        ("workflow_run", _after("acme/shop"), ""),
        ("workflow_run", _after("stranger/shop"), "follows one of a fork"),
        ("workflow_run", {}, "follows one of a fork"),
        ("issue_comment", {}, "issue_comment starts"),
        ("merge_group", {}, "merge_group starts"),
        ("", {}, "something unknown starts"),
    ],
)
def test_whose_change_a_github_run_examines(
    tmp_path: Path, event: str, payload: object, reason: str
) -> None:
    path = tmp_path / "event.json"
    if payload is not None:
        path.write_text(json.dumps(payload), encoding="utf-8")
    environ = GITHUB | {"GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(path)}
    told = why_untrusted(environ)
    assert reason in told
    assert bool(told) is bool(reason)


@pytest.mark.parametrize(
    ("environ", "is_trusted"),
    [
        ({}, True),
        ({"CI": "true"}, False),
        ({"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push"}, True),
        ({"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "external_pull_request_event"}, False),
        ({"GITLAB_CI": "true"}, False),
        (
            {
                "GITLAB_CI": "true",
                "CI_PIPELINE_SOURCE": "merge_request_event",
                "CI_PROJECT_ID": "7",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "7",
            },
            True,
        ),
        (
            {
                "GITLAB_CI": "true",
                "CI_PIPELINE_SOURCE": "merge_request_event",
                "CI_PROJECT_ID": "7",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "8",
            },
            False,
        ),
        ({"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event"}, False),
    ],
)
def test_whose_change_another_run_examines(environ: dict[str, str], is_trusted: bool) -> None:
    assert (why_untrusted(environ) == "") is is_trusted
