"""`launchready protect`: require the gate on the default branch, and say where that is not so."""

import json
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from launchready.adoption import protection, workflow
from launchready.adoption.protection import Standing, drift, required_by
from launchready.cli.command import Command
from launchready.cli.output import tell
from launchready.cli.session import open_repository
from launchready.cli.settings import RunSettings
from launchready.errors import LaunchReadyError
from launchready.gateways.ci import observe_ci
from launchready.gateways.git import Git
from launchready.gateways.github_api import API, REPOSITORY, TOKEN
from launchready.gateways.github_rules import GitHubRules
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import token_of
from launchready.gateways.tree import decoded

_REMOTE = re.compile(r"github\.com[:/]([A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}?)(?:\.git)?/?$")
_MAY = (
    "give it a token that may administer the repository: a fine-grained one with"
    " `administration: write`, or `gh auth token` of an admin"
)


def protect_command() -> click.Command:
    """The command that requires the gate."""

    def callback(directory: str, repository: str | None, *, apply: bool) -> int:
        git = open_repository(RunSettings(directory=directory), observe_ci(os.environ))
        name = repository or os.environ.get("GITHUB_REPOSITORY") or _origin(git)
        if not REPOSITORY.fullmatch(name):
            raise LaunchReadyError(
                "it is not known which repository on GitHub is meant",
                hint="name it with --repository owner/name",
            )
        if not apply and not os.environ.get(TOKEN):
            tell(_by_hand(name))
            return 3
        rules = GitHubRules(os.environ.get("GITHUB_API_URL", "") or API, name, token_of(TOKEN))
        try:
            return _applied(rules, name) if apply else _judged(rules, name, _workflow(git))
        except HostError as error:
            refused = error.trouble in (Trouble.AUTH, Trouble.NOT_FOUND)
            hint = _MAY if refused else "run it again; https://www.githubstatus.com says more"
            raise LaunchReadyError(f"GitHub: {error}", hint=hint) from None

    return _Protect(
        "protect",
        params=[
            click.Option(
                ["-C", "--directory"], default=".", metavar="FOLDER", help="Folder to work in."
            ),
            click.Option(
                ["--repository"],
                metavar="OWNER/NAME",
                help="Repository on GitHub; by default what GITHUB_REPOSITORY or the remote"
                " `origin` names.",
            ),
            click.Option(
                ["--apply"],
                is_flag=True,
                help=f"Set the ruleset, with the token in {TOKEN}. Without it nothing is changed.",
            ),
        ],
        callback=callback,
        help=f"Require `{workflow.GATE}` on the default branch, and say what is not as it should:"
        f" exit code 1 where anything is not. Without a token in {TOKEN} it prints what to do.",
    )


class _Protect(Command):
    """A command whose exit code its callback gives."""

    def invoke(self, ctx: click.Context) -> None:
        ctx.exit(super().invoke(ctx))


def _origin(git: Git) -> str:
    found = _REMOTE.search(git.remote_url("origin") or "")
    return found[1] if found else ""


def _workflow(git: Git) -> str | None:
    path = Path(git.root, workflow.WORKFLOW)
    return decoded(path.read_bytes()) if path.is_file() else None


def _by_hand(repository: str) -> Iterator[str]:
    document = json.dumps(protection.ruleset())
    yield f"to require `{workflow.GATE}` on the default branch of {repository}:"
    yield ""
    yield f"  echo {shlex.quote(document)} |"
    yield f"    gh api --method POST repos/{repository}/rulesets --input -"
    yield ""
    yield f"or let launchready do it: {TOKEN}=$(gh auth token) {_apply(repository)}"
    yield f"what GitHub requires now was not looked at: there is no {TOKEN}"


def _applied(rules: GitHubRules, repository: str) -> int:
    call = rules.put(protection.ruleset())
    number = rules.apply(call)
    done = f"{repository}: `{workflow.GATE}` is required on the default branch (ruleset {number})"
    tell([f"{done}; nobody may push past it, rewrite or delete the branch"])
    return 0


def _apply(repository: str) -> str:
    """The command as it works where no remote names the repository."""
    return f"launchready protect --apply --repository {repository}"


def _judged(rules: GitHubRules, repository: str, text: str | None) -> int:
    branch = rules.default_branch()
    standing, unknown = _standing(rules, branch)
    faults = list(drift(standing, text))
    tell(
        [
            *faults,
            *unknown,
            *([] if faults else [f"{repository}: {branch} requires `{workflow.GATE}`"]),
            *([f"mend it with `{_apply(repository)}`"] if faults else []),
        ]
    )
    return 1 if faults else 3 if unknown else 0


def _standing(rules: GitHubRules, branch: str) -> tuple[Standing, list[str]]:
    """What GitHub says, and what it does not tell this token."""
    required = list(required_by(rules.rules(branch)))
    names = dict.fromkeys([*(name for name, _ in required), *rules.protected_by(branch)])
    numbers = {number for name, number in required if name == workflow.GATE and number is not None}
    bypasses: list[tuple[str, str]] = []
    unknown = []
    for number in sorted(numbers):
        document = rules.ruleset(number)
        if not isinstance(document.get("bypass_actors"), list):
            unknown.append("who may merge past the gate is told only to admins: not looked at")
        bypasses += _bypasses(document)
    return (
        Standing(
            branch=branch,
            required=tuple(names),
            reported=rules.reported(branch),
            bypasses=tuple(bypasses),
        ),
        unknown,
    )


def _bypasses(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in document.get("bypass_actors") or ():
        if isinstance(each, Mapping):
            yield str(each.get("actor_type")), str(each.get("bypass_mode"))
