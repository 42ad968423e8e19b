"""Commands of the project: bounded, alone, and without what they must not know."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from launchready.gateways.project.command import run_command
from launchready.gateways.project.environment import points_elsewhere, scrubbed


def run(folder: Path, code: str, seconds: float = 60) -> tuple[int | None, str]:
    """How a program of Python ended, and what it said last."""
    words = [sys.executable, "-c", code]
    done = run_command(words, folder, {"PATH": os.environ["PATH"]}, timeout_seconds=seconds)
    assert done.is_well == (done.code == 0)
    return done.code, done.said


def test_the_last_line_is_kept_without_the_passwords_of_addresses(tmp_path: Path) -> None:
    address = "postgres://ann:" + "word" * 3 + "@db/a"
    assert run(tmp_path, f"print('first'); print({address!r}); print(); raise SystemExit(3)") == (
        3,
        "postgres://ann:…@db/a",
    )
    assert run(tmp_path, "pass") == (0, "it says nothing")


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    done = run_command([str(tmp_path / "none")], tmp_path, {}, timeout_seconds=60)
    assert (done.code, done.said) == (None, "it cannot be started: No such file or directory")


@pytest.mark.skipif(sys.platform == "win32", reason="a group of processes is POSIX's")
@pytest.mark.parametrize("ends", ["raise SystemExit", "import time; time.sleep(600)"])
def test_nothing_of_a_command_is_left(ends: str, tmp_path: Path) -> None:
    code = (
        "import pathlib, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path('child').write_text(str(child.pid))\n{ends}"
    )
    run(tmp_path, code, seconds=5)
    child = int((tmp_path / "child").read_text())
    for _ in range(200):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{child}/stat")
        if state.exists() and state.read_text().rpartition(") ")[2].startswith("Z"):
            return  # dead; nobody has asked for it yet
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    pytest.fail("a process of the command lives on")


def test_only_what_a_program_needs_is_passed_on_and_our_database_has_the_last_word() -> None:
    ours = {"PATH": "/bin", "LC_ALL": "C", "API_KEY": "a", "DATABASE_URL": "b", "PGHOST": "c"}
    found = scrubbed(ours, {"PGHOST": "here"}, {"PGHOST": "there", "DEBUG": "1"})
    assert found == {
        "PATH": "/bin",
        "LC_ALL": "C",
        "DEBUG": "1",
        "PGHOST": "here",
        "PGPASSFILE": os.devnull,
        "PGSERVICEFILE": os.devnull,
    }


@pytest.mark.parametrize(
    ("word", "given", "is_elsewhere"),
    [
        ("postgres://db/a", {}, True),
        ("--url=postgresql+asyncpg://db/a", {}, True),
        ("{url}", {"DB_HOST": "{host}", "DEBUG": "1", "DATABASE_URL": "{url}"}, False),
        ("-v", {"PGHOST": "db"}, True),
        ("-v", {"POSTGRES_HOST": "db"}, True),
        ("-v", {"ANY": "mysql://db/a"}, True),
        ("-v", {"ANY": "mysql://{host}/a"}, True),
    ],
)
def test_what_points_elsewhere(word: str, given: dict[str, str], is_elsewhere: bool) -> None:
    assert bool(list(points_elsewhere([word], given))) is is_elsewhere
