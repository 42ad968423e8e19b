"""What a git repository is and what its history holds."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class RepositoryFacts:
    """The state of a repository. `root` is the top of the work tree, or a bare repository's folder.

    `head` is the commit that HEAD names, in full hex, None before the first commit.
    """

    root: Path
    head: str | None
    empty_tree: str
    is_bare: bool = False
    is_shallow: bool = False


@dataclass(frozen=True, kw_only=True)
class StagedFile:
    """A file as `git commit` would record it now. `blob` is the id of its content, in hex."""

    path: str
    blob: str


@dataclass(frozen=True, kw_only=True)
class Introduction:
    """Where a blob came from: the commit that first had it at a path.

    `commit` is None for what a ref names directly, without a commit; then `path` may be the ref.
    `seconds` is the author date, since 1970; `order` the place in `git log`, where later is older.
    """

    commit: str | None
    path: str
    seconds: int
    order: int = 0

    @property
    def age(self) -> tuple[int, int]:
        """A sort key: the oldest first."""
        return self.seconds, -self.order


@dataclass(frozen=True, kw_only=True)
class HistoryFacts:
    """Every commit, annotated tag and blob that some ref or HEAD reaches.

    `commits` are full hex ids, newest first as `git log` lists them; `seconds` their author dates,
    in seconds since 1970, in the same order. `blobs` numbers the blobs. `paths` are all paths ever
    used. The three `entry_` arrays are columns of one table: commit number (-1 for none), blob
    number and path number of each "this commit put this blob at this path". Merges count where
    they differ from every parent. Numbers keep the table small: 12 bytes a row.
    """

    commits: Sequence[str]
    seconds: "array[int]"
    tags: Sequence[str]
    blobs: Mapping[bytes, int]
    paths: Sequence[str]
    entry_commits: "array[int]"
    entry_blobs: "array[int]"
    entry_paths: "array[int]"

    def any_path_of(self) -> "array[int]":
        """One path number for each blob, by blob number: the newest, as `git log` lists them."""
        newest = array("l", [-1]) * len(self.blobs)
        for blob, path in zip(reversed(self.entry_blobs), reversed(self.entry_paths), strict=True):
            newest[blob] = path
        return newest

    def introductions(self, blobs: Collection[bytes]) -> Mapping[bytes, tuple[Introduction, ...]]:
        """For each of these blobs, every commit and path that brought it, the oldest first.

        Oldest is by author date, then by place in the history: what `git log` lists later is older.
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

    def _introduction(self, row: int) -> Introduction:
        commit = self.entry_commits[row]
        return Introduction(
            commit=self.commits[commit] if commit >= 0 else None,
            path=self.paths[self.entry_paths[row]],
            seconds=self.seconds[commit] if commit >= 0 else 0,
            order=max(commit, 0),
        )
