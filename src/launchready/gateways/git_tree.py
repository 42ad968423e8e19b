"""Lists the files of the work tree or of the index, finds those with certain words, reads blobs.

Sources: https://git-scm.com/docs/git-ls-files, https://git-scm.com/docs/git-grep and
https://git-scm.com/docs/git-cat-file, "BATCH OUTPUT".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from launchready.frozen import frozen
from launchready.gateways.git_index import GITLINK
from launchready.gateways.git_process import GitError, GitProcess, decode_path, explain, records
from launchready.regex import Regex

_UNLISTED = Regex(r"^warning: could not open directory '(.*)/': ", re.MULTILINE)  # git's dir.c
_LINK = b"120000"
_GREP_FOUND_NOTHING = 1
_SIGN = re.compile(r"[][\\.*^$+?(){}|]")
"""What means something in an extended regular expression of POSIX."""


@frozen
class IndexEntry:
    """What the index, or a commit's tree, has at a path: the blob's id in hex, and whether it is a
    symbolic link.
    """

    blob: str
    is_link: bool


def read_index(git: GitProcess) -> Mapping[str, IndexEntry]:
    """Every file of the index by its path, without submodules. Raises GitError.

    Of a path in conflict, the last side counts.
    """
    found = {}
    for entry in git.run("ls-files", "-z", "--stage").split(b"\0"):
        facts, _, path = entry.partition(b"\t")
        if path and not facts.startswith(GITLINK):
            mode, blob, _ = facts.split(b" ")
            found[decode_path(path)] = IndexEntry(blob=blob.decode("ascii"), is_link=mode == _LINK)
    return found


def is_tracked(git: GitProcess, path: PurePosixPath) -> bool:
    """Whether a file, or a submodule that holds it, is in the index. Raises GitError."""
    names = [str(each) for each in (path, *path.parents) if str(each) != "."]
    listing = git.run("ls-files", "--stage", "-z", "--", *names)
    entries = (entry.partition(b"\t") for entry in listing.split(b"\0") if entry)
    found = {decode_path(name): facts.startswith(GITLINK) for facts, _, name in entries}
    return str(path) in found or any(found.get(name, False) for name in names)


def read_tree_files(git: GitProcess) -> tuple[str, ...]:
    """Tracked files, new ones that git does not ignore, and folders that it may not list. Raises
    GitError.
    """
    with git.stream("ls-files", "-z", "--cached", "--others", "--exclude-standard") as stream:
        output, finish = stream
        names = dict.fromkeys(decode_path(name) for name in records(output))
        names.update(dict.fromkeys(_UNLISTED.findall(finish())))
    return tuple(names)


def read_commit_tree(git: GitProcess, commit: str) -> Mapping[str, IndexEntry]:
    """Every file of a commit's tree by its path from the top, without submodules. Raises GitError.

    Source: https://git-scm.com/docs/git-ls-tree.
    """
    found = {}
    for entry in git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        facts, _, path = entry.partition(b"\t")
        if path and not facts.startswith(GITLINK):
            mode, _, blob = facts.split(b" ")
            found[decode_path(path)] = IndexEntry(blob=blob.decode("ascii"), is_link=mode == _LINK)
    return found


def read_matches(git: GitProcess, pattern: str) -> Iterator[tuple[str, int, str]]:
    """Path, line number and line of each match of a POSIX extended expression in the text files of
    the work tree. Raises GitError where git cannot be started.
    """
    switches = ("-n", "-I", "-z", "-E", "--untracked", "--no-column", "--no-color")
    with git.stream("grep", *switches, "--no-textconv", "-e", pattern) as (output, _):
        start = b""
        for line in records(output, b"\n"):
            start += line
            if b"\0" not in start:
                start += b"\n"  # it is part of the path
                continue
            path, number, text = start.split(b"\0", 2)
            start = b""
            yield decode_path(path), int(number), text.decode("utf-8", "replace").rstrip("\r")


def read_untracked(git: GitProcess) -> tuple[str, ...]:
    """The files that git neither tracks nor ignores. Raises GitError."""
    names = git.run("ls-files", "-z", "--others", "--exclude-standard").split(b"\0")
    return tuple(decode_path(name) for name in names if name and not name.endswith(b"/"))


def read_diff_attribute(git: GitProcess, names: Sequence[str]) -> Mapping[str, bytes]:
    """What `.gitattributes` says of these files' attribute `diff`: `unset` for binary, `set` for
    text, `unspecified`, or the name of a driver. Raises GitError.

    Source: https://git-scm.com/docs/git-check-attr, "OUTPUT".
    """
    asked = "".join(f"{name}\0" for name in names).encode("utf-8", "surrogateescape")
    output = git.run("check-attr", "-z", "--stdin", "diff", text=asked).split(b"\0")
    return dict(zip(map(decode_path, output[0:-1:3]), output[2:-1:3], strict=True))


def read_holding(git: GitProcess, literals: Sequence[str], *, staged: bool) -> tuple[str, ...]:
    """The files that hold one of `literals` as it is written here, binary ones left out.

    Raises GitError.
    """
    where = "--cached" if staged else "--untracked"
    words = [word for literal in literals for word in ("-e", literal)]
    code, output, errors = git.attempt(
        "grep", "-l", "-z", "-I", "-F", "--no-color", "--no-textconv", where, *words
    )
    if code not in (0, _GREP_FOUND_NOTHING):
        raise GitError(explain(git.folder, errors))
    return tuple(decode_path(name) for name in output.split(b"\0") if name)


def read_words(
    git: GitProcess, words: Sequence[str], *, staged: bool
) -> Mapping[str, frozenset[str]]:
    """Which of these words each text file holds; for up to a few thousand. Raises GitError.

    One pattern of all words, since git tries several one after the other at each place, which
    takes minutes for two thousand of them.
    """
    where = "--cached" if staged else "--untracked"
    pattern = "|".join(_SIGN.sub(r"\\\g<0>", word) for word in words)
    code, output, errors = git.attempt(
        "grep",
        "-o",
        "-w",
        "-z",
        "-I",
        "-E",
        "--no-color",
        "--no-textconv",
        "--no-line-number",
        "--no-column",
        where,
        "-f",
        "-",
        text=f"{pattern}\n".encode("utf-8", "surrogateescape"),
    )
    if code not in (0, _GREP_FOUND_NOTHING):
        raise GitError(explain(git.folder, errors))
    found: dict[str, set[str]] = {}
    for line in output.splitlines():
        path, _, word = line.rpartition(b"\0")
        found.setdefault(decode_path(path), set()).add(decode_path(word))
    return {path: frozenset(words) for path, words in found.items()}


def read_blobs(git: GitProcess, names: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """Each blob's content by its id, None where the store lacks it. Raises GitError."""
    output = git.run("cat-file", "--batch", text="".join(f"{name}\n" for name in names).encode())
    start = 0
    for name in names:
        end = output.index(b"\n", start)
        words = output[start:end].split(b" ")
        if len(words) != 3:
            yield name, None
            start = end + 1
            continue
        size = int(words[2])
        yield name, output[end + 1 : end + 1 + size]
        start = end + 1 + size + 1
