"""Text is measured and cut as a terminal shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reporters.factory import hostile_text

from launchready.reporters.cells import cells, fold, keep_left, keep_right, pad


@pytest.mark.parametrize(
    ("text", "width"),
    [
        pytest.param("abc", 3, id="ASCII"),
        pytest.param("né", 2, id="narrow"),
        pytest.param("字", 2, id="wide"),
        pytest.param("Ａ", 2, id="full width"),
        pytest.param("😀", 2, id="emoji"),
        pytest.param("e\u0301", 1, id="combining"),
        pytest.param("⚠\ufe0f", 1, id="emoji form"),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(hostile_text(), st.integers(min_value=4, max_value=40))
def test_what_is_kept_fits(text: str, width: int) -> None:
    for keep in (keep_left, keep_right):
        kept = keep(text, width)
        assert cells(kept) <= width
        assert kept == text or "..." in kept


def test_the_right_end_is_kept() -> None:
    assert keep_left("abcdefgh", 6) == "abc..."
    assert keep_right("abcdefgh", 6) == "...fgh"
    assert keep_left("字字字", 5) == "字..."


def test_pad() -> None:
    assert pad("字", 4) == "字  "
    assert pad("abcde", 4) == "abcde"


def test_fold() -> None:
    assert fold("one two", 20, 2) == ("one two",)
    assert fold("one two three", 8, 2) == ("one two", "  three")
    assert fold("https://example.com/long-path x", 10, 2) == (
        "https://example.com/long-path",
        "  x",
    )
