"""One finding, one target, one step: as a row or a block of the job summary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from launchready.model import (
    Confidence,
    Finding,
    Location,
    Related,
    Report,
    Severity,
    Target,
    Told,
    Unchecked,
    Verdict,
)
from launchready.reporters.escape import (
    fenced,
    html_line,
    markdown,
    markdown_code,
    short_prose,
    short_visible,
)
from launchready.reporters.finding_text import MOST_RELATED, Explained, accepted
from launchready.reporters.frame import frame, gutter_width
from launchready.reporters.headline import VERDICT_WORDS
from launchready.reporters.markdown_table import row, table
from launchready.reporters.places import describe, elsewhere, is_safe_url, link

_MOST_TEXT = 400
MOST_PLACE = 160
_MOST_LINK = 2_000
_MOST_ROWS = 60
_CODE_WIDTH = 110

ICONS: Mapping[Verdict, str] = {
    Verdict.PASSED: "✅",
    Verdict.FAILED: "❌",
    Verdict.UNCHECKED: "❓",
    Verdict.ERRORED: "💥",
}
MARKS: Mapping[Severity, str] = {
    Severity.ERROR: "🔴 error",
    Severity.WARNING: "🟠 warning",
    Severity.NOTE: "🔵 note",
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """A finding and the report that has it."""

    report: Report
    finding: Finding

    @property
    def page(self) -> str:
        """The web page of the finding's rule, or ""."""
        pages = (rule.url for rule in self.report.rules if rule.id == self.finding.rule)
        return next(pages, "")


def sentence(text: str) -> str:
    """Untrusted prose as Markdown, cut to what a reader takes in."""
    return markdown(short_prose(text, _MOST_TEXT))


def told_table(told: Told) -> Iterator[str]:
    """A conclusion as a picture and a table."""
    if told.picture:
        yield fenced(told.picture, "mermaid")
        yield ""
    headings, *rows = told.rows
    cells = (row(*(markdown(short_visible(cell, MOST_PLACE)) for cell in each)) for each in rows)
    yield from table(headings, islice(cells, _MOST_ROWS), len(rows), "rows")


def step_row(report: Report) -> str:
    """A step's verdict and counts."""
    counts = report.counts
    return row(
        sentence(report.step),
        f"{ICONS[report.verdict]} {VERDICT_WORDS[report.verdict]}",
        *(str(counts[severity.label]) for severity in reversed(Severity)),
        str(counts["known"]),
        str(counts["unchecked"]),
        f"{report.seconds:.2f}",
    )


def finding_row(found: Found, *, names_step: bool) -> str:
    """How grave, what, where, what to do."""
    finding = found.finding
    step = f"{sentence(found.report.step)}: " if names_step else ""
    sure = finding.confidence is Confidence.HIGH
    doubt = "" if sure else f" ({finding.confidence.label} confidence)"
    return row(
        MARKS[finding.severity],
        f"{sentence(finding.message)}{doubt}<br>{step}{_rule(found)}",
        _place(finding.location, found.report.target),
        sentence(finding.fix),
    )


def accepted_row(found: Found) -> str:
    """What does not count, where, and why not."""
    finding = found.finding
    reason = accepted(finding.suppression) if finding.suppression is not None else ""
    return row(
        f"{finding.status.value} {finding.severity.label}",
        f"{sentence(finding.message)}<br>{_rule(found)}",
        _place(finding.location, found.report.target),
        sentence(reason),
    )


def unchecked_row(unchecked: Unchecked) -> str:
    """What was not examined, why not, what to do."""
    target = markdown_code(short_visible(unchecked.target, MOST_PLACE))
    accepted = " (the config accepts that)" if unchecked.is_accepted else ""
    return row(target, sentence(unchecked.reason) + accepted, sentence(unchecked.hint))


def details(found: Found, said: Explained | None) -> str:
    """Why a finding matters, its code, further places. `said` is what stands above of its rule."""
    finding = found.finding
    place = _place(finding.location, found.report.target)
    blocks = [f"**{MARKS[finding.severity]}: {sentence(finding.message)}** {place}"]
    if finding.impact and (said is None or not said.explains(finding)):
        blocks.append(f"Why it matters: {sentence(finding.impact)}")
    if finding.evidence.code:
        blocks.append(_code(finding))
    if others := elsewhere(finding):
        blocks.append("\n".join(_related(others, found.report.target)))
    return "\n\n".join(blocks) + "\n"


def _rule(found: Found) -> str:
    name = markdown_code(short_visible(found.finding.rule, MOST_PLACE))
    return f"[{name}]({found.page})" if is_safe_url(found.page) else name


def _place(location: Location, target: Target) -> str:
    """The place as code, a link where there is a page that shows it. A long path keeps its end."""
    text = describe(location)
    if len(text) > MOST_PLACE:
        text = "..." + text[-MOST_PLACE:]
    page = link(location, target)
    code = markdown_code(text)
    return f"[{code}]({page})" if page is not None and len(page) <= _MOST_LINK else code


def _code(finding: Finding) -> str:
    gutter = gutter_width(finding)
    lines = (
        html_line(f"{line.gutter(gutter)} | {line.text}".rstrip())
        for line in frame(finding, _CODE_WIDTH)
    )
    return "<pre>" + "\n".join(lines) + "</pre>"


def _related(others: tuple[Related, ...], target: Target) -> Iterator[str]:
    said = ""
    for each in others[:MOST_RELATED]:
        told = f": {sentence(each.message)}" if each.message and each.message != said else ""
        yield f"- also {_place(each.location, target)}{told}"
        said = each.message
    if len(others) > MOST_RELATED:
        yield f"- and {len(others) - MOST_RELATED} more places"
