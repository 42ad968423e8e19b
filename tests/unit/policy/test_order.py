"""The order of a report does not depend on the order in which things were found."""

import itertools
from typing import Any

import pytest
from tests.unit.policy.build import finding

from launchready.model import CommitLocation, FileLocation, Severity
from launchready.policy.order import place_of

BASE: dict[str, Any] = {"location": FileLocation(path="a.py", line=1), "severity": Severity.NOTE}


@pytest.mark.parametrize(
    "other",
    [
        {"location": FileLocation(path="b.py", line=1)},
        {"location": FileLocation(path="a.py", line=2)},
        {"location": FileLocation(path="a.py", line=1, column=1)},
        {"location": FileLocation(path="a.py", line=1, commit="c0ffee")},
        {"location": CommitLocation(commit="c0ffee", line=1)},
        {"rule": "rule-b"},
        {"message": "other"},
        {"identity": "other"},
        {"introduced": "c0ffee"},
        {"severity": Severity.ERROR},
    ],
    ids=lambda other: next(iter(other)),
)
def test_unlike_findings_have_unlike_places(other: dict[str, Any]) -> None:
    assert place_of(finding(**BASE)) != place_of(finding(**BASE | other))


def test_lines_are_numbers_not_words() -> None:
    lines = [place_of(finding(line=line)) for line in (None, 2, 10)]
    assert all(a < b for a, b in itertools.pairwise(lines))
    commits = [place_of(finding(location=CommitLocation(commit="c", line=n))) for n in (2, 10)]
    assert commits == sorted(commits)
