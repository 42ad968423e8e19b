"""The folder that one run's server lives in: made, locked, removed; swept if its run was killed.

Beside every folder lies a lock file that its run holds open and locked for as long as it lives. The
system lets go of the lock however the run ends, so a lock that can be taken marks a dead run.
"""

import contextlib
import os
import secrets
import shutil
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from launchready.gateways.servers.owner import Owner

PREFIX = "launchready-pg-"
"""How the name of every folder of ours begins."""

MARIADB_PID = "mariadb.pid"
"""The file in its data directory that a MariaDB of ours writes its number to."""

_PIDS = ("postmaster.pid", MARIADB_PID)
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of a secret name and mode 0700 is made in it
_ROOM_BYTES = 400 << 20
_TRIES = 8
_TRIES_TO_REMOVE = 200
_PAUSE_SECONDS = 0.01


@contextlib.contextmanager
def run_folder(owner: Owner) -> Iterator[Path]:
    """A new folder that only `owner` can enter, in memory where there is room, gone afterwards.

    Folders of runs that were killed are removed first. Raises OSError where none can be made.
    """
    place = _place()
    sweep(place)
    for _ in range(_TRIES):
        folder = place / f"{PREFIX}{secrets.token_hex(6)}"
        with _locked(_lock_of(folder), new=True) as is_ours:
            if not is_ours:
                continue
            try:
                folder.mkdir(mode=0o700)
                owner.give(folder)
                yield folder
            finally:
                _remove(folder)
            return
    raise OSError(f"no folder can be locked in {place}")


def sweep(place: Path) -> None:
    """Remove what runs of this user left in `place` when they were killed, servers too."""
    for lock in sorted(place.glob(f"{PREFIX}*.lock")):
        with contextlib.suppress(OSError):
            if _is_of_this_user(lock):
                with _locked(lock, new=False) as is_dead:
                    if is_dead:
                        _stop_left_server(lock.with_suffix("") / "data")
                        _remove(lock.with_suffix(""))


def _place() -> Path:
    """Memory where it is big enough (containers often give it 64 MB), else the temporary folder."""
    with contextlib.suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES:
            return _MEMORY
    return Path(tempfile.gettempdir())


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


@contextlib.contextmanager
def _locked(lock: Path, *, new: bool) -> Iterator[bool]:
    """Whether the file's lock could be taken; it is held as long as the block lasts."""
    flags = os.O_RDWR | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(lock, flags | (os.O_CREAT | os.O_EXCL if new else 0), 0o600)
    try:
        yield _take(descriptor) and _is_still(lock, descriptor)
    finally:
        os.close(descriptor)


if sys.platform == "win32":  # pragma: no cover - the tests run on Linux

    def _take(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _take(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _is_still(lock: Path, descriptor: int) -> bool:
    """Whether the name still means the file that was locked: another sweep may have removed it."""
    try:
        return os.path.samestat(lock.lstat(), os.fstat(descriptor))
    except OSError:
        return False


def _is_of_this_user(lock: Path) -> bool:
    """Whether it is a plain file of ours: the temporary folder is everybody's."""
    found = lock.lstat()
    return stat.S_ISREG(found.st_mode) and (
        not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    )


def _stop_left_server(data: Path) -> None:
    """End the server that a killed run left in this folder, if the system can tell that it is it.

    Elsewhere PostgreSQL ends by itself within a minute, for its folder is gone.
    """
    for name in _PIDS:
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int((data / name).read_text().splitlines()[0])
            if Path(f"/proc/{pid}/cwd").readlink() == data:
                os.kill(pid, signal.SIGQUIT)


def _remove(folder: Path) -> None:
    """Remove it and then its lock; what a process that just ended still writes, too.

    Where it cannot be removed its lock stays, and the next run tries again.
    """
    for _ in range(_TRIES_TO_REMOVE):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            with contextlib.suppress(OSError):  # Windows keeps what is open
                _lock_of(folder).unlink()
            return
        time.sleep(_PAUSE_SECONDS)
