"""`launchready init` and `upgrade`: what a repository needs so that every change is examined."""

import difflib
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from launchready import __version__
from launchready.adoption import Declined, Proposal, pre_commit, workflow
from launchready.adoption.propose import PATHS, Proposer, Wanted, for_init, for_upgrade
from launchready.cli.command import Command
from launchready.cli.output import tell
from launchready.cli.session import open_repository
from launchready.cli.settings import RunSettings
from launchready.documents.manifests import read_manifest
from launchready.errors import LaunchReadyError
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.amending import not_written, refuse_elsewhere, write_all
from launchready.gateways.ci import observe_ci
from launchready.gateways.config_file import find_config
from launchready.gateways.git import Git
from launchready.gateways.git_process import NO_REPOSITORY
from launchready.gateways.progress import Progress
from launchready.gateways.tree import Tree, decoded
from launchready.model import Trait, TraitKind, Unchecked
from launchready.registry import STEPS
from launchready.site import URL
from launchready.stack import recognise

_MANIFEST = "package.json"
_ELSEWHERE = ("github.com", "github.io", "gitlab.com", "npmjs.com", "localhost")
_OTHER_CI = (
    "your CI is not GitHub's: run `launchready check` there as one job that must pass;"
    " docs/other-ci.md has the lines for each"
)


@frozen
class Asked:
    """What the person asked for on the command line."""

    url: str | None = None
    comments: bool = False
    is_agreed: bool = False
    is_shown: bool = False


def init_command() -> click.Command:
    """The command that proposes the config, the workflow and the hooks."""

    def callback(directory: str, url: str | None, *, comment: bool, yes: bool, show: bool) -> None:
        if url is not None and not re.match(URL, url):
            raise LaunchReadyError(
                "--url is no address of a site", hint="give one such as https://www.example.com"
            )
        asked = Asked(url=url, comments=comment, is_agreed=yes, is_shown=show)
        _offer(Path(directory), for_init, asked)

    address = click.Option(
        ["--url"], metavar="URL", help="Address of the live site, which then goes into the config."
    )
    comment = click.Option(
        ["--comment"],
        is_flag=True,
        help="Also a workflow that keeps one comment on each pull request; it may write them.",
    )
    return Command(
        "init",
        params=[*_options(), address, comment],
        callback=callback,
        help="Write launchready.yml, a workflow with one gate to require, and pre-commit hooks:"
        " only what is missing, and only after showing it.",
    )


def upgrade_command() -> click.Command:
    """The command that renews what `init` has written."""

    def callback(directory: str, *, yes: bool, show: bool) -> None:
        _offer(Path(directory), for_upgrade, Asked(is_agreed=yes, is_shown=show))

    return Command(
        "upgrade",
        params=_options(),
        callback=callback,
        help="Renew the lines that `init` wrote; what you wrote beside them stays.",
    )


def _options() -> list[click.Parameter]:
    return [
        click.Option(
            ["-C", "--directory"], default=".", metavar="FOLDER", help="Folder to work in."
        ),
        click.Option(["-y", "--yes"], is_flag=True, help="Write without asking."),
        click.Option(["show", "--print"], is_flag=True, help="Only show what would be written."),
    ]


def _offer(directory: Path, propose: Proposer, asked: Asked) -> None:
    """Show what would change, ask, and write all of it or nothing. Raises LaunchReadyError."""
    git = open_repository(RunSettings(directory=str(directory)), observe_ci(os.environ))
    if isinstance(git.state, Unchecked):
        is_elsewhere = git.state.reason == NO_REPOSITORY
        raise LaunchReadyError(
            f"there is no repository to write to: {git.state.reason}",
            hint="run `git init` first, or name a repository with --directory"
            if is_elsewhere
            else git.state.hint,
        )
    tree = Tree(git, git.root)
    stack = recognise(tree)
    wanted = _wanted(git, tree, stack, asked)
    made = list(propose(wanted, _present(git.root)))
    proposals = [each for each in made if isinstance(each, Proposal)]
    tell(_shown(wanted, made))
    if not proposals:
        tell(["nothing to write: all that is launchready's is there and up to date"])
    elif asked.is_shown:
        tell(["nothing was written: --print only shows"])
    elif asked.is_agreed or _agrees(proposals):
        write_all(git.root, {each.path: each.after for each in proposals})
        tell([*(f"wrote {each.path}" for each in proposals), "", *_next(wanted, proposals)])
    else:
        tell(["nothing was written"])


def _wanted(git: Git, tree: Tree, stack: tuple[Trait, ...], asked: Asked) -> Wanted:
    gateways = Gateways(root=git.root, git=git, progress=Progress(None))
    steps = [entry.load() for entry in STEPS.values()]
    hosts = {each.name for each in stack if each.kind is TraitKind.CI}
    return Wanted(
        steps=tuple(s.name for s in steps if not s.is_live and s.recognises(gateways)),
        branch=git.default_branch() or "main",
        version=__version__,
        stack=stack,
        url=asked.url or _told_url(tree),
        has_config=find_config(git.root) is not None,
        on_github="GitHub Actions" in hosts or not hosts,
        comments=asked.comments,
    )


def _told_url(tree: Tree) -> str | None:
    """The address that the repository's own manifest gives as its home page."""
    found = dict(tree.read([_MANIFEST])) if _MANIFEST in tree.names else {}
    content = found.get(_MANIFEST)
    told = read_manifest(_MANIFEST, content).home_page if isinstance(content, bytes) else ""
    is_ours = told.startswith("https://") and not any(host in told for host in _ELSEWHERE)
    return told if is_ours and re.match(URL, told) else None


def _present(root: Path) -> Mapping[str, str]:
    """The texts of those of our files that are there. Raises LaunchReadyError."""
    found = {}
    for name in PATHS:
        refuse_elsewhere(root, name)
        path = root / name
        if not os.path.lexists(path):
            continue
        try:
            found[name] = decoded(path.read_bytes())
        except OSError as error:
            raise not_written(name, error.strerror or "it cannot be read") from error
    return found


def _shown(wanted: Wanted, made: Sequence[Proposal | Declined]) -> Iterator[str]:
    if wanted.stack:
        yield "recognised: " + ", ".join(f"{each.name} ({each.path})" for each in wanted.stack)
    yield f"steps that find something to look at: {', '.join(wanted.steps)}"
    if not wanted.on_github:
        yield _OTHER_CI
    yield ""
    for each in made:
        match each:
            case Proposal(path=path, why=why):
                yield f"{path}: {why}"
                yield from (f"  {line}" for line in _diff(each))
            case Declined(path=path, reason=reason, lines=lines):
                yield f"{path} is left as it is: {reason}. Put these lines there:"
                yield from (f"  {line}" for line in lines.splitlines())
        yield ""


def _diff(proposal: Proposal) -> Iterator[str]:
    return difflib.unified_diff(
        (proposal.before or "").splitlines(),
        proposal.after.splitlines(),
        fromfile="/dev/null" if proposal.is_new else f"a/{proposal.path}",
        tofile=f"b/{proposal.path}",
        lineterm="",
    )


def _agrees(proposals: Sequence[Proposal]) -> bool:
    """Whether the person at the terminal wants these files. Where there is none, nobody agrees."""
    if not sys.stdin.isatty():
        tell(["there is no terminal to ask at: run it again with --yes to write this"])
        return False
    count = "this file" if len(proposals) == 1 else f"these {len(proposals)} files"
    return click.confirm(f"Write {count}?", default=False, err=True)


def _next(wanted: Wanted, proposals: Sequence[Proposal]) -> Iterator[str]:
    yield "next:"
    yield "  launchready check            # what it says today"
    yield "  launchready baseline         # accept today's findings, so that only new ones fail"
    paths = {each.path for each in proposals}
    if pre_commit.FILE in paths:
        yield "  pre-commit install           # or prek install"
    if workflow.WORKFLOW in paths and wanted.on_github:
        yield "  git add, commit and push; then"
        yield f"  launchready protect          # require `{workflow.GATE}` on {wanted.branch}"
