"""Keeps what is costly to make and safe to lose, in the user's own cache folder.

Places: https://specifications.freedesktop.org/basedir-spec on Linux, `~/Library/Caches` on macOS
(Apple's File System Programming Guide), `%LOCALAPPDATA%` on Windows.
"""

import os
import stat
import sys
from pathlib import Path

SUFFIX = ".hsdb"
"""How every name ends."""

_KEPT = 8


def cache_folder() -> Path | None:
    """Where this user's caches are, None if nothing says so."""
    home = os.environ.get("HOME", "")
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", ""))
    elif sys.platform == "darwin":
        base = Path(home, "Library", "Caches") if home else Path()
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", "") or (home and f"{home}/.cache"))
    return base / "launchready" if base.is_absolute() else None


def is_any_cached() -> bool:
    """Whether anything was ever kept; cheaper to ask than the name of what would be."""
    folder = cache_folder()
    return folder is not None and any(folder.glob(f"*{SUFFIX}"))


def read_cached(name: str) -> bytes | None:
    """What was kept under this name; None if nothing was, or if others could have written it."""
    folder = cache_folder()
    try:
        if folder is None or not (_is_ours(folder) and _is_ours(folder / name)):
            return None
        return (folder / name).read_bytes()
    except OSError:
        return None


def write_cached(name: str, content: bytes) -> None:
    """Keep this, whole or not at all. That it cannot be kept is no reason to stop."""
    folder = cache_folder()
    if folder is None:
        return
    import tempfile  # only who writes pays for it

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).replace(folder / name)
        _forget_old(folder)
    except OSError:
        return


def _is_ours(path: Path) -> bool:
    """Whether nobody but this user may write here: a database from others could be a weapon."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _forget_old(folder: Path) -> None:
    """Keep the newest few, so that the folder does not grow with every version."""
    kept = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT:]:
        path.unlink()
