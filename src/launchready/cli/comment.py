"""`launchready comment`: one comment on the pull request, changed with every run.

It runs in a workflow of its own, after the one that examined: that one may be a stranger's and has
no right to write (docs.github.com, "Events that trigger workflows: workflow_run").
"""

import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from launchready.cli.command import Command
from launchready.cli.output import tell, write_stdout
from launchready.errors import LaunchReadyError
from launchready.gateways.github_api import API, REPOSITORY, TOKEN
from launchready.gateways.github_comments import GitHubComments
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import token_of
from launchready.regex import Regex
from launchready.reporters.comment import MARK, comment

MOST_FILES = 100
MOST_BYTES = 16 << 20

_COMMIT = Regex(r"[0-9a-f]{40}([0-9a-f]{24})?")
_PAGE = Regex(r"https://[A-Za-z0-9.-]+/[A-Za-z0-9._/-]+")


def comment_command() -> click.Command:
    """The command that comments."""
    return Command(
        "comment",
        params=[
            click.Argument(["folder"], metavar="FOLDER"),
            click.Option(["--commit"], required=True, metavar="SHA", help="Commit of the reports."),
            click.Option(
                ["--run"], metavar="URL", default="", help="Address of the run, for a link to it."
            ),
            click.Option(["show", "--print"], is_flag=True, help="Only show the comment."),
        ],
        callback=_comment,
        help="Comment on the pull request whose newest commit is SHA, from the JSON reports in"
        " FOLDER; the same comment is changed from then on. Where that is not permitted it says so"
        " and ends well: the verdict is the other workflow's.",
    )


def _comment(folder: str, commit: str, run: str, *, show: bool) -> None:
    if not _COMMIT.fullmatch(commit):
        raise LaunchReadyError("--commit is no commit's full name", hint="give all 40 digits")
    if not Path(folder).is_dir():
        raise LaunchReadyError(
            "there is no folder of that name", hint="name the one that holds the JSON reports"
        )
    read = list(_read(Path(folder)))
    documents = [document for document in read if document is not None]
    page = run if _PAGE.fullmatch(run) else ""
    text = comment(documents, commit, len(read) - len(documents), page)
    if show:
        write_stdout([text])
        return
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    if not REPOSITORY.fullmatch(repository):
        raise LaunchReadyError(
            "it is not known of which repository",
            hint="set the variable GITHUB_REPOSITORY to owner/name",
        )
    api = os.environ.get("GITHUB_API_URL", "") or API
    tell(_put(GitHubComments(api, repository, token_of(TOKEN)), commit, text))


def _put(comments: GitHubComments, commit: str, text: str) -> Iterator[str]:
    try:
        pulls = comments.pulls_of(commit)
        for pull in pulls:
            yield f"#{pull}: the comment was {comments.put(pull, MARK, text)}"
        if not pulls:
            yield f"no open pull request has {commit[:12]} as its newest commit: nothing to say"
    except HostError as error:
        if error.trouble not in (Trouble.AUTH, Trouble.NOT_FOUND):
            raise LaunchReadyError(f"GitHub: {error}", hint="run this job again") from None
        yield f"not permitted, so there is no comment: {error}"


def _read(folder: Path) -> Iterator[Any]:
    """What each JSON file holds; None where it is none, or more than a report is."""
    for path in islice(sorted(folder.rglob("*.json")), MOST_FILES):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            yield None
            continue
        try:
            yield json.loads(path.read_bytes())
        except (ValueError, RecursionError, OSError):
            yield None
