"""Start-up: `launchready --help` and the pre-commit hook on staged files, beside bare Python."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Command, in_turns, median

LAUNCHREADY = (sys.executable, "-I", "-m", "launchready")
CASES = (
    ("python -c pass", (sys.executable, "-I", "-c", "pass"), None),
    ("python -c 'import click'", (sys.executable, "-I", "-c", "import click"), None),
    ("launchready --help", (*LAUNCHREADY, "--help"), 0.10),
    ("launchready secret-scan --help", (*LAUNCHREADY, "secret-scan", "--help"), None),
    ("launchready secret-scan --staged, 5 files", (*LAUNCHREADY, "secret-scan", "--staged"), 0.08),
)
_BETTERLEAKS = (
    "git",
    "--staged",
    "--silent",
    "--no-banner",
    "-l",
    "error",
    "--exit-code",
    "0",
    ".",
)
_FILES = 5
_TEXT = '''"""Settings of the shop."""

import os

DEBUG = os.environ.get("DEBUG", "") == "1"
DATABASE_URL = os.environ["DATABASE_URL"]


def connect(user, password=None):
    """A session for the user; the token is kept in the cookie."""
    secret_key = load("SECRET_KEY")
    return Session(user=user, api_key=secret_key, token=request.headers.get("X-Token"))
'''


def main() -> None:
    """Print the median CPU seconds of each case and what it may cost at most."""
    cases = list(CASES)
    if program := shutil.which("betterleaks"):
        cases.append(("betterleaks git --staged, 5 files", (program, *_BETTERLEAKS), None))
    with tempfile.TemporaryDirectory() as name:
        folder = _staged(Path(name))
        commands = [Command(words=words, folder=folder) for _, words, _ in cases]
        print(f"{'':42} {'CPU s':>7} {'limit':>7} {'peak MiB':>9}")
        for (title, _, limit), costs in zip(cases, in_turns(commands, runs=15), strict=True):
            cost, shown = median(costs), f"{limit:.2f}" if limit else ""
            print(f"{title:42} {cost.cpu_seconds:7.3f} {shown:>7} {cost.peak_mib:9.0f}")


def _staged(folder: Path) -> Path:
    """A repository in which files of code are staged."""
    for number in range(_FILES):
        file = folder / f"shop/settings_{number}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"PART = {number}\n{_TEXT * 20}", encoding="utf-8")
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


if __name__ == "__main__":
    main()
