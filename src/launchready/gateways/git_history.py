"""Reads a whole history in one pass: which commit put which blob at which path.

`git log --raw -c` lists a merge's files where they differ from every parent, which no per-parent
diff shows (https://git-scm.com/docs/git-diff-tree, "Combined diff format" and "Raw output format").
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from launchready.facts.git import UNREACHED, HistoryFacts, HistoryScope
from launchready.gateways.git_index import GITLINK
from launchready.gateways.git_process import GitError, GitProcess, decode_path, records
from launchready.model import Unchecked

_COMMIT_MARK = b"\x01"
_NO_FILE = frozenset({GITLINK, b"000000"})
"""The modes of a submodule, and of what is not there."""
_MODE_BYTES = len(GITLINK)
_BEFORE_MODE, _AFTER_BLOB = b":100644 ", b" M"
_USUAL = _BEFORE_MODE + b"100644   M"
"""An entry of a commit with one parent, without the ids of the two blobs."""
_LOG = (
    "log",
    "--raw",
    "-c",
    "-r",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-notes",
    "--no-decorate",
    "--format=%x01%H %at %ct",
    "--stdin",
)


@dataclass(kw_only=True)
class _Ledger:
    """The table of `HistoryFacts` while it grows."""

    commits: list[str] = field(default_factory=list)
    seconds: "array[int]" = field(default_factory=lambda: array("q"))
    committed: "array[int]" = field(default_factory=lambda: array("q"))
    tags: list[str] = field(default_factory=list)
    blobs: dict[bytes, int] = field(default_factory=dict)
    paths: dict[bytes, int] = field(default_factory=dict)
    entry_commits: "array[int]" = field(default_factory=lambda: array("l"))
    entry_blobs: "array[int]" = field(default_factory=lambda: array("l"))
    entry_paths: "array[int]" = field(default_factory=lambda: array("l"))
    alone: int = 0
    unreached: frozenset[str] = frozenset()

    def enter(self, blob: bytes, path: bytes, commit: int) -> None:
        self.entry_commits.append(commit)
        self.entry_blobs.append(self.blobs.setdefault(blob, len(self.blobs)))
        self.entry_paths.append(self.paths.setdefault(path, len(self.paths)))

    def facts(self) -> HistoryFacts:
        return HistoryFacts(
            commits=self.commits,
            seconds=self.seconds,
            committed=self.committed,
            tags=self.tags,
            blobs=self.blobs,
            paths=[decode_path(path) for path in self.paths],
            entry_commits=self.entry_commits,
            entry_blobs=self.entry_blobs,
            entry_paths=self.entry_paths,
            alone=self.alone,
            unreached=self.unreached,
        )


def read_history(
    git: GitProcess, scope: HistoryScope
) -> tuple[HistoryFacts, tuple[Unchecked, ...]]:
    """The part of the past in `scope`; what a broken repository hides is said beside it."""
    ledger = _Ledger()
    unchecked: list[Unchecked] = []
    for read in (_read_log, _read_named, _read_alone, _read_unreached):
        try:
            read(git, scope, ledger)
        except GitError as error:
            unchecked.append(
                Unchecked(
                    target="the git history",
                    reason=error.unchecked.reason,
                    hint=error.unchecked.hint,
                )
            )
    return ledger.facts(), tuple(unchecked)


def _read_log(git: GitProcess, scope: HistoryScope, ledger: _Ledger) -> None:
    """Tips that are no commits are told apart by `_read_named`; git log passes them over."""
    if scope.tips == ():
        return  # with nothing to begin at, git log begins at HEAD
    every = ("--all",) if scope.tips is None else ()
    lines = (*(scope.tips or ()), *(f"^{commit}" for commit in scope.without))
    _log(git, (*_LOG, *every), lines, ledger)


def _read_alone(git: GitProcess, scope: HistoryScope, ledger: _Ledger) -> None:
    known = frozenset(ledger.commits) if scope.alone else frozenset()
    wanted = [commit for commit in scope.alone if commit not in known]
    if not wanted:
        return
    before = len(ledger.commits)
    _log(git, (*_LOG, "--no-walk=unsorted"), wanted, ledger)
    ledger.alone = len(ledger.commits) - before


def _read_unreached(git: GitProcess, scope: HistoryScope, ledger: _Ledger) -> None:
    """What is stored but was not come across: dropped stashes, commits that were amended away,
    content that was staged and never committed.
    """
    if not scope.is_all_stored:
        return
    stored: dict[bytes, set[bytes]] = {b"commit": set(), b"tag": set(), b"blob": set()}
    listing = ("--batch-all-objects", "--unordered", "--batch-check=%(objecttype) %(objectname)")
    with git.stream("cat-file", *listing) as (output, finish):
        for line in records(output, b"\n"):
            kind, _, name = line.partition(b" ")
            if kind in stored:
                stored[kind].add(name)
        finish()
    known = {name.encode("ascii") for name in (*ledger.commits, *ledger.tags)}
    commits, tags = (
        [name.decode("ascii") for name in sorted(stored[kind] - known)]
        for kind in (b"commit", b"tag")
    )
    if commits:
        _log(git, (*_LOG, "--no-walk=unsorted"), commits, ledger)
    ledger.tags.extend(tags)
    ledger.unreached = frozenset((*commits, *tags))
    for blob in sorted(stored[b"blob"].difference(ledger.blobs)):
        ledger.enter(blob, UNREACHED.encode("ascii"), -1)


def _log(git: GitProcess, words: Iterable[str], lines: Iterable[str], ledger: _Ledger) -> None:
    encoded = [line.encode("ascii") for line in lines]
    with git.stream(*words, lines=encoded) as (output, finish):
        _parse_log(records(output), ledger)
        finish()


def _parse_log(pieces: Iterator[bytes], ledger: _Ledger) -> None:
    """Commit lines begin with a mark; every other piece is `:modes ids status`, then a path.

    This runs for every file of every commit, so what `enter` does is written out, and of an entry
    with one parent, which is told by its length, no more is cut out than counts.
    """
    commit, usual, mode_at, blob_at = -1, 0, 0, 0
    blobs, paths = ledger.blobs, ledger.paths
    add_commit, add_blob = ledger.entry_commits.append, ledger.entry_blobs.append
    add_path = ledger.entry_paths.append
    for piece in pieces:
        if piece.startswith(_COMMIT_MARK):
            name, seconds, committed = (*piece[1:].split(b" ", 2), b"", b"")[:3]
            commit = len(ledger.commits)
            ledger.commits.append(name.decode("ascii", "replace"))
            ledger.seconds.append(_seconds(seconds))
            ledger.committed.append(_seconds(committed))
            usual = len(_USUAL) + 2 * len(name)
            mode_at, blob_at = -usual + len(_BEFORE_MODE), -len(name) - len(_AFTER_BLOB)
            continue
        if usual <= len(piece) <= usual + 1:  # the first of a commit has a line end before it
            mode, blob = piece[mode_at : mode_at + _MODE_BYTES], piece[blob_at : -len(_AFTER_BLOB)]
        else:
            entry = piece.split(b" ")
            if len(entry) < 5:
                continue  # an empty piece stands before a merge's entries
            mode, blob = entry[(len(entry) - 3) // 2], entry[-2]  # after one mode per parent
        path = next(pieces, b"")
        if mode not in _NO_FILE:
            add_commit(commit)
            add_blob(blobs.setdefault(blob, len(blobs)))
            add_path(paths.setdefault(path, len(paths)))


def _seconds(text: bytes) -> int:
    """A date; a commit whose date git cannot read has none and counts as the oldest."""
    try:
        return int(text)
    except ValueError:
        return 0


def _read_named(git: GitProcess, scope: HistoryScope, ledger: _Ledger) -> None:
    """Annotated tags, and the trees and blobs that a ref or a tag names without a commit."""
    named = list(_refs(git) if scope.tips is None else _tips(git, scope.tips))
    tags: dict[bytes, None] = {}
    while named:
        for each in named:
            if each.kind == b"blob":
                ledger.enter(each.name, each.ref, -1)
            elif each.kind == b"tree":
                _read_tree(git, each.name, ledger)
        new = [each for each in named if each.kind == b"tag" and each.name not in tags]
        tags.update(dict.fromkeys(each.name for each in new))
        named = list(_tagged(git, new))
    ledger.tags.extend(tag.decode("ascii") for tag in tags)


class _Named(NamedTuple):
    kind: bytes
    name: bytes
    ref: bytes


def _refs(git: GitProcess) -> Iterator[_Named]:
    listing = git.run("for-each-ref", "--format=%(objecttype) %(objectname) %(refname)")
    for line in listing.splitlines():
        yield _Named(*line.split(b" ", 2))


def _tips(git: GitProcess, tips: Iterable[str]) -> Iterator[_Named]:
    asked = "".join(f"{tip}\n" for tip in tips).encode("ascii")
    listing = git.run("cat-file", "--batch-check=%(objecttype) %(objectname)", text=asked)
    for line in listing.splitlines():
        kind, _, name = line.partition(b" ")
        yield _Named(kind, name, name)


def _tagged(git: GitProcess, tags: list[_Named]) -> Iterator[_Named]:
    """What these tags name. A tag begins `object ID`, `type KIND` (git-mktag), and tags nest."""
    if not tags:
        return
    texts = git.run(
        "cat-file", "--batch=%(objectsize)", text=b"".join(t.name + b"\n" for t in tags)
    )
    position = 0
    for tag in tags:
        size, _, _ = texts[position : position + 128].partition(b"\n")
        if not size.isdigit():
            position += len(size) + 1  # "ID missing": the reader of the objects reports it
            continue
        start = position + len(size) + 1
        first, second, *_ = texts[start : start + int(size)].split(b"\n", 2)
        yield _Named(second.partition(b" ")[2], first.partition(b" ")[2], tag.ref)
        position = start + int(size) + 1


def _read_tree(git: GitProcess, tree: bytes, ledger: _Ledger) -> None:
    for entry in git.run("ls-tree", "-r", "-z", "--full-tree", tree.decode("ascii")).split(b"\0"):
        if entry:
            facts, _, path = entry.partition(b"\t")
            _, kind, blob = facts.split(b" ")
            if kind == b"blob":
                ledger.enter(blob, path, -1)
