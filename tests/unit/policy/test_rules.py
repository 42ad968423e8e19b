"""The pages of the policy's own notes; their examples are run."""

import pytest
from tests.unit.policy.build import finding, policy

from launchready.config.load import Layout, load_config
from launchready.model import Marker, RuleInfo, Severity
from launchready.policy.conclude import conclude
from launchready.policy.markers import parse_markers
from launchready.policy.rules import (
    EXPIRED_IGNORE,
    MALFORMED_SUPPRESSION,
    POLICY_RULE_IDS,
    POLICY_RULES,
    UNUSED_IGNORE,
    UNUSED_SUPPRESSION,
)
from launchready.policy.settings import PolicySettings

RULES = frozenset({"generic-api-key", "drop-column"})


@pytest.mark.parametrize("info", POLICY_RULES, ids=lambda info: info.id)
def test_every_note_has_a_whole_page(info: RuleInfo) -> None:
    assert info.severity is Severity.NOTE
    assert info.summary.startswith("Flags ")
    assert all(text.endswith(".") for text in (info.summary, info.why, info.fix))
    assert info.bad
    assert info.good
    assert info.id in POLICY_RULE_IDS


def markers_of(text: str) -> tuple[Marker, ...]:
    lines = enumerate(text.splitlines(), start=1)
    return tuple(m for n, line in lines for m in parse_markers(line, path="a.py", number=n))


def told_of_markers(text: str, *, hides_a_finding: bool) -> set[str]:
    markers = markers_of(text)
    found = [finding("generic-api-key", markers=markers)] if hides_a_finding else []
    judge = policy(known_markers=markers, rule_ids=RULES, known_rules=RULES)
    return {f.rule for f in conclude(found, (), judge).findings} & POLICY_RULE_IDS


def test_the_examples_of_unused_suppression() -> None:
    info = UNUSED_SUPPRESSION
    assert told_of_markers(info.bad, hides_a_finding=False) == {info.id}
    assert told_of_markers(info.good, hides_a_finding=False) == set()


def test_the_examples_of_malformed_suppression() -> None:
    info = MALFORMED_SUPPRESSION
    assert len(info.bad.splitlines()) == 3
    for line in info.bad.splitlines():
        assert told_of_markers(line, hides_a_finding=True) == {info.id}
    assert told_of_markers(info.good, hides_a_finding=True) == set()


@pytest.mark.parametrize(("info", "findings"), [(EXPIRED_IGNORE, 1), (UNUSED_IGNORE, 0)])
def test_the_examples_of_ignore_entries(info: RuleInfo, findings: int) -> None:
    found = [finding("drop-column")] * findings
    layout = Layout(root=(PolicySettings,), sections={})

    def told(text: str) -> set[str]:
        content = f"version: 1\n{text}\n".encode()
        config = load_config(content, "launchready.yml", layout, overrides={}, environ={})
        root = config.of(PolicySettings)
        judge = policy(root=root, rule_ids=RULES)
        return {f.rule for f in conclude(found, (), judge).findings} & POLICY_RULE_IDS

    assert told(info.bad) == {info.id}
    assert told(info.good) == set()
