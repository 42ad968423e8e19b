"""JUnit XML for the test views of Jenkins, GitLab and others: a suite per step, a case per rule.

A rule's case fails on new errors and warnings and is skipped when all it found is accepted; a
target that could not be examined is an error too, unless the config accepts that. GitLab reads
the class name as the suite's name (https://docs.gitlab.com/ci/testing/unit_test_reports/).
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from launchready.model import FileLocation, Finding, Report, Run, Severity, Status, Verdict
from launchready.reporters.escape import prose, short_prose, xml
from launchready.reporters.headline import VERDICT_WORDS, counted, listed
from launchready.reporters.places import describe, ranked
from launchready.reporters.style import Style

_MOST_MESSAGE = 1_000


@dataclass(frozen=True, kw_only=True)
class _Case:
    """One test case. `outcome` is the element that says it did not pass, "" if it did."""

    name: str
    classname: str
    outcome: str = ""
    kind: str = ""
    message: str = ""
    file: str = ""
    findings: tuple[Finding, ...] = ()


def render(run: Run, style: Style) -> Iterator[str]:
    """The document, in chunks of whole lines."""
    del style
    suites = [(report, tuple(_cases(report))) for report in run.reports]
    cases = tuple(case for _, each in suites for case in each)
    seconds = sum(report.seconds for report in run.reports)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="launchready"{_totals(cases)} time="{seconds:.3f}">\n'
    for report, own in suites:
        started = report.started.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S")
        yield (
            f'  <testsuite name="{xml(report.step)}"{_totals(own)}'
            f' time="{report.seconds:.3f}" timestamp="{started}">\n'
        )
        for case in own:
            yield from _element(case)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _totals(cases: tuple[_Case, ...]) -> str:
    failures, errors, skipped = (
        sum(case.outcome == outcome for case in cases)
        for outcome in ("failure", "error", "skipped")
    )
    return f' tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _cases(report: Report) -> Iterator[_Case]:
    classname = f"launchready.{report.step}"
    if report.failure is not None:
        yield _Case(
            name="run",
            classname=classname,
            outcome="error",
            kind="stopped",
            message=f"{report.failure.message}. Fix: {report.failure.hint}",
        )
    for each in report.unchecked:
        yield _Case(
            name=each.target,
            classname=f"{classname}.unchecked",
            outcome="skipped" if each.is_accepted else "error",
            kind="" if each.is_accepted else "unchecked",
            message=f"{each.reason}. Fix: {each.hint}",
        )
    for rule, findings in _by_rule(report).items():
        yield _rule_case(rule, classname, findings)
    if report.failure is None and not report.unchecked and not report.findings:
        is_passed = report.verdict is Verdict.PASSED
        yield _Case(
            name="findings",
            classname=classname,
            outcome="" if is_passed else "error",
            kind="" if is_passed else report.verdict.value,
            message="" if is_passed else VERDICT_WORDS[report.verdict],
        )


def _by_rule(report: Report) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in ranked(report.findings):
        groups.setdefault(finding.rule, []).append(finding)
    return groups


def _rule_case(rule: str, classname: str, findings: list[Finding]) -> _Case:
    new = tuple(each for each in findings if each.status is Status.NEW)
    grave = tuple(each for each in new if each.severity >= Severity.WARNING)
    place = findings[0].location
    file = place.in_file.path if isinstance(place, FileLocation) else ""
    if grave:
        return _Case(
            name=rule,
            classname=classname,
            outcome="failure",
            kind=grave[0].severity.label,
            message=f"{counted(len(grave), 'new finding')}: {grave[0].message}",
            file=file,
            findings=grave,
        )
    if new:
        return _Case(name=rule, classname=classname, file=file, findings=new)
    accepted = (
        f"{number} {status.value}"
        for status in (Status.KNOWN, Status.SUPPRESSED)
        if (number := sum(each.status is status for each in findings))
    )
    return _Case(
        name=rule, classname=classname, outcome="skipped", message=listed(accepted), file=file
    )


def _element(case: _Case) -> Iterator[str]:
    file = f' file="{xml(case.file)}"' if case.file else ""
    names = f'name="{xml(case.name)}" classname="{xml(case.classname)}"'
    yield f'    <testcase {names}{file} time="0">\n'
    message = f' message="{xml(short_prose(case.message, _MOST_MESSAGE))}"'
    kind = f' type="{case.kind}"' if case.kind else ""
    if case.findings:
        element = case.outcome or "system-out"
        yield f"      <{element}{f'{message}{kind}' if case.outcome else ''}>\n"
        yield from _lines(case.findings)
        yield f"      </{element}>\n"
    elif case.outcome:
        yield f"      <{case.outcome}{message}{kind}/>\n"
    yield "    </testcase>\n"


def _lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    if findings[0].impact:
        yield f"why: {xml(prose(findings[0].impact))}\n"
    if findings[0].fix:
        yield f"fix: {xml(prose(findings[0].fix))}\n"
    for finding in findings:
        place = xml(describe(finding.location))
        yield f"- {place}: {finding.severity.label}: {xml(prose(finding.message))}\n"
