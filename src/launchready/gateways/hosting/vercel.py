"""Vercel: production goes back by pointing the domains at a deployment that is still there.

Sources: https://vercel.com/docs/rest-api and https://vercel.com/docs/instant-rollback. A project's
`lastAliasRequest` is the work on it; `autoAssignCustomDomains` false means that pushes do not go
live. `lastRollbackTarget` is no sign: it becomes null when the work is done.
"""

from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, DeploymentState, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call, Effect, asked, get, part
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, items, moment, optional, text

_MOST_WHY = 250
_STATES = {
    "READY": DeploymentState.READY,
    "BUILDING": DeploymentState.IN_FLIGHT,
    "INITIALIZING": DeploymentState.IN_FLIGHT,
    "QUEUED": DeploymentState.IN_FLIGHT,
    "ERROR": DeploymentState.FAILED,
    "CANCELED": DeploymentState.FAILED,
    "DELETED": DeploymentState.FAILED,
}
_JOBS = {
    "pending": Standing.PENDING,
    "in-progress": Standing.PENDING,
    "succeeded": Standing.LIVE,
    "failed": Standing.FAILED,
    "skipped": Standing.FAILED,
}
_SHAS = ("meta.githubCommitSha", "meta.gitlabCommitSha", "meta.bitbucketCommitSha")

TRAITS = Traits(
    title="Vercel",
    pins_itself=True,
    takes_config=True,
    warnings=(
        "Environment variables and cron jobs go back to those of that build.",
        "On the Hobby plan only the deployment just before can be gone back to.",
        "Pushes do not go live again until the project is unpinned.",
    ),
)


@frozen
class VercelSettings:
    """A project at Vercel."""

    project: str = setting(
        "The project's id or name.", interpolates=True, examples=("prj_example",)
    )
    team: str = setting(
        "The team's id; none for a personal account.",
        default="",
        interpolates=True,
        examples=("team_example",),
    )
    token: str = setting("The environment variable with the token.", default="VERCEL_TOKEN")
    api: str = setting("Where the API is.", default="https://api.vercel.com")


def open_vercel(settings: VercelSettings, environ: Mapping[str, str]) -> Provider:
    """The project, asked with the token of the environment. Raises LaunchReadyError."""
    return Vercel(Plane(settings.api, token_of(settings.token, environ)), settings)


class Vercel:
    """One project."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: VercelSettings) -> None:
        self._plane = plane
        self._project = settings.project
        self._team = settings.team

    def current(self) -> Deployment:
        return self._live(self._asked_project())

    def target(self, deployment: str, commit: str) -> Deployment:
        call = self._listing(
            state="READY", rollbackCandidate="true", sha="" if deployment else commit
        )
        for each in items(call, self._plane.ask(call), "deployments"):
            found = self._listed(call, each)
            if found.id == deployment or (not deployment and found.commit == commit):
                return found
        words = "Vercel does not offer it as a rollback"
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        call = self._listing(state="BUILDING,INITIALIZING,QUEUED")
        found = items(call, self._plane.ask(call), "deployments")
        return tuple(self._listed(call, each) for each in found)

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        path = f"/v12/deployments/{part(deployment.id)}/cancel"
        words = "stop the deployment that is under way"
        return (self._call("PATCH", path, is_harmless=True, words=words),)

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        path = f"/v1/projects/{part(self._project)}/rollback/{part(target.id)}"
        words = "point the production domains at the target"
        return (self._call("POST", path, words=words, description=why[:_MOST_WHY]),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        call, project = self._asked_project()
        live = self._live((call, project))
        is_pinned = at(project, "autoAssignCustomDomains") is False
        job = at(project, "lastAliasRequest")
        if not job or at(job, "toDeploymentId") != target.id:
            standing = Standing.LIVE if live.id == target.id else Standing.NOT_TAKEN
            return Confirmation(standing=standing, live=live, is_pinned=is_pinned)
        word = text(call, job, "jobStatus")
        if word not in _JOBS:
            raise self._plane.malformed(call, "`jobStatus` is a word that is not documented")
        standing = _JOBS[word]
        if standing is Standing.LIVE and live.id != target.id:
            standing = Standing.NOT_TAKEN  # it says that it did, and serves another one
        return Confirmation(
            standing=standing, live=live, is_pinned=is_pinned, words=f"Vercel's job {word}"
        )

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return (self._assign(is_automatic=False, words="keep pushes from going live"),)

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return (self._assign(is_automatic=True, words="let pushes go live again"),)

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        self._plane.send(effect)
        return ""

    def _assign(self, *, is_automatic: bool, words: str) -> Call:
        return self._call(
            "PATCH",
            f"/v9/projects/{part(self._project)}",
            body={"autoAssignCustomDomains": is_automatic},
            is_harmless=True,
            words=words,
        )

    def _asked_project(self) -> tuple[Call, dict[str, Any]]:
        call = get(f"/v9/projects/{part(self._project)}", teamId=self._team)
        return call, self._plane.ask(call)

    def _live(self, answer: tuple[Call, dict[str, Any]]) -> Deployment:
        call, project = answer
        return self._deployment(call, at(project, "targets.production"), "id")

    def _listing(self, **query: str) -> Call:
        return get(
            "/v7/deployments",
            projectId=self._project,
            teamId=self._team,
            target="production",
            limit="100",
            **query,
        )

    def _listed(self, call: Call, found: Any) -> Deployment:
        return self._deployment(call, found, "uid")

    def _deployment(self, call: Call, found: Any, id_at: str) -> Deployment:
        word = optional(found, "readyState") or optional(found, "state")
        return Deployment(
            id=text(call, found, id_at),
            commit=next(filter(None, (optional(found, path) for path in _SHAS)), ""),
            state=_STATES.get(word, DeploymentState.UNKNOWN),
            created=moment(at(found, "createdAt") or at(found, "created")),
            url=optional(found, "url"),
        )

    def _call(
        self,
        method: str,
        path: str,
        *,
        words: str,
        body: dict[str, bool] | None = None,
        is_harmless: bool = False,
        **query: str,
    ) -> Call:
        return Call(
            method=method,
            path=path,
            query=asked(**query, teamId=self._team),
            body=body,
            is_harmless=is_harmless,
            words=words,
        )
