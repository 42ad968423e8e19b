"""A mapping that shares what it can is, to all who ask, the dict that it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.steps.migration_check.replay.chunked import Chunked

_NAMES = st.sampled_from([f"n{number}" for number in range(12)])
_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["put", "drop", "rename"]), st.integers(0, 20), _NAMES, _NAMES
    ),
    max_size=40,
)  # fmt: skip


@given(size=st.integers(0, 200), edits=_EDITS)
def test_it_is_the_dict_that_it_stands_for(
    size: int, edits: list[tuple[str, int, str, str]]
) -> None:
    start = {f"m{number}": number for number in range(size)}
    states = [(start, Chunked(start))]
    for value, (kind, back, name, other) in enumerate(edits):
        was, found = states[max(0, len(states) - 1 - back)]  # a state may have several after it
        states.append((_dict(was, kind, name, other, value), _own(found, kind, name, other, value)))
    for expected, found in states:
        assert list(found) == list(expected)
        assert list(found.items()) == list(expected.items())
        assert list(found.values()) == list(expected.values())
        assert (len(found), found == expected) == (len(expected), True)
        for number in range(12):
            name = f"n{number}"
            assert (found.get(name), name in found) == (expected.get(name), name in expected)


def _dict(was: dict[str, int], kind: str, name: str, other: str, value: int) -> dict[str, int]:
    if kind == "put":
        return {**was, name: value}
    if kind == "drop" or name not in was:
        return {key: each for key, each in was.items() if key != name}
    kept = ((key, each) for key, each in was.items() if key == name or key != other)
    return {other if key == name else key: value if key == name else each for key, each in kept}


def _own(was: Chunked[int], kind: str, name: str, other: str, value: int) -> Chunked[int]:
    if kind == "put":
        return was.with_item(name, value)
    if kind == "drop" or name not in was:
        return was.without(name)
    return was.renamed(name, other, value)


def test_what_is_not_there_is_told_as_a_dict_does() -> None:
    found = Chunked({"a": 1}).with_item("b", 2).without("a")
    with pytest.raises(KeyError):
        found["a"]
    with pytest.raises(KeyError):
        found["c"]
    assert None not in found
    assert repr(found) == "Chunked({'b': 2})"


def test_a_name_may_be_given_anew() -> None:
    assert dict(Chunked({"a": 1, "b": 2}).renamed("a", "a", 3)) == {"a": 3, "b": 2}
    assert dict(Chunked({"a": 1, "b": 2}).renamed("a", "b", 3)) == {"b": 3}


def test_a_change_shares_what_it_does_not_touch() -> None:
    first = Chunked({f"n{number}": number for number in range(300)})
    second = first.with_item("n0", 300)
    shared = {id(chunk) for chunk in first._chunks} & {id(chunk) for chunk in second._chunks}
    assert len(shared) == len(first._chunks) - 1
