"""One finding as lines for a terminal."""

from collections.abc import Iterator, Mapping

from launchready.frozen import frozen
from launchready.model import (
    Confidence,
    Finding,
    Severity,
    Status,
    Suppression,
)
from launchready.reporters.cells import INDENT, cells, fold, labelled, width_of
from launchready.reporters.escape import prose, visible
from launchready.reporters.frame import frame, gutter_width
from launchready.reporters.places import describe, elsewhere, short_commit, told_here
from launchready.reporters.style import BLUE, BOLD, CYAN, RED, YELLOW, Style

MOST_RELATED = 5
_COLORS: Mapping[Severity, int] = {
    Severity.ERROR: RED,
    Severity.WARNING: YELLOW,
    Severity.NOTE: CYAN,
}


@frozen
class Explained:
    """What was said of a rule at its last finding, so that it is not said again and again."""

    impact: str
    fix: str
    place: str

    @classmethod
    def by(cls, finding: Finding) -> "Explained":
        """What `finding` says of its rule, and where to look for it."""
        return cls(impact=finding.impact, fix=finding.fix, place=describe(finding.location))

    def explains(self, finding: Finding) -> bool:
        """Whether `finding` has something to say of its rule, and nothing new."""
        said = (self.impact, self.fix)
        return any(said) and said == (finding.impact, finding.fix)


def full(finding: Finding, page: str, said: Explained | None, style: Style) -> Iterator[str]:
    """The finding with its code, reason and remedy. `said` is what stands above of its rule."""
    yield from _title(finding, style)
    here = told_here(finding)
    told = f" ({prose(here)})" if here else ""
    yield f"{INDENT}{style.paint('-->', BLUE)} {describe(finding.location)}{told}"
    yield from _code(finding, style)
    yield from _proof(finding, style)
    yield from _remedy(finding, said, style)
    yield from _past(finding, style)
    if page and (said is None or not said.explains(finding)):
        yield f"{INDENT}{style.paint('see:', BOLD)} {visible(page)}"


def brief(finding: Finding, style: Style) -> str:
    """The finding on one line, its place first."""
    label = style.paint(_label(finding), _COLORS[finding.severity])
    return f"{describe(finding.location)}: {label}: {prose(finding.message)}{_doubt(finding)}"


def _title(finding: Finding, style: Style) -> Iterator[str]:
    label = _label(finding)
    stand_in = "x" * cells(label)  # a rule's name is never folded, whatever is in it
    text = f"{stand_in}: {prose(finding.message)}{_doubt(finding)}"
    first, *rest = fold(text, width_of(style), len(INDENT))
    painted = style.paint(label, BOLD, _COLORS[finding.severity])
    yield painted + style.paint(first.removeprefix(stand_in), BOLD)
    yield from (style.paint(line, BOLD) for line in rest)


def _doubt(finding: Finding) -> str:
    sure = finding.confidence is Confidence.HIGH
    return "" if sure else f" ({finding.confidence.label} confidence)"


def _label(finding: Finding) -> str:
    status = "" if finding.status is Status.NEW else f"{finding.status.value} "
    return f"{status}{finding.severity.label}[{visible(finding.rule)}]"


def _code(finding: Finding, style: Style) -> Iterator[str]:
    gutter = gutter_width(finding)
    for line in frame(finding, width_of(style) - len(INDENT) - gutter - 3):
        number = style.paint(f"{line.gutter(gutter)} |", BLUE)
        text = (
            style.paint(line.text, BOLD, _COLORS[finding.severity]) if line.is_carets else line.text
        )
        yield f"{INDENT}{number} {text}".rstrip()


def _proof(finding: Finding, style: Style) -> Iterator[str]:
    measured = finding.evidence.measured
    if measured and style.verbose:  # the message says what matters of it
        seen = ", ".join(f"{prose(name)} {prose(str(value))}" for name, value in measured)
        yield from labelled("seen", seen, style)
    others = elsewhere(finding)
    said = ""
    for related in others[:MOST_RELATED]:
        is_new = related.message and related.message != said
        told = f" ({prose(related.message)})" if is_new else ""
        yield from labelled("also", describe(related.location) + told, style)
        said = related.message
    if len(others) > MOST_RELATED:
        rest = f"and {len(others) - MOST_RELATED} more places"
        yield from labelled("also", rest, style)


def _remedy(finding: Finding, said: Explained | None, style: Style) -> Iterator[str]:
    if said is not None and said.explains(finding):
        yield from labelled("fix", f"as for {said.place}", style)
        return
    if finding.impact:
        yield from labelled("why", prose(finding.impact), style)
    if finding.fix:
        yield from labelled("fix", prose(finding.fix), style)


def _past(finding: Finding, style: Style) -> Iterator[str]:
    if finding.introduced is not None and style.verbose:
        yield from labelled("since", f"commit {short_commit(finding.introduced)}", style)
    if finding.suppression is not None:
        yield from labelled("accepted", accepted(finding.suppression), style)


def accepted(suppression: Suppression) -> str:
    """Why a finding is accepted, by what and until when; visible."""
    until = f" until {suppression.until.isoformat()}" if suppression.until is not None else ""
    reason = prose(suppression.reason) or "no reason given"
    return f"{reason} (by {prose(suppression.by)}{until})"
