"""The texts that `init` writes, and what `upgrade` makes of files that people have changed."""

import pytest
import yaml

from launchready.adoption import pre_commit
from launchready.adoption.marks import BEGIN, END, marked, renewed
from launchready.adoption.settings_file import settings_file
from launchready.adoption.workflow import GATE, live_workflow, workflow
from launchready.model import Trait, TraitKind

STEPS = ("secret-scan", "env-lint")
OURS = pre_commit.entry(STEPS, "1.2.0")


def test_the_gate_waits_for_every_step_and_runs_always() -> None:
    jobs = yaml.safe_load(workflow(STEPS, "main"))["jobs"]
    assert [jobs[step]["name"] for step in STEPS] == [f"launchready / {step}" for step in STEPS]
    gate = jobs["gate"]
    assert (gate["name"], gate["if"], gate["needs"]) == (GATE, "always()", list(STEPS))
    assert 'test "$RESULTS" = "success success"' in gate["steps"][0]["run"]


@pytest.mark.parametrize(
    ("branch", "expected"),
    [
        ("main", "main"),
        ("release/1", "release/1"),
        ("a'b*", "a'b\\*"),
        ("no", "no"),
        ("1.0", "1.0"),
    ],
)
def test_the_branch_is_meant_literally(branch: str, expected: str) -> None:
    read = yaml.safe_load(workflow(STEPS, branch))
    assert read[True]["push"]["branches"] == [expected]
    assert set(read[True]) == {"push", "pull_request", "merge_group"}


def test_no_workflow_filters_by_path_or_asks_for_more_than_reading() -> None:
    for text in (workflow(STEPS, "main"), live_workflow()):
        read = yaml.safe_load(text)
        assert read["permissions"] == {}
        assert "paths" not in text
        for job in read["jobs"].values():
            assert job["permissions"] in ({}, {"contents": "read"})


def test_what_stands_outside_the_marks_stays() -> None:
    before = f"# mine\n{marked('old: 1')}\n# mine too\n"
    assert renewed(before, "new: 2") == f"# mine\n{BEGIN}\nnew: 2\n{END}\n\n# mine too\n"


@pytest.mark.parametrize("before", ["a: 1\n", marked("a") * 2, f"{END}\n{BEGIN}\n", f"{BEGIN}\n"])
def test_without_both_marks_nothing_is_renewed(before: str) -> None:
    assert renewed(before, "new: 2") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, f"repos:\n{OURS}", id="no file"),
        pytest.param(
            "repos:\n  - repo: a\n    hooks:\n      - id: x\n",
            f"repos:\n  - repo: a\n    hooks:\n      - id: x\n{OURS}",
            id="after the last",
        ),
        pytest.param(
            "repos:\n- repo: a\n  hooks:\n  - id: x\n\n# fast\nfail_fast: true\n",
            "repos:\n- repo: a\n  hooks:\n  - id: x\n"
            + pre_commit.entry(STEPS, "1.2.0", "")
            + "\n# fast\nfail_fast: true\n",
            id="not indented, and more below",
        ),
        pytest.param(
            "repos:\n  - repo: a\n    hooks: [{id: x}]",
            f"repos:\n  - repo: a\n    hooks: [{{id: x}}]\n{OURS}",
            id="no end of line",
        ),
        pytest.param(f"repos:\n{OURS}", f"repos:\n{OURS}", id="there already"),
        pytest.param("repos: [{repo: a, hooks: []}]\n", None, id="in flow style"),
        pytest.param("repos: []\n", None, id="none yet"),
        pytest.param("- a\n", None, id="no mapping"),
        pytest.param("repos: [\n", None, id="broken"),
    ],
)
def test_our_hooks_are_added(before: str | None, after: str | None) -> None:
    made = pre_commit.with_entry(before, STEPS, "1.2.0")
    assert made == after
    if made is not None:
        hooks = [h["id"] for r in yaml.safe_load(made)["repos"] for h in r["hooks"]]
        assert hooks[-2:] == ["launchready-secrets", "launchready-env"]
        assert pre_commit.with_entry(made, STEPS, "1.2.0") == made


@pytest.mark.parametrize(
    ("rev", "after"),
    [("v1.1.0 # pinned", "v1.3.0 # pinned"), ('"v1.1.0"', '"v1.1.0"'), ("v1.3.0", "v1.3.0")],
)
def test_the_release_of_our_hooks_is_renewed(rev: str, after: str) -> None:
    text = "repos:\n  - repo: a\n    rev: v1.1.0\n" + OURS
    before = text.replace("v1.2.0", rev)
    assert pre_commit.with_release(before, "1.3.0") == text.replace("v1.2.0", after)


def test_the_first_config_is_right_and_tells_what_was_seen() -> None:
    stack = (Trait(kind=TraitKind.FRAMEWORK, name="Next.js", version="15.1", path="a\nb.json"),)
    text = settings_file(stack, None, ("Postmark",))
    assert yaml.safe_load(text) == {"version": 1}
    assert "Next.js 15.1 (a?b.json)" in text
    at = text.index("#site:")
    site = yaml.safe_load(text[at:].replace("#", "", 1).replace("\n#", "\n"))["site"]
    assert site["mail"]["senders"] == [{"provider": "postmark"}]
    assert [route["kind"] for route in site["routes"]] == ["login", "protected", "health"]
    assert "site:\n  url: https://a.example\n" in settings_file((), "https://a.example", ())
