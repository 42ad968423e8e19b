"""Whether a finding belongs to the change under judgement."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import assert_never

from launchready.facts.changes import ChangeFacts, LineRange
from launchready.model import CommitLocation, DnsLocation, FileLocation, Finding, UrlLocation
from launchready.policy.settings import FilterMode


def is_new(finding: Finding, changes: ChangeFacts, mode: FilterMode) -> bool:
    """Whether the change brought the finding, as near to it as `mode` asks.

    It did where it put one of several places there: a key that was once in the history, or is on a
    branch that was never merged, is brought by the change that adds its line. Else the commit that
    introduced the finding decides where it is known, else the commit that holds it, else its lines
    in the present tree; one without a line counts by its file. What was asked of the network has no
    part in a diff and is new.
    """
    if mode is FilterMode.ALL:
        return True
    if any(_is_put_there(group, changes, mode) for group in _present(finding)):
        return True
    if finding.introduced is not None:
        return finding.introduced in changes.commits
    match finding.location:
        case FileLocation(commit=str(commit)) | CommitLocation(commit=commit):
            return commit in changes.commits
        case FileLocation() as place:
            return _is_near(place, changes, mode)
        case UrlLocation() | DnsLocation():
            return True
    assert_never(finding.location)


def _present(finding: Finding) -> Iterable[list[FileLocation]]:
    """The finding's places in the present tree, file by file."""
    groups: dict[str, list[FileLocation]] = {}
    for place in finding.places:
        if place.commit is None:
            groups.setdefault(place.path, []).append(place)
    return groups.values()


def _is_put_there(group: list[FileLocation], changes: ChangeFacts, mode: FilterMode) -> bool:
    """Whether the change put it into the file: one that held it before has a place of its own."""
    return all(_is_near(place, changes, mode) for place in group)


def _is_near(place: FileLocation, changes: ChangeFacts, mode: FilterMode) -> bool:
    if place.is_inside and place.path not in changes.lines:
        place = place.in_file
    if place.line is None or mode is FilterMode.FILE:
        return place.path in changes.lines
    lines = (place.line, max(place.line, place.end_line or 0))
    if _overlaps(lines, changes.lines, place.path):
        return True
    return mode is FilterMode.DIFF_CONTEXT and _overlaps(lines, changes.context, place.path)


def _overlaps(lines: LineRange, changed: Mapping[str, tuple[LineRange, ...]], path: str) -> bool:
    """Whether any changed range shares a line with `lines`; both are ascending and closed."""
    ranges = changed.get(path, ())
    nearest = bisect_left(ranges, lines[0], key=lambda pair: pair[1])
    return nearest < len(ranges) and ranges[nearest][0] <= lines[1]
