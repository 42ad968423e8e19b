"""The text of a Dockerfile -> its instructions, with the place of every character.

Source: https://docs.docker.com/reference/dockerfile/ (parser directives, here-documents).
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator

from launchready.frozen import frozen


@frozen
class Instruction:
    """`keyword` in capitals and what follows it, lines joined. `starts` has for each line the
    offset in `text` where it begins, its number and the column of its first character.
    """

    keyword: str
    text: str
    starts: tuple[tuple[int, int, int], ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of `text`."""
        index = bisect_right(self.starts, offset, key=lambda start: start[0]) - 1
        start, line, column = self.starts[max(index, 0)]
        return line, column + offset - start


@functools.cache
def _begins() -> re.Pattern[str]:
    return re.compile(r"\s*(?P<keyword>[A-Za-z]+)(?:\s+(?P<rest>.*))?", re.DOTALL)


@functools.cache
def _here() -> re.Pattern[str]:
    return re.compile(r"<<-?\s*(?P<quote>[\"']?)(?P<word>[A-Za-z_]\w*)(?P=quote)")


def instructions_of(text: str) -> Iterator[Instruction]:
    """All instructions of a Dockerfile, in order. Here-documents are left out."""
    lines = text.split("\n")
    mark = _escape(lines)
    number = 0
    while number < len(lines):
        first = _begins().match(lines[number])
        if first is None or not first["keyword"]:
            number += 1
            continue
        rest = first["rest"] or ""
        column = first.start("rest") + 1 if first["rest"] else 1
        pieces: list[str] = []
        starts: list[tuple[int, int, int]] = []
        length = 0
        while True:
            body = rest.rstrip()
            goes_on = body.endswith(mark) and number + 1 < len(lines)
            piece = body.removesuffix(mark) + " " if body.endswith(mark) else rest
            starts.append((length, number + 1, column))
            pieces.append(piece)
            length += len(piece)
            number += 1
            while goes_on and number < len(lines) and lines[number].lstrip()[:1] in ("#", ""):
                number += 1  # comments and empty lines do not end it
            if not goes_on or number >= len(lines):
                break
            rest, column = lines[number], 1
        keyword = first["keyword"].upper()
        joined = "".join(pieces)
        yield Instruction(keyword=keyword, text=joined, starts=tuple(starts))
        if keyword in ("RUN", "COPY", "ADD"):
            number = _after_documents(lines, number, joined)


def _escape(lines: list[str]) -> str:
    """The sign that continues a line: a directive above everything else may change it."""
    for line in lines:
        match = re.fullmatch(r"#\s*([A-Za-z]+)\s*=\s*(\S.*?)\s*", line)
        if match is None:
            break
        if match[1].lower() == "escape":
            return match[2]
    return "\\"


def _after_documents(lines: list[str], number: int, text: str) -> int:
    """The number of the line after the here-documents that an instruction opens."""
    for match in _here().finditer(text):
        end = number
        while end < len(lines) and lines[end].strip() != match["word"]:
            end += 1
        if end < len(lines):
            number = end + 1
    return number
