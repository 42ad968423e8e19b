"""Only what a change brings can fail it: pull requests, merge requests and a base by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.integration.command import Examined, examined, in_actions, launchready
from tests.repository import Repository, live_key

RULE = "stripe-live-secret-key"
OLD, NEW = (f'key = "{live_key(seed)}"\n' for seed in (20, 21))
NO_COMMIT = "0" * 40


@dataclass(frozen=True, kw_only=True)
class Change:
    """A branch beside main. Main holds an old key; what the branch adds is up to the story."""

    shop: Repository
    base: str

    def payload(self, *, fork: bool = False) -> Mapping[str, Any]:
        """What GitHub says of the pull request."""
        head = {"sha": self.shop.git("rev-parse", "HEAD"), "ref": "change", "repo": {"fork": fork}}
        ends = {"base": {"sha": self.base, "ref": "main"}, "head": head}
        return {"number": 1, "pull_request": {"number": 1, **ends}}

    def in_a_pull_request(self, *words: str, **more: str) -> Examined:
        """Run every step as a pull request's job does."""
        environ = in_actions(self.shop.path.parent / "job", "pull_request", self.payload())
        return examined("check", *words, folder=self.shop.path, environ={**environ, **more})


@pytest.fixture
def change(shop: Repository) -> Change:
    """The branch, one clean commit ahead."""
    base = shop.commit({"old.py": OLD}, "Old")
    shop.branch("change")
    shop.commit({"app/page.py": "print('green tea')\n"}, "Green tea")
    return Change(shop=shop, base=base)


def test_what_was_there_before_is_known(change: Change) -> None:
    run = change.in_a_pull_request()
    assert run.verdict == (0, "passed")
    assert run.found("known") == [f"{RULE} in old.py"]
    assert run.report["target"]["base"] == change.base


def test_what_the_change_brings_fails(change: Change) -> None:
    change.shop.commit({"new.py": NEW}, "New")
    run = change.in_a_pull_request()
    assert run.verdict == (1, "failed")
    assert run.found() == [f"{RULE} in new.py"]
    assert run.found("known") == [f"{RULE} in old.py"]


def test_a_key_that_the_change_took_back_is_in_its_history_still(change: Change) -> None:
    change.shop.commit({"new.py": NEW}, "New")
    change.shop.commit({"new.py": "key = None\n"}, "Oops")
    assert change.in_a_pull_request().found() == [f"{RULE} in new.py"]


def test_an_old_key_that_the_change_moves_is_not_new(change: Change) -> None:
    change.shop.git("mv", "old.py", "moved.py")
    change.shop.commit({"moved.py": f"# moved\n\n{OLD}"}, "Move")
    assert change.in_a_pull_request().verdict == (0, "passed")


def test_what_came_to_main_meanwhile_is_not_the_changes_doing(change: Change) -> None:
    change.shop.git("switch", "--quiet", "main")
    base = change.shop.commit({"meanwhile.py": NEW}, "Meanwhile")
    change.shop.git("switch", "--quiet", "change")
    run = Change(shop=change.shop, base=base).in_a_pull_request()
    assert run.verdict == (0, "passed")
    assert len(run.found("known")) == 2


def test_the_merge_commit_that_github_checks_out(change: Change) -> None:
    change.shop.commit({"new.py": NEW}, "New")
    change.shop.git("switch", "--quiet", "--detach", "main")
    change.shop.git("merge", "--quiet", "--no-ff", "--no-edit", "change")
    assert change.in_a_pull_request().found() == [f"{RULE} in new.py"]


@pytest.mark.parametrize("event", ["pull_request", "pull_request_target"])
def test_a_fork_needs_no_token(change: Change, event: str) -> None:
    change.shop.commit({"new.py": NEW}, "New")
    environ = in_actions(change.shop.path.parent / "job", event, change.payload(fork=True))
    run = examined("check", folder=change.shop.path, environ=environ)
    assert run.found() == [f"{RULE} in new.py"]


def test_a_pull_request_that_is_not_checked_out_is_no_pass(change: Change) -> None:
    payload = change.payload(fork=True)
    change.shop.git("checkout", "--quiet", "--detach", change.base)
    environ = in_actions(change.shop.path.parent / "job", "pull_request_target", payload)
    run = examined("check", "--fail-on", "never", folder=change.shop.path, environ=environ)
    assert run.verdict == (3, "unchecked")
    (gap,) = run.report["unchecked"]
    assert gap["target"] == "the pull request"
    assert "pull_request event" in gap["hint"]


def test_all_can_be_asked_for(change: Change) -> None:
    run = change.in_a_pull_request("--only-new", "never")
    assert run.verdict == (1, "failed")
    assert run.found() == [f"{RULE} in old.py"]


def test_a_base_that_the_clone_lacks_is_no_pass(change: Change) -> None:
    clone = change.shop.path.parent / "clone"
    change.shop.git("clone", "--quiet", "--depth=1", f"file://{change.shop.path}", str(clone))
    shallow = Change(shop=Repository(path=clone), base=change.base)
    run = shallow.in_a_pull_request("--fail-on", "never")
    assert run.verdict == (3, "unchecked")
    reasons = {each["target"]: each for each in run.report["unchecked"]}
    base = reasons[f"the change since {change.base}"]
    assert base["reason"] == f"there is no commit {change.base} in this clone"
    assert "fetch-depth: 0" in base["hint"]
    assert shallow.in_a_pull_request().verdict == (1, "failed"), (
        "what is not known to be old is new"
    )


def test_no_common_past_is_no_pass(change: Change) -> None:
    change.shop.git("switch", "--quiet", "--orphan", "other")
    change.shop.commit({"app/page.py": "print('coffee')\n"}, "Coffee")
    run = change.in_a_pull_request("--fail-on", "never")
    assert run.verdict == (3, "unchecked")
    assert "share" in run.report["unchecked"][0]["reason"]


@pytest.mark.parametrize("before", ["HEAD", NO_COMMIT], ids=["base == head", "a new branch"])
def test_a_push_is_judged_whole(change: Change, before: str) -> None:
    head = change.shop.git("rev-parse", "HEAD")
    payload = {"before": head if before == "HEAD" else before, "after": head, "ref": "refs/heads/x"}
    environ = in_actions(change.shop.path.parent / "job", "push", payload)
    run = examined("check", folder=change.shop.path, environ=environ)
    assert run.verdict == (1, "failed")
    assert "base" not in run.report["target"]


@pytest.mark.parametrize("payload", [None, [], {"pull_request": {"base": {"sha": "main;x"}}}])
def test_an_event_that_names_no_base_is_judged_whole(change: Change, payload: object) -> None:
    environ = in_actions(change.shop.path.parent / "job", "pull_request", payload)
    run = examined("check", folder=change.shop.path, environ=environ)
    assert run.verdict == (1, "failed")


def test_a_merge_request_of_gitlab(change: Change) -> None:
    environ = {
        "CI": "true",
        "GITLAB_CI": "true",
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": change.base,
        "CI_PROJECT_URL": "https://gitlab.com/acme/shop",
    }
    run = examined("check", folder=change.shop.path, environ=environ)
    assert run.verdict == (0, "passed")
    assert run.report["target"]["repository"] == "https://gitlab.com/acme/shop"
    change.shop.commit({"new.py": NEW}, "New")
    run = examined("check", folder=change.shop.path, environ=environ)
    assert run.found() == [f"{RULE} in new.py"]


def test_a_base_by_hand_counts_what_is_not_committed_yet(change: Change) -> None:
    change.shop.write({"new.py": NEW, "old.py": f"import os\n{OLD}"})
    run = examined("check", "--base-ref", "main", folder=change.shop.path)
    assert run.found() == [f"{RULE} in new.py"]
    assert run.found("known") == [f"{RULE} in old.py"]


def test_always_only_new_takes_the_base_of_the_command_line(change: Change) -> None:
    change.shop.write({"launchready.yml": "version: 1\nonly-new: always\n"})
    run = examined("check", "--base-ref", "main", folder=change.shop.path)
    assert run.verdict == (0, "passed")


LINES = [f"line {number}\n" for number in range(1, 21)]


@pytest.mark.parametrize(
    ("mode", "added_at", "new"),
    [
        pytest.param("added", 10, [f"{RULE} in pay.py"], id="added: the line itself"),
        pytest.param("added", 12, [], id="added: two lines on"),
        pytest.param("diff-context", 12, [f"{RULE} in pay.py"], id="diff-context: two lines on"),
        pytest.param("diff-context", 18, [], id="diff-context: eight lines on"),
        pytest.param("file", 18, [f"{RULE} in pay.py"], id="file: anywhere in it"),
        pytest.param("all", 18, [f"{RULE} in old.py", f"{RULE} in pay.py"], id="all: anywhere"),
    ],
)
def test_how_near_to_the_change_counts(
    shop: Repository, mode: str, added_at: int, new: list[str]
) -> None:
    """A key stood in line 10 already; the change edits one line. Without the history its lines
    are all that can tell.
    """
    key = live_key(22)
    before = [*LINES[:9], f'key = "{key}"\n', *LINES[9:]]
    shop.commit({"pay.py": "".join(before), "old.py": OLD}, "Before")
    after = before.copy()
    after[added_at - 1] = f'key = "{key}"  # edited\n' if added_at == 10 else "edited\n"
    shop.write({"pay.py": "".join(after)})
    run = examined(
        *("secret-scan", "--no-history", "--base-ref", "HEAD", "--filter-mode", mode),
        folder=shop.path,
    )
    assert run.found() == new


def test_the_staged_content_of_a_hook_is_judged_by_what_it_adds(shop: Repository) -> None:
    shop.commit({"pay.py": f"import stripe\n{OLD}"}, "Old")
    shop.stage({"pay.py": f"import stripe\n\n{OLD}"})
    assert examined("secret-scan", "--staged", folder=shop.path).verdict == (0, "passed")
    shop.stage({"pay.py": f"import stripe\n\n{OLD}{NEW}"})
    Path(shop.path, "pay.py").write_text("clean\n", encoding="utf-8")
    run = examined("secret-scan", "--staged", folder=shop.path)
    assert run.found() == [f"{RULE} in pay.py"]
    assert run.report["findings"][0]["location"]["line"] == 4


def test_the_thirteenth_copy_of_a_key_counts_as_the_first(change: Change) -> None:
    copies = {f"a{number:02}.py": OLD for number in range(12)}
    change.shop.git("switch", "--quiet", "main")
    base = change.shop.commit(copies, "Copies")
    change.shop.git("switch", "--quiet", "change")
    change.shop.git("merge", "--quiet", "--no-edit", "main")
    change.shop.commit({"z.py": OLD}, "One more")
    run = Change(shop=change.shop, base=base).in_a_pull_request()
    assert run.found() == [f"{RULE} in a00.py"]


def reviewed(run: Examined) -> dict[str, str]:
    """What the reviewer is told, by file."""
    return {each["path"]: each["message"] for each in run.report.get("notices", [])}


def test_a_change_that_edits_what_judges_it_is_told_to_its_reviewer(change: Change) -> None:
    change.shop.git("switch", "--quiet", "main")
    files = {"launchready.yml": "version: 1\n", ".gitleaksignore": "a.py:x:1\n"}
    base = change.shop.commit({**files, "other.py": "print()\n"}, "Config")
    change.shop.git("switch", "--quiet", "change")
    change.shop.git("merge", "--quiet", "--no-edit", "main")
    judged = Change(shop=change.shop, base=base)
    assert reviewed(judged.in_a_pull_request()) == {}

    text = "version: 1\nonly-new: never\nfail-on: never\n"
    known = {"version": 1, "salt": "0" * 32, "entries": []}
    change.shop.git("rm", "--quiet", ".gitleaksignore")
    change.shop.commit(
        {"launchready.yml": text, ".launchready/baseline.json": json.dumps(known), "new.py": NEW}
    )
    run = judged.in_a_pull_request()
    assert run.verdict == (0, "passed")
    told = reviewed(run)
    assert [message.split(" it ")[0] for message in told.values()] == [
        "this change deletes",
        "this change adds",
        "this change edits",
    ]
    assert list(told) == [".gitleaksignore", ".launchready/baseline.json", "launchready.yml"]
    assert reviewed(examined("check", folder=change.shop.path)) == {}


def test_the_reviewer_is_told_in_the_log_the_summary_and_beside_the_file(change: Change) -> None:
    change.shop.commit({"launchready.yml": "version: 1\n"}, "Config")
    job = change.shop.path.parent / "job"
    environ = in_actions(job, "pull_request", change.payload())
    done = launchready("check", folder=change.shop.path, environ=environ)
    line = (
        "launchready.yml: this change adds it and is judged by it: look at what that lets through"
    )
    assert f"FOR THE REVIEWER: {line}\n" in done.stdout
    assert "::notice title=launchready%3A for the reviewer,file=launchready.yml::" in done.stdout
    assert "**For the reviewer:** <code>launchready.yml</code>" in (job / "summary.md").read_text()


def test_where_the_base_is_missing_the_reviewer_is_told_that_nobody_can_tell(
    change: Change,
) -> None:
    change.shop.commit({"launchready.yml": "version: 1\nonly-new: never\n"}, "Config")
    clone = change.shop.path.parent / "clone"
    change.shop.git("clone", "--quiet", "--depth=1", f"file://{change.shop.path}", str(clone))
    shallow = Change(shop=Repository(path=clone), base=change.base)
    told = reviewed(shallow.in_a_pull_request())
    assert list(told) == ["launchready.yml"]
    assert "cannot be told in this clone" in told["launchready.yml"]


@pytest.mark.parametrize("event", ["pull_request", "pull_request_target"])
def test_no_variable_has_a_strangers_keys_asked_about(change: Change, event: str) -> None:
    change.shop.commit({"new.py": NEW}, "New")
    environ = in_actions(change.shop.path.parent / "job", event, change.payload(fork=True))
    environ = {**environ, "LAUNCHREADY_SECRET_SCAN_VERIFY": "true"}
    run = examined("secret-scan", folder=change.shop.path, environ=environ)
    assert "launchready: no provider is asked: " in run.done.stderr
    found = [each["evidence"]["measured"] for each in run.report["findings"]]
    assert {each["verified"].split(":")[0] for each in found} == {"unchecked"}
