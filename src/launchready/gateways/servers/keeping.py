"""Keeps data directories in the user's cache, made once per server: a copy takes a tenth of it."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

_KEPT = 4


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder with its modes; links within it stay links. Raises OSError."""
    shutil.copytree(source, target, symlinks=True, copy_function=shutil.copy)


def is_kept(kept: Path | None) -> bool:
    """Whether there is one, which nobody else can have touched."""
    return kept is not None and kept.is_dir() and _is_ours(kept)


def keep(data: Path, kept: Path) -> None:
    """Put a copy into the cache, whole or not at all. That it cannot be kept stops nothing.

    Of those whose names begin alike, up to the first hyphen, the newest stay.
    """
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(kept.parent):
            return
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".") as making:
            copy_tree(data, Path(making, "data"))
            with contextlib.suppress(OSError):  # another run was quicker
                Path(making, "data").rename(kept)
        alike = kept.parent.glob(f"{kept.name.partition('-')[0]}-*")
        older = sorted(alike, key=lambda each: each.stat().st_mtime)
        for each in older[:-_KEPT]:
            shutil.rmtree(each, ignore_errors=True)
    except OSError:
        return


def _is_ours(path: Path) -> bool:
    """Whether nobody but this user may write here: a cluster of others' could run their code."""
    found = path.lstat()
    if not hasattr(os, "geteuid"):  # pragma: no cover - Windows has other means
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022 and not path.is_symlink()
