"""The ledger's stores: real git repositories and real files, written by several at once."""

import itertools
import json
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.errors import LaunchReadyError
from launchready.gateways.git_process import GitProcess
from launchready.gateways.ledger import Store
from launchready.gateways.ledger.branch import BranchStore
from launchready.gateways.ledger.file import FileStore

WRITERS, LINES = 3, 3


def appended(mine: str, text: str) -> str:
    """The text with one line more."""
    return text + mine


def write_at_once(stores: list[Store]) -> None:
    """Every store adds its own lines, all at the same time."""

    def write(number: int) -> None:
        for line in range(LINES):
            mine = f"writer {number} line {line}\n"
            stores[number].amend(partial(appended, mine), f"Add {line}")

    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(write, range(len(stores))))


def expected() -> list[str]:
    """All lines, sorted."""
    return sorted(f"writer {n} line {i}" for n in range(WRITERS) for i in range(LINES))


def test_runs_that_write_a_branch_at_once_lose_nothing(tmp_path: Path) -> None:
    origin = Repository.at(tmp_path / "origin", "--bare")
    seed = Repository.at(tmp_path / "seed")
    seed.commit({"app.py": "print()\n"})
    seed.git("push", "-q", str(origin.path), "main")
    stores: list[Store] = []
    for number in range(WRITERS):
        clone = tmp_path / f"clone{number}"
        Repository(path=tmp_path).git("clone", "-q", "--depth=1", origin.path.as_uri(), str(clone))
        store = BranchStore(GitProcess(folder=clone), "releases", pause_seconds=0.02)
        stores.append(store)
    assert stores[0].read() == ""
    write_at_once(stores)
    text = stores[0].read()
    assert sorted(text.splitlines()) == expected()
    # Lines are only ever added, and the branch shares nothing with the code.
    history = origin.git("rev-list", "--reverse", "releases").split()
    assert len(history) == WRITERS * LINES
    texts = [origin.git("show", f"{each}:ledger.jsonl") for each in history]
    assert all(new.startswith(old) for old, new in itertools.pairwise(texts))
    # No host builds it.
    assert "[skip ci]" in origin.git("log", "-1", "--format=%B", "releases")
    vercel = json.loads(origin.git("show", "releases:vercel.json"))
    assert vercel == {"git": {"deploymentEnabled": False}}
    assert "do not edit" in origin.git("show", "releases:README.md")
    first = Repository(path=tmp_path / "clone0")
    assert first.git("status", "--porcelain", "--branch") == "## main...origin/main"
    assert first.git("branch", "--list") == "* main"


def test_a_change_sees_what_others_wrote_and_may_think_better(tmp_path: Path) -> None:
    origin = Repository.at(tmp_path / "origin", "--bare")
    clone = Repository.at(tmp_path / "clone")
    clone.commit({"app.py": "print()\n"})
    clone.git("remote", "add", "origin", str(origin.path))
    store = BranchStore(GitProcess(folder=clone.path), "releases", pause_seconds=0.02)
    seen = []

    def once(text: str) -> str | None:
        seen.append(text)
        if len(seen) == 1:  # somebody else is faster
            store.amend(lambda _: "theirs\n", "Theirs")
        return None if "theirs" in text else text + "mine\n"

    store.amend(once, "Mine")
    assert seen == ["", "theirs\n"]
    assert store.read() == "theirs\n"


def test_a_remote_that_refuses_is_told(tmp_path: Path) -> None:
    clone = Repository.at(tmp_path / "clone")
    clone.commit({"app.py": "print()\n"})
    clone.git("remote", "add", "origin", str(tmp_path / "nowhere"))
    store = BranchStore(GitProcess(folder=clone.path), "releases")
    with pytest.raises(LaunchReadyError, match="cannot read the ledger on the branch releases"):
        store.read()
    origin = Repository.at(tmp_path / "nowhere", "--bare")
    hook = origin.path / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho protected branch >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(LaunchReadyError, match="cannot be pushed"):
        store.amend(lambda text: text + "line\n", "Add")


def test_runs_that_write_a_file_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "ledger.jsonl"
    write_at_once([FileStore(path) for _ in range(WRITERS)])
    assert sorted(path.read_text().splitlines()) == expected()
    assert [each.name for each in path.parent.iterdir()] == ["ledger.jsonl"]


def test_the_lock_of_a_run_that_died_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    lock = tmp_path / "ledger.jsonl.lock"
    lock.touch()
    os.utime(lock, (1, 1))
    FileStore(path).amend(lambda text: json.dumps({"was": text}), "Add")
    assert path.read_text() == '{"was": ""}'
    assert not lock.exists()
