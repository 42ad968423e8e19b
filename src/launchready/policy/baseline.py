"""Which findings are known, which known ones are gone, and a baseline of what there is today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from launchready.frozen import frozen
from launchready.model import Finding, Report, Status
from launchready.policy.baseline_file import (
    Baseline,
    BaselineEntry,
    Place,
    parse_baseline,
    render_baseline,
)
from launchready.policy.fingerprint import fingerprint
from launchready.policy.order import path_of, place_of
from launchready.policy.rules import POLICY_RULE_IDS
from launchready.policy.spread import accepted_paths, merged, why_worse

__all__ = [
    "Baseline",
    "BaselineEntry",
    "Matched",
    "described",
    "make_baseline",
    "match",
    "parse_baseline",
    "prune",
    "render_baseline",
]


@frozen
class Matched:
    """`known` are indexes of findings; `left` are entries, with the count that nothing matched.

    `worse` are those that are known but are now where they were not when they were accepted, and
    why they count again.
    """

    known: frozenset[int]
    left: tuple[BaselineEntry, ...]
    worse: Mapping[int, str] = field(default_factory=dict)


def match(
    baseline: Baseline,
    step: str,
    findings: Sequence[Finding],
    prints: Sequence[str],
    brought: frozenset[int] = frozenset(),
    *,
    sees_present: bool = True,
) -> Matched:
    """Compare findings with the entries of their step, as multisets of fingerprints.

    `prints` are the findings' fingerprints under the baseline's key, which hold the rule too. Where
    one is found more often than it is known, the surplus is new. `brought` are the indexes of what
    the change under judgement brought: they are the surplus before all others, so that a copy of a
    known fault never hides behind it. Besides, known are first the findings at paths that the
    baseline names, in the order of their lines; what remains of the count, left by a renamed file,
    goes to the others, in the order of their paths.

    A finding that has spread since it was accepted uses its entry up and is not known. With
    `sees_present` the run looked at all that is there now, so that a renamed file is told from a
    copy.
    """
    entries = defaultdict(list)
    for entry in baseline.entries:
        if entry.step == step:
            entries[entry.fingerprint].append(entry)
    candidates = defaultdict(list)
    for index, print_ in enumerate(prints):
        if print_ in entries:
            candidates[print_].append(index)
    known: set[int] = set()
    worse: dict[int, str] = {}
    left: list[BaselineEntry] = []
    for print_, group in entries.items():
        indexes = candidates.get(print_, [])
        if len(indexes) > 1:
            indexes.sort(key=lambda index: place_of(findings[index]))
        counts = {entry.path: entry.count for entry in group}
        for is_brought in (False, True):
            turn = [index for index in indexes if (index in brought) is is_brought]
            taken = _take(turn, [path_of(findings[i].location) for i in turn], counts)
            for index in taken:
                if why := why_worse(
                    accepted_paths(group), findings[index].present, sees_present=sees_present
                ):
                    worse[index] = why
            known.update(index for index in taken if index not in worse)
        left += [replace(e, count=counts[e.path]) for e in group if counts[e.path]]
    return Matched(known=frozenset(known), left=tuple(left), worse=worse)


def make_baseline(reports: Iterable[Report], salt: str, keep: Baseline | None = None) -> Baseline:
    """A baseline of everything that the reports found and that nothing else accepts.

    `keep` is the baseline so far: its salt goes before `salt`, its messages stay as they were where
    a finding has no subject, and so do the entries that today's reports cannot speak of: those of
    steps that did not run, and those that nothing matches in a step that could not see everything.
    """
    start = keep or Baseline(salt=salt)
    entries: dict[Place, BaselineEntry] = {}
    messages = {entry.place: entry.message for entry in start.entries}
    seen = set()
    for report in reports:
        seen.add(report.step)
        findings = _open_findings(report)
        prints = [fingerprint(start.key, finding) for finding in findings]
        for finding, print_ in zip(findings, prints, strict=True):
            found = BaselineEntry(
                step=report.step,
                rule=finding.rule,
                path=path_of(finding.location),
                fingerprint=print_,
                present=finding.present,
            )
            told = finding.subject or messages.get(found.place, finding.message)
            _count(entries, replace(found, message=told))
        if report.unchecked or report.failure:
            for entry in match(start, report.step, findings, prints).left:
                _count(entries, entry)
    kept = [entry for entry in start.entries if entry.step not in seen]
    made = [*kept, *entries.values()]
    return Baseline(salt=start.salt, entries=tuple(sorted(made, key=lambda e: e.place)))


def prune(baseline: Baseline, reports: Iterable[Report]) -> Baseline:
    """The baseline without what the reports call prunable; nothing is added."""
    gone = {
        entry.place: entry.count
        for report in reports
        if report.prunable and not report.failure
        for entry in _unmatched(baseline, report)
        if described(entry) in report.prunable
    }
    entries = (replace(e, count=e.count - gone.get(e.place, 0)) for e in baseline.entries)
    return replace(baseline, entries=tuple(entry for entry in entries if entry.count))


def described(entry: BaselineEntry) -> str:
    """An entry as a report names it to a person."""
    return f"{entry.rule} in {entry.path}"


def _unmatched(baseline: Baseline, report: Report) -> tuple[BaselineEntry, ...]:
    findings = _open_findings(report)
    return match(baseline, report.step, findings, [f.fingerprint for f in findings]).left


def _open_findings(report: Report) -> list[Finding]:
    """What a baseline may hold: neither what is accepted elsewhere, nor the policy's own notes."""
    return [
        finding
        for finding in report.findings
        if finding.status is not Status.SUPPRESSED and finding.rule not in POLICY_RULE_IDS
    ]


def _take(indexes: Sequence[int], paths: Sequence[str], counts: dict[str, int]) -> list[int]:
    """The indexes that `counts` covers; what they use is taken off it. `paths` are theirs."""
    taken = []
    others = []
    for index, path in zip(indexes, paths, strict=True):
        if counts.get(path):
            counts[path] -= 1
            taken.append(index)
        else:
            others.append(index)
    for path in sorted(counts) if others else ():
        spare = min(counts[path], len(others))
        taken += others[:spare]
        others = others[spare:]
        counts[path] -= spare
    return taken


def _count(entries: dict[Place, BaselineEntry], more: BaselineEntry) -> None:
    """Add an entry's count; of several messages the first in the alphabet stays."""
    if had := entries.get(more.place):
        more = replace(
            had,
            count=had.count + more.count,
            message=min(had.message, more.message),
            present=merged(had.present, more.present),
        )
    entries[more.place] = more
