"""Rules beside the truth of the lab: what hurts is told to somebody, and what does not is not."""

import json
from typing import Any

import pytest

from tests.lab.judged import told
from tests.lab.statements import FOLDER

CASES = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
RUNS = [(case, version) for case in CASES for version in (15, 18) if str(version) in case["truth"]]

BESIDES = frozenset(
    {
        "disable-rls",
        "disable-trigger",
        "index-left-invalid",
        "security-definer-search-path",
        "transaction-nesting",
        "unique-may-fail-on-duplicates",
    }
)
"""Rules on what the lab does not measure: other rows, other roles, a second try."""

UNTOLD = {
    "create-extension-missing": "what a server has installed is not in a migration",
    "index-unique-concurrently-with-duplicates": "a note: whether a value is there twice",
    "insert-unknown-reference": "whether a row is there",
    "rename-table-behind-a-view": "the name is there again, and all that used it works",
}
"""Hazards that no rule tells of, and why."""

MADE_UP = {
    "alter-table-if-exists-missing": "IF EXISTS of ALTER TABLE is not kept",
    "column-dropped-and-added": "the name is there again, but the values are gone",
    "dbmate-sections": "its reader knows the sections",
    "drop-primary-key-cascade": "the foreign keys that went with it were named by nobody",
    "search-path-set-by-config": "the search path is not followed",
}
"""Cases that hurt nobody in the lab and that a rule tells of, and why."""


def _is_told(case: dict[str, Any], version: int) -> bool:
    rules = told(case, version)
    return bool(rules if case["truth"][str(version)]["hazard"] else rules - BESIDES)


@pytest.mark.parametrize(
    ("case", "version"), RUNS, ids=[f"{case['name']}-{version}" for case, version in RUNS]
)
def test_what_hurts_is_told_and_nothing_else(case: dict[str, Any], version: int) -> None:
    expected = case["truth"][str(version)]["hazard"]
    if case["name"] not in {**UNTOLD, **MADE_UP}:
        assert _is_told(case, version) is expected


@pytest.mark.parametrize("name", [*UNTOLD, *MADE_UP])
def test_what_is_explained_is_still_so(name: str) -> None:
    runs = [(case, version) for case, version in RUNS if case["name"] == name]
    assert any(
        _is_told(case, version) is not case["truth"][str(version)]["hazard"]
        for case, version in runs
    )
