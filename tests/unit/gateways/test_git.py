"""The git gateway on real repositories: states, staged content, trees."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.facts.git import RepositoryFacts, StagedFile
from launchready.gateways.git import Git
from launchready.model import Unchecked


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.at(tmp_path / "repository")


def state_of(git: Git) -> RepositoryFacts:
    assert isinstance(git.state, RepositoryFacts), git.state
    return git.state


def test_a_repository_tells_its_top_and_its_head(repository: Repository) -> None:
    head = repository.commit({"folder/a.txt": "a"})
    git = Git.around(repository.path / "folder")
    assert git.root == repository.path
    assert state_of(git) == RepositoryFacts(
        root=repository.path, head=head, empty_tree=repository.git("mktree")
    )
    assert git.commit_of("HEAD") == git.commit_of("main") == git.commit_of(head[:9]) == head


def test_before_the_first_commit_there_is_no_head(repository: Repository) -> None:
    git = Git.around(repository.path)
    assert state_of(git).head is None
    assert git.commit_of("HEAD") is None
    history, unchecked = git.history()
    assert not history.commits
    assert not history.blobs
    assert unchecked == ()


def test_a_bare_repository_has_a_history_and_no_tree(repository: Repository) -> None:
    head = repository.commit({"a.txt": "a"})
    bare = repository.path.parent / "bare.git"
    repository.git("clone", "--quiet", "--bare", ".", str(bare))
    git = Git.around(bare)
    assert git.root == bare
    assert state_of(git).is_bare
    assert state_of(git).head == head
    assert list(git.history()[0].commits) == [head]
    assert list(git.grep_tree("a")) == []


def test_a_sha256_repository_knows_its_empty_tree(tmp_path: Path) -> None:
    repository = Repository.at(tmp_path / "new", "--object-format=sha256")
    repository.write({"a.txt": "a"})
    repository.git("add", "--all")
    git = Git(repository.path)
    assert state_of(git).empty_tree == repository.git("mktree")
    assert [file.path for file in staged(git)] == ["a.txt"]
    repository.commit({})
    assert len(git.history()[0].blobs) == 1


def test_a_shallow_clone_says_so(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.txt": "a"})
    repository.commit({"a.txt": "b"})
    clone = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.path}", str(clone))
    assert state_of(Git(clone)).is_shallow
    assert not state_of(Git(repository.path)).is_shallow


def test_a_linked_work_tree_is_a_repository_of_its_own_place(
    repository: Repository, tmp_path: Path
) -> None:
    first = repository.commit({"a.txt": "a"})
    second = repository.commit({"a.txt": "b"})
    repository.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"), first)
    git = Git.around(tmp_path / "linked")
    assert git.root == tmp_path / "linked"
    assert git.commit_of("HEAD") == first
    assert set(git.history()[0].commits) == {first, second}


def _missing_folder(folder: Path) -> Git:
    return Git(folder / "nowhere")


def _no_repository(folder: Path) -> Git:
    return Git(folder)


def _half_made(folder: Path) -> Git:
    (folder / ".git").mkdir()
    return Git(folder)


def _file_to_nowhere(folder: Path) -> Git:
    (folder / ".git").write_text("gitdir: ../nowhere\n", encoding="utf-8")
    return Git(folder)


@pytest.mark.parametrize(
    ("make", "reason", "hint"),
    [
        pytest.param(
            _no_repository,
            "this folder is in no git repository",
            "run `git init` here, or name the files and folders to examine",
            id="no repository",
        ),
        pytest.param(
            _half_made,
            "this folder is in no git repository",
            "run `git init` here, or name the files and folders to examine",
            id="an empty .git folder is none",
        ),
        pytest.param(
            _file_to_nowhere,
            "GIT_DIR, or the .git file of this folder, names a repository that is not there",
            "unset GIT_DIR; `git worktree repair` or `git submodule update --init` mends a .git"
            " file",
            id="a .git file that points nowhere",
        ),
        pytest.param(
            _missing_folder, "there is no such folder", "name a folder that exists", id="no folder"
        ),
    ],
)
def test_what_is_no_repository_is_said_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], Git],
    reason: str,
    hint: str,
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    git = make(tmp_path)
    assert isinstance(git.state, Unchecked)
    assert (git.state.reason, git.state.hint) == (reason, hint)
    assert git.commit_of("HEAD") is None
    assert isinstance(git.staged(), Unchecked)
    assert isinstance(git.tree_files(), Unchecked)


def test_without_git_the_hint_says_to_install_it(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    git = Git.around(repository.path)
    assert isinstance(git.state, Unchecked)
    assert git.state.reason == "git is not on the PATH"
    assert "install git" in git.state.hint
    assert git.commit_of("HEAD") is None
    assert git.history()[1][0].reason == "git is not on the PATH"
    assert isinstance(git.changes("main", None), Unchecked)
    assert git.commits(["0" * 40]) == {}


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can give a repository to another user; run the tests as root",
)
def test_a_repository_of_another_user_is_read_only_if_trusted(repository: Repository) -> None:
    head = repository.commit({"a.txt": "a"})
    os.chown(repository.path, 12345, 12345)
    os.chown(repository.path / ".git", 12345, 12345)
    git = Git.around(repository.path)
    assert isinstance(git.state, Unchecked)
    assert git.state.reason.startswith("the repository belongs to another user")
    assert git.state.hint == f"run `git config --global --add safe.directory {repository.path}`"
    (repository.path / "folder").mkdir()
    trusted = Git.around(repository.path / "folder", trust_owner=True)
    assert trusted.root == repository.path
    assert trusted.commit_of("HEAD") == head
    assert list(trusted.history()[0].commits) == [head]


def staged(git: Git) -> tuple[StagedFile, ...]:
    found = git.staged()
    assert not isinstance(found, Unchecked), found
    return found


def test_staged_is_what_the_next_commit_records(repository: Repository) -> None:
    repository.commit({"kept.txt": "same", "edited.txt": "old", "gone.txt": "x" * 99})
    repository.stage({"edited.txt": "staged", "new.txt": "new", "kept.txt": "same"})
    repository.write({"edited.txt": "on disk", "untracked.txt": "u"})
    (repository.path / "gone.txt").unlink()
    repository.git("rm", "--quiet", "--cached", "gone.txt")
    assert staged(Git(repository.path)) == (
        StagedFile(path="edited.txt", blob=repository.store("staged")),
        StagedFile(path="new.txt", blob=repository.store("new")),
    )


def test_everything_staged_is_new_before_the_first_commit(repository: Repository) -> None:
    repository.stage({"a.txt": "a", "b/c.txt": "c"})
    git = Git(repository.path)
    assert [file.path for file in staged(git)] == ["a.txt", "b/c.txt"]
    assert git.staged_lines() == {"a.txt": ((1, 1),), "b/c.txt": ((1, 1),)}


def test_a_renamed_file_is_staged_under_its_new_name_without_added_lines(
    repository: Repository,
) -> None:
    repository.commit({"old.txt": "".join(f"line {n}\n" for n in range(30))})
    repository.git("mv", "old.txt", "new.txt")
    git = Git(repository.path)
    assert [file.path for file in staged(git)] == ["new.txt"]
    assert git.staged_lines() == {"new.txt": ()}


def test_a_staged_submodule_is_no_file(repository: Repository, tmp_path: Path) -> None:
    other = Repository.at(tmp_path / "other")
    other.commit({"a.txt": "a"})
    repository.git(
        "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(other.path), "sub"
    )
    assert [file.path for file in staged(Git(repository.path))] == [".gitmodules"]


def test_a_hook_says_which_index_counts(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"a.txt": "a"})
    shutil.copy(repository.path / ".git/index", repository.path / ".git/other-index")
    repository.stage({"b.txt": "b"})
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other-index")
    assert staged(Git(repository.path)) == ()


def test_the_tree_is_what_git_does_not_ignore(repository: Repository) -> None:
    repository.commit({".gitignore": "ignored.txt\n", "a.txt": "a", "deleted.txt": "d"})
    repository.write({"ignored.txt": "i", "folder/new.txt": "n", "b\nc.txt": "odd"})
    (repository.path / "deleted.txt").unlink()
    names = Git(repository.path).tree_files()
    assert not isinstance(names, Unchecked)
    assert set(names) == {".gitignore", "a.txt", "deleted.txt", "folder/new.txt", "b\nc.txt"}


def test_a_name_that_is_no_utf8_survives(repository: Repository) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    repository.commit({name: "TODO here"})
    git = Git(repository.path)
    assert git.tree_files() == (name,)
    assert git.history()[0].paths == [name]
    assert list(git.grep_tree("TODO")) == [(name, 1, "TODO here")]
    assert git.head_blobs({name}) == {name: repository.store("TODO here")}


def test_grep_names_path_line_and_text(repository: Repository) -> None:
    repository.commit({"a:b.txt": "x\nfoo: 1\r\n", "c.bin": b"foo:\0"})
    repository.write(
        {"new.txt": "foo:9: tail\n", ".gitignore": "hidden.txt\n", "hidden.txt": "foo:"}
    )
    assert sorted(Git(repository.path).grep_tree("foo:[[:blank:]]*[0-9]")) == [
        ("a:b.txt", 2, "foo: 1"),
        ("new.txt", 1, "foo:9: tail"),
    ]


def test_grep_reads_a_path_with_line_ends(repository: Repository) -> None:
    repository.commit({"a\n\nb.txt": "TODO one\nx\nTODO two\n", "c.txt": "TODO\n"})
    assert list(Git(repository.path).grep_tree("TODO")) == [
        ("a\n\nb.txt", 1, "TODO one"),
        ("a\n\nb.txt", 3, "TODO two"),
        ("c.txt", 1, "TODO"),
    ]


def test_grep_outside_a_repository_walks_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_bytes(b"x\r\nfoo:\t1\r\n")
    (tmp_path / "b.bin").write_bytes(b"foo: 1\0")
    os.mkfifo(tmp_path / "pipe")
    assert list(Git(tmp_path).grep_tree("foo:[[:blank:]]*[0-9]")) == [("sub/a.txt", 2, "foo:\t1")]


def test_commits_tell_author_and_date(repository: Repository) -> None:
    first = repository.commit({"a.txt": "a"}, author="Ann Other", date="2025-02-03")
    repository.git("tag", "-a", "v1", "-m", "words", author="Tag Ger", date="2025-04-05")
    tag = repository.git("rev-parse", "v1")
    found = Git(repository.path).commits([first, tag, "f" * 40, first])
    assert {name: (its.author, its.date.date().isoformat()) for name, its in found.items()} == {
        first: ("Ann Other", "2025-02-03"),
        tag: ("Tag Ger", "2025-04-05"),
    }


@pytest.mark.parametrize(
    ("head", "author", "date"),
    [
        pytest.param(
            "author Ann <a@b> 1700000000 -0530",
            "Ann",
            "2023-11-14T16:43:20-05:30",
            id="the author's own time zone",
        ),
        pytest.param("author  <a@b> 0 +0000", "", "1970-01-01T00:00:00+00:00", id="no name"),
        pytest.param(
            "author A <a@b> 99999999999999999 +0000", "A", "1970-01-01T00:00:00+00:00", id="far off"
        ),
        pytest.param(
            "author A <a@b> 60 +9999", "A", "1970-01-01T00:01:00+00:00", id="no such time zone"
        ),
        pytest.param("nothing", "", "1970-01-01T00:00:00+00:00", id="no author line"),
    ],
)
def test_odd_commits_have_a_date_all_the_same(
    repository: Repository, head: str, author: str, date: str
) -> None:
    tree = repository.git("mktree")
    text = f"tree {tree}\n{head}\ncommitter C <c@d> 0 +0000\n\nwords\n"
    name = repository.git("hash-object", "-w", "-t", "commit", "--literally", "--stdin", text=text)
    found = Git(repository.path).commits([name])[name]
    assert (found.author, found.date.isoformat()) == (author, date)


def test_an_author_in_another_encoding_reads_right(repository: Repository) -> None:
    tree = repository.git("mktree")
    text = (
        f"tree {tree}\nauthor J\xfcrgen <j@e> 0 +0000\n"
        "committer C <c@d> 0 +0000\nencoding ISO-8859-1\n\nwords\n"
    )
    name = repository.git(
        "hash-object", "-w", "-t", "commit", "--stdin", text=text.encode("latin-1")
    )
    assert Git(repository.path).commits([name])[name].author == "Jürgen"
