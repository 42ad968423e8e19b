"""The verdict of a run in one line that a founder understands. It never overstates what was seen.

| verdict | one step | all of them |
|---|---|---|
| passed | PASSED | GO, or GO WITH RISKS |
| failed | NOT READY TO LAUNCH | NO-GO |
| unchecked | NOT A PASS | NO-GO |
| errored | NO VERDICT | NO VERDICT |
"""

from collections.abc import Iterable, Mapping
from typing import assert_never

from launchready.frozen import frozen
from launchready.model import Report, Run, Severity, Verdict
from launchready.reporters.escape import prose, shorten

VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.PASSED: "passed",
    Verdict.FAILED: "failed",
    Verdict.UNCHECKED: "not all examined",
    Verdict.ERRORED: "stopped",
}
_MOST_STEPS_NAMED = 3
_MESSAGE_LIMIT = 300


@frozen
class Headline:
    """A verdict in capitals and the sentence that explains it; visible."""

    label: str
    detail: str

    def __str__(self) -> str:
        return f"{self.label}: {self.detail}"


def headline(run: Run) -> Headline:
    """What the run says in the end."""
    if not run.reports:
        return Headline(
            label=_label(run, "NOT A PASS"), detail="no step ran, so nothing was examined"
        )
    match run.verdict:
        case Verdict.PASSED:
            return _passed(run)
        case Verdict.FAILED:
            return _failed(run)
        case Verdict.UNCHECKED:
            return _unchecked(run)
        case Verdict.ERRORED:
            return _errored(run)
        case _:
            assert_never(run.verdict)


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 error`, `2 errors`, `2 entries`."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def tally(report: Report) -> str:
    """The new findings by severity, gravest first: `2 errors and 1 warning`; empty if none."""
    return _found(report.counts)


def listed(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *head, last = list(parts) or [""]
    return f"{', '.join(head)} and {last}" if head else last


def _passed(run: Run) -> Headline:
    total = _total(run)
    found = _found(total)
    who = f"all {len(run.reports)} steps" if len(run.reports) > 1 else run.reports[0].step
    nothing = "nothing new" if total["known"] or total["suppressed"] else "nothing"
    if total[Severity.ERROR.label]:
        detail = f"{who} found {found}, and `fail-on` lets them through"
    elif found:
        detail = f"{who} found nothing that blocks a launch; {found} to look at"
    else:
        detail = f"{who} found {nothing}"
    if total["unchecked"]:
        detail += f"; {_not_examined(total)}, and `on-unchecked` accepts that"
    if run.left_out:
        detail += f"; {listed(each.step for each in run.left_out)} did not run"
    is_clear = not found and not total["unchecked"]
    return Headline(
        label=_label(run, "PASSED", "GO" if is_clear else "GO WITH RISKS"), detail=detail
    )


def _failed(run: Run) -> Headline:
    failed = [report for report in run.reports if report.verdict is Verdict.FAILED]
    if len(failed) == 1 and not run.is_combined:
        detail = f"{failed[0].step} found {tally(failed[0]) or 'what must not be there'}"
    else:
        detail = _named([f"{_worst(report)} in {report.step}" for report in failed])
    total = _total(run)
    if total["unchecked"]:
        detail += f"; {_not_examined(total)}"
    stopped = [report.step for report in run.reports if report.verdict is Verdict.ERRORED]
    if stopped:
        detail += f"; {_named(stopped)} stopped early"
    return Headline(label=_label(run, "NOT READY TO LAUNCH"), detail=detail)


def _unchecked(run: Run) -> Headline:
    reports = [report for report in run.reports if report.verdict is Verdict.UNCHECKED]
    if len(reports) == 1:
        number = counted(len(reports[0].unchecked), "target")
        detail = f"{reports[0].step} could not examine {number}"
    else:
        detail = _named(
            [f"{counted(len(each.unchecked), 'target')} in {each.step}" for each in reports]
        )
        detail += " could not be examined"
    found = _found(_total(run))
    also = f"; what could be examined has {found}" if found else ""
    return Headline(
        label=_label(run, "NOT A PASS"), detail=f"{detail}{also}; mend that and run again"
    )


def _errored(run: Run) -> Headline:
    stopped = [report for report in run.reports if report.verdict is Verdict.ERRORED]
    detail = f"{_named([report.step for report in stopped])} stopped early"
    if len(stopped) == 1 and stopped[0].failure is not None:
        detail = f"{stopped[0].step} stopped: {prose(stopped[0].failure.message)}"
    return Headline(label="NO VERDICT", detail=shorten(detail, _MESSAGE_LIMIT))


def _label(run: Run, of_one: str, of_all: str = "NO-GO") -> str:
    """Whether to launch is answered where every step that can look has looked."""
    return of_all if run.is_combined else of_one


def _total(run: Run) -> Mapping[str, int]:
    counts = [report.counts for report in run.reports]
    return {key: sum(count[key] for count in counts) for key in counts[0]}


def _found(counts: Mapping[str, int]) -> str:
    return listed(
        counted(counts[severity.label], severity.label)
        for severity in reversed(Severity)
        if counts[severity.label]
    )


def _not_examined(total: Mapping[str, int]) -> str:
    verb = "was" if total["unchecked"] == 1 else "were"
    return f"{counted(total['unchecked'], 'target')} {verb} not examined"


def _worst(report: Report) -> str:
    counts = report.counts
    for severity in reversed(Severity):
        if counts[severity.label]:
            return counted(counts[severity.label], severity.label)
    return "a failure"


def _named(parts: list[str]) -> str:
    shown = parts[:_MOST_STEPS_NAMED]
    rest = len(parts) - len(shown)
    return listed([*shown, f"{rest} more"] if rest else shown)
