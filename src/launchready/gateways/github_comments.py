"""Puts one comment on a pull request, and changes that one from then on.

Sources: https://docs.github.com/rest/commits/commits ("List pull requests associated with a
commit") and https://docs.github.com/rest/issues/comments.
"""

from typing import Any

from launchready.facts.secret import Hidden
from launchready.gateways.github_api import github, path_of
from launchready.gateways.hosting.calls import Call, get, part

_PAGE = 100
_MOST_PAGES = 20


class GitHubComments:
    """Comments of one repository, `owner/name`. Every method raises HostError."""

    def __init__(self, api: str, repository: str, token: Hidden) -> None:
        self._path = path_of(repository)
        self._plane = github(api, token)

    def pulls_of(self, commit: str) -> tuple[int, ...]:
        """The open pull requests whose newest commit this is."""
        call = get(f"{self._path}/commits/{part(commit)}/pulls", per_page=str(_PAGE))
        return tuple(
            each["number"]
            for each in self._plane.ask_list(call)
            if each.get("state") == "open"
            and isinstance(each.get("number"), int)
            and isinstance(each.get("head"), dict)
            and each["head"].get("sha") == commit
        )

    def put(self, pull: int, mark: str, body: str) -> str:
        """Make the comment that begins with `mark` say `body`; whether it was made or changed.

        Only a comment that an app wrote is changed: a person may write the mark as well.
        """
        for each in self._all(pull):
            if _is_ours(each, mark):
                path = f"{self._path}/issues/comments/{each['id']}"
                call = Call(method="PATCH", path=path, body={"body": body}, is_harmless=True)
                self._plane.send(call)
                return "changed"
        path = f"{self._path}/issues/{pull}/comments"
        self._plane.send(Call(method="POST", path=path, body={"body": body}))
        return "made"

    def _all(self, pull: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(1, _MOST_PAGES + 1):
            path = f"{self._path}/issues/{pull}/comments"
            some = self._plane.ask_list(get(path, per_page=str(_PAGE), page=str(page)))
            found += some
            if len(some) < _PAGE:
                break
        return found


def _is_ours(comment: dict[str, Any], mark: str) -> bool:
    author, body = comment.get("user"), comment.get("body")
    return (
        isinstance(comment.get("id"), int)
        and isinstance(author, dict)
        and author.get("type") == "Bot"
        and isinstance(body, str)
        and body.startswith(mark)
    )
