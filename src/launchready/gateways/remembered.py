"""Keeps what a scan of a history remembers, in a folder that a CI cache can carry."""

import functools
import hashlib
import os
import stat
from importlib.util import find_spec
from pathlib import Path

import launchready

MOST_BYTES = 64 << 20


class NotOursError(Exception):
    """The file may not be believed; the text says why."""


def read_remembered(file: Path) -> bytes | None:
    """What the file holds, None where there is none. Raises NotOursError, OSError.

    Who can write it can hide a secret, so it must be a plain file of this user, and nobody else may
    write to it or to its folder.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as opened:
        _refuse_strangers(os.fstat(descriptor))
        folder = file.parent.stat()
        if _others_may_write(folder) and not folder.st_mode & stat.S_ISVTX:
            raise NotOursError("others may write to its folder")
        content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotOursError("it is too large")
    return content


def write_remembered(file: Path, content: bytes) -> None:
    """Write the file whole or not at all, for this user's eyes only. Raises OSError."""
    import tempfile  # only who writes pays for it

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink()
        raise


def _refuse_strangers(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotOursError("it is no plain file")
    if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        raise NotOursError("it belongs to another user")
    if _others_may_write(found):
        raise NotOursError("others may write to it")


def _others_may_write(found: os.stat_result) -> bool:
    return hasattr(os, "geteuid") and bool(found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


@functools.cache
def code_digest() -> str:
    """A hash of this program's own code, as far as it lies on disk, and of its detectors'."""
    digest = hashlib.sha256()
    for file in (*_own_code(), *_version_of_detectors()):
        with open(file, "rb") as opened:  # noqa: PTH123 - a Path for each file costs more than it
            digest.update(opened.read())
    return digest.hexdigest()


def _own_code() -> list[str]:
    package = str(Path(launchready.__file__).parent)
    return sorted(
        f"{folder}/{name}"
        for folder, _, names in os.walk(package)
        for name in names
        if name.endswith(".py")
    )


def _version_of_detectors() -> list[str]:
    """The file that says which detect-secrets this is, without importing any of it."""
    spec = find_spec("detect_secrets")
    return [
        f"{folder}/__version__.py" for folder in (spec and spec.submodule_search_locations) or ()
    ]
