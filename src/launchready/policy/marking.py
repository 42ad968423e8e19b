"""Gives each finding on a file's line the inline suppressions that stand there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from launchready.model import FileLocation, Finding, Marker
from launchready.policy.markers import parse_markers
from launchready.policy.peers import PEERS

_WORDS = ("launchready:", *(peer.word for peer in PEERS))


class Marking:
    """Looks for markers where findings stand. `read` gives a file's text as it was judged, None
    where there is none; each file is asked for once.
    """

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._lines: dict[str, Sequence[str]] = {}

    def of(self, finding: Finding) -> Finding:
        """The finding with the markers on its line, alone on the line above it, and of the places
        `around` it. One whose rule has looked itself, or that is of no line of a file, stays.
        """
        if finding.markers is not None:
            return finding
        places = dict.fromkeys((finding.location, *finding.around))
        found = (each for place in places for each in self._at(place))
        return replace(finding, markers=tuple(dict.fromkeys(found)))

    def _at(self, place: object) -> Iterator[Marker]:
        if not isinstance(place, FileLocation) or not place.line or place.commit is not None:
            return
        lines = self._lines_of(place.path)
        if place.line <= len(lines):
            above = lines[place.line - 2] if place.line > 1 else None
            line = lines[place.line - 1]
            yield from parse_markers(line, above, path=place.path, number=place.line)

    def _lines_of(self, path: str) -> Sequence[str]:
        """The lines of a file; none of one that holds no marker's word."""
        known = self._lines.get(path)
        if known is None:
            text = None if FileLocation(path=path).is_inside else self._read(path)
            lowered = text.lower() if text else ""
            is_marked = any(word in lowered for word in _WORDS)
            known = self._lines[path] = text.split("\n") if text and is_marked else ()
        return known
