"""What the policy has to say of suppressions: malformed, unused, expired."""

from collections.abc import Iterable, Iterator, Mapping

from launchready.config.scalars import did_you_mean
from launchready.frozen import frozen
from launchready.model import FileLocation, Finding, Marker, RuleInfo
from launchready.policy.acceptance import UsedMarker
from launchready.policy.ignores import Hit, covers_rule, described
from launchready.policy.markers import OURS
from launchready.policy.rules import (
    EXPIRED_IGNORE,
    MALFORMED_SUPPRESSION,
    POLICY_RULE_IDS,
    UNUSED_IGNORE,
    UNUSED_SUPPRESSION,
)
from launchready.policy.settings import IgnoreEntry

_GLOB_SIGNS = frozenset("*?[")


@frozen
class Scope:
    """What this step may say of suppressions.

    `rule_ids` are the step's rules that were judged, `every_rule` the ids of all steps' rules,
    empty where they are not known. `saw_everything` says that what was not found is not there.
    `reports_strays` says that markers which name no rule of any step are this step's to report.
    """

    rule_ids: frozenset[str]
    every_rule: frozenset[str]
    saw_everything: bool
    reports_strays: bool
    config_path: str


def marker_notes(
    scope: Scope, in_tree: Iterable[Marker], findings: Iterable[Finding], used: set[UsedMarker]
) -> Iterator[Finding]:
    """The notes on our own markers: all in the tree, and those beside findings of the tree."""
    known = {_place(marker): marker for marker in in_tree}
    beside = {
        _place(marker): marker
        for finding in findings
        if isinstance(finding.location, FileLocation) and finding.location.commit is None
        for marker in finding.markers or ()
        if marker.tool == OURS and marker.path
    }
    for place, marker in sorted((beside | known).items()):
        yield from _malformed(scope, marker)
        if place in known and scope.saw_everything and marker.reason:
            yield from _unused(scope, marker, used)


def ignore_notes(
    scope: Scope, entries: Iterable[IgnoreEntry], hits: Mapping[Hit, int]
) -> Iterator[Finding]:
    """The notes on `ignore` entries of the config."""
    location = FileLocation(path=scope.config_path)
    counts = {hit.index: count for hit, count in hits.items()}
    expired = {hit.index for hit in hits if hit.is_expired}
    for index, entry in enumerate(entries):
        name = f"ignore[{index}] ({described(entry)})"
        if index in expired:
            again = "1 finding counts" if counts[index] == 1 else f"{counts[index]} findings count"
            message = f"{name} ended on {entry.until}: {again} again"
            yield _note(EXPIRED_IGNORE, message, location, described(entry))
        elif index not in counts and _must_be_used(scope, entry):
            yield _note(UNUSED_IGNORE, f"{name} accepts no finding", location, described(entry))


def _malformed(scope: Scope, marker: Marker) -> Iterator[Finding]:
    names = ", ".join(sorted(marker.rules & scope.rule_ids))
    unknown = marker.rules - scope.every_rule - POLICY_RULE_IDS
    if not marker.rules:
        if scope.reports_strays:
            yield _marker_note(
                MALFORMED_SUPPRESSION,
                marker,
                "the suppression names no rule, expected `launchready: ignore[rule] reason`",
            )
        return
    if names and not marker.reason:
        message = f"the suppression gives no reason, expected `launchready: ignore[{names}] reason`"
        yield _marker_note(MALFORMED_SUPPRESSION, marker, message)
    if scope.every_rule and scope.reports_strays:
        for name in sorted(unknown):
            near = did_you_mean(name, sorted(scope.every_rule))
            message = f"the suppression names {name[:60]!r}, expected the id of a rule{near}"
            yield _marker_note(MALFORMED_SUPPRESSION, marker, message)


def _unused(scope: Scope, marker: Marker, used: set[UsedMarker]) -> Iterator[Finding]:
    idle = sorted(
        rule
        for rule in marker.rules & scope.rule_ids
        if (marker.path, marker.line, rule) not in used
    )
    if idle:
        message = f"the suppression of {', '.join(idle)} accepts no finding"
        yield _marker_note(UNUSED_SUPPRESSION, marker, message)


def _must_be_used(scope: Scope, entry: IgnoreEntry) -> bool:
    """Whether this step can tell that an entry it did not need is needed by nobody."""
    rule = entry.rule
    if not scope.saw_everything:
        return False
    if rule is not None and any(covers_rule(entry, note) for note in POLICY_RULE_IDS):
        return False
    if rule is None or not any(covers_rule(entry, own) for own in scope.rule_ids):
        return False
    if not scope.every_rule:
        return not _GLOB_SIGNS & set(rule)
    return not any(covers_rule(entry, other) for other in scope.every_rule - scope.rule_ids)


def _place(marker: Marker) -> tuple[str, int, tuple[str, ...], bool]:
    """What tells markers apart. The words of a reason may be redacted in one reading of a line."""
    return marker.path, marker.line, tuple(sorted(marker.rules)), bool(marker.reason)


def _marker_note(info: RuleInfo, marker: Marker, message: str) -> Finding:
    location = FileLocation(path=marker.path, line=marker.line or None)
    return _note(info, message, location, message)


def _note(info: RuleInfo, message: str, location: FileLocation, identity: str) -> Finding:
    return Finding(
        message=message,
        location=location,
        identity=identity,
        impact=info.why,
        fix=info.fix,
        rule=info.id,
        severity=info.severity,
    )
