"""SARIF 2.1.0 for code scanning: one run per step.

Sources: the OASIS standard (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) and what GitHub takes
of it ("SARIF support for code scanning" in its docs): per file 20 runs, per run 25 000 results and
rules, per result 1 000 locations, and every location with a file and a line.
"""

import datetime
from collections.abc import Iterator

from launchready.model import (
    FileLocation,
    Finding,
    Location,
    Report,
    RuleInfo,
    Run,
    Status,
    Suppression,
    Target,
    Verdict,
)
from launchready.reporters.escape import json_line, prose, short_prose, shorten, visible
from launchready.reporters.json_report import Object, array, utc
from launchready.reporters.places import describe, is_safe_url, ranked
from launchready.reporters.sarif_places import location_of, message
from launchready.reporters.sarif_rules import descriptor
from launchready.reporters.style import Style

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME = "https://github.com/launchready/launchready"
MOST_RUNS = 20
MOST_RESULTS = 25_000
MOST_RELATED = 999
MOST_NOTIFICATIONS = 1_000
MOST_MESSAGE = 4_000

# `Suppression.by` for an entry of the config (`policy.acceptance`); all else stands in the source.
IGNORE_ENTRY = "ignore entry"

_NOTIFICATIONS: tuple[Object, ...] = (
    {"id": "unchecked", "shortDescription": {"text": "A target could not be examined."}},
    {"id": "failure", "shortDescription": {"text": "The step could not do its job."}},
    {"id": "left-out", "shortDescription": {"text": "There was more than this format may hold."}},
)


def render(run: Run, style: Style) -> Iterator[str]:
    """A SARIF log, one result a line."""
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": ['
    shown = run.reports[:MOST_RUNS]
    for place, report in enumerate(shown):
        yield ",\n" if place else "\n"
        is_last = place == len(shown) - 1
        yield from _run(report, style, run.reports[MOST_RUNS:] if is_last else ())
    yield "\n]}\n"


def _run(report: Report, style: Style, left_out: tuple[Report, ...]) -> Iterator[str]:
    rules = _rules(report)
    places = {rule.id: place for place, rule in enumerate(rules)}
    driver: Object = {
        "name": "launchready",
        "version": style.version,
        "informationUri": HOME,
        "rules": [descriptor(rule, report.step) for rule in rules],
        "notifications": _NOTIFICATIONS,
    }
    head: Object = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"launchready/{report.step}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The root of what was examined."}}
        },
        "invocations": [_invocation(report, left_out)],
    }
    head |= _provenance(report.target)
    yield "{\n"
    for name, value in head.items():
        yield f"{json_line(name)}: {json_line(value)},\n"
    yield '"results": '
    yield from array(_result(finding, places) for finding in ranked(report.findings)[:MOST_RESULTS])
    yield "}"


def _rules(report: Report) -> tuple[RuleInfo, ...]:
    """The rules that findings name; the others would make a file of nothing found large."""
    pages = {rule.id: rule for rule in report.rules}
    named = {finding.rule: finding for finding in ranked(report.findings)[:MOST_RESULTS]}
    return tuple(
        pages.get(name) or RuleInfo(id=name, severity=finding.severity, summary=name)
        for name, finding in named.items()
    )


def _result(finding: Finding, places: dict[str, int]) -> Object:
    fix = f". Fix: {prose(finding.fix)}" if finding.fix else ""
    where = "" if _is_in_tree(finding.location) else f" ({describe(finding.location)})"
    told: Object = {
        "ruleId": visible(finding.rule),
        "ruleIndex": places[finding.rule],
        "level": finding.severity.label,
        "message": message(shorten(prose(finding.message) + where + fix, MOST_MESSAGE)),
        "locations": [location_of(finding.location)],
        "baselineState": "new" if finding.status is Status.NEW else "unchanged",
        "properties": _properties(finding),
    }
    if finding.fingerprint:
        told["partialFingerprints"] = {"launchready/v1": finding.fingerprint}
    if finding.related:
        told["relatedLocations"] = [
            location_of(related.location, number, related.message)
            for number, related in enumerate(finding.related[:MOST_RELATED], start=1)
        ]
    if finding.suppression is not None:
        told["suppressions"] = [_suppression(finding.suppression)]
    return told


def _is_in_tree(location: Location) -> bool:
    return isinstance(location, FileLocation) and location.commit is None


def _properties(finding: Finding) -> Object:
    told: Object = {"confidence": finding.confidence.label}
    if finding.introduced is not None:
        told["introduced"] = finding.introduced
    if finding.evidence.measured:
        told["measured"] = {prose(name): str(value) for name, value in finding.evidence.measured}
    return told


def _suppression(suppression: Suppression) -> Object:
    """Section 3.35: accepted beside the code, or outside of it."""
    kind = "external" if suppression.by == IGNORE_ENTRY else "inSource"
    return {"kind": kind, "status": "accepted", "justification": prose(suppression.reason)}


def _provenance(target: Target) -> Object:
    page = target.repository_url or ""
    if not target.commit or not is_safe_url(page):
        return {}
    return {"versionControlProvenance": [{"repositoryUri": page, "revisionId": target.commit}]}


def _invocation(report: Report, left_out: tuple[Report, ...]) -> Object:
    ended = report.started + datetime.timedelta(seconds=report.seconds)
    return {
        "executionSuccessful": report.verdict not in (Verdict.UNCHECKED, Verdict.ERRORED),
        "startTimeUtc": utc(report.started),
        "endTimeUtc": utc(ended),
        "toolExecutionNotifications": [*_notifications(report), *_left_out(report, left_out)],
    }


def _notifications(report: Report) -> Iterator[Object]:
    failure = report.failure
    if failure is not None:
        yield _notification("failure", "error", f"{failure.message}. Fix: {failure.hint}")
        for fault in failure.faults:
            yield _notification("failure", "error", str(fault))
    level = "error" if report.verdict is Verdict.UNCHECKED else "warning"
    for unchecked in report.unchecked[:MOST_NOTIFICATIONS]:
        text = f"{unchecked.target}: {unchecked.reason}. Fix: {unchecked.hint}"
        yield _notification("unchecked", "note" if unchecked.is_accepted else level, text)


def _left_out(report: Report, reports: tuple[Report, ...]) -> Iterator[Object]:
    """What this file does not hold though the run has it. The JSON report holds everything."""
    amounts = {
        "results": len(report.findings) - MOST_RESULTS,
        "unchecked targets": len(report.unchecked) - MOST_NOTIFICATIONS,
        "steps": len(reports),
    }
    for noun, amount in amounts.items():
        if amount > 0:
            text = f"{amount} more {noun} are left out; the JSON report has them all."
            yield _notification("left-out", "warning", text)


def _notification(kind: str, level: str, text: str) -> Object:
    told = message(short_prose(text, MOST_MESSAGE))
    return {"descriptor": {"id": kind}, "level": level, "message": told}
