"""Netlify: production goes back by publishing a deploy that is still kept.

Sources: https://open-api.netlify.com and https://docs.netlify.com/site-deploys/manage-deploys. A
restore by id is used, never the call that goes to "the one before". While the published deploy is
locked, none that is built replaces it.
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
from launchready.gateways.hosting.reading import at, moment, optional, text

_UNDER_WAY = (
    "accepted",
    "building",
    "enqueued",
    "new",
    "pending_review",
    "prepared",
    "preparing",
    "processing",
    "retrying",
    "uploaded",
    "uploading",
)
_STATES = {
    "ready": DeploymentState.READY,
    "current": DeploymentState.READY,
    "error": DeploymentState.FAILED,
    "rejected": DeploymentState.FAILED,
} | dict.fromkeys(_UNDER_WAY, DeploymentState.IN_FLIGHT)
_PAGE = "100"
_MOST_PAGES = 3

TRAITS = Traits(
    title="Netlify",
    warnings=(
        "Environment variables of functions stay as they were when the target was built.",
        "Pushes do not go live again until the deploy is unlocked.",
    ),
)


@frozen
class NetlifySettings:
    """A site at Netlify."""

    site: str = setting(
        "The site's id, or its domain at Netlify.",
        interpolates=True,
        examples=("shop.netlify.app",),
    )
    token: str = setting("The environment variable with the token.", default="NETLIFY_AUTH_TOKEN")
    api: str = setting("Where the API is.", default="https://api.netlify.com/api/v1")


def open_netlify(settings: NetlifySettings, environ: Mapping[str, str]) -> Provider:
    """The site, asked with the token of the environment. Raises LaunchReadyError."""
    return Netlify(Plane(settings.api, token_of(settings.token, environ)), settings)


class Netlify:
    """One site."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: NetlifySettings) -> None:
        self._plane = plane
        self._site = f"/sites/{part(settings.site)}"

    def current(self) -> Deployment:
        call, published = self._published()
        return _deployment(call, published)

    def target(self, deployment: str, commit: str) -> Deployment:
        if deployment:
            call = get(f"{self._site}/deploys/{part(deployment)}")
            found = self._plane.ask(call)
            if _is_production(found) and _state(found) is DeploymentState.READY:
                return _deployment(call, found)
        else:
            for call, each in self._deploys():
                is_ready = _state(each) is DeploymentState.READY
                if is_ready and optional(each, "commit_ref") == commit:
                    return _deployment(call, each)
        words = "it is no production deploy that is ready"
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        found = [_deployment(*each) for each in self._deploys(1)]
        return tuple(each for each in found if each.state is DeploymentState.IN_FLIGHT)

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        path = f"/deploys/{part(deployment.id)}/cancel"
        words = "stop the deploy that is under way"
        return (Call(method="POST", path=path, is_harmless=True, words=words),)

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        path = f"{self._site}/deploys/{part(target.id)}/restore"
        return (Call(method="POST", path=path, words="publish the target"),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        call, published = self._published()
        live = _deployment(call, published)
        return Confirmation(
            standing=Standing.LIVE if live.id == target.id else Standing.NOT_TAKEN,
            live=live,
            is_pinned=at(published, "locked") is True,
        )

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return (_locking(live, "lock", "keep pushes from going live"),)

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return (_locking(live, "unlock", "let pushes go live again"),)

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        return text(effect, self._plane.ask(effect), "id")

    def _published(self) -> tuple[Call, Any]:
        call = get(self._site)
        return call, at(self._plane.ask(call), "published_deploy")

    def _deploys(self, pages: int = _MOST_PAGES) -> "list[tuple[Call, dict[str, Any]]]":
        """Deploys of production, the newest first."""
        found: list[tuple[Call, dict[str, Any]]] = []
        for page in range(1, pages + 1):
            query = {"production": "true", "page": str(page), "per_page": _PAGE}
            call = get(f"{self._site}/deploys", **query)
            listed = self._plane.ask_list(call)
            found += [(call, each) for each in listed if _is_production(each)]
            if len(listed) < int(_PAGE):
                break
        return found


def _is_production(found: Any) -> bool:
    return optional(found, "context") == "production"


def _state(found: Any) -> DeploymentState:
    return _STATES.get(optional(found, "state"), DeploymentState.UNKNOWN)


def _deployment(call: Call, found: Any) -> Deployment:
    return Deployment(
        id=text(call, found, "id"),
        commit=optional(found, "commit_ref"),
        state=_state(found),
        created=moment(at(found, "created_at")),
        url=optional(found, "deploy_ssl_url"),
    )


def _locking(live: Deployment, verb: str, words: str) -> Call:
    path = f"/deploys/{part(live.id)}/{verb}"
    return Call(method="POST", path=path, is_harmless=True, words=words)
