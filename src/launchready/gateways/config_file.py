"""Finds the config file of a repository and reads it, whatever stands in its place."""

import os
import stat
from pathlib import Path

from launchready.config.decode import MAX_BYTES
from launchready.errors import LaunchReadyError

CONFIG_NAMES = ("launchready.yml", ".launchready.yml", ".github/launchready.yml")
_MISSPELLED = {name.removesuffix("yml") + "yaml": name for name in CONFIG_NAMES}


def find_config(root: Path) -> Path | None:
    """The config file at the top of a repository, None where there is none.

    Whatever has one of the names is found, be it a folder or a link to nowhere: `read_config` says
    what is wrong with it. Raises LaunchReadyError where it is not clear which file is meant.
    """
    found = [name for name in (*CONFIG_NAMES, *_MISSPELLED) if os.path.lexists(root / name)]
    if len(found) > 1:
        raise LaunchReadyError(
            f"there is more than one config file: {' and '.join(found)}",
            hint="keep one of them, so that what it says is all that counts",
        )
    if found and (name := _MISSPELLED.get(found[0])):
        raise LaunchReadyError(
            f"{found[0]} is not read: the name of the config file ends in .yml",
            hint=f"rename it to {name}",
        )
    return root / found[0] if found else None


def read_config(path: Path, shown: str) -> bytes:
    """The bytes of a config file. `shown` is how a person names it.

    Raises LaunchReadyError, and waits for nothing: not for a writer of a named pipe either.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise LaunchReadyError(
                    f"the config file {shown} is not a regular file",
                    hint="write the settings into a file and give its path",
                )
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, shown, error) from error
    if len(content) > MAX_BYTES:
        raise LaunchReadyError(
            f"the config file {shown} is over the limit of {MAX_BYTES:,} bytes",
            hint="check that the path is the one of a launchready config",
        )
    return content


def _without_waiting(path: str, flags: int) -> int:
    """Open as `open` does, but come back at once from a named pipe; Windows has none in folders."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _unreadable(path: Path, shown: str, error: OSError) -> LaunchReadyError:
    match error:
        case _ if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir may itself raise
            what, hint = "is a folder", "give the path of the file in it, such as launchready.yml"
        case FileNotFoundError() if path.is_symlink():
            what, hint = "is a link to a file that is not there", "mend the link"
        case FileNotFoundError() | NotADirectoryError():
            what, hint = "is not there", "check its path"
        case PermissionError():
            what, hint = "may not be read by this user", "change its permissions"
        case _:
            what, hint = f"cannot be read: {error.strerror}", "put a readable file in its place"
    return LaunchReadyError(f"the config file {shown} {what}", hint=hint)
