"""Runs for the tests of reporters: small ones by hand, hostile ones by hypothesis."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from hypothesis import strategies as st
from tests.golden.runs import hostile

from launchready.errors import Fault
from launchready.model import (
    CodeLine,
    CommitLocation,
    Confidence,
    DnsLocation,
    Evidence,
    Failure,
    FileLocation,
    Finding,
    Location,
    Notice,
    Related,
    Report,
    RuleInfo,
    Run,
    Severity,
    Status,
    Suppression,
    Target,
    Unchecked,
    UrlLocation,
    Verdict,
)
from launchready.reporters import load
from launchready.reporters.style import Style

T = TypeVar("T")
PLAIN = Style(color=False, width=100, verbose=False, version="0.1.0")
STARTED = datetime.datetime(2026, 11, 24, 4, 14, 7, tzinfo=datetime.UTC)


def a_finding(**fields: Any) -> Finding:
    """A new error in `app.py`, on line 1."""
    finding = Finding(
        message="a key is in the source",
        location=FileLocation(path="app.py", line=1),
        identity="never shown",
        impact="Whoever holds it can pay with it.",
        fix="Revoke it.",
        rule="live-key",
        fingerprint="00",
    )
    return replace(finding, **fields)


def a_report(*findings: Finding, **fields: Any) -> Report:
    """A report of secret-scan that failed where it has findings."""
    report = Report(
        step="secret-scan",
        verdict=Verdict.FAILED if findings else Verdict.PASSED,
        started=STARTED,
        seconds=0.5,
        findings=findings,
        rules=(RuleInfo(id="live-key", severity=Severity.ERROR, summary="A live key."),),
    )
    return replace(report, **fields)


def a_run(*reports: Report, is_combined: bool = False, verdict: Verdict | None = None) -> Run:
    """A run of the reports, with the first one's verdict."""
    return Run(
        reports=reports,
        verdict=verdict or reports[0].verdict,
        command="launchready secret-scan",
        is_combined=is_combined,
    )


def many(count: int, folder: str = "src", **fields: Any) -> tuple[Finding, ...]:
    """Findings in files of their own, each with a fingerprint of its own."""
    code = Evidence(code=(CodeLine(number=7, text="key = '********'"),))
    return tuple(
        a_finding(
            location=FileLocation(path=f"{folder}/{number}.py", line=7, column=8, end_column=16),
            fingerprint=f"{number:032x}",
            evidence=code,
            **fields,
        )
        for number in range(count)
    )


def rendered(name: str, run: Run, style: Style = PLAIN) -> str:
    """All that a reporter says."""
    return "".join(load(name)(run, style))


FRAGMENTS = (
    "::error::x",
    "::stop-commands::abc",
    "##[error]x",
    "##[group]",
    "##[",
    "::",
    "%0A",
    "\n",
    "\r\n",
    "\x1b[31m",
    "\x9b",
    "\u202e",
    "\u2028",
    "\ud800",
    "\udcff",
    "\x00",
    "\t",
    "|",
    "`",
    "``",
    "<script>",
    "</pre>",
    "</details>",
    "-->",
    "@user",
    "#1",
    "![x](https://e.example/x.png)",
    "](",
    "[a](b)",
    "**",
    "_",
    "~~",
    "$x$",
    "\\",
    "&amp;",
    "]]>",
    '"',
    "'",
    "{0}",
    "=",
    ",",
    ";",
    "/",
    "..",
    " ",
    "字",
    "😀",
    "e\u0301",
    "a" * 90,
)


def hostile_text() -> st.SearchStrategy[str]:
    """Text that means something to a log, a terminal, a page or a file format."""
    pieces = st.sampled_from(FRAGMENTS) | st.text(max_size=4)
    return st.lists(pieces, max_size=6).map("".join)


def _made(make: Callable[..., T], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    return st.builds(make, **fields)


def hostile_runs() -> st.SearchStrategy[Run]:
    """Runs with one hostile text in all fields that a stranger can fill, or another in each."""
    return hostile_text().filter(bool).map(hostile) | _varied_runs()


def _varied_runs() -> st.SearchStrategy[Run]:
    text = hostile_text()
    name = text.map(lambda given: given or "x")
    number = st.integers(min_value=1, max_value=300)
    maybe_number = st.none() | number
    maybe_text = st.none() | text
    files = _made(
        FileLocation,
        path=text,
        line=maybe_number,
        column=maybe_number,
        end_line=maybe_number,
        end_column=maybe_number,
        commit=maybe_text,
    )
    locations: st.SearchStrategy[Location] = st.one_of(
        files,
        _made(CommitLocation, commit=text, line=maybe_number),
        _made(UrlLocation, url=text),
        _made(DnsLocation, dns_name=text, dns_type=text),
    )
    scalars = st.one_of(text, st.none(), st.booleans(), st.integers(), st.floats())
    marks = st.none() | st.tuples(st.integers(-2, 99), st.integers(-2, 99))
    evidence = _made(
        Evidence,
        measured=st.lists(st.tuples(text, scalars), max_size=2).map(tuple),
        code=st.lists(_made(CodeLine, number=number, text=text, mark=marks), max_size=2).map(tuple),
    )
    findings = _made(
        Finding,
        message=text,
        location=locations,
        identity=text,
        impact=text,
        fix=text,
        confidence=st.sampled_from(Confidence),
        related=st.lists(_made(Related, message=text, location=locations), max_size=2).map(tuple),
        evidence=evidence,
        introduced=maybe_text,
        rule=name,
        severity=st.sampled_from(Severity),
        status=st.sampled_from(Status),
        fingerprint=text,
        suppression=st.none()
        | _made(Suppression, by=text, reason=text, until=st.none() | st.dates()),
    )
    faults = _made(Fault, path=text, line=number, column=number, setting=text, message=text)
    failures = _made(
        Failure,
        message=text,
        hint=text,
        faults=st.lists(faults, max_size=2).map(tuple),
        traceback=text,
    )
    rules = _made(
        RuleInfo,
        id=name,
        severity=st.sampled_from(Severity),
        summary=text,
        why=text,
        fix=text,
        bad=text,
        good=text,
        references=st.lists(text, max_size=1).map(tuple),
        url=text,
    )
    reports = _made(
        Report,
        step=st.sampled_from(["secret-scan", "env-lint"]),
        verdict=st.sampled_from(Verdict),
        started=st.just(STARTED),
        seconds=st.floats(min_value=0, max_value=1e6),
        target=_made(
            Target, path=text, commit=maybe_text, base=maybe_text, repository_url=maybe_text
        ),
        findings=st.lists(findings, max_size=3).map(tuple),
        notices=st.lists(_made(Notice, path=text, message=text), max_size=2).map(tuple),
        unchecked=st.lists(
            _made(Unchecked, target=text, reason=text, hint=text, is_accepted=st.booleans()),
            max_size=2,
        ).map(tuple),
        rules=st.lists(rules, max_size=1).map(tuple),
        facts=st.dictionaries(text, scalars, max_size=1),
        prunable=st.lists(text, max_size=1).map(tuple),
        failure=st.none() | failures,
    )
    return _made(
        Run,
        reports=st.lists(reports, min_size=1, max_size=2).map(tuple),
        verdict=st.sampled_from(Verdict),
        command=text,
        is_combined=st.booleans(),
    )
