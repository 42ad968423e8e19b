"""What a pull request brought, by commit, by line, by file."""

from typing import Any

import pytest
from tests.unit.policy.build import finding

from launchready.facts.changes import ChangeFacts
from launchready.model import (
    CommitLocation,
    DnsLocation,
    FileLocation,
    Finding,
    Location,
    UrlLocation,
)
from launchready.policy.changes import is_new
from launchready.policy.settings import FilterMode

IN, OUT = "1" * 40, "2" * 40
CHANGES = ChangeFacts(
    base="0" * 40,
    commits=frozenset({IN}),
    lines={"a.py": ((5, 7), (20, 20)), "renamed.py": ()},
    context={"a.py": ((2, 10), (17, 23)), "renamed.py": ()},
)
ADDED, CONTEXT, FILE, ALL = FilterMode


def at(line: int | None, path: str = "a.py", **more: Any) -> FileLocation:
    return FileLocation(path=path, line=line, **more)


@pytest.mark.parametrize(
    ("location", "modes"),
    [
        pytest.param(at(5), {ADDED, CONTEXT, FILE}, id="the first added line"),
        pytest.param(at(7), {ADDED, CONTEXT, FILE}, id="the last added line"),
        pytest.param(at(20), {ADDED, CONTEXT, FILE}, id="a range of one line"),
        pytest.param(at(4), {CONTEXT, FILE}, id="a line of the context"),
        pytest.param(at(8), {CONTEXT, FILE}, id="behind the added lines"),
        pytest.param(at(12), {FILE}, id="between two hunks"),
        pytest.param(at(24), {FILE}, id="behind all hunks"),
        pytest.param(at(3, end_line=5), {ADDED, CONTEXT, FILE}, id="reaches into added lines"),
        pytest.param(at(7, end_line=12), {ADDED, CONTEXT, FILE}, id="begins in added lines"),
        pytest.param(at(1, end_line=99), {ADDED, CONTEXT, FILE}, id="spans added lines"),
        pytest.param(at(11, end_line=16), {FILE}, id="between, over more lines"),
        pytest.param(at(5, end_line=1), {ADDED, CONTEXT, FILE}, id="an end before its start"),
        pytest.param(at(None), {ADDED, CONTEXT, FILE}, id="no line: by the file"),
        pytest.param(at(None, "b.py"), set(), id="no line in an untouched file"),
        pytest.param(at(5, "b.py"), set(), id="an untouched file"),
        pytest.param(at(5, "renamed.py"), {FILE}, id="renamed without an edit"),
        pytest.param(at(99, "a.py!/x.py"), {ADDED, CONTEXT, FILE}, id="inside a changed file"),
        pytest.param(at(5, "b.zip!/x.py"), set(), id="inside an untouched file"),
        pytest.param(at(5, commit=OUT), set(), id="an old commit's line, whatever its number"),
        pytest.param(at(99, commit=IN), {ADDED, CONTEXT, FILE}, id="a line of a new commit"),
        pytest.param(CommitLocation(commit=IN), {ADDED, CONTEXT, FILE}, id="a new message"),
        pytest.param(CommitLocation(commit=OUT), set(), id="an old message"),
        pytest.param(UrlLocation(url="https://e"), {ADDED, CONTEXT, FILE}, id="an address"),
        pytest.param(DnsLocation(dns_name="e", dns_type="A"), {ADDED, CONTEXT, FILE}, id="dns"),
    ],
)
def test_is_new_by_mode(location: Location, modes: set[FilterMode]) -> None:
    seen = finding(location=location)
    assert {mode for mode in FilterMode if is_new(seen, CHANGES, mode)} == modes | {ALL}


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        pytest.param(finding(line=5, introduced=OUT), False, id="old, though on an added line"),
        pytest.param(finding(line=12, introduced=IN), True, id="new, though on an old line"),
    ],
)
def test_the_commit_that_introduced_it_decides(seen: Finding, *, expected: bool) -> None:
    assert is_new(seen, CHANGES, ADDED) is expected


def test_a_change_that_puts_an_old_secret_back_brings_it() -> None:
    """Known to a branch or to the past is not known to what the change starts from."""
    changes = ChangeFacts(
        base="b", head=None, commits=frozenset(), lines={"prod.py": ((3, 3),)}, context={}
    )
    there = FileLocation(path="prod.py", line=3)
    old = FileLocation(path="docs/a.md", line=1)
    for places, is_brought in (((old, there), True), ((old,), False)):
        found = finding(location=old, introduced="c", places=places)
        assert is_new(found, changes, FilterMode.ADDED) is is_brought
