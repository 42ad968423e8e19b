"""Records a rollback at GitHub: a deployment with its statuses, and an issue with the timeline.

Sources: https://docs.github.com/rest/deployments/deployments and
https://docs.github.com/rest/issues/issues. Two defaults must be off: `auto_merge` would merge the
default branch into the old commit, and `required_contexts` would ask for its checks. There is no
state "rolled back": a deployment of the old commit succeeds.
"""

from collections.abc import Mapping

from launchready.gateways.github_api import API, REPOSITORY, TOKEN, github
from launchready.gateways.hosting.calls import Call
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.gateways.hosting.reading import text

_MOST_DESCRIPTION = 140


class GitHubRecord:
    """One rollback's traces in one repository. All that asks raises HostError."""

    def __init__(self, plane: Plane, repository: str) -> None:
        self._plane = plane
        self._base = f"/repos/{repository}"

    def begin(self, commit: str, environment: str, why: str) -> str:
        """A deployment of the old commit, in progress; its id."""
        call = Call(
            method="POST",
            path=f"{self._base}/deployments",
            body={
                "ref": commit,
                "task": "rollback",
                "environment": environment,
                "description": why[:_MOST_DESCRIPTION],
                "auto_merge": False,
                "required_contexts": [],
            },
        )
        number = text(call, self._plane.ask(call), "id")
        self.tell(number, "in_progress", why)
        return number

    def tell(self, number: str, state: str, words: str) -> None:
        """A status: `in_progress`, `success` or `failure`."""
        self._plane.ask(
            Call(
                method="POST",
                path=f"{self._base}/deployments/{number}/statuses",
                body={"state": state, "description": words[:_MOST_DESCRIPTION]},
            )
        )

    def write(self, title: str, lines: tuple[str, ...]) -> str:
        """An issue with the timeline; its number. What is quoted cannot mark up anything."""
        quoted = "\n".join(lines).replace("```", "'''")
        call = Call(
            method="POST",
            path=f"{self._base}/issues",
            body={"title": title[:200], "body": f"```text\n{quoted}\n```\n"},
        )
        return text(call, self._plane.ask(call), "number")


def open_record(environ: Mapping[str, str]) -> GitHubRecord | None:
    """The repository of the workflow's run; None outside of one. Raises LaunchReadyError where the
    token is missing.
    """
    repository = environ.get("GITHUB_REPOSITORY", "")
    if not REPOSITORY.fullmatch(repository):
        return None
    plane = github(environ.get("GITHUB_API_URL") or API, token_of(TOKEN, environ))
    return GitHubRecord(plane, repository)
