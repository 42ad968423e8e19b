"""A deploy workflow at GitHub: a rollback is one more run of it, told which commit to deploy.

Sources: https://docs.github.com/rest/actions/workflows, /workflow-runs and /rest/repos/repos. A run
that was dispatched has the branch's tip as `head_sha`, whatever it deployed: only its name can tell
the commit, so the workflow must set `run-name`. A dispatch answers with the run's id only where it
is asked for it, and where the server is new enough; a `repository_dispatch` never does. Then the
run is found by that name.
"""

import re
from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.errors import LaunchReadyError
from launchready.facts.releases import Confirmation, Deployment, DeploymentState, Standing
from launchready.frozen import frozen
from launchready.gateways.github_api import API, TOKEN, github, path_of
from launchready.gateways.hosting.calls import Call, Effect, get, part
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, items, moment, optional, text

_COMMIT = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_MOST_RUNS = "100"

TRAITS = Traits(
    title="GitHub Actions",
    is_slow=True,
    warnings=(
        "The old commit is built anew, with today's secrets and variables.",
        "While the deploy workflow is disabled nothing is deployed, by hand neither.",
    ),
)


@frozen
class GithubSettings:
    """A workflow of GitHub Actions that deploys the commit that it is told."""

    repository: str = setting(
        "`owner/name`; empty is the repository that the run is of.",
        default="",
        interpolates=True,
        examples=("shop/shop",),
    )
    workflow: str = setting(
        "The workflow's file, which deploys and does nothing after that.", examples=("deploy.yml",)
    )
    branch: str = setting("The branch that is deployed.", default="main")
    input: str = setting(
        "The workflow's input, or the payload's field, that takes the commit.", default="target"
    )
    event: str = setting(
        "The type of a `repository_dispatch`; empty sends a `workflow_dispatch`.",
        default="",
        examples=("rollback",),
    )
    token: str = setting(
        "The environment variable with a token that has `actions: write` (for a"
        " `repository_dispatch` also `contents: write`).",
        default=TOKEN,
    )
    api: str = setting("Where the API is.", default=API)


def open_github(settings: GithubSettings, environ: Mapping[str, str]) -> Provider:
    """The workflow, asked with the token of the environment. Raises LaunchReadyError."""
    repository = settings.repository or environ.get("GITHUB_REPOSITORY", "")
    if repository.count("/") != 1:
        raise LaunchReadyError(
            f"rollback.host.github.repository is {repository!r}, not owner/name",
            hint="set it, or run it in GitHub Actions",
        )
    plane = github(settings.api, token_of(settings.token, environ))
    return Github(plane, settings, repository, environ.get("GITHUB_RUN_ID", ""))


class Github:
    """One workflow of one repository. `own_run` is the run that this is part of, "" for none."""

    traits = TRAITS

    def __init__(
        self, plane: Plane, settings: GithubSettings, repository: str, own_run: str = ""
    ) -> None:
        self._plane = plane
        self._settings = settings
        self._repository = path_of(repository)
        self._workflow = f"{self._repository}/actions/workflows/{part(settings.workflow)}"
        self._own_run = own_run

    def current(self) -> Deployment:
        runs = self._runs(status="success")
        if not runs:
            words = f"no run of {self._settings.workflow} succeeded on {self._settings.branch}"
            raise HostError(Trouble.MALFORMED, call=self._listing().shown, words=words)
        return self._deployment(runs[0])

    def target(self, deployment: str, commit: str) -> Deployment:
        wanted = deployment or commit
        for run in self._runs(status="success"):
            found = self._deployment(run)
            if found.commit and found.commit == wanted:
                return found
        words = f"none of the last {_MOST_RUNS} runs that succeeded deployed it"
        raise HostError(Trouble.NOT_FOUND, call=self._listing().shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        under_way = (run for run in self._runs() if optional(run, "status") != "completed")
        return tuple(
            Deployment(
                id=text(self._listing(), run, "id"),
                commit=_commit(run),
                state=DeploymentState.IN_FLIGHT,
                created=moment(at(run, "run_started_at")),
                url=optional(run, "html_url"),
            )
            for run in under_way
        )

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        path = f"{self._repository}/actions/runs/{part(deployment.id)}/cancel"
        return (self._call("POST", path, "stop the run that deploys", is_harmless=True),)

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        words = "run the deploy workflow for the target's commit"
        given = {self._settings.input: target.commit}
        if self._settings.event:
            path = f"{self._repository}/dispatches"
            payload = {**given, "why": why}
            body: dict[str, Any] = {
                "event_type": self._settings.event,
                "client_payload": payload,
            }
            return (self._call("POST", path, words, body=body),)
        path = f"{self._workflow}/dispatches"
        body = {"ref": self._settings.branch, "inputs": given, "return_run_details": True}
        return (self._call("POST", path, words, body=body),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        runs = self._runs()
        done = [number for number, run in enumerate(runs) if _conclusion(run) == "success"]
        newest = done[0] if done else len(runs)
        live = self._deployment(runs[newest]) if done else self.current()
        standing, words = Standing.NOT_TAKEN, ""
        if live.commit == target.commit:
            standing = Standing.LIVE
        else:
            later = [r for r in runs[:newest] if _is_of(r, target, ticket)]
            if later:
                standing, words = _standing(later[0])
        return Confirmation(standing=standing, live=live, is_pinned=self._is_pinned(), words=words)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        words = "disable the deploy workflow, so that no push goes live"
        return (self._call("PUT", f"{self._workflow}/disable", words, is_harmless=True),)

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        words = "enable the deploy workflow again"
        return (self._call("PUT", f"{self._workflow}/enable", words, is_harmless=True),)

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        number = at(self._plane.send(effect).document, "workflow_run_id")
        return str(number) if isinstance(number, int) else ""

    def _is_pinned(self) -> bool:
        call = get(self._workflow)
        return text(call, self._plane.ask(call), "state").startswith("disabled")

    def _runs(self, **query: str) -> list[dict[str, Any]]:
        """The runs on the branch, that which started last first: an old one may be run again."""
        call = self._listing(**query)
        runs = items(call, self._plane.ask(call), "workflow_runs")
        if self._own_run in [str(run.get("id")) for run in runs]:
            words = (
                "this run is one of the workflow that deploys; roll back in a workflow of its own"
            )
            raise HostError(Trouble.REFUSED, call=call.shown, words=words)
        return sorted(runs, key=lambda run: optional(run, "run_started_at"), reverse=True)

    def _listing(self, **query: str) -> Call:
        branch = self._settings.branch
        return get(f"{self._workflow}/runs", branch=branch, per_page=_MOST_RUNS, **query)

    def _deployment(self, run: dict[str, Any]) -> Deployment:
        """What a run deployed: its commit is its id, for two runs of one commit are one release."""
        commit = _commit(run)
        return Deployment(
            id=commit or f"run {text(self._listing(), run, 'id')}",
            commit=commit,
            created=moment(at(run, "run_started_at")),
            url=optional(run, "html_url"),
        )

    def _call(
        self,
        method: str,
        path: str,
        words: str,
        *,
        body: dict[str, Any] | None = None,
        is_harmless: bool = False,
    ) -> Call:
        return Call(method=method, path=path, body=body, words=words, is_harmless=is_harmless)


def _commit(run: dict[str, Any]) -> str:
    """The commit that a run deploys; "" for one that was dispatched and does not name it."""
    if optional(run, "event") not in ("workflow_dispatch", "repository_dispatch"):
        return optional(run, "head_sha")
    named = _COMMIT.search(optional(run, "display_title"))
    return named[0] if named else ""


def _conclusion(run: dict[str, Any]) -> str:
    return optional(run, "conclusion")


def _is_of(run: dict[str, Any], target: Deployment, ticket: str) -> bool:
    return str(run.get("id")) == ticket or (not ticket and _commit(run) == target.commit)


def _standing(run: dict[str, Any]) -> tuple[Standing, str]:
    if optional(run, "status") != "completed":
        return Standing.PENDING, f"run {run.get('id')} is {optional(run, 'status')}"
    return Standing.FAILED, f"run {run.get('id')} ended with {_conclusion(run)}"
