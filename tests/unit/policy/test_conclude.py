"""The policy in its order: what becomes of one finding, and of a report."""

import time
from typing import Any

import pytest
from tests.unit.policy.build import (
    GAP,
    IGNORE_A,
    OLD_CHANGES,
    SALT,
    TODAY,
    baseline_of,
    finding,
    mark,
    policy,
)

from launchready.facts.changes import ChangeFacts
from launchready.model import (
    FileLocation,
    Finding,
    Severity,
    Status,
    Suppression,
    Unchecked,
    Verdict,
)
from launchready.policy.baseline import Baseline
from launchready.policy.conclude import conclude
from launchready.policy.fingerprint import DEFAULT_KEY, fingerprint
from launchready.policy.settings import (
    IgnoreEntry,
    OnlyNew,
    OnUnchecked,
    PolicySettings,
    RuleSettings,
    SeverityChoice,
)

NEW, KNOWN, SUPPRESSED = Status


def one(seen: Finding, **fields: Any) -> Finding:
    (judged,) = conclude([seen], (), policy(**fields)).findings
    return judged


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (SeverityChoice.NOTE, Severity.NOTE),
        (SeverityChoice.WARNING, Severity.WARNING),
        (SeverityChoice.ERROR, Severity.ERROR),
        (None, Severity.WARNING),
    ],
)
def test_a_severity_is_replaced(choice: SeverityChoice | None, expected: Severity) -> None:
    root = PolicySettings(rules={"rule-a": RuleSettings(severity=choice)})
    assert one(finding(severity=Severity.WARNING), root=root).severity is expected


def test_the_gate_sees_the_severity_that_counts_here() -> None:
    root = PolicySettings(rules={"rule-a": RuleSettings(severity=SeverityChoice.WARNING)})
    assert conclude([finding()], (), policy(root=root)).verdict is Verdict.PASSED


def test_a_rule_that_is_off_finds_nothing() -> None:
    root = PolicySettings(rules={"rule-a": RuleSettings(severity=SeverityChoice.OFF)})
    conclusion = conclude([finding(), finding("rule-b")], (), policy(root=root))
    assert [f.rule for f in conclusion.findings] == ["rule-b"]


@pytest.mark.parametrize(
    ("fields", "seen", "status", "by"),
    [
        pytest.param({}, finding(), NEW, None, id="nothing accepts it"),
        pytest.param(
            {}, finding(markers=(mark("rule-a"),)), SUPPRESSED, "launchready: ignore", id="a marker"
        ),
        pytest.param(
            {}, finding(markers=(mark("rule-b"),)), NEW, None, id="a marker of another rule"
        ),
        pytest.param(
            {}, finding(markers=(mark("rule-a", reason=""),)), NEW, None, id="without a reason"
        ),
        pytest.param(
            {"honours": frozenset({"gitleaks"})},
            finding(markers=(mark(tool="gitleaks"),)),
            SUPPRESSED,
            "gitleaks:allow",
            id="a peer's marker",
        ),
        pytest.param(
            {"honours": frozenset({"ggshield"})},
            finding(markers=(mark(tool="gitleaks"),)),
            NEW,
            None,
            id="a peer that the step does not heed",
        ),
        pytest.param(
            {"root": PolicySettings(ignore=(IGNORE_A,))},
            finding(),
            SUPPRESSED,
            "ignore entry",
            id="an entry",
        ),
        pytest.param(
            {"root": PolicySettings(ignore=(IGNORE_A,)), "honours": frozenset({"gitleaks"})},
            finding(markers=(mark(tool="gitleaks"),)),
            SUPPRESSED,
            "gitleaks:allow",
            id="a marker goes before an entry",
        ),
        pytest.param({"baseline": baseline_of(finding())}, finding(), KNOWN, None, id="a baseline"),
        pytest.param(
            {"baseline": baseline_of(finding()), "root": PolicySettings(ignore=(IGNORE_A,))},
            finding(),
            SUPPRESSED,
            "ignore entry",
            id="an entry goes before a baseline",
        ),
        pytest.param({"changes": OLD_CHANGES}, finding(), KNOWN, None, id="outside the change"),
        pytest.param(
            {"changes": OLD_CHANGES}, finding(path="other.py"), NEW, None, id="in the change"
        ),
        pytest.param(
            {"changes": OLD_CHANGES, "root": PolicySettings(only_new=OnlyNew.NEVER)},
            finding(),
            NEW,
            None,
            id="only-new: never",
        ),
    ],
)
def test_status(fields: dict[str, Any], seen: Finding, status: Status, by: str | None) -> None:
    judged = next(f for f in conclude([seen], (), policy(**fields)).findings if f.rule == "rule-a")
    assert judged.status is status
    assert (judged.suppression and judged.suppression.by) == by


def test_a_copy_of_a_known_finding_does_not_hide_behind_it() -> None:
    judge = policy(
        baseline=baseline_of(finding(line=1)),
        changes=ChangeFacts(base="0" * 40, lines={"a.py": ((1, 1),)}),
    )
    conclusion = conclude([finding(line=2), finding(line=1)], (), judge)
    statuses = [(f.location, f.status) for f in conclusion.findings]
    assert statuses == [
        (FileLocation(path="a.py", line=1), NEW),
        (FileLocation(path="a.py", line=2), KNOWN),
    ]


def test_a_suppression_keeps_reason_and_end() -> None:
    by_entry = one(finding(), root=PolicySettings(ignore=(IGNORE_A,)))
    assert by_entry.suppression == Suppression(by="ignore entry", reason="why", until=TODAY)
    ours, theirs = mark("rule-a"), mark(tool="gitleaks")
    both = one(finding(markers=(theirs, ours)), honours=frozenset({"gitleaks"}))
    assert both.suppression == Suppression(by="launchready: ignore", reason="made up")


def test_the_fingerprint_is_keyed_by_the_baseline_if_there_is_one() -> None:
    assert one(finding()).fingerprint == fingerprint(DEFAULT_KEY, finding())
    keyed = one(finding(), baseline=Baseline(salt=SALT))
    assert keyed.fingerprint == fingerprint(SALT.encode(), finding())


@pytest.mark.parametrize("key", [DEFAULT_KEY, SALT.encode()], ids=["before", "since the baseline"])
def test_an_entry_by_fingerprint_outlives_the_first_baseline(key: bytes) -> None:
    entry = IgnoreEntry(fingerprint=fingerprint(key, finding())[:12], reason="why")
    judged = one(finding(), root=PolicySettings(ignore=(entry,)), baseline=Baseline(salt=SALT))
    assert judged.status is SUPPRESSED


def test_the_order_of_a_report() -> None:
    found = [
        finding("rule-a", "b.py", 2, severity=Severity.WARNING),
        finding("rule-a", "b.py", 1, severity=Severity.WARNING),
        finding("rule-b", "a.py", 10, markers=(mark("rule-b"),)),
        finding("rule-a", "a.py", 9),
        finding("rule-a", "a.py", 10),
    ]
    conclusion = conclude(found, (), policy())
    assert [(f.status, f.severity.name, f.location) for f in conclusion.findings] == [
        (NEW, "ERROR", FileLocation(path="a.py", line=9)),
        (NEW, "ERROR", FileLocation(path="a.py", line=10)),
        (NEW, "WARNING", FileLocation(path="b.py", line=1)),
        (NEW, "WARNING", FileLocation(path="b.py", line=2)),
        (SUPPRESSED, "ERROR", FileLocation(path="a.py", line=10)),
    ]


@pytest.mark.parametrize(
    ("choice", "verdict", "is_accepted"),
    [
        (OnUnchecked.FAIL, Verdict.UNCHECKED, False),
        (OnUnchecked.WARN, Verdict.PASSED, False),
        (OnUnchecked.IGNORE, Verdict.PASSED, True),
    ],
)
def test_what_could_not_be_examined(
    choice: OnUnchecked, verdict: Verdict, is_accepted: bool
) -> None:
    root = PolicySettings(on_unchecked=choice)
    other = Unchecked(target="a", reason="r", hint="h")
    conclusion = conclude([], [GAP, other], policy(root=root))
    assert conclusion.verdict is verdict
    assert [(gap.target, gap.is_accepted) for gap in conclusion.unchecked] == [
        (other.target, is_accepted),
        (GAP.target, is_accepted),
    ]


@pytest.mark.parametrize(
    ("fields", "gaps", "expected"),
    [
        pytest.param({}, (), ("rule-a in a.py", "rule-b in b.py"), id="gone"),
        pytest.param({}, (GAP,), (), id="perhaps it is where nobody could look"),
        pytest.param(
            {"root": PolicySettings(on_unchecked=OnUnchecked.IGNORE)}, (GAP,), (), id="or looks"
        ),
        pytest.param({"is_whole": False}, (), (), id="the step looked at a part"),
        pytest.param({"step": "step-b"}, (), (), id="another step's entries"),
        pytest.param(
            {"root": PolicySettings(rules={"rule-b": RuleSettings(severity=SeverityChoice.OFF)})},
            (),
            ("rule-a in a.py",),
            id="a rule that is off says nothing",
        ),
    ],
)
def test_prunable(
    fields: dict[str, Any], gaps: tuple[Unchecked, ...], expected: tuple[str, ...]
) -> None:
    baseline = baseline_of(finding(), finding("rule-b", "b.py"))
    assert conclude([], gaps, policy(baseline=baseline, **fields)).prunable == expected


def test_many_findings_are_judged_fast() -> None:
    found = [
        finding(f"rule-{n % 40}", f"src/{n % 900}.py", n % 200 + 1, identity=f"text {n % 15_000}")
        for n in range(20_000)
    ]
    entries = tuple(IgnoreEntry(path=f"vendor/{n}/**", reason="why") for n in range(30))
    judge = policy(baseline=baseline_of(*found), root=PolicySettings(ignore=entries))
    began = time.process_time()
    conclusion = conclude(found, (), judge)
    assert time.process_time() - began < 6.0
    assert conclusion.verdict is Verdict.PASSED
