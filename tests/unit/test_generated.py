"""What is generated says what the code says."""

import subprocess
import sys
from pathlib import Path

import pytest

from launchready.generate import generated_files, stale_files, write_files

ROOT = Path(__file__).parents[2]


def test_generated_files_are_current() -> None:
    assert stale_files(ROOT) == (), "run `make fix`"


def test_write_brings_a_tree_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(
        "# x\n\n<!-- begin generated: steps -->\nold\n<!-- end generated -->\n", encoding="utf-8"
    )
    assert "README.md" in write_files(tmp_path)
    assert stale_files(tmp_path) == ()
    assert "secret-scan" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert write_files(tmp_path) == ()


def generate(folder: Path, *words: str) -> tuple[int, list[str]]:
    """What `python -m launchready.generate` ends with and prints."""
    command = [sys.executable, "-I", "-m", "launchready.generate", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


def test_the_command_checks_and_writes(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# x\n", encoding="utf-8")
    code, lines = generate(tmp_path, "--check")
    assert code == 1
    assert "docs/config.md is out of date: run `make fix`" in lines
    assert not (tmp_path / "docs").exists()
    code, lines = generate(tmp_path)
    assert code == 0
    assert "docs/config.md written" in lines
    assert generate(tmp_path, "--check") == (0, [])


@pytest.mark.parametrize("folder", ["actions", "schemas", "docs/rules"])
def test_nothing_generated_is_left_over(folder: str) -> None:
    known = {Path(path) for path in generated_files(ROOT)}
    there = {
        path.relative_to(ROOT)
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "GENERATED" in path.read_text(encoding="utf-8")[:200]
    }
    assert there <= known
