"""A scan that remembers the last one sees what a scan of everything sees, whatever was done since.

Histories are made at random: commits, merges, branches, amends, resets, tags, deletions, garbage
collection; after each stretch of them both scans are compared.
"""

import io
import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.repository import Repository, live_key

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Looked, Unchecked
from launchready.steps.secret_scan.memory import Memory, parse_memory, render_memory
from launchready.steps.secret_scan.observe import observe
from launchready.steps.secret_scan.past import Past, keep, read_past
from launchready.steps.secret_scan.settings import SecretScanSettings

KEYS = [live_key(seed) for seed in range(3)]
PATHS = ("a.py", "tests/a.py", "docs/b.md", "src/deep/a.py")
WORDS = ("clean = 1\n", f"k = '{KEYS[0]}'\n", f"x\nk = '{KEYS[1]}'\n", f"password = '{KEYS[2]}'\n")


class Scan:
    """What one scan gave, and what it said."""

    def __init__(self, root: Path, cache: Path | None, **given: Any) -> None:
        git = Git.around(root)
        said = io.StringIO()
        gateways = Gateways(root=git.root, git=git, progress=Progress(said), jobs=1)
        where = {"cache": str(cache)} if cache else {"no_cache": True}
        chosen = SecretScanSettings(work_tree=False, **where, **given)
        every = list(observe(chosen, gateways))
        self.seen = [each for each in every if not isinstance(each, Looked)]
        self.looked = {each.name: each for each in every if isinstance(each, Looked)}
        self.said = said.getvalue()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.at(tmp_path / "repository")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def file_of(cache: Path) -> Path:
    return cache / "secret-scan-history.json"


# ---- random histories

_Do = Callable[[Repository], object]


def _safely(repository: Repository, *words: str) -> None:
    """What git may refuse in some states of a repository is then not done."""
    done = itertools.count()
    try:
        repository.git(*words)
    except Exception:  # noqa: BLE001 - git says no, and the history stays as it is
        next(done)


def _commit(path: str, word: str, day: int, message: str) -> _Do:
    return lambda r: r.commit({path: word}, message, date=f"2026-01-{day:02}")


def _words(*words: str) -> _Do:
    return lambda r: _safely(r, *words)


def _merge(branch: str, word: str) -> _Do:
    def do(repository: Repository) -> None:
        if repository.git("branch", "--list", branch):
            repository.merge(branch, {"merged.py": word})

    return do


NAMES = st.sampled_from(("one", "two"))
MESSAGES = st.sampled_from(("Change", f"Use {KEYS[0]}", f"Body\n\n{KEYS[1]}"))
STEPS = st.one_of(
    st.builds(_commit, st.sampled_from(PATHS), st.sampled_from(WORDS), st.integers(1, 3), MESSAGES),
    st.builds(_merge, NAMES, st.sampled_from(WORDS)),
    NAMES.map(lambda name: _words("checkout", "--quiet", "-B", name)),
    NAMES.map(lambda name: _words("checkout", "--quiet", name)),
    NAMES.map(lambda name: _words("branch", "-D", name)),
    NAMES.map(lambda name: _words("tag", "-f", "-a", f"v-{name}", "-m", f"Tag {KEYS[2]}")),
    NAMES.map(lambda name: _words("tag", "-d", f"v-{name}")),
    st.just(_words("checkout", "--quiet", "main")),
    st.just(_words("reset", "--quiet", "--hard", "HEAD~1")),
    st.just(_words("mv", "a.py", "moved.py")),
    MESSAGES.map(lambda message: _words("commit", "--amend", "--quiet", "--message", message)),
    st.just(_words("reflog", "expire", "--expire=now", "--all")),
    st.just(_words("gc", "--quiet", "--prune=now")),
)


@settings(max_examples=12)
@given(st.lists(st.lists(STEPS, min_size=1, max_size=5), min_size=2, max_size=4))
def test_remembering_changes_nothing(stretches: Sequence[Sequence[_Do]]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        repository = Repository.at(folder / "repository")
        for name in ("name", "email"):
            repository.git("config", f"user.{name}", "a@example.com")
        repository.commit({"z.py": "z"})
        for stretch in stretches:
            for do in stretch:
                do(repository)
            told = Scan(repository.path, folder / "cache").seen
            assert told == Scan(repository.path, None).seen
    finally:
        shutil.rmtree(folder)


# ---- the file


def test_what_is_remembered_holds_nothing_of_a_secret(repository: Repository, cache: Path) -> None:
    commit = repository.commit({"pay/live.env": f"k = '{KEYS[0]}'"}, f"Use {KEYS[1]}")
    blob = repository.git("rev-parse", "HEAD:pay/live.env")
    Scan(repository.path, cache)
    text = file_of(cache).read_text(encoding="ascii")
    assert commit in text
    for told in (*KEYS, "sk_live", "pay", "live.env", blob):
        assert told not in text
    assert file_of(cache).stat().st_mode & 0o777 == 0o600
    assert cache.stat().st_mode & 0o777 == 0o700


def test_the_same_path_is_remembered_by_another_name_elsewhere() -> None:
    one, other = Memory(key="k" * 16), Memory(key="k" * 16)
    assert one.place("a.py") == one.place("a.py")
    assert one.place("a.py") != other.place("a.py")


def test_a_second_scan_reads_little(repository: Repository, cache: Path) -> None:
    for number in range(5):
        repository.commit({f"f{number}.py": f"x = {number}"})
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    first = Scan(repository.path, cache).seen
    for blob in ("f0.py", "f4.py"):
        repository.corrupt(repository.git("rev-parse", f"HEAD:{blob}"))
    assert (
        Scan(repository.path, cache).seen == first
    )  # what it would have reported, it did not read
    assert Scan(repository.path, None).seen != first


def test_a_second_scan_says_that_it_looked_at_little(repository: Repository, cache: Path) -> None:
    for number in range(5):
        repository.commit({f"f{number}.py": f"x = {number}"})
    first = Scan(repository.path, cache).looked
    assert {name: (each.count, each.rest) for name, each in first.items()} == {
        "versions": (5, ""),
        "commits": (5, ""),
    }
    repository.commit({"new.py": "x"})
    second = Scan(repository.path, cache).looked
    assert {name: each.count for name, each in second.items()} == {"versions": 1, "commits": 1}
    assert second["commits"].rest == "the rest of the history was scanned before"


def _spoilt(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _of_other_rules(content: bytes) -> bytes:
    return json.dumps(json.loads(content) | {"key": "0" * 64}).encode()


def _of_another_repository(content: bytes) -> bytes:
    return json.dumps(json.loads(content) | {"tips": ["1" * 40]}).encode()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(_spoilt, "is made anew: it is broken", id="broken"),
        pytest.param(lambda _: b"\xff\x00", "is made anew: it is broken", id="bytes"),
        pytest.param(lambda _: b"[]", "is made anew: it is broken", id="a list"),
        pytest.param(_of_other_rules, "the rules or settings have changed", id="stale"),
        pytest.param(_of_another_repository, "it is of another repository", id="foreign"),
    ],
)
def test_what_cannot_be_used_is_made_anew(
    repository: Repository, cache: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    first = Scan(repository.path, cache)
    assert first.said == ""
    good = json.loads(file_of(cache).read_bytes())
    file_of(cache).write_bytes(spoil(file_of(cache).read_bytes()))
    second = Scan(repository.path, cache)
    assert second.seen == first.seen
    assert said in second.said
    assert json.loads(file_of(cache).read_bytes())["tips"] == good["tips"]


def test_other_settings_scan_anew(repository: Repository, cache: Path) -> None:
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    assert Scan(repository.path, cache, exclude=("a.py",)).seen == []
    assert len(Scan(repository.path, cache).seen) == 1


def _others_may_write(cache: Path) -> None:
    file_of(cache).chmod(0o666)


def _anyones_folder(cache: Path) -> None:
    cache.chmod(0o777)


def _a_link(cache: Path) -> None:
    file_of(cache).rename(cache / "elsewhere")
    file_of(cache).symlink_to("elsewhere")


def _a_folder(cache: Path) -> None:
    file_of(cache).unlink()
    file_of(cache).mkdir()


@pytest.mark.parametrize("change", [_others_may_write, _anyones_folder, _a_link, _a_folder])
def test_a_file_that_others_can_write_is_not_believed(
    repository: Repository, cache: Path, change: Callable[[Path], None]
) -> None:
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    Scan(repository.path, cache)
    lie = json.loads(file_of(cache).read_bytes()) | {"places": {}}
    file_of(cache).write_text(json.dumps(lie), encoding="ascii")
    assert Scan(repository.path, cache).seen == []  # whoever can write the file is believed
    file_of(cache).write_text(json.dumps(lie), encoding="ascii")
    change(cache)
    told = Scan(repository.path, cache)
    assert len(told.seen) == 1
    assert "is not used: " in told.said


def test_a_file_that_the_repository_brings_is_not_believed(repository: Repository) -> None:
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    cache = repository.path / "cache"
    Scan(repository.path, cache)
    tips = json.loads(file_of(cache).read_bytes())
    file_of(cache).write_text(json.dumps(tips | {"places": {}}), encoding="ascii")
    assert Scan(repository.path, cache).seen == []
    repository.git("add", "--all")
    told = Scan(repository.path, cache)
    assert len(told.seen) == 1
    assert "it is a file of the repository that is examined" in told.said


def test_a_folder_that_cannot_be_made_is_told_and_harms_nothing(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    (tmp_path / "file").write_text("", encoding="ascii")
    told = Scan(repository.path, tmp_path / "file")
    assert len(told.seen) == 1
    assert "cannot be written" in told.said


def test_without_a_folder_it_is_kept_in_the_repository(repository: Repository) -> None:
    repository.commit({"a.py": "a"})
    repository.git("worktree", "add", "--quiet", "--detach", "../linked")
    gateways = Gateways(
        root=repository.path.parent / "linked",
        git=Git.around(repository.path.parent / "linked"),
        progress=Progress(None),
    )
    list(observe(SecretScanSettings(), gateways))
    assert (repository.path / ".git" / "launchready" / "secret-scan-history.json").is_file()
    assert repository.git("status", "--porcelain") == ""


def test_a_shallow_clone_remembers_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    repository.commit({"a.py": "clean"})
    clone = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.path}", str(clone))
    Scan(clone, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    Repository(path=clone).git("fetch", "--quiet", "--unshallow")
    assert len(Scan(clone, tmp_path / "cache").seen) == 1


def test_what_was_missing_is_looked_for_again(
    repository: Repository, tmp_path: Path, cache: Path
) -> None:
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    repository.commit({"a.py": "clean"})
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    source = f"file://{repository.path}"
    repository.git("clone", "--quiet", "--filter=blob:none", source, str(clone))
    first = Scan(clone, cache).seen
    assert Scan(clone, cache).seen == first
    Repository(path=clone).git("cat-file", "-p", "HEAD~1:a.py")  # git fetches it
    assert len(Scan(clone, cache).seen) == 1
    assert Scan(clone, cache).seen == Scan(clone, None).seen


def test_a_corrupt_version_is_tried_again(repository: Repository, cache: Path) -> None:
    repository.commit({"bad.py": "x = 1\n" * 99, "a.py": f"'{KEYS[0]}'"})
    repository.corrupt(repository.git("rev-parse", "HEAD:bad.py"))
    first = Scan(repository.path, cache).seen
    assert len(first) == 2
    assert Scan(repository.path, cache).seen == first


def test_a_clone_without_the_rewritten_branch_goes_on(
    repository: Repository, tmp_path: Path, cache: Path
) -> None:
    """As in CI: the cache is carried from one fresh clone to the next."""
    repository.commit({"a.py": "clean", "z.py": f"'{KEYS[1]}'"})
    repository.branch("side")
    repository.commit({"b.py": f"'{KEYS[0]}'"})
    Scan(repository.path, cache)
    repository.git("reset", "--quiet", "--hard", "main")
    repository.commit({"c.py": f"'{KEYS[2]}'"})
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--no-local", str(repository.path), str(clone))
    told = Scan(clone, cache)
    assert told.said == ""
    assert told.seen == Scan(clone, None).seen
    assert len(told.seen) == 2


def test_work_that_was_not_finished_is_not_remembered(repository: Repository, cache: Path) -> None:
    """A killed worker leaves this behind; an interrupt ends the scan before anything is kept."""
    repository.commit({"a.py": f"k = '{KEYS[0]}'"})
    git = Git.around(repository.path)
    gateways = Gateways(root=git.root, git=git, progress=Progress(None), jobs=1)
    past = read_past(SecretScanSettings(cache=str(cache)), gateways, None)
    assert isinstance(past, Past)
    killed = Unchecked(target="a part of the texts", reason="a worker was killed", hint="h")
    keep(past, [killed], frozenset(), gateways)
    assert not cache.exists()
    keep(past, [], frozenset(), gateways)
    assert file_of(cache).exists()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_memory_or_none(content: bytes) -> None:
    assert parse_memory(content) is None


ID = st.text("0123456789abcdef", min_size=40, max_size=40)
IDS = st.frozensets(ID, max_size=3)
HASHES = st.frozensets(st.text("0123456789abcdef", min_size=16, max_size=16), max_size=3)


@given(
    st.builds(Memory, key=ID, tips=IDS, tags=IDS, messages=IDS, places=st.dictionaries(ID, HASHES))
)
def test_a_memory_survives_the_file(memory: Memory) -> None:
    assert parse_memory(render_memory(memory)) == memory
