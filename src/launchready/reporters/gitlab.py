"""GitLab Code Quality: an array of entries, each with a fingerprint of its own.

GitLab shows of a merge request what the report of its branch has and the target's has not, so the
known findings are in here too. Source: https://docs.gitlab.com/ci/testing/code_quality/, "Import
code quality results from a CI/CD job".
"""

import hashlib
from collections.abc import Iterator, Mapping

from launchready.model import FileLocation, Finding, Report, Run, Severity, Status
from launchready.reporters.escape import short_prose, visible
from launchready.reporters.json_report import Object, array
from launchready.reporters.places import CONFIG_FILE, describe, ranked
from launchready.reporters.style import Style

_MOST_DESCRIPTION = 2_000
_SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.NOTE: "info",
}


def render(run: Run, style: Style) -> Iterator[str]:
    """The entries, one a line. A target that could not be examined is an entry as well."""
    del style
    yield from array(_entries(run))
    yield "\n"


def _entries(run: Run) -> Iterator[Object]:
    used: set[str] = set()
    for report in run.reports:
        for entry in _entries_of(report):
            entry["fingerprint"] = _unique(str(entry["fingerprint"]), used)
            yield entry


def _entries_of(report: Report) -> Iterator[Object]:
    if report.failure is not None:
        text = f"{report.step} stopped: {report.failure.message}. Fix: {report.failure.hint}"
        yield _entry("stopped", "blocker", text, f"{report.step}\0stopped")
    for each in report.unchecked:
        text = f"{report.step} could not examine {each.target}: {each.reason}. Fix: {each.hint}"
        severity = "info" if each.is_accepted else "critical"
        yield _entry("unchecked", severity, text, f"{report.step}\0{each.target}\0{each.reason}")
    for finding in ranked(report.findings):
        if finding.status is not Status.SUPPRESSED:
            yield _finding(finding)


def _finding(finding: Finding) -> Object:
    path, line = CONFIG_FILE, 1
    where = ""
    match finding.location:
        case FileLocation() as place if place.is_inside:
            path, where = place.in_file.path, f" ({describe(place)})"
        case FileLocation(commit=None) as place:
            path, line = place.path, max(place.line or 1, 1)
        case FileLocation() as place:
            path, where = place.path, f" ({describe(place)})"
        case elsewhere:
            where = f" ({describe(elsewhere)})"
    fix = f". Fix: {finding.fix}" if finding.fix else ""
    entry = _entry(
        visible(finding.rule), _SEVERITIES[finding.severity], f"{finding.message}{where}{fix}", ""
    )
    entry["fingerprint"] = finding.fingerprint
    entry["location"] = {"path": path, "lines": {"begin": line}}
    return entry


def _entry(name: str, severity: str, text: str, identity: str) -> Object:
    return {
        "description": short_prose(text, _MOST_DESCRIPTION),
        "check_name": name,
        "fingerprint": _digest(identity),
        "severity": severity,
        "location": {"path": CONFIG_FILE, "lines": {"begin": 1}},
    }


def _unique(fingerprint: str, used: set[str]) -> str:
    """The fingerprint, or one derived from it where another entry has it: GitLab drops doubles."""
    unique, number = fingerprint, 1
    while not unique or unique in used:
        unique = _digest(f"{fingerprint}\0{number}")
        number += 1
    used.add(unique)
    return unique


def _digest(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
