"""Asks git about one repository. What cannot be answered is an `Unchecked`, never an exception."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
from launchready.gateways.files import grep_files
from launchready.gateways.git_changes import Lines, read_changed, read_lines
from launchready.gateways.git_compare import Ends, missing_commit, read_change, read_edited_since
from launchready.gateways.git_objects import in_storage_order, read_objects
from launchready.gateways.git_process import GitError, GitProcess, decode_path
from launchready.gateways.git_state import read_state, without_filters
from launchready.model import Unchecked

T = TypeVar("T")


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
        return self._answered(lambda git: git_refs.read_object(git, revision, "commit"), None)

    def object_of(self, revision: str) -> str | None:
        """The full id of the object, of whatever kind, that a revision names."""
        return self._answered(lambda git: git_refs.read_object(git, revision, "object"), None)

    def share_history(self, one: str, other: str) -> bool:
        """Whether two commits have an ancestor in common."""
        common = self._answered(lambda git: git_refs.read_merge_base(git, one, other), None)
        return common is not None

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
        return self._answered(git_refs.read_refs, ())

    def branches(self, most: int) -> tuple[RefFacts, ...]:
        """The branches with the newest commits, local ones and those of remotes."""
        return self._answered(lambda git: git_refs.read_branches(git, most), ())

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
        return self._answered(
            lambda git: git_refs.read_descent(git, commits, since), tuple(sorted(commits))
        )

    def standing(self, tips: Sequence[str], paths: Sequence[str]) -> Mapping[tuple[str, str], str]:
        """The blob that each of these commits has at each of these paths."""
        return self._answered(lambda git: git_refs.read_standing(git, tips, paths), {})

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
        except ValueError:
            return False
        is_bare = isinstance(self.state, RepositoryFacts) and self.state.is_bare
        return self._answered(lambda git: git_tree.is_tracked(git, inside), not is_bare)

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

        return self._answered(lambda git: read_commits(git, names), {})

    def head_paths(self, blobs: Collection[bytes]) -> Mapping[bytes, tuple[str, ...]]:
        """The paths that these blobs (hex ids) have in HEAD's tree."""
        found: dict[bytes, list[str]] = {}
        for path, entry in self._head_tree().items() if blobs else ():
            if (blob := entry.blob.encode()) in blobs:
                found.setdefault(blob, []).append(path)
        return {blob: tuple(paths) for blob, paths in found.items()}

    def head_blobs(self, paths: Collection[str]) -> Mapping[str, str]:
        """The blobs (hex ids) that HEAD's tree has at these paths."""
        return {path: entry.blob for path, entry in self._head_tree().items() if path in paths}

    def _head_tree(self) -> Mapping[str, git_tree.IndexEntry]:
        if not self.commit_of("HEAD"):
            return {}
        return self._answered(lambda git: git_tree.read_commit_tree(git, "HEAD"), {})

    def staged(self) -> tuple[StagedFile, ...] | Unchecked:
        """The files that the next commit adds or changes, with the content it would record."""
        return self._asked_of_index(git_index.read_staged)

    def beside_head(self) -> tuple[StagedFile, ...] | Unchecked:
        """The files of the index whose content is not HEAD's, every side of a merge among them."""
        return self._asked_of_index(git_index.read_beside_head)

    def staged_lines(self) -> Lines | Unchecked:
        """The lines that the next commit adds, by path, as the staged content counts them."""
        return self._asked_of_index(
            lambda git, state: read_lines(git, "--cached", state.head or state.empty_tree)[0]
        )

    def tree_files(self) -> tuple[str, ...] | Unchecked:
        """Names of the work tree's files: tracked ones, and new ones that git does not ignore.

        Folders that git may not list are named too, so that reading them says so.
        """
        return self._asked(git_tree.read_tree_files)

    def index(self) -> Mapping[str, git_tree.IndexEntry] | Unchecked:
        """What the index has, by path."""
        return self._asked(git_tree.read_index)

    def untracked_files(self) -> tuple[str, ...] | Unchecked:
        """The files of the work tree that git neither tracks nor ignores."""
        return self._asked(git_tree.read_untracked)

    def diff_attribute(self, names: Sequence[str]) -> Mapping[str, bytes] | Unchecked:
        """What `.gitattributes` says of these files' attribute `diff`."""
        return self._asked(partial(git_tree.read_diff_attribute, names=names))

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

    def _asked_of_index(
        self, ask: Callable[[GitProcess, RepositoryFacts], T | Unchecked]
    ) -> T | Unchecked:
        """The same for what must know the repository's state."""
        state = self.state
        return state if isinstance(state, Unchecked) else self._asked(lambda git: ask(git, state))

    def _answered(self, ask: Callable[[GitProcess], T], otherwise: T) -> T:
        """What git answers; something else where it does not."""
        try:
            return ask(self._process)
        except GitError:
            return otherwise

    def blobs(self, names: Sequence[str]) -> Mapping[str, bytes | None]:
        """The contents of small blobs, by id; none where git does not answer."""
        try:
            return dict(git_tree.read_blobs(self._process, names))
        except GitError:
            return {}

    def tree_at(self, commit: str) -> Mapping[str, str] | Unchecked:
        """The blobs (hex ids) of the files of a commit's tree by path, links left out."""
        entries = self._asked(lambda git: git_tree.read_commit_tree(git, commit))
        if isinstance(entries, Unchecked):
            return entries
        return {path: entry.blob for path, entry in entries.items() if not entry.is_link}

    def changed_since(self, commit: str) -> tuple[str, ...] | Unchecked:
        """The paths that the work tree has otherwise than a commit, or no longer."""
        return self._asked(lambda git: tuple(read_changed(without_filters(git), commit)))

    def lines_with(
        self, commit: str, words: Sequence[str]
    ) -> tuple[tuple[str, int, str], ...] | Unchecked:
        """Path, number and text of the lines of a commit's files that have one of these words."""
        return self._asked(lambda git: tuple(git_base.read_lines_with(git, commit, words)))

    def base(self) -> tuple[str, str] | Unchecked | None:
        """The commit at which HEAD left the default branch, and that branch; None without one."""
        return self._asked(git_base.find_base)

    def default_branch(self) -> str | None:
        """The name of the branch that others are merged into; None where nothing tells it."""
        return self._answered(git_base.find_default_branch, None)

    def remote_url(self, name: str) -> str | None:
        """The address that a remote is fetched from, as it is configured; None without one."""
        return self._answered(partial(git_base.find_remote_url, name=name), None)

    def lfs_pointers(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of these files of the work tree whose content git LFS keeps elsewhere."""
        from launchready.gateways import git_lfs

        return self._answered(lambda git: git_lfs.read_pointers(git, names), ())

    def changes(self, base: str, head: str | None) -> ChangeFacts | Unchecked:
        """What `head` (None: the work tree) brings on top of where it left `base`."""
        start, tip = self.commit_of(base), self.commit_of(head or "HEAD")
        if start is None or tip is None:
            return missing_commit(base, base if start is None else head or "HEAD")
        try:
            return read_change(self._process, Ends(base=base, old=start, head=head, tip=tip))
        except GitError as error:
            return replace(error.unchecked, target=f"the change since {base}")

    def edited(self, base: str, paths: Collection[str]) -> Mapping[str, str] | None:
        """Those of these paths that the work tree has otherwise than where it left `base`, by git's
        letter for how; None where that cannot be told.
        """
        commit, head = self.commit_of(base), self.commit_of("HEAD")
        if commit is None or head is None:
            return None
        return self._answered(lambda git: read_edited_since(git, commit, head, paths), None)

    def grep_tree(self, pattern: str) -> Iterator[tuple[str, int, str]]:
        """Path, line number and line of each match of a POSIX extended expression in the text files
        of the work tree, or of the folder where there is no repository.
        """
        if isinstance(self.state, Unchecked):
            yield from grep_files(self.root, pattern)
            return
        if self.state.is_bare:
            return
        yield from git_tree.read_matches(self._process, pattern)
