"""Kamal: `kamal rollback VERSION` starts a container again that is still on the servers.

Sources: https://kamal-deploy.org/docs/commands and basecamp/kamal, lib/kamal/cli. A rollback to a
version whose container was pruned says so, and ends with 0 all the same. The deploy lock is one
folder on the first server: while somebody deploys it is theirs, and it keeps deploys away as a pin.
"""

import re
from collections.abc import Mapping

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, DeploymentState, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Command, Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.programs import Programs, asking, malformed
from launchready.gateways.hosting.provider import Provider, Traits

_TIMEOUT_SECONDS = 600
_VERSION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_OUR_LOCK = "launchready keeps the release that was rolled back to"
_WORD = r"^([A-Za-z0-9._/][A-Za-z0-9._/-]*)?$(?!\n)"

TRAITS = Traits(
    title="Kamal",
    warnings=(
        "Only versions whose containers are still on every server can be gone back to.",
        "While the deploy lock is held `kamal deploy` refuses; the undo releases it.",
    ),
)


@frozen
class KamalSettings:
    """An app that Kamal deploys, reached by SSH as on a developer's machine."""

    program: tuple[str, ...] = setting(
        "How Kamal is started.", default=("kamal",), examples=(["bundle", "exec", "kamal"],)
    )
    destination: str = setting(
        "The destination, as with `-d`.", default="", pattern=_WORD, takes="a destination's name"
    )
    config_file: str = setting(
        "The file of the app; empty is `config/deploy.yml`.",
        default="",
        pattern=_WORD,
        takes="a path",
    )


def open_kamal(settings: KamalSettings, environ: Mapping[str, str]) -> Provider:
    """The app, asked by Kamal."""
    return Kamal(Programs(environ, timeout_seconds=_TIMEOUT_SECONDS), settings)


class Kamal:
    """One app on its servers."""

    traits = TRAITS

    def __init__(self, programs: Programs, settings: KamalSettings) -> None:
        self._programs = programs
        self._settings = settings

    def current(self) -> Deployment:
        command = asking(*self._kamal("app", "version"))
        lines = (line.strip() for line in self._programs.run(command).splitlines())
        versions = sorted({line for line in lines if _VERSION.fullmatch(line)})
        if not versions:
            raise malformed(command, "it names no version")
        if len(versions) > 1:
            words = f"the servers run different versions: {', '.join(versions)}"
            raise HostError(Trouble.CONFLICT, call=command.shown, words=words)
        return _deployment(versions[0])

    def target(self, deployment: str, commit: str) -> Deployment:
        version = deployment or commit
        command = asking(*self._kamal("app", "containers"))
        names = (line.split()[-1:] for line in self._programs.run(command).splitlines())
        if version and any(name and name[0].endswith(f"-{version}") for name in names):
            return _deployment(version)
        words = "no container of it is left on the servers"
        raise HostError(Trouble.NOT_FOUND, call=command.shown, words=words)

    def in_flight(self) -> tuple[Deployment, ...]:
        """Whoever holds the deploy lock, where that is not we."""
        lock = self._lock()
        if not lock or _OUR_LOCK in lock:
            return ()
        holder = next((x for x in lock.splitlines() if x.startswith("Locked by:")), "a deploy lock")
        return (Deployment(id=holder, state=DeploymentState.IN_FLIGHT),)

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        """Nothing: whoever holds the lock is at work on the servers."""
        return ()

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        words = "start the target's containers again"
        return (Command(arguments=self._kamal("rollback", _named(target.id)), words=words),)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        live, lock = self.current(), self._lock()
        return Confirmation(
            standing=Standing.LIVE if live.id == target.id else Standing.NOT_TAKEN,
            live=live,
            is_pinned=_OUR_LOCK in lock,
        )

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        arguments = self._kamal("lock", "acquire", f"--message={_OUR_LOCK}")
        return (Command(arguments=arguments, words="hold the deploy lock"),)

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        arguments = self._kamal("lock", "release")
        return (Command(arguments=arguments, words="release the deploy lock"),)

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Command), effect  # noqa: S101 - it makes no others
        if "not available as a container" in self._programs.run(effect):
            words = "no container of it is left on every server"
            raise HostError(Trouble.NOT_FOUND, call=effect.shown, words=words)
        return ""

    def _lock(self) -> str:
        """What the deploy lock says; "" for none."""
        command = asking(*self._kamal("lock", "status"))
        said = self._programs.run(command)
        if "Locked by:" in said:
            return said
        if "no deploy lock" in said:
            return ""
        raise malformed(command, "it does not tell of the deploy lock")

    def _kamal(self, *words: str) -> tuple[str, ...]:
        given = {
            "destination": self._settings.destination,
            "config-file": self._settings.config_file,
        }
        options = (f"--{name}={value}" for name, value in given.items() if value)
        return (*self._settings.program, *words, *options)


def _named(version: str) -> str:
    """A version that Kamal takes for no option. Raises HostError."""
    if not _VERSION.fullmatch(version):
        raise HostError(Trouble.NOT_FOUND, words=f"{version!r} is no version")
    return version


def _deployment(version: str) -> Deployment:
    return Deployment(id=version, commit=version if _COMMIT.fullmatch(version) else "")
