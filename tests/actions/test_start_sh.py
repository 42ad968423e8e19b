"""start.sh takes the first Python that is new enough, or says in one line what is missing."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THIS = Path(sys.executable)
OLD = "exit 1"  # what the probe of a Python below 3.11 ends with
PYTHON_2 = "echo 'Unknown option: -I' >&2; exit 2"
SHOP = "echo 'Python was not found; run without arguments to install from the Store'; exit 9"

needs_bash = pytest.mark.skipif(sys.platform == "win32", reason="builds PATH of shell scripts")


def start(path: str, environment: Mapping[str, str], folder: Path) -> tuple[int, str]:
    """Exit code and output of a step that sources start.sh, as the runner starts it."""
    script = folder / "step.sh"
    script.write_text(f'source "{ROOT}/actions/start.sh" --version\n', encoding="utf-8")
    bash = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    temporary = {"RUNNER_TEMP": str(folder), "HOME": str(folder)}
    done = subprocess.run(
        bash,
        env={"PATH": path, **temporary, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


@needs_bash
@pytest.mark.parametrize(
    ("scripts", "environment"),
    [
        pytest.param({"python3": THIS}, {}, id="python3"),
        pytest.param({"python": THIS}, {}, id="only python"),
        pytest.param({"python3": OLD, "python3_12": THIS}, {}, id="old python3, newer beside"),
        pytest.param({"python3": PYTHON_2, "python": THIS}, {}, id="python3 is broken"),
        pytest.param(
            {"python3": SHOP, "python": THIS}, {"RUNNER_OS": "Windows"}, id="Windows with a stub"
        ),
    ],
)
def test_a_python_is_found(
    scripts: Mapping[str, str | Path],
    environment: Mapping[str, str],
    path_with: Callable[..., str],
    tmp_path: Path,
) -> None:
    code, output = start(path_with(**scripts), environment, tmp_path)
    assert (code, output.split()[0]) == (0, "launchready")


@needs_bash
def test_windows_tries_python_first(path_with: Callable[..., str], tmp_path: Path) -> None:
    marker = tmp_path / "opened"
    path = path_with(python=THIS, python3=f"touch {marker}")
    assert start(path, {"RUNNER_OS": "Windows"}, tmp_path)[0] == 0
    assert not marker.exists()


@needs_bash
def test_the_tool_cache_is_the_last_resort(path_with: Callable[..., str], tmp_path: Path) -> None:
    cached = tmp_path / "tools" / "Python" / "3.12.1" / "x64" / "bin" / "python3"
    cached.parent.mkdir(parents=True)
    cached.write_text(f'#!/bin/sh\nexec "{THIS}" "$@"\n', encoding="utf-8")
    cached.chmod(0o755)
    tools = {"RUNNER_TOOL_CACHE": str(tmp_path / "tools")}
    assert start(path_with(python3=OLD), tools, tmp_path)[0] == 0


@needs_bash
@pytest.mark.parametrize(
    "scripts",
    [
        pytest.param({}, id="no Python"),
        pytest.param({"python3": OLD, "python": PYTHON_2}, id="too old"),
        pytest.param({"python3": SHOP, "python": SHOP}, id="stubs"),
    ],
)
def test_without_a_python_one_line_says_so(
    scripts: Mapping[str, str], path_with: Callable[..., str], tmp_path: Path
) -> None:
    code, output = start(path_with(**scripts), {"RUNNER_TOOL_CACHE": "/nowhere"}, tmp_path)
    assert code == 3
    assert output.startswith("::error title=launchready needs Python 3.11 or newer::")
    assert "actions/setup-python" in output
    assert output.count("\n") == 1
