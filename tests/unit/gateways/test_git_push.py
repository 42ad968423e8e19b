"""What git and the runners of hooks say of a push."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.facts.git import PushedRef
from launchready.gateways.git_push import objects_of, parse_environment, parse_push
from launchready.model import Unchecked

A, B, ZEROS = "a" * 40, "b" * 64, "0" * 40


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        pytest.param(f"refs/heads/x {A} refs/heads/y {B}\n", [("refs/heads/y", A, B)], id="update"),
        pytest.param(f"HEAD {A} refs/heads/y {ZEROS}\n", [("refs/heads/y", A, None)], id="new"),
        pytest.param(f"(delete) {ZEROS} refs/x {A}\n", [("refs/x", None, A)], id="deleted"),
        pytest.param(f"HEAD@{{1 day ago}} {A} r {B}\n", [("r", A, B)], id="blanks in the first"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_lines_of_pre_push(text: str, refs: list[tuple[str, str | None, str | None]]) -> None:
    told = parse_push(text.encode(), is_received=False)
    assert told == tuple(PushedRef(name=name, new=new, old=old) for name, new, old in refs)


def test_lines_of_pre_receive() -> None:
    text = f"{A} {B} refs/heads/y\n{ZEROS} {A} refs/tags/v 1\n"
    assert parse_push(text.encode(), is_received=True) == (
        PushedRef(name="refs/heads/y", new=B, old=A),
        PushedRef(name="refs/tags/v 1", new=A, old=None),
    )


@pytest.mark.parametrize("is_received", [False, True])
@pytest.mark.parametrize("text", ["nonsense", f"{A}\n", f"x {A} y HEAD\n", f"{A} HEAD x\n"])
def test_what_is_no_line_of_a_push_is_not_a_pass(text: str, *, is_received: bool) -> None:
    told = parse_push(text.encode(), is_received=is_received)
    assert isinstance(told, Unchecked)
    assert told.reason.startswith("line 1 of standard input")


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_refs_or_unchecked(content: bytes, is_received: bool) -> None:
    told = parse_push(content, is_received=is_received)
    assert isinstance(told, Unchecked) or all(isinstance(each, PushedRef) for each in told)


def test_what_is_deleted_brings_nothing() -> None:
    refs = [PushedRef(name="x", new=new, old=None) for new in (A, None, B, A)]
    assert list(objects_of(tuple(refs))) == [A, B]


@pytest.mark.parametrize(
    ("environ", "new", "old", "remote"),
    [
        pytest.param({}, "HEAD", None, None, id="run by a person"),
        pytest.param(
            {"PRE_COMMIT_LOCAL_BRANCH": "refs/heads/x", "PRE_COMMIT_REMOTE_NAME": "origin"},
            "refs/heads/x",
            None,
            "origin",
            id="a new root",
        ),
        pytest.param(
            {
                "PRE_COMMIT_TO_REF": A,
                "PRE_COMMIT_FROM_REF": B,
                "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/x",
                "PRE_COMMIT_REMOTE_NAME": "origin",
            },
            A,
            B,
            "origin",
            id="an update",
        ),
    ],
)
def test_what_pre_commit_tells(
    environ: dict[str, str], new: str, old: str | None, remote: str | None
) -> None:
    (ref,), told = parse_environment(environ)
    assert (ref.new, ref.old, told) == (new, old, remote)
