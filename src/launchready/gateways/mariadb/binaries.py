"""Finds the MariaDB servers that are installed on this machine, without starting one.

Places: the Debian and Red Hat packages' layouts, Homebrew, and `PATH`.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from launchready.frozen import frozen

_PLACES = (
    "/usr/sbin",
    "/usr/libexec",
    "/usr/local/sbin",
    "/usr/local/mysql/bin",
    "/opt/homebrew/opt/mariadb/bin",
    "/usr/local/opt/mariadb/bin",
    "/home/linuxbrew/.linuxbrew/opt/mariadb/bin",
)
_SCRIPTS = ("share/mysql", "share/mariadb")
_VERSION = re.compile(r"Ver (\d+)\.(\d+)\.(\d+)-MariaDB")
_PATIENCE_SECONDS = 20


@frozen
class Installation:
    """One server's program, the folder of the SQL that makes its system tables, its version."""

    program: Path
    scripts: Path
    version: tuple[int, int, int]


def find_installation() -> Installation | None:
    """The first server here that can be started."""
    for folder in _folders():
        program = folder / "mariadbd"
        if os.access(program, os.X_OK) and (found := _installation(program.resolve())):
            return found
    return None


def _folders() -> Iterator[Path]:
    for place in os.environ.get("PATH", "").split(os.pathsep):
        if Path(place).is_absolute():  # never a program that lies in the examined folder
            yield Path(place)
    yield from map(Path, _PLACES)


def _installation(program: Path) -> Installation | None:
    scripts = next(
        (
            program.parents[1] / each
            for each in _SCRIPTS
            if (program.parents[1] / each / "mysql_system_tables.sql").is_file()
        ),
        None,
    )
    try:
        done = subprocess.run(
            [str(program), "--no-defaults", "--version"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = _VERSION.search(done.stdout)
    if said is None or scripts is None:
        return None
    version = (int(said[1]), int(said[2]), int(said[3]))
    return Installation(program=program, scripts=scripts, version=version)
