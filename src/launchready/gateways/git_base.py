"""Finds the commit that a change starts from, where nobody named it, and words in its files.

Source: https://git-scm.com/docs/git-grep.
"""

from collections.abc import Iterator, Sequence

from launchready.gateways.git_process import GitError, GitProcess, decode_path, explain
from launchready.gateways.git_refs import read_merge_base

_DEFAULTS = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
"""Names of the branch that others are merged into, the surest first."""


def find_base(git: GitProcess) -> tuple[str, str] | None:
    """The commit at which HEAD left the branch that it will be merged into, and that branch's name;
    None where there is no such branch. On the branch itself it is HEAD. Raises GitError.
    """
    for name in _DEFAULTS:
        if (start := read_merge_base(git, name, "HEAD")) is not None:
            return start, name.split("/", 2)[2]
    return None


def find_default_branch(git: GitProcess) -> str | None:
    """The branch that others are merged into, else the one that is checked out; None where HEAD
    names none. Raises GitError.
    """
    if told := _pointed_to(git, _DEFAULTS[0]):
        return told
    for name in _DEFAULTS[1:]:
        if git.attempt("show-ref", "--verify", "--quiet", name)[0] == 0:
            return name.rpartition("/")[2]
    return _pointed_to(git, "HEAD")


def find_remote_url(git: GitProcess, name: str) -> str | None:
    """The address of a remote, None where there is none of that name. Raises GitError."""
    code, output, _ = git.attempt("config", "--get", f"remote.{name}.url")
    return None if code else decode_path(output).strip()


def _pointed_to(git: GitProcess, pointer: str) -> str | None:
    code, output, _ = git.attempt("symbolic-ref", "--quiet", "--short", pointer)
    return None if code else decode_path(output).strip().removeprefix("origin/")


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
