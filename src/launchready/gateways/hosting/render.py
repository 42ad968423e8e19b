"""Render: going back deploys an earlier build anew, without building it.

Sources: https://api-docs.render.com and https://render.com/docs/rollbacks. The dashboard's rollback
switches automatic deploys off and the API's does not, so that has to be done apart. A rollback is
a deploy with an id of its own: what it serves is told by its commit or image.
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

_UNDER_WAY = (
    "created",
    "queued",
    "build_in_progress",
    "pre_deploy_in_progress",
    "update_in_progress",
)
_WAS_LIVE = ("live", "deactivated")
_FAILED = ("build_failed", "pre_deploy_failed", "update_failed", "canceled")
_STATES = (
    dict.fromkeys(_WAS_LIVE, DeploymentState.READY)
    | dict.fromkeys(_UNDER_WAY, DeploymentState.IN_FLIGHT)
    | dict.fromkeys(_FAILED, DeploymentState.FAILED)
)

TRAITS = Traits(
    title="Render",
    warnings=(
        "Environment variables stay as they are now; only the build goes back.",
        "Only builds that the plan still keeps can be gone back to.",
        "Pushes do not go live again until the service is unpinned.",
        "To unpin deploys every commit: set `After CI checks pass` anew where you had that.",
    ),
)


@frozen
class RenderSettings:
    """A service at Render."""

    service: str = setting("The service's id.", interpolates=True, examples=("srv-example",))
    token: str = setting("The environment variable with the API key.", default="RENDER_API_KEY")
    api: str = setting("Where the API is.", default="https://api.render.com/v1")


def open_render(settings: RenderSettings, environ: Mapping[str, str]) -> Provider:
    """The service, asked with the key of the environment. Raises LaunchReadyError."""
    return Render(Plane(settings.api, token_of(settings.token, environ)), settings)


class Render:
    """One service."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: RenderSettings) -> None:
        self._plane = plane
        self._service = f"/services/{part(settings.service)}"

    def current(self) -> Deployment:
        call, found = self._listed("live", limit=1)
        if not found:
            raise self._plane.malformed(call, "no deploy is live")
        return _deployment(call, found[0])

    def target(self, deployment: str, commit: str) -> Deployment:
        if deployment:
            call = get(f"{self._service}/deploys/{part(deployment)}")
            found = _deployment(call, self._plane.ask(call))
            if found.state is DeploymentState.READY:
                return found
        else:
            call, listed = self._listed(*_WAS_LIVE)
            for each in listed:
                if optional(each, "commit.id") == commit:
                    return _deployment(call, each)
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words="it was never live")

    def in_flight(self) -> tuple[Deployment, ...]:
        call, found = self._listed(*_UNDER_WAY)
        return tuple(_deployment(call, each) for each in found)

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        path = f"{self._service}/deploys/{part(deployment.id)}/cancel"
        words = "stop the deploy that is under way"
        return (Call(method="POST", path=path, is_harmless=True, words=words),)

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        return (
            Call(
                method="POST",
                path=f"{self._service}/rollback",
                body={"deployId": target.id},
                words="deploy the target's build again",
            ),
        )

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        live = self.current()
        service = self._plane.ask(get(self._service))
        standing, words = Standing.LIVE, ""
        if live.serves != target.serves:
            standing, words = self._not_live(target, ticket)
        is_pinned = optional(service, "autoDeploy") == "no"
        return Confirmation(standing=standing, live=live, is_pinned=is_pinned, words=words)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return (self._automatic("no", "keep pushes from going live"),)

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return (self._automatic("yes", "let pushes go live again"),)

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        return text(effect, self._plane.ask(effect), "id")

    def _not_live(self, target: Deployment, ticket: str) -> tuple[Standing, str]:
        """How the deploy that the rollback made stands; its id is lost where `ticket` is ""."""
        if ticket:
            call = get(f"{self._service}/deploys/{part(ticket)}")
            found = self._plane.ask(call)
            word = text(call, found, "status")
        else:
            call, listed = self._listed(*_UNDER_WAY)
            made = (each for each in listed if optional(each, "trigger") == "rollback")
            same = (each for each in made if _deployment(call, each).serves == target.serves)
            word = optional(next(same, None), "status")
        standings = {
            DeploymentState.IN_FLIGHT: Standing.PENDING,
            DeploymentState.FAILED: Standing.FAILED,
        }
        state = _STATES.get(word, DeploymentState.UNKNOWN)
        return standings.get(state, Standing.NOT_TAKEN), f"Render's deploy {word}" if word else ""

    def _listed(self, *states: str, limit: int = 100) -> tuple[Call, list[dict[str, Any]]]:
        query = (*(("status", each) for each in states), ("limit", str(limit)))
        path = f"{self._service}/deploys"
        call = Call(method="GET", path=path, query=query, is_harmless=True)
        found = self._plane.ask_list(call)
        return call, items(call, [at(each, "deploy") for each in found], "")

    def _automatic(self, word: str, words: str) -> Call:
        return Call(
            method="PATCH",
            path=self._service,
            body={"autoDeploy": word},
            is_harmless=True,
            words=words,
        )


def _deployment(call: Call, found: Any) -> Deployment:
    commit = optional(found, "commit.id")
    return Deployment(
        id=text(call, found, "id"),
        commit=commit,
        state=_STATES.get(optional(found, "status"), DeploymentState.UNKNOWN),
        created=moment(at(found, "createdAt")),
        build=commit or optional(found, "image.sha") or optional(found, "image.ref"),
    )
