"""Finds files of which only the pointer is here: git LFS keeps their content elsewhere.

Sources: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md, "The Pointer", and
https://git-scm.com/docs/git-check-attr.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from launchready.gateways.files import open_file
from launchready.gateways.git_process import GitProcess, decode_path
from launchready.gateways.small_files import NotReadError, read_small

_ATTRIBUTES = ".gitattributes"
_MOST_BYTES = 1 << 20
_FIRST_LINE = b"version https://git-lfs.github.com/spec/v1\n"


def read_pointers(git: GitProcess, names: Iterable[str]) -> tuple[str, ...]:
    """Those of these files of the work tree that are pointers on disk. Raises GitError.

    Only a repository whose `.gitattributes` speak of LFS is asked which files are meant.
    """
    names = tuple(names)
    if not any(_speaks_of_lfs(git.folder / name) for name in names if _is_attributes(name)):
        return ()
    asked = b"\0".join(name.encode("utf-8", "surrogateescape") for name in names)
    answers = git.run("check-attr", "-z", "--stdin", "filter", text=asked).split(b"\0")
    kept = (decode_path(path) for path in _kept_by_lfs(iter(answers)))
    return tuple(name for name in kept if _is_pointer(git.folder / name))


def _is_attributes(name: str) -> bool:
    return name.rpartition("/")[2] == _ATTRIBUTES


def _speaks_of_lfs(path: Path) -> bool:
    try:
        return b"filter=lfs" in (read_small(path, _MOST_BYTES) or b"")
    except NotReadError:
        return False


def _kept_by_lfs(answers: Iterator[bytes]) -> Iterator[bytes]:
    """Answers come as path, attribute, value."""
    for path, _, value in zip(answers, answers, answers, strict=False):
        if value == b"lfs":
            yield path


def _is_pointer(path: Path) -> bool:
    try:
        with open_file(path) as file:
            return file.read(len(_FIRST_LINE)) == _FIRST_LINE
    except OSError:
        return False
