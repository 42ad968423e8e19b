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
from launchready.steps.secret_scan.memory import Memory, parse_memory, render_memory
from launchready.steps.secret_scan.observe import observe
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
        chosen = SecretScanSettings(work_tree=False, **where, **given)  # type: ignore[arg-type]
        self.seen = list(observe(chosen, gateways))
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
