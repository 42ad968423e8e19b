"""Which files `init` and `upgrade` would write, and which a person has to edit."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from launchready.adoption import Declined, Proposal, pre_commit, settings_file, workflow
from launchready.adoption.marks import marked, renewed
from launchready.frozen import frozen, replace
from launchready.model import Trait, TraitKind


@frozen
class Wanted:
    """What a repository gets. `steps` are those that find something to look at; `has_config` says
    that there is a config file, under whichever of its names; `on_github` that its CI is GitHub's;
    `comments` that pull requests get a comment.
    """

    steps: tuple[str, ...]
    branch: str
    version: str
    stack: tuple[Trait, ...]
    url: str | None
    has_config: bool
    on_github: bool
    comments: bool = False


def for_init(wanted: Wanted, files: Mapping[str, str]) -> Iterator[Proposal | Declined]:
    """What is missing. `files` are the present texts of those of our files that exist."""
    if not wanted.has_config:
        mail = [each.name for each in wanted.stack if each.kind is TraitKind.MAIL]
        text = settings_file.settings_file(wanted.stack, wanted.url, mail)
        yield Proposal(
            path=settings_file.FILE,
            before=None,
            after=text,
            why="what every step goes by; every line in it may be changed or taken out",
        )
    if wanted.on_github:
        for path, (text, why) in _workflows(wanted).items():
            if path not in files and _is_wanted(path, wanted):
                yield Proposal(path=path, before=None, after=marked(text), why=why)
            elif path == workflow.WORKFLOW and workflow.GATE not in files.get(path, ""):
                yield Declined(
                    path=path,
                    reason="it is there already, and has no job of that name",
                    lines=text,
                )
    yield from _hooks(wanted, files.get(pre_commit.FILE))


def for_upgrade(wanted: Wanted, files: Mapping[str, str]) -> Iterator[Proposal | Declined]:
    """What of ours is out of date."""
    wanted = replace(wanted, comments=workflow.COMMENT_WORKFLOW in files)
    for path, (text, why) in _workflows(wanted).items():
        if path in files:
            after = renewed(files[path], text)
            if after is None:
                reason = "it has not the two marks that tell which lines are launchready's"
                yield Declined(path=path, reason=reason, lines=marked(text))
            else:
                yield from _changed(path, files[path], after, why)
    if before := files.get(pre_commit.FILE):
        after = pre_commit.with_release(before, wanted.version)
        yield from _changed(pre_commit.FILE, before, after, "the hooks of the present release")


def _workflows(wanted: Wanted) -> Mapping[str, tuple[str, str]]:
    """Every workflow of ours, with what it is for."""
    return {
        workflow.WORKFLOW: (
            workflow.workflow(wanted.steps, wanted.branch, keeps_reports=wanted.comments),
            f"runs on every pull request; require its check `{workflow.GATE}`",
        ),
        workflow.LIVE_WORKFLOW: (
            workflow.live_workflow(),
            "asks the site what customers ask, after every deployment",
        ),
        workflow.COMMENT_WORKFLOW: (
            workflow.comment_workflow(wanted.version),
            "keeps one comment on each pull request, those of forks too",
        ),
    }


def _is_wanted(path: str, wanted: Wanted) -> bool:
    return {
        workflow.LIVE_WORKFLOW: bool(wanted.url),
        workflow.COMMENT_WORKFLOW: wanted.comments,
    }.get(path, True)


def _hooks(wanted: Wanted, before: str | None) -> Iterator[Proposal | Declined]:
    after = pre_commit.with_entry(before, wanted.steps, wanted.version)
    if after is None:
        yield Declined(
            path=pre_commit.FILE,
            reason="its `repos` are written in a form that nothing is added to",
            lines=pre_commit.entry(wanted.steps, wanted.version),
        )
        return
    yield from _changed(pre_commit.FILE, before, after, "stops a secret before it is committed")


def _changed(path: str, before: str | None, after: str, why: str) -> Iterator[Proposal]:
    if before != after:
        yield Proposal(path=path, before=before, after=after, why=why)


Proposer = Callable[[Wanted, Mapping[str, str]], Iterator[Proposal | Declined]]
PATHS: Sequence[str] = (
    workflow.WORKFLOW,
    workflow.LIVE_WORKFLOW,
    workflow.COMMENT_WORKFLOW,
    pre_commit.FILE,
)
"""The files that are looked at."""
