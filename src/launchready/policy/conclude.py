"""Findings -> what the report says of them, and the verdict. The whole policy in its order."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from launchready.facts.changes import ChangeFacts
from launchready.frozen import frozen
from launchready.model import Finding, Marker, Severity, Status, Suppression, Unchecked, Verdict
from launchready.policy.acceptance import Acceptance
from launchready.policy.baseline import Baseline, Matched, described, match
from launchready.policy.changes import is_new
from launchready.policy.fingerprint import DEFAULT_KEY, fingerprint
from launchready.policy.gate import on_unchecked, verdict
from launchready.policy.notes import Scope, ignore_notes, marker_notes
from launchready.policy.order import report_order
from launchready.policy.settings import (
    OnlyNew,
    OnUnchecked,
    PolicySettings,
    SeverityChoice,
    StepPolicySettings,
)


@frozen
class Policy:
    """Everything by which one step's findings are judged.

    `honours` names the tools whose inline markers count beside ours. `changes` is None where the
    run compares with nothing. `known_markers` are our markers anywhere in the tree, `rule_ids` the
    ids of the step's rules.

    The rest only serves the notes on suppressions. `known_rules` are the ids of every step's rules;
    without them no name is called unknown. `is_whole` says that the step looked at the whole tree:
    what it did not find there is gone; `sees_present` only that it looked at all that is there now.
    `marked` looks for the inline markers of a finding whose rule did not.
    `reports_strays` says that a marker which names no rule of any step is this step's to report; in
    a run of several, one does. `config_path` is where the `ignore` entries stand.
    """

    step: str
    settings: PolicySettings
    step_settings: StepPolicySettings
    honours: frozenset[str]
    baseline: Baseline | None
    changes: ChangeFacts | None
    today: datetime.date
    known_markers: tuple[Marker, ...]
    rule_ids: frozenset[str]
    marked: Callable[[Finding], Finding] = lambda finding: finding
    known_rules: frozenset[str] = frozenset()
    is_whole: bool = True
    sees_present: bool = True
    reports_strays: bool = True
    config_path: str = "launchready.yml"

    @property
    def key(self) -> bytes:
        """The key of this run's fingerprints."""
        return self.baseline.key if self.baseline else DEFAULT_KEY

    @property
    def off(self) -> frozenset[str]:
        """The rules that are switched off."""
        rules = self.settings.rules.items()
        return frozenset(rule for rule, own in rules if own.severity is SeverityChoice.OFF)


@frozen
class Conclusion:
    """What a report says. `findings` are in its order; `prunable` names baseline entries."""

    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]
    verdict: Verdict
    prunable: tuple[str, ...] = ()


def conclude(
    findings: Iterable[Finding], unchecked: Iterable[Unchecked], policy: Policy
) -> Conclusion:
    """Judge what a step found.

    In this order: severity, or off; fingerprint; inline marker; `ignore` entry; baseline; only new.
    Then the policy adds its own notes, which no marker and no baseline accepts, and the gate
    decides. No finding is lost but those of rules that are off.
    """
    is_accepted = on_unchecked(policy.settings, policy.step_settings) is OnUnchecked.IGNORE
    gaps = tuple(
        replace(gap, is_accepted=is_accepted)
        for gap in sorted(unchecked, key=lambda gap: (gap.target, gap.reason))
    )
    acceptance = Acceptance(
        honours=policy.honours,
        entries=policy.settings.ignore,
        today=policy.today,
        key=policy.key,
    )
    graded = _graded(map(policy.marked, findings), policy)
    prints = [fingerprint(policy.key, finding) for finding in graded]
    accepted = {
        index: suppression
        for index, finding in enumerate(graded)
        if (suppression := acceptance.find(finding, prints[index]))
    }
    brought = frozenset(index for index, f in enumerate(graded) if _is_brought(f, policy))
    matched, known, worse = _match(graded, prints, accepted, brought, policy)
    counting = brought - known
    for index in counting & worse.keys():
        message = f"{graded[index].message}; {worse[index]}"
        graded[index] = replace(graded[index], message=message)
    judged = [
        _stamped(finding, prints[index], accepted.get(index), counts=index in counting)
        for index, finding in enumerate(graded)
    ]
    saw_everything = policy.is_whole and not gaps
    everything = (*judged, *_notes(graded, acceptance, policy, saw_everything=saw_everything))
    return Conclusion(
        findings=tuple(sorted(everything, key=report_order)),
        unchecked=gaps,
        verdict=verdict(everything, gaps, policy.settings, policy.step_settings),
        prunable=_prunable(matched, policy) if saw_everything else (),
    )


def counting(findings: Iterable[Finding], policy: Policy) -> tuple[Finding, ...]:
    """The findings that are neither accepted, nor known, nor of a rule that is off."""
    return tuple(
        finding
        for finding in conclude(findings, (), policy).findings
        if finding.status is Status.NEW and finding.rule in policy.rule_ids
    )


def _graded(findings: Iterable[Finding], policy: Policy) -> list[Finding]:
    """The findings with the severity that they have here, without those that are off."""
    severities = {
        rule: None if own.severity is SeverityChoice.OFF else Severity[own.severity.name]
        for rule, own in policy.settings.rules.items()
        if own.severity is not None
    }
    graded = []
    for finding in findings:
        severity = severities.get(finding.rule, finding.severity)
        if severity is not None:
            same = severity is finding.severity
            graded.append(finding if same else replace(finding, severity=severity))
    return graded


def _is_brought(finding: Finding, policy: Policy) -> bool:
    """Whether the change under judgement brought the finding; without one, all are new."""
    if policy.changes is None or policy.settings.only_new is OnlyNew.NEVER:
        return True
    return is_new(finding, policy.changes, policy.settings.filter_mode)


def _match(
    graded: Sequence[Finding],
    prints: Sequence[str],
    accepted: Mapping[int, Suppression],
    brought: frozenset[int],
    policy: Policy,
) -> tuple[Matched, frozenset[int], Mapping[int, str]]:
    """Compare what nothing accepts with the baseline; the known and worse by index in `graded`."""
    if policy.baseline is None:
        return Matched(known=frozenset(), left=()), frozenset(), {}
    open_ = [index for index in range(len(graded)) if index not in accepted]
    matched = match(
        policy.baseline,
        policy.step,
        [graded[index] for index in open_],
        [prints[index] for index in open_],
        frozenset(position for position, index in enumerate(open_) if index in brought),
        sees_present=policy.sees_present,
    )
    known = frozenset(open_[position] for position in matched.known)
    return matched, known, {open_[position]: why for position, why in matched.worse.items()}


def _stamped(
    finding: Finding, print_: str, suppression: Suppression | None, *, counts: bool
) -> Finding:
    status = Status.NEW if counts else Status.KNOWN
    if suppression is not None:
        status = Status.SUPPRESSED
    return replace(finding, status=status, fingerprint=print_, suppression=suppression)


def _notes(
    graded: Sequence[Finding], acceptance: Acceptance, policy: Policy, *, saw_everything: bool
) -> list[Finding]:
    """The policy's own notes; those on entries come last, for entries may accept the others."""
    scope = Scope(
        rule_ids=policy.rule_ids - policy.off,
        every_rule=policy.known_rules,
        saw_everything=saw_everything,
        reports_strays=policy.reports_strays,
        config_path=policy.config_path,
    )

    def judged(notes: Iterable[Finding]) -> list[Finding]:
        return [
            _stamped(
                note,
                print_ := fingerprint(policy.key, note),
                acceptance.by_entry(note, print_),
                counts=_is_brought(note, policy),
            )
            for note in _graded(notes, policy)
        ]

    on_markers = marker_notes(scope, policy.known_markers, graded, acceptance.used_markers)
    judged_first = judged(on_markers)
    on_entries = ignore_notes(scope, policy.settings.ignore, acceptance.hits)
    return judged_first + judged(on_entries)


def _prunable(matched: Matched, policy: Policy) -> tuple[str, ...]:
    """What of the baseline nothing matches. A rule that is off says nothing of its entries."""
    return tuple(
        sorted({described(entry) for entry in matched.left if entry.rule not in policy.off})
    )
