"""What the policy says of suppressions that no longer do what they say."""

from typing import Any

import pytest
from tests.unit.policy.build import (
    ENDED,
    GAP,
    IGNORE_A,
    OLD_CHANGES,
    finding,
    mark,
    policy,
)

from launchready.model import (
    FileLocation,
    Marker,
    Severity,
    Status,
    Verdict,
)
from launchready.policy.conclude import Conclusion, conclude
from launchready.policy.settings import (
    IgnoreEntry,
    PolicySettings,
    RuleSettings,
    SeverityChoice,
    StepPolicySettings,
    Threshold,
)

NEW, KNOWN, SUPPRESSED = Status


def notes(conclusion: Conclusion) -> list[tuple[str, str]]:
    own = [f for f in conclusion.findings if f.rule not in ("rule-a", "rule-b")]
    assert all(f.severity is Severity.NOTE and f.fix and f.impact for f in own)
    return [(f.rule, f.message) for f in own]


KNOWN_RULES = frozenset({"rule-a", "rule-b", "rule-z"})
NO_RULE = "the suppression names no rule, expected `launchready: ignore[rule] reason`"
NO_REASON = "the suppression gives no reason, expected `launchready: ignore[rule-a] reason`"
UNKNOWN = "the suppression names 'rule-aa', expected the id of a rule; did you mean rule-a?"


@pytest.mark.parametrize(
    ("marker", "found", "fields", "expected"),
    [
        pytest.param(mark("rule-a"), ["rule-a"], {}, [], id="used"),
        pytest.param(
            mark("rule-a"),
            [],
            {},
            [("unused-suppression", "the suppression of rule-a accepts no finding")],
            id="unused",
        ),
        pytest.param(
            mark("rule-a", "rule-b"),
            ["rule-a"],
            {},
            [("unused-suppression", "the suppression of rule-b accepts no finding")],
            id="one of two is unused",
        ),
        pytest.param(mark("rule-a"), [], {"is_whole": False}, [], id="only a part was looked at"),
        pytest.param(mark("rule-z"), [], {}, [], id="another step's rule"),
        pytest.param(
            mark("rule-a"),
            [],
            {"root": PolicySettings(rules={"rule-a": RuleSettings(severity=SeverityChoice.OFF)})},
            [],
            id="a rule that is off",
        ),
        pytest.param(mark(), [], {}, [("malformed-suppression", NO_RULE)], id="no brackets"),
        pytest.param(
            mark(), [], {"reports_strays": False}, [], id="no brackets, another step says so"
        ),
        pytest.param(
            mark("rule-a", reason=""), [], {}, [("malformed-suppression", NO_REASON)], id="why?"
        ),
        pytest.param(
            mark("rule-aa"), [], {}, [("malformed-suppression", UNKNOWN)], id="a misspelt rule"
        ),
        pytest.param(
            mark("rule-aa"), [], {"known_rules": frozenset()}, [], id="who knows what rules are"
        ),
        pytest.param(mark("unused-ignore"), [], {}, [], id="the policy's rules are rules"),
        pytest.param(
            mark("rule-a", "rule-aa"),
            ["rule-a"],
            {},
            [("malformed-suppression", UNKNOWN)],
            id="a misspelt rule beside a used one",
        ),
    ],
)
def test_notes_on_markers(
    marker: Marker, found: list[str], fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    seen = [finding(rule, markers=(marker,)) for rule in found]
    judge = policy(known_markers=(marker,), **({"known_rules": KNOWN_RULES} | fields))
    conclusion = conclude(seen, (), judge)
    assert notes(conclusion) == expected
    own = [f for f in conclusion.findings if f.rule.endswith("suppression")]
    assert all(f.location == FileLocation(path="a.py", line=1) for f in own)


def test_a_gap_leaves_no_marker_unused() -> None:
    assert notes(conclude([], [GAP], policy(known_markers=(mark("rule-a"),)))) == []


@pytest.mark.parametrize(
    "marker",
    [
        pytest.param(mark("rule-a", "rule-b"), id="one rule unused, but is the line still so?"),
        pytest.param(Marker(tool="launchready"), id="malformed, but nobody knows where"),
        pytest.param(mark(tool="gitleaks"), id="a peer's"),
    ],
)
def test_what_only_a_finding_shows_is_not_told(marker: Marker) -> None:
    assert notes(conclude([finding(markers=(marker,))], (), policy())) == []


def test_a_malformed_marker_at_a_finding_is_told_without_a_list_of_the_tree() -> None:
    seen = finding(markers=(mark("rule-a", reason=""),))
    in_history = finding(
        location=FileLocation(path="a.py", line=1, commit="c0ffee"), markers=(mark(),)
    )
    assert notes(conclude([seen, in_history], (), policy())) == [
        ("malformed-suppression", NO_REASON)
    ]


def test_the_policys_notes_obey_the_policy() -> None:
    judge = policy(
        known_markers=(mark("rule-a"),),
        changes=OLD_CHANGES,
        root=PolicySettings(
            rules={"unused-suppression": RuleSettings(severity=SeverityChoice.WARNING)}
        ),
    )
    (note,) = conclude([], (), judge).findings
    assert (note.severity, note.status) == (Severity.WARNING, KNOWN)
    accepted = IgnoreEntry(rule="unused-suppression", path="a.py", reason="docs")
    judge = policy(known_markers=(mark("rule-a"),), root=PolicySettings(ignore=(accepted,)))
    (note,) = conclude([], (), judge).findings
    assert note.status is SUPPRESSED
    off = {"unused-suppression": RuleSettings(severity=SeverityChoice.OFF)}
    judge = policy(known_markers=(mark("rule-a"),), root=PolicySettings(rules=off))
    assert conclude([], (), judge).findings == ()


@pytest.mark.parametrize(
    ("entry", "found", "fields", "expected"),
    [
        pytest.param(IGNORE_A, 1, {}, [], id="used"),
        pytest.param(
            IGNORE_A,
            0,
            {},
            [("unused-ignore", "ignore[0] (rule 'rule-a') accepts no finding")],
            id="unused",
        ),
        pytest.param(IGNORE_A, 0, {"is_whole": False}, [], id="only a part was looked at"),
        pytest.param(
            ENDED,
            1,
            {},
            [
                (
                    "expired-ignore",
                    "ignore[0] (rule 'rule-a') ended on 2026-11-23: 1 finding counts again",
                )
            ],
            id="expired",
        ),
        pytest.param(
            ENDED,
            2,
            {},
            [
                (
                    "expired-ignore",
                    "ignore[0] (rule 'rule-a') ended on 2026-11-23: 2 findings count again",
                )
            ],
            id="expired, many",
        ),
        pytest.param(IgnoreEntry(rule="rule-z", reason="w"), 0, {}, [], id="another step's rule"),
        pytest.param(
            IgnoreEntry(path="b.py", reason="w"), 0, {}, [], id="who knows whose path it is"
        ),
        pytest.param(
            IgnoreEntry(rule="rule-*", reason="w"), 0, {}, [], id="a pattern of two steps' rules"
        ),
        pytest.param(
            IgnoreEntry(rule="rule-[ab]", reason="w"),
            0,
            {},
            [("unused-ignore", "ignore[0] (rule 'rule-[ab]') accepts no finding")],
            id="a pattern of this step's rules alone",
        ),
        pytest.param(
            IgnoreEntry(rule="rule-[ab]", reason="w"),
            0,
            {"known_rules": frozenset()},
            [],
            id="a pattern, and who knows whose rules",
        ),
        pytest.param(
            IgnoreEntry(rule="unused-ignore", reason="w"),
            0,
            {},
            [],
            id="an entry for these notes themselves",
        ),
    ],
)
def test_notes_on_entries(
    entry: IgnoreEntry, found: int, fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    judge = policy(
        root=PolicySettings(ignore=(entry,)),
        config_path=".github/launchready.yml",
        **({"known_rules": KNOWN_RULES} | fields),
    )
    conclusion = conclude([finding(line=n) for n in range(found)], (), judge)
    assert notes(conclusion) == expected
    own = [f for f in conclusion.findings if f.rule.endswith("ignore")]
    assert all(f.location == FileLocation(path=".github/launchready.yml") for f in own)


def test_an_expired_entry_no_longer_accepts() -> None:
    conclusion = conclude([finding()], (), policy(root=PolicySettings(ignore=(ENDED,))))
    assert conclusion.verdict is Verdict.FAILED


def test_fail_on_note_lets_the_policys_notes_fail() -> None:
    judge = policy(
        known_markers=(mark("rule-a"),), step_settings=StepPolicySettings(fail_on=Threshold.NOTE)
    )
    assert conclude([], (), judge).verdict is Verdict.FAILED
