"""Fetches what a shallow or partial clone left out: the only use of git that reaches the network.

Source: https://git-scm.com/docs/git-fetch. git itself chooses the remote, as `git fetch` does.
"""

from dataclasses import replace

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
)
# A server that sends next to nothing for a minute is given up: git-config(1), http.lowSpeedLimit.
_PATIENCE = (("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "60"))
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
        code, _, errors = replace(git, may_fetch=True, config=_PATIENCE).attempt(*words)
    except GitError as error:
        return error.unchecked
    if not code:
        return None
    reason = explain(git.folder, errors).reason
    return Unchecked(target="the rest of the git history", reason=reason, hint=_HINT)


def _is_partial(git: GitProcess) -> bool:
    code, output, _ = git.attempt("config", "--get-regexp", r"^remote\..*\.promisor$")
    return not code and b"true" in output
