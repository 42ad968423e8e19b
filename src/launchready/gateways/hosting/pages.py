"""Cloudflare Pages: production goes back by pointing at a deployment that is still there.

Source: https://developers.cloudflare.com/api/resources/pages; answers come in an envelope with
`result`. The project's `canonical_deployment` is what production serves; whether pushes are built
stands in `source.config`.
"""

from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, DeploymentState, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call, Effect, get, part
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, items, moment, optional, text

_PAGES, _PER_PAGE = 4, "25"
_GIVEN_UP = frozenset(("failure", "canceled"))

TRAITS = Traits(
    title="Cloudflare Pages",
    takes_config=True,
    warnings=(
        "Variables and bindings go back to those of that build; KV, D1 and R2 do not.",
        "A build that is under way cannot be stopped by the API: stop it in the dashboard.",
        "`wrangler pages deploy` goes live whatever is switched off: stop that workflow yourself.",
    ),
)


@frozen
class PagesSettings:
    """A project at Cloudflare Pages."""

    account: str = setting("The account's id.", interpolates=True, examples=("ACCOUNT_ID",))
    project: str = setting("The project's name.", interpolates=True, examples=("shop",))
    git: bool = setting(
        "Whether Cloudflare builds what is pushed; false where `wrangler pages deploy` uploads it.",
        default=True,
    )
    token: str = setting("The environment variable with the token.", default="CLOUDFLARE_API_TOKEN")
    api: str = setting("Where the API is.", default="https://api.cloudflare.com/client/v4")


def open_pages(settings: PagesSettings, environ: Mapping[str, str]) -> Provider:
    """The project, asked with the token of the environment. Raises LaunchReadyError."""
    return Pages(Plane(settings.api, token_of(settings.token, environ)), settings)


class Pages:
    """One project at Cloudflare Pages."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: PagesSettings) -> None:
        self._plane = plane
        account, project = part(settings.account), part(settings.project)
        self._project = f"/accounts/{account}/pages/projects/{project}"
        self._is_built = settings.git

    def current(self) -> Deployment:
        call, project = self._asked()
        return _deployment(call, at(project, "canonical_deployment"))

    def target(self, deployment: str, commit: str) -> Deployment:
        if deployment:
            call = get(f"{self._project}/deployments/{part(deployment)}")
            found = _result(self._plane, call)
            is_production = optional(found, "environment") == "production"
            if is_production and _state(found) is DeploymentState.READY:
                return _deployment(call, found)
        else:
            for call, found in self._listed(_PAGES):
                told = _deployment(call, found)
                if told.state is DeploymentState.READY and told.commit == commit:
                    return told
        words = "it is no production deployment that succeeded"
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        found = [_deployment(*each) for each in self._listed(1)]
        return tuple(each for each in found if each.state is DeploymentState.IN_FLIGHT)

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        return ()

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        path = f"{self._project}/deployments/{part(target.id)}/rollback"
        words = "make the target what production serves"
        return (Call(method="POST", path=path, body={}, words=words),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        call, project = self._asked()
        live = _deployment(call, at(project, "canonical_deployment"))
        builds = at(project, "source.config.production_deployments_enabled")
        return Confirmation(
            standing=Standing.LIVE if live.id == target.id else Standing.NOT_TAKEN,
            live=live,
            is_pinned=not builds if isinstance(builds, bool) else None,
        )

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return self._building(is_on=False, words="keep pushes from going live")

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return self._building(is_on=True, words="let pushes go live again")

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        return optional(_result(self._plane, effect), "id")

    def _asked(self) -> tuple[Call, Any]:
        call = get(self._project)
        return call, _result(self._plane, call)

    def _listed(self, pages: int) -> list[tuple[Call, dict[str, Any]]]:
        """Deployments to production, the newest first."""
        found: list[tuple[Call, dict[str, Any]]] = []
        for page in range(1, pages + 1):
            query = {"env": "production", "page": str(page), "per_page": _PER_PAGE}
            call = get(f"{self._project}/deployments", **query)
            listed = items(call, self._plane.ask(call), "result")
            found += [(call, each) for each in listed]
            if len(listed) < int(_PER_PAGE):
                break
        return found

    def _building(self, *, is_on: bool, words: str) -> tuple[Effect, ...]:
        if not self._is_built:
            return ()
        return (
            Call(
                method="PATCH",
                path=self._project,
                body={"source": {"config": {"production_deployments_enabled": is_on}}},
                is_harmless=True,
                words=words,
            ),
        )


def _result(plane: Plane, call: Call) -> dict[str, Any]:
    found = at(plane.ask(call), "result")
    if not isinstance(found, dict):
        raise plane.malformed(call, "`result` is no object")
    return found


def _state(found: Any) -> DeploymentState:
    """By the stage that it is at: queued, initialize, clone_repo, build, deploy."""
    status = optional(found, "latest_stage.status")
    if status in _GIVEN_UP:
        return DeploymentState.FAILED
    if not status:
        return DeploymentState.UNKNOWN
    is_done = optional(found, "latest_stage.name") == "deploy" and status == "success"
    return DeploymentState.READY if is_done else DeploymentState.IN_FLIGHT


def _deployment(call: Call, found: Any) -> Deployment:
    return Deployment(
        id=text(call, found, "id"),
        commit=optional(found, "deployment_trigger.metadata.commit_hash"),
        state=_state(found),
        created=moment(at(found, "created_on")),
        url=optional(found, "url"),
    )
