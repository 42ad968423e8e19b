"""The calls that change something at a host, as values: a dry run prints them, a run makes them."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import field
from urllib.parse import quote, urlencode

from launchready.frozen import frozen
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.model import Json


@frozen
class Call:
    """One HTTP request to a host's API. It holds no token: that is added when it is sent.

    `path` is below the API's address, or a whole URL; `query` are its parameters. `body` is what
    is sent as JSON, None for no body at all. `is_harmless` says that sending it twice does what
    sending it once does, so that it may be repeated without a look. `words` say what it is for.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_harmless: bool = False
    words: str = ""

    @property
    def target(self) -> str:
        """The path with its query."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def shown(self) -> str:
        """The call as a dry run prints it, on one line."""
        body = "" if self.body is None else f" {json.dumps(self.body, ensure_ascii=True)}"
        return f"{self.method} {self.target}{body}"


@frozen
class Command:
    """A program that is run: `kubectl`, `kamal`. No argument holds a secret."""

    arguments: tuple[str, ...]
    is_harmless: bool = False
    words: str = ""

    @property
    def shown(self) -> str:
        """The command as a person would type it."""
        return shlex.join(self.arguments)


@frozen
class Operation:
    """A call that a vendor's own library signs and sends: service, operation, parameters."""

    service: str
    name: str
    parameters: Mapping[str, Json]
    is_harmless: bool = False
    words: str = ""

    @property
    def shown(self) -> str:
        """The call as a dry run prints it."""
        return f"{self.service}:{self.name} {json.dumps(self.parameters, sort_keys=True)}"


Effect = Call | Command | Operation


def get(path: str, **query: str) -> Call:
    """A request that only reads. Parameters without a value are left out."""
    return Call(method="GET", path=path, query=asked(**query), is_harmless=True)


def asked(**query: str) -> tuple[tuple[str, str], ...]:
    """Parameters of a query, without those that have no value."""
    return tuple((name, value) for name, value in query.items() if value)


def part(text: str) -> str:
    """A text as one part of a path, whatever it holds. Raises HostError for one that is none."""
    if text in ("", ".", ".."):
        raise HostError(Trouble.NOT_FOUND, words=f"{text!r} is no name of anything")
    return quote(text, safe="")
