"""Railway: going back deploys the image and the variables of an earlier deployment again.

Source: the schema of https://backboard.railway.com/graphql/v2, a GraphQL API. A rollback answers
true and tells no id, though a page of Railway's selects fields of it. What it makes is a deployment
of its own: what it serves is told by its commit or image.
"""

import re
from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, DeploymentState, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call, Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, items, moment, optional, text
from launchready.model import Json

_ACTIVE = (
    "query active($environment: String!, $service: String!) {"
    " serviceInstance(environmentId: $environment, serviceId: $service)"
    " { activeDeployments { id status createdAt url canRollback meta } } }"
)
_LISTED = (
    "query listed($input: DeploymentListInput!) { deployments(input: $input, first: 100)"
    " { edges { node { id status createdAt url canRollback meta } } } }"
)
_CANCEL = "mutation cancel($id: String!) { deploymentCancel(id: $id) }"
_BACK = "mutation back($id: String!) { deploymentRollback(id: $id) }"
_ASSIGN = (
    "mutation assign($input: ServiceInstanceAutoDeployUpdateInput!)"
    " { serviceInstanceAutoDeployUpdate(input: $input) { enabled } }"
)
_UNDER_WAY = ("BUILDING", "DEPLOYING", "INITIALIZING", "NEEDS_APPROVAL", "QUEUED", "WAITING")
_STATES = (
    dict.fromkeys(_UNDER_WAY, DeploymentState.IN_FLIGHT)
    | dict.fromkeys(("SUCCESS", "SLEEPING", "REMOVED", "REMOVING"), DeploymentState.READY)
    | dict.fromkeys(("CRASHED", "FAILED", "SKIPPED"), DeploymentState.FAILED)
)
_SIGNS = (
    (Trouble.AUTH, re.compile(r"not authorized|unauthorized|bad access|forbidden", re.IGNORECASE)),
    (Trouble.NOT_FOUND, re.compile(r"not found|does not exist", re.IGNORECASE)),
    (Trouble.RATE_LIMIT, re.compile(r"rate limit|too many requests", re.IGNORECASE)),
    (Trouble.SERVER, re.compile(r"problem processing|internal", re.IGNORECASE)),
)

TRAITS = Traits(
    title="Railway",
    takes_config=True,
    warnings=(
        "Variables go back together with the image; databases do not.",
        "Only images that the plan still keeps can be gone back to.",
        "A project token cannot switch automatic deploys off: give one of an account.",
        "Pushes do not go live again until the service is unpinned.",
    ),
)


@frozen
class RailwaySettings:
    """A service at Railway."""

    project: str = setting("The project's id.", interpolates=True, examples=("PROJECT_ID",))
    environment: str = setting(
        "The environment's id.", interpolates=True, examples=("ENVIRONMENT_ID",)
    )
    service: str = setting("The service's id.", interpolates=True, examples=("SERVICE_ID",))
    project_token: bool = setting(
        "Whether the token is a project's. It goes back, and cannot switch automatic deploys off.",
        default=False,
    )
    token: str = setting("The environment variable with the token.", default="RAILWAY_API_TOKEN")
    api: str = setting("Where the API is.", default="https://backboard.railway.com/graphql")


def open_railway(settings: RailwaySettings, environ: Mapping[str, str]) -> Provider:
    """The service, asked with the token of the environment. Raises LaunchReadyError."""
    headers = {"Project-Access-Token": "{token}"} if settings.project_token else None
    return Railway(
        Plane(settings.api, token_of(settings.token, environ), headers=headers), settings
    )


class Railway:
    """One service in one environment."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: RailwaySettings) -> None:
        self._plane = plane
        self._where: dict[str, Json] = {
            "projectId": settings.project,
            "environmentId": settings.environment,
            "serviceId": settings.service,
        }
        self._pins = not settings.project_token

    def current(self) -> Deployment:
        where = self._where
        variables: Json = {"environment": where["environmentId"], "service": where["serviceId"]}
        call = _call("active", _ACTIVE, variables, is_harmless=True)
        found = items(call, self._data(call), "serviceInstance.activeDeployments")
        if not found:
            raise self._plane.malformed(call, "no deployment is active")
        return max((_deployment(call, each) for each in found), key=_age)

    def target(self, deployment: str, commit: str) -> Deployment:
        call, listed = self._listed()
        for each in listed:
            found = _deployment(call, each)
            is_it = found.id == deployment if deployment else found.commit == commit
            if is_it and at(each, "canRollback") is True:
                return found
        words = "Railway does not offer it as a rollback"
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        call, listed = self._listed(*_UNDER_WAY)
        return tuple(_deployment(call, each) for each in listed)

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        words = "stop the deployment that is under way"
        return (_call("cancel", _CANCEL, {"id": deployment.id}, is_harmless=True, words=words),)

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        words = "deploy the target's image and variables again"
        return (_call("back", _BACK, {"id": target.id}, words=words),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        live = self.current()
        if live.serves == target.serves:
            return Confirmation(standing=Standing.LIVE, live=live)
        call, listed = self._listed()
        newest = max((_deployment(call, each) for each in listed), key=_age, default=live)
        standings = {
            DeploymentState.IN_FLIGHT: Standing.PENDING,
            DeploymentState.FAILED: Standing.FAILED,
        }
        is_it = newest.serves == target.serves
        standing = standings.get(newest.state, Standing.NOT_TAKEN) if is_it else Standing.NOT_TAKEN
        return Confirmation(standing=standing, live=live, words=newest.state if is_it else "")

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return self._assign(is_on=False, words="keep pushes from going live")

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return self._assign(is_on=True, words="let pushes go live again")

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        if False in self._data(effect).values():
            raise HostError(Trouble.REFUSED, call=effect.shown, words="the answer is false")
        return ""

    def _listed(self, *states: str) -> tuple[Call, list[dict[str, Any]]]:
        wanted: dict[str, Json] = {"status": {"in": list(states)}} if states else {}
        call = _call("listed", _LISTED, {"input": {**self._where, **wanted}}, is_harmless=True)
        edges = items(call, self._data(call), "deployments.edges")
        return call, items(call, [at(each, "node") for each in edges], "")

    def _assign(self, *, is_on: bool, words: str) -> tuple[Effect, ...]:
        if not self._pins:
            return ()
        variables: Json = {"input": {**self._where, "enabled": is_on}}
        return (_call("assign", _ASSIGN, variables, is_harmless=True, words=words),)

    def _data(self, call: Call) -> dict[str, Any]:
        """GraphQL answers 200 to what it refuses, too."""
        document = self._plane.ask(call)
        if at(document, "errors[0]") is not None:
            words = self._plane.quoted(optional(document, "errors[0].message"))
            trouble = next((t for t, sign in _SIGNS if sign.search(words)), Trouble.REFUSED)
            raise HostError(trouble, call=call.shown, words=words)
        data = at(document, "data")
        if not isinstance(data, dict):
            raise self._plane.malformed(call, "`data` is no object")
        return data


def _call(
    name: str, document: str, variables: Json, *, is_harmless: bool = False, words: str = ""
) -> Call:
    return Call(
        method="POST",
        path="/v2",
        body={"operationName": name, "query": document, "variables": variables},
        is_harmless=is_harmless,
        words=words,
    )


def _age(deployment: Deployment) -> float:
    return deployment.created.timestamp() if deployment.created else 0


def _deployment(call: Call, found: Any) -> Deployment:
    commit = optional(found, "meta.commitHash")
    return Deployment(
        id=text(call, found, "id"),
        commit=commit,
        state=_STATES.get(optional(found, "status"), DeploymentState.UNKNOWN),
        created=moment(at(found, "createdAt")),
        build=commit or optional(found, "meta.image"),
        url=optional(found, "url"),
    )
