"""Each loader's reading agrees with what was measured, and any text gives a reading."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchready.steps.env_lint.dialects import DIALECTS, read
from launchready.steps.env_lint.settings import LOADERS

MEASURED: dict[str, Any] = json.loads(
    Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")
)


CASES = [
    pytest.param(line["text"], reading, id=f"{line['line']}: {reading['loaders'][0]}")
    for line in MEASURED["lines"]
    for reading in line["readings"]
]


def test_settings_take_every_loader() -> None:
    assert tuple(DIALECTS) == LOADERS


def test_all_that_was_measured_is_here() -> None:
    readings = [reading for line in MEASURED["lines"] for reading in line["readings"]]
    measured = [loader for reading in readings for loader in reading["loaders"]]
    assert set(measured) == set(MEASURED["versions"])
    assert len(measured) == 57 * 19


@pytest.mark.parametrize(("text", "measured"), CASES)
def test_a_line_is_read_as_measured(text: str, measured: dict[str, Any]) -> None:
    for loader in measured["loaders"]:
        reading = read(loader, text)
        assert reading.is_refused == measured.get("refused", False), loader
        if "running tells" in measured:
            assert sorted(reading.open_names) == measured["running tells"], loader
        else:
            assert dict(reading.values) == measured.get("values", {}), loader


@pytest.mark.parametrize(
    ("loader", "text", "values"),
    [
        pytest.param("next", "A=${B:-x}\nB=1", {"A": "x", "B": "1"}, id="next: default wins"),
        pytest.param("dotenv-expand", "B=1\nA=${B:+x}", {"B": "1", "A": "x"}, id="alternative"),
        pytest.param("dotenv-expand", "A=1\nA=$A", {"A": ""}, id="only the last of two counts"),
        pytest.param("dotenv", 'A="b" # "c"', {"A": "b"}, id="dotenv: marks in a comment"),
        pytest.param("dotenv", 'A="b\\"\nB=1', {"A": "b\\", "B": "1"}, id="escape at the end"),
        pytest.param("python-dotenv", "A='b\\'c'", {"A": "b'c"}, id="python: escaped apostrophe"),
        pytest.param("python-dotenv", "A= # b", {"A": ""}, id="python: comment for a value"),
        pytest.param("python-dotenv", 'A="b\nc\nB=1', {"c": None, "B": "1"}, id="python: goes on"),
        pytest.param("compose", 'A="b\\$C \\t"', {"A": "b$C \t"}, id="compose: escapes"),
        pytest.param("compose", "A=${B:?set it}", {"A": ""}, id="compose: required"),
        pytest.param("compose", "B=1\nA=${B:+x}${B-y}", {"B": "1", "A": "x1"}, id="compose: +"),
        pytest.param("godotenv", "A=b # c # d", {"A": "b # c"}, id="godotenv: the last comment"),
        pytest.param("godotenv", "A=$b", {"A": "$b"}, id="godotenv: small letters stay"),
        pytest.param("ruby", 'A="b\nc"', {"A": "b\nc"}, id="ruby 3: several lines"),
        pytest.param("ruby", "A='$B'", {"A": "$B"}, id="ruby 3: apostrophes protect"),
        pytest.param("ruby-2", "A='b\\$c'", {"A": "b\\$c"}, id="ruby 2: apostrophes protect"),
        pytest.param("phpdotenv", "export LONG=b", {"LONG": "b"}, id="phpdotenv: export"),
        pytest.param("phpdotenv", '"A"="b\\tc"', {"A": "b\tc"}, id="phpdotenv: escapes"),
        pytest.param("phpdotenv", "B=1\nA=${B}", {"B": "1", "A": "1"}, id="phpdotenv: known"),
        pytest.param("symfony", "A=b'c'\"d\" # e", {"A": "bcd"}, id="symfony: joined"),
        pytest.param("symfony", "B=1\nA=\\$B$B", {"B": "1", "A": "$B1"}, id="symfony: escaped"),
        pytest.param(
            "bash", "A=b; export C=d && E=f", {"A": "b", "C": "d", "E": "f"}, id="one line"
        ),
        pytest.param("bash", "A=b\\\nc", {"A": "bc"}, id="bash: a line goes on"),
        pytest.param("bash", "A=${B:-x}${A:+y}${C=z}", {"A": "xz"}, id="bash: defaults"),
        pytest.param("bash", "A=1 || B=2 # c", {"A": "1", "B": "2"}, id="bash: either"),
        pytest.param("bash", "A=1\nB=`x`\nC=${A", {"A": "1", "B": "", "C": "${A"}, id="bash: open"),
        pytest.param("direnv", "A='b\\n'", {"A": "b\\n"}, id="direnv: apostrophes protect"),
        pytest.param("rust", "A=b\\ c#d", {"A": "b c#d"}, id="rust: escaped blank"),
        pytest.param("rust", "B1=x\nA=$B1-${B1}", {"B1": "x", "A": "x-x"}, id="rust: names"),
        pytest.param("node", "A='b\nc'\nB=1", {"A": "b\nc", "B": "1"}, id="node: several lines"),
    ],
)
def test_more_of_their_sources_and_runs(loader: str, text: str, values: dict[str, str]) -> None:
    assert dict(read(loader, text).values) == values


@pytest.mark.parametrize(
    ("loader", "text", "line"),
    [
        pytest.param("next", "B=1\nA=$A.x", 2, id="next: a value made of itself"),
        pytest.param("docker", "A=1\n\nB C=2", 3, id="docker: blank in a name"),
        pytest.param("docker", "A=" + "x" * 70_000, 1, id="docker: a line too long"),
        pytest.param("docker", "=a", 1, id="docker: no name"),
        pytest.param("compose", "A B=1", 1, id="compose: blank in a name"),
        pytest.param("compose", "# c\nA*=1", 2, id="compose: odd name"),
        pytest.param("godotenv", 'A="b\n', 1, id="godotenv: open quote"),
        pytest.param("symfony", "A=1\nB=${C", 2, id="symfony: open brace"),
        pytest.param("symfony", "A='b", 1, id="symfony: open apostrophe"),
        pytest.param("symfony", "A= b", 1, id="symfony: blank before the value"),
        pytest.param("phpdotenv", 'A="\\q"', 1, id="phpdotenv: unknown escape"),
        pytest.param("phpdotenv", "A='b", 1, id="phpdotenv: open apostrophe"),
        pytest.param("direnv", "A=1\nnot a line", 2, id="direnv: prose"),
        pytest.param("rust", "A=${B", 1, id="rust: open brace"),
        pytest.param("rust", "A=b\\q", 1, id="rust: unknown escape"),
    ],
)
def test_a_loader_gives_up_at_the_line(loader: str, text: str, line: int) -> None:
    assert read(loader, text).refused_line == line


_PIECES = (
    *("A", "B", "a", "é", "=", "=", '"', "'", "`", "#", " ", "\t", "\n", "\r\n", "\\", ":", ":-"),
    *("$", "$A", "${", "${A}", "}", "$(", ")", ";", "&", "export ", "\ufeff", "\0", "\u2028"),
)
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join) | st.text(max_size=40)


@given(text=TEXTS)
@example(text="A=$B\nB=$A$A\n")
def test_any_text_gives_a_reading(text: str) -> None:
    last = len(text.splitlines()) + 1
    for loader in DIALECTS:
        reading = read(loader, text)
        assert reading.refused_line <= last
        assert set(reading.lines) == set(reading.values) >= reading.open_names
        assert all(1 <= line <= last for line in reading.lines.values())


@pytest.mark.parametrize("loader", list(DIALECTS))
def test_a_large_file_is_read_in_time(loader: str) -> None:
    """With time that grows with the square of the size, this would not end."""
    for piece in (
        'A="\n',
        "A='\\'\n",
        "A=${\n",
        "\n",
        "$A",
        "A=$(\n",
        'A="\\"',
        "A=`\n",
        " ",
        "\\\n",
    ):
        read(loader, "A=" + piece * (40_000 // len(piece)))
