"""Fetching what is missing runs none of the repository's programs, and those of the user."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.loopback import Answer, Server, servers
from tests.repository import Repository

from launchready.gateways.git import Git
from launchready.model import Unchecked

REFUSED = Answer(status=401, headers={"WWW-Authenticate": 'Basic realm="x"'})


@pytest.fixture
def server() -> Iterator[Callable[[], Server]]:
    with servers() as begin:
        yield begin


@pytest.fixture
def clone(tmp_path: Path) -> Repository:
    """A shallow clone."""
    source = Repository.at(tmp_path / "source")
    for number in range(3):
        source.commit({"a.txt": f"{number}"})
    source.git("clone", "--quiet", "--depth=1", f"file://{source.path}", str(tmp_path / "clone"))
    return Repository(path=tmp_path / "clone")


@pytest.fixture(autouse=True)
def _no_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GIT_ASKPASS", raising=False)
    monkeypatch.setenv("GIT_TERMINAL_PROMPT", "0")


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a mark, `trap.ran`."""
    path = tmp_path / "trap"
    path.write_text(f"#!/bin/sh\ntouch '{path}.ran'\nexit 1\n")
    path.chmod(0o755)
    return path


def has_run(trap: Path) -> bool:
    """Whether it ran since this was last asked."""
    mark = trap.with_name("trap.ran")
    ran = mark.exists()
    mark.unlink(missing_ok=True)
    return ran


def fetched(clone: Repository) -> None:
    """What git does when left alone."""
    with suppress(subprocess.CalledProcessError):
        clone.git("-c", "protocol.ext.allow=always", "fetch", "--quiet", "--unshallow")


TRAPS = [
    ("remote.origin.uploadpack", ""),
    ("core.alternateRefsCommand", ""),
    ("core.sshCommand", "ssh://127.0.0.1:1/x"),
    ("core.gitProxy", "git://127.0.0.1:1/x"),
    ("core.askPass", "http"),
    ("credential.helper", "http"),
    ("credential.URL.helper", "http"),
    ("url.ext::", "x"),
]


@pytest.mark.parametrize(("key", "url"), TRAPS, ids=[key for key, _ in TRAPS])
def test_no_program_of_the_repository_runs(
    clone: Repository,
    trap: Path,
    server: Callable[[], Server],
    key: str,
    url: str,
) -> None:
    if url == "http":
        begun = server()
        begun.says("/x/info/refs?service=git-upload-pack", REFUSED)
        url = f"{begun.address}/x"
        key = key.replace("URL", begun.address)
    if url:
        clone.git("config", "remote.origin.url", url)
    value = f"!{trap}" if key.endswith("helper") else str(trap)
    if key == "url.ext::":
        key, value = f"url.ext::{trap} .insteadOf", "x"
    clone.git("config", key, value)
    if "alternate" in key:
        stock = clone.path.parent / "source/.git/objects"
        (clone.path / ".git/objects/info/alternates").write_text(f"{stock}\n")
    is_reached = url == ""
    answer = Git(clone.path).deepen()
    assert not has_run(trap)
    assert (answer is None) == is_reached
    if is_reached:
        assert clone.git("rev-list", "--count", "HEAD") == "3"
        return
    fetched(clone)
    assert has_run(trap), "the trap does not work"


def test_those_of_a_fetch_that_succeeds_are_traps_indeed(clone: Repository, trap: Path) -> None:
    clone.git("config", "remote.origin.uploadpack", str(trap))
    fetched(clone)
    assert has_run(trap)
    clone.git("config", "--unset", "remote.origin.uploadpack")
    stock = clone.path.parent / "source/.git/objects"
    (clone.path / ".git/objects/info/alternates").write_text(f"{stock}\n")
    clone.git("config", "core.alternateRefsCommand", str(trap))
    fetched(clone)
    assert has_run(trap)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's settings."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    return tmp_path / "gitconfig"


@pytest.mark.parametrize("key", ["core.sshCommand", "credential.helper"])
def test_the_users_own_programs_run(
    clone: Repository, trap: Path, server: Callable[[], Server], settings: Path, key: str
) -> None:
    url = "ssh://127.0.0.1:1/x" if key == "core.sshCommand" else "http"
    if url == "http":
        begun = server()
        begun.says("/x/info/refs?service=git-upload-pack", REFUSED)
        url = f"{begun.address}/x"
    clone.git("config", "remote.origin.url", url)
    value = f"!{trap}" if key.endswith("helper") else str(trap)
    clone.git("config", "--file", str(settings), key, value)
    assert isinstance(Git(clone.path).deepen(), Unchecked)
    assert has_run(trap)
