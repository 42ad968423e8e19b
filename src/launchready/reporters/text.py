"""The report for a person at a terminal: what is wrong, where, why it hurts and how to fix it.

Every line is visible text (see `escape`); colours are the only control sequences in it.
"""

from collections.abc import Iterator, Mapping

from launchready.model import Failure, Report, Run, Severity, Status, Target, Unchecked, Verdict
from launchready.reporters.blockers import MOST_BLOCKERS, blockers
from launchready.reporters.cells import INDENT, cells, fold, labelled, pad, width_of
from launchready.reporters.escape import log_line, prose, visible
from launchready.reporters.headline import VERDICT_WORDS, counted, headline, listed, tally
from launchready.reporters.looked import (
    REVIEW,
    left_out_lines,
    looked_lines,
    notices_of,
    stack_line,
    told_lines,
)
from launchready.reporters.places import ranked, short_commit
from launchready.reporters.style import BOLD, DIM, GREEN, RED, YELLOW, Style

MOST_IN_FULL = 40
MOST_IN_BRIEF = 400
MOST_IN_COMBINED = 20
"""Lines of a step among others; alone it tells more."""
MOST_UNCHECKED = 40
MOST_PRUNABLE = 10

_COLORS: Mapping[Verdict, int] = {
    Verdict.PASSED: GREEN,
    Verdict.FAILED: RED,
    Verdict.UNCHECKED: YELLOW,
    Verdict.ERRORED: RED,
}
_COLUMNS = ("step", "verdict", "errors", "warnings", "notes", "known", "not examined", "seconds")


def render(run: Run, style: Style) -> Iterator[str]:
    """The report as chunks of whole lines."""
    return (f"{line}\n" for line in lines(run, style))


def lines(run: Run, style: Style) -> Iterator[str]:
    """The report line by line, without line ends. No line reads as a workflow command."""
    return map(log_line, _lines(run, style))


def _lines(run: Run, style: Style) -> Iterator[str]:
    yield from _header(run, style)
    if run.is_combined:
        yield from _table(run, style)
    for report in run.reports:
        yield from _step(report, style, is_named=run.is_combined)
    if run.is_combined and not style.verbose:
        yield from _blockers(run, style)
    for notice in notices_of(run):
        yield style.paint(f"{REVIEW}: ", BOLD, YELLOW) + prose(f"{notice.path}: {notice.message}")
    for line in told_lines(run):
        yield from _folded(line, style, BOLD)
    for line in (*looked_lines(run), *left_out_lines(run)):
        yield from _folded(line, style, DIM)
    verdict = headline(run)
    yield style.paint(str(verdict), BOLD, _COLORS[run.verdict])


def _folded(text: str, style: Style, color: int) -> Iterator[str]:
    lines = fold(text, width_of(style), len(INDENT))
    return (style.paint(line, color) for line in lines)


def _header(run: Run, style: Style) -> Iterator[str]:
    names = [report.step for report in run.reports]
    what = names[0] if len(names) == 1 else counted(len(names), "step")
    seconds = sum(report.seconds for report in run.reports)
    where = _target(run.reports[0].target) if run.reports else ""
    yield style.paint(f"launchready {style.version}: {what}{where} ({seconds:.2f} s)", DIM)
    if stack := stack_line(run):
        yield from _folded(stack, style, BOLD)
    yield ""


def _target(target: Target) -> str:
    text = f" on {visible(target.path)}" if target.path != "." else ""
    if target.commit:
        text += f" at {short_commit(target.commit)}"
    if target.base:
        text += f", changes since {short_commit(target.base)}"
    return text


def _table(run: Run, style: Style) -> Iterator[str]:
    rows = [_COLUMNS, *(_row(report) for report in run.reports)]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    colors = [(DIM,), *((BOLD, _COLORS[report.verdict]) for report in run.reports)]
    for row, color in zip(rows, colors, strict=True):
        step, verdict, *numbers = (
            pad(text, width) if place < 2 else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((step, style.paint(verdict, *color), *numbers))
    yield ""


def _row(report: Report) -> tuple[str, ...]:
    counts = report.counts
    numbers = (*(counts[severity.label] for severity in reversed(Severity)), counts["known"])
    return (
        report.step,
        VERDICT_WORDS[report.verdict],
        *map(str, numbers),
        str(counts["unchecked"]),
        f"{report.seconds:.2f}",
    )


def _step(report: Report, style: Style, *, is_named: bool) -> Iterator[str]:
    """All there is to say of one step; nothing, where a combined run's table says it all."""
    body = (
        *((_failure(report.failure, style),) if report.failure else ()),
        _findings(report, style, is_short=is_named),
        _unchecked(report.unchecked, style),
        _quiet(report, style),
        _prunable(report, style),
    )
    is_first = True
    for part in body:
        for line in part:
            if is_first and is_named:
                yield style.paint(
                    f"== {report.step}: {tally(report) or VERDICT_WORDS[report.verdict]} ==", BOLD
                )
                yield ""
            is_first = False
            yield line


def _findings(report: Report, style: Style, *, is_short: bool) -> Iterator[str]:
    most_in_full, most_in_brief = (
        (0, MOST_IN_COMBINED) if is_short else (MOST_IN_FULL, MOST_IN_BRIEF)
    )
    shown = report.findings if style.verbose else report.by_status(Status.NEW)
    if not shown:
        return
    from launchready.reporters.finding_text import Explained, brief, full

    pages = {rule.id: rule.url for rule in report.rules}
    said: dict[str, Explained] = {}
    for place, finding in enumerate(ranked(shown)):
        if style.verbose or place < most_in_full:
            above = said.get(finding.rule)
            yield from full(finding, pages.get(finding.rule, ""), above, style)
            yield ""
            if above is None or not above.explains(finding):
                said[finding.rule] = Explained.by(finding)
        elif place < most_in_full + most_in_brief:
            yield brief(finding, style)
        else:
            rest = counted(len(shown) - place, "more finding")
            yield style.paint(f"and {rest}: -v shows all, --report json=FILE keeps all", BOLD)
            break
    if not style.verbose and len(shown) > most_in_full:
        yield ""


def _blockers(run: Run, style: Style) -> Iterator[str]:
    """What must be mended first, whichever step found it."""
    found = blockers(run)
    if not found:
        return
    from launchready.reporters.finding_text import full

    yield style.paint("== What blocks a launch ==", BOLD)
    yield ""
    for blocker in found[:MOST_BLOCKERS]:
        finding, step = blocker.finding, blocker.report.step
        pages = {rule.id: rule.url for rule in blocker.report.rules}
        yield from full(finding, pages.get(finding.rule, ""), None, style)
        more = f"; {blocker.more} more like it above" if blocker.more else ""
        yield from labelled("seen by", f"launchready {step}{more}", style)
        yield ""
    if len(found) > MOST_BLOCKERS:
        rest = counted(len(found) - MOST_BLOCKERS, "more kind")
        yield style.paint(f"and {rest} of error, listed above", BOLD)
        yield ""


def _failure(failure: Failure, style: Style) -> Iterator[str]:
    yield style.paint("STOPPED: ", BOLD, RED) + style.paint(prose(failure.message), BOLD)
    for fault in failure.faults:
        yield f"  {visible(str(fault))}"
    yield from labelled("fix", prose(failure.hint), style)
    yield from (f"  {visible(line)}" for line in failure.traceback.splitlines())
    yield ""


def _unchecked(unchecked: tuple[Unchecked, ...], style: Style) -> Iterator[str]:
    if not unchecked:
        return
    number = counted(len(unchecked), "target")
    them = "it" if len(unchecked) == 1 else "them"
    accepted = ", and the config accepts that" if all(e.is_accepted for e in unchecked) else ""
    title = f"NOT EXAMINED: {number}; nothing is known of {them}{accepted}"
    yield style.paint(title, BOLD, YELLOW)
    shown = unchecked if style.verbose else unchecked[:MOST_UNCHECKED]
    for each in shown:
        yield f"  {style.paint(visible(each.target), BOLD)}"
        yield from labelled("why", prose(each.reason), style, indent="    ")
        yield from labelled("fix", prose(each.hint), style, indent="    ")
    if len(shown) < len(unchecked):
        yield f"  and {len(unchecked) - len(shown)} more: -v shows all"
    yield ""


def _quiet(report: Report, style: Style) -> Iterator[str]:
    counts = report.counts
    parts = [f"{counts[word]} {word}" for word in ("known", "suppressed") if counts[word]]
    if parts and not style.verbose:
        yield style.paint(f"Not shown: {listed(parts)}. -v shows them.", DIM)
        yield ""


def _prunable(report: Report, style: Style) -> Iterator[str]:
    entries = report.prunable
    if not entries:
        return
    number = counted(len(entries), "entry of the baseline matches", "entries of the baseline match")
    yield f"{number} nothing any more; `launchready baseline --prune` takes them out:"
    shown = entries if style.verbose else entries[:MOST_PRUNABLE]
    yield from (f"  {visible(entry)}" for entry in shown)
    if len(shown) < len(entries):
        yield f"  and {len(entries) - len(shown)} more: -v shows all"
    yield ""
