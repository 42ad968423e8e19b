"""Where git itself gives up, the answer is a value that says so, never a guess."""

from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.gateways.git import Git
from launchready.model import Unchecked


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository.at(tmp_path / "repository")
    repository.commit({"folder/a.txt": "a\n" * 50})
    return repository


def test_a_broken_index_is_said_by_all_that_read_it(repository: Repository) -> None:
    base = repository.git("rev-parse", "HEAD")
    (repository.path / ".git/index").write_bytes(b"junk" * 99)
    git = Git(repository.path)
    for answer in (git.staged(), git.staged_lines(), git.tree_files(), git.changes(base, None)):
        assert isinstance(answer, Unchecked)
        assert answer.reason.startswith("git failed: ")
        assert "git fsck" in answer.hint
    assert isinstance(git.beside_head(), Unchecked)
    assert git.edited(base, ["folder/a.txt"]) is None
    assert len(git.history()[0].blobs) == 1


def test_a_broken_tree_of_head_names_no_path(repository: Repository) -> None:
    blob = repository.git("rev-parse", "HEAD:folder/a.txt")
    repository.object_file(repository.git("rev-parse", "HEAD:folder")).unlink()
    git = Git(repository.path)
    assert git.head_paths({blob.encode()}) == {}
    assert git.head_blobs({"folder/a.txt"}) == {}
    assert [each.target for each in git.history()[1]] == ["the git history"]


def test_a_head_that_names_no_commit_has_no_tree(repository: Repository) -> None:
    blob = repository.git("rev-parse", "HEAD:folder/a.txt")
    repository.git("checkout", "--quiet", "--orphan", "new")
    assert Git(repository.path).head_paths({blob.encode()}) == {}


def test_a_tag_whose_inner_tag_is_gone_is_said_and_both_are_named(repository: Repository) -> None:
    repository.git("tag", "-a", "-m", "words", "gone")
    gone = repository.git("rev-parse", "gone")
    repository.git("tag", "-a", "-m", "words", "outer", "gone")
    repository.object_file(gone).unlink()
    repository.git("update-ref", "-d", "refs/tags/gone")
    history, unchecked = Git(repository.path).history()
    assert [each.target for each in unchecked] == ["the git history"]
    assert gone in unchecked[0].reason
    assert set(history.tags) == {repository.git("rev-parse", "outer"), gone}
    present = Git(repository.path).storage_order({gone.encode()})
    assert present == []
