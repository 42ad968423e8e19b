"""Speaks to a host's control plane over HTTP: one client for every provider that has an API.

Repeats by itself only what is harmless to repeat. Whatever changes something is sent once: whether
it was done though the answer was lost is for the caller to find out, by reading.
"""

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from launchready.errors import LaunchReadyError
from launchready.facts.secret import Hidden
from launchready.facts.web import LOOPBACK
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Call
from launchready.gateways.hosting.errors import HostError, Trouble, quoted, retry_after, trouble_of

if TYPE_CHECKING:
    import requests
    from urllib3.util import Retry

_TIMEOUT_SECONDS = (5, 20)
_MOST_ANSWER = 8 << 20
_MOST_WAIT_SECONDS = 10
_REPEATS = 3
_BUSY = (429, 502, 503, 504)
_SAYS = ("message", "error", "errors", "detail", "description")


@frozen
class Reply:
    """What a host answered to a call that it took. `document` is the JSON, None for no body."""

    status: int
    headers: Mapping[str, str]
    document: Any = None


class Plane:
    """A host's API at `address`. `headers` go with every call; `{token}` in them is the token, and
    one that is `Hidden` is a second secret.

    Secrets never leave this object but in a header: they are in no argument, message or report.
    """

    def __init__(
        self,
        address: str,
        token: Hidden,
        *,
        headers: Mapping[str, str | Hidden] | None = None,
        pause_seconds: float = 0.5,
    ) -> None:
        self.address = _safe(address)
        self._token = token
        self._headers = {"Authorization": "Bearer {token}"} if headers is None else headers
        self._pause = pause_seconds
        self._opened: requests.Session | None = None

    def send(self, call: Call) -> Reply:
        """Make a call, again where that is harmless. Raises HostError."""
        import requests
        from urllib3.exceptions import HTTPError

        response = None
        try:
            response = self._session(call).request(
                call.method,
                f"{self.address}{call.target}" if call.path.startswith("/") else call.target,
                data=None if call.body is None else json.dumps(call.body).encode(),
                headers=self._sent(call),
                timeout=_TIMEOUT_SECONDS,
                allow_redirects=False,
                stream=True,
            )
            content = response.raw.read(_MOST_ANSWER + 1, decode_content=True)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            # The words of an exception may quote what was sent; its name cannot.
            words = type(error).__name__
            raise HostError(Trouble.UNREACHABLE, call=call.shown, words=words) from None
        finally:
            if response is not None:
                response.close()
        return self._reply(call, response, content)

    def ask(self, call: Call) -> dict[str, Any]:
        """Make a call whose answer is a JSON object. Raises HostError."""
        document = self.send(call).document
        if not isinstance(document, dict):
            raise self.malformed(call, "it is no JSON object")
        return document

    def ask_list(self, call: Call) -> list[dict[str, Any]]:
        """Make a call whose answer is a JSON list of objects. Raises HostError."""
        document = self.send(call).document
        if not isinstance(document, list) or not all(isinstance(each, dict) for each in document):
            raise self.malformed(call, "it is no JSON list of objects")
        return document

    def malformed(self, call: Call, words: str) -> HostError:
        """An answer to `call` that is not as documented."""
        return HostError(Trouble.MALFORMED, call=call.shown, words=words)

    def quoted(self, words: str) -> str:
        """A host's own words, as a report may show them: no secret in them."""
        return quoted(words, self._secrets)

    def _reply(self, call: Call, response: "requests.Response", content: bytes) -> Reply:
        headers = {name.lower(): value for name, value in response.headers.items()}
        trouble = trouble_of(response.status_code, headers)
        if trouble:
            raise HostError(
                trouble,
                call=call.shown,
                words=f"status {response.status_code}{self._said(content)}",
                status=response.status_code,
                retry_after=retry_after(headers),
            )
        if len(content) > _MOST_ANSWER:
            raise self.malformed(call, "it is longer than 8 MiB")
        try:
            document = json.loads(content) if content.strip() else None
        except (ValueError, RecursionError):
            raise self.malformed(call, "it is no JSON") from None
        return Reply(status=response.status_code, headers=headers, document=document)

    def _said(self, content: bytes) -> str:
        try:
            document: Any = json.loads(content[:65536])
        except (ValueError, RecursionError):
            return ""
        for _ in range(3):  # {"error": {"message": …}}, {"errors": [{"message": …}]}
            if isinstance(document, list):
                document = document[0] if document else None
            if isinstance(document, dict):
                document = next((document[name] for name in _SAYS if name in document), None)
        return f", {self.quoted(document)!r}" if isinstance(document, str) else ""

    def _sent(self, call: Call) -> dict[str, str]:
        """The token goes to the API's own address, and to nobody else."""
        sent = {"User-Agent": "launchready", "Accept": "application/json"}
        if call.body is not None:
            sent["Content-Type"] = "application/json"
        if call.path.startswith("/") or _origin(call.path) == _origin(self.address):
            sent |= {name: self._revealed(text) for name, text in self._headers.items()}
        return sent | dict(call.headers)

    def _revealed(self, text: str | Hidden) -> str:
        if isinstance(text, Hidden):
            return text.reveal()
        return text.replace("{token}", self._token.reveal())

    @property
    def _secrets(self) -> tuple[str, ...]:
        more = (each.reveal() for each in self._headers.values() if isinstance(each, Hidden))
        return (self._token.reveal(), *more)

    def _session(self, call: Call) -> "requests.Session":
        import requests
        from requests.adapters import HTTPAdapter

        if self._opened is None:
            self._opened = requests.Session()
            self._opened.auth = lambda request: request  # else ~/.netrc would be asked
        repeats = patient(self._pause) if call.is_harmless else _once()
        for scheme in ("https://", "http://"):
            adapter = self._opened.get_adapter(scheme)
            if isinstance(adapter, HTTPAdapter):
                adapter.max_retries = repeats
        return self._opened


def token_of(variable: str, environ: Mapping[str, str] | None = None) -> Hidden:
    """The token that an environment variable holds. Raises LaunchReadyError where there is none, or
    one that no header can carry.
    """
    token = (os.environ if environ is None else environ).get(variable, "").strip()
    if not token:
        raise LaunchReadyError(
            f"the environment variable {variable} is not set, and the host asks for a token",
            hint=f"set {variable} to a token of the host: a secret of the workflow, never a file",
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise LaunchReadyError(
            f"the environment variable {variable} holds what cannot be a token",
            hint="look for line ends and quotes in the secret",
        )
    return Hidden(token)


def _safe(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise LaunchReadyError(
            f"{address!r} is no https address, so that others could read the token",
            hint="name an address that begins with https://",
        )
    return address.rstrip("/")


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _once() -> "Retry":
    from urllib3.util import Retry

    return Retry(total=0, redirect=0, raise_on_status=False, raise_on_redirect=False)


def patient(pause_seconds: float) -> "Retry":
    """Repeats whatever it is given, and waits as the host asks, though never long."""
    from urllib3.util import Retry

    class Patient(Retry):
        def get_retry_after(self, response: Any) -> float | None:
            asked: float | None = super().get_retry_after(response)
            return None if asked is None else min(asked, _MOST_WAIT_SECONDS)

    return Patient(
        total=_REPEATS,
        redirect=0,
        backoff_factor=pause_seconds,
        status_forcelist=_BUSY,
        allowed_methods=None,
        raise_on_status=False,
        raise_on_redirect=False,
    )
