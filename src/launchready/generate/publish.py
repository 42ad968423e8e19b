"""`python -m launchready.generate.publish`: a release of every action, each in its own repository.

A reference such as `uses: launchready/secret-scan@v1` is a repository and a tag. So each action's
tree, which `make dist` builds, becomes a commit on the branch `releases/v1` of its repository, with
the tags `v1.2.3`, which never moves, and `v1.2` and `v1`, which do. The commit lies on a branch
because GitHub warns of commits that lie on none. All refs of a repository are pushed at once, or
none; a release that is there already is left alone, and one that differs is refused.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from launchready.errors import LaunchReadyError

NAME, ADDRESS = "launchready", "release@launchready.invalid"
_LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE")
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def publish(tree: Path, remote: str, version: str, moment: int) -> str:
    """Push a tree as release `version` to a repository; the commit's name.

    `moment` is its date, in seconds since 1970, so that a second try makes the same commit. Raises
    LaunchReadyError where that release is there with another content, or git fails.
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        raise LaunchReadyError(f"{version!r} is no version", hint="give one such as 1.2.3")
    major, minor = f"v{found[1]}", f"v{found[1]}.{found[2]}"
    branch = f"refs/heads/releases/{major}"
    with tempfile.TemporaryDirectory() as name:
        git = _Git(Path(name), tree, moment)
        git.run("init", "--quiet", "--bare", ".")
        there = git.refs(remote)
        git.run("add", "--all", "--force", ".")
        content = git.run("write-tree")
        if (released := there.get(f"refs/tags/v{version}")) is not None:
            git.run("fetch", "--quiet", "--depth=1", remote, f"refs/tags/v{version}")
            if git.run("rev-parse", f"{released}^{{tree}}") != content:
                raise LaunchReadyError(
                    f"v{version} is released already, with another content",
                    hint="a version is never changed: release the next one",
                )
            return released
        parents: tuple[str, ...] = ()
        if (before := there.get(branch)) is not None:
            git.run("fetch", "--quiet", "--depth=1", remote, branch)
            parents = ("-p", before)
        commit = git.run("commit-tree", content, *parents, "-m", f"Release {version}")
        git.run(
            "push", "--quiet", "--atomic", remote,
            f"{commit}:{branch}", f"+{commit}:refs/heads/main", f"{commit}:refs/tags/v{version}",
            f"+{commit}:refs/tags/{minor}", f"+{commit}:refs/tags/{major}",
        )  # fmt: skip
        return commit


class _Git:
    """git in a repository of its own, with `tree` for its files and nobody's settings."""

    def __init__(self, folder: Path, tree: Path, moment: int) -> None:
        self._folder = folder
        self._tree = tree.resolve()
        date = f"{moment} +0000"
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in _LOCAL},
            "GIT_AUTHOR_NAME": NAME,
            "GIT_AUTHOR_EMAIL": ADDRESS,
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": NAME,
            "GIT_COMMITTER_EMAIL": ADDRESS,
            "GIT_COMMITTER_DATE": date,
            "GIT_TERMINAL_PROMPT": "0",
        }

    def run(self, *words: str) -> str:
        """What git prints. Raises LaunchReadyError."""
        is_added = words[0] == "add"
        tree = ("--work-tree", str(self._tree)) if is_added else ()
        where = ("--git-dir", str(self._folder), *tree)
        done = subprocess.run(
            ["git", "-c", "core.autocrlf=false", "-c", "core.bare=false", *where, *words],
            cwd=self._tree if is_added else self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise LaunchReadyError(
                f"git {words[0]} failed: {said[-1] if said else done.returncode}",
                hint="nothing of this release is half done: mend the cause and run it again",
            )
        return done.stdout.strip()

    def refs(self, remote: str) -> Mapping[str, str]:
        """What the remote's refs name."""
        lines = self.run("ls-remote", remote).splitlines()
        return {name: commit for commit, _, name in (line.partition("\t") for line in lines)}


@click.command()
@click.option("--version", "version", required=True, help="The version, such as 1.2.3.")
@click.option("--trees", type=click.Path(path_type=Path, exists=True), default=Path("dist/actions"))
@click.option("--remote", required=True, help="Address of the repositories, {name} for the action.")
def main(version: str, trees: Path, remote: str) -> None:
    """Release every action's tree."""
    moment = int(os.environ["SOURCE_DATE_EPOCH"])
    for tree in sorted(trees.iterdir()):
        commit = publish(tree, remote.replace("{name}", tree.name), version, moment)
        click.echo(f"{tree.name} v{version} {commit}")


if __name__ == "__main__":
    main()
