"""Asks what kind of repository a folder is in."""

import re
from dataclasses import replace
from pathlib import Path

from launchready.facts.git import RepositoryFacts
from launchready.gateways.git_process import GitError, GitProcess, explain
from launchready.model import Unchecked
from launchready.regex import Regex

# The ids of the tree without entries, which git knows without having it stored.
_EMPTY_TREES = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_FILTER = Regex(rb"(filter\..*\.)(?:clean|smudge|process|required)", re.DOTALL)


def read_state(git: GitProcess) -> RepositoryFacts | Unchecked:
    """The state of the repository around git's folder, with one process for the usual case.

    `git rev-parse` prints its answers in order until one fails: in a bare repository that is
    `--show-toplevel`, before the first commit it is HEAD.
    """
    questions = ("--is-bare-repository", "--is-shallow-repository", "--show-object-format")
    try:
        code, output, errors = git.attempt(
            "rev-parse", *questions, "--show-toplevel", "HEAD^{commit}"
        )
        answers = output.decode("utf-8", "surrogateescape").split("\n")
        if len(answers) < 4:
            return explain(git.folder, errors)
        has_tree = "must be run in a work tree" not in errors
        return RepositoryFacts(
            root=Path(answers[3]) if has_tree else git.folder,
            head=(answers[4] if not code else None) if has_tree else _bare_head(git),
            empty_tree=_EMPTY_TREES.get(answers[2], _EMPTY_TREES["sha1"]),
            is_bare=not has_tree,
            is_shallow=answers[1] == "true",
        )
    except GitError as error:
        return error.unchecked


def _bare_head(git: GitProcess) -> str | None:
    code, output, _ = git.attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    return output.decode("ascii").strip() if not code else None


def without_filters(git: GitProcess) -> GitProcess:
    """The same git, with the filter programs of every config file switched off.

    Comparing the work tree would run them: gitattributes(5), "filter". An empty command is none.
    """
    code, output, _ = git.attempt("config", "--null", "--name-only", "--get-regexp", r"^filter\.")
    if code:
        return git
    matches = (_FILTER.fullmatch(key) for key in output.split(b"\0"))
    drivers = {match[1].decode("utf-8", "surrogateescape") for match in matches if match}
    return replace(
        git,
        config=tuple(
            (f"{driver}{key}", value)
            for driver in sorted(drivers)
            for key, value in (("clean", ""), ("process", ""), ("required", "false"))
        ),
    )
