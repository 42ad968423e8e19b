"""What fails a run, which verdict is the worst, and the code the process ends with."""

import itertools

import pytest
from tests.unit.policy.build import GAP, finding, report

from launchready.model import Failure, Run, Severity, Status, Unchecked, Verdict
from launchready.policy.gate import combine, exit_code, verdict
from launchready.policy.settings import (
    OnUnchecked,
    PolicySettings,
    RuleSettings,
    StepPolicySettings,
    Threshold,
)

NOTE, WARNING, ERROR, NEVER = Threshold
PASSED, FAILED, UNCHECKED, ERRORED = Verdict


@pytest.mark.parametrize(
    ("severity", "threshold"), list(itertools.product(Severity, Threshold)), ids=lambda v: v.name
)
def test_a_threshold_catches_its_own_severity_and_above(
    severity: Severity, threshold: Threshold
) -> None:
    found = [finding(severity=severity)]
    settings = PolicySettings(fail_on=threshold)
    expected = FAILED if severity.value >= threshold.value else PASSED
    assert verdict(found, (), settings, StepPolicySettings()) is expected


@pytest.mark.parametrize(
    ("root", "step", "rule", "expected"),
    [
        pytest.param(NEVER, None, None, PASSED, id="the file's word"),
        pytest.param(NEVER, NOTE, None, FAILED, id="the step's goes before the file's"),
        pytest.param(NOTE, NEVER, None, PASSED, id="also when it is milder"),
        pytest.param(NEVER, NEVER, NOTE, FAILED, id="the rule's goes before both"),
        pytest.param(NOTE, NOTE, NEVER, PASSED, id="also when it is milder still"),
    ],
)
def test_the_nearest_threshold_counts(
    root: Threshold, step: Threshold | None, rule: Threshold | None, expected: Verdict
) -> None:
    settings = PolicySettings(fail_on=root, rules={"rule-a": RuleSettings(fail_on=rule)})
    found = [finding(severity=Severity.NOTE)]
    assert verdict(found, (), settings, StepPolicySettings(fail_on=step)) is expected


@pytest.mark.parametrize("status", [Status.KNOWN, Status.SUPPRESSED])
def test_only_new_findings_fail(status: Status) -> None:
    settings = PolicySettings(fail_on=NOTE)
    assert verdict([finding(status=status)], (), settings, StepPolicySettings()) is PASSED


@pytest.mark.parametrize(
    ("root", "step", "expected"),
    [
        pytest.param(OnUnchecked.FAIL, None, UNCHECKED, id="the default"),
        pytest.param(OnUnchecked.WARN, None, PASSED, id="warn"),
        pytest.param(OnUnchecked.IGNORE, None, PASSED, id="ignore"),
        pytest.param(OnUnchecked.WARN, OnUnchecked.FAIL, UNCHECKED, id="the step is stricter"),
        pytest.param(OnUnchecked.FAIL, OnUnchecked.WARN, PASSED, id="the step is milder"),
    ],
)
def test_what_could_not_be_examined(
    root: OnUnchecked, step: OnUnchecked | None, expected: Verdict
) -> None:
    settings = PolicySettings(on_unchecked=root)
    assert verdict((), [GAP], settings, StepPolicySettings(on_unchecked=step)) is expected


@pytest.mark.parametrize("gaps", [(), (GAP,)], ids=["no gap", "a gap"])
def test_a_failure_goes_before_a_gap(gaps: tuple[Unchecked, ...]) -> None:
    assert verdict([finding()], gaps, PolicySettings(), StepPolicySettings()) is FAILED


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        pytest.param([PASSED, PASSED], PASSED, id="all passed"),
        pytest.param([PASSED, UNCHECKED], UNCHECKED, id="a gap"),
        pytest.param([UNCHECKED, FAILED, PASSED], FAILED, id="a failure"),
        pytest.param([FAILED, ERRORED, UNCHECKED], ERRORED, id="an error"),
        pytest.param([], UNCHECKED, id="no step ran: nothing was looked at"),
    ],
)
def test_combine(verdicts: list[Verdict], expected: Verdict) -> None:
    assert combine(verdicts) is expected


USER = Failure(message="m", hint="h")
BUG = Failure(message="m", hint="h", traceback="t")


@pytest.mark.parametrize(
    ("verdict_", "failures", "expected"),
    [
        pytest.param(PASSED, [None], 0, id="passed"),
        pytest.param(FAILED, [None], 1, id="failed"),
        pytest.param(UNCHECKED, [None], 3, id="unchecked"),
        pytest.param(ERRORED, [USER, None], 2, id="misused"),
        pytest.param(ERRORED, [USER, BUG], 4, id="a bug goes before misuse"),
    ],
)
def test_exit_code(verdict_: Verdict, failures: list[Failure | None], expected: int) -> None:
    reports = tuple(report(failure=failure) for failure in failures)
    assert exit_code(Run(reports=reports, verdict=verdict_, command="")) == expected
