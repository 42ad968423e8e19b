"""Finds the commit that a change starts from, where nobody named it, and lists a commit's tree.

Sources: https://git-scm.com/docs/git-merge-base, https://git-scm.com/docs/git-ls-tree.
"""

from collections.abc import Iterator, Mapping, Sequence

from launchready.gateways.git_index import GITLINK
from launchready.gateways.git_process import GitError, GitProcess, decode_path, explain

_DEFAULTS = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
"""Names of the branch that others are merged into, the surest first."""


def read_tree(git: GitProcess, commit: str) -> Mapping[str, str]:
    """The blobs (hex ids) of a commit's tree by path from the top, links and submodules left out.

    Raises GitError.
    """
    found = {}
    for entry in git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        facts, _, path = entry.partition(b"\t")
        if path and not facts.startswith((GITLINK, b"120000")):
            found[decode_path(path)] = facts.rpartition(b" ")[2].decode("ascii")
    return found


def find_base(git: GitProcess) -> tuple[str, str] | None:
    """The commit at which HEAD left the branch that it will be merged into, and that branch's name;
    None where there is no such branch. On the branch itself it is HEAD. Raises GitError.
    """
    for name in _DEFAULTS:
        code, output, _ = git.attempt("merge-base", name, "HEAD")
        if not code and (lines := output.split()):
            return lines[0].decode("ascii"), name.split("/", 2)[2]
    return None


def read_changed(git: GitProcess, commit: str) -> tuple[str, ...]:
    """The paths that the work tree has otherwise than a commit, or no longer. Raises GitError."""
    words = ("diff", "--no-renames", "--no-ext-diff", "--ignore-submodules=all", "--no-relative")
    return tuple(
        decode_path(path)
        for path in git.run(*words, "--name-only", "-z", commit, "--").split(b"\0")
        if path
    )


def read_lines_with(
    git: GitProcess, commit: str, words: Sequence[str]
) -> Iterator[tuple[str, int, str]]:
    """Path, line number and line of each line of a commit's text files that has one of these words
    with nothing of a word beside it. Raises GitError.
    """
    asked = [piece for word in words for piece in ("-e", word)]
    switches = ("-n", "-z", "-I", "-w", "-F", "--no-color", "--no-textconv", "--full-name")
    code, output, errors = git.attempt("grep", *switches, *asked, commit, "--")
    if code not in (0, 1):
        raise GitError(explain(git.folder, errors))
    for line in output.split(b"\n"):
        name, _, rest = line.partition(b"\0")
        number, _, text = rest.partition(b"\0")
        if number.isdigit():
            path = decode_path(name).partition(":")[2]
            yield path, int(number), text.decode("utf-8", "replace")
