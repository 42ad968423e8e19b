"""The one home for making untrusted text harmless in every place where a report is shown.

Untrusted is whatever a repository, a server or a commit may say: paths, messages that quote them,
code, authors, addresses. `visible` and `prose` come first; the others are one per kind of place.
"""

import re

from launchready.regex import Regex

# What moves the cursor, reorders or hides text: C0 and C1 controls, line and paragraph separators,
# bidirectional controls, and the characters that Unicode calls default ignorable, except the two
# selectors that only choose between the text and the emoji form (U+FE0E, U+FE0F). Written out, so
# that a report does not depend on the Unicode tables of the Python that made it.
# https://www.unicode.org/reports/tr36/ and https://trojansource.codes
_UNSEEN = Regex(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_NAMED = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def visible(text: str) -> str:
    """One line in which everything is seen: what would hide or move text is a backslash escape.

    Bytes of a file name that are no UTF-8 (Python's surrogate escapes) read as `\\xff`. The escape
    works character by character: `visible(a + b) == visible(a) + visible(b)`.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(_escape, text)


def prose(text: str) -> str:
    """A sentence on one line: runs of blanks and line ends become one blank; all is visible."""
    return visible(" ".join(text.split()))


def log_line(line: str) -> str:
    """A line for a log that the runner of GitHub Actions reads: it never parses as a command.

    The runner takes `##[name]` anywhere in a line and `::name::` after leading blanks
    (actions/runner, src/Runner.Common/ActionCommand.cs).
    """
    if "##[" in line:
        line = line.replace("##[", "##\\[")
    start = line.lstrip()
    if start.startswith("::"):
        return f"{line[: len(line) - len(start)]}\\{start}"
    return line


def terminal_text(text: str) -> str:
    """Text of one's own line on a terminal or in a log: all visible, and no workflow command."""
    return log_line(visible(text))


def command_data(message: str) -> str:
    """The message of a workflow command. Escapes as @actions/core does."""
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(value: str) -> str:
    """The value of a workflow command's property. Escapes as @actions/core does."""
    return command_data(value).replace(":", "%3A").replace(",", "%2C")


_BACKTICKED = Regex(r"`([^`]+)`")
_MARKDOWN = Regex(
    r"[&<>|$\\`*\[\]~]|(?<!\w)_|_(?!\w)|@(?=\w)|#(?=\d)|(?i:\bgh-)(?=\d)|:(?=[a-z+-][\w+-]*:)"
)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "$": "&#36;"}


def markdown(text: str) -> str:
    """A sentence for GitHub Flavored Markdown, also inside a table: text in backticks stays code.

    Mentions (@user), references (#1, GH-1) and emoji names are broken with a zero-width space, as
    Renovate and Dependabot do it: GitHub links them after Markdown has taken any other escape away.
    """
    parts = _BACKTICKED.split(prose(text))
    return "".join(
        markdown_code(part) if place % 2 else _MARKDOWN.sub(_escape_markdown, part)
        for place, part in enumerate(parts)
    )


_CODE = Regex(r"[&<>|$\\`*\[\]~\"']|(?<!\w)_|_(?!\w)|:(?=//)|(?i:(?<=www))\.")


def markdown_code(text: str) -> str:
    """Text as inline code. HTML, not backticks: the same escapes hold inside and outside tables."""
    return f"<code>{_CODE.sub(_escape_code, visible(text))}</code>"


def fenced(code: str, language: str = "") -> str:
    """A Markdown block of code, with a fence that `code` does not hold."""
    longest = max(map(len, re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"


def html_line(text: str) -> str:
    """One line of a `<pre>` block, where Markdown is not parsed."""
    return xml(text).replace("$", "&#36;")


def xml(text: str) -> str:
    """Text for an element or attribute of XML 1.0, without the characters that it forbids."""
    from html import escape

    return escape(visible(text)).replace("##[", "##&#91;")


def uri_path(path: str) -> str:
    """A relative path as a URI reference (RFC 3986): the file name's own bytes, percent-encoded."""
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "backslashreplace")
    from urllib.parse import quote

    return quote(raw, safe="/")


_JSON_ESCAPE = Regex(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\u(d[89a-f][0-9a-f]{2})")


def json_line(value: object) -> str:
    """A JSON value on one line of ASCII, with no lone surrogate and no workflow command in it."""
    import json

    line = json.dumps(value, separators=(", ", ": "))
    if "\\ud" in line:
        line = _JSON_ESCAPE.sub(_escape_surrogate, line)
    return line.replace("##[", "##\\u005b")


def shorten(text: str, limit: int) -> str:
    """`text` with at most `limit` characters, the last three of them dots where it was cut."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


def short_prose(text: str, limit: int) -> str:
    """`prose` cut to `limit` characters. What lies far behind them is not looked at."""
    return shorten(prose(text[: 8 * limit]), limit)


def short_visible(text: str, limit: int) -> str:
    """`visible` cut to `limit` characters. What lies behind them is not looked at."""
    return shorten(visible(text[: limit + 1]), limit)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    point = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if point < 0x80:
        return f"\\x{point:02x}"
    if 0xDC80 <= point <= 0xDCFF:
        return f"\\x{point - 0xDC00:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _escape_markdown(match: re.Match[str]) -> str:
    found = match[0]
    if found in _ENTITIES:
        return _ENTITIES[found]
    return f"{found}&#8203;" if found[0] in "@#:gG" else f"\\{found}"


def _escape_code(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0]) or f"&#{ord(match[0])};"


def _escape_surrogate(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[0]
    point = int(match[1], 16)
    return f"\\\\x{point - 0xDC00:02x}" if 0xDC80 <= point <= 0xDCFF else f"\\\\u{point:04x}"
