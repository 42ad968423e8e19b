"""A state of the machine as text, so that another run can go on from it."""

import dataclasses
import json
from typing import Any

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deployment
from launchready.steps.rollback.machine import Sent, Stage, State

_DEPLOYMENT = ("id", "commit", "build")


def state_text(state: State) -> str:
    """One line of JSON. Times and addresses of deployments are left out: nothing hangs on them."""
    told: dict[str, Any] = {
        each.name: getattr(state, each.name) for each in dataclasses.fields(State)
    }
    told["bad"] = _told(state.bad)
    told["target"] = _told(state.target) if state.target else None
    return json.dumps(told)


def parse_state(text: str) -> State:
    """The state that a line tells. Raises LaunchReadyError."""
    try:
        given: dict[str, Any] = json.loads(text)
        given["stage"], given["sent"] = Stage(given["stage"]), Sent(given["sent"])
        given["bad"] = _deployment(given["bad"])
        given["target"] = given["target"] and _deployment(given["target"])
        if given.keys() != {each.name for each in dataclasses.fields(State)}:
            raise ValueError
        return State(**given)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LaunchReadyError(
            f"the ledger tells of a rollback in words not understood ({type(error).__name__})",
            hint="it was written by another version of launchready; end that rollback by hand",
        ) from error


def _deployment(told: Any) -> Deployment:
    texts: dict[str, Any] = {name: str(told[name]) for name in _DEPLOYMENT}
    return Deployment(**texts)


def _told(deployment: Deployment) -> dict[str, str]:
    return {name: getattr(deployment, name) for name in _DEPLOYMENT}
