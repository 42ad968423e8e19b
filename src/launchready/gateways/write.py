"""Writes files whole or not at all."""

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from launchready.errors import LaunchReadyError


def write_whole(path: Path, chunks: Iterable[str | bytes]) -> None:
    """Write a file beside its place and rename it there; texts become UTF-8, and folders are made
    as needed.

    A reader sees the old file or the new one, never a part. What is no file, such as /dev/stdout or
    a pipe, is written into; a link is replaced, and not followed. Raises LaunchReadyError.
    """
    try:
        if _is_stream(path):
            with path.open("wb") as stream:
                stream.writelines(map(_encoded, chunks))
            return
        import tempfile  # only who writes files pays for it

        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(map(_encoded, chunks))
            Path(temporary).chmod(_mode(path))
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink()
            raise
    except OSError as error:
        is_below_a_file = isinstance(error, FileExistsError | NotADirectoryError)
        reason = "a file stands in the place of its folder" if is_below_a_file else error.strerror
        raise LaunchReadyError(
            f"cannot write {path}: {reason}",
            hint="name a place that this user may write to",
        ) from error


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet. Raises LaunchReadyError, also where one is."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise LaunchReadyError(
            f"{path} is there already, and is left as it is", hint="name a new file"
        ) from error
    except OSError as error:
        raise LaunchReadyError(
            f"cannot write {path}: {error.strerror}",
            hint="name a place that this user may write to",
        ) from error


def _encoded(chunk: str | bytes) -> bytes:
    return chunk.encode("utf-8") if isinstance(chunk, str) else chunk


def _mode(path: Path) -> int:
    """Who may do what with the file: as with the one it replaces, or as the user's umask has it."""
    with contextlib.suppress(OSError):
        found = path.lstat().st_mode
        if stat.S_ISREG(found):
            return stat.S_IMODE(found)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _is_stream(path: Path) -> bool:
    """Whether it is a device or a pipe, or one of the names of an open file, whatever that is."""
    if any(path.absolute().is_relative_to(folder) for folder in ("/dev", "/proc")):
        return True
    try:
        kind = stat.S_IFMT(path.lstat().st_mode)
    except OSError:
        return False
    return kind not in (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK)
