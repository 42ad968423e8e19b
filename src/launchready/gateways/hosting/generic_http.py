"""Any host with an HTTP API, or your own endpoint: the calls are written in the config.

`{id}` and `{commit}` in an address or a body stand for the target's; `{why}` for the reason.
"""

import re
from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, Standing
from launchready.facts.secret import Hidden
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call, Effect, part
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, items, moment, optional, text

_NAME = re.compile(r"\{(id|commit|why)\}")
_PATH = r"^/[^\s#]*$(?!\n)"


@frozen
class Request:
    """One HTTP request."""

    method: str = setting(
        "The HTTP method.",
        default="POST",
        pattern=r"^(GET|POST|PUT|PATCH|DELETE)$(?!\n)",
        takes="an HTTP method in capitals",
    )
    path: str = setting(
        "The path below `api`; `{id}` and `{commit}` stand for the target's.",
        pattern=_PATH,
        takes="a path that begins with `/`",
        examples=("/apps/shop/rollback/{id}",),
    )
    json: Mapping[str, str] = setting(
        "The JSON object to send; `{id}`, `{commit}` and `{why}` are filled in.",
        default={},
        examples=({"release": "{id}"},),
    )
    repeatable: bool = setting(
        "Whether sending it twice does what sending it once does.", default=False
    )


@frozen
class Answer:
    """Where an answer tells a deployment: paths such as `live.id`, `items[0].sha`."""

    path: str = setting(
        "The path below `api` that is asked.",
        pattern=_PATH,
        takes="a path that begins with `/`",
        examples=("/apps/shop",),
    )
    list: str = setting(
        "Where the list of deployments is in the answer; empty where the answer is the list, or"
        " tells one deployment.",
        default="",
        examples=("deployments",),
    )
    id: str = setting("Where the id is.", default="id", examples=("live.id",))
    commit: str = setting("Where the commit is.", default="commit")
    created: str = setting("Where the time is.", default="created")


@frozen
class HttpSettings:
    """Calls of your own."""

    api: str = setting(
        "The address before every path.",
        interpolates=True,
        examples=("https://deploy.example.com",),
    )
    token: str = setting("The environment variable with the token.", default="DEPLOY_TOKEN")
    header: str = setting(
        "The header field that carries the token, `{token}` in its value.",
        default="Authorization: Bearer {token}",
        pattern=r"^[A-Za-z0-9-]+: .*\{token\}.*$(?!\n)",
        takes="`Name: value` with `{token}` in it",
    )
    current: Answer = setting("What is live.", examples=({"path": "/apps/shop", "id": "live"},))
    releases: Answer | None = setting(
        "The deployments that can be gone back to, as a list.", default=None
    )
    under_way: Answer | None = setting(
        "The deployments that are under way, as a list.", default=None
    )
    roll_back: Request = setting("Goes back.", examples=({"path": "/rollback/{id}"},))
    cancel: Request | None = setting("Stops a deployment that is under way.", default=None)
    pin: Request | None = setting("Keeps the next push from going live.", default=None)
    unpin: Request | None = setting("Lets pushes go live again.", default=None)


def open_http(settings: HttpSettings, environ: Mapping[str, str]) -> Provider:
    """The host that the settings describe. Raises LaunchReadyError."""
    return GenericHttp(plane_of(settings, token_of(settings.token, environ)), settings)


def plane_of(settings: HttpSettings, token: Hidden, *, pause_seconds: float = 0.5) -> Plane:
    """The control plane, with the token in the header field that the settings name."""
    name, _, value = settings.header.partition(": ")
    return Plane(settings.api, token, headers={name: value}, pause_seconds=pause_seconds)


class GenericHttp:
    """A host whose calls stand in the config."""

    def __init__(self, plane: Plane, settings: HttpSettings) -> None:
        self._plane = plane
        self._settings = settings

    @property
    def traits(self) -> Traits:
        missing = () if self._settings.pin else ("The next push may go live: no `pin` is set.",)
        return Traits(title="your host", pins_itself=False, warnings=missing)

    def current(self) -> Deployment:
        shape = self._settings.current
        call = _reading(shape)
        return _deployment(call, shape, self._plane.send(call).document)

    def target(self, deployment: str, commit: str) -> Deployment:
        shape = self._settings.releases
        if shape is None:
            return Deployment(id=deployment or commit, commit=commit)
        for found in self._listed(shape):
            if found.id == deployment or (not deployment and commit and found.commit == commit):
                return found
        raise HostError(Trouble.NOT_FOUND, call=_reading(shape).shown, words="it is not listed")

    def in_flight(self) -> tuple[Deployment, ...]:
        shape = self._settings.under_way
        return self._listed(shape) if shape else ()

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        return self._effect(self._settings.cancel, deployment, "stop what is under way")

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        return self._effect(self._settings.roll_back, target, "go back to the target", why)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        live = self.current()
        is_live = live.serves == target.serves or bool(live.commit and live.commit == target.commit)
        # Nothing tells whether a job is under way: what is not live yet may still become so.
        return Confirmation(standing=Standing.LIVE if is_live else Standing.NOT_TAKEN, live=live)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return self._effect(self._settings.pin, None, "keep pushes from going live")

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return self._effect(self._settings.unpin, None, "let pushes go live again")

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        return optional(self._plane.send(effect).document, "id")

    def _listed(self, shape: Answer) -> tuple[Deployment, ...]:
        call = _reading(shape)
        found = items(call, self._plane.send(call).document, shape.list)
        return tuple(_deployment(call, shape, each) for each in found)

    def _effect(
        self, request: Request | None, about: Deployment | None, words: str, why: str = ""
    ) -> tuple[Effect, ...]:
        if request is None:
            return ()
        values = {"id": about.id if about else "", "commit": about.commit if about else ""}
        values["why"] = why
        body: dict[str, Any] = {n: _filled(t, values) for n, t in request.json.items()}
        return (
            Call(
                method=request.method,
                path=_NAME.sub(lambda m: part(values[m[1]]), request.path),
                body=body or None,
                is_harmless=request.repeatable,
                words=words,
            ),
        )


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: values[found[1]], template)


def _reading(shape: Answer) -> Call:
    return Call(method="GET", path=shape.path, is_harmless=True)


def _deployment(call: Call, shape: Answer, found: Any) -> Deployment:
    return Deployment(
        id=text(call, found, shape.id),
        commit=optional(found, shape.commit),
        created=moment(at(found, shape.created)),
    )
