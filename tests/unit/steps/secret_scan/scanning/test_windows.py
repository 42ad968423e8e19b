"""Windows hold whole lines, or say that they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.catalog.kinds import Kind
from launchready.catalog.secrets import KINDS
from launchready.gateways.buffers import SEAM_BYTES
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.scanning.windows import MOST_REACH, Reach, cut_window, reach_of


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_match_fits_into_its_window_and_the_window_into_a_seam(kind: Kind) -> None:
    reach = reach_of(kind)
    assert formats.reach(kind) < reach.size <= MOST_REACH
    assert MOST_REACH + 2 * 2048 + 1024 < SEAM_BYTES


TEXT = b"one\ntwo\nthree\nfour\nfive"


@pytest.mark.parametrize(
    ("at", "lines", "expected"),
    [
        pytest.param(b"three", 0, b"three", id="its line"),
        pytest.param(b"three", 1, b"two\nthree\nfour", id="a line on both sides"),
        pytest.param(b"one", 1, b"one\ntwo", id="none before the first"),
        pytest.param(b"five", 1, b"four\nfive", id="none after the last"),
        pytest.param(b"one", None, TEXT, id="any number"),
    ],
)
def test_whole_lines(at: bytes, lines: int | None, expected: bytes) -> None:
    buffer = bytearray(b"before\n" + TEXT + b"\nafter")
    start = len(b"before\n")
    position = buffer.index(at)
    window = cut_window(buffer, start, start + len(TEXT), position, Reach(size=2048, lines=lines))
    assert bytes(buffer[window.low : window.high]) == expected
    assert window.holds_whole(window.low, window.high)


def test_neighbours_in_a_long_line_share_a_window() -> None:
    buffer = bytearray(b"x" * 50_000)
    reach = Reach(size=2048, lines=0)
    windows = {cut_window(buffer, 0, len(buffer), at, reach) for at in range(20_000, 21_000)}
    assert len(windows) < 5
    for window in windows:
        assert not window.holds_whole(window.low, window.low + 10)
        assert window.holds_whole(20_500, 20_600)


@given(
    st.text(alphabet="a\n", max_size=400).map(str.encode),
    st.integers(1, 12),
    st.integers(0, 500),
    st.integers(1, 60),
    st.sampled_from([None, 0, 1, 2]),
)
def test_any_window_holds_the_line_or_says_so(
    text: bytes, repeat: int, place: int, size: int, lines: int | None
) -> None:
    buffer = bytearray(b"##\n" + text.replace(b"a", b"a" * repeat**3) + b"\n##")
    start, end = 3, len(buffer) - 3
    if start == end:
        return
    position = start + place % (end - start)
    window = cut_window(buffer, start, end, position, Reach(size=size, lines=lines))
    assert start <= window.low <= position <= window.high <= end
    assert window.is_cut_low or window.low == start or buffer[window.low - 1] == 0x0A
    assert window.is_cut_high or window.high == end or buffer[window.high] == 0x0A
    if window.is_cut_low:
        assert position - window.low >= min(size, position - start)
    if window.is_cut_high:
        assert window.high - position >= min(size, end - position)
