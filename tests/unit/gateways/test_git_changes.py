"""What a change adds: line numbers agree with the files, whatever they are called or hold."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.repository import Repository

from launchready.facts.changes import ChangeFacts
from launchready.gateways.git import Git
from launchready.gateways.git_changes import _merge, _parse_patch, _unquoted
from launchready.model import Unchecked

TEN = "".join(f"line {number}\n" for number in range(1, 11))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository.at(tmp_path / "repository")
    repository.commit({"a.txt": TEN})
    return repository


def changes(repository: Repository, base: str, head: str | None = None) -> ChangeFacts:
    found = Git(repository.path).changes(base, head)
    assert isinstance(found, ChangeFacts), found
    return found


def test_edits_of_some_files_are_told_with_how(repository: Repository) -> None:
    base = repository.commit({"b.txt": "b", "c.txt": "c", "*.txt": "star"})
    repository.branch("side")
    repository.commit({"a.txt": "changed"})
    repository.git("rm", "--quiet", "b.txt")
    repository.write({"c.txt": "changed on disk", "new.txt": "new"})
    git = Git(repository.path)
    names = ["a.txt", "b.txt", "new.txt", "*.txt", "nowhere"]
    assert git.edited("main", names) == {"a.txt": "M", "b.txt": "D", "new.txt": "A"}
    assert git.edited(base, ["c.txt"]) == {"c.txt": "M"}
    assert git.edited("0" * 40, names) is None


def edited(number: int, text: str) -> str:
    return TEN.replace(f"line {number}\n", text)


@pytest.mark.parametrize(
    ("files", "lines", "context"),
    [
        pytest.param({"a.txt": edited(5, "new\n")}, ((5, 5),), ((2, 8),), id="one line edited"),
        pytest.param({"a.txt": edited(5, "")}, (), ((2, 7),), id="one line taken away"),
        pytest.param({"a.txt": edited(1, "")}, (), ((1, 3),), id="the first line taken away"),
        pytest.param({"a.txt": edited(1, "x\ny\n")}, ((1, 2),), ((1, 5),), id="two for one"),
        pytest.param(
            {"a.txt": edited(2, "x\n").replace("line 9\n", "y\n")},
            ((2, 2), (9, 9)),
            ((1, 12),),
            id="hunks whose contexts touch are one",
        ),
        pytest.param({"a.txt": TEN + "no end"}, ((11, 11),), ((8, 14),), id="no final line end"),
        pytest.param({"a.txt": TEN.replace("\n", "\r\n")}, ((1, 10),), ((1, 13),), id="CRLF now"),
    ],
)
@pytest.mark.parametrize("is_committed", [True, False], ids=["committed", "on disk"])
def test_lines_and_context(
    repository: Repository,
    files: dict[str, str | bytes],
    lines: tuple[tuple[int, int], ...],
    context: tuple[tuple[int, int], ...],
    is_committed: bool,
) -> None:
    base = repository.git("rev-parse", "HEAD")
    repository.write(files)
    head = repository.commit({}) if is_committed else None
    found = changes(repository, base, head)
    assert (found.base, found.head) == (base, head)
    assert found.lines == {"a.txt": lines}
    assert found.context == {"a.txt": context}
    assert found.commits == ({head} if head else frozenset())


def test_files_without_added_lines_are_named_all_the_same(repository: Repository) -> None:
    repository.commit({"moved.txt": TEN * 2, "mode.sh": "x\n", "gone.txt": "g\n"})
    base = repository.git("rev-parse", "HEAD")
    repository.git("mv", "moved.txt", "to here.txt")
    repository.git("rm", "--quiet", "gone.txt")
    (repository.path / "mode.sh").chmod(0o755)
    head = repository.commit({"empty.txt": ""})
    assert changes(repository, base, head).lines == {
        "to here.txt": (),
        "mode.sh": (),
        "empty.txt": (),
    }


def test_untracked_files_are_all_new(repository: Repository) -> None:
    base = repository.commit({".gitignore": "ignored.txt\n"})
    repository.write({"new.txt": "1\n2\n3", "empty.txt": "", "ignored.txt": "x\n"})
    (repository.path / "link").symlink_to("new.txt")
    found = changes(repository, base)
    assert found.lines == {"new.txt": ((1, 3),), "empty.txt": (), "link": ()}
    assert found.context == found.lines


@pytest.mark.parametrize(
    "name",
    [
        "with space.txt",
        "tab\tand\nnewline.txt",
        'quo"te\\back.txt',
        "b/b.txt",
        "ünï.txt",
        " b.txt",
        "-dash",
        "bell\a\x01.txt",
    ],
)
def test_odd_names_are_read_right(repository: Repository, name: str) -> None:
    base = repository.git("rev-parse", "HEAD")
    head = repository.commit({name: "1\n2\n"})
    assert changes(repository, base, head).lines == {name: ((1, 2),)}


def test_content_that_looks_like_a_patch_is_content(repository: Repository) -> None:
    hostile = "++ b/evil.txt\n@@ -0,0 +1,5 @@\ndiff --git a/e b/e\n"
    base = repository.commit({"b.txt": "-- a/x\nold\nno end"})
    head = repository.commit({"b.txt": "-- a/x\n" + hostile + "other end"})
    assert changes(repository, base, head).lines == {"b.txt": ((2, 5),)}


def test_the_change_starts_where_the_branches_part(repository: Repository) -> None:
    start = repository.git("rev-parse", "HEAD")
    repository.branch("side")
    mine = repository.commit({"mine.txt": "m\n"})
    repository.git("checkout", "--quiet", "main")
    base = repository.commit({"theirs.txt": "t\n"})
    found = changes(repository, "main", "side")
    assert (found.base, found.head) == (start, mine)
    assert found.commits == {mine}
    assert found.lines == {"mine.txt": ((1, 1),)}
    assert changes(repository, base, base).commits == frozenset()


def test_a_pull_requests_merge_commit_brings_its_branch(repository: Repository) -> None:
    base = repository.commit({"theirs.txt": "t\n"})
    repository.branch("side", "HEAD~")
    mine = repository.commit({"mine.txt": "m\n"})
    repository.git("checkout", "--quiet", "--detach", base)
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge", "side")
    found = changes(repository, base)
    assert found.base == base
    assert mine in found.commits
    assert found.lines == {"mine.txt": ((1, 1),)}


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        ("0" * 40, f"there is no commit {'0' * 40} in this clone"),
        ("no-such-branch", "there is no commit no-such-branch in this clone"),
        ("--output=x", "there is no commit --output=x in this clone"),
        ("HEAD:a.txt", "there is no commit HEAD:a.txt in this clone"),
        ("orphan", "this clone has no commit that orphan and HEAD share"),
    ],
    ids=["all zero", "no such branch", "an option", "a blob", "another root"],
)
def test_a_base_that_is_none_is_unchecked(repository: Repository, base: str, reason: str) -> None:
    repository.git("checkout", "--quiet", "--orphan", "orphan")
    repository.commit({"b.txt": "b"})
    repository.git("checkout", "--quiet", "main")
    found = Git(repository.path).changes(base, None)
    assert isinstance(found, Unchecked)
    assert found.reason == reason
    assert "fetch-depth: 0" in found.hint


def test_before_the_first_commit_there_is_no_change(tmp_path: Path) -> None:
    repository = Repository.at(tmp_path / "empty")
    found = Git(repository.path).changes("HEAD", None)
    assert isinstance(found, Unchecked)


def test_a_submodule_is_no_file(repository: Repository) -> None:
    base = repository.git("rev-parse", "HEAD")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{base},sub")
    repository.git("commit", "--quiet", "-m", "Submodule")
    assert changes(repository, base, "HEAD").lines == {}


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 5))))
def test_merged_ranges_hold_the_same_lines(starts: list[tuple[int, int]]) -> None:
    ranges = sorted((first, first + more) for first, more in starts)
    merged = list(_merge(ranges))
    assert {n for a, b in merged for n in range(a, b + 1)} == {
        n for a, b in ranges for n in range(a, b + 1)
    }
    assert all(a[1] + 1 < b[0] for a, b in itertools.pairwise(merged))


@given(st.lists(st.binary(max_size=40)))
def test_any_lines_are_read_as_some_patch(lines: list[bytes]) -> None:
    for _, first, count in _parse_patch(iter(lines)):
        assert first >= 0
        assert count >= 0


@given(st.binary())
def test_any_name_is_unquoted(name: bytes) -> None:
    assert isinstance(_unquoted(name), bytes)
