"""secret-scan's eyes on whole repositories: every place, who brought it, what could not be seen."""

import io
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.repository import Repository, live_key
from tests.unit.steps.secret_scan.judging import judged

from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import CommitLocation, FileLocation, Unchecked
from launchready.steps.secret_scan.observe import _few_alike, observe
from launchready.steps.secret_scan.settings import SecretScanSettings

KEY, OTHER, THIRD = (live_key(seed) for seed in range(3))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return Repository.at(tmp_path / "repository")


class Seen:
    """What one observation gave."""

    def __init__(self, root: Path, **settings: Any) -> None:
        git = Git.around(root)
        said = io.StringIO()
        gateways = Gateways(root=git.root, git=git, progress=Progress(said), jobs=1)
        everything = list(observe(SecretScanSettings(**settings), gateways))
        self.facts = [each for each in everything if isinstance(each, SecretFacts)]
        self.unchecked = [each for each in everything if isinstance(each, Unchecked)]
        self.said = said.getvalue()

    @property
    def only(self) -> SecretFacts:
        """The one secret there is, everything having been seen."""
        assert self.unchecked == []
        (fact,) = self.facts
        return fact

    @property
    def places(self) -> list[str]:
        """Where, in short: `path:line`, with `@commit` for the past."""
        return [_short(each) for each in (self.only.location, *self.only.others)]


def _short(location: object) -> str:
    match location:
        case FileLocation(path=path, line=line, commit=commit):
            return f"{path}:{line}" + (f"@{commit}" if commit else "")
        case CommitLocation(commit=commit, line=line):
            return f"message:{line}@{commit}"
    raise AssertionError(location)


def test_one_that_is_in_head_is_shown_where_it_is_now(repository: Repository) -> None:
    first = repository.commit({"a.py": f"k = '{KEY}'"}, author="Ann Other", date="2026-01-02")
    repository.commit({"a.py": f"import os\n\nk = '{KEY}'  # why\n"}, date="2026-02-03")
    seen = Seen(repository.path)
    assert seen.places == ["a.py:3"]
    assert seen.only.is_in_head
    assert not seen.only.is_staged
    assert seen.only.places == 1
    assert seen.only.code[0].text == "k = '********'  # why"
    assert seen.only.introduced
    assert seen.only.introduced.id == first
    assert seen.only.introduced.author == "Ann Other"
    assert seen.only.introduced.date.isoformat() == "2026-01-02T12:00:00+00:00"


def test_one_that_was_deleted_is_shown_where_it_came(repository: Repository) -> None:
    repository.commit({"z.py": "z"})
    first = repository.commit({"a.py": f"\nk = '{KEY}'"}, date="2026-01-02")
    repository.commit({"a.py": "clean"}, date="2026-02-03")
    seen = Seen(repository.path)
    assert seen.places == [f"a.py:2@{first}"]
    assert not seen.only.is_in_head


def test_all_its_places_are_one_fact(repository: Repository) -> None:
    gone = repository.commit({"old.py": f"k = '{KEY}'"}, date="2026-01-01")
    (repository.path / "old.py").unlink()
    repository.commit({"b.py": f"\nk = '{KEY}'", "a.py": f"k = '{KEY}'\nj = '{KEY}'"})
    repository.branch("side")
    side = repository.commit({"side.py": f"k = '{KEY}'"}, date="2026-03-02")
    repository.git("checkout", "--quiet", "main")
    message = repository.commit({}, f"Subject\n\nuse {KEY}", date="2026-03-03")
    seen = Seen(repository.path)
    assert seen.places == [
        "a.py:1",
        "a.py:2",
        "b.py:2",
        f"old.py:1@{gone}",
        f"side.py:1@{side}",
        f"message:3@{message}",
    ]
    assert seen.only.places == 6
    assert seen.only.introduced
    assert seen.only.introduced.id == gone


def test_all_places_are_told_and_those_that_are_there_now(repository: Repository) -> None:
    repository.commit({"gone.py": f"k = '{KEY}'"})
    repository.git("rm", "--quiet", "gone.py")
    names = [f"f{number:02}.py" for number in range(15)]
    repository.commit(dict.fromkeys(names, f"k = '{KEY}'"))
    seen = Seen(repository.path)
    assert seen.only.places == 16
    assert len(seen.only.others) == 15
    assert seen.only.present == tuple(names)


def test_a_file_that_is_renamed_on_disk_is_one_that_is_there(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'"})
    (repository.path / "a.py").rename(repository.path / "b.py")
    assert Seen(repository.path).only.present == ("b.py",)
    (repository.path / "b.py").unlink()
    assert Seen(repository.path).only.present == ("a.py",)
    repository.commit({})
    assert Seen(repository.path).only.present == ()


def test_the_versions_of_a_file_are_one_place(repository: Repository) -> None:
    first = ""
    for number in range(4):
        commit = repository.commit(
            {"a.py": f"k = '{KEY}'  # {number}"}, date=f"2026-01-0{number + 1}"
        )
        first = first or commit
    repository.commit({"a.py": "clean"})
    assert Seen(repository.path).places == [f"a.py:1@{first}"]


def test_an_annotated_tags_message_is_a_place(repository: Repository) -> None:
    repository.commit({"a.py": "a"})
    repository.git("tag", "-a", "v1", "-m", f"Release\n\n{KEY}", author="Tag Ger")
    seen = Seen(repository.path)
    tag = repository.git("rev-parse", "v1")
    assert seen.places == [f"message:3@{tag}"]
    assert seen.only.introduced
    assert seen.only.introduced.author == "Tag Ger"


def test_a_blob_that_only_a_tag_names_is_a_place(repository: Repository) -> None:
    repository.commit({"a.py": "a"})
    blob = repository.store(f"k = '{KEY}'")
    repository.git("update-ref", "refs/odd/blob", blob)
    seen = Seen(repository.path)
    assert seen.places == [f"refs/odd/blob:1@{blob}"]
    assert seen.only.introduced is None


def test_what_is_on_disk_alone_is_not_committed(repository: Repository) -> None:
    repository.commit({".gitignore": "ignored.py\n", "a.py": "clean\n"})
    repository.write({"a.py": f"k = '{KEY}'\n", "ignored.py": OTHER})
    seen = Seen(repository.path)
    assert seen.places == ["a.py:1"]
    assert not seen.only.is_in_head
    assert seen.only.introduced is None


def test_what_was_taken_out_on_disk_alone_is_still_in_head(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'\n"})
    repository.write({"a.py": "clean\n"})
    seen = Seen(repository.path)
    assert seen.places == ["a.py:1"]
    assert seen.only.is_in_head


def test_the_tree_alone_still_knows_what_head_has(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'\n", "gone.py": THIRD})
    (repository.path / "gone.py").unlink()
    repository.commit({"b.py": "clean"})
    repository.write({"b.py": f"k = '{OTHER}'"})
    seen = Seen(repository.path, history=False)
    assert seen.unchecked == []
    assert {_short(each.location): each.is_in_head for each in seen.facts} == {
        "a.py:1": True,
        "b.py:1": False,
    }


def test_the_history_alone_does_not_look_at_the_disk(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'\n"})
    repository.write({"b.py": f"k = '{OTHER}'"})
    assert Seen(repository.path, work_tree=False).places == ["a.py:1"]


def test_two_kinds_for_one_value_are_one_fact(repository: Repository) -> None:
    repository.commit({"a.py": f"secret_token = '{KEY}'\n", "b.py": f"'{KEY}'\n"})
    assert Seen(repository.path).only.kind == "stripe-live-secret-key"


@pytest.mark.parametrize(
    ("files", "tools"),
    [
        pytest.param({"a.py": f"'{KEY}' # gitleaks:allow"}, {"gitleaks"}, id="marked"),
        pytest.param({"a.py": f"'{KEY}'"}, set(), id="not marked"),
        pytest.param(
            {"a.py": f"'{KEY}' # gitleaks:allow", "b.py": f"'{KEY}'"},
            set(),
            id="marked once of two",
        ),
        pytest.param(
            {"a.py": f"'{KEY}' # gitleaks:allow", "b.py": f"'{KEY}' # ggignore"},
            {"gitleaks", "ggshield"},
            id="marked twice of two",
        ),
    ],
)
def test_what_is_there_must_be_marked_everywhere(
    repository: Repository, files: dict[str, str | bytes], tools: set[str]
) -> None:
    repository.commit(files)
    fact = Seen(repository.path).only
    assert {marker.tool for marker in fact.markers} == tools
    assert all(marker.path in files and marker.line == 1 for marker in fact.markers)


def test_a_marker_in_any_version_speaks_for_what_is_gone(repository: Repository) -> None:
    repository.commit({"a.py": f"'{KEY}'"})
    repository.commit({"a.py": f"'{KEY}' # gitleaks:allow"})
    repository.commit({"a.py": "clean"})
    assert [marker.tool for marker in Seen(repository.path).only.markers] == ["gitleaks"]


def test_excluded_paths_are_left_out_everywhere(repository: Repository) -> None:
    repository.commit({"vendor/a.py": f"'{KEY}'", "vendor/both.py": f"'{OTHER}'"})
    repository.commit({"kept.py": f"'{OTHER}'"})
    seen = Seen(repository.path, exclude=("vendor/",))
    assert seen.places[0] == "kept.py:1"


def test_an_amended_commit_is_out_of_reach(repository: Repository) -> None:
    repository.commit({"a.py": f"'{KEY}'"})
    repository.write({"a.py": "clean"})
    repository.git("commit", "--quiet", "--all", "--amend", "--message", "Clean")
    seen = Seen(repository.path)
    assert (seen.facts, seen.unchecked) == ([], [])


# ---- staged


def test_what_is_staged_and_no_longer_on_disk_is_seen_without_being_asked_for(
    repository: Repository,
) -> None:
    repository.commit({"a.py": "clean\n"})
    repository.stage({"a.py": f"clean\nk = '{KEY}'\n"})
    repository.write({"a.py": "clean\n"})
    seen = Seen(repository.path)
    assert seen.places == ["a.py:2"]
    assert seen.only.is_staged
    assert Seen(repository.path, work_tree=False).facts == []
    assert Seen(repository.path, exclude=("a.py",)).facts == []


@pytest.mark.parametrize("switch", ["--skip-worktree", "--assume-unchanged"])
def test_what_git_is_told_not_to_look_at_on_disk_is_seen_in_the_index(
    repository: Repository, switch: str
) -> None:
    repository.commit({"a.py": "clean\n"})
    repository.stage({"a.py": f"k = '{KEY}'\n"})
    repository.git("update-index", switch, "a.py")
    (repository.path / "a.py").unlink()
    assert Seen(repository.path).places == ["a.py:1"]


def test_what_is_staged_as_it_is_on_disk_is_one_place(repository: Repository) -> None:
    repository.commit({"a.py": "clean\n"})
    repository.stage({"a.py": f"k = '{KEY}'\n"})
    fact = Seen(repository.path).only
    assert (fact.places, fact.is_staged, fact.present) == (1, False, ("a.py",))


def test_every_side_of_a_merge_that_is_not_resolved_is_seen(repository: Repository) -> None:
    repository.commit({"a.py": "one\n"})
    repository.branch("side")
    theirs = repository.commit({"a.py": f"'{KEY}'\n"})
    repository.git("checkout", "--quiet", "main")
    repository.git("branch", "--quiet", "-D", "side")
    repository.commit({"a.py": "three\n"})
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "--quiet", theirs)
    repository.write({"a.py": "four\n"})
    assert Seen(repository.path).places == ["a.py:1"]
    (gap,) = Seen(repository.path, staged=True).unchecked
    assert gap.target == "the staged content"


def test_staged_content_counts_not_the_disk(repository: Repository) -> None:
    repository.commit({"a.py": "clean\n"})
    repository.stage({"a.py": f"clean\nk = '{KEY}'\n", "b.py": "b\n"})
    repository.write({"a.py": "clean\n", "b.py": f"'{OTHER}'"})
    seen = Seen(repository.path, staged=True)
    assert seen.places == ["a.py:2"]
    assert seen.only.is_staged
    assert not seen.only.is_in_head
    assert seen.only.introduced is None


def test_what_was_there_before_does_not_stop_a_commit(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEY}'\nx = 1\n"})
    repository.stage({"a.py": f"k = '{KEY}'\nx = 2\n"})
    assert Seen(repository.path, staged=True).facts == []
    repository.git("mv", "a.py", "b.py")
    assert Seen(repository.path, staged=True).facts == []


def test_a_key_of_many_lines_counts_if_any_line_is_new(repository: Repository) -> None:
    pem = judged.example("private-key")
    head, _, rest = pem.partition("\n")
    repository.commit({"server.key": f"{head}\n"})
    repository.stage({"server.key": f"{head}\n{rest}\n"})
    assert len(Seen(repository.path, staged=True).facts) == 1


def test_staged_before_the_first_commit(repository: Repository) -> None:
    repository.stage({"a.py": f"k = '{KEY}'"})
    assert Seen(repository.path, staged=True).places == ["a.py:1"]


def test_a_staged_link_shows_its_target(repository: Repository) -> None:
    (repository.path / "link").symlink_to(f"/x/'{KEY}'")
    repository.stage({})
    assert Seen(repository.path, staged=True).places == ["link:1"]


def test_nothing_staged_is_nothing(repository: Repository) -> None:
    repository.commit({"a.py": f"'{KEY}'"})
    seen = Seen(repository.path, staged=True)
    assert (seen.facts, seen.unchecked) == ([], [])


# ---- named paths


def test_named_paths_are_scanned_as_they_are(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({".gitignore": "out/\n", "a.py": f"'{KEY}'"})
    repository.write({"out/deep/app.js": f"'{OTHER}'"})
    (tmp_path / "beside.txt").write_text(f"'{THIRD}'")
    monkeypatch.chdir(repository.path)
    seen = Seen(repository.path, paths=("out", "../beside.txt", "nowhere"))
    assert {_short(each.location) for each in seen.facts} == {
        "out/deep/app.js:1",
        f"{tmp_path}/beside.txt:1",
    }
    assert [(each.target, each.reason) for each in seen.unchecked] == [
        ("nowhere", "there is no such file or folder")
    ]


def test_a_named_file_that_head_has_says_so(repository: Repository) -> None:
    repository.commit({"a.py": f"'{KEY}'"})
    os.chdir(repository.path)
    assert Seen(repository.path, paths=("a.py",)).only.is_in_head


# ---- states of a repository


def test_a_folder_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "a.py").write_text(f"'{KEY}'")
    seen = Seen(folder)
    assert [_short(each.location) for each in seen.facts] == ["a.py:1"]
    assert [each.reason for each in seen.unchecked] == ["this folder is in no git repository"]
    assert Seen(folder, history=False).only.places == 1
    assert [each.reason for each in Seen(folder, staged=True).unchecked] == [
        "this folder is in no git repository"
    ]


def test_a_repository_that_git_does_not_read_is_not_walked(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"a.py": f"'{KEY}'"})
    monkeypatch.setenv("PATH", "")
    for settings in ({}, {"history": False}):
        seen = Seen(repository.path, **settings)
        assert seen.facts == []
        assert [each.reason for each in seen.unchecked] == ["git is not on the PATH"]


def test_before_the_first_commit_the_tree_is_scanned(repository: Repository) -> None:
    repository.write({"a.py": f"'{KEY}'"})
    assert Seen(repository.path).places == ["a.py:1"]


def test_a_bare_repository_has_its_history_scanned(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.py": f"'{KEY}'"})
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    assert Seen(tmp_path / "bare.git").places == ["a.py:1"]


def test_a_shallow_clone_is_never_clean(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.py": f"'{KEY}'"})
    repository.commit({"a.py": f"'{OTHER}'"})
    source = f"file://{repository.path}"
    repository.git("clone", "--quiet", "--depth=1", source, str(tmp_path / "shallow"))
    seen = Seen(tmp_path / "shallow")
    assert len(seen.facts) == 1
    (unchecked,) = seen.unchecked
    assert unchecked.reason == "this is a shallow clone: the older commits are not in it"
    assert "fetch-depth: 0" in unchecked.hint
    assert Seen(tmp_path / "shallow", history=False).unchecked == []


def test_a_partial_clone_is_never_clean(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.py": "left out"})
    repository.commit({"a.py": f"'{OTHER}'"})
    repository.git("config", "uploadpack.allowFilter", "true")
    source = f"file://{repository.path}"
    clone = tmp_path / "partial"
    repository.git("clone", "--quiet", "--filter=blob:none", source, str(clone))
    seen = Seen(clone)
    assert len(seen.facts) == 1
    (unchecked,) = seen.unchecked
    assert unchecked.reason == "this clone lacks objects that its commits name: 1 of them"
    assert "--filter" in unchecked.hint


def test_a_corrupt_object_is_named_and_the_rest_is_seen(repository: Repository) -> None:
    repository.commit({"bad.py": "x = 1\n" * 99, "a.py": f"'{KEY}'"})
    blob = repository.git("rev-parse", "HEAD:bad.py")
    repository.corrupt(blob)
    seen = Seen(repository.path)
    assert [_short(each.location) for each in seen.facts] == ["a.py:1"]
    (unchecked,) = seen.unchecked
    assert unchecked.target == f"bad.py (blob {blob[:12]})"
    assert unchecked.reason == "the object is corrupt"


def test_a_submodule_is_said_to_be_another_repository(
    repository: Repository, tmp_path: Path
) -> None:
    other = Repository.at(tmp_path / "other")
    other.commit({"a.py": f"'{KEY}'"})
    allowed = ("-c", "protocol.file.allow=always")
    repository.git(*allowed, "submodule", "add", "--quiet", str(other.path), "sub")
    repository.commit({})
    nested = Repository.at(repository.path / "my nested")
    nested.commit({"b.py": f"'{OTHER}'"})
    seen = Seen(repository.path)
    assert seen.facts == []
    gaps = {gap.target: gap for gap in seen.unchecked}
    assert sorted(gaps) == ["my nested/", "sub"]
    assert gaps["sub"].reason.startswith("it is a repository of its own")
    assert "in 'my nested', and name it in `exclude`" in gaps["my nested/"].hint
    assert Seen(repository.path, exclude=("sub/", "my nested/")).unchecked == []
    assert Seen(repository.path, exclude=("sub", "my nested")).unchecked == []

    repository.git("submodule", "--quiet", "deinit", "--force", "sub")
    (gap,) = Seen(repository.path, exclude=("my nested",)).unchecked
    assert gap.reason.endswith("that is not checked out")
    assert "`git submodule update --init`" in gap.hint


POINTER = (
    "version https://git-lfs.github.com/spec/v1\n"
    f"oid sha256:{judged.drawn('{hex:64}')}\nsize 12345\n"
)


def test_large_files_of_which_only_pointers_are_here_are_told_once(repository: Repository) -> None:
    files = {"a.bin": POINTER, "b/c.bin": POINTER, "b/pulled.bin": "content", "no.txt": POINTER}
    repository.commit({**files, ".gitattributes": "*.bin filter=lfs -text\n"})
    seen = Seen(repository.path)
    assert seen.facts == []
    (gap,) = seen.unchecked
    assert gap.target == "a.bin and 1 more"
    assert "`git lfs pull`" in gap.hint
    (gap,) = Seen(repository.path, exclude=("a.bin",)).unchecked
    assert gap.target == "b/c.bin"
    assert Seen(repository.path, exclude=("*.bin",)).unchecked == []
    assert Seen(repository.path, work_tree=False).unchecked == []


def test_a_pointer_that_no_attribute_calls_one_is_plain_text(repository: Repository) -> None:
    repository.commit({"big.bin": POINTER, ".gitattributes": "*.bin -text\n"})
    seen = Seen(repository.path)
    assert (seen.facts, seen.unchecked) == ([], [])


def test_odd_names_are_places_too(repository: Repository) -> None:
    name = os.fsdecode(b"caf\xe9\n\x1b[31m.py")
    repository.commit({name: f"'{KEY}'"})
    assert Seen(repository.path).places == [f"{name}:1"]


def test_an_unmerged_branch_a_note_and_the_stash_are_history(repository: Repository) -> None:
    repository.commit({"a.py": "a"})
    repository.git("notes", "add", "-m", f"note '{KEY}'")
    repository.branch("side")
    repository.commit({"b.py": f"'{OTHER}'"})
    repository.git("checkout", "--quiet", "main")
    repository.write({"a.py": f"'{THIRD}'"})
    repository.git("stash", "--quiet")
    assert len(Seen(repository.path).facts) == 3


def test_what_only_a_merge_has_is_found(repository: Repository) -> None:
    repository.commit({"a.py": "base"})
    repository.branch("side")
    repository.commit({"b.py": "side"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"c.py": "main"})
    merge = repository.merge("side", {"evil.py": f"'{KEY}'"})
    fact = Seen(repository.path).only
    assert fact.introduced
    assert fact.introduced.id == merge


def test_many_that_fail_alike_are_counted() -> None:
    many = [Unchecked(target=f"f{n}", reason="r", hint="h") for n in range(25)]
    other = Unchecked(target="x", reason="other", hint="h")
    told = list(_few_alike([*many, other]))
    assert told[:20] == many[:20]
    assert told[20:] == [other, Unchecked(target="5 more", reason="r", hint="h")]
