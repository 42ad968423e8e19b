"""The hooks as people meet them: real `pre-commit` and `prek`, real commits, no network.

`language: python` makes an environment from a package index, so here the manifest says `language:
system` in its place and the `launchready` of this environment is what runs. That a package made of
this tree has that command is proven beside it.
"""

import base64
import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from tests.repository import Repository

from launchready.generate.hooks import hooks_file

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
KEY = "sk_live_51" + base64.b64encode(hashlib.sha512(b"hook").digest()).decode().translate(
    {ord(character): "k" for character in "+/="}
)
SECRET = f'key = "{KEY}"\n'
CLEAN = "key = None\n"


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A repository with the hooks installed."""

    repository: Repository

    def commit(self, *paths: str) -> tuple[bool, str]:
        """Whether `git commit` went through, and what was said."""
        before = self.repository.git("rev-parse", "HEAD")
        done = subprocess.run(
            ["git", "commit", "--message", "Change", *paths],
            cwd=self.repository.path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        is_made = self.repository.git("rev-parse", "HEAD") != before
        assert is_made == (done.returncode == 0), done.stdout
        return is_made, done.stdout

    def stage(self, name: str, text: str) -> None:
        """Bring a file's content into the index."""
        self.repository.write({name: text})
        self.repository.git("add", name)


@pytest.fixture(params=["pre-commit", "prek"])
def tool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The hook runner, with a cache of its own."""
    name: str = request.param
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PREK_HOME", str(tmp_path / "cache"))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Founder")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "founder@example.com")
    return name


@pytest.fixture
def shop(tool: str, tmp_path: Path) -> Shop:
    """A repository that takes its hooks from one with our manifest."""
    manifest = hooks_file().replace("language: python", "language: system")
    hooks = Repository.at(tmp_path / "hooks")
    revision = hooks.commit({".pre-commit-hooks.yaml": manifest})
    wanted = [{"id": "launchready-secrets"}, {"id": "launchready-config"}]
    config = {"repos": [{"repo": str(hooks.path), "rev": revision, "hooks": wanted}]}
    repository = Repository.at(tmp_path / "shop")
    repository.commit(
        {".pre-commit-config.yaml": yaml.safe_dump(config), "app.py": CLEAN, "old.py": SECRET}
    )
    install = [tool, "install"]
    subprocess.run(install, cwd=repository.path, capture_output=True, timeout=60, check=True)
    return Shop(repository=repository)


def test_a_staged_secret_blocks_though_the_work_tree_is_clean(shop: Shop) -> None:
    shop.stage("app.py", SECRET)
    shop.repository.write({"app.py": CLEAN})
    is_made, said = shop.commit()
    assert not is_made, said
    assert "app.py:1" in said
    assert KEY not in said
    assert (shop.repository.path / "app.py").read_text() == CLEAN


def test_a_clean_index_passes_though_the_work_tree_is_dirty(shop: Shop) -> None:
    shop.stage("app.py", "key = 1\n")
    shop.repository.write({"app.py": SECRET, "untracked.py": SECRET})
    is_made, said = shop.commit()
    assert is_made, said
    assert (shop.repository.path / "app.py").read_text() == SECRET


def test_a_commit_of_one_file_is_judged_by_that_file(shop: Shop) -> None:
    shop.stage("app.py", SECRET)
    shop.stage("fine.py", CLEAN)
    assert shop.commit("fine.py")[0]
    assert not shop.commit("app.py")[0]


def test_a_rename_brings_no_secret(shop: Shop) -> None:
    shop.repository.git("mv", "old.py", "new.py")
    is_made, said = shop.commit()
    assert is_made, said


def test_a_rename_with_a_new_secret_blocks(shop: Shop) -> None:
    shop.repository.git("mv", "app.py", "pay.py")
    shop.stage("pay.py", f"{CLEAN}# more\n{SECRET}")
    is_made, said = shop.commit()
    assert not is_made
    assert "pay.py:3" in said


def test_all_files_in_a_job_are_all_files(
    shop: Shop, tool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [tool, "run", "--all-files", "--verbose"]

    def said() -> tuple[int, str]:
        done = subprocess.run(
            command, cwd=shop.repository.path, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    code, text = said()
    assert code == 0, text
    assert "nothing is staged, so nothing is scanned" in text
    monkeypatch.setenv("CI", "true")
    code, text = said()
    assert code == 1, text
    assert "old.py:1" in text
    assert "the work tree is scanned instead" in text


def test_a_deleted_file_passes(shop: Shop) -> None:
    shop.repository.git("rm", "--quiet", "old.py")
    shop.stage("fine.py", CLEAN)
    is_made, said = shop.commit()
    assert is_made, said


def test_a_wrong_config_blocks(shop: Shop) -> None:
    shop.stage("launchready.yml", "version: 1\nfail-on: never-ever\n")
    is_made, said = shop.commit()
    assert not is_made
    assert "launchready.yml:2:" in said


def test_the_manifest_is_valid(tool: str, tmp_path: Path) -> None:
    (tmp_path / "hooks.yaml").write_text(hooks_file(), encoding="utf-8")
    command = [tool, "validate-manifest", str(tmp_path / "hooks.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_has_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "launchready = launchready.__main__:main" in archive.read(name).decode()
