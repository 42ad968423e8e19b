"""Asks what the refs name, and which commits they reach.

Sources: https://git-scm.com/docs/git-for-each-ref, https://git-scm.com/docs/git-rev-list and
https://git-scm.com/docs/git-cat-file.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product

from launchready.facts.git import HistoryScope, RefFacts
from launchready.gateways.git_process import GitProcess, decode_path, records


def read_object(git: GitProcess, revision: str, kind: str) -> str | None:
    """The full id of what a revision names, None where it names none of this kind: `commit`, or
    `object` for any. Raises GitError.
    """
    code, output, _ = git.attempt(
        "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{{kind}}}"
    )
    return output.decode("ascii", "replace").strip() if code == 0 else None


def read_merge_base(git: GitProcess, one: str, other: str) -> str | None:
    """The commit at which two others parted, None where this clone has none. Raises GitError."""
    code, output, _ = git.attempt("merge-base", one, other)
    return None if code else output.decode("ascii").split()[0]


def read_refs(git: GitProcess, *words: str) -> tuple[RefFacts, ...]:
    """Every ref, in the order of their names; not HEAD itself. Raises GitError.

    `words` are further ones of `git for-each-ref`.
    """
    form = "--format=%(objecttype) %(objectname) %(refname)"
    entries = (line.split(b" ", 2) for line in git.run("for-each-ref", form, *words).splitlines())
    return tuple(
        RefFacts(name=decode_path(name), object=each.decode("ascii"), kind=kind.decode("ascii"))
        for kind, each, name in entries
    )


def read_branches(git: GitProcess, most: int) -> tuple[RefFacts, ...]:
    """The branches with the newest commits, local ones and those of remotes. Raises GitError."""
    newest = ("--sort=refname", "--sort=-committerdate", f"--count={most}")
    return read_refs(git, *newest, "refs/heads", "refs/remotes")


def read_present(git: GitProcess, names: Iterable[str]) -> frozenset[str]:
    """Those of these objects (hex ids) that are in the store. Raises GitError."""
    asked = "".join(f"{name}\n" for name in names).encode("ascii")
    if not asked:
        return frozenset()
    listing = git.run("cat-file", "--batch-check=%(objectname)", text=asked)
    return frozenset(line.decode("ascii") for line in listing.splitlines() if b" " not in line)


def are_reached(git: GitProcess, commits: Collection[str]) -> bool:
    """Whether refs or HEAD reach all of these commits, which are in the store. Raises GitError."""
    if not commits:
        return True
    asked = "".join(f"{commit}\n" for commit in commits).encode("ascii")
    one = ("rev-list", "--max-count=1", "--stdin", "--not")
    code, beyond, _ = git.attempt(*one, "HEAD", text=asked)  # the usual case, and no ref is read
    return (not code and not beyond) or not git.run(*one, "--all", text=asked)


def read_reached(git: GitProcess, commits: Collection[str]) -> frozenset[str]:
    """Those of these commits that refs or HEAD reach. Raises GitError."""
    wanted = {commit.encode("ascii") for commit in commits}
    with git.stream("rev-list", "--all") as (output, finish):
        found = frozenset(name.decode("ascii") for name in records(output, b"\n") if name in wanted)
        finish()
    return found


def is_cut(git: GitProcess, scope: HistoryScope) -> bool:
    """Whether the scope holds a commit whose parents a shallow clone left out. Raises GitError.

    Such commits are listed in the file `shallow`: https://git-scm.com/docs/shallow.
    """
    name = git.run("rev-parse", "--git-path", "shallow").removesuffix(b"\n")
    try:
        cut = frozenset((git.folder / decode_path(name)).read_bytes().split())
    except FileNotFoundError:
        return False
    lines = (*(scope.tips or ()), *(f"^{commit}" for commit in scope.without))
    listing = git.run("rev-list", "--stdin", text="".join(f"{one}\n" for one in lines).encode())
    return not cut.isdisjoint(listing.split())


def read_descent(git: GitProcess, commits: Iterable[str], since: int) -> tuple[str, ...]:
    """These commits, all committed at `since` or later, children before parents. Raises GitError.

    Nothing older is walked over.
    """
    wanted = frozenset(commits)
    asked = "".join(f"{commit}\n" for commit in sorted(wanted)).encode("ascii")
    words = ("rev-list", "--topo-order", f"--max-age={since}", "--stdin")
    listing = git.run(*words, text=asked).decode("ascii").split()
    return tuple(commit for commit in listing if commit in wanted)


def read_standing(
    git: GitProcess, tips: Sequence[str], paths: Sequence[str]
) -> Mapping[tuple[str, str], str]:
    """The blob that each of these commits has at each of these paths. Raises GitError.

    A path with a line end cannot be asked for and is left out.
    """
    pairs = list(product(tips, (path for path in paths if "\n" not in path)))
    if not pairs:
        return {}
    asked = b"".join(tip.encode("ascii") + b":" + os.fsencode(path) + b"\n" for tip, path in pairs)
    listing = git.run("cat-file", "--batch-check=%(objectname)", text=asked)
    answers = listing.decode("utf-8", "surrogateescape").split("\n")
    return {
        pair: answer
        for pair, answer in zip(pairs, answers, strict=False)
        if not answer.endswith((" missing", " submodule"))
    }
