"""Asks GitHub what it requires on a branch, and sets a ruleset.

Sources: https://docs.github.com/rest/repos/rules, https://docs.github.com/rest/branches/branches,
https://docs.github.com/rest/checks/runs.
"""

from typing import Any

from launchready.facts.secret import Hidden
from launchready.gateways.github_api import github, path_of
from launchready.gateways.hosting.calls import Call, get, part
from launchready.gateways.hosting.errors import HostError, Trouble

_PAGE = "100"


class GitHubRules:
    """Rules of one repository, `owner/name`. Every method raises HostError."""

    def __init__(self, api: str, repository: str, token: Hidden) -> None:
        self._path = path_of(repository)
        self._plane = github(api, token)

    def default_branch(self) -> str:
        """The name of the branch that pull requests are merged into."""
        call = get(self._path)
        branch = self._plane.ask(call).get("default_branch")
        if not isinstance(branch, str) or not branch:
            raise self._plane.malformed(call, "it names no default branch")
        return branch

    def rules(self, branch: str) -> list[dict[str, Any]]:
        """The active rules of a branch, of all rulesets that apply to it."""
        call = get(f"{self._path}/rules/branches/{part(branch)}", per_page=_PAGE)
        return self._plane.ask_list(call)

    def protected_by(self, branch: str) -> tuple[str, ...]:
        """The checks that the older branch protection requires."""
        told = self._plane.ask(get(f"{self._path}/branches/{part(branch)}"))
        protection = told.get("protection")
        checks = protection.get("required_status_checks") if isinstance(protection, dict) else None
        contexts = checks.get("contexts") if isinstance(checks, dict) else None
        return tuple(each for each in contexts or () if isinstance(each, str))

    def reported(self, branch: str) -> tuple[str, ...]:
        """The names of the checks that the newest commit of a branch has."""
        call = get(f"{self._path}/commits/{part(branch)}/check-runs", per_page=_PAGE)
        runs = self._plane.ask(call).get("check_runs")
        if not isinstance(runs, list):
            raise self._plane.malformed(call, "it lists no check runs")
        names = (each.get("name") for each in runs if isinstance(each, dict))
        return tuple(name for name in names if isinstance(name, str))

    def ruleset(self, number: int) -> dict[str, Any]:
        """One ruleset; who may bypass it is told only to those who may change it."""
        return self._plane.ask(get(f"{self._path}/rulesets/{number}"))

    def find(self, name: str) -> int | None:
        """The number of this repository's own ruleset of a name."""
        call = get(f"{self._path}/rulesets", per_page=_PAGE, includes_parents="false")
        for each in self._plane.ask_list(call):
            if each.get("name") == name and isinstance(each.get("id"), int):
                number: int = each["id"]
                return number
        return None

    def put(self, document: dict[str, Any]) -> Call:
        """The call that makes this ruleset what `document` says, or makes a new one."""
        number = self.find(str(document["name"]))
        if number is None:
            return Call(method="POST", path=f"{self._path}/rulesets", body=document)
        path = f"{self._path}/rulesets/{number}"
        return Call(method="PUT", path=path, body=document, is_harmless=True)

    def apply(self, call: Call) -> int:
        """Make that call; the ruleset's number. One whose answer was lost is looked for."""
        try:
            number = self._plane.ask(call).get("id")
        except HostError as error:
            name = call.body["name"] if isinstance(call.body, dict) else ""
            if not error.trouble.is_lost or (number := self.find(str(name))) is None:
                raise
        if not isinstance(number, int):
            raise HostError(Trouble.MALFORMED, call=call.shown, words="it names no ruleset")
        return number
