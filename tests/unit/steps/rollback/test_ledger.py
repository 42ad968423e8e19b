"""The ledger's text, and what follows of it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.steps.rollback.releases import NOW, deployed, entry, verified

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Entry, Safety
from launchready.steps.rollback.ledger import (
    added,
    crossed,
    parse_ledger,
    releases,
    render_entry,
    target_of,
)

A, B, C = ("a", "b", "c")
LIVE_B = Deployment(id="dpl_b", commit="b" * 40)

texts = st.text(max_size=20)


@given(
    st.builds(
        Entry,
        deed=st.sampled_from(Deed),
        at=st.just(NOW),
        commit=texts,
        deployment=texts,
        who=texts,
        words=texts,
        safety=st.sampled_from([None, *Safety]),
        reasons=st.lists(texts, max_size=2).map(tuple),
        to=texts,
        attempt=texts,
        state=st.sampled_from(["", '{"stage": "calling"}']),
    )
)
def test_an_entry_is_one_line_and_reads_back(given_entry: Entry) -> None:
    line = render_entry(given_entry)
    assert line.count("\n") == 1
    assert line.isascii()
    assert parse_ledger(added("", given_entry)) == (given_entry,)


@given(st.text())
def test_any_text_is_entries_or_refused(text: str) -> None:
    with contextlib.suppress(LaunchReadyError):
        assert all(isinstance(each, Entry) for each in parse_ledger(text))


AT = '"at": "2026-11-24T12:00:00Z"'


@pytest.mark.parametrize(
    "line",
    [
        "0",
        "[]",
        "{}",
        f'{{{AT}, "deed": "flown"}}',
        f'{{{AT}, "deed": "deployed", "commit": 7}}',
        f'{{{AT}, "deed": "deployed", "reasons": [7]}}',
        f'{{{AT}, "deed": "deployed", "rollback_safe": "perhaps"}}',
        '{"at": 7, "deed": "deployed"}',
        "[" * 100_000,
    ],
)
def test_a_line_that_is_no_entry_is_refused(line: str) -> None:
    with pytest.raises(LaunchReadyError, match="line 2 of the ledger is no entry"):
        parse_ledger(f"\n{line}\n")


@pytest.mark.parametrize(
    ("entries", "target"),
    [
        ([deployed(A, 9), verified(A, 8), deployed(B, 1)], "dpl_a"),
        ([deployed(A, 9), deployed(B, 1)], None),
        ([deployed(A, 9), verified(A, 8), deployed(B, 5), verified(B, 4)], "dpl_a"),
        (
            [deployed(A, 9), verified(A, 8), deployed(C, 5), deployed(B, 1)],
            "dpl_a",
        ),
        (
            [
                deployed(A, 9),
                verified(A, 8),
                deployed(C, 5),
                verified(C, 4),
                entry(Deed.ROLLED_BACK, C, 3, to="dpl_a"),
                deployed(B, 1),
            ],
            "dpl_a",
        ),
        ([], None),
    ],
    ids=[
        "the verified one",
        "none was verified",
        "never the live one",
        "not the one before, which nobody verified",
        "not one that was rolled back from",
        "an empty ledger",
    ],
)
def test_the_target_is_the_last_verified_good_one(entries: list[Entry], target: str | None) -> None:
    found = target_of(releases(entries), LIVE_B)
    assert (found.deployment if found else None) == target


def test_all_that_was_deployed_since_is_crossed() -> None:
    entries = [deployed(A, 9), verified(A, 8), deployed(C, 5), deployed(B, 1)]
    known = releases(entries)
    target = target_of(known, LIVE_B)
    assert target
    assert [each.deployment for each in crossed(known, target, LIVE_B)] == ["dpl_c", "dpl_b"]


def test_a_deploy_again_keeps_what_was_verified_and_is_newest() -> None:
    known = releases([deployed(A, 9), verified(A, 8), deployed(B, 5), deployed(A, 1)])
    assert [each.deployment for each in known] == ["dpl_b", "dpl_a"]
    assert known[-1].verified
