"""Finds links by which a repository would have launchready read or write somewhere else."""

import os
from collections.abc import Iterable
from pathlib import Path


def top_around(folder: Path) -> Path:
    """The top of the repository that a folder lies in, or the folder itself; without asking git."""
    here = Path(os.path.realpath(folder))
    return next((each for each in (here, *here.parents) if os.path.lexists(each / ".git")), here)


def link_on_the_way(path: Path, roots: Iterable[Path]) -> Path | None:
    """The first link among the folders of `path` that lies in one of these folders, which are
    resolved. A link elsewhere, such as macOS's /tmp, is the person's own.
    """
    tops = tuple(roots)
    for folder in reversed(path.absolute().parents):
        if folder.is_symlink():
            holder = Path(os.path.realpath(folder.parent))
            if any(holder.is_relative_to(top) for top in tops):
                return folder
    return None
