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
    """One for each rule that has new errors: the surest first, and of those the first of every step
    before the second of any.
    """
    ranked = []
    for at, report in enumerate(run.reports):
        for place, errors in enumerate(_by_rule(report).values()):
            blocker = _blocker(report, errors)
            ranked.append((-blocker.finding.confidence, place, at, blocker))
    return [blocker for *_, blocker in sorted(ranked, key=lambda each: each[:3])]


def _by_rule(report: Report) -> dict[str, list[Finding]]:
    errors: dict[str, list[Finding]] = {}
    for finding in report.by_status(Status.NEW):
        if finding.severity is Severity.ERROR:
            errors.setdefault(finding.rule, []).append(finding)
    return errors


def _blocker(report: Report, errors: list[Finding]) -> Blocker:
    surest = max(errors, key=lambda finding: finding.confidence)
    return Blocker(report=report, finding=surest, more=len(errors) - 1)
