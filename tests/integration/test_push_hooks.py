"""Pushes as people make them: real `git push` to a bare repository on this machine.

Once with git's own hooks on either side, once with the hook of pre-commit and prek; see
`test_pre_commit` on how those find the command.
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from tests.repository import Repository, live_key

from launchready.generate.hooks import hooks_file

TOOLS = Path(sys.executable).parent
KEY, OTHER = live_key(1), live_key(2)
COMMAND = shlex.quote(str(TOOLS / "launchready"))


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A repository and the bare one that it pushes to."""

    repository: Repository
    server: Path

    def push(self, *words: str) -> tuple[bool, str]:
        """Whether `git push` went through, and what was said."""
        done = subprocess.run(
            ["git", "push", *words],
            cwd=self.repository.path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        assert KEY not in done.stdout
        return done.returncode == 0, done.stdout


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Founder")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "founder@example.com")
    repository = Repository.at(tmp_path / "shop")
    repository.commit({"old.py": f"k = '{OTHER}'"})
    server = tmp_path / "server.git"
    repository.git("clone", "--quiet", "--bare", ".", str(server))
    repository.git("remote", "add", "origin", str(server))
    repository.git("fetch", "--quiet", "origin")
    return Shop(repository=repository, server=server)


def _hook(folder: Path, name: str, command: str) -> None:
    file = folder / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\nexec {COMMAND} secret-scan {command}\n", encoding="utf-8")
    file.chmod(0o755)


def _before_push(shop: Shop) -> None:
    _hook(shop.repository.path / ".git", "pre-push", '--pre-push --remote "$1"')


def _before_receiving(shop: Shop) -> None:
    _hook(shop.server, "pre-receive", "--pre-receive")


Install = Callable[[Shop], None]
SIDES = pytest.mark.parametrize("install", [_before_push, _before_receiving])


@SIDES
def test_what_was_there_before_stops_no_push(shop: Shop, install: Install) -> None:
    install(shop)
    shop.repository.commit({"a.py": "clean"})
    is_pushed, said = shop.push("origin", "main")
    assert is_pushed, said


@SIDES
def test_a_secret_that_was_deleted_again_stops_the_push(shop: Shop, install: Install) -> None:
    install(shop)
    shop.repository.commit({"a.py": f"k = '{KEY}'"})
    shop.repository.commit({"a.py": "clean"})
    is_pushed, said = shop.push("origin", "main")
    assert not is_pushed
    assert "a.py" in said
    assert "old.py" not in said


@SIDES
def test_each_ref_of_a_push_is_looked_at(shop: Shop, install: Install) -> None:
    install(shop)
    shop.repository.branch("clean")
    shop.repository.commit({"a.py": "clean"})
    shop.repository.branch("worse")
    shop.repository.commit({"z.py": f"k = '{KEY}'"})
    is_pushed, said = shop.push("origin", "clean", "worse")
    assert not is_pushed
    assert "z.py" in said
    assert shop.push("origin", "clean")[0]


@SIDES
def test_a_new_branch_of_old_commits_and_a_deleted_one_pass(shop: Shop, install: Install) -> None:
    install(shop)
    assert shop.push("origin", "main:again")[0]
    assert shop.push("origin", "--delete", "again")[0]


@SIDES
def test_a_tags_message_is_looked_at(shop: Shop, install: Install) -> None:
    install(shop)
    shop.repository.git("tag", "-a", "v1", "-m", f"Release\n\n{KEY}")
    assert not shop.push("origin", "v1")[0]


@SIDES
def test_a_blob_by_itself_is_looked_at(shop: Shop, install: Install) -> None:
    install(shop)
    blob = shop.repository.store(f"k = '{KEY}'")
    shop.repository.git("update-ref", "refs/odd/blob", blob)
    assert not shop.push("origin", "refs/odd/blob")[0]


@SIDES
def test_a_rewritten_branch_is_looked_at_where_it_is_new(shop: Shop, install: Install) -> None:
    shop.repository.commit({"a.py": "one"})
    assert shop.push("origin", "main")[0]
    install(shop)
    shop.repository.git("reset", "--quiet", "--hard", "HEAD~1")
    shop.repository.commit({"a.py": "two"})
    assert shop.push("--force", "origin", "main")[0]
    shop.repository.commit({"a.py": f"k = '{KEY}'"})
    shop.repository.git("reset", "--quiet", "--soft", "HEAD~2")
    shop.repository.commit({})
    assert not shop.push("--force", "origin", "main")[0]


def test_a_remote_that_has_no_name_gets_all_looked_at(shop: Shop) -> None:
    _before_push(shop)
    shop.repository.git("remote", "remove", "origin")
    is_pushed, said = shop.push(str(shop.server), "main:copy")
    assert not is_pushed
    assert "old.py" in said


@pytest.mark.parametrize("option", ["--pre-push", "--pre-receive"])
@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        pytest.param("", 0, "the push holds nothing to scan: it brings no object", id="nothing"),
        pytest.param("nonsense\n", 3, "is not of a push", id="nonsense"),
        pytest.param(f"{'1' * 40} {'2' * 40} {'3' * 40} {'4' * 40}\n", 3, "", id="unknown"),
    ],
)
def test_what_is_not_understood_is_not_a_pass(
    shop: Shop, option: str, text: str, code: int, said: str
) -> None:
    done = subprocess.run(
        [str(TOOLS / "launchready"), "secret-scan", option],
        cwd=shop.repository.path,
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert said in done.stdout


@pytest.mark.parametrize("tool", ["pre-commit", "prek"])
def test_the_hook_of_pre_commit(
    shop: Shop, tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREK_HOME", str(tmp_path / "home"))
    hooks = Repository.at(tmp_path / "hooks")
    manifest = hooks_file().replace("language: python", "language: system")
    revision = hooks.commit({".pre-commit-hooks.yaml": manifest})
    wanted = [{"id": "launchready-secrets-push"}]
    config = {"repos": [{"repo": str(hooks.path), "rev": revision, "hooks": wanted}]}
    shop.repository.commit({".pre-commit-config.yaml": yaml.safe_dump(config)})
    install = [tool, "install", "--hook-type", "pre-push"]
    subprocess.run(install, cwd=shop.repository.path, capture_output=True, timeout=60, check=True)
    is_pushed, said = shop.push("origin", "main")
    assert is_pushed, said
    shop.repository.commit({"a.py": f"k = '{KEY}'"})
    shop.repository.commit({"a.py": "clean"})
    is_pushed, said = shop.push("origin", "main:other")
    assert not is_pushed
    assert "a.py" in said
    assert "old.py" not in said
    shop.repository.git("checkout", "--quiet", "--orphan", "root")
    shop.repository.commit({"b.py": f"k = '{KEY}'"})
    is_pushed, said = shop.push("origin", "root")
    assert not is_pushed
    assert "b.py" in said
