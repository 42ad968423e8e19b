"""Two builds of the same source, at two places and times, are the same bytes."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SOURCE = ("LICENSE", "README.md", "pyproject.toml", "src")


def _built(folder: Path, umask: int) -> dict[str, str]:
    """The names and hashes of what is built from a copy of the source."""
    for name in _SOURCE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, folder / name)
    environ = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000"}
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", "out"],
        cwd=folder,
        env=environ,
        umask=umask,
        check=True,
        capture_output=True,
    )
    made = (folder / "out").iterdir()
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made}


@pytest.mark.skipif(sys.platform == "win32", reason="a umask is POSIX's")
def test_wheel_and_sdist_are_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "elsewhere" / "other"
    one.mkdir()
    other.mkdir(parents=True)
    first = _built(one, 0o022)
    assert sorted(name.rpartition(".")[2] for name in first) == ["gz", "whl"]
    assert _built(other, 0o077) == first
