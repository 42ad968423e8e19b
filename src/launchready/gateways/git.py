"""Asks git about one repository. What cannot be answered is an `Unchecked`, never an exception."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from launchready.facts.changes import ChangeFacts
from launchready.facts.git import (
    HistoryFacts,
    HistoryScope,
    RefFacts,
    RepositoryFacts,
    StagedFile,
)
from launchready.facts.secret import CommitFacts
from launchready.facts.text import Text
from launchready.gateways import git_base, git_index, git_refs, git_tree
from launchready.gateways.files import count_lines, grep_files
from launchready.gateways.git_changes import Lines, read_edited, read_lines
from launchready.gateways.git_index import GITLINK
from launchready.gateways.git_objects import in_storage_order, read_objects
from launchready.gateways.git_process import GitError, GitProcess, decode_path, records
from launchready.gateways.git_state import read_state, without_filters
from launchready.model import Unchecked
from launchready.regex import Regex

T = TypeVar("T")

_UNLISTED = Regex(r"^warning: could not open directory '(.*)/': ", re.MULTILINE)  # git's dir.c


class Git:
    """A folder seen by git. `root` is the top of its work tree; it may be no repository at all.

    `trust_owner` reads a repository of another user, as CI containers need; git refuses otherwise.
    """

    def __init__(self, root: Path, *, trust_owner: bool = False) -> None:
        self.root = root
        self._process = GitProcess(folder=root, trust_owner=trust_owner)
        self._state: RepositoryFacts | Unchecked | None = None

    @classmethod
    def around(cls, folder: Path, *, trust_owner: bool = False) -> "Git":
        """The repository that `folder` lies in, or the folder itself where there is none."""
        git = cls(folder, trust_owner=trust_owner)
        if isinstance(git.state, Unchecked) or git.state.root == folder:
            return git
        top = cls(git.state.root, trust_owner=trust_owner)
        top._state = git.state
        return top

    @property
    def state(self) -> RepositoryFacts | Unchecked:
        """What kind of repository this is; asked once."""
        if self._state is None:
            self._state = read_state(self._process)
        return self._state

    def commit_of(self, revision: str) -> str | None:
        """The full id of the commit that a revision names, None if there is none."""
        if isinstance(self.state, RepositoryFacts) and revision == "HEAD":
            return self.state.head
        try:
            code, output, _ = self._process.attempt(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
            )
        except GitError:
            return None
        return output.decode("ascii", "replace").strip() if code == 0 else None

    def object_of(self, revision: str) -> str | None:
        """The full id of the object, of whatever kind, that a revision names."""
        try:
            code, output, _ = self._process.attempt(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{object}}"
            )
        except GitError:
            return None
        return output.decode("ascii", "replace").strip() if code == 0 else None

    def share_history(self, one: str, other: str) -> bool:
        """Whether two commits have an ancestor in common."""
        try:
            return self._process.attempt("merge-base", one, other)[0] == 0
        except GitError:
            return False

    def is_cut(self, scope: HistoryScope) -> bool:
        """Whether a shallow clone left out parents of commits of this scope. Raises GitError."""
        return git_refs.is_cut(self._process, scope)

    def history(
        self, scope: HistoryScope | None = None
    ) -> tuple[HistoryFacts, tuple[Unchecked, ...]]:
        """The commits, tags and blobs of a part of the past, and what could not be read. Without
        `scope`, all that the refs and HEAD reach.
        """
        from launchready.gateways.git_history import read_history

        return read_history(self._process, scope or HistoryScope())

    def deepen(self) -> Unchecked | None:
        """Fetch what a shallow or partial clone left out; None if nothing is missing afterwards."""
        if isinstance(self.state, Unchecked):
            return self.state
        from launchready.gateways import git_deepen

        failure = git_deepen.deepen(self._process, is_shallow=self.state.is_shallow)
        self._state = None
        return failure

    def refs(self) -> tuple[RefFacts, ...]:
        """Every ref; none where git does not answer."""
        try:
            return git_refs.read_refs(self._process)
        except GitError:
            return ()

    def branches(self, most: int) -> tuple[RefFacts, ...]:
        """The branches with the newest commits, local ones and those of remotes."""
        try:
            return git_refs.read_branches(self._process, most)
        except GitError:
            return ()

    def present(self, names: Iterable[str]) -> frozenset[str]:
        """Those of these objects (hex ids) that are in the store. Raises GitError."""
        return git_refs.read_present(self._process, names)

    def are_reached(self, commits: Collection[str]) -> bool:
        """Whether the refs and HEAD reach all of these commits. Raises GitError."""
        return git_refs.are_reached(self._process, commits)

    def reached(self, commits: Collection[str]) -> frozenset[str]:
        """Those of these commits that the refs and HEAD reach. Raises GitError."""
        return git_refs.read_reached(self._process, commits)

    def descent(self, commits: Collection[str], since: int) -> tuple[str, ...]:
        """These commits, none committed before `since`, children before parents."""
        try:
            return git_refs.read_descent(self._process, commits, since)
        except GitError:
            return tuple(sorted(commits))

    def standing(self, tips: Sequence[str], paths: Sequence[str]) -> Mapping[tuple[str, str], str]:
        """The blob that each of these commits has at each of these paths."""
        try:
            return git_refs.read_standing(self._process, tips, paths)
        except GitError:
            return {}

    def folder(self) -> Path | None:
        """Where the repository keeps its own files: `.git`, also for a linked work tree."""
        try:
            code, output, _ = self._process.attempt("rev-parse", "--git-common-dir")
        except GitError:
            return None
        return self.root / decode_path(output.removesuffix(b"\n")) if not code else None

    def is_tracked(self, path: Path) -> bool:
        """Whether this file of the work tree, or a submodule that holds it, is in the index."""
        try:
            inside = PurePosixPath(path.relative_to(self.root).as_posix())
            names = [str(each) for each in (inside, *inside.parents) if str(each) != "."]
            listing = self._process.run("ls-files", "--stage", "-z", "--", *names)
        except ValueError:
            return False
        except GitError:
            return not isinstance(self.state, RepositoryFacts) or not self.state.is_bare
        entries = (entry.partition(b"\t") for entry in listing.split(b"\0") if entry)
        found = {decode_path(name): facts.startswith(GITLINK) for facts, _, name in entries}
        return str(inside) in found or any(found.get(name, False) for name in names)

    def storage_order(self, wanted: Collection[bytes]) -> list[bytes] | Unchecked:
        """Those of the wanted objects (hex ids) that are there, in the order cheapest to read."""
        try:
            return in_storage_order(self._process, wanted)
        except GitError as error:
            return error.unchecked

    def objects(self, names: Sequence[bytes]) -> Iterator[Text]:
        """The contents of these objects; text number i is object `names[i]`. Raises GitError only
        where git cannot be started.
        """
        return read_objects(self._process, names)

    def commits(self, names: Iterable[str]) -> Mapping[str, CommitFacts]:
        """Author and date of commits and annotated tags, by id; unreadable ones are left out."""
        from launchready.gateways.git_commits import read_commits

        try:
            return read_commits(self._process, names)
        except GitError:
            return {}

    def head_paths(self, blobs: Collection[bytes]) -> Mapping[bytes, tuple[str, ...]]:
        """The paths that these blobs (hex ids) have in HEAD's tree."""
        found: dict[bytes, list[str]] = {}
        for path, blob in self._head_tree() if blobs else ():
            if blob in blobs:
                found.setdefault(blob, []).append(path)
        return {blob: tuple(paths) for blob, paths in found.items()}

    def head_blobs(self, paths: Collection[str]) -> Mapping[str, str]:
        """The blobs (hex ids) that HEAD's tree has at these paths."""
        return {path: blob.decode() for path, blob in self._head_tree() if path in paths}

    def _head_tree(self) -> Iterator[tuple[str, bytes]]:
        if self.commit_of("HEAD") is None:
            return
        try:
            listing = self._process.run("ls-tree", "-r", "-z", "--full-tree", "HEAD")
        except GitError:
            return
        for entry in listing.split(b"\0"):
            facts, _, path = entry.partition(b"\t")
            if path and not facts.startswith(GITLINK):
                yield decode_path(path), facts.rpartition(b" ")[2]

    def staged(self) -> tuple[StagedFile, ...] | Unchecked:
        """The files that the next commit adds or changes, with the content it would record."""
        if isinstance(self.state, Unchecked):
            return self.state
        try:
            return git_index.read_staged(self._process, self.state)
        except GitError as error:
            return error.unchecked

    def beside_head(self) -> tuple[StagedFile, ...] | Unchecked:
        """The files of the index whose content is not HEAD's, every side of a merge among them."""
        if isinstance(self.state, Unchecked):
            return self.state
        try:
            return git_index.read_beside_head(self._process, self.state)
        except GitError as error:
            return error.unchecked

    def staged_lines(self) -> Lines | Unchecked:
        """The lines that the next commit adds, by path, as the staged content counts them."""
        if isinstance(self.state, Unchecked):
            return self.state
        try:
            return read_lines(self._process, "--cached", self.state.head or self.state.empty_tree)[
                0
            ]
        except GitError as error:
            return error.unchecked

    def tree_files(self) -> tuple[str, ...] | Unchecked:
        """Names of the work tree's files: tracked ones, and new ones that git does not ignore.

        Folders that git may not list are named too, so that reading them says so.
        """
        if isinstance(self.state, Unchecked):
            return self.state
        try:
            with self._process.stream(
                "ls-files", "-z", "--cached", "--others", "--exclude-standard"
            ) as (output, finish):
                names = dict.fromkeys(decode_path(name) for name in records(output))
                names.update(dict.fromkeys(_UNLISTED.findall(finish())))
        except GitError as error:
            return error.unchecked
        return tuple(names)

    def index(self) -> Mapping[str, git_tree.IndexEntry] | Unchecked:
        """What the index has, by path."""
        return self._asked(git_tree.read_index)

    def untracked_files(self) -> tuple[str, ...] | Unchecked:
        """The files of the work tree that git neither tracks nor ignores."""
        return self._asked(git_tree.read_untracked)

    def files_holding(
        self, literals: Sequence[str], *, staged: bool = False
    ) -> tuple[str, ...] | Unchecked:
        """The text files of the work tree, or of the index, that hold one of these literals."""
        return self._asked(partial(git_tree.read_holding, literals=literals, staged=staged))

    def words_of_files(
        self, words: Sequence[str], *, staged: bool = False
    ) -> Mapping[str, frozenset[str]] | Unchecked:
        """Which of these words each text file of the work tree, or of the index, holds."""
        return self._asked(partial(git_tree.read_words, words=words, staged=staged))

    def _asked(self, ask: Callable[[GitProcess], T]) -> T | Unchecked:
        """What git answers, where there is a repository."""
        if isinstance(self.state, Unchecked):
            return self.state
        try:
            return ask(self._process)
        except GitError as error:
            return error.unchecked

    def blobs(self, names: Sequence[str]) -> Mapping[str, bytes | None]:
        """The contents of small blobs, by id; none where git does not answer."""
        try:
            return dict(git_tree.read_blobs(self._process, names))
        except GitError:
            return {}

    def tree_at(self, commit: str) -> Mapping[str, str] | Unchecked:
        """The blobs (hex ids) of a commit's tree, by path."""
        return self._asked(lambda process: git_base.read_tree(process, commit))

    def changed_since(self, commit: str) -> tuple[str, ...] | Unchecked:
        """The paths that the work tree has otherwise than a commit, or no longer."""
        return self._asked(lambda git: git_base.read_changed(without_filters(git), commit))

    def lines_with(
        self, commit: str, words: Sequence[str]
    ) -> tuple[tuple[str, int, str], ...] | Unchecked:
        """Path, number and text of the lines of a commit's files that have one of these words."""
        return self._asked(lambda git: tuple(git_base.read_lines_with(git, commit, words)))

    def base(self) -> tuple[str, str] | Unchecked | None:
        """The commit at which HEAD left the default branch, and that branch; None without one."""
        return self._asked(git_base.find_base)

    def lfs_pointers(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of these files of the work tree whose content git LFS keeps elsewhere."""
        from launchready.gateways import git_lfs

        try:
            return git_lfs.read_pointers(self._process, names)
        except GitError:
            return ()

    def changes(self, base: str, head: str | None) -> ChangeFacts | Unchecked:
        """What `head` (None: the work tree) brings on top of where it left `base`."""
        try:
            return self._changes(base, head)
        except GitError as error:
            return Unchecked(
                target=f"the change since {base}",
                reason=error.unchecked.reason,
                hint=error.unchecked.hint,
            )

    def edited(self, base: str, paths: Collection[str]) -> Mapping[str, str] | None:
        """Those of these paths that the work tree has otherwise than where it left `base`, by git's
        letter for how; None where that cannot be told.
        """
        commit, head = self.commit_of(base), self.commit_of("HEAD")
        if commit is None or head is None:
            return None
        try:
            start = self._merge_base(commit, head) or commit
            return read_edited(without_filters(self._process), start, paths)
        except GitError:
            return None

    def _merge_base(self, one: str, other: str) -> str | None:
        """The commit at which two others parted, None where this clone has none."""
        code, output, _ = self._process.attempt("merge-base", one, other)
        return None if code else output.decode("ascii").split()[0]

    def _changes(self, base: str, head: str | None) -> ChangeFacts | Unchecked:
        ends = [self.commit_of(revision) for revision in (base, head or "HEAD")]
        if None in ends:
            missing = base if ends[0] is None else head or "HEAD"
            return _no_base(base, f"there is no commit {missing} in this clone")
        old, tip = (end or "" for end in ends)
        start = self._merge_base(old, tip)
        if start is None:
            return _no_base(
                base, f"this clone has no commit that {base} and {head or 'HEAD'} share"
            )
        commits = self._process.run("rev-list", tip, f"^{start}")
        compared = (start,) if head is None else (start, tip)
        added, near = read_lines(without_filters(self._process), *compared)
        if head is None:
            fresh = self._untracked_lines()
            added, near = {**added, **fresh}, {**near, **fresh}
        return ChangeFacts(
            base=start,
            head=None if head is None else tip,
            commits=frozenset(commits.decode("ascii").split()),
            lines=added,
            context=near,
        )

    def grep_tree(self, pattern: str) -> Iterator[tuple[str, int, str]]:
        """Path, line number and line of each match of a POSIX extended expression in the text files
        of the work tree, or of the folder where there is no repository.
        """
        if isinstance(self.state, Unchecked):
            yield from grep_files(self.root, pattern)
            return
        if self.state.is_bare:
            return
        switches = (
            "-n",
            "-I",
            "-z",
            "-E",
            "--untracked",
            "--no-column",
            "--no-color",
            "--no-textconv",
        )
        with self._process.stream("grep", *switches, "-e", pattern) as (output, _):
            start = b""
            for line in records(output, b"\n"):
                start += line
                if b"\0" not in start:
                    start += b"\n"  # it is part of the path
                    continue
                path, number, text = start.split(b"\0", 2)
                start = b""
                yield decode_path(path), int(number), text.decode("utf-8", "replace").rstrip("\r")

    def _untracked_lines(self) -> Lines:
        names = git_tree.read_untracked(self._process)
        return {name: count_lines(self.root / name) for name in names}


def _no_base(base: str, reason: str) -> Unchecked:
    return Unchecked(
        target=f"the change since {base}",
        reason=reason,
        hint="fetch the whole history: `fetch-depth: 0` for actions/checkout, `git fetch"
        " --unshallow` elsewhere",
    )
