"""Reads what the writer of an env file meant: the names with their places, the values, the rest.

It takes more than any loader does, so that what a loader drops is still seen.
"""

import enum
import functools
import re
from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.steps.env_lint.dialects.statements import closing_mark

BLANKS = " \t\v\f\u00a0\ufeff\u200b"


class Written(enum.Enum):
    """What a line is."""

    ASSIGNMENT = "assignment"
    COMMENTED = "commented"
    BARE_NAME = "bare name"
    OTHER = "other"


@frozen
class EnvLine:
    """A line that is neither empty nor prose behind a `#`, or the lines of one value.

    `column` and `end_column` are the name's, from 1. `raw` is the text as it stands, without its
    last line end; `rest` what follows the `=`. `value` is what is meant, without `quote`, the mark
    around it. `is_open` says that the mark has no fellow. `has_blanks` tells of blanks before the
    name, or on either side of the `=`.
    """

    written: Written
    line: int
    end_line: int
    column: int
    end_column: int
    raw: str
    name: str = ""
    rest: str = ""
    value: str = ""
    quote: str = ""
    is_open: bool = False
    has_blanks: bool = False
    is_exported: bool = False


def env_lines(text: str) -> Iterator[EnvLine]:
    """The lines of a file's text, whatever its line ends; a byte order mark is passed over."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    position, line = int(text.startswith("\ufeff")), 1
    while position < len(text):
        end = _line_end(text, position)
        found, end = _line(text, position, end, line)
        if found is not None:
            yield found
        line += text.count("\n", position, end + 1)
        position = end + 1


def _line(text: str, begin: int, end: int, line: int) -> tuple[EnvLine | None, int]:
    match = _assignment().match(text, begin, end)
    if match:
        return _assigned(text, match, line)
    raw = text[begin:end]
    bare = raw.strip(BLANKS)
    if not bare:
        return None, end
    if bare.startswith("#"):
        return _commented(text, begin, end, line), end
    column = 1 + len(raw) - len(raw.lstrip(BLANKS))
    is_name = re.fullmatch(r"(?:export\s+)?[A-Z_][A-Z0-9_]+", bare) is not None
    return (
        EnvLine(
            written=Written.BARE_NAME if is_name else Written.OTHER,
            name=bare.removeprefix("export").strip() if is_name else "",
            line=line,
            end_line=line,
            column=column,
            end_column=column + len(bare),
            raw=raw,
        ),
        end,
    )


def _assigned(text: str, match: re.Match[str], line: int) -> tuple[EnvLine, int]:
    begin = match.start()
    first = match.end()
    end = _line_end(text, first)
    while first < end and text[first] in BLANKS:
        first += 1
    mark = text[first : first + 1]
    value, quote, is_open = "", "", False
    close = 0
    if mark and mark in "\"'`":
        close = closing_mark(text, first, mark)
        quote, is_open = mark, not close and text.find(mark, first + 1, end) < 0
    if close:
        value, end = text[first + 1 : close], _line_end(text, close)
        if mark == '"':
            value = value.replace("\\n", "\n").replace("\\r", "\r").replace('\\"', '"')
    else:
        value, quote = _plain(text[first:end]), "" if not is_open else quote
    column = match.start("name") - begin + 1
    has_blanks = bool(match["lead"] or match["before"]) or text[match.end() : match.end() + 1] in (
        " ",
        "\t",
    )
    return (
        EnvLine(
            written=Written.ASSIGNMENT,
            name=match["name"],
            line=line,
            end_line=line + text.count("\n", begin, end),
            column=column,
            end_column=column + len(match["name"]),
            raw=text[begin:end],
            rest=text[match.end() : end],
            value=value,
            quote=quote,
            is_open=is_open,
            has_blanks=has_blanks and bool(value),
            is_exported=bool(match["export"]),
        ),
        end,
    )


def _commented(text: str, begin: int, end: int, line: int) -> EnvLine | None:
    """`# NAME=value`, where that is no sentence."""
    match = _comment().match(text, begin, end)
    if match is None:
        return None
    rest = text[match.end() : end]
    value = rest.strip()
    if value[:1] in ("'", '"') and value[:1] and value.endswith(value[0]) and len(value) > 1:
        value = value[1:-1]
    else:
        value = _plain(value)
        if value.count(" ") > 1:
            value = ""
    column = match.start("name") - begin + 1
    return EnvLine(
        written=Written.COMMENTED,
        name=match["name"],
        line=line,
        end_line=line,
        column=column,
        end_column=column + len(match["name"]),
        raw=text[begin:end],
        rest=rest,
        value=value,
    )


def _plain(text: str) -> str:
    """A value without quotes, as most read it: up to a `#` behind a blank."""
    comment = _hash().search(text)
    return (text[: comment.start()] if comment else text).strip(BLANKS)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


@functools.cache
def _assignment() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<lead>[{BLANKS}]*)(?P<export>export[ \t]+)?(?P<name>[\w.\-]+)"
        rf"(?:(?P<before>[{BLANKS}]*)=|:(?=[ \t]))"
    )


@functools.cache
def _comment() -> re.Pattern[str]:
    return re.compile(
        r"[ \t]*#[# \t]*(?:export[ \t]+)?(?P<name>[A-Z_][A-Z0-9_]+|[a-z]+_[a-z0-9_]+)=(?!=)"
    )


@functools.cache
def _hash() -> re.Pattern[str]:
    return re.compile(r"(?:^|(?<=\s))#")
