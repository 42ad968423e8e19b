"""The ruleset that requires the gate on the default branch, and what of it is not so: pure.

Form and meaning: https://docs.github.com/rest/repos/rules and
https://docs.github.com/rest/branches/branches; 15368 is the app GitHub Actions, so that no other
app's check of that name counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from launchready.adoption.workflow import GATE
from launchready.documents import child, entries, items, plain
from launchready.documents.yaml import documents_of
from launchready.frozen import frozen

RULESET = "launchready"
_ACTIONS = 15368
_KINDS: Mapping[str, str] = {
    "RepositoryRole": "people with a role in the repository",
    "OrganizationAdmin": "admins of the organisation",
    "Team": "a team",
    "Integration": "an app",
    "DeployKey": "deploy keys",
    "EnterpriseOwner": "owners of the enterprise",
    "User": "a person",
}


def ruleset() -> dict[str, Any]:
    """What GitHub is asked to make: the gate must pass, and nobody is let past it."""
    return {
        "name": RULESET,
        "target": "branch",
        "enforcement": "active",
        "bypass_actors": [],
        "conditions": {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
        "rules": [
            {"type": "deletion"},
            {"type": "non_fast_forward"},
            {
                "type": "required_status_checks",
                "parameters": {
                    "strict_required_status_checks_policy": False,
                    "do_not_enforce_on_create": True,
                    "required_status_checks": [{"context": GATE, "integration_id": _ACTIONS}],
                },
            },
        ],
    }


@frozen
class Standing:
    """What GitHub says of the default branch. `required` are the checks that it requires, by
    whichever means, and `reported` those that its newest commit has. `bypasses` are, for a ruleset
    that requires the gate, who is let past it: the kind of actor and when.
    """

    branch: str
    required: tuple[str, ...]
    reported: tuple[str, ...]
    bypasses: tuple[tuple[str, str], ...] = ()


def drift(standing: Standing, workflow: str | None) -> Iterator[str]:
    """A sentence for each thing that is not as `init` and `protect` leave it."""
    if GATE not in standing.required:
        yield f"`{GATE}` is not required on {standing.branch}: it may be red, and is merged"
    elif standing.reported and GATE not in standing.reported:
        yield (
            f"`{GATE}` is required, and the newest commit of {standing.branch} has no such check:"
            " every pull request will wait for ever; is the workflow on that branch?"
        )
    for name in standing.required:
        if standing.reported and name not in standing.reported and name != GATE:
            yield f"`{name}` is required, and no job reports it: pull requests wait for ever"
    for kind, when in standing.bypasses:
        who = _KINDS.get(kind, "somebody")
        how = "in pull requests" if when == "pull_request" else "always"
        yield f"{who} may merge past the gate ({how}): nobody should, or it is no gate"
    yield from _unguarded(workflow)


def _unguarded(workflow: str | None) -> Iterator[str]:
    """Jobs of the workflow that the gate does not wait for."""
    documents = documents_of(workflow) if workflow else ()
    jobs = {
        key.value: job for key, job in entries(child(next(iter(documents or ()), None), "jobs"))
    }
    gates = [name for name, job in jobs.items() if plain(child(job, "name")) == GATE]
    if not gates:
        return
    needs = child(jobs[gates[0]], "needs")
    waited = {plain(each) for each in items(needs)} or {plain(needs)}
    for name in jobs:
        if name not in waited and name != gates[0]:
            yield f"the gate does not wait for the job `{name}`: add it to the gate's `needs`"


def required_by(rules: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int | None]]:
    """The checks that a branch's active rules require, each with the ruleset that does."""
    for rule in rules:
        if rule.get("type") != "required_status_checks":
            continue
        checks = (rule.get("parameters") or {}).get("required_status_checks") or ()
        number = rule.get("ruleset_id")
        for each in checks:
            if isinstance(each, Mapping) and isinstance(each.get("context"), str):
                yield each["context"], number if isinstance(number, int) else None
