"""A release into bare repositories, and the published line run from what lies there."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.act import run_act
from tests.repository import Repository

from launchready.errors import LaunchReadyError
from launchready.generate.publish import publish

MOMENT = 1_790_000_000


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """An empty repository, as GitHub has one before the first release."""
    folder = tmp_path / "secret-scan.git"
    subprocess.run(["git", "init", "--quiet", "--bare", folder], check=True)
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """An action's tree, with a name that git would ignore."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "action.yml").write_text("name: x\n", encoding="utf-8")
    (folder / ".gitignore").write_text("*.pyz\n", encoding="utf-8")
    (folder / "launchready.pyz").write_bytes(b"\0\r\n")
    return folder


def _refs(remote: Path) -> dict[str, str]:
    done = subprocess.run(
        ["git", "-C", remote, "for-each-ref", "--format=%(refname:short) %(objectname)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(line.split() for line in done.stdout.splitlines())


def _show(remote: Path, what: str) -> bytes:
    return subprocess.run(
        ["git", "-C", remote, "show", what], capture_output=True, check=True
    ).stdout


def test_the_first_release_and_the_next(remote: Path, tree: Path) -> None:
    first = publish(tree, str(remote), "1.2.3", MOMENT)
    names = ("main", "releases/v1", "v1", "v1.2", "v1.2.3")
    assert _refs(remote) == dict.fromkeys(names, first)
    assert _show(remote, "v1:launchready.pyz") == b"\0\r\n"
    (tree / "action.yml").write_text("name: y\n", encoding="utf-8")
    second = publish(tree, str(remote), "1.3.0", MOMENT + 1)
    refs = _refs(remote)
    assert (refs["v1"], refs["v1.3"], refs["releases/v1"]) == (second, second, second)
    assert (refs["v1.2"], refs["v1.2.3"]) == (first, first)
    assert _show(remote, f"{second}^:action.yml") == b"name: x\n"


def test_a_second_try_changes_nothing_and_another_content_is_refused(
    remote: Path, tree: Path
) -> None:
    first = publish(tree, str(remote), "1.2.3", MOMENT)
    assert publish(tree, str(remote), "1.2.3", MOMENT + 9) == first
    before = _refs(remote)
    (tree / "action.yml").write_text("name: y\n", encoding="utf-8")
    with pytest.raises(LaunchReadyError, match="with another content"):
        publish(tree, str(remote), "1.2.3", MOMENT)
    assert _refs(remote) == before


def test_the_same_tree_makes_the_same_commit_anywhere(
    remote: Path, tree: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.git"
    subprocess.run(["git", "init", "--quiet", "--bare", other], check=True)
    assert publish(tree, str(remote), "1.0.0", MOMENT) == publish(tree, str(other), "1.0.0", MOMENT)


@pytest.mark.parametrize("version", ["1", "v1.2.3", "1.2.3-rc1", "01.2.3", "1.2.3\n"])
def test_what_is_no_version(remote: Path, tree: Path, version: str) -> None:
    with pytest.raises(LaunchReadyError, match="is no version"):
        publish(tree, str(remote), version, MOMENT)


def test_a_repository_that_is_not_there(tree: Path, tmp_path: Path) -> None:
    with pytest.raises(LaunchReadyError, match="git ls-remote failed"):
        publish(tree, str(tmp_path / "none.git"), "1.0.0", MOMENT)


@pytest.mark.skipif(sys.platform != "linux", reason="act runs jobs in bash on Linux only")
def test_the_published_line_runs(
    dist: Path, bare_python: Path, path_with: Callable[..., str], remote: Path, tmp_path: Path
) -> None:
    publish(dist / "actions" / "secret-scan", str(remote), "1.0.0", MOMENT)
    clone = tmp_path / "as fetched"
    subprocess.run(["git", "clone", "-q", "--branch", "v1", remote, clone], check=True)
    shop = Repository.at(tmp_path / "shop")
    shop.commit({"README.md": "# Shop\n"})
    done = run_act(
        shop.path,
        [{"id": "scan", "uses": "launchready/secret-scan@v1"}],
        folder=tmp_path / "act",
        path=path_with(python3=bare_python),
        actions={"launchready/secret-scan@v1": clone},
    )
    assert done.code == 0, done.log
    assert done.steps["scan"].outputs["verdict"] == "passed"
