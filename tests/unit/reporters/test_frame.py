"""The code frame shows the place, whatever the line is like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reporters.factory import a_finding, hostile_text

from launchready.model import CodeLine, CommitLocation, Evidence, FileLocation, Location
from launchready.reporters.cells import cells
from launchready.reporters.frame import MOST_LINES, frame, gutter_width


def _shown(location: Location, *code: CodeLine, width: int = 40) -> list[str]:
    finding = a_finding(location=location, evidence=Evidence(code=code))
    return [f"{line.gutter(gutter_width(finding))}|{line.text}" for line in frame(finding, width)]


def _at(
    line: int, column: int | None, end_column: int | None = None, end_line: int | None = None
) -> FileLocation:
    return FileLocation(
        path="a", line=line, column=column, end_line=end_line, end_column=end_column
    )


@pytest.mark.parametrize(
    ("location", "text", "expected"),
    [
        pytest.param(_at(7, 3, 5), "abcdef", ["7|abcdef", " |  ^^"], id="span"),
        pytest.param(_at(7, 3), "abcdef", ["7|abcdef", " |  ^"], id="one column"),
        pytest.param(_at(7, None), "abcdef", ["7|abcdef"], id="no column"),
        pytest.param(_at(7, 3, 2, end_line=8), "abcdef", ["7|abcdef", " |  ^^^^"], id="to the end"),
        pytest.param(_at(7, 3, 99), "abcdef", ["7|abcdef", " |  ^^^^"], id="beyond the end"),
        pytest.param(_at(7, 99, 100), "abc", ["7|abc", " |   ^"], id="starts beyond the end"),
        pytest.param(_at(7, 3, 3), "abcdef", ["7|abcdef", " |  ^"], id="empty span"),
        pytest.param(_at(7, 1), "", ["7|", " |^"], id="empty line"),
        pytest.param(_at(8, 3), "abcdef", ["7|abcdef"], id="another line"),
        pytest.param(_at(7, 2, 3), "\tb", ["7|    b", " |    ^"], id="tab before"),
        pytest.param(_at(7, 1, 2), "\tb", ["7|    b", " |^^^^"], id="tab marked"),
        pytest.param(_at(7, 2, 3), "字b", ["7|字b", " |  ^"], id="wide before"),
        pytest.param(_at(7, 2, 3), "\u202eb", ["7|\\u202eb", " |      ^"], id="escaped before"),
        pytest.param(CommitLocation(commit="c"), "abc", ["7|abc"], id="no file"),
    ],
)
def test_frame(location: Location, text: str, expected: list[str]) -> None:
    assert _shown(location, CodeLine(number=7, text=text)) == expected


@pytest.mark.parametrize(
    ("mark", "carets"),
    [
        pytest.param((1, 3), "  ^^", id="not where the columns say"),
        pytest.param((4, 2), "     ^", id="ends before it starts"),
        pytest.param((-5, 99), " ^^^^^^", id="beyond the line"),
    ],
)
def test_a_mark_goes_before_the_columns(mark: tuple[int, int], carets: str) -> None:
    code = CodeLine(number=7, text="abcdef", mark=mark)
    assert _shown(_at(7, 6, 7), code) == ["7|abcdef", f" |{carets[1:]}"]


def test_long_lines_are_cut_around_the_place() -> None:
    text = "a" * 500 + "SECRET" + "b" * 500
    code, carets = _shown(_at(1, 501, 507), CodeLine(number=1, text=text), width=30)
    start = carets.index("^")
    assert code == "1|...aaaaaaaSECRETbbbbbbbbbbb..."
    assert code[start : start + 6] == "SECRET"
    assert carets.count("^") == 6


def test_the_end_of_a_long_line_uses_the_whole_width() -> None:
    code, carets = _shown(_at(1, 498, 501), CodeLine(number=1, text="a" * 500), width=30)
    assert (len(code), len(carets)) == (32, 32)


def test_lines_without_the_place_are_cut_at_the_end() -> None:
    assert _shown(_at(9, 1), CodeLine(number=1, text="a" * 99), width=8) == ["1|aaaaa..."]


def test_numbers_are_aligned_and_lines_are_few() -> None:
    code = tuple(CodeLine(number=number, text="") for number in range(95, 130))
    lines = _shown(_at(1, 1), *code)
    assert len(lines) == MOST_LINES
    assert lines[0] == " 95|"
    assert lines[-1] == "106|"


@given(
    hostile_text(),
    st.integers(min_value=1, max_value=200),
    st.none() | st.integers(min_value=1, max_value=200),
    st.integers(min_value=20, max_value=60),
)
def test_frames_fit(text: str, column: int, end_column: int | None, width: int) -> None:
    finding = a_finding(
        location=_at(1, column, end_column),
        evidence=Evidence(code=(CodeLine(number=1, text=text),)),
    )
    code, carets = frame(finding, width)
    assert cells(code.text) <= width
    assert len(carets.text) <= width + 1
    assert set(carets.text) <= {" ", "^"}
