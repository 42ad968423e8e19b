"""The ledger on a branch of its own, which shares no commit with the code.

It is added to by fetching, adding to what is there, and pushing without force; where somebody else
was faster the push is refused, and it begins again, so that none of many writers loses a line.
Measured with six writers and ten lines each: a push alone lost 50 of 60, and a forced one 51 while
every push said that it went well.
"""

import os
import random
import time
from collections.abc import Mapping

from launchready.errors import LaunchReadyError
from launchready.frozen import replace
from launchready.gateways.git_network import networked
from launchready.gateways.git_process import GitError, GitProcess
from launchready.gateways.ledger import Change

FILE = "ledger.jsonl"
_TRIES = 12
_PAUSE_SECONDS = 0.4
_NAME = "launchready"
_MAIL = "launchready@localhost"
_README = """\
# The releases of this repository

`ledger.jsonl` is written by `launchready release` and `launchready rollback`, one line for all that
was deployed, verified and rolled back. Lines are only added: do not edit, squash or force-push.
"""
# Hosts build every branch that is pushed. Vercel reads this from the branch itself; Netlify,
# Render, GitHub and GitLab heed the words in the commit's message.
_VERCEL = '{"git": {"deploymentEnabled": false}}\n'
_SKIP = "[skip ci]"
_BEHIND = (
    "[rejected]",
    "non-fast-forward",
    "fetch first",
    "cannot lock ref",
    "failed to update ref",
)


class BranchStore:
    """A ledger on `branch` of `remote`, asked by the git of one clone, whose work tree, index and
    branches stay as they are.
    """

    def __init__(
        self,
        git: GitProcess,
        branch: str,
        *,
        remote: str = "origin",
        environ: Mapping[str, str] | None = None,
        pause_seconds: float = _PAUSE_SECONDS,
    ) -> None:
        self._remote = remote
        self._branch = branch
        self._ref = f"refs/heads/{branch}"
        self._pause = pause_seconds
        self._local = git
        self._environ = os.environ if environ is None else environ

    def read(self) -> str:
        try:
            return self._text(self._fetched())
        except GitError as error:
            raise self._cannot("read", error) from error

    def amend(self, change: Change, message: str) -> None:
        try:
            for number in range(_TRIES):
                tip = self._fetched()
                new = change(self._text(tip))
                if new is None or self._pushed(self._commit(tip, new, message)):
                    return
                time.sleep(self._pause * random.uniform(0.5, 1.5) * min(number + 1, 5))  # noqa: S311
        except GitError as error:
            raise self._cannot("write to", error) from error
        raise LaunchReadyError(
            f"the ledger on the branch {self._branch} could not be written to: others were faster"
            f" {_TRIES} times",
            hint="run it again",
        )

    def _fetched(self) -> str:
        """The newest commit of the branch, with its contents; "" where there is no branch yet."""
        for _ in range(3):
            told = self._net.run("ls-remote", "--quiet", self._remote, self._ref).split()
            if not told:
                return ""
            tip = told[0].decode()
            self._net.run(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--no-recurse-submodules",
                "--upload-pack=git-upload-pack",
                self._remote,
                self._ref,
            )
            code, _, _ = self._local.attempt("cat-file", "-e", f"{tip}^{{commit}}")
            if not code:
                return tip
        return tip  # reading it will say what is wrong

    def _text(self, tip: str) -> str:
        if not tip:
            return ""
        return self._local.run("cat-file", "blob", f"{tip}:{FILE}").decode("utf-8", "replace")

    def _commit(self, tip: str, text: str, message: str) -> str:
        blobs = {FILE: text, "README.md": _README, "vercel.json": _VERCEL}
        lines = [f"100644 blob {self._written(blobs[name])}\t{name}\n" for name in sorted(blobs)]
        tree = self._made("mktree", text="".join(lines))
        parents = ("-p", tip) if tip else ()
        return self._made("commit-tree", tree, *parents, text=f"{message}\n\n{_SKIP}\n")

    def _written(self, text: str) -> str:
        return self._made("hash-object", "-w", "--stdin", text=text)

    def _made(self, *words: str, text: str) -> str:
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", _NAME), ("EMAIL", _MAIL))
        }
        git = replace(self._local, environ=(*self._local.environ, *who.items()))
        return git.run(*words, text=text.encode()).decode().strip()

    def _pushed(self, commit: str) -> bool:
        """Whether the branch is this commit now; False where somebody else was faster."""
        code, _, said = self._net.attempt(
            "push",
            "--quiet",
            "--no-follow-tags",
            "--no-signed",
            "--no-verify",
            "--recurse-submodules=no",
            "--receive-pack=git-receive-pack",
            self._remote,
            f"{commit}:{self._ref}",
        )
        if not code:
            return True
        if any(sign in said for sign in _BEHIND):
            return False
        raise LaunchReadyError(
            f"the ledger on the branch {self._branch} cannot be pushed: {_last(said)}",
            hint="give the job `permissions: contents: write`, and the branch no protection",
        )

    @property
    def _net(self) -> GitProcess:
        return networked(self._local, self._environ)

    def _cannot(self, what: str, error: GitError) -> LaunchReadyError:
        return LaunchReadyError(
            f"cannot {what} the ledger on the branch {self._branch}: {error.unchecked.reason}",
            hint="see that the remote `origin` can be reached, or keep the ledger in a file",
        )


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "remote:", "!", "error:"))]
    return (told or lines or ["git gives no reason"])[-1][:200]
