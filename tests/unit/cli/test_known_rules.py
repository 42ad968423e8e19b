"""Which names of rules count as known to a run of one step."""

from pathlib import Path

import pytest
from tests.repository import Repository

from launchready.cli.known_rules import ids_to_judge
from launchready.cli.session import load_settings
from launchready.cli.settings import RunSettings
from launchready.config.load import Config
from launchready.errors import ConfigError
from launchready.registry import STEPS

OWN_KIND = """\
secret-scan:
  custom:
    - id: acme-token
      title: ACME token
      opens: call every internal API
      revoke: Run `acme tokens revoke`.
      shape: "acme_{alnum:32}"
      good: ['ACME_TOKEN="acme_{alnum:32}"']
"""


def faults_of(step: str, text: str, folder: Path) -> list[str]:
    """What a run of one step says of a config."""
    repository = Repository.at(folder / "shop")
    repository.write({"launchready.yml": f"version: 1\n{text}\n"})
    try:
        load_settings(RunSettings(), repository.path, (STEPS[step].load(),), {})
    except ConfigError as error:
        return [f"{each.line}:{each.column} {each.message}" for each in error.faults]
    return []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "rules: {repeated-kee: {severity: note}}",
            "2:9 there is no rule repeated-kee; did you mean repeated-key?",
        ),
        (
            "rules: {stripe-live-secret-kee: {severity: note}}",
            "2:9 there is no rule stripe-live-secret-kee; did you mean stripe-live-secret-key?",
        ),
        (
            "ignore: [{rule: aws-access-key-ib, reason: r}]",
            "2:17 there is no rule aws-access-key-ib; did you mean aws-access-key-id?",
        ),
        (
            f"rules: {{acme-tokn: {{severity: note}}}}\n{OWN_KIND}",
            "2:9 there is no rule acme-tokn; did you mean acme-token?",
        ),
    ],
    ids=["like env-lint's", "like secret-scan's", "accepted", "like one of the config"],
)
def test_one_step_tells_of_a_misspelt_rule(step: str, text: str, told: str, tmp_path: Path) -> None:
    assert faults_of(step, text, tmp_path) == [told]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "text",
    [
        "rules: {repeated-key: {severity: note}, stripe-live-secret-key: {severity: note}}",
        "rules: {unused-ignore: {severity: note}}",
        f"rules: {{acme-token: {{severity: note}}}}\n{OWN_KIND}",
    ],
    ids=["of either step", "of the policy", "of the config"],
)
def test_one_step_knows_the_rules_of_all(step: str, text: str, tmp_path: Path) -> None:
    assert faults_of(step, text, tmp_path) == []


def test_what_is_wrong_in_another_steps_section_is_that_steps_to_say(tmp_path: Path) -> None:
    text = "rules: {acme-token: {severity: note}}\nsecret-scan: {custom: 3}"
    assert faults_of("env-lint", text, tmp_path) == []


def test_what_needs_no_other_step_loads_none() -> None:
    step = STEPS["secret-scan"].load()

    def load(steps: object) -> Config:
        raise AssertionError(f"loaded {steps}")

    for names in (set(), {"stripe-live-secret-key", "unused-ignore"}):
        config = Config(values={}, origins={}, given=frozenset())
        known = ids_to_judge(frozenset(names), (step,), config, "launchready.yml", load)
        assert names - {"unused-ignore"} <= known
