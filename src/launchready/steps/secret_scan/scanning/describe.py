"""Says where a confirmed secret lies, and shows its line without it."""

from collections.abc import Iterable

from launchready.facts.secret import MASK
from launchready.gateways.buffers import characters
from launchready.model import CodeLine
from launchready.policy.markers import parse_markers
from launchready.steps.secret_scan.scanning.redact import Secrets, Span, show_line
from launchready.steps.secret_scan.scanning.regions import Located, Region
from launchready.steps.secret_scan.scanning.sightings import Sighting

_MOST_MARKED = 2000
"""Characters of a line in which a marker is looked for."""


def secrets_of(region: Region, found: Iterable[Located]) -> Secrets:
    """All that must be masked wherever a line of this region is shown."""
    every = list(found)
    values = {bytes(region.buffer[each.start : each.end]) for each in every}
    return Secrets(
        spans=_joined(sorted((each.start, each.end) for each in every)),
        values=sorted(values, key=len, reverse=True),
    )


def describe(region: Region, each: Located, secrets: Secrets) -> Sighting:
    """The sighting of a hit in its region."""
    buffer, start = region.buffer, region.start
    line, column = _position(region, each.start)
    end_line, end_column = _position(region, each.end)
    low = buffer.rfind(b"\n", start, each.start) + 1 or start
    high = buffer.find(b"\n", each.start, region.end)
    high = high if high >= 0 else region.end
    shown, at = show_line(buffer, low, high, each.start, secrets)
    marked, _ = show_line(buffer, low, high, each.start, secrets, most=_MOST_MARKED)
    return Sighting(
        kind=each.kind,
        digest=each.hit.digest,
        redacted=each.hit.redacted,
        confidence=each.hit.confidence,
        source=region.source,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        code=CodeLine(number=line, text=shown, mark=(at, at + len(MASK))),
        hidden=", ".join(encoding.value for encoding in each.encodings),
        markers=parse_markers(marked, _line_above(region, low, secrets), number=line),
    )


def _line_above(region: Region, low: int, secrets: Secrets) -> str | None:
    """The line that ends before offset `low`, redacted."""
    if low == region.start:
        return None
    above = region.buffer.rfind(b"\n", region.start, low - 1) + 1 or region.start
    return show_line(region.buffer, above, low - 1, above, secrets, most=_MOST_MARKED)[0]


def _position(region: Region, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset in the buffer."""
    lines = region.buffer.count(b"\n", region.start, offset)
    first = region.buffer.rfind(b"\n", region.start, offset) + 1
    column = characters(memoryview(region.buffer)[first or region.start : offset])
    return 1 + region.lines_before + lines, 1 + column + (0 if first else region.columns_before)


def _joined(spans: list[Span]) -> list[Span]:
    """Overlapping spans as one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
