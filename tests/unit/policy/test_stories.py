"""Stories that the policy must get right, and what holds in all of them."""

import dataclasses
import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.policy.build import (
    SALT,
    TODAY,
    YESTERDAY,
    baseline_of,
    finding,
    policy,
    reported,
)

from launchready.facts.changes import ChangeFacts
from launchready.model import (
    FileLocation,
    Finding,
    Marker,
    Severity,
    Status,
    Verdict,
)
from launchready.policy.baseline import make_baseline, prune
from launchready.policy.conclude import Policy, conclude
from launchready.policy.fingerprint import normalise
from launchready.policy.settings import (
    IgnoreEntry,
    OnlyNew,
    PolicySettings,
    RuleSettings,
    SeverityChoice,
    Threshold,
)

NEW, KNOWN, SUPPRESSED = Status


KNOWN_RULES = frozenset({"rule-a", "rule-b", "rule-z"})


def judge_text(files: dict[str, str]) -> list[Finding]:
    """A rule as a step would have it: every line with BAD in it is a finding."""
    return [
        finding("rule-a", path, number, identity=normalise(text), message=f"BAD at {path}")
        for path, content in files.items()
        for number, text in enumerate(content.splitlines(), start=1)
        if "BAD" in text
    ]


def test_the_story_of_a_baseline() -> None:
    """Of 200 known, lines move, a file is renamed, code is re-indented; one is mended, two new."""
    before = {
        f"src/{name}.py": "".join(f"x = BAD({name}, {n % 25})\ny = {n}\n" for n in range(40))
        for name in ("moved", "renamed", "indented", "mended", "same")
    }
    first = conclude(judge_text(before), (), policy())
    assert len(first.findings) == 200
    baseline = make_baseline([reported(first)], SALT)
    after = {
        "src/moved.py": "import os\n\n" + before["src/moved.py"].replace("y =", "z =\ny ="),
        "lib/other.py": before["src/renamed.py"],
        "src/indented.py": before["src/indented.py"].replace("x = BAD", "\tx  =  BAD"),
        "src/mended.py": before["src/mended.py"].replace("x = BAD(mended, 3)", "", 1),
        "src/same.py": before["src/same.py"] + "x = BAD(same, 0)\nx = BAD(brand, new)\n",
    }
    second = conclude(judge_text(after), (), policy(baseline=baseline))
    statuses = Counter(f.status for f in second.findings)
    assert statuses == {KNOWN: 199, NEW: 2}
    assert [f.location for f in second.findings if f.status is NEW] == [
        FileLocation(path="src/same.py", line=81),
        FileLocation(path="src/same.py", line=82),
    ]
    assert second.verdict is Verdict.FAILED
    assert second.prunable == ("rule-a in src/mended.py",)
    pruned = prune(baseline, [reported(second)])
    assert sum(e.count for e in baseline.entries) - sum(e.count for e in pruned.entries) == 1
    third = conclude(judge_text(after), (), policy(baseline=pruned))
    assert dataclasses.replace(third, prunable=second.prunable) == second
    assert third.prunable == ()


RULES = st.sampled_from(["rule-a", "rule-b", "rule-c"])
PATHS = st.sampled_from(["a.py", "b.py", "src/c.py"])
MARKERS = st.builds(
    Marker,
    tool=st.sampled_from(["launchready", "gitleaks", "squawk"]),
    rules=st.frozensets(RULES),
    reason=st.sampled_from(["", "why"]),
    path=PATHS,
    line=st.integers(1, 5),
)
FINDINGS = st.builds(
    finding,
    rule=RULES,
    path=PATHS,
    line=st.integers(1, 5) | st.none(),
    identity=st.sampled_from(["x", "y"]),
    severity=st.sampled_from(Severity),
    introduced=st.sampled_from([None, "1", "2"]),
    markers=st.lists(MARKERS, max_size=2).map(tuple),
)
ENTRIES = st.builds(
    IgnoreEntry,
    rule=RULES | st.just("rule-*"),
    path=PATHS | st.none() | st.just("src/"),
    reason=st.just("why"),
    until=st.sampled_from([None, TODAY, YESTERDAY]),
)
SETTINGS = st.builds(
    PolicySettings,
    fail_on=st.sampled_from(Threshold),
    rules=st.dictionaries(
        RULES, st.builds(RuleSettings, severity=st.sampled_from([None, *SeverityChoice]))
    ),
    ignore=st.lists(ENTRIES, max_size=3).map(tuple),
    only_new=st.sampled_from(OnlyNew),
)
CHANGES = st.builds(
    ChangeFacts,
    base=st.just("0"),
    commits=st.just(frozenset({"1"})),
    lines=st.dictionaries(PATHS, st.just(((2, 3),))),
)
POLICIES = st.builds(
    policy,
    root=SETTINGS,
    honours=st.just(frozenset({"gitleaks"})),
    changes=CHANGES | st.none(),
    known_markers=st.lists(MARKERS, max_size=3).map(tuple),
    known_rules=st.just(KNOWN_RULES),
    baseline=st.lists(FINDINGS, max_size=4).map(lambda found: baseline_of(*found)) | st.none(),
)
STEP_RULES = frozenset({"rule-a", "rule-b", "rule-c"})


@given(st.lists(FINDINGS, max_size=12), POLICIES)
def test_no_finding_is_lost_but_those_of_rules_that_are_off(
    found: list[Finding], judge: Policy
) -> None:
    conclusion = conclude(found, (), judge)
    after = Counter((f.rule, f.identity) for f in conclusion.findings if f.rule in STEP_RULES)
    assert after == Counter((f.rule, f.identity) for f in found if f.rule not in judge.off)


@given(st.lists(FINDINGS, max_size=12), POLICIES, st.randoms(use_true_random=False))
def test_the_order_in_which_a_step_finds_does_not_show(
    found: list[Finding], judge: Policy, chance: random.Random
) -> None:
    turned = chance.sample(found, len(found))
    one_way, other_way = conclude(found, (), judge), conclude(turned, (), judge)
    places = [[(f.location, f.rule, f.status) for f in c.findings] for c in (one_way, other_way)]
    assert places[0] == places[1]
    assert dataclasses.replace(one_way, findings=()) == dataclasses.replace(other_way, findings=())


@given(st.lists(FINDINGS, max_size=12), POLICIES)
def test_after_a_baseline_nothing_is_new_and_nothing_prunable(
    found: list[Finding], judge: Policy
) -> None:
    baseline = make_baseline([reported(conclude(found, (), judge))], SALT, judge.baseline)
    conclusion = conclude(found, (), dataclasses.replace(judge, baseline=baseline))
    assert [f for f in conclusion.findings if f.status is NEW and f.rule in STEP_RULES] == []
    assert conclusion.prunable == ()


@given(st.lists(FINDINGS, max_size=12), POLICIES)
def test_pruning_changes_no_status(found: list[Finding], judge: Policy) -> None:
    before = conclude(found, (), judge)
    baseline = judge.baseline and prune(judge.baseline, [reported(before)])
    after = conclude(found, (), dataclasses.replace(judge, baseline=baseline))
    assert after.findings == before.findings
    assert after.prunable == ()
