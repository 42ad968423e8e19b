"""A long text in parts: nothing is lost, nothing is twice, and lines are counted right."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.gateways.buffers import characters, cut_into_parts, fill

lines = st.text(alphabet="ab\né\U0001f600", max_size=300).map(str.encode)


@given(lines, st.integers(1, 4), st.integers(1, 40))
def test_parts_make_up_the_text(text: bytes, seam: int, more: int) -> None:
    part_bytes = 3 * seam + more
    position = 0
    for part in cut_into_parts(7, io.BytesIO(text).readinto, part_bytes, seam):
        assert part.source == 7
        shown = bytes(part.buffer[: part.length])
        assert shown == text[part.offset : part.offset + part.length]
        assert part.offset + part.own_start == position
        assert part.own_start >= min(seam, position)
        assert part.is_last or part.length - part.own_end >= seam
        assert part.lines_before == text[: part.offset].count(b"\n")
        open_line = text[: part.offset].rpartition(b"\n")[2]
        assert part.columns_before == characters(open_line)
        position = part.offset + part.own_end
        is_last = part.is_last
    assert is_last
    assert position == len(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(b"", 0, id="nothing"),
        pytest.param(b"abc", 3, id="plain"),
        pytest.param("aé\U0001f600".encode(), 3, id="two and four bytes each"),
        pytest.param(b"a\xff\xfe", 3, id="bytes that are no UTF-8"),
        pytest.param(b"a\xa9", 1, id="the second half of a character that began before"),
    ],
)
def test_characters(text: bytes, count: int) -> None:
    assert characters(text) == count


def test_fill_reads_until_full_or_over() -> None:
    class Slow(io.BytesIO):
        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            return super().readinto(buffer[:2])

    view = memoryview(bytearray(5))
    assert fill(view, Slow(b"abcdefg").readinto) == 5
    assert bytes(view) == b"abcde"
    assert fill(view, Slow(b"xyz").readinto) == 3
