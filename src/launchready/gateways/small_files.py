"""Reads a file of known size limits that may not be there; what took its place is no file."""

import os
import stat
from pathlib import Path

READING = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
"""How a file is opened that others may have made: no link is followed, nothing is waited for."""


class NotReadError(Exception):
    """The file is there and cannot be read; the text says why."""


def read_small(path: Path, most_bytes: int) -> bytes | None:
    """The content of a regular file, None where there is nothing. Links are not followed.

    Raises NotReadError, and waits for nothing.
    """
    try:
        descriptor = os.open(path, READING)
    except FileNotFoundError:
        return None
    except OSError as error:
        is_link = os.path.islink(path)  # noqa: PTH114 - Path.is_symlink may itself raise
        reason = "it is a link" if is_link else error.strerror
        raise NotReadError(reason or "it cannot be read") from error
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NotReadError("it is no regular file")
        if found.st_size > most_bytes:
            raise NotReadError(f"it is larger than {most_bytes:,} bytes")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(most_bytes)
    except OSError as error:
        raise NotReadError(error.strerror or "it cannot be read") from error
    finally:
        os.close(descriptor)
