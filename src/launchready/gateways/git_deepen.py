"""Fetches what a shallow or partial clone left out.

git itself chooses the remote, as `git fetch` does. Source: https://git-scm.com/docs/git-fetch.
"""

import os

from launchready.gateways.git_network import networked
from launchready.gateways.git_process import GitError, GitProcess, explain
from launchready.model import Unchecked

_WORDS = (
    "fetch",
    "--quiet",
    "--tags",
    "--no-filter",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--no-recurse-submodules",
    "--upload-pack=git-upload-pack",  # before remote.NAME.uploadpack
)
_HINT = "run `git fetch --unshallow` where the remote can be reached, or set `fetch-depth: 0`"


def deepen(git: GitProcess, *, is_shallow: bool) -> Unchecked | None:
    """Fetch the older commits, and the objects that a filter kept out; None if that went well."""
    words = [*_WORDS]
    if is_shallow:
        words.append("--unshallow")
    try:
        if _is_partial(git):
            words.append("--refetch")
        elif not is_shallow:
            return None
        code, _, errors = networked(git, os.environ).attempt(*words)
    except GitError as error:
        return error.unchecked
    if not code:
        return None
    reason = explain(git.folder, errors).reason
    return Unchecked(target="the rest of the git history", reason=reason, hint=_HINT)


def _is_partial(git: GitProcess) -> bool:
    code, output, _ = git.attempt("config", "--get-regexp", r"^remote\..*\.promisor$")
    return not code and b"true" in output
