"""Coolify: an image that is still on the server is deployed again.

Sources: https://coolify.io/docs/api-reference and the specification that coollabsio/coolify keeps.
`rollback-images` is asked of the server itself: an empty list means that it could not be reached. A
tag is the whole commit, and a short one fails later, in the deployment.
"""

import datetime
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

_UNDER_WAY = ("queued", "in_progress")
_MOST = "20"

TRAITS = Traits(
    title="Coolify",
    warnings=(
        "Only images that the server still keeps (`docker_images_to_keep`) can be gone back to.",
        "Environment variables stay as they are.",
    ),
)


@frozen
class CoolifySettings:
    """An application at Coolify, 4.3 or newer."""

    application: str = setting(
        "The application's uuid.", interpolates=True, examples=("kg8example",)
    )
    token: str = setting(
        "The environment variable with a token that may read, write and deploy.",
        default="COOLIFY_TOKEN",
    )
    api: str = setting(
        "Where the API is.", default="https://app.coolify.io/api/v1", interpolates=True
    )


def open_coolify(settings: CoolifySettings, environ: Mapping[str, str]) -> Provider:
    """The application, asked with the token of the environment. Raises LaunchReadyError."""
    return Coolify(Plane(settings.api, token_of(settings.token, environ)), settings)


class Coolify:
    """One application."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: CoolifySettings) -> None:
        self._plane = plane
        self._application = f"/applications/{part(settings.application)}"

    def current(self) -> Deployment:
        call, answer = self._images()
        return _image(text(call, answer, "current"))

    def target(self, deployment: str, commit: str) -> Deployment:
        call, answer = self._images()
        wanted = deployment or commit
        for each in items(call, answer, "images"):
            if wanted and optional(each, "tag") == wanted:
                return _image(wanted, moment(at(each, "created_at")))
        words = "the server keeps no image of it, or could not be reached"
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        call, found = self._deployments()
        return tuple(
            Deployment(
                id=text(call, each, "deployment_uuid"),
                commit=optional(each, "commit"),
                state=DeploymentState.IN_FLIGHT,
                created=moment(at(each, "created_at")),
            )
            for each in found
            if optional(each, "status") in _UNDER_WAY
        )

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        path = f"/deployments/{part(deployment.id)}/cancel"
        words = "stop the deployment that is under way"
        return (Call(method="POST", path=path, is_harmless=True, words=words),)

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        path, body = f"{self._application}/rollback", {"commit": target.id}
        return (Call(method="POST", path=path, body=body, words="deploy the target's image"),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        live = self.current()
        _, found = self._deployments()
        if ticket:
            found = [each for each in found if optional(each, "deployment_uuid") == ticket]
        word = optional(found[0], "status") if found and _is_of(found[0], target) else ""
        if word in _UNDER_WAY:
            standing = Standing.PENDING
        elif live.id == target.id:
            standing = Standing.LIVE
        elif word in ("failed", "cancelled-by-user"):
            standing = Standing.FAILED
        else:
            standing = Standing.NOT_TAKEN
        return Confirmation(
            standing=standing, live=live, words=word and f"its deployment is {word}"
        )

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return (self._assign(is_automatic=False, words="keep pushes from going live"),)

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return (self._assign(is_automatic=True, words="let pushes go live again"),)

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        return optional(self._plane.send(effect).document, "deployment_uuid")

    def _assign(self, *, is_automatic: bool, words: str) -> Call:
        body = {"is_auto_deploy_enabled": is_automatic}
        path = self._application
        return Call(method="PATCH", path=path, body=body, is_harmless=True, words=words)

    def _images(self) -> tuple[Call, dict[str, Any]]:
        call = get(f"{self._application}/rollback-images")
        return call, self._plane.ask(call)

    def _deployments(self) -> tuple[Call, list[dict[str, Any]]]:
        """The last deployments, the newest first."""
        call = get(f"/deployments{self._application}", take=_MOST)
        found = items(call, self._plane.ask(call), "deployments")
        return call, sorted(found, key=lambda each: optional(each, "created_at"), reverse=True)


def _is_of(found: dict[str, Any], target: Deployment) -> bool:
    return at(found, "rollback") is True and optional(found, "commit") == target.id


def _image(tag: str, created: datetime.datetime | None = None) -> Deployment:
    is_commit = len(tag) == 40 and set(tag) <= set("0123456789abcdef")
    return Deployment(id=tag, commit=tag if is_commit else "", created=created)
