"""The policy's settings as a person writes them."""

import datetime
import re

import pytest

from launchready.config.load import Layout, load_config
from launchready.config.setting import Setting, Surface, settings_of
from launchready.errors import ConfigError
from launchready.model import Severity
from launchready.policy.settings import (
    FilterMode,
    IgnoreEntry,
    OnlyNew,
    OnUnchecked,
    PolicySettings,
    RuleSettings,
    SeverityChoice,
    StepPolicySettings,
    Threshold,
)

CLASSES = (PolicySettings, StepPolicySettings, RuleSettings, IgnoreEntry)
LAYOUT = Layout(root=(PolicySettings,), sections={"step-a": (StepPolicySettings,)})

TEXT = """
version: 1
fail-on: warning
on-unchecked: warn
rules:
  rule-a: {severity: off, fail-on: never}
ignore:
  - {rule: "x-*", path: tests/, fingerprint: 0123abcd, reason: why, until: 2027-01-31}
baseline: known.json
only-new: always
filter-mode: diff-context
step-a: {fail-on: note, on-unchecked: ignore}
"""


def load(text: str) -> tuple[PolicySettings, StepPolicySettings]:
    config = load_config(text.encode(), "launchready.yml", LAYOUT, overrides={}, environ={})
    return config.of(PolicySettings), config.of(StepPolicySettings, "step-a")


def test_every_setting_can_be_written() -> None:
    assert load(TEXT) == (
        PolicySettings(
            fail_on=Threshold.WARNING,
            on_unchecked=OnUnchecked.WARN,
            rules={"rule-a": RuleSettings(severity=SeverityChoice.OFF, fail_on=Threshold.NEVER)},
            ignore=(
                IgnoreEntry(
                    rule="x-*",
                    path="tests/",
                    fingerprint="0123abcd",
                    reason="why",
                    until=datetime.date(2027, 1, 31),
                ),
            ),
            baseline="known.json",
            only_new=OnlyNew.ALWAYS,
            filter_mode=FilterMode.DIFF_CONTEXT,
        ),
        StepPolicySettings(fail_on=Threshold.NOTE, on_unchecked=OnUnchecked.IGNORE),
    )


@pytest.mark.parametrize(
    ("entry", "setting"),
    [
        pytest.param("{rule: x}", "ignore[0].reason", id="no reason"),
        pytest.param("{rule: x, reason: ' '}", "ignore[0].reason", id="an empty reason"),
        pytest.param("{fingerprint: abc, reason: y}", "ignore[0].fingerprint", id="few digits"),
        pytest.param("{fingerprint: ABCDEF01, reason: y}", "ignore[0].fingerprint", id="capitals"),
        pytest.param("{rule: x, reason: y, until: soon}", "ignore[0].until", id="not a day"),
    ],
)
def test_an_entry_that_cannot_be_judged_is_refused(entry: str, setting: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load(f"version: 1\nignore:\n  - {entry}\n")
    assert [fault.setting for fault in raised.value.faults] == [setting]


def test_the_command_line_offers_what_one_run_may_decide() -> None:
    offered = {each.name for each in settings_of(*CLASSES, surface=Surface.OPTION)}
    assert offered == {"fail-on", "on-unchecked", "baseline", "only-new", "filter-mode"}


@pytest.mark.parametrize("each", settings_of(*CLASSES), ids=lambda each: each.name)
def test_a_doc_is_whole_sentences(each: Setting) -> None:
    assert re.fullmatch(r"[A-Z].*\.", each.info.doc)
    assert "  " not in each.info.doc


def test_a_threshold_is_on_the_scale_of_severity() -> None:
    assert [t.name for t in Threshold if t < Threshold.NEVER] == [s.name for s in Severity]
    assert all(Threshold[s.name].value == s.value for s in Severity)
