"""What a baseline accepted may move and may become less; more of it is new."""

from dataclasses import replace

import pytest
from tests.unit.policy.build import SALT, baseline_of, finding, policy, report

from launchready.model import FileLocation, Finding, Status
from launchready.policy.baseline import make_baseline, prune
from launchready.policy.conclude import conclude
from launchready.policy.spread import accepted_paths, merged, why_worse

PAST = "the baseline accepts it in the past only, and it is in a now"
COPY = "the baseline accepts it in 1 file, and it is in b too"


@pytest.mark.parametrize(
    ("accepted", "now", "in_all", "in_a_part"),
    [
        pytest.param(None, ("a",), "", "", id="an old entry accepts it anywhere"),
        pytest.param(("a",), None, "", "", id="a rule that does not tell"),
        pytest.param((), (), "", "", id="still in the past"),
        pytest.param((), ("a",), PAST, PAST, id="back from the past"),
        pytest.param(("a",), ("a",), "", "", id="the same"),
        pytest.param(("a",), (), "", "", id="gone"),
        pytest.param(("a", "b"), ("b",), "", "", id="less"),
        pytest.param(("a",), ("b",), "", COPY, id="renamed, or a copy"),
        pytest.param(("a",), ("a", "b"), COPY, COPY, id="a copy"),
        pytest.param(
            ("x", "y"),
            ("a\n", "b", "c", "d", "e"),
            "the baseline accepts it in 2 files, and it is in 'a\\n', b, c and 2 more too",
            "the baseline accepts it in 2 files, and it is in 'a\\n', b, c and 2 more too",
            id="many copies, and a name that would break the line",
        ),
    ],
)
def test_more_than_was_accepted(
    accepted: tuple[str, ...] | None,
    now: tuple[str, ...] | None,
    in_all: str,
    in_a_part: str,
) -> None:
    assert why_worse(accepted, now, sees_present=True) == in_all
    assert why_worse(accepted, now, sees_present=False) == in_a_part


def test_paths_of_several_entries_count_together() -> None:
    assert merged(("a", "b"), ("b", "c")) == ("a", "b", "c")
    assert merged(None, ("a",)) is merged(("a",), None) is None
    assert accepted_paths(baseline_of(standing("b"), standing("a")).entries) == ("a", "b")
    assert accepted_paths(baseline_of(finding()).entries) is None


def standing(*paths: str) -> Finding:
    places = tuple(FileLocation(path=path, line=1) for path in paths)
    return finding(path=paths[0] if paths else "old", places=places, present=paths)


def test_a_copy_is_new_and_says_why_and_its_entry_is_not_to_be_pruned() -> None:
    known = baseline_of(standing("a"))
    done = conclude([standing("a", "b")], (), policy(baseline=known))
    (found,) = done.findings
    assert found.status is Status.NEW
    assert found.message == f"rule-a is here; {COPY}"
    assert done.prunable == ()
    assert prune(known, [report(done.findings, prunable=done.prunable)]) == known


def test_what_a_run_of_a_part_finds_elsewhere_is_new() -> None:
    known = baseline_of(standing("a"))
    whole, part = (
        conclude([standing("b")], (), policy(baseline=known, sees_present=sees)).findings[0].status
        for sees in (True, False)
    )
    assert (whole, part) == (Status.KNOWN, Status.NEW)


def test_a_new_baseline_accepts_the_copy_in_the_words_of_the_subject() -> None:
    old = baseline_of(standing("a"))
    spread = replace(standing("a", "b"), message="since 2026 by Ann; worse", subject="a key")
    made = make_baseline([report([spread])], SALT, old)
    (entry,) = made.entries
    assert (entry.message, entry.present, entry.count) == ("a key", ("a", "b"), 1)
    (found,) = conclude([spread], (), policy(baseline=made)).findings
    assert found.status is Status.KNOWN
