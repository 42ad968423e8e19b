"""Findings, reports and policies for tests, each with only what the test speaks of."""

import datetime
from collections.abc import Iterable
from typing import Any

from launchready.facts.changes import ChangeFacts
from launchready.model import FileLocation, Finding, Marker, Report, Severity, Unchecked, Verdict
from launchready.policy.baseline import Baseline, make_baseline
from launchready.policy.conclude import Conclusion, Policy
from launchready.policy.settings import IgnoreEntry, PolicySettings, StepPolicySettings

TODAY = datetime.date(2026, 11, 24)
SALT = "0123456789abcdef" * 2
YESTERDAY = TODAY - datetime.timedelta(days=1)
GAP = Unchecked(target="x", reason="unreadable", hint="make it readable")
IGNORE_A = IgnoreEntry(rule="rule-a", reason="why", until=TODAY)
ENDED = IgnoreEntry(rule="rule-a", reason="why", until=YESTERDAY)
OLD_CHANGES = ChangeFacts(base="0" * 40, lines={"other.py": ((1, 9),)})


def finding(
    rule: str = "rule-a", path: str = "a.py", line: int | None = 1, **fields: Any
) -> Finding:
    given: dict[str, Any] = {
        "message": f"{rule} is here",
        "location": FileLocation(path=path, line=line),
        "identity": f"{rule} text",
        "severity": Severity.ERROR,
    } | fields
    return Finding(rule=rule, **given)


def mark(*rules: str, tool: str = "launchready", reason: str = "made up", line: int = 1) -> Marker:
    reason = reason if tool == "launchready" else ""
    return Marker(tool=tool, rules=frozenset(rules), reason=reason, path="a.py", line=line)


def policy(*, root: PolicySettings | None = None, **fields: Any) -> Policy:
    given: dict[str, Any] = {
        "step": "step-a",
        "settings": root or PolicySettings(),
        "step_settings": StepPolicySettings(),
        "honours": frozenset(),
        "baseline": None,
        "changes": None,
        "today": TODAY,
        "known_markers": (),
        "rule_ids": frozenset({"rule-a", "rule-b"}),
    } | fields
    return Policy(**given)


def report(findings: Iterable[Finding] = (), step: str = "step-a", **fields: Any) -> Report:
    started = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    given: dict[str, Any] = {"verdict": Verdict.FAILED, "started": started, "seconds": 0.1} | fields
    return Report(step=step, findings=tuple(findings), **given)


def reported(conclusion: Conclusion, step: str = "step-a") -> Report:
    return report(
        conclusion.findings,
        step,
        verdict=conclusion.verdict,
        unchecked=conclusion.unchecked,
        prunable=conclusion.prunable,
    )


def baseline_of(*findings: Finding) -> Baseline:
    return make_baseline([report(findings)], SALT)
