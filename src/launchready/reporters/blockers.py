"""What of all steps a person should mend first: few things, each told once."""

from launchready.frozen import frozen
from launchready.model import Finding, Report, Run, Severity, Status

MOST_BLOCKERS = 5
"""More than a person mends before the next look."""


@frozen
class Blocker:
    """The surest new error of a rule, and how many more of it there are."""

    report: Report
    finding: Finding
    more: int


def blockers(run: Run) -> list[Blocker]:
    """One for each rule that has new errors, the surest first, else in the order of the steps."""
    found = [
        _blocker(report, errors) for report in run.reports for errors in _by_rule(report).values()
    ]
    return sorted(found, key=lambda blocker: -blocker.finding.confidence)


def _by_rule(report: Report) -> dict[str, list[Finding]]:
    errors: dict[str, list[Finding]] = {}
    for finding in report.by_status(Status.NEW):
        if finding.severity is Severity.ERROR:
            errors.setdefault(finding.rule, []).append(finding)
    return errors


def _blocker(report: Report, errors: list[Finding]) -> Blocker:
    surest = max(errors, key=lambda finding: finding.confidence)
    return Blocker(report=report, finding=surest, more=len(errors) - 1)
