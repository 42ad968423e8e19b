"""Reads what a change brings on top of where it left the branch that it goes into.

Source: https://git-scm.com/docs/git-merge-base.
"""

from collections.abc import Collection, Mapping

from launchready.facts.changes import ChangeFacts
from launchready.frozen import frozen
from launchready.gateways.files import count_lines
from launchready.gateways.git_changes import Lines, read_edited, read_lines
from launchready.gateways.git_process import GitProcess
from launchready.gateways.git_refs import read_merge_base
from launchready.gateways.git_state import without_filters
from launchready.gateways.git_tree import read_untracked
from launchready.model import Unchecked


@frozen
class Ends:
    """Between what a change lies: `base` and `head` as a person names them, and the commits (hex
    ids) that they name. Without a head it is the work tree, and `tip` is HEAD.
    """

    base: str
    old: str
    head: str | None
    tip: str


def read_change(git: GitProcess, ends: Ends) -> ChangeFacts | Unchecked:
    """What the head brings on top of where it left the base. `git` is at the top of the work tree.

    Raises GitError.
    """
    start = read_merge_base(git, ends.old, ends.tip)
    if start is None:
        shared = f"{ends.base} and {ends.head or 'HEAD'} share"
        return _no_base(ends.base, f"this clone has no commit that {shared}")
    commits = git.run("rev-list", ends.tip, f"^{start}")
    compared = (start,) if ends.head is None else (start, ends.tip)
    added, near = read_lines(without_filters(git), *compared)
    if ends.head is None:
        fresh = _untracked_lines(git)
        added, near = {**added, **fresh}, {**near, **fresh}
    return ChangeFacts(
        base=start,
        head=None if ends.head is None else ends.tip,
        commits=frozenset(commits.decode("ascii").split()),
        lines=added,
        context=near,
    )


def read_edited_since(
    git: GitProcess, base: str, head: str, paths: Collection[str]
) -> Mapping[str, str]:
    """Those of these paths that the work tree has otherwise than where `head` left `base`, by git's
    letter for how. Raises GitError.
    """
    start = read_merge_base(git, base, head) or base
    return read_edited(without_filters(git), start, paths)


def missing_commit(base: str, revision: str) -> Unchecked:
    """What is said where one of a change's ends is not there."""
    return _no_base(base, f"there is no commit {revision} in this clone")


def _untracked_lines(git: GitProcess) -> Lines:
    return {name: count_lines(git.folder / name) for name in read_untracked(git)}


def _no_base(base: str, reason: str) -> Unchecked:
    return Unchecked(
        target=f"the change since {base}",
        reason=reason,
        hint="see that the name is right and fetch the whole history: `fetch-depth: 0` for"
        " actions/checkout, `git fetch --unshallow` in a shallow clone",
    )
