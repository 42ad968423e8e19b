"""Cloudflare Workers: all traffic goes back to an earlier version of the script.

Source: https://developers.cloudflare.com/api/resources/workers, deployments and versions; answers
come in an envelope with `result`. A release is a version; the first deployment is live, and one
that serves two versions counts as the one with the greater part. A version tells its commit as its
tag, where `wrangler deploy --tag "$GITHUB_SHA"` set one.
"""

import re
from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call, Effect, asked, get, part
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, items, moment, optional, text

_MOST_WHY = 50
_COMMIT = re.compile(r"[0-9a-f]{7,40}")

TRAITS = Traits(
    title="Cloudflare Workers",
    takes_config=True,
    warnings=(
        "Variables and bindings go back with the version; KV, D1, R2 and Durable Objects do not.",
        "Cloudflare refuses (code 10220) where a secret was changed since, unless `force` is set.",
        "The next `wrangler deploy` goes live: stop the workflow, or Workers Builds, yourself.",
    ),
)


@frozen
class WorkersSettings:
    """A script at Cloudflare Workers."""

    account: str = setting("The account's id.", interpolates=True, examples=("ACCOUNT_ID",))
    script: str = setting("The script's name.", interpolates=True, examples=("shop",))
    force: bool = setting(
        "Go back although a secret was changed since: the old version gets the secret of today.",
        default=False,
    )
    token: str = setting("The environment variable with the token.", default="CLOUDFLARE_API_TOKEN")
    api: str = setting("Where the API is.", default="https://api.cloudflare.com/client/v4")


def open_workers(settings: WorkersSettings, environ: Mapping[str, str]) -> Provider:
    """The script, asked with the token of the environment. Raises LaunchReadyError."""
    return Workers(Plane(settings.api, token_of(settings.token, environ)), settings)


class Workers:
    """One script."""

    traits = TRAITS

    def __init__(self, plane: Plane, settings: WorkersSettings) -> None:
        self._plane = plane
        account, script = part(settings.account), part(settings.script)
        self._script = f"/accounts/{account}/workers/scripts/{script}"
        self._force = "true" if settings.force else ""

    def current(self) -> Deployment:
        call, deployments = self._deployments()
        if not deployments:
            raise self._plane.malformed(call, "nothing is deployed")
        version = text(call, _greatest(call, deployments[0]), "version_id")
        _, versions = self._versions()
        return next((each for each in versions if each.id == version), Deployment(id=version))

    def target(self, deployment: str, commit: str) -> Deployment:
        call, versions = self._versions()
        if not deployment:
            # A version that was uploaded with that tag need not have been live.
            _, deployments = self._deployments()
            was_live = {
                optional(each, "version_id")
                for one in deployments
                for each in items(call, one, "versions")
                if at(each, "percentage") == 100
            }
            versions = [each for each in versions if each.id in was_live]
        for each in versions:
            if each.id == deployment or (not deployment and commit and each.commit == commit):
                return each
        words = "it is no version that can be deployed"
        raise HostError(Trouble.NOT_FOUND, call=call.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        """None ever: a deployment is there at once."""
        return ()

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        return ()

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        return (
            Call(
                method="POST",
                path=f"{self._script}/deployments",
                query=asked(force=self._force),
                body={
                    "strategy": "percentage",
                    "versions": [{"percentage": 100, "version_id": target.id}],
                    "annotations": {"workers/message": why[:_MOST_WHY]},
                },
                words="send all traffic to the target",
            ),
        )

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        call, deployments = self._deployments()
        served = items(call, deployments[0], "versions") if deployments else []
        is_live = [optional(each, "version_id") for each in served] == [target.id]
        live = target if is_live else self.current()
        if not is_live and live.id == target.id:
            words = "another version still gets a part of the traffic"
            return Confirmation(standing=Standing.PENDING, live=live, words=words)
        standing = Standing.LIVE if is_live else Standing.NOT_TAKEN
        return Confirmation(standing=standing, live=live)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return ()

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return ()

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Call), effect  # noqa: S101 - it makes no others
        return text(effect, self._plane.ask(effect), "result.id")

    def _deployments(self) -> tuple[Call, list[dict[str, Any]]]:
        """The newest first."""
        call = get(f"{self._script}/deployments")
        return call, items(call, self._plane.ask(call), "result.deployments")

    def _versions(self) -> tuple[Call, list[Deployment]]:
        """Those that can be deployed, the newest first."""
        call = get(f"{self._script}/versions", deployable="true")
        found = items(call, self._plane.ask(call), "result.items")
        return call, [_version(call, each) for each in found]


def _greatest(call: Call, deployment: dict[str, Any]) -> dict[str, Any] | None:
    served = items(call, deployment, "versions")
    return max(served, key=_part, default=None)


def _part(served: dict[str, Any]) -> float:
    share = at(served, "percentage")
    return share if isinstance(share, int | float) else 0


def _version(call: Call, found: Any) -> Deployment:
    notes = at(found, "annotations")
    tag = notes.get("workers/tag") if isinstance(notes, Mapping) else None
    return Deployment(
        id=text(call, found, "id"),
        commit=tag if isinstance(tag, str) and _COMMIT.fullmatch(tag) else "",
        created=moment(at(found, "metadata.created_on")),
    )
