"""Runs a host's own program, `kubectl` or `kamal`, and reads what it says.

The program gets the environment as it is, for its credentials are there; nothing of them is put in
an argument, and whatever of them it says is blotted out. A program is never repeated: whether one
that failed did its work all the same is found out by reading.
"""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from typing import Any

from launchready.gateways.hosting.calls import Command
from launchready.gateways.hosting.errors import HostError, Trouble, quoted

_MOST_BYTES = 8 << 20
_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSW|KEY|CREDENTIAL|AUTH", re.IGNORECASE)
_SHORTEST_SECRET = 8
_SIGNS = (
    (
        Trouble.AUTH,
        r"unauthorized|forbidden|(permission|access) ?denied|not authorized|logged in|credential",
    ),
    (Trouble.NOT_FOUND, r"not ?found|no such|unable to find|does not exist"),
    (Trouble.CONFLICT, r"conflict|deploy lock|already (in progress|exists)"),
    (Trouble.REFUSED, r"paused deployment|not available as a container"),
    (Trouble.RATE_LIMIT, r"too ?many ?requests|rate limit"),
    (Trouble.UNREACHABLE, r"connection|timed? ?out|unreachable|no route|i/o timeout|eof"),
)


class Programs:
    """Runs commands with an environment, each at most `timeout_seconds`."""

    def __init__(self, environ: Mapping[str, str], *, timeout_seconds: float = 120) -> None:
        self._environ = dict(environ)
        self._timeout = timeout_seconds

    def run(self, command: Command) -> str:
        """What a command writes to its output. Raises HostError where it does not end well."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            try:
                code = subprocess.run(
                    self._located(command),
                    env=self._environ,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    timeout=self._timeout,
                    check=False,
                ).returncode
            except subprocess.TimeoutExpired:
                words = f"it did not end within {self._timeout:.0f} s"
                raise HostError(Trouble.UNREACHABLE, call=command.shown, words=words) from None
            except OSError as error:
                words = f"{command.arguments[0]} cannot be started: {error.strerror}"
                raise HostError(Trouble.REFUSED, call=command.shown, words=words) from None
            said, complained = (_read(each) for each in (out, err))
        if code:
            raise self._failed(command, code, complained.strip() or said.strip())
        return said

    def ask(self, command: Command) -> dict[str, Any]:
        """What a command writes as one JSON object. Raises HostError."""
        try:
            document = json.loads(self.run(command))
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise malformed(command, "it says no JSON object")
        return document

    def _located(self, command: Command) -> list[str]:
        """The program as the given PATH finds it, which need not be the PATH of this process."""
        import shutil

        name, *more = command.arguments
        found = shutil.which(name, path=self._environ.get("PATH", os.defpath))
        return [found or name, *more]

    def _failed(self, command: Command, code: int, said: str) -> HostError:
        """Whatever no sign explains may have been done: a program may fail at its last line."""
        lines = said.splitlines()
        found = (t for t, sign in _SIGNS if re.search(sign, said, re.IGNORECASE))
        told = quoted(lines[-1] if lines else "it says nothing", self._secrets)
        words = f"it ended with {code}: {told}"
        return HostError(next(found, Trouble.SERVER), call=command.shown, words=words)

    @property
    def _secrets(self) -> tuple[str, ...]:
        given = self._environ.items()
        found = (v for n, v in given if _SECRET_NAME.search(n) and len(v) >= _SHORTEST_SECRET)
        return tuple(sorted(found, key=len, reverse=True))


def malformed(command: Command, words: str) -> HostError:
    """What a command says is not as documented."""
    return HostError(Trouble.MALFORMED, call=command.shown, words=words)


def asking(*arguments: str) -> Command:
    """A command that only reads."""
    return Command(arguments=arguments, is_harmless=True)


def _read(stream: Any) -> str:
    stream.seek(0)
    content: bytes = stream.read(_MOST_BYTES)
    return content.decode("utf-8", "replace")
