"""Inline suppressions: `launchready: ignore[rule] reason`, and those of other tools."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from launchready.model import Marker
from launchready.policy.fingerprint import normalise
from launchready.policy.peers import PEERS, Peer, Reach
from launchready.regex import Regex

OURS = "launchready"

ADOPTED = "adopted"
"""The tool of a marker that stands in a file of another scanner, not in the examined text."""

LABEL = "launchready: ignore"
"""What a report calls our own marker."""

MARKER_PATTERN = "launchready:"
"""A POSIX extended regular expression for `git grep -E`: it finds every line with our marker.

It also finds some without; `parse_markers` decides. git looks for a plain word twice as fast.
"""

_OURS = Regex(r"(?<![\w-])launchready:[ \t]*ignore(?![\w-])[ \t]*(?:\[(?P<rules>[^\]]{0,500})\])?")
_WORD = "launchready:"
_CLOSES_COMMENT = Regex(r"\*/|-->|#\}|--\}\}|--%>|\*\)|\*\}")
_LETTER_OR_DIGIT = Regex(r"[^\W_]")
_LONGEST_REASON = 200
"""Characters. A reason is a sentence; a line of minified code behind a marker is none."""

_LABELS = {OURS: LABEL} | {peer.tool: peer.label for peer in reversed(PEERS)}


def parse_markers(
    line: str, previous: str | None = None, *, path: str = "", number: int = 0
) -> tuple[Marker, ...]:
    """The inline suppressions that speak for `line`: written in it, or in the line above it.

    `number` counts lines from 1; `path` and `number` say where `line` is, and each marker where it
    is itself. Ours is written `launchready: ignore[rule-a, rule-b] reason`, behind the code or
    alone on the line above. A marker of ours without brackets has no rules here, one without a
    reason has an empty reason: such a marker accepts nothing, see `accepts`.

    Give lines as a report may show them, secrets redacted: the reason is shown in reports.
    """
    found = [*_ours(line, path, number, is_above=False), *_peers(line, path, number)]
    if previous is not None:
        above = number - 1 if number else 0
        found += _ours(previous, path, above, is_above=True)
        found += _peers(previous, path, above, is_above=True)
    return tuple(found)


def parse_file_markers(lines: Iterable[str], *, path: str = "") -> tuple[Marker, ...]:
    """The suppressions that speak for a whole file, such as `-- squawk-ignore-file`."""
    return tuple(
        marker
        for number, line in enumerate(lines, start=1)
        for peer in PEERS
        if peer.reach is Reach.FILE and peer.word in line
        for marker in _of_peer(peer, line, path, number)
    )


def accepts(marker: Marker, rule: str) -> bool:
    """Whether the marker, read for the line of a finding of `rule`, accepts it."""
    if marker.tool == OURS:
        return rule in marker.rules and bool(marker.reason)
    return not marker.rules or rule in marker.rules


def label_of(marker: Marker) -> str:
    """What a report calls the marker: `gitleaks:allow`, or where it stands: `.gitleaksignore:3`."""
    if marker.tool == ADOPTED:
        return f"{marker.path}:{marker.line}" if marker.line else marker.path
    return _LABELS.get(marker.tool, marker.tool)


def _ours(line: str, path: str, number: int, *, is_above: bool) -> Iterator[Marker]:
    if _WORD not in line:
        return
    found = list(_OURS.finditer(line))
    for match, following in zip_longest(found, found[1:]):
        if is_above and not _stands_alone(line, match):
            continue
        end = following.start() if following else None
        names = (name.strip() for name in (match["rules"] or "").split(","))
        yield Marker(
            tool=OURS,
            rules=frozenset(name for name in names if name),
            reason=_reason(line[match.end() : end]),
            path=path,
            line=number,
        )


def _reason(rest: str) -> str:
    """The words behind a marker, up to the end of its comment."""
    words = normalise(_CLOSES_COMMENT.split(rest[: 5 * _LONGEST_REASON], maxsplit=1)[0])
    words = words.lstrip(" :-–—").rstrip(" #/*-<!;")
    return words[:_LONGEST_REASON] if _LETTER_OR_DIGIT.search(words) else ""


def _peers(line: str, path: str, number: int, *, is_above: bool = False) -> Iterator[Marker]:
    lowered = line.lower()
    reaches = {Reach.LINE_OR_NEXT, Reach.NEXT if is_above else Reach.LINE}
    for peer in PEERS:
        if peer.reach in reaches and peer.word in lowered:
            yield from _of_peer(peer, line, path, number, is_above=is_above)


def _of_peer(
    peer: Peer, line: str, path: str, number: int, *, is_above: bool = False
) -> Iterator[Marker]:
    match = peer.pattern.search(line.rstrip("\r\n"))
    if match is None or (is_above and not _stands_alone(line, match)):
        return
    names = frozenset(
        name.strip() for name in peer.name.findall(match.groupdict().get("names") or "")
    )
    if peer.needs_names and not names:
        return
    if peer.covers and names:
        if not any(map(peer.covers.fullmatch, names)):
            return
        names = frozenset()
    yield Marker(tool=peer.tool, rules=names, path=path, line=number)


def _stands_alone(line: str, match: re.Match[str]) -> bool:
    """Whether nothing but signs stands before the marker, and nothing behind its comment."""
    if _LETTER_OR_DIGIT.search(line, 0, match.start()):
        return False
    close = _CLOSES_COMMENT.search(line, match.end())
    return close is None or not _LETTER_OR_DIGIT.search(line, close.end())
