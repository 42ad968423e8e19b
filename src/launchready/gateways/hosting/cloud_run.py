"""Cloud Run: all traffic goes to a revision that is still there, and stays until it is let go.

Source: https://cloud.google.com/run/docs/reference/rest/v2 (projects.locations.services). `traffic`
is what was asked for, `trafficStatuses` what is so. Traffic that names a revision is kept from new
ones, so that going back pins. What `traffic` does not repeat is dropped, the addresses of tags too.
"""

import re
from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call, Effect, get, part
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, items, moment, optional

_COMMIT = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_REVISION = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION"
_LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"

TRAITS = Traits(
    title="Cloud Run",
    pins_itself=True,
    takes_config=True,
    warnings=(
        "Environment variables go back to those of that revision; secrets of `latest` do not.",
        "Deploys make new revisions that get no traffic until the service is unpinned.",
    ),
)


@frozen
class CloudRunSettings:
    """A service of Cloud Run."""

    project: str = setting("The project's id.", interpolates=True, examples=("shop-example",))
    region: str = setting("The region.", examples=("europe-west1",))
    service: str = setting("The service's name.", examples=("web",))
    commit: str = setting(
        "The revision's label with the commit; the image's tag is looked at too.",
        default="commit-sha",
    )
    token: str = setting(
        "The environment variable with an OAuth access token that may update the service"
        " (`roles/run.developer`).",
        default="GOOGLE_OAUTH_ACCESS_TOKEN",
    )
    api: str = setting("Where the API is.", default="https://run.googleapis.com")


def open_cloud_run(settings: CloudRunSettings, environ: Mapping[str, str]) -> Provider:
    """The service, asked with the token of the environment. Raises LaunchReadyError."""
    return CloudRun(Plane(settings.api, token_of(settings.token, environ)), settings)


class CloudRun:
    """One service."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: CloudRunSettings) -> None:
        self._plane = plane
        self._label = settings.commit
        place = f"/v2/projects/{part(settings.project)}/locations/{part(settings.region)}"
        self._service = f"{place}/services/{part(settings.service)}"
        self._tagged: list[dict[str, Any]] = []

    def current(self) -> Deployment:
        return self._revision(self._live(self._asked()))

    def target(self, deployment: str, commit: str) -> Deployment:
        self._asked()  # what goes back must know the tags
        if deployment:
            return self._revision(deployment)
        call = get(f"{self._service}/revisions", pageSize="100")
        for each in items(call, self._plane.ask(call), "revisions"):
            found = self._deployment(each)
            if commit and found.commit == commit and not _is_broken(each):
                return found
        words = "none of the last 100 revisions that work is of it"
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        """None: a revision that comes up gets no traffic once another one is named."""
        return ()

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        return ()

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        wanted = {"type": _REVISION, "revision": target.id, "percent": 100}
        return (self._assign(wanted, "send all traffic to the target"),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        service = self._asked()
        live = self._revision(self._live(service))
        asked = at(service, "traffic") or []
        standing, words = Standing.NOT_TAKEN, ""
        if live.id == target.id:
            standing = Standing.LIVE
        elif any(_short(optional(each, "revision")) == target.id for each in asked):
            standing, words = _standing(service)
        is_pinned = bool(asked) and not any(
            at(each, "type") == _LATEST and at(each, "percent") for each in asked
        )
        return Confirmation(standing=standing, live=live, is_pinned=is_pinned, words=words)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        """Nothing: traffic that names a revision is pinned."""
        return ()

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        wanted = {"type": _LATEST, "percent": 100}
        return (self._assign(wanted, "send all traffic to the latest revision again"),)

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        return optional(self._plane.send(effect).document, "name")

    def _assign(self, wanted: dict[str, Any], words: str) -> Call:
        body: dict[str, Any] = {"traffic": [wanted, *self._tagged]}
        query = (("updateMask", "traffic"),)
        return Call(method="PATCH", path=self._service, query=query, body=body, words=words)

    def _asked(self) -> dict[str, Any]:
        """The service. Its tags are kept, for a change of the traffic must repeat them."""
        service = self._plane.ask(get(self._service))
        self._tagged = [
            {name: value for name, value in each.items() if name != "percent"}
            for each in at(service, "traffic") or ()
            if optional(each, "tag")
        ]
        return service

    def _live(self, service: dict[str, Any]) -> str:
        """The revision that gets all traffic."""
        call = get(self._service)
        serving = [e for e in items(call, service, "trafficStatuses") if at(e, "percent")]
        names = {_short(optional(e, "revision")) for e in serving}
        if len(names) > 1:
            words = f"traffic is split between {', '.join(sorted(names))}"
            raise HostError(Trouble.CONFLICT, call=call.shown, words=words)
        name = next(iter(names), "") or _short(optional(service, "latestReadyRevision"))
        if not name:
            raise self._plane.malformed(call, "no revision gets traffic")
        return name

    def _revision(self, name: str) -> Deployment:
        call = get(f"{self._service}/revisions/{part(name)}")
        found = self._plane.ask(call)
        if _is_broken(found):
            words = "the revision never became ready"
            raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)
        return self._deployment(found)

    def _deployment(self, found: dict[str, Any]) -> Deployment:
        labels = at(found, "labels")
        label = labels.get(self._label) if isinstance(labels, Mapping) else None
        named = _COMMIT.search(optional(found, "containers[0].image"))
        name = _short(optional(found, "name"))
        if not name:
            raise self._plane.malformed(get(self._service), "a revision has no name")
        return Deployment(
            id=name,
            commit=label if isinstance(label, str) else named[0] if named else "",
            created=moment(at(found, "createTime")),
        )


def _short(name: str) -> str:
    return name.rpartition("/")[2]


def _is_broken(revision: dict[str, Any]) -> bool:
    conditions = at(revision, "conditions") or ()
    return any(
        at(each, "type") == "Ready" and at(each, "state") == "CONDITION_FAILED"
        for each in conditions
    )


def _standing(service: dict[str, Any]) -> tuple[Standing, str]:
    """How traffic stands that was asked for, and is not so."""
    if at(service, "terminalCondition.state") == "CONDITION_FAILED":
        return Standing.FAILED, optional(service, "terminalCondition.reason")
    is_at_it = at(service, "reconciling") is True
    return (Standing.PENDING if is_at_it else Standing.NOT_TAKEN), ""
