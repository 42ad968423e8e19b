"""A repository's own settings run no program and change no answer, whatever they say."""

import contextlib
import subprocess
from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.facts.git import RepositoryFacts
from launchready.gateways.git import Git


@pytest.fixture
def traps(tmp_path: Path) -> tuple[Repository, Path]:
    """A repository in which every setting that names a program names one that leaves a mark."""
    repository = Repository.at(tmp_path / "repository")
    mark = tmp_path / "mark"
    trap = tmp_path / "trap.sh"
    trap.write_text(f'#!/bin/sh\necho "$0 $*" >> {mark}\ncat\n')
    trap.chmod(0o755)
    repository.commit(
        {"a.txt": "old\n", ".gitattributes": "* filter=trap diff=trap\n", "b.txt": "b\n"}
    )
    for hook in ("post-index-change", "reference-transaction", "pre-commit"):
        (repository.path / ".git/hooks").mkdir(exist_ok=True)
        (repository.path / ".git/hooks" / hook).symlink_to(trap)
    repository.write({"a.txt": "new\n", "c.txt": "c\n"})
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "gpg.program",
        "pager.log",
        "pager.diff",
        "interactive.diffFilter",
        "core.alternateRefsCommand",
    ):
        repository.git("config", key, str(trap))
    repository.git("config", "filter.trap.required", "true")
    repository.git("config", "log.showSignature", "true")
    mark.unlink(missing_ok=True)
    return repository, mark


def test_no_program_runs(traps: tuple[Repository, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    repository, mark = traps
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(mark.parent / "trap.sh"))
    monkeypatch.setenv("GIT_PAGER", str(mark.parent / "trap.sh"))
    git = Git.around(repository.path)
    assert isinstance(git.state, RepositoryFacts)
    head = git.state.head
    assert head
    history, unchecked = git.history()
    assert unchecked == ()
    list(git.objects(list(history.blobs)))
    git.storage_order(history.blobs)
    git.commits([head])
    git.head_paths(history.blobs)
    git.staged()
    git.staged_lines()
    git.tree_files()
    assert list(git.grep_tree("new")) == [("a.txt", 1, "new")]
    git.changes(head, None)
    git.changes(head, head)
    assert not mark.exists(), mark.read_text()


def test_the_trap_works(traps: tuple[Repository, Path]) -> None:
    repository, mark = traps
    with contextlib.suppress(subprocess.CalledProcessError):
        repository.git("add", "c.txt")
    assert mark.exists()


SETTINGS = {
    "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true",
    "diff.relative": "true",
    "diff.interHunkContext": "20",
    "diff.context": "9",
    "diff.orderFile": "/nonexistent",
    "diff.renames": "false",
    "diff.submodule": "log",
    "diff.suppressBlankEmpty": "true",
    "color.ui": "always",
    "color.diff": "always",
    "color.grep": "always",
    "core.quotePath": "true",
    "core.abbrev": "5",
    "grep.lineNumber": "false",
    "grep.column": "true",
    "grep.fullName": "true",
    "grep.patternType": "fixed",
    "log.showRoot": "false",
    "log.showSignature": "true",
    "log.decorate": "full",
    "log.date": "relative",
    "log.diffMerges": "off",
    "log.follow": "true",
    "log.abbrevCommit": "true",
    "log.mailmap": "true",
    "format.pretty": "oneline",
    "status.relativePaths": "false",
    "submodule.recurse": "true",
}


def _answers(repository: Repository) -> object:
    git = Git.around(repository.path)
    history, _ = git.history()
    head = git.commit_of("HEAD")
    assert head
    return (
        git.state,
        history,
        git.commits([head]),
        git.staged(),
        git.staged_lines(),
        git.tree_files(),
        list(git.grep_tree("line [0-9]$")),
        git.changes("HEAD~", None),
        git.changes("HEAD~2", "HEAD"),
    )


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_setting_changes_an_answer(tmp_path: Path, setting: str) -> None:
    repository = Repository.at(tmp_path / "repository")
    ten = "".join(f"line {number}\n" for number in range(1, 11))
    repository.commit({"dir/ä.txt": ten, "moved.txt": ten * 3})
    repository.commit({".mailmap": "B <b@example.com> <founder@example.com>\n"})
    repository.branch("side")
    repository.commit({"side.txt": "s\n"})
    repository.git("checkout", "--quiet", "main")
    repository.merge("side", {"side.txt": "merged\n"})
    repository.commit({"dir/ä.txt": ten.replace("line 2\n", "").replace("line 8", "\n")})
    repository.git("mv", "moved.txt", "to.txt")
    repository.write({"dir/ä.txt": ten, "new.txt": ten})
    plain = _answers(repository)
    repository.git("config", setting, SETTINGS[setting])
    assert _answers(repository) == plain
