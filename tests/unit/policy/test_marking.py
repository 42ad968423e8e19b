"""Which inline suppressions a finding gets whose rule did not look for them."""

from collections.abc import Sequence

import pytest
from tests.unit.policy.build import finding, mark

from launchready.model import FileLocation, UrlLocation
from launchready.policy.marking import Marking

TEXT = """\
-- launchready: ignore[rule-a] above
DROP TABLE a;
DROP TABLE b; -- launchready: ignore[rule-b] beside
DROP TABLE c;
"""


def lines_of(*around: FileLocation, text: str | None = TEXT, line: int | None) -> Sequence[int]:
    given = finding(line=line, around=around)
    return [each.line for each in Marking(lambda _: text).of(given).markers or ()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(1, [1], id="its own line"),
        pytest.param(2, [1], id="alone on the line above"),
        pytest.param(3, [3], id="behind the code"),
        pytest.param(4, [], id="behind the code of the line above speaks for that line"),
        pytest.param(9, [], id="a line that is not there"),
        pytest.param(None, [], id="no line"),
    ],
)
def test_of_its_line(line: int | None, expected: list[int]) -> None:
    assert lines_of(line=line) == expected


def test_of_where_what_it_is_in_begins() -> None:
    assert lines_of(FileLocation(path="a.py", line=2), line=4) == [1]


def test_of_a_file_that_is_gone_or_says_nothing() -> None:
    assert not lines_of(text=None, line=1)
    assert not lines_of(text="DROP TABLE a;\n", line=1)


def test_a_rule_that_has_looked_itself_is_right() -> None:
    own = (mark("rule-a"),)
    assert Marking(lambda _: TEXT).of(finding(markers=own, line=3)).markers == own
    assert Marking(lambda _: TEXT).of(finding(markers=(), line=3)).markers == ()


@pytest.mark.parametrize(
    "location",
    [
        FileLocation(path="a.py", line=1, commit="0" * 40),
        FileLocation(path="app.map!/src/a.py", line=1),
        UrlLocation(url="https://example.com/"),
    ],
    ids=["in the past", "inside another file", "an address"],
)
def test_of_what_is_no_line_of_a_file(location: FileLocation | UrlLocation) -> None:
    assert Marking(lambda _: TEXT).of(finding(location=location)).markers == ()


def test_a_file_is_read_once() -> None:
    asked: list[str] = []

    def read(path: str) -> str:
        asked.append(path)
        return TEXT

    marking = Marking(read)
    for line in (1, 2, 3):
        marking.of(finding(line=line))
    assert asked == ["a.py"]
