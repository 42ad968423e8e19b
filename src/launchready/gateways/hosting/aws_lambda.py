"""AWS Lambda: an alias is pointed at a version that was published before, by `aws`.

Source: https://docs.aws.amazon.com/lambda/latest/api (GetAlias, UpdateAlias,
ListVersionsByFunction, GetFunctionConfiguration). A version never changes; its description can name
the commit.
"""

import re
from collections.abc import Mapping
from typing import Any

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Command, Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.programs import Programs, asking, malformed
from launchready.gateways.hosting.provider import Provider, Traits
from launchready.gateways.hosting.reading import at, moment, optional

_COMMIT = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_VERSION = re.compile(r"[1-9][0-9]{0,18}")
_NAME = r"^[A-Za-z0-9][A-Za-z0-9_:-]*$(?!\n)"

TRAITS = Traits(
    title="AWS Lambda",
    takes_config=True,
    warnings=(
        "Environment variables go back to those of that version.",
        "The next deploy moves the alias on: nothing at Lambda keeps it.",
    ),
)


@frozen
class LambdaSettings:
    """A function whose callers use an alias."""

    function: str = setting(
        "The function's name or ARN.", pattern=_NAME, takes="a name or ARN", examples=("shop",)
    )
    alias: str = setting(
        "The alias that customers are served by.",
        default="live",
        pattern=_NAME,
        takes="an alias's name",
    )
    region: str = setting(
        "The region; empty is that of the environment.",
        default="",
        pattern=r"^([a-z][a-z0-9-]*)?$(?!\n)",
        takes="a region",
        examples=("eu-west-1",),
    )


def open_lambda(settings: LambdaSettings, environ: Mapping[str, str]) -> Provider:
    """The function, asked by the AWS command line with the environment's credentials."""
    return Lambda(Programs(environ), settings)


class Lambda:
    """One alias of one function."""

    traits = TRAITS

    def __init__(self, programs: Programs, settings: LambdaSettings) -> None:
        self._programs = programs
        self._settings = settings

    def current(self) -> Deployment:
        command = asking(*self._aws("get-alias", f"--name={self._settings.alias}"))
        alias = self._programs.ask(command)
        if at(alias, "RoutingConfig.AdditionalVersionWeights"):
            words = "the alias splits its traffic between versions"
            raise HostError(Trouble.CONFLICT, call=command.shown, words=words)
        version = optional(alias, "FunctionVersion")
        if not _VERSION.fullmatch(version):
            raise malformed(command, "the alias names no published version")
        return self._version(version)

    def target(self, deployment: str, commit: str) -> Deployment:
        if deployment:
            return self._version(_number(deployment))
        command = asking(*self._aws("list-versions-by-function"))
        found = at(self._programs.ask(command), "Versions")
        if not isinstance(found, list):
            raise malformed(command, "`Versions` is no list")
        for each in reversed(found):
            version = _deployment(each)
            if commit and version.commit == commit and _VERSION.fullmatch(version.id):
                return version
        words = "no version's description names it"
        raise HostError(Trouble.NOT_FOUND, call=command.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        """None: nothing goes live but by moving the alias, which is done at once."""
        return ()

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        return ()

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        arguments = self._aws(
            "update-alias",
            f"--name={self._settings.alias}",
            f"--function-version={target.id}",
            "--routing-config=AdditionalVersionWeights={}",
        )
        words = "point the alias at the target's version"
        return (Command(arguments=arguments, is_harmless=True, words=words),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        live = self.current()
        is_live = live.id == target.id
        return Confirmation(standing=Standing.LIVE if is_live else Standing.NOT_TAKEN, live=live)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return ()

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return ()

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Command), effect  # noqa: S101 - it makes no others
        self._programs.run(effect)
        return ""

    def _version(self, number: str) -> Deployment:
        command = asking(*self._aws("get-function-configuration", f"--qualifier={number}"))
        found = _deployment(self._programs.ask(command))
        if found.id != number:
            raise malformed(command, "it tells of another version")
        return found

    def _aws(self, verb: str, *more: str) -> tuple[str, ...]:
        region = self._settings.region
        chosen = (f"--region={region}",) if region else ()
        function = f"--function-name={self._settings.function}"
        return ("aws", "lambda", verb, function, *more, *chosen, "--output=json", "--no-cli-pager")


def _number(deployment: str) -> str:
    if not _VERSION.fullmatch(deployment):
        raise HostError(Trouble.NOT_FOUND, words=f"{deployment!r} is no published version")
    return deployment


def _deployment(found: Any) -> Deployment:
    named = _COMMIT.search(optional(found, "Description"))
    return Deployment(
        id=optional(found, "Version"),
        commit=named[0] if named else "",
        created=moment(at(found, "LastModified")),
    )
