"""Heroku: going back makes a new release with the code and the config vars of an old one.

Source: https://devcenter.heroku.com/articles/platform-api-reference, releases and builds. Every
change of a config var is a release too, so that "the one before" may hold the same bad code. The
API takes a release's UUID, never `v41`. A rollback is a release of its own, that says which one it
goes back to: what a release serves is told by the version that it leads back to.
"""

import re
from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, DeploymentState, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call, Effect, part
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, moment, optional, text

_GOES_BACK = re.compile(r"Rollback to v(\d+)")
_MOST_SLUGS = 20
_STATES = {
    "succeeded": DeploymentState.READY,
    "pending": DeploymentState.IN_FLIGHT,
    "failed": DeploymentState.FAILED,
    "expired": DeploymentState.FAILED,
}
_STANDINGS = {"pending": Standing.PENDING, "failed": Standing.FAILED, "expired": Standing.FAILED}
HEADERS = {
    "Authorization": "Bearer {token}",
    "Accept": "application/vnd.heroku+json; version=3",
}

TRAITS = Traits(
    title="Heroku",
    takes_config=True,
    warnings=(
        "Config vars go back together with the code; add-ons and their data do not.",
        "Heroku's API cannot switch automatic deploys off: do so in the dashboard.",
    ),
)


@frozen
class HerokuSettings:
    """An app at Heroku."""

    app: str = setting("The app's name or id.", interpolates=True, examples=("shop-production",))
    token: str = setting("The environment variable with the API key.", default="HEROKU_API_KEY")
    api: str = setting("Where the API is.", default="https://api.heroku.com")


def open_heroku(settings: HerokuSettings, environ: Mapping[str, str]) -> Provider:
    """The app, asked with the key of the environment. Raises LaunchReadyError."""
    plane = Plane(settings.api, token_of(settings.token, environ), headers=HEADERS)
    return Heroku(plane, settings)


class Heroku:
    """One app."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: HerokuSettings) -> None:
        self._plane = plane
        self._app = f"/apps/{part(settings.app)}"

    def current(self) -> Deployment:
        call, releases = self._releases()
        return self._told(call, _live(self._plane, call, releases), releases)

    def target(self, deployment: str, commit: str) -> Deployment:
        call, releases = self._releases()
        fit = [each for each in releases if at(each, "eligible_for_rollback") is True]
        if deployment:
            for each in fit:
                if optional(each, "id") == deployment:
                    return self._told(call, each, releases)
        commits: dict[str, str] = {}
        for each in () if deployment else fit:
            slug = optional(each, "slug.id")
            if slug not in commits and len(commits) < _MOST_SLUGS:
                commits[slug] = self._commit(slug)
            if commits.get(slug) == commit:
                return self._told(call, each, releases)
        words = "it is none of the releases that Heroku can go back to"
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        """Builds, and releases whose release phase is running: those cannot be stopped."""
        call, releases = self._releases()
        pending = [each for each in releases if optional(each, "status") == "pending"]
        building = self._read("builds", "started_at ..; max=20, order=desc")
        builds = self._plane.ask_list(building)
        return (
            *(_release(call, each, releases) for each in pending),
            *(_build(building, each) for each in builds if optional(each, "status") == "pending"),
        )

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        if deployment.build:
            return ()
        path = f"{self._app}/builds/{part(deployment.id)}"
        words = "stop the build that is under way"
        return (Call(method="DELETE", path=path, is_harmless=True, words=words),)

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        return (
            Call(
                method="POST",
                path=f"{self._app}/releases",
                body={"release": target.id},
                words="release the target's code and config again",
            ),
        )

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        call, releases = self._releases()
        found = _live(self._plane, call, releases)
        live = self._told(call, found, releases)
        made = next((each for each in releases if _is_made(each, target, ticket)), None)
        if live.serves == target.serves or (ticket and live.id == ticket):
            return Confirmation(standing=Standing.LIVE, live=live)
        word = optional(made, "status")
        standing = _STANDINGS.get(word, Standing.NOT_TAKEN)
        words = f"Heroku's release {word}" if word else ""
        return Confirmation(standing=standing, live=live, words=words)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return ()

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return ()

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        return text(effect, self._plane.ask(effect), "id")

    def _releases(self) -> tuple[Call, list[dict[str, Any]]]:
        """The newest first."""
        call = self._read("releases", "version ..; max=200, order=desc")
        return call, self._plane.ask_list(call)

    def _read(self, what: str, span: str) -> Call:
        return Call(
            method="GET", path=f"{self._app}/{what}", headers={"Range": span}, is_harmless=True
        )

    def _told(self, call: Call, found: Any, releases: list[dict[str, Any]]) -> Deployment:
        return _release(call, found, releases, self._commit(optional(found, "slug.id")))

    def _commit(self, slug: str) -> str:
        """A slug's commit; "" where there is none, as with images, or where it is gone."""
        if not slug:
            return ""
        call = Call(method="GET", path=f"{self._app}/slugs/{part(slug)}", is_harmless=True)
        try:
            return optional(self._plane.ask(call), "commit")
        except HostError as error:
            if error.trouble is Trouble.NOT_FOUND:
                return ""
            raise


def _live(plane: Plane, call: Call, releases: list[dict[str, Any]]) -> Any:
    for each in releases:
        if at(each, "current") is True:
            return each
    raise plane.malformed(call, "no release is the current one")


def _is_made(release: Any, target: Deployment, ticket: str) -> bool:
    """Whether a release is the rollback to `target`; by what it says where the id was lost."""
    if ticket:
        return optional(release, "id") == ticket
    found = _GOES_BACK.match(optional(release, "description"))
    return found is not None and f"v{found[1]}" == target.build


def _release(
    call: Call, found: Any, releases: list[dict[str, Any]], commit: str = ""
) -> Deployment:
    return Deployment(
        id=text(call, found, "id"),
        commit=commit,
        state=_STATES.get(optional(found, "status"), DeploymentState.UNKNOWN),
        created=moment(at(found, "created_at")),
        build=f"v{_root(text(call, found, 'version'), releases)}",
    )


def _root(version: str, releases: list[dict[str, Any]]) -> str:
    """The version that a chain of rollbacks leads back to. Every step is to an older one."""
    said = {str(at(each, "version")): optional(each, "description") for each in releases}
    while (found := _GOES_BACK.match(said.pop(version, ""))) is not None:
        version = found[1]
    return version


def _build(call: Call, found: Any) -> Deployment:
    return Deployment(
        id=text(call, found, "id"),
        state=DeploymentState.IN_FLIGHT,
        created=moment(at(found, "created_at")),
    )
