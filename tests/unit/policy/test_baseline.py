"""Which findings are known: multisets of fingerprints, new baselines, and what goes out of one."""

from dataclasses import replace

import pytest
from tests.unit.policy.build import GAP, SALT, finding, report

from launchready.model import (
    CommitLocation,
    DnsLocation,
    Failure,
    FileLocation,
    Finding,
    Location,
    Status,
    UrlLocation,
    Verdict,
)
from launchready.policy.baseline import (
    Baseline,
    BaselineEntry,
    described,
    make_baseline,
    match,
    prune,
)
from launchready.policy.fingerprint import fingerprint
from launchready.policy.order import path_of

KEY = SALT.encode()
PRINT = fingerprint(KEY, finding())


def known(*places: tuple[str, int], step: str = "step-a", print_: str = PRINT) -> Baseline:
    entries = tuple(
        BaselineEntry(step=step, rule="rule-a", path=path, fingerprint=print_, count=count)
        for path, count in places
    )
    return Baseline(salt=SALT, entries=entries)


@pytest.mark.parametrize(
    ("baseline", "paths", "expected_known", "left"),
    [
        pytest.param(known(("a", 1)), ["a"], ["a:1"], [], id="the same place"),
        pytest.param(known(("a", 1)), ["b"], ["b:1"], [], id="a renamed file"),
        pytest.param(known(("a", 1)), ["b", "a"], ["a:2"], [], id="the known path goes first"),
        pytest.param(known(("a", 1)), ["c", "b"], ["b:2"], [], id="else the first in order"),
        pytest.param(known(("a", 1)), ["a", "a"], ["a:1"], [], id="the second of one is new"),
        pytest.param(known(("a", 2)), ["a"], ["a:1"], [("a", 1)], id="one of two is gone"),
        pytest.param(known(("a", 1)), [], [], [("a", 1)], id="gone"),
        pytest.param(
            known(("a", 1), ("b", 1)), ["b", "c", "d"], ["b:1", "c:2"], [], id="one kept, one moved"
        ),
        pytest.param(
            known(("a", 2), ("b", 1)), ["c"], ["c:1"], [("a", 1), ("b", 1)], id="taken in order"
        ),
        pytest.param(known(("b", 1), ("a", 1)), ["c"], ["c:1"], [("b", 1)], id="by name"),
        pytest.param(known(("a", 1), step="other"), ["a"], [], [], id="another step's entry"),
        pytest.param(
            known(("a", 1), print_="0" * 32), ["a"], [], [("a", 1)], id="another fingerprint"
        ),
    ],
)
def test_match(
    baseline: Baseline, paths: list[str], expected_known: list[str], left: list[tuple[str, int]]
) -> None:
    """Findings stand on lines in the order given; the expected are written `path:line`."""
    found = [finding(path=path, line=line) for line, path in enumerate(paths, start=1)]
    matched = match(baseline, "step-a", found, [PRINT] * len(found))
    places = {f"{paths[index]}:{index + 1}" for index in matched.known}
    assert places == set(expected_known)
    assert [(entry.path, entry.count) for entry in matched.left] == left


def test_among_equals_at_one_path_the_first_lines_are_known() -> None:
    found = [finding(line=30), finding(line=10), finding(line=20)]
    matched = match(known(("a.py", 2)), "step-a", found, [PRINT] * 3)
    assert matched.known == {1, 2}


@pytest.mark.parametrize(
    ("places", "brought", "expected"),
    [
        pytest.param(["a:1", "a:9"], {0}, {1}, id="a copy above the known one"),
        pytest.param(["a:1", "b:1"], {0}, {1}, id="a copy where the known one was renamed from"),
        pytest.param(["a:1"], {0}, {0}, id="no copy: a line that was touched stays known"),
        pytest.param(["a:1", "a:9"], {0, 1}, {0}, id="all in the change: the first is known"),
    ],
)
def test_what_the_change_brought_is_the_surplus(
    places: list[str], brought: set[int], expected: set[int]
) -> None:
    found = [finding(path=p.split(":")[0], line=int(p.split(":")[1])) for p in places]
    prints = [PRINT] * len(found)
    matched = match(known(("a", 1)), "step-a", found, prints, frozenset(brought))
    assert matched.known == expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (FileLocation(path="a/b.py", line=3), "a/b.py"),
        (FileLocation(path="a/b.py", commit="c0ffee"), "a/b.py"),
        (CommitLocation(commit="c0ffee"), "commit c0ffee"),
        (UrlLocation(url="https://e.com/x"), "https://e.com/x"),
        (DnsLocation(dns_name="e.com", dns_type="MX"), "e.com MX"),
    ],
)
def test_every_location_has_a_path(location: Location, expected: str) -> None:
    made = make_baseline([report([finding(location=location)])], SALT)
    assert path_of(location) == expected
    assert [entry.path for entry in made.entries] == [expected]


def counts(baseline: Baseline) -> dict[tuple[str, str, str], int]:
    return {(e.step, e.rule, e.path): e.count for e in baseline.entries}


def test_a_new_baseline_holds_what_nothing_else_accepts() -> None:
    found = [
        finding(line=1),
        finding(line=9),
        finding("rule-b", status=Status.KNOWN),
        finding("rule-c", status=Status.SUPPRESSED),
        finding("unused-ignore"),
    ]
    made = make_baseline([report(found), report([finding()], "step-b")], SALT)
    assert made.salt == SALT
    assert counts(made) == {
        ("step-a", "rule-a", "a.py"): 2,
        ("step-a", "rule-b", "a.py"): 1,
        ("step-b", "rule-a", "a.py"): 1,
    }
    assert made.entries[0].fingerprint == PRINT


def test_the_order_of_findings_does_not_show() -> None:
    found = [finding(message="b"), finding(message="a"), finding("rule-b", "c.py")]
    made = make_baseline([report(found)], SALT)
    assert made == make_baseline([report(found[::-1])], SALT)
    assert made.entries[0].message == "a"


OLD = Baseline(
    salt="f" * 32,
    entries=(
        BaselineEntry(step="absent", rule="r", path="p", fingerprint="1" * 32),
        BaselineEntry(step="step-a", rule="r", path="gone.py", fingerprint="2" * 32),
        BaselineEntry(
            step="step-a",
            rule="rule-a",
            path="a.py",
            fingerprint=fingerprint(b"f" * 32, finding()),
            message="as it was worded",
        ),
    ),
)


def test_writing_again_keeps_salt_words_and_steps_that_did_not_run() -> None:
    made = make_baseline([report([finding()])], SALT, OLD)
    assert made == replace(OLD, entries=(OLD.entries[0], OLD.entries[2]))


@pytest.mark.parametrize(
    "blind",
    [
        pytest.param({"unchecked": (GAP,)}, id="something unchecked"),
        pytest.param(
            {"failure": Failure(message="m", hint="h"), "verdict": Verdict.ERRORED}, id="errored"
        ),
    ],
)
def test_a_step_that_saw_not_everything_keeps_its_entries(blind: dict[str, object]) -> None:
    made = make_baseline([replace(report([finding()]), **blind)], SALT, OLD)  # type: ignore[arg-type]
    assert set(made.entries) == set(OLD.entries)


def test_a_renamed_file_is_not_kept_twice() -> None:
    old = replace(OLD, entries=OLD.entries[2:])
    made = make_baseline([report([finding(path="b.py")], unchecked=(GAP,))], SALT, old)
    assert counts(made) == {("step-a", "rule-a", "b.py"): 1}


def printed(*findings: Finding) -> tuple[Finding, ...]:
    return tuple(replace(f, fingerprint=fingerprint(KEY, f)) for f in findings)


def test_prune_takes_out_what_is_gone_and_no_more() -> None:
    baseline = known(("a.py", 3), ("b.py", 1))
    gone = ("rule-a in a.py",)
    pruned = prune(baseline, [report(printed(finding(), finding("rule-new")), prunable=gone)])
    assert counts(pruned) == {("step-a", "rule-a", "a.py"): 1, ("step-a", "rule-a", "b.py"): 1}
    pruned = prune(baseline, [report(prunable=(*gone, "rule-a in b.py"))])
    assert pruned == Baseline(salt=SALT)


@pytest.mark.parametrize(
    "silent",
    [
        pytest.param([], id="no step ran"),
        pytest.param([report(step="other", prunable=("rule-a in a.py",))], id="another step"),
        pytest.param([report(unchecked=(GAP,))], id="the report calls nothing prunable"),
        pytest.param(
            [report(failure=Failure(message="m", hint="h"), prunable=("rule-a in a.py",))],
            id="errored",
        ),
    ],
)
def test_prune_leaves_what_a_report_cannot_speak_of(silent: list[object]) -> None:
    baseline = known(("a.py", 1))
    assert prune(baseline, silent) == baseline  # type: ignore[arg-type]


def test_described() -> None:
    assert described(known(("a.py", 1)).entries[0]) == "rule-a in a.py"
