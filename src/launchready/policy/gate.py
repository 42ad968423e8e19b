"""Findings -> verdict -> exit code."""

from collections.abc import Iterable

from launchready.model import Finding, Run, Status, Unchecked, Verdict
from launchready.policy.settings import (
    OnUnchecked,
    PolicySettings,
    StepPolicySettings,
    Threshold,
)

_WORST_FIRST = (Verdict.ERRORED, Verdict.FAILED, Verdict.UNCHECKED, Verdict.PASSED)

_CODES = {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.UNCHECKED: 3}


def verdict(
    findings: Iterable[Finding],
    unchecked: Iterable[Unchecked],
    settings: PolicySettings,
    step_settings: StepPolicySettings,
) -> Verdict:
    """How one step ended. A failure says more than a gap, so it goes first."""
    if any(fails(finding, settings, step_settings) for finding in findings):
        return Verdict.FAILED
    if on_unchecked(settings, step_settings) is OnUnchecked.FAIL and any(True for _ in unchecked):
        return Verdict.UNCHECKED
    return Verdict.PASSED


def fails(finding: Finding, settings: PolicySettings, step_settings: StepPolicySettings) -> bool:
    """Whether the finding alone fails its step: new, and at or above the nearest `fail-on`."""
    if finding.status is not Status.NEW:
        return False
    return finding.severity >= fail_on(finding.rule, settings, step_settings)


def fail_on(rule: str, settings: PolicySettings, step_settings: StepPolicySettings) -> Threshold:
    """The threshold that counts for a rule: its own, else its step's, else the file's."""
    own = settings.rules.get(rule)
    if own is not None and own.fail_on is not None:
        return own.fail_on
    return settings.fail_on if step_settings.fail_on is None else step_settings.fail_on


def on_unchecked(settings: PolicySettings, step_settings: StepPolicySettings) -> OnUnchecked:
    """What a gap means to this step: the step's word, else the file's."""
    return step_settings.on_unchecked or settings.on_unchecked


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several verdicts. A run in which no step ran has looked at nothing."""
    return min(verdicts, key=_WORST_FIRST.index, default=Verdict.UNCHECKED)


def exit_code(run: Run) -> int:
    """The process's exit code: 0 passed, 1 failed, 2 misused, 3 unchecked, 4 a bug of ours."""
    if run.verdict is not Verdict.ERRORED:
        return _CODES[run.verdict]
    failures = (report.failure for report in run.reports)
    return 4 if any(failure and failure.is_bug for failure in failures) else 2
