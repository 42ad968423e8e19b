"""Which `ignore` entry a finding falls under."""

import datetime
from typing import Any

import pytest
from tests.unit.policy.build import TODAY

from launchready.errors import LaunchReadyError
from launchready.policy.ignores import Ignores, described
from launchready.policy.settings import IgnoreEntry

PRINT = "0123456789abcdef" * 2
DAY = datetime.timedelta(days=1)


def entry(**fields: Any) -> IgnoreEntry:
    return IgnoreEntry(reason="why", **fields)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(entry(rule="stripe-key"), True, id="the rule"),
        pytest.param(entry(rule="stripe"), False, id="a part of its name"),
        pytest.param(entry(rule="stripe-*"), True, id="a pattern of the rule"),
        pytest.param(entry(rule="STRIPE-KEY"), False, id="case counts"),
        pytest.param(entry(path="tests/"), True, id="the folder"),
        pytest.param(entry(path="*.py"), True, id="a pattern of the path"),
        pytest.param(entry(path="src/"), False, id="another folder"),
        pytest.param(entry(fingerprint=PRINT), True, id="the fingerprint"),
        pytest.param(entry(fingerprint=PRINT[:8]), True, id="its first digits"),
        pytest.param(entry(fingerprint="f" * 8), False, id="other digits"),
        pytest.param(entry(rule="stripe-key", path="tests/"), True, id="both hold"),
        pytest.param(entry(rule="stripe-key", path="src/"), False, id="one of two holds"),
        pytest.param(entry(path="tests/", fingerprint="f" * 8), False, id="all but the print"),
    ],
)
def test_everything_an_entry_names_must_hold(one: IgnoreEntry, *, expected: bool) -> None:
    found = Ignores([one], TODAY).find("stripe-key", ["tests/a.py"], [PRINT])
    assert (found is not None) is expected


def test_a_finding_outside_files_falls_under_no_path() -> None:
    ignores = Ignores([entry(path="**"), entry(rule="no-spf")], TODAY)
    found = ignores.find("no-spf", [], [PRINT])
    assert found is not None
    assert found.index == 1
    assert ignores.find("other", [], [PRINT]) is None


@pytest.mark.parametrize(
    ("untils", "expected"),
    [
        pytest.param([None], (0, False), id="no end"),
        pytest.param([TODAY], (0, False), id="its last day"),
        pytest.param([TODAY - DAY], (0, True), id="the day after"),
        pytest.param([TODAY - DAY, TODAY], (1, False), id="one in force goes before an ended one"),
        pytest.param([None, TODAY], (0, False), id="the first in force"),
        pytest.param([TODAY - DAY, TODAY - 2 * DAY], (0, True), id="the first ended"),
    ],
)
def test_entries_end(untils: list[datetime.date | None], expected: tuple[int, bool]) -> None:
    found = Ignores([entry(rule="r", until=until) for until in untils], TODAY).find("r", ["p"], [])
    assert found is not None
    assert (found.index, found.is_expired) == expected


def test_any_of_a_findings_fingerprints_will_do() -> None:
    assert Ignores([entry(fingerprint="f" * 8)], TODAY).find("r", ["p"], [PRINT, "f" * 32])


def test_an_entry_that_names_nothing_is_refused() -> None:
    with pytest.raises(LaunchReadyError) as raised:
        Ignores([entry(rule="r"), entry()], TODAY)
    assert raised.value.message == (
        "ignore[1] names no rule, path or fingerprint: it would accept everything"
    )


def test_described_quotes_what_a_person_wrote() -> None:
    assert described(entry(rule="r", path="a\nb")) == "rule 'r', path 'a\\nb'"


def test_an_entry_for_a_path_accepts_nothing_that_stands_elsewhere_too() -> None:
    ignores = Ignores([entry(path="docs/**")], TODAY)
    assert ignores.find("r", ["docs/a.md", "docs/b.md"], [])
    assert ignores.find("r", ["docs/a.md", "src/b.py"], []) is None
