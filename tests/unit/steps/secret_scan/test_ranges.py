"""Parts of a history: what a range brings, in all the states that a repository can be in."""

import io
from pathlib import Path
from typing import Any

import pytest
from tests.repository import Repository, live_key

from launchready.errors import LaunchReadyError
from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Unchecked
from launchready.steps.secret_scan.observe import observe
from launchready.steps.secret_scan.settings import SecretScanSettings

KEY, OTHER, THIRD = (live_key(seed) for seed in range(3))
ZEROS = "0" * 40


class Seen:
    """What one scan of a part gave, and what it said."""

    def __init__(self, root: Path, given: str, **more: Any) -> None:
        git = Git.around(root)
        said = io.StringIO()
        gateways = Gateways(root=git.root, git=git, progress=Progress(said), jobs=1)
        every = list(observe(SecretScanSettings(range=given, **more), gateways))
        self.commits = {
            each.introduced.id
            for each in every
            if isinstance(each, SecretFacts) and each.introduced
        }
        self.reasons = [each.reason for each in every if isinstance(each, Unchecked)]
        self.said = said.getvalue()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository.at(tmp_path / "repository")
    made.commit({"old.py": f"k = '{THIRD}'"})
    return made


def test_only_what_the_head_adds_is_scanned(repository: Repository) -> None:
    repository.branch("side")
    first = repository.commit({"a.py": f"k = '{KEY}'"})
    message = repository.commit({"a.py": "clean"}, f"Use {OTHER}")
    repository.git("checkout", "--quiet", "main")
    repository.commit({"b.py": f"k = '{live_key(7)}'"})  # came to main after side left it
    repository.write({"disk.py": f"k = '{live_key(8)}'"})
    seen = Seen(repository.path, "main..side")
    assert seen.commits == {first, message}
    assert (seen.reasons, seen.said) == ([], "")


def test_what_only_a_merge_has_is_in_the_range(repository: Repository) -> None:
    repository.branch("side")
    repository.commit({"b.py": "side"})
    repository.git("checkout", "--quiet", "main")
    base = repository.commit({"c.py": "main"})
    merge = repository.merge("side", {"evil.py": f"'{KEY}'"})
    assert Seen(repository.path, f"{base}..").commits == {merge}


def test_a_rewritten_branch_is_what_follows_the_merge_base(repository: Repository) -> None:
    repository.branch("side")
    before = repository.commit({"a.py": f"k = '{KEY}'"})
    repository.git("reset", "--quiet", "--hard", "main")
    after = repository.commit({"b.py": f"k = '{OTHER}'"})
    assert Seen(repository.path, f"{before}..{after}").commits == {after}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param("HEAD..HEAD", "both ends are the same commit", id="base is head"),
        pytest.param(f"main..{ZEROS}", "the branch was deleted", id="a deleted branch"),
    ],
)
def test_what_brings_nothing_is_said(repository: Repository, given: str, said: str) -> None:
    seen = Seen(repository.path, given)
    assert (seen.commits, seen.reasons) == (set(), [])
    assert f"the range {given} holds nothing to scan: {said}" in seen.said


@pytest.mark.parametrize("given", ["nowhere..HEAD", f"{'1' * 40}..HEAD", "HEAD..nowhere"])
def test_an_end_that_is_not_there_is_not_a_pass(repository: Repository, given: str) -> None:
    seen = Seen(repository.path, given)
    assert seen.commits == set()
    (reason,) = seen.reasons
    assert reason.startswith("there is no commit ")


def test_a_branch_without_a_base_is_scanned_whole(repository: Repository) -> None:
    seen = Seen(repository.path, f"{ZEROS}..HEAD")
    assert len(seen.commits) == 1
    assert "has no base: all that HEAD reaches is scanned" in seen.said


def test_a_range_of_two_histories_is_scanned_whole(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "other")
    root = repository.commit({"a.py": f"k = '{KEY}'"})
    seen = Seen(repository.path, "main..other")
    assert root in seen.commits
    assert "the two share no commit: all of other is scanned" in seen.said


@pytest.mark.parametrize("given", ["HEAD", "..HEAD", "main...HEAD", "", ".."])
def test_what_is_no_range_is_refused(repository: Repository, given: str) -> None:
    with pytest.raises(LaunchReadyError, match=r"is not of the form BASE\.\.HEAD"):
        Seen(repository.path, given)


def test_an_option_in_place_of_a_commit_is_no_option(repository: Repository) -> None:
    assert Seen(repository.path, "--all..HEAD").reasons == [
        "there is no commit --all in this clone"
    ]


def test_two_parts_at_once_are_refused(repository: Repository) -> None:
    with pytest.raises(LaunchReadyError, match="--staged and --range each name a part"):
        Seen(repository.path, "main..HEAD", staged=True)


def test_in_a_shallow_clone_the_range_must_be_whole(repository: Repository, tmp_path: Path) -> None:
    for number in range(4):
        repository.commit({"a.py": f"x = {number}"})
    last = repository.commit({"b.py": f"k = '{KEY}'"})
    clone = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth=3", f"file://{repository.path}", str(clone))
    assert Seen(clone, "HEAD~2..HEAD").commits == {last}
    assert Seen(clone, "HEAD~2..HEAD").reasons == []
    assert Seen(clone, f"{ZEROS}..HEAD").reasons == [
        "this is a shallow clone: older commits of it are not there"
    ]


def test_a_part_is_not_remembered(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.py": "a"})
    Seen(repository.path, "HEAD~1..HEAD", cache=str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()
