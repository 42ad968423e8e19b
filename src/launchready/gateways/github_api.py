"""GitHub's REST API, for what changes something there; its form: https://docs.github.com/rest."""

from collections.abc import Mapping

from launchready.facts.secret import Hidden
from launchready.gateways.hosting.calls import part
from launchready.gateways.hosting.plane import Plane
from launchready.regex import Regex

API = "https://api.github.com"
REPOSITORY = Regex(r"[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}")
"""`owner/name`, as GitHub lets them be."""
TOKEN = "GITHUB_TOKEN"  # noqa: S105 - the name of a variable
_HEADERS: Mapping[str, str] = {
    "Authorization": "Bearer {token}",
    "Accept": "application/vnd.github+json",
    "X-GitHub-Api-Version": "2022-11-28",
}


def github(api: str, token: Hidden, *, pause_seconds: float = 0.5) -> Plane:
    """The API at an address, asked with a token."""
    return Plane(api, token, headers=_HEADERS, pause_seconds=pause_seconds)


def path_of(repository: str) -> str:
    """The path of a repository, `owner/name`. Raises HostError for what is no name."""
    owner, _, name = repository.partition("/")
    return f"/repos/{part(owner)}/{part(name)}"
