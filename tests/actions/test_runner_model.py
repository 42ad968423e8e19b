"""The model of the runner does what the runner's source says, case by case."""

import base64
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.actions.runner_model import (
    MOST_SUMMARY_BYTES,
    Annotation,
    Command,
    RunnerError,
    mask,
    parse_command,
    read_environment_file,
    read_job_outputs,
    read_summary,
    run_log,
)


def _command(name: str, data: str = "", **properties: str) -> Command:
    return Command(name=name, properties=properties, data=data)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("::error::a", _command("error", "a"), id="v2"),
        pytest.param("  \t::error::a", _command("error", "a"), id="v2 after blanks"),
        pytest.param("\u3000\u2028::error::a", _command("error", "a"), id="v2 after wide blanks"),
        pytest.param("\x1f::error::a", None, id="no blank for .NET"),
        pytest.param("x ::error::a", None, id="v2 only at the start"),
        pytest.param("::ERROR::a", _command("error", "a"), id="any case"),
        pytest.param("::error ::a", _command("error", "a"), id="blank without properties"),
        pytest.param("::errors::a", None, id="unknown name"),
        pytest.param("::error:a", None, id="no second separator"),
        pytest.param("::error::", _command("error"), id="no data"),
        pytest.param("::error::a::b", _command("error", "a::b"), id="data keeps separators"),
        pytest.param(
            "::error File=a,line=3::m", _command("error", "m", file="a", line="3"), id="properties"
        ),
        pytest.param(
            "::error file=a%2Cb%3Ac%0Ad%2525::m%25%0D%0A%3A",
            _command("error", "m%\r\n%3A", file="a,b:c\nd%25"),
            id="v2 escapes",
        ),
        pytest.param("::error  file= a ::m", _command("error", "m", file=" a"), id="trimmed"),
        pytest.param("::error file==a::m", _command("error", "m", file="a"), id="= at the start"),
        pytest.param("::error file=a=b::m", _command("error", "m", file="a=b"), id="= inside"),
        pytest.param("::error file=,line::m", _command("error", "m"), id="empty properties"),
        pytest.param("##[error]a", _command("error", "a"), id="v1"),
        pytest.param("x ##[error]a", _command("error", "a"), id="v1 anywhere"),
        pytest.param(
            "x##[error file=a%3Bb;line=3]m%5D%3B",
            _command("error", "m];", file="a;b", line="3"),
            id="v1 properties and escapes",
        ),
        pytest.param("##[ error]a", None, id="v1 name cannot be empty"),
        pytest.param("##[error", None, id="v1 never closed"),
        pytest.param("]##[error", None, id="v1 closed before it opens"),
        pytest.param("##[x]##[error]a", None, id="v1 looks at the first only"),
        pytest.param("::x::##[error]a", _command("error", "a"), id="v1 where v2 fails"),
        pytest.param(
            "::error::##[stop-commands]x", _command("error", "##[stop-commands]x"), id="v2 wins"
        ),
        pytest.param("", None, id="empty"),
    ],
)
def test_parses(line: str, expected: Command | None) -> None:
    assert parse_command(line) == expected


@given(st.text())
def test_parses_any_text(text: str) -> None:
    seen = run_log(text)
    assert len(seen.annotations) <= 30
    assert not any(end in line for line in seen.output for end in "\r\n")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_every_line_end_starts_a_line(end: str) -> None:
    assert [a.message for a in run_log(f"x{end}::error::a{end}").annotations] == ["a"]


def test_caps_count_per_level_over_the_whole_step() -> None:
    seen = run_log("::error::e\n" * 11 + "::warning::w\n" * 10 + "::notice::n\n" * 12)
    kept = Counter(a.level for a in seen.annotations)
    assert kept == {"error": 10, "warning": 10, "notice": 10}
    assert [a.level for a in seen.dropped] == ["error", "notice", "notice"]


@pytest.mark.parametrize(
    ("message", "length", "cut"),
    [
        pytest.param("a" * 4096, 4096, 0, id="fits"),
        pytest.param("a" * 4097, 4096, 1, id="one more"),
        pytest.param("😀" * 2048, 2048, 0, id="two units each"),
        pytest.param("😀" * 2049, 2048, 1, id="two units each, one more"),
    ],
)
def test_messages_are_cut(message: str, length: int, cut: int) -> None:
    seen = run_log(f"::error::{message}")
    assert (len(seen.annotations[0].message), seen.cut) == (length, cut)


@pytest.mark.parametrize(
    ("properties", "kept"),
    [
        pytest.param("line=1,endLine=1,col=2,endColumn=3", None, id="consistent"),
        pytest.param("endLine=4", {"line": "4", "endline": "4"}, id="end without start"),
        pytest.param(
            "line=1,endColumn=4", {"line": "1", "col": "4", "endcolumn": "4"}, id="end column"
        ),
        pytest.param("col=1", {}, id="column without line"),
        pytest.param("line=1,endLine=2,col=1", {"line": "1", "endline": "2"}, id="several lines"),
        pytest.param("line=3,endLine=2", {}, id="ends before it starts"),
        pytest.param("line=1,col=3,endColumn=2", {"line": "1"}, id="ends before its column"),
        pytest.param("line=x,col=1", {"line": "x"}, id="no number"),
    ],
)
def test_properties_are_validated(properties: str, kept: dict[str, str] | None) -> None:
    expected = {"line": "1", "endline": "1", "col": "2", "endcolumn": "3"} if kept is None else kept
    assert run_log(f"::error {properties}::m").annotations == [
        Annotation(level="error", message="m", properties=expected)
    ]


def test_stopped_commands_are_output_until_the_token() -> None:
    seen = run_log("::stop-commands::Token77\n::error::a\n::token77::\n::error::b\n")
    assert [a.message for a in seen.annotations] == ["b"]
    assert seen.output == ["::error::a"]
    assert seen.masks == ["Token77"]
    assert seen.stop_token is None


def test_unresumed_stop_is_seen() -> None:
    assert run_log("##[stop-commands]x\n::error::a").stop_token == "x"


@pytest.mark.parametrize("token", ["", "error", "Pause-Logging"])
def test_bad_stop_tokens_fail(token: str) -> None:
    seen = run_log(f"::stop-commands::{token}\n::error::a")
    assert len(seen.errors) == 1
    assert [a.message for a in seen.annotations][-1] == "a"


@pytest.mark.parametrize("line", ["::set-env name=a::b", "::add-path::/", "::echo::maybe"])
def test_disabled_commands_are_errors(line: str) -> None:
    seen = run_log(line)
    assert len(seen.errors) == len(seen.annotations) == 1


@pytest.mark.parametrize(
    "line", ["::set-output name=a::b", "::save-state name=a::b", "::add-mask:: "]
)
def test_discouraged_commands_are_warnings(line: str) -> None:
    assert [a.level for a in run_log(line).annotations] == ["warning"]


def test_masks_hide_the_value_and_each_of_its_lines() -> None:
    seen = run_log("::add-mask::one%0A two\nfirst one, then two\n::error::two")
    assert seen.masks == ["one\n two", "one", "two"]
    assert seen.output == ["first ***, then ***"]
    assert seen.annotations[0].message == "***"


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_masks_hide_base64(shift: int) -> None:
    encoded = base64.b64encode(b"se/cret"[shift:]).decode()
    assert mask(f"x{encoded}y", ["se/cret"]) == "x***y"


@pytest.mark.parametrize("form", ["se%2Fcret%22", 'se/cret\\"', "se/cret&quot;"])
def test_masks_hide_other_encodings(form: str) -> None:
    assert mask(form, ['se/cret"']) == "***"


def test_groups_and_unknown_commands_are_noted() -> None:
    seen = run_log("::group::a\n##[endgroup]\n::magic x=y::z\n##[odd]\n")
    assert (seen.groups, seen.open_groups) == (["a"], 0)
    assert seen.unknown == ["magic x=y", "odd"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("a=b\n\nc=d", {"a": "b", "c": "d"}, id="pairs"),
        pytest.param("a=b<<c\n", {"a": "b<<c"}, id="= first"),
        pytest.param("a<<b=c\nv\nb=c\n", {"a": "v"}, id="<< first"),
        pytest.param("a<<D\nx\n\ny\nD\n", {"a": "x\n\ny"}, id="several lines"),
        pytest.param("a<<D\nD\n", {"a": ""}, id="no line"),
        pytest.param("a<<D\nx\nD", {"a": "x"}, id="delimiter at the very end"),
        pytest.param("a=x\r\nb=y", {"a": "x\r", "b": "y"}, id="CR stays"),
        pytest.param("=x", {"": "x"}, id="empty name"),
        pytest.param("\ufeffa=b", {"a": "b"}, id="byte order mark"),
    ],
)
def test_environment_files(content: str, expected: dict[str, str]) -> None:
    assert read_environment_file(content.encode()) == expected


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("a<<D\nx\n", "delimiter not found", id="never closed"),
        pytest.param("a<<D\nx", "missing new line", id="ends in the middle"),
        pytest.param("a<<\n", "is empty", id="no delimiter"),
        pytest.param("<<D\nD\n", "is empty", id="no name"),
        pytest.param("a\n", "Invalid format", id="neither"),
    ],
)
def test_bad_environment_files_fail_the_step(content: str, told: str) -> None:
    with pytest.raises(RunnerError, match=told):
        read_environment_file(content.encode())


def test_a_summary_is_whole_or_dropped() -> None:
    assert read_summary(b"a" * MOST_SUMMARY_BYTES) is not None
    assert read_summary(b"a" * (MOST_SUMMARY_BYTES + 1)) is None
    assert read_summary(b"") is None
    assert read_summary(b"a secret\n", ["secret"]) == "a ***\n"


def test_outputs_with_a_secret_vanish_and_large_ones_fail() -> None:
    assert read_job_outputs({"a": "x", "b": "a secret"}, ["secret"]) == {"a": "x"}
    with pytest.raises(RunnerError):
        read_job_outputs({"a": "x" * 524_288})
