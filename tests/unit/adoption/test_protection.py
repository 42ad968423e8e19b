"""What of a branch's protection is not as it should be."""

from typing import Any

import pytest

from launchready.adoption.protection import Standing, drift, required_by, ruleset
from launchready.adoption.workflow import GATE, workflow

WHOLE = workflow(("secret-scan", "env-lint"), "main")


def _standing(**changed: Any) -> Standing:
    given = {"branch": "main", "required": (GATE,), "reported": (GATE, "build")}
    return Standing(**(given | changed))


@pytest.mark.parametrize(
    ("standing", "workflow_text", "expected"),
    [
        pytest.param(_standing(), WHOLE, [], id="as it should be"),
        pytest.param(_standing(), None, [], id="no workflow here"),
        pytest.param(_standing(reported=()), WHOLE, [], id="nothing ran yet"),
        pytest.param(
            _standing(required=("build",)), WHOLE, ["is not required on main"], id="no gate"
        ),
        pytest.param(_standing(reported=("build",)), WHOLE, ["has no such check"], id="no job"),
        pytest.param(
            _standing(required=(GATE, "old")), WHOLE, ["`old` is required, and no job"], id="stale"
        ),
        pytest.param(
            _standing(bypasses=(("RepositoryRole", "always"), ("Novel", "pull_request"))),
            WHOLE,
            ["people with a role in the repository may merge past the gate (always)", "somebody"],
            id="past the gate",
        ),
        pytest.param(
            _standing(),
            WHOLE.replace("needs: [secret-scan, env-lint]", "needs: secret-scan"),
            ["does not wait for the job `env-lint`"],
            id="a job beside the gate",
        ),
        pytest.param(_standing(), "jobs: [\n", [], id="a broken workflow"),
    ],
)
def test_drift(standing: Standing, workflow_text: str | None, expected: list[str]) -> None:
    told = list(drift(standing, workflow_text))
    assert len(told) == len(expected)
    for sentence, words in zip(told, expected, strict=True):
        assert words in sentence


def test_the_ruleset_requires_the_gate_and_lets_nobody_past() -> None:
    made = ruleset()
    assert list(required_by([*made["rules"], {"type": "deletion"}])) == [(GATE, None)]
    assert made["bypass_actors"] == []


@pytest.mark.parametrize(
    "rules",
    [
        [{"type": "required_status_checks"}],
        [{"type": "required_status_checks", "parameters": {"required_status_checks": ["a", {}]}}],
    ],
)
def test_rules_of_another_form_require_nothing(rules: list[dict[str, Any]]) -> None:
    assert list(required_by(rules)) == []
