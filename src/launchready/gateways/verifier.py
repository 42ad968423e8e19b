"""Asks a provider whether a secret still works: once, briefly, and leaving no trace of it.

The standard library's client is used for what it does not do: it logs nothing, follows no
redirect, tries nothing again and heeds no proxy variable, so that the secret goes to the provider
and nowhere else.
"""

import datetime
import enum
import http.client
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from launchready.catalog.verification import Endpoint
from launchready.facts.secret import Hidden

_SECONDS = 5.0
_SECONDS_IN_ALL = 60.0
_MOST_ANSWER = 64 << 10
_SENDABLE = re.compile(r"[!-~]{8,2048}")  # what a header or path holds without being changed

Connect = Callable[[str], http.client.HTTPConnection]


class Outcome(enum.Enum):
    """What a provider said."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unchecked"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`text` is what a report shows."""

    outcome: Outcome
    text: str


def connect_securely(host: str) -> http.client.HTTPConnection:
    """A connection to the provider, its certificate verified."""
    import ssl

    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, timeout=_SECONDS, context=context)


class Verifier:
    """Asks one thing after the other. `why_not` is why it may ask nothing at all here."""

    def __init__(self, *, why_not: str = "", connect: Connect = connect_securely) -> None:
        self.why_not = why_not
        self._connect = connect
        self._end: float | None = None

    def ask(self, endpoint: Endpoint, secret: Hidden) -> Answer:
        """What the provider says of the secret. Nothing is raised, nothing of it is kept."""
        if self.why_not:
            return _unknown(self.why_not)
        if self._end is None:
            self._end = time.monotonic() + _SECONDS_IN_ALL
        if time.monotonic() > self._end:
            return _unknown("there were too many to ask about in a minute")
        if not _SENDABLE.fullmatch(secret.reveal()):
            return _unknown("it cannot be sent as it is")
        try:
            return self._answer(endpoint, secret)
        except (OSError, http.client.HTTPException) as error:
            # The words of an exception may quote what was sent; its name cannot.
            return _unknown(f"{endpoint.host} could not be asked ({type(error).__name__})")

    def _answer(self, endpoint: Endpoint, secret: Hidden) -> Answer:
        value = secret.reveal()
        headers = {
            "User-Agent": "launchready",
            "Accept": "application/json",
            **dict(endpoint.headers),
        }
        if endpoint.header:
            headers[endpoint.header] = f"{endpoint.scheme}{value}"
        connection = self._connect(endpoint.host)
        try:
            path = endpoint.path.replace("{secret}", value)
            connection.request(endpoint.method, path, headers=headers)
            response = connection.getresponse()
            content = response.read(_MOST_ANSWER) if response.status == 200 else b""
        finally:
            connection.close()
        return _judged(endpoint, response.status, content)


def _judged(endpoint: Endpoint, status: int, content: bytes) -> Answer:
    if status == 401:
        return Answer(outcome=Outcome.REFUSED, text=f"refused by {endpoint.host}: 401")
    if status != 200:
        return _unknown(f"{endpoint.host} answered {status}")
    if not endpoint.member:
        return _accepted(endpoint)
    document = _document(content)
    if document.get(endpoint.member) is True:
        return _accepted(endpoint)
    word = document.get("error")
    if word in endpoint.refusals:
        return Answer(outcome=Outcome.REFUSED, text=f"refused by {endpoint.host}: {word}")
    return _unknown(f"{endpoint.host} gave an answer that is not understood")


def _accepted(endpoint: Endpoint) -> Answer:
    today = datetime.datetime.now(datetime.UTC).date()
    return Answer(
        outcome=Outcome.ACCEPTED, text=f"accepted by {endpoint.host} on {today.isoformat()}"
    )


def _unknown(reason: str) -> Answer:
    return Answer(outcome=Outcome.UNKNOWN, text=f"unchecked: {reason}")


def _document(content: bytes) -> dict[str, object]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
