"""Each kind of place gets text that means nothing there but itself."""

import html
import json
import re
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.actions.runner_model import parse_command
from tests.unit.reporters.factory import hostile_text

from launchready.reporters.escape import (
    command_data,
    command_property,
    fenced,
    html_line,
    json_line,
    log_line,
    markdown,
    markdown_code,
    prose,
    shorten,
    terminal_text,
    uri_path,
    visible,
    xml,
)

LOOSE = re.compile("[\ud800-\udfff]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain text", "plain text", id="ASCII stays"),
        pytest.param("naïve 字 😀 \ufffd", "naïve 字 😀 \ufffd", id="what is seen stays"),
        pytest.param("⚠\ufe0f", "⚠\ufe0f", id="the emoji form stays"),
        pytest.param("a\tb\nc\rd", "a\\tb\\nc\\rd", id="line ends have names"),
        pytest.param("\x1b[31m\x00\x7f", "\\x1b[31m\\x00\\x7f", id="C0"),
        pytest.param("\x85\x9b1m", "\\u0085\\u009b1m", id="C1"),
        pytest.param("\u202egnp\u2066", "\\u202egnp\\u2066", id="bidirectional controls"),
        pytest.param("\u2028\u2029", "\\u2028\\u2029", id="separators"),
        pytest.param("a\u200bb\xadc\ufeff", "a\\u200bb\\u00adc\\ufeff", id="zero width"),
        pytest.param("\u3164\u115f", "\\u3164\\u115f", id="fillers"),
        pytest.param("\U000e0041", "\\U000e0041", id="tags"),
        pytest.param("\udcff.txt", "\\xff.txt", id="bytes of a file name"),
        pytest.param("\ud83d", "\\ud83d", id="half a character"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(hostile_text(), hostile_text())
def test_visible_works_character_by_character(left: str, right: str) -> None:
    assert visible(left + right) == visible(left) + visible(right)
    assert visible(visible(left)) == visible(left)
    assert visible(left).encode().decode().isprintable() or not left.isprintable()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(" a \n\n b\tc ", "a b c", id="blanks are one"),
        pytest.param("a\u2028b\x85c", "a b c", id="all line ends are blanks"),
        pytest.param("a\x1b[1mb", "a\\x1b[1mb", id="the rest is visible"),
    ],
)
def test_prose(text: str, expected: str) -> None:
    assert prose(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("plain :: line", "plain :: line", id="colons inside"),
        pytest.param("x ##[error]y", "x ##\\[error]y", id="v1"),
        pytest.param("###[error]y", "###\\[error]y", id="three signs"),
        pytest.param("::error::y", "\\::error::y", id="v2"),
        pytest.param("  ::error::y", "  \\::error::y", id="v2 after blanks"),
        pytest.param("\u3000::error::y", "\u3000\\::error::y", id="v2 after wide blanks"),
        pytest.param(":::error::y", "\\:::error::y", id="three colons"),
        pytest.param("::x::##[a]", "\\::x::##\\[a]", id="both"),
    ],
)
def test_log_line(line: str, expected: str) -> None:
    assert log_line(line) == expected


@given(hostile_text() | st.text())
def test_no_line_is_a_command(text: str) -> None:
    assert parse_command(terminal_text(text)) is None
    assert terminal_text(text).isprintable() or not text.isprintable()


@given(message=hostile_text(), title=hostile_text())
def test_commands_arrive_as_they_were_sent(message: str, title: str) -> None:
    command = parse_command(f"::error title=x{command_property(title)}x::{command_data(message)}")
    assert command is not None
    assert (command.data, command.properties) == (message, {"title": f"x{title}x"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a b.c, d!", "a b.c, d!", id="plain"),
        pytest.param("a|b", "a&#124;b", id="cells"),
        pytest.param("<script>&amp;", "&lt;script&gt;&amp;amp;", id="HTML"),
        pytest.param("*a* [b](c) ~d~ \\", r"\*a\* \[b\](c) \~d\~ \\", id="marks"),
        pytest.param("![p](q)", r"!\[p\](q)", id="images"),
        pytest.param("SNAKE_CASE _em_", r"SNAKE_CASE \_em\_", id="only marking underscores"),
        pytest.param("@user a@b", "@&#8203;user a@&#8203;b", id="mentions"),
        pytest.param("#12 gh-3 # a", "#&#8203;12 gh-&#8203;3 # a", id="references"),
        pytest.param(":tada: a:12:3", ":&#8203;tada: a:12:3", id="emoji names"),
        pytest.param("$x$", "&#36;x&#36;", id="formulas"),
        pytest.param("use `a|b` now", "use <code>a&#124;b</code> now", id="code"),
        pytest.param("a ` b", r"a \` b", id="one backtick"),
        pytest.param("a\nb", "a b", id="line ends"),
        pytest.param("##[error]", r"##\[error\]", id="commands"),
        pytest.param("https://a.example/b_c?d=1", "https://a.example/b_c?d=1", id="addresses"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    assert markdown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("src/a_b.py:1:2", "src/a_b.py:1:2", id="places stay readable"),
        pytest.param("a|b`c`", "a&#124;b&#96;c&#96;", id="cells and fences"),
        pytest.param("</code>", "&lt;/code&gt;", id="tags"),
        pytest.param("_a_*b*[c]", "&#95;a&#95;&#42;b&#42;&#91;c&#93;", id="marks"),
        pytest.param("https://a www.b", "https&#58;//a www&#46;b", id="no link inside a link"),
        pytest.param("a\nb", "a&#92;nb", id="line ends are seen"),
    ],
)
def test_markdown_code(text: str, expected: str) -> None:
    assert markdown_code(text) == f"<code>{expected}</code>"


@given(hostile_text())
def test_markdown_code_reads_back(text: str) -> None:
    code = markdown_code(text).removeprefix("<code>").removesuffix("</code>")
    assert html.unescape(code) == visible(text)
    assert not set("<>|`*[]") & set(code)


@given(hostile_text())
def test_html_and_xml_read_back(text: str) -> None:
    for escaped in (html_line(text), xml(text)):
        assert html.unescape(escaped) == visible(text)
        assert not set("<>\"'") & set(escaped)
        assert "##[" not in escaped


@pytest.mark.parametrize(
    ("code", "fence"),
    [
        pytest.param("a", "```", id="none"),
        pytest.param("a ``` b", "````", id="one more than there is"),
    ],
)
def test_fenced(code: str, fence: str) -> None:
    assert fenced(code, "sh") == f"{fence}sh\n{code}\n{fence}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("src/a b.py", "src/a%20b.py", id="blank"),
        pytest.param("a:b?c#d%e(f)", "a%3Ab%3Fc%23d%25e%28f%29", id="reserved"),
        pytest.param("é/字", "%C3%A9/%E5%AD%97", id="UTF-8"),
        pytest.param("\udcff", "%FF", id="the file name's own byte"),
        pytest.param("\ud83d", "%5Cud83d", id="half a character"),
    ],
)
def test_uri_path(path: str, expected: str) -> None:
    assert uri_path(path) == expected


@given(hostile_text())
def test_uri_path_keeps_what_is_text(path: str) -> None:
    if not LOOSE.search(path):
        assert urllib.parse.unquote(uri_path(path)) == path


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param({"a": [1, None, True]}, '{"a": [1, null, true]}', id="plain"),
        pytest.param("é\u2028", '"\\u00e9\\u2028"', id="ASCII"),
        pytest.param("😀", '"\\ud83d\\ude00"', id="pairs stay"),
        pytest.param("\udcff", '"\\\\xff"', id="bytes of a file name"),
        pytest.param("\ud83d", '"\\\\ud83d"', id="half a character"),
        pytest.param("\\udcff", '"\\\\udcff"', id="a backslash and letters stay"),
        pytest.param("\\\udcff", '"\\\\\\\\xff"', id="a backslash before a byte"),
        pytest.param("##[error]", '"##\\u005berror]"', id="commands"),
    ],
)
def test_json_line(value: object, expected: str) -> None:
    assert json_line(value) == expected


@given(hostile_text())
def test_json_line_reads_back(text: str) -> None:
    line = json_line([text])
    assert parse_command(line) is None
    assert not LOOSE.search(json.loads(line)[0])
    if not LOOSE.search(text):
        assert json.loads(line) == [text]


def test_shorten() -> None:
    assert shorten("abcdef", 6) == "abcdef"
    assert shorten("abcdefg", 6) == "abc..."
