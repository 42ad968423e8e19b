"""The code frame of a finding: its lines, numbered, with the place underlined."""

from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.model import CodeLine, FileLocation, Finding
from launchready.reporters.cells import cells, keep_left, keep_right
from launchready.reporters.escape import visible

MOST_LINES = 12
_TAB = "    "


@frozen
class FrameLine:
    """One line of a frame, visible and within its width. The line of carets has no number."""

    number: int | None
    text: str

    @property
    def is_carets(self) -> bool:
        """Whether this line underlines the one above it."""
        return self.number is None

    def gutter(self, width: int) -> str:
        """The number, right-aligned to `width` cells."""
        return f"{self.number:>{width}}" if self.number is not None else " " * width


def frame(finding: Finding, width: int) -> Iterator[FrameLine]:
    """The lines of `finding.evidence.code`, each at most `width` cells wide."""
    place = (
        finding.location if isinstance(finding.location, FileLocation) else FileLocation(path="")
    )
    for code in finding.evidence.code[:MOST_LINES]:
        span = _span(code, place)
        if span is None:
            head = _shown(code.text[: width + 1])
            yield FrameLine(number=code.number, text=keep_left(head, width))
            continue
        text, carets = _underlined(code.text, span, width)
        yield FrameLine(number=code.number, text=text)
        yield FrameLine(number=None, text=carets)


def gutter_width(finding: Finding) -> int:
    """The cells that the largest line number of the frame takes."""
    lines = finding.evidence.code[:MOST_LINES]
    return max((len(str(code.number)) for code in lines), default=1)


def _last(place: FileLocation) -> int:
    return place.end_line if place.end_line is not None else place.line or 0


def _span(code: CodeLine, place: FileLocation) -> tuple[int, int] | None:
    """The part of the first line that the finding means: offsets into the text, end exclusive."""
    if code.mark is not None:
        start, end = (min(max(at, 0), len(code.text)) for at in code.mark)
        return start, max(end, start)
    if place.column is None or code.number != place.line:
        return None
    start = min(max(place.column - 1, 0), len(code.text))
    end = len(code.text)
    if place.end_column is not None and _last(place) == code.number:
        end = min(place.end_column - 1, end)
    elif place.end_column is None:
        end = start + 1
    return start, max(end, start)


def _underlined(text: str, span: tuple[int, int], width: int) -> tuple[str, str]:
    """The line, cut around the span where it is too long, and carets under what is left of it.

    Nothing longer than the width is looked at, so that a minified file costs no more than others.
    """
    start, end = span
    before = _shown(text[max(0, start - width - 1) : start])
    after = _shown(text[start : start + width + 1])
    room = max(width // 3, width - cells(after))
    before = keep_right(before, room)
    after = keep_left(after, width - cells(before))
    marked = min(cells(_shown(text[start : min(end, start + width)])), cells(after))
    return before + after, " " * cells(before) + "^" * max(marked, 1)


def _shown(text: str) -> str:
    return visible(text.replace("\t", _TAB))
