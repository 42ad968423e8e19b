"""Reads the statements of the dotenv family: one grammar that its members vary."""

import re
from collections.abc import Iterator

from launchready.frozen import frozen

_BLANKS = " \t\v\f\u00a0\ufeff"
_SPACE = _BLANKS + "\n\u2028\u2029"


@frozen
class Statement:
    """`NAME=value` as it is written: `text` without the marks around it, `quote` the mark it began
    with, "" if none. `is_closed` tells whether that mark has its fellow.
    """

    name: str
    text: str
    quote: str
    line: int
    is_closed: bool = False


@frozen
class Family:
    """What varies between the loaders that read as npm's dotenv does.

    `name_pattern` is what a name may be, `quotes` the marks around values. `takes_rest` says that
    text after a closing mark makes the whole an unquoted value; else the value ends at the mark.
    """

    name_pattern: str
    quotes: str
    takes_rest: bool = True

    def statements(self, text: str) -> Iterator[Statement]:
        """All statements; lines that are none are passed over."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        start = re.compile(
            rf"[{_BLANKS}]*(?:export[{_BLANKS}]+)?({self.name_pattern})(?:[{_BLANKS}]*=|:(?=\s))"
        )
        position, line = 0, 1
        while position < len(text):
            match = start.match(text, position)
            after = _line_end(text, position)
            if match:
                statement, after = self._value(text, match[1], match.end(), line)
                yield statement
            line += text.count("\n", position, after + 1)
            position = after + 1

    def _value(self, text: str, name: str, begin: int, line: int) -> tuple[Statement, int]:
        """The statement, and where its last line ends."""
        first = begin
        while first < len(text) and text[first] in _SPACE:
            first += 1
        mark = text[first : first + 1]
        if mark and mark in self.quotes:
            close = closing_mark(text, first, mark, takes_rest=self.takes_rest)
            if close:
                statement = Statement(
                    name=name, text=text[first + 1 : close], quote=mark, line=line, is_closed=True
                )
                return statement, _line_end(text, close)
        end = _line_end(text, begin)
        return _unquoted(name, text[begin:end], self.quotes, line), end


def closing_mark(text: str, first: int, mark: str, *, takes_rest: bool = True) -> int:
    """Where the mark that opens at `first` closes: at the first that no backslash stands before,
    or, if something follows it that is no comment, at the last one before that nothing follows;
    0 if it does not close. Without `takes_rest` what follows does not matter.
    """
    found, position = 0, text.find(mark, first + 1)
    while position > 0:
        is_escaped = text[position - 1] == "\\"
        if _ends(text, position + 1) or (not is_escaped and not takes_rest):
            found = position
        if not is_escaped:
            break
        position = text.find(mark, position + 1)
    return found


def _unquoted(name: str, rest: str, quotes: str, line: int) -> Statement:
    text = rest.partition("#")[0].strip()
    mark = text[:1] if text[:1] and text[:1] in quotes else ""
    is_closed = len(text) > 1 and bool(mark) and text.endswith(mark)
    if is_closed:
        text = text[1:-1]
    return Statement(name=name, text=text, quote=mark, line=line, is_closed=is_closed)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _ends(text: str, position: int) -> bool:
    """Whether nothing but a comment follows on the line."""
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return text[position : position + 1] in ("", "\n", "#")
