"""The report as JSON, version 1: a frozen shape of its own (see `report_schema`), ASCII only.

One finding is one line, so that two reports compare well and a large one needs no memory.
"""

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from launchready.model import (
    CommitLocation,
    DnsLocation,
    Evidence,
    Failure,
    FileLocation,
    Finding,
    Json,
    Location,
    Report,
    Run,
    Suppression,
    Target,
    Unchecked,
    UrlLocation,
)
from launchready.reporters.escape import json_line
from launchready.reporters.places import ranked
from launchready.reporters.style import Style

VERSION = 1
Object = dict[str, object]


def render(run: Run, style: Style) -> Iterator[str]:
    """One report, or for a combined run a file of reports."""
    if not run.is_combined and len(run.reports) == 1:
        yield from _report(run.reports[0], style)
        yield "\n"
        return
    yield f'{{"version": {VERSION}, "verdict": {json_line(run.verdict.value)}, "reports": ['
    for place, report in enumerate(run.reports):
        yield ",\n" if place else "\n"
        yield from _report(report, style)
    yield "\n]}\n"


def array(values: Iterable[object]) -> Iterator[str]:
    """A JSON array, one value a line."""
    before = "[\n  "
    for value in values:
        yield before + json_line(value)
        before = ",\n  "
    yield "[]" if before.startswith("[") else "\n]"


def utc(moment: datetime.datetime) -> str:
    """A moment as RFC 3339 writes it, in UTC and whole seconds."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _report(report: Report, style: Style) -> Iterator[str]:
    pages = {rule.id: rule.url for rule in report.rules}
    head: Object = {
        "version": VERSION,
        "tool": {"name": "launchready", "version": style.version},
        "step": report.step,
        "verdict": report.verdict.value,
        "started": utc(report.started),
        "seconds": round(report.seconds, 3),
        "target": _target(report.target),
    }
    if report.failure is not None:
        head["failure"] = _failure(report.failure)
    if report.notices:
        head["notices"] = [{"path": n.path, "message": n.message} for n in report.notices]
    yield "{\n"
    for name, value in head.items():
        yield f'"{name}": {json_line(value)},\n'
    yield '"findings": '
    yield from array(
        _finding(finding, pages.get(finding.rule, "")) for finding in ranked(report.findings)
    )
    yield ',\n"unchecked": '
    yield from array(map(_unchecked, report.unchecked))
    facts = {name: _json(value) for name, value in report.facts.items()}
    yield f',\n"prunable": {json_line(report.prunable)}'
    yield f',\n"counts": {json_line(report.counts)}'
    yield f',\n"facts": {json_line(facts)}\n}}'


def _target(target: Target) -> Object:
    return {"path": target.path} | _known(
        commit=target.commit, base=target.base, repository=target.repository_url
    )


def _failure(failure: Failure) -> Object:
    told: Object = {"message": failure.message, "hint": failure.hint}
    if failure.faults:
        told["faults"] = [
            {
                "path": fault.path,
                "line": fault.line,
                "column": fault.column,
                "setting": fault.setting,
                "message": fault.message,
            }
            for fault in failure.faults
        ]
    return told | _known(traceback=failure.traceback or None)


def _finding(finding: Finding, page: str) -> Object:
    told: Object = {
        "rule": finding.rule,
        "severity": finding.severity.label,
        "status": finding.status.value,
        "confidence": finding.confidence.label,
        "message": finding.message,
        "impact": finding.impact,
        "fix": finding.fix,
        "help": page,
        "location": location_object(finding.location),
        "related": [
            {"message": related.message, "location": location_object(related.location)}
            for related in finding.related
        ],
        "evidence": _evidence(finding.evidence),
        "fingerprint": finding.fingerprint,
    }
    if finding.suppression is not None:
        told["suppression"] = _suppression(finding.suppression)
    return told | _known(introduced=finding.introduced)


def location_object(location: Location) -> Object:
    """A place as the report names it: what is not known is left out."""
    match location:
        case FileLocation():
            return {"path": location.path} | _known(
                line=location.line,
                column=location.column,
                end_line=location.end_line,
                end_column=location.end_column,
                commit=location.commit,
            )
        case CommitLocation():
            return {"commit": location.commit} | _known(line=location.line)
        case UrlLocation():
            return {"url": location.url}
        case DnsLocation():
            return {"dns_name": location.dns_name, "dns_type": location.dns_type}
        case _:
            assert_never(location)


def _evidence(evidence: Evidence) -> Object:
    told: Object = {}
    if evidence.measured:
        told["measured"] = {name: _json(value) for name, value in evidence.measured}
    if evidence.code:
        told["code"] = [{"line": line.number, "text": line.text} for line in evidence.code]
    return told


def _suppression(suppression: Suppression) -> Object:
    until = suppression.until.isoformat() if suppression.until is not None else None
    return {"by": suppression.by, "reason": suppression.reason} | _known(until=until)


def _unchecked(unchecked: Unchecked) -> Object:
    told: Object = {
        "target": unchecked.target,
        "reason": unchecked.reason,
        "hint": unchecked.hint,
    }
    return told | _known(accepted=unchecked.is_accepted or None)


def _json(value: Json) -> Json:
    """JSON has no number for what is infinite or not a number."""
    if isinstance(value, Mapping):
        return {name: _json(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_json(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _known(**fields: object) -> Object:
    return {name: value for name, value in fields.items() if value is not None}
