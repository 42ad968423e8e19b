"""Colours are where they belong."""

from collections.abc import Mapping

import pytest

from launchready.reporters.style import BOLD, RED, Style, wants_color


@pytest.mark.parametrize(
    ("environ", "is_terminal", "expected"),
    [
        pytest.param({}, True, True, id="terminal"),
        pytest.param({}, False, False, id="pipe"),
        pytest.param({"NO_COLOR": "1"}, True, False, id="NO_COLOR"),
        pytest.param({"NO_COLOR": ""}, True, True, id="empty NO_COLOR is none"),
        pytest.param({"NO_COLOR": "0"}, True, False, id="any NO_COLOR counts"),
        pytest.param({"FORCE_COLOR": "1"}, False, True, id="FORCE_COLOR"),
        pytest.param({"FORCE_COLOR": "0"}, False, False, id="FORCE_COLOR off"),
        pytest.param({"CLICOLOR_FORCE": "1"}, False, True, id="CLICOLOR_FORCE"),
        pytest.param({"CLICOLOR_FORCE": "0"}, False, False, id="CLICOLOR_FORCE off"),
        pytest.param({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False, id="NO_COLOR wins"),
        pytest.param({"TERM": "dumb"}, True, False, id="dumb terminal"),
        pytest.param({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True, id="force beats dumb"),
        pytest.param({"CLICOLOR": "0"}, True, False, id="CLICOLOR off"),
        pytest.param({"GITHUB_ACTIONS": "true"}, False, True, id="log of GitHub"),
        pytest.param({"GITLAB_CI": "true"}, False, True, id="log of GitLab"),
        pytest.param({"CI": "true"}, False, False, id="log of another CI"),
        pytest.param({"GITHUB_ACTIONS": "true", "NO_COLOR": "1"}, False, False, id="asked not to"),
    ],
)
def test_wants_color(environ: Mapping[str, str], is_terminal: bool, expected: bool) -> None:
    assert wants_color(environ, is_terminal) is expected


@pytest.mark.parametrize(
    ("color", "text", "expected"),
    [
        pytest.param(True, "a", "\x1b[1;31ma\x1b[0m", id="painted"),
        pytest.param(True, "", "", id="nothing to paint"),
        pytest.param(False, "a", "a", id="plain"),
    ],
)
def test_paint(color: bool, text: str, expected: str) -> None:
    style = Style(color=color, width=80, verbose=False, version="1")
    assert style.paint(text, BOLD, RED) == expected
