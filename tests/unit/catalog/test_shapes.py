"""The shape language of the catalogue."""

import re

import pytest
from tests.unit.steps.secret_scan.judging.judged import chance

from launchready.catalog import shapes
from launchready.catalog.shapes import Run


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        pytest.param("abc", ("abc",), id="only literal text"),
        pytest.param(
            "sk_{digit:4}",
            ("sk_", Run(alphabet="0-9", minimum=4, maximum=4)),
            id="a literal and a run of fixed length",
        ),
        pytest.param(
            "{hex:2-9}.x",
            (Run(alphabet="0-9a-f", minimum=2, maximum=9), ".x"),
            id="a run of variable length first",
        ),
        pytest.param("a{b", ("a{b",), id="a lone brace is text"),
    ],
)
def test_pieces(shape: str, expected: tuple[shapes.Piece, ...]) -> None:
    assert shapes.pieces(shape) == expected


def test_uuid_is_five_runs() -> None:
    assert re.fullmatch(shapes.regex("{uuid}"), "01234567-89ab-cdef-0123-456789abcdef")


def test_unknown_alphabet_is_an_error() -> None:
    with pytest.raises(KeyError):
        shapes.pieces("x{nonsense:4}")


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        pytest.param("live_{digit:30}", r"live_[0-9]{10}", id="a rare prefix needs little more"),
        pytest.param("ab{digit:30}", r"ab[0-9]{24}", id="a short prefix needs nearly all"),
        pytest.param(
            "{hex:30}.mark.{digit:4-9}", r"[0-9a-f]{10}\.mark\.[0-9]{4}", id="a literal inside"
        ),
        pytest.param(
            "{digit:8-10}:A{hex:5-9}", r"[0-9]{8}:A[0-9a-f]{5}", id="runs at the ends are cut short"
        ),
        pytest.param(
            "a-{digit:2-4}-{hex:30}", r"a\-[0-9]{2,4}\-[0-9a-f]{24}", id="a run inside stays whole"
        ),
        pytest.param(
            "sk_live_{hex:40}{pad:0-2}", r"sk_live_[0-9a-f]{10}", id="an end may be absent"
        ),
    ],
)
def test_anchor(shape: str, expected: str) -> None:
    assert shapes.anchor(shape) == expected


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        pytest.param("ab{digit:4}", "ab[0-9]{4}", id="shorter than the room"),
        pytest.param("{hex:40}", "[0-9a-f]{10}", id="a long run is cut"),
        pytest.param(
            "{hex:3-9}-{hex:9}", "[0-9a-f]{3}", id="what follows a variable run is unknown"
        ),
        pytest.param("{hex:3}-{hex:9}", r"[0-9a-f]{3}\-[0-9a-f]{6}", id="over a fixed run"),
    ],
)
def test_opening(shape: str, expected: str) -> None:
    assert shapes.opening(shape) == expected


def test_lengths_prefix_and_literal() -> None:
    shape = "ab{digit:3-5}long{hex:2}{pad:0-2}"
    assert (shapes.shortest(shape), shapes.longest(shape)) == (11, 15)
    assert (shapes.prefix(shape), shapes.literal(shape)) == ("ab", "long")
    assert shapes.prefix("{digit:3}ab") == ""
    assert shapes.last_alphabet(shape) == "=0-9a-f"
    assert shapes.last_alphabet("{digit:3}ab") == ""


def test_sample_has_the_shape() -> None:
    shape = "ab{digit:3-5}-{azure:2}{base64:4}{pad:0-2}"
    for seed in range(200):
        assert re.fullmatch(shapes.regex(shape), shapes.sample(shape, chance(seed)))
