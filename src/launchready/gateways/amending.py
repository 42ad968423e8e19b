"""Changes files of the examined repository: all of them or none, whole, and only its own."""

import os
from collections.abc import Mapping
from pathlib import Path

from launchready.errors import LaunchReadyError
from launchready.gateways.links import link_on_the_way
from launchready.gateways.write import write_whole


def write_all(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write all of these files below `root`, or none where one of them must not be: each beside its
    place and renamed there. Raises LaunchReadyError.
    """
    for name in files:
        refuse_elsewhere(root, name)
        path = root / name
        if path.exists() and not os.access(path, os.W_OK):
            raise not_written(name, "this user may not change it")
    for name, content in files.items():
        write_whole(root / name, (content,))


def refuse_elsewhere(root: Path, name: str) -> None:
    """Raise LaunchReadyError for what is not a place of this repository's own."""
    path = root / name
    if path.is_symlink() or link_on_the_way(path, (root,)):
        raise LaunchReadyError(
            f"{name} is not written: a link leads elsewhere", hint="put a file in its place"
        )
    inside = path.relative_to(root).parents
    if any(os.path.lexists(root / folder / ".git") for folder in inside if folder.name):
        raise LaunchReadyError(
            f"{name} is not written: it lies in a submodule, which is a repository of its own",
            hint="run launchready there, or name a place outside of it",
        )


def not_written(name: str, reason: str) -> LaunchReadyError:
    """The error of a file that cannot be read, or not be changed."""
    return LaunchReadyError(
        f"{name} is not written: {reason}",
        hint="make it readable and writable for the user who runs this",
    )
