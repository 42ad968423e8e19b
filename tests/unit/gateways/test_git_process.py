"""A stream from git that is fed while it is read: what goes wrong in the feeding is not lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.gateways.git_process import GitProcess


@pytest.fixture
def git(tmp_path: Path) -> GitProcess:
    return GitProcess(folder=Repository.at(tmp_path / "repository").path)


def closed_in_between() -> Iterator[bytes]:
    """Names from a pipe that someone else closes."""
    yield b"HEAD"
    raise ValueError("read of closed file")


def test_why_the_lines_ended_is_told_to_the_reader(git: GitProcess) -> None:
    with git.stream("cat-file", "--batch-check", lines=closed_in_between()) as (output, finish):
        output.read()
        with pytest.raises(ValueError, match="read of closed file"):
            finish()


def test_one_who_leaves_early_hears_nothing_of_it(
    git: GitProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failures.append)
    with git.stream("cat-file", "--batch-check", lines=closed_in_between()) as (output, _):
        output.read()
    assert failures == []
