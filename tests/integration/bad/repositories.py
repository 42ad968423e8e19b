"""Folders that are no repository, or not quite one, or another one than it seems."""

import os

from tests.integration.bad.cases import LEAK, NO_REPOSITORY, Shop, found, gap, removed
from tests.repository import Repository

NOWHERE = "git: GIT_DIR, or the .git file of this folder, names a repository that is not there"


def _no_git(shop: Shop) -> None:
    (shop.place / "empty").mkdir()
    shop.environ["PATH"] = str(shop.place / "empty")


def _no_repository(shop: Shop) -> None:
    shop.folder = shop.place / "plain"
    shop.folder.mkdir()
    (shop.folder / "page.py").write_text("print('tea')\n", encoding="utf-8")


def _empty_folder(shop: Shop) -> None:
    shop.folder = shop.place / "nothing"
    shop.folder.mkdir()


def _no_commit(shop: Shop) -> None:
    shop.repository = Repository.at(shop.place / "new")
    shop.folder = shop.repository.path


def _no_commit_yet_but_files(shop: Shop) -> None:
    _no_commit(shop)
    shop.repository.write({"pay.py": LEAK})


def _bare(shop: Shop) -> None:
    removed(shop)
    _clone(shop, "--bare")


def _clone(shop: Shop, *options: str) -> None:
    copy = shop.place / "copy"
    shop.repository.git("clone", "--quiet", *options, f"file://{shop.folder}", str(copy))
    shop.repository, shop.folder = Repository(path=copy), copy


def _shallow(shop: Shop) -> None:
    removed(shop)
    _clone(shop, "--depth=1")


def _partial(shop: Shop) -> None:
    removed(shop)
    shop.repository.git("config", "uploadpack.allowFilter", "true")
    _clone(shop, "--filter=blob:none")


def _with_submodule(shop: Shop) -> None:
    library = Repository.at(shop.place / "library")
    library.commit({"old.py": LEAK})
    shop.repository.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library.path), "lib"
    )
    shop.repository.commit({}, "Use the library")


def _with_empty_submodule(shop: Shop) -> None:
    _with_submodule(shop)
    _clone(shop)


def _detached(shop: Shop) -> None:
    shop.repository.git("checkout", "--quiet", "--detach")
    shop.repository.commit({"pay.py": LEAK})


def _work_tree(shop: Shop) -> None:
    shop.repository.git("worktree", "add", "--quiet", "--detach", str(shop.place / "linked"))
    shop.repository, shop.folder = Repository(path=shop.place / "linked"), shop.place / "linked"
    shop.repository.commit({"pay.py": LEAK})


def _pruned_work_tree(shop: Shop) -> None:
    _work_tree(shop)
    (shop.place / "linked/.git").write_text("gitdir: ../shop/.git/worktrees/gone\n", "utf-8")


def _of_another_user(shop: Shop) -> None:
    if os.geteuid():
        shop.environ["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"  # setup.c of git, its own tests' way
        return
    for path in (shop.folder, *shop.folder.rglob("*")):
        os.chown(path, 65534, 65534, follow_symlinks=False)


def _git_file_to_nowhere(shop: Shop) -> None:
    shop.folder = shop.place / "module"
    shop.folder.mkdir()
    (shop.folder / ".git").write_text("gitdir: ../nowhere\n", encoding="utf-8")


def _sign(repository: Repository) -> None:
    """Give the last commit a signature, which git has a program look at."""
    head, _, message = repository.git("cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----"
    text = f"{head}\n{signature}\n\n{message}\n"
    signed = repository.git("hash-object", "-t", "commit", "-w", "--stdin", text=text)
    repository.git("update-ref", "HEAD", signed)


def _programs(shop: Shop) -> None:
    """Everything in a repository's own files that git would run on some occasion."""
    program = shop.folder / "program"
    shop.repository.commit(
        {
            "program": f"#!/bin/sh\ntouch '{shop.place}/ran'\ncat\n",
            ".gitattributes": "* diff=evil filter=evil\n",
        }
    )
    _sign(shop.repository)
    shop.repository.stage({"pay.py": LEAK})
    shop.repository.write({"app/page.py": "print('changed and not staged')\n"})
    program.chmod(0o755)
    hooks = ("post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout")
    shop.repository.write({f".git/hooks/{hook}": program.read_text() for hook in hooks})
    for hook in hooks:
        (shop.folder / f".git/hooks/{hook}").chmod(0o755)
    keys = (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass"),
        *("core.gitProxy", "credential.helper", "diff.external", "diff.evil.textconv"),
        *("diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process"),
        *("gpg.program", "interactive.diffFilter", "sequence.editor", "uploadpack.packObjectsHook"),
        *("pager.log", "pager.diff", "pager.grep", "extensions.partialClone", "man.viewer"),
    )
    for key in keys:
        shop.repository.git("config", key, str(program))
    for name in ("log", "ls-files", "cat-file", "rev-parse", "diff-index", "grep"):
        shop.repository.git("config", f"alias.{name}", f"!{program}")
    shop.repository.git("config", "log.showSignature", "true")
    shop.repository.git("config", "core.hooksPath", str(shop.folder / ".git/hooks"))
    shop.repository.git("config", "remote.origin.url", f"ext::{program}")
    shop.repository.git("config", "remote.origin.promisor", "true")


def _partial_from_a_program(shop: Shop) -> None:
    """Git before 2.45 fetches what is missing as soon as anyone asks for it."""
    _partial(shop)
    shop.repository.git("config", "protocol.ext.allow", "always")
    shop.repository.git("config", "remote.origin.url", f"ext::touch {shop.place}/ran")


def _git_folder_of_the_environment(shop: Shop) -> None:
    shop.environ["GIT_DIR"] = str(shop.place / "nowhere.git")


REPOSITORIES = (
    gap("no git on the PATH", _no_git, "git: git is not on the PATH"),
    gap("no repository", _no_repository, NO_REPOSITORY),
    gap("an empty folder", _empty_folder, NO_REPOSITORY),
    gap(
        "no commit yet",
        _no_commit,
        "the repository: it holds no commit and no file, so nothing was examined",
    ),
    found("no commit yet, but files", _no_commit_yet_but_files),
    found("no work tree", _bare),
    gap(
        "a clone without the older commits",
        _shallow,
        "the git history: this is a shallow clone: the older commits are not in it",
    ),
    gap(
        "a clone without the older files",
        _partial,
        "the git history: this clone lacks objects that its commits name: 1 of them",
    ),
    gap(
        "a clone without the older files, that a program would fetch",
        _partial_from_a_program,
        "the change since HEAD~: this is a partial clone: git left out objects that are needed",
        words=("check", "--base-ref", "HEAD~"),
    ),
    gap(
        "a submodule, which is a repository of its own",
        _with_submodule,
        "lib: it is a repository of its own, whose history and files are not looked at here",
    ),
    gap(
        "a submodule that is not there",
        _with_empty_submodule,
        "lib: it is a submodule, a repository of its own, that is not checked out",
    ),
    found("a commit on no branch", _detached),
    found("a linked work tree", _work_tree),
    gap("a linked work tree that was pruned", _pruned_work_tree, NOWHERE),
    gap(
        "a repository of another user",
        _of_another_user,
        "git: the repository belongs to another user, so git refuses to read it",
        code_in_actions=0,
    ),
    gap("a .git file that points nowhere", _git_file_to_nowhere, NOWHERE),
    gap("GIT_DIR set to nonsense", _git_folder_of_the_environment, NOWHERE),
    found("every way to have git run a program", _programs),
    found(
        "every way to have git run a program, as it compares",
        _programs,
        words=("check", "--base-ref", "HEAD"),
    ),
    found(
        "every way to have git run a program, before a commit",
        _programs,
        words=("secret-scan", "--staged"),
    ),
)
