"""Reads what a run of GitHub Actions left: its artifacts and its logs, as they stream by.

Source: https://docs.github.com/rest/actions/artifacts and
https://docs.github.com/rest/actions/workflow-runs ("Download workflow run logs"). A download is a
redirect to a store that must not see the token.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from launchready.facts.web import LOOPBACK
from launchready.gateways.github_answers import Refused, refusal
from launchready.gateways.github_api import API, REPOSITORY
from launchready.gateways.unpack.bounds import DamageError
from launchready.gateways.unpack.members import inside
from launchready.gateways.unpack.stream import Stream
from launchready.model import Unchecked

if TYPE_CHECKING:
    import requests

_TIMEOUT_SECONDS = (10, 60)
_MOST_REDIRECTS = 5
_MOST_PAGES = 50
_MOST_JSON = 8 << 20
_AGAIN = "run it again; if it stays, see https://www.githubstatus.com"


@dataclass(frozen=True, kw_only=True)
class RunFile:
    """A zip file that a run left. `name` is as a report shows it; read it before the next."""

    name: str
    stream: Stream


@dataclass(frozen=True, kw_only=True)
class _Access:
    """Where and as whom to ask."""

    api: str
    repository: str
    token: str

    def __repr__(self) -> str:
        return f"_Access(api={self.api!r}, repository={self.repository!r})"


def run_files(run: int, environ: Mapping[str, str]) -> Iterator[RunFile | Unchecked]:
    """The artifacts and the logs of run number `run`, and what of them cannot be had."""
    access = _access(run, environ)
    if isinstance(access, Unchecked):
        yield access
        return
    with _session() as session:
        asker = _Asker(session, access)
        try:
            for artifact in asker.artifacts(run):
                yield from _artifact(asker, run, artifact)
        except Refused as error:
            yield error.of(f"github-run-{run}/artifacts")
        yield from asker.file(f"github-run-{run}/logs.zip", f"/actions/runs/{run}/logs")


def _access(run: int, environ: Mapping[str, str]) -> _Access | Unchecked:
    api = environ.get("GITHUB_API_URL", "") or API
    repository = environ.get("GITHUB_REPOSITORY", "")
    token = environ.get("GITHUB_TOKEN", "")
    address = urlsplit(api)
    reason, hint = "", ""
    if not token:
        reason = "there is no token to ask GitHub with"
        hint = "set the variable GITHUB_TOKEN to a token that may read actions"
    elif not REPOSITORY.fullmatch(repository):
        reason = "it is not known of which repository"
        hint = "set the variable GITHUB_REPOSITORY to owner/name"
    elif address.scheme != "https" and address.hostname not in LOOPBACK:
        reason = "GITHUB_API_URL is no https address, so that others could read the token"
        hint = f"set it to {API}, or to your server's https address"
    if reason:
        return Unchecked(target=f"github-run-{run}", reason=reason, hint=hint)
    return _Access(api=api.rstrip("/"), repository=repository, token=token)


def _session() -> "requests.Session":
    """Asks a few times where GitHub is busy, and sends nothing that it was not told to send."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    retry = Retry(
        total=4,
        redirect=0,
        backoff_factor=0.5,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods=("GET",),
        respect_retry_after_header=False,  # it may ask for an hour
        raise_on_status=False,
        raise_on_redirect=False,
    )
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=retry))
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.auth = lambda request: request  # else ~/.netrc would be asked
    return session


class _Asker:
    """Asks for one repository."""

    def __init__(self, session: "requests.Session", access: _Access) -> None:
        self._session = session
        self._access = access

    def artifacts(self, run: int) -> Iterator[Mapping[str, Any]]:
        """What GitHub lists of a run's artifacts, page by page. Raises Refused."""
        for page in range(1, _MOST_PAGES + 1):
            answer = self._json(f"/actions/runs/{run}/artifacts?per_page=100&page={page}")
            listed = answer.get("artifacts") if isinstance(answer, dict) else None
            if not isinstance(listed, list):
                raise Refused("GitHub's answer is not the list that it documents", _AGAIN)
            yield from (each for each in listed if isinstance(each, dict))
            if len(listed) < 100:
                return

    def file(self, name: str, path: str) -> Iterator[RunFile | Unchecked]:
        """One download, or why there is none."""
        try:
            response = self._get(path)
        except Refused as error:
            yield error.of(name)
            return
        with response:
            yield RunFile(name=name, stream=Stream(_reader(response)))

    def _json(self, path: str) -> Any:
        import json

        response = self._get(path)
        with response:
            content = Stream(_reader(response)).peek(_MOST_JSON)
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Refused("GitHub's answer is no JSON", _AGAIN) from error

    def _get(self, path: str) -> "requests.Response":
        """The answer, whose content is not yet read. Raises Refused."""
        import requests

        url = f"{self._access.api}/repos/{self._access.repository}{path}"
        for _ in range(_MOST_REDIRECTS):
            try:
                response = self._session.get(
                    url,
                    headers=self._headers(url),
                    timeout=_TIMEOUT_SECONDS,
                    allow_redirects=False,
                    stream=True,
                )
            except (requests.RequestException, ValueError) as error:
                raise Refused(
                    f"GitHub cannot be reached ({type(error).__name__})", _AGAIN
                ) from None
            if not response.is_redirect:
                break
            response.close()
            url = urljoin(url, response.headers["Location"])
            if _origin(url)[0] not in ("https", _origin(self._access.api)[0]):
                raise Refused("GitHub sends to an address that is no https address", _AGAIN)
        if response.status_code != 200:
            response.close()
            raise refusal(response.status_code, response.headers)
        return response

    def _headers(self, url: str) -> Mapping[str, str]:
        """The token goes to GitHub's API and to nobody else."""
        headers = {"User-Agent": "launchready", "Accept-Encoding": "identity"}
        if _origin(url) == _origin(self._access.api):
            headers["Accept"] = "application/vnd.github+json"
            headers["X-GitHub-Api-Version"] = "2022-11-28"
            headers["Authorization"] = f"Bearer {self._access.token}"
        return headers


def _artifact(asker: _Asker, run: int, listed: Mapping[str, Any]) -> Iterator[RunFile | Unchecked]:
    number, title = listed.get("id"), listed.get("name")
    shown = inside(title)[:200] if isinstance(title, str) else "artifact"
    name = f"github-run-{run}/{shown}.zip"
    if not isinstance(number, int):
        yield Unchecked(target=name, reason="GitHub lists it without its number", hint=_AGAIN)
    elif listed.get("expired") is True:
        yield refusal(410, {}).of(name)
    else:
        yield from asker.file(name, f"/actions/artifacts/{number}/zip")


def _reader(response: "requests.Response") -> Any:
    """The content as a stream's `read`, with the network's errors as damage."""
    from urllib3.exceptions import HTTPError

    def read(count: int) -> bytes:
        try:
            content: bytes = response.raw.read(count)
        except (HTTPError, OSError) as error:
            reason = f"the download broke off ({type(error).__name__})"
            raise DamageError(reason, _AGAIN, is_opaque=False) from None
        return content

    return read


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    return parts.scheme, parts.hostname, port or {"https": 443, "http": 80}.get(parts.scheme)
