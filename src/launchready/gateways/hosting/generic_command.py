"""Any host that a program of your own can ask and change: the commands are written in the config.

Commands are lists, and no shell reads them. `{id}` and `{commit}` stand for the target's, `{why}`
for the reason.
"""

import re
from collections.abc import Mapping

from launchready.config.setting import setting
from launchready.facts.releases import Confirmation, Deployment, Standing
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Command, Effect
from launchready.gateways.hosting.errors import HostError, Trouble, quoted
from launchready.gateways.hosting.programs import Programs, asking, malformed
from launchready.gateways.hosting.provider import Provider, Traits

_NAME = re.compile(r"\{(id|commit|why)\}")
_WORD = re.compile(r"[A-Za-z0-9][^\s\x00-\x1f\x7f]*")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@frozen
class CommandSettings:
    """Commands of your own. Those that read write a line `ID` or `ID COMMIT` for each deployment,
    and nothing else.
    """

    current: tuple[str, ...] = setting(
        "Writes what is live, in one line.", examples=(["bin/live"],)
    )
    releases: tuple[str, ...] = setting(
        "Writes what can be gone back to; without it the ledger is believed.", default=()
    )
    under_way: tuple[str, ...] = setting(
        "Writes the deployments that are under way; without it there are none.", default=()
    )
    roll_back: tuple[str, ...] = setting(
        "Goes back, and ends with 0 when that is done or begun.",
        examples=(["bin/deploy", "{id}"],),
    )
    cancel: tuple[str, ...] = setting("Stops a deployment that is under way.", default=())
    pin: tuple[str, ...] = setting("Keeps the next push from going live.", default=())
    unpin: tuple[str, ...] = setting("Lets pushes go live again.", default=())
    timeout_seconds: int = setting("How long one command may take.", default=300)


def open_command(settings: CommandSettings, environ: Mapping[str, str]) -> Provider:
    """The host that the settings describe."""
    return GenericCommand(Programs(environ, timeout_seconds=settings.timeout_seconds), settings)


class GenericCommand:
    """A host whose commands stand in the config."""

    def __init__(self, programs: Programs, settings: CommandSettings) -> None:
        self._programs = programs
        self._settings = settings

    @property
    def traits(self) -> Traits:
        missing = () if self._settings.pin else ("The next push may go live: no `pin` is set.",)
        return Traits(title="your host", warnings=missing)

    def current(self) -> Deployment:
        command, found = self._listed(self._settings.current)
        if len(found) != 1:
            raise malformed(command, f"it writes {len(found)} lines, not one")
        return found[0]

    def target(self, deployment: str, commit: str) -> Deployment:
        if not self._settings.releases:
            return Deployment(id=deployment or commit, commit=commit)
        command, found = self._listed(self._settings.releases)
        for each in found:
            if each.id == deployment or (not deployment and commit and each.commit == commit):
                return each
        raise HostError(Trouble.NOT_FOUND, call=command.shown, words="it is not listed")

    def in_flight(self) -> tuple[Deployment, ...]:
        return self._listed(self._settings.under_way)[1] if self._settings.under_way else ()

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        return _effect(self._settings.cancel, deployment, "stop what is under way")

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        return _effect(self._settings.roll_back, target, "go back to the target", why)

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        live = self.current()
        is_live = live.serves == target.serves or bool(live.commit and live.commit == target.commit)
        # Nothing tells whether work is under way: what is not live yet may still become so.
        return Confirmation(standing=Standing.LIVE if is_live else Standing.NOT_TAKEN, live=live)

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        return _effect(self._settings.pin, live, "keep pushes from going live")

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        return _effect(self._settings.unpin, live, "let pushes go live again")

    def perform(self, effect: Effect) -> str:
        assert isinstance(effect, Command), effect  # noqa: S101 - it makes no others
        self._programs.run(effect)
        return ""

    def _listed(self, words: tuple[str, ...]) -> tuple[Command, tuple[Deployment, ...]]:
        command = asking(*words)
        lines = self._programs.run(command).splitlines()
        return command, tuple(_deployment(command, line) for line in lines if line.strip())


def _effect(
    template: tuple[str, ...], about: Deployment, words: str, why: str = ""
) -> tuple[Effect, ...]:
    if not template:
        return ()
    values = {"id": _word(about.id), "commit": _word(about.commit), "why": quoted(why)}
    filled = tuple(_NAME.sub(lambda m: values[m[1]], each) for each in template)
    return (Command(arguments=filled, words=words),)


def _word(text: str) -> str:
    """A name that no program takes for an option. Raises HostError."""
    if text and not _WORD.fullmatch(text):
        raise HostError(Trouble.NOT_FOUND, words=f"{quoted(text)!r} is no name of a deployment")
    return text


def _deployment(command: Command, line: str) -> Deployment:
    words = line.split()
    is_well = len(words) <= 2 and _WORD.fullmatch(words[0])
    if not is_well or (len(words) == 2 and not _COMMIT.fullmatch(words[1])):
        raise malformed(command, "it writes a line that is not `ID` or `ID COMMIT`")
    return Deployment(id=words[0], commit=words[1] if len(words) == 2 else "")
