"""What the tests of the actions share: the built trees, and a PATH with a chosen Python or none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from launchready.generate.dist import build

ROOT = Path(__file__).parents[2]

# What a runner has besides Python, for jobs that must not find one.
_TOOLS = ("bash", "cat", "cp", "env", "git", "mkdir", "mv", "rm", "sh", "tar", "uname")


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make dist` makes."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the standard library and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python3")


@pytest.fixture
def path_with(tmp_path: Path) -> Callable[..., str]:
    """Makes a PATH of one folder: a runner's tools, and the scripts given by name.

    A script is a Python to run in its place, or the shell text that it consists of.
    """

    def make(**scripts: str | Path) -> str:
        folder = tmp_path / "bin"
        folder.mkdir()
        for tool in _TOOLS:
            if there := shutil.which(tool):
                (folder / tool).symlink_to(there)
        for name, script in scripts.items():
            text = f'exec "{script}" "$@"' if isinstance(script, Path) else script
            (folder / name.replace("_", ".")).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            (folder / name.replace("_", ".")).chmod(0o755)
        return os.fspath(folder)

    return make
