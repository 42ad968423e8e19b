"""The comment on a pull request, made of JSON reports that may be a stranger's.

The reports come out of a job that ran a stranger's code, so nothing in them is believed to be more
than text: each field is cut and escaped, and what has not the form of a report is left out, and
said to be.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from launchready.frozen import frozen
from launchready.model import Severity, Verdict
from launchready.reporters.escape import markdown, markdown_code, short_prose, short_visible
from launchready.reporters.headline import VERDICT_WORDS
from launchready.reporters.markdown_table import row
from launchready.reporters.summary_parts import ICONS, MARKS, sentence

MARK = "<!-- launchready -->"
"""What the comment begins with, and is known by."""

MOST_FINDINGS = 10
_MOST_STEPS = 20
_MOST_PLACE = 120
_LABELS = {severity.label: severity for severity in Severity}
_WORDS = {verdict.value: verdict for verdict in Verdict}


@frozen
class _Row:
    step: str
    severity: Severity
    message: str
    place: str
    fix: str


def comment(documents: Sequence[Any], commit: str, unreadable: int, page: str = "") -> str:
    """The text. `unreadable` files were no reports; `page` is the address of the run."""
    reports = [each for each in _reports(documents) if _verdict(each)][:_MOST_STEPS]
    lost = unreadable + len(list(_reports(documents))) - len(reports)
    return "\n".join(_lines(reports, lost, commit, page)) + "\n"


def _lines(
    reports: Sequence[Mapping[str, Any]], lost: int, commit: str, page: str
) -> Iterator[str]:
    verdicts = [_verdict(each) or Verdict.ERRORED for each in reports]
    good = sum(verdict is Verdict.PASSED for verdict in verdicts)
    is_good = good == len(reports) > 0 and not lost
    yield MARK
    said = f"{good} of {len(reports)} steps passed" if reports else "no step left a report"
    yield f"### {ICONS[Verdict.PASSED if is_good else Verdict.FAILED]} launchready: {said}"
    yield ""
    if lost:
        yield f"{lost} of the files are no reports, so that nothing is known of their steps."
        yield ""
    if reports:
        yield row("Step", "Verdict", "New errors", "Warnings", "Not examined")
        yield row(*["---"] * 5)
        yield from map(_step, reports)
        yield ""
    yield from _findings(sorted(_rows(reports), key=lambda each: -each.severity))
    more = f" · [the whole report]({page})" if page else ""
    yield f"<sub>{markdown(commit[:12])}{more}</sub>"


def _step(report: Mapping[str, Any]) -> str:
    verdict = _verdict(report) or Verdict.ERRORED
    counts = report.get("counts")
    numbers = counts if isinstance(counts, dict) else {}
    return row(
        markdown(short_prose(_text(report, "step"), 40)),
        f"{ICONS[verdict]} {VERDICT_WORDS[verdict]}",
        *(_number(numbers.get(name)) for name in ("error", "warning", "unchecked")),
    )


def _findings(rows: Sequence[_Row]) -> Iterator[str]:
    if not rows:
        return
    yield row("", "What", "Where", "Fix")
    yield row(*["---"] * 4)
    for each in rows[:MOST_FINDINGS]:
        what = f"{sentence(each.message)}<br>{markdown(each.step)}"
        yield row(MARKS[each.severity], what, markdown_code(each.place), sentence(each.fix))
    yield ""
    if len(rows) > MOST_FINDINGS:
        yield f"…and {len(rows) - MOST_FINDINGS} more."
        yield ""


def _rows(reports: Iterable[Mapping[str, Any]]) -> Iterator[_Row]:
    for report in reports:
        found = report.get("findings")
        for each in found if isinstance(found, list) else ():
            severity = _LABELS.get(_text(each, "severity"))
            if severity in (Severity.ERROR, Severity.WARNING) and _text(each, "status") == "new":
                yield _Row(
                    step=short_prose(_text(report, "step"), 40),
                    severity=severity,
                    message=_text(each, "message"),
                    place=_place(each.get("location")),
                    fix=_text(each, "fix"),
                )


def _place(location: Any) -> str:
    if not isinstance(location, dict):
        return "?"
    name = next(
        (
            _text(location, key)
            for key in ("path", "url", "dns_name", "commit")
            if _text(location, key)
        ),
        "?",
    )
    line = location.get("line")
    return short_visible(f"{name}:{line}" if isinstance(line, int) else name, _MOST_PLACE)


def _reports(documents: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    """The reports of steps, alone in a file or several in one."""
    for document in documents:
        listed = document.get("reports") if isinstance(document, dict) else None
        for each in listed if isinstance(listed, list) else (document,):
            yield each if isinstance(each, dict) else {}


def _verdict(report: Mapping[str, Any]) -> Verdict | None:
    return _WORDS.get(_text(report, "verdict")) if _text(report, "step") else None


def _text(holder: Any, name: str) -> str:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""


def _number(value: Any) -> str:
    return str(value) if type(value) is int and 0 <= value < 1_000_000 else "?"
