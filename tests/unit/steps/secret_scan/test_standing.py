"""Where a secret still stands, what nothing leads to any more, and what must be fetched first."""

import io
from pathlib import Path
from typing import Any

import pytest
from tests.repository import Repository, live_key

from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Finding, Unchecked
from launchready.steps.secret_scan.observe import observe
from launchready.steps.secret_scan.rules import RULES
from launchready.steps.secret_scan.settings import SecretScanSettings

KEY, OTHER, THIRD = (live_key(seed) for seed in range(3))
RULE = next(rule for rule in RULES if rule.info.id == "stripe-live-secret-key")


class Seen:
    """What one scan of a history gave."""

    def __init__(self, root: Path, **given: Any) -> None:
        self.git = Git.around(root)
        gateways = Gateways(root=self.git.root, git=self.git, progress=Progress(io.StringIO()))
        self.settings = SecretScanSettings(work_tree=False, **given)
        every = list(observe(self.settings, gateways))
        self.facts = [each for each in every if isinstance(each, SecretFacts)]
        self.unchecked = [each for each in every if isinstance(each, Unchecked)]

    @property
    def only(self) -> SecretFacts:
        """The one secret there is, everything having been seen."""
        assert self.unchecked == []
        (fact,) = self.facts
        return fact

    @property
    def finding(self) -> Finding:
        """What is said of it."""
        (finding,) = RULE.findings(self.only, self.settings)
        assert "\n" not in finding.message
        return finding


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository.at(tmp_path / "repository")
    made.commit({"z.py": "z"})
    return made


# ---- branches


def test_one_on_another_branch_is_said_to_be_there(repository: Repository) -> None:
    repository.branch("side")
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.commit({"b.py": "b"})
    repository.branch("later")
    repository.git("checkout", "--quiet", "main")
    seen = Seen(repository.path)
    assert (set(seen.only.branches), seen.only.branch_count) == ({"side", "later"}, 2)
    assert "not in HEAD, but on 2 branches (later, side), first committed" in seen.finding.message


def test_one_on_a_single_branch(repository: Repository) -> None:
    repository.branch("side")
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.git("checkout", "--quiet", "main")
    assert "not in HEAD, but on branch side, first" in Seen(repository.path).finding.message


def test_a_branch_that_holds_the_commit_but_not_the_secret_is_not_named(
    repository: Repository,
) -> None:
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.branch("side")
    repository.commit({"a.py": "clean"})
    repository.git("checkout", "--quiet", "main")
    seen = Seen(repository.path)
    assert seen.only.branches == ("main",)
    assert seen.finding.message.count("branch") == 0  # HEAD is that branch


def test_another_version_that_holds_it_counts(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.commit({"a.py": f"import os\nk = '{KEY}'", "b.py": "b"})
    fact = Seen(repository.path).only
    assert (fact.branches, fact.commits) == (("main",), 2)


def test_five_branches_are_named_and_all_are_counted(repository: Repository) -> None:
    repository.branch("side")
    repository.commit({"a.py": f"k = '{KEY}'"})
    for number in range(7):
        repository.git("branch", f"b{number}")
    repository.git("checkout", "--quiet", "main")
    seen = Seen(repository.path)
    assert seen.only.branch_count == 8
    assert "not in HEAD, but on 8 branches (b0, b1, b2, b3, b4, …)" in seen.finding.message


def test_branches_beside_head_are_only_counted(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'"})
    for number in range(7):
        repository.git("branch", f"b{number}")
    seen = Seen(repository.path)
    assert "still in HEAD and on 8 branches, first committed" in seen.finding.message
    assert ("branches", 8) in seen.finding.evidence.measured


def test_a_remotes_branch_counts_once_beside_the_local_one(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.git("branch", "other")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", str(repository.path), str(clone))
    assert sorted(Seen(clone).only.branches) == ["main", "origin/other"]


def test_messages_stand_on_no_branch(repository: Repository) -> None:
    repository.commit({}, f"Use {KEY}")
    fact = Seen(repository.path).only
    assert (fact.branches, fact.commits, fact.is_reached) == ((), 1, True)


# ---- what nothing leads to


def _amended(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.write({"a.py": "clean"})
    repository.git("commit", "--quiet", "--all", "--amend", "--message", "Clean")


def _dropped_stash(repository: Repository) -> None:
    repository.write({"z.py": f"k = '{KEY}'"})
    repository.git("stash", "--quiet")
    repository.git("stash", "drop", "--quiet")


def _older_stash(repository: Repository) -> None:
    for word in (f"k = '{KEY}'", "another"):
        repository.write({"z.py": word})
        repository.git("stash", "--quiet")


def _deleted_branch(repository: Repository) -> None:
    repository.branch("side")
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.git("checkout", "--quiet", "main")
    repository.git("branch", "--quiet", "-D", "side")


@pytest.mark.parametrize("lose", [_amended, _dropped_stash, _older_stash, _deleted_branch])
def test_lost_commits_are_scanned_on_request(repository: Repository, lose: Any) -> None:
    lose(repository)
    assert Seen(repository.path).facts == []
    repository.git("reflog", "expire", "--expire=now", "refs/heads/main", "HEAD")
    seen = Seen(repository.path, unreachable=True)
    assert not seen.only.is_reached
    assert seen.only.introduced
    assert (
        "on no branch any more, but the repository still holds it, committed 2026-03-01"
        in seen.finding.message
    )


def test_what_was_staged_and_never_committed_is_found(repository: Repository) -> None:
    repository.stage({"a.py": f"k = '{KEY}'"})
    repository.stage({"a.py": "clean"})
    seen = Seen(repository.path, unreachable=True)
    assert "staged once and never committed" in seen.finding.message
    assert seen.only.introduced is None


def test_a_lost_message_and_a_lost_tag_are_found(repository: Repository) -> None:
    repository.commit({}, f"Use {KEY}")
    repository.git("tag", "-a", "v1", "-m", f"Use {OTHER}")
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    repository.git("tag", "-d", "v1")
    facts = Seen(repository.path, unreachable=True).facts
    assert [each.is_reached for each in facts] == [False, False]


def test_what_a_branch_still_has_is_not_lost(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.git("commit", "--quiet", "--amend", "--message", "Again")
    seen = Seen(repository.path, unreachable=True)
    assert seen.only.is_reached
    assert seen.finding.message.count("still in HEAD") == 1


def test_what_is_lost_is_not_remembered(repository: Repository, tmp_path: Path) -> None:
    _amended(repository)
    assert len(Seen(repository.path, unreachable=True, cache=str(tmp_path / "cache")).facts) == 1
    assert Seen(repository.path, cache=str(tmp_path / "cache")).facts == []
    assert len(Seen(repository.path, unreachable=True, cache=str(tmp_path / "cache")).facts) == 1


# ---- what must be fetched first


def _shallow(repository: Repository, clone: Path) -> None:
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.path}", str(clone))


def _partial(repository: Repository, clone: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    source = f"file://{repository.path}"
    repository.git("clone", "--quiet", "--filter=blob:none", source, str(clone))


def _both(repository: Repository, clone: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    words = ("--filter=blob:none", "--depth=1", f"file://{repository.path}")
    repository.git("clone", "--quiet", *words, str(clone))


@pytest.mark.parametrize("make", [_shallow, _partial, _both])
def test_a_clone_is_made_whole_on_request_only(
    repository: Repository, tmp_path: Path, make: Any
) -> None:
    repository.commit({"a.py": f"k = '{KEY}'"})
    repository.commit({"a.py": "clean"})
    clone = tmp_path / "clone"
    make(repository, clone)
    assert Seen(clone).facts == []
    assert len(Seen(clone).unchecked) == 1
    assert Seen(clone, deepen=True).only.introduced
    repository.path.rename(tmp_path / "gone")
    assert Seen(clone).only.introduced  # all of it is there now


def test_a_clone_that_cannot_be_made_whole_is_not_a_pass(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({"a.py": "a"})
    clone = tmp_path / "clone"
    _shallow(repository, clone)
    repository.path.rename(tmp_path / "gone")
    (unchecked,) = Seen(clone, deepen=True).unchecked
    assert unchecked.target == "the rest of the git history"
    assert unchecked.reason.startswith("git failed: fatal: ")


def test_a_whole_clone_fetches_nothing(repository: Repository) -> None:
    repository.git("remote", "add", "origin", "file:///nowhere")
    assert Seen(repository.path, deepen=True).unchecked == []


def test_a_protocol_that_runs_programs_is_not_fetched_from(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({"a.py": "a"})
    clone = tmp_path / "clone"
    _shallow(repository, clone)
    made = Repository(path=clone)
    made.git("remote", "set-url", "origin", f"ext::touch {tmp_path}/harm")
    made.git("config", "protocol.allow", "always")
    assert len(Seen(clone, deepen=True).unchecked) == 1
    assert not (tmp_path / "harm").exists()
