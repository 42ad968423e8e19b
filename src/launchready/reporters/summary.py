"""Markdown for the job summary of GitHub Actions: the verdict, what to fix, what was not examined.

The runner drops a summary of more than 1 MiB whole (actions/runner, `CreateStepSummaryCommand`).
This one stays below a million bytes whatever it is given: it has nine parts with a share each,
and what surrounds them is short.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from launchready.model import Failure, Report, Run, Status, Verdict
from launchready.reporters.escape import (
    fenced,
    html_line,
    log_line,
    markdown,
    markdown_code,
    short_visible,
    shorten,
)
from launchready.reporters.finding_text import Explained
from launchready.reporters.headline import counted, headline, listed
from launchready.reporters.looked import (
    left_out_lines,
    looked_lines,
    notices_of,
    stack_line,
    told_lines,
    told_tables,
)
from launchready.reporters.markdown_table import bounded, folded, table
from launchready.reporters.style import Style
from launchready.reporters.summary_parts import (
    ICONS,
    MOST_PLACE,
    Found,
    accepted_row,
    details,
    finding_row,
    sentence,
    step_row,
    told_table,
    unchecked_row,
)

LIMIT_BYTES = 1_000_000
MOST_ROWS = 100
MOST_DETAILS = 30
_MOST_HEADLINE = 600
_MOST_NOTICES = 20
_MOST_COMMAND = 8_000

_STEP = ("Step", "Verdict", "Errors", "Warnings", "Notes", "Known", "Not examined", "Seconds")
_FINDING = ("", "What", "Where", "Fix")
_UNCHECKED = ("Not examined", "Why", "Fix")
_ACCEPTED = ("", "What", "Where", "Accepted because")


def render(run: Run, style: Style) -> Iterator[str]:
    """The summary in chunks of whole lines. No line reads as a workflow command."""
    for block in _blocks(run, style):
        yield "".join(f"{log_line(line)}\n" for line in block.split("\n"))


def _blocks(run: Run, style: Style) -> Iterator[str]:
    verdict = headline(run)
    title = markdown(shorten(f"{verdict.label.capitalize()}: {verdict.detail}", _MOST_HEADLINE))
    yield f"## {ICONS[run.verdict]} {title}"
    yield ""
    if stack := stack_line(run):
        yield markdown(shorten(stack, _MOST_HEADLINE))
        yield ""
    yield from _shown(run)
    if run.is_combined:
        yield from table(_STEP, map(step_row, run.reports), len(run.reports), "steps")
    yield from bounded(_failures(run), sum(map(_failure_blocks, run.reports)), "lines")
    new = _found(run, Status.NEW)
    unchecked = [each for report in run.reports for each in report.unchecked]
    parts = [
        table(_FINDING, _rows(new, run), len(new), "findings"),
        table(_UNCHECKED, map(unchecked_row, unchecked[:MOST_ROWS]), len(unchecked), "targets"),
    ]
    if run.verdict is Verdict.UNCHECKED:
        parts.reverse()
    for part in parts:
        yield from part
    yield from _explained(new)
    yield from _accepted([*_found(run, Status.KNOWN), *_found(run, Status.SUPPRESSED)])
    yield from _prunable(run)
    yield from _end(run, style)


def _shown(run: Run) -> Iterator[str]:
    """What a reviewer must look at, and how much was looked at."""
    notices = notices_of(run)
    for notice in notices[:_MOST_NOTICES]:
        path = markdown_code(short_visible(notice.path, MOST_PLACE))
        yield f"> **For the reviewer:** {path}: {sentence(notice.message)}"
        yield ""
    for line in islice(told_lines(run, but_tables=True), _MOST_NOTICES):
        yield sentence(line)
        yield ""
    for told in told_tables(run):
        yield from told_table(told)
    for line in islice(chain(looked_lines(run), left_out_lines(run)), _MOST_NOTICES):
        yield sentence(line)
        yield ""


def _found(run: Run, status: Status) -> list[Found]:
    """The findings of all steps that have `status`, the gravest first."""
    found = [
        Found(report=report, finding=finding)
        for report in run.reports
        for finding in report.by_status(status)
    ]
    return sorted(found, key=lambda each: -each.finding.severity)


def _rows(new: list[Found], run: Run) -> Iterator[str]:
    return (finding_row(found, names_step=run.is_combined) for found in new[:MOST_ROWS])


def _failures(run: Run) -> Iterator[str]:
    for report in run.reports:
        if report.failure is not None:
            yield from _failure(report.step, report.failure)


def _failure_blocks(report: Report) -> int:
    """How many blocks `_failure` yields."""
    failure = report.failure
    return 2 + len(failure.faults) + failure.is_bug if failure is not None else 0


def _failure(step: str, failure: Failure) -> Iterator[str]:
    """Blocks, each whole in itself."""
    yield f"**{sentence(step)} stopped: {sentence(failure.message)}**\n"
    for fault in failure.faults:
        place = f"{short_visible(fault.path, MOST_PLACE)}:{fault.line}:{fault.column}"
        setting = f"{fault.setting}: " if fault.setting else ""
        yield f"- {markdown_code(place)} {sentence(setting + fault.message)}"
    yield f"\nFix: {sentence(failure.hint)}\n"
    if failure.traceback:
        code = "\n".join(html_line(line) for line in failure.traceback.splitlines())
        yield "\n".join(folded("Where it broke", [f"<pre>{code}</pre>"]))


def _explained(new: list[Found]) -> Iterator[str]:
    if not new:
        return
    shown = min(len(new), MOST_DETAILS)
    title = "Why it matters, and the code"
    yield from folded(title, bounded(_details(new[:shown]), len(new), "findings"))


def _details(new: list[Found]) -> Iterator[str]:
    said: dict[str, Explained] = {}
    for found in new:
        rule = found.finding.rule
        yield details(found, said.get(rule))
        said.setdefault(rule, Explained.by(found.finding))


def _accepted(found: list[Found]) -> Iterator[str]:
    counts = Counter(each.finding.status.value for each in found)
    if not counts:
        return
    title = listed(f"{number} {status}" for status, number in counts.items())
    rows = map(accepted_row, found[:MOST_ROWS])
    yield from folded(f"Not counted: {title}", table(_ACCEPTED, rows, len(found), "findings"))


def _prunable(run: Run) -> Iterator[str]:
    entries = [entry for report in run.reports for entry in report.prunable]
    if not entries:
        return
    number = counted(len(entries), "entry of the baseline matches", "entries of the baseline match")
    rows = (f"- {markdown_code(short_visible(entry, MOST_PLACE))}" for entry in entries)
    lines = bounded(islice(rows, MOST_ROWS), len(entries), "entries")
    mend = "<code>launchready baseline --prune</code> takes them out"
    yield from folded(f"{number} nothing any more; {mend}", lines)


def _end(run: Run, style: Style) -> Iterator[str]:
    """The command as a block of code, which GitHub lets one copy with a click."""
    command = short_visible(run.command, _MOST_COMMAND)
    yield "**On your machine**"
    yield ""
    yield fenced(command, "sh")
    yield ""
    seconds = sum(report.seconds for report in run.reports)
    yield f"<sub>launchready {markdown(style.version)}, {seconds:.2f} s</sub>"
