"""Reads what the index holds that HEAD does not: the files as the next commit would record them.

Sources: https://git-scm.com/docs/git-diff-index, https://git-scm.com/docs/diff-format, "RAW OUTPUT
FORMAT", and https://git-scm.com/docs/git-ls-files.
"""

from collections.abc import Iterator

from launchready.facts.git import RepositoryFacts, StagedFile
from launchready.gateways.git_process import GitProcess, decode_path
from launchready.model import Unchecked

GITLINK = b"160000"
"""The mode of a submodule's entry."""
_CONFLICT = b" U\0"


def read_staged(git: GitProcess, state: RepositoryFacts) -> tuple[StagedFile, ...] | Unchecked:
    """The files that the next commit adds or changes. Raises GitError."""
    listing = _listed(git, state)
    if _CONFLICT in listing:
        return Unchecked(
            target="the staged content",
            reason="a merge is not resolved: some files have no one content to commit",
            hint="resolve the conflicts and `git add` the files",
        )
    return tuple(_parse_staged(iter(listing.split(b"\0"))))


def read_beside_head(git: GitProcess, state: RepositoryFacts) -> tuple[StagedFile, ...]:
    """The same, and of a merge that is not resolved every side. Raises GitError.

    It holds whatever is on disk, and whatever git was told to assume of that.
    """
    listing = _listed(git, state)
    files = tuple(_parse_staged(iter(listing.split(b"\0"))))
    if _CONFLICT not in listing:
        return files
    sides = git.run("ls-files", "-z", "--unmerged").split(b"\0")
    return (*files, *_parse_unmerged(iter(sides)))


def _listed(git: GitProcess, state: RepositoryFacts) -> bytes:
    switches = ("--cached", "--raw", "-z", "-M", "--diff-filter=ACMRTU", "--no-abbrev")
    return git.run("diff-index", *switches, state.head or state.empty_tree, "--")


def _parse_staged(pieces: Iterator[bytes]) -> Iterator[StagedFile]:
    """Raw diff entries, `:mode mode id id status`, each followed by a path, or two after R or C."""
    for entry in pieces:
        if not entry:
            continue
        _, mode, _, blob, status = entry.split(b" ")
        path = next(pieces)
        if status.startswith((b"R", b"C")):
            path = next(pieces)
        if mode != GITLINK and status != b"U":
            yield StagedFile(path=decode_path(path), blob=blob.decode("ascii"))


def _parse_unmerged(entries: Iterator[bytes]) -> Iterator[StagedFile]:
    """Entries `mode id side`, a tab and a path."""
    for entry in entries:
        facts, _, path = entry.partition(b"\t")
        if path and not facts.startswith(GITLINK):
            yield StagedFile(path=decode_path(path), blob=facts.split(b" ")[1].decode("ascii"))
