"""What a history holds, and who brought it when: on real repositories."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.repository import Repository

from launchready.facts.git import HistoryFacts, Introduction
from launchready.gateways.git import Git
from launchready.gateways.git_history import _Ledger, _parse_log


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.at(tmp_path / "repository")


def history_of(repository: Repository) -> HistoryFacts:
    history, unchecked = Git(repository.path).history()
    assert unchecked == ()
    return history


def brought(repository: Repository, content: str | bytes) -> list[tuple[str | None, str]]:
    """Commit and path of all introductions of a blob, the oldest first."""
    blob = repository.store(content).encode()
    found = history_of(repository).introductions([blob, b"f" * 40]).get(blob, ())
    return [(each.commit, each.path) for each in found]


def test_a_deleted_file_is_still_there(repository: Repository) -> None:
    first = repository.commit({"a.txt": "secret"})
    (repository.path / "a.txt").unlink()
    repository.commit({})
    assert brought(repository, "secret") == [(first, "a.txt")]


def test_a_blob_belongs_to_the_author_date_that_is_oldest(repository: Repository) -> None:
    repository.commit({"z.txt": "z"})
    repository.commit({"a.txt": "same"}, date="2026-02-02")
    older = repository.commit({"b.txt": "same"}, date="2026-01-01")
    repository.commit({"a.txt": "other", "c.txt": "same"}, date="2026-03-03")
    assert brought(repository, "same")[0] == (older, "b.txt")
    assert [path for _, path in brought(repository, "same")] == ["b.txt", "a.txt", "c.txt"]


def test_of_equal_author_dates_the_commit_that_came_first_counts(repository: Repository) -> None:
    repository.commit({"z.txt": "z"})
    first = repository.commit({"a.txt": "same"})
    (repository.path / "a.txt").unlink()
    repository.commit({})
    again = repository.commit({"a.txt": "same"})
    assert brought(repository, "same") == [(first, "a.txt"), (again, "a.txt")]


def test_an_unmerged_branch_counts(repository: Repository) -> None:
    repository.commit({"a.txt": "a"})
    repository.branch("side")
    side = repository.commit({"b.txt": "on the side"})
    repository.git("checkout", "--quiet", "main")
    assert brought(repository, "on the side") == [(side, "b.txt")]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"new.txt": "only here"}, id="a file that no parent has"),
        pytest.param({"a.txt": "only here"}, id="a resolution that differs from both parents"),
    ],
)
def test_what_only_a_merge_has_is_seen(repository: Repository, files: dict[str, str]) -> None:
    repository.commit({"a.txt": "base"})
    repository.branch("side")
    repository.commit({"a.txt": "side", "b.txt": "b"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"a.txt": "main"})
    merge = repository.merge("side", files)
    assert brought(repository, "only here") == [(merge, next(iter(files)))]


def test_an_octopus_merge_is_read_too(repository: Repository) -> None:
    repository.commit({"a.txt": "base"})
    for name in ("one", "two", "three"):
        repository.branch(name, "main")
        repository.commit({f"{name}.txt": name})
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "one", "two", "three")
    merge = repository.commit({"a.txt": "only here"})
    assert len(repository.git("rev-parse", f"{merge}^@").split()) == 4
    assert brought(repository, "only here") == [(merge, "a.txt")]


def test_a_detached_head_counts(repository: Repository) -> None:
    repository.commit({"a.txt": "a"})
    repository.git("checkout", "--quiet", "--detach")
    loose = repository.commit({"b.txt": "nowhere else"})
    assert brought(repository, "nowhere else") == [(loose, "b.txt")]


def test_an_amended_commit_is_out_of_reach(repository: Repository) -> None:
    repository.commit({"a.txt": "amended away"})
    repository.write({"a.txt": "clean"})
    repository.git("commit", "--quiet", "--all", "--amend", "--message", "Clean")
    assert brought(repository, "amended away") == []


def test_notes_and_the_stash_count(repository: Repository) -> None:
    repository.commit({"a.txt": "a"})
    repository.git("notes", "add", "-m", "a note")
    repository.write({"a.txt": "stashed"})
    repository.git("stash", "--quiet")
    assert len(brought(repository, "a note\n")) == 1
    assert [path for _, path in brought(repository, "stashed")] == ["a.txt"]


def test_tags_of_tags_blobs_and_trees_count(repository: Repository) -> None:
    repository.commit({"a.txt": "a"})
    for target, name in (("HEAD", "one"), ("one", "two"), (repository.store("tagged"), "blob")):
        repository.git("tag", "-a", "-m", "words", name, target)
    tree = repository.git("mktree", text=f"100644 blob {repository.store('in tree')}\tdeep.txt")
    repository.git("update-ref", "refs/odd/tree", tree)
    repository.git("update-ref", "refs/odd/blob", repository.store("bare"))
    history = history_of(repository)
    tags = {repository.git("rev-parse", name) for name in ("one", "two", "blob")}
    assert set(history.tags) == tags
    assert len(history.tags) == 3
    assert brought(repository, "tagged") == [(None, "refs/tags/blob")]
    assert brought(repository, "in tree") == [(None, "deep.txt")]
    assert brought(repository, "bare") == [(None, "refs/odd/blob")]


def test_a_submodule_is_no_blob(repository: Repository) -> None:
    head = repository.commit({"a.txt": "a"})
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{head},sub")
    repository.git("commit", "--quiet", "-m", "Submodule")
    assert list(history_of(repository).blobs) == [repository.store("a").encode()]


def test_odd_names_and_messages_do_not_confuse(repository: Repository) -> None:
    message = f":100644 100644 {'0' * 40} {'1' * 40} M\n\x01{'2' * 40} 5"
    names = ["\x01odd", ":100644", "with\nnewline", ' "quoted"\t', "-dash"]
    files = {name: f"content {number}" for number, name in enumerate(names)}
    commit = repository.commit(files, message)
    for name, content in files.items():
        assert brought(repository, content) == [(commit, name)]


def test_a_commit_without_a_readable_date_is_the_oldest(repository: Repository) -> None:
    repository.commit({"a.txt": "same"})
    tree = repository.git("rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\nauthor A <a@b>\ncommitter C <c@d> 0 +0000\n\nwords\n"
    name = repository.git("hash-object", "-w", "-t", "commit", "--literally", "--stdin", text=text)
    repository.git("update-ref", "refs/heads/odd", name)
    assert brought(repository, "same")[0] == (name, "a.txt")


def test_grafts_and_replacements_hide_nothing(repository: Repository) -> None:
    first = repository.commit({"a.txt": "hidden"})
    second = repository.commit({"a.txt": "clean"})
    orphan = repository.git("commit-tree", f"{second}^{{tree}}", "-m", "Innocent")
    repository.git("replace", second, orphan)
    (repository.path / ".git/info").mkdir(exist_ok=True)
    (repository.path / ".git/info/grafts").write_text(f"{second}\n")
    assert (first, "a.txt") in brought(repository, "hidden")


def test_a_missing_tree_leaves_what_came_before_it(repository: Repository) -> None:
    repository.commit({"old/a.txt": "old"})
    repository.commit({"new/a.txt": "new"})
    repository.commit({"old/a.txt": "newer"})
    repository.commit({"b.txt": "newest"})
    repository.object_file(repository.git("rev-parse", "HEAD~2:old")).unlink()
    history, unchecked = Git(repository.path).history()
    assert [each.target for each in unchecked] == ["the git history"]
    assert "git failed" in unchecked[0].reason
    assert "git fsck" in unchecked[0].hint
    assert repository.store("newest").encode() in history.blobs


def test_each_blob_counts_once_however_many_commits_hold_it(repository: Repository) -> None:
    for number in range(5):
        repository.commit({"same.txt": "same", "count.txt": str(number)})
    history = history_of(repository)
    assert len(history.blobs) == 6
    assert len(history.commits) == 5
    (same,) = history.introductions([repository.store("same").encode()]).values()
    assert [each.path for each in same] == ["same.txt"]


def test_what_is_not_in_the_history_has_no_introduction() -> None:
    parsed = _Ledger().facts()
    assert parsed.introductions([b"0" * 40]) == {}
    assert Introduction(commit=None, path="", seconds=0).age == (0, 0, 0)


@given(st.lists(st.binary(max_size=60)))
def test_any_pieces_give_a_table(pieces: list[bytes]) -> None:
    ledger = _Ledger()
    _parse_log(iter(pieces), ledger)
    assert len(ledger.entry_blobs) == len(ledger.entry_paths) == len(ledger.entry_commits)
