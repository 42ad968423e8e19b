"""What a git repository is and what its history holds."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from launchready.frozen import frozen

if TYPE_CHECKING:
    from array import array

UNREACHED = "(unreachable object)"


@frozen
class RepositoryFacts:
    """The state of a repository. `root` is the top of the work tree, or a bare repository's folder.

    `head` is the commit that HEAD names, in full hex, None before the first commit.
    """

    root: Path
    head: str | None
    empty_tree: str
    is_bare: bool = False
    is_shallow: bool = False


@frozen
class StagedFile:
    """A file as `git commit` would record it now. `blob` is the id of its content, in hex."""

    path: str
    blob: str


@frozen
class RefFacts:
    """A ref and the object it names, in full hex. `kind` is git's: commit, tag, tree or blob."""

    name: str
    object: str
    kind: str


@frozen
class PushedRef:
    """A ref of a push: `new` is the object that it shall name, `old` the one that it names at the
    other side. Both are full ids in hex, or None where there is none.
    """

    name: str
    new: str | None
    old: str | None


@frozen
class HistoryScope:
    """Which part of the past to read: by default all that the refs and HEAD reach.

    `tips` are objects, in hex, in place of the refs. What the commits `without` reach is left out.
    The commits `alone` are read too, each without its past. With `is_all_stored` so is everything
    else that is in the store, whether anything leads to it or not.
    """

    tips: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    is_all_stored: bool = False


@frozen
class Introduction:
    """Where a blob came from: the commit that first had it at a path.

    `commit` is None for what a ref names directly, without a commit; then `path` may be the ref.
    `seconds` is the author date, since 1970, and `committed` the committer's. Of equal dates
    `order` decides, where later is older.
    """

    commit: str | None
    path: str
    seconds: int
    committed: int = 0
    order: int = 0

    @property
    def age(self) -> tuple[int, int, int]:
        """A sort key: the oldest first."""
        return self.seconds, self.committed, -self.order


@frozen
class HistoryFacts:
    """The commits, annotated tags and blobs of a part of the past, or of all of it.

    `commits` are full hex ids, newest first as `git log` lists them; `seconds` their author dates
    and `committed` their committer dates, in seconds since 1970, in the same order. The last
    `alone` of them were read without their past. `blobs` numbers the blobs. `paths` are all paths
    that were used. The three `entry_` arrays are columns of one table: commit number (-1 for none),
    blob number and path number of each "this commit put this blob at this path". Merges count where
    they differ from every parent. `unreached` are the commits and tags that no ref leads to; a blob
    of which nothing is known but that it is stored has the path `UNREACHED`. Numbers keep the
    table small: 12 bytes a row.
    """

    commits: Sequence[str]
    seconds: "array[int]"
    committed: "array[int]"
    tags: Sequence[str]
    blobs: Mapping[bytes, int]
    paths: Sequence[str]
    entry_commits: "array[int]"
    entry_blobs: "array[int]"
    entry_paths: "array[int]"
    alone: int = 0
    unreached: frozenset[str] = frozenset()

    def introductions(self, blobs: Collection[bytes]) -> Mapping[bytes, tuple[Introduction, ...]]:
        """For each of these blobs, every commit and path that brought it, the oldest first.

        Oldest is by author date, then by committer date, then by place in the history: what
        `git log` lists later is older.
        """
        wanted = {self.blobs[blob]: blob for blob in blobs if blob in self.blobs}
        rows: dict[int, list[int]] = {number: [] for number in wanted}
        for row, number in enumerate(self.entry_blobs):
            if number in rows:
                rows[number].append(row)
        return {
            wanted[number]: tuple(sorted(map(self._introduction, its), key=lambda i: i.age))
            for number, its in rows.items()
        }

    def dates(self, commits: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """Author and committer date of these commits, as far as they were read."""
        if not commits:
            return {}
        return {
            name: (self.seconds[number], self.committed[number])
            for number, name in enumerate(self.commits)
            if name in commits
        }

    def _introduction(self, row: int) -> Introduction:
        commit = self.entry_commits[row]
        path = self.paths[self.entry_paths[row]]
        if commit < 0:
            return Introduction(commit=None, path=path, seconds=0)
        return Introduction(
            commit=self.commits[commit],
            path=path,
            seconds=self.seconds[commit],
            committed=self.committed[commit],
            order=commit,
        )
