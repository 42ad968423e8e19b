"""How Rust's dotenv and dotenvy read."""

import functools
import re
from collections.abc import Iterator, Mapping

from launchready.steps.env_lint.dialects.reading import Entry, LineRefusedError


def parse_rust(text: str) -> Iterator[Entry]:
    """Dotenv 0.15: line by line, escapes everywhere but in single quotes; the first of two counts.
    A `$NAME` at the end of double quotes swallows the quote, so that the line is refused.
    """
    known: dict[str, str] = {}
    for line, written in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        match = _line().match(written)
        if match is None:
            raise LineRefusedError(line)
        if match[1] is None:
            continue
        value = _Value(known).read(written[match.end() :].rstrip())
        if value is None:
            raise LineRefusedError(line)
        known[match[1]] = value
        yield Entry(name=match[1], value=value, line=line)


class _Value:
    """Reads one value, character by character."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._made: list[str] = []
        self._mark = ""

    def read(self, text: str) -> str | None:
        """The value, or None if it is refused."""
        if text.startswith("#"):
            return ""
        position = 0
        while position < len(text):
            character = text[position]
            position += 1
            if self._mark != "'" and character == "\\":
                escaped = _ESCAPES.get(text[position : position + 1])
                if escaped is None:
                    return None
                self._made.append(escaped)
                position += 1
            elif self._mark != "'" and character == "$":
                end = self._put(text, position)
                if end is None:
                    return None
                position = end
            elif not self._mark and character in " \t":
                rest = text[position:].lstrip(" \t")
                return "".join(self._made) if rest.startswith("#") or not rest else None
            else:
                self._take(character)
        return None if self._mark else "".join(self._made)

    def _take(self, character: str) -> None:
        if character == self._mark:
            self._mark = ""
        elif not self._mark and character in "\"'":
            self._mark = character
        else:
            self._made.append(character)

    def _put(self, text: str, position: int) -> int | None:
        """Put in what a `$` stands for. What follows a name without braces is taken as it is."""
        if text.startswith("{", position):
            end = text.find("}", position)
            if end < 0:
                return None
            self._made.append(self._known.get(text[position + 1 : end], ""))
            return end + 1
        end = position
        while end < len(text) and text[end].isalnum():
            end += 1
        self._made.append(self._known.get(text[position:end], ""))
        if end < len(text) and text[end] != "$":
            self._made.append(text[end])
            end += 1
        return end


_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "$": "$", " ": " ", "n": "\n"}


@functools.cache
def _line() -> re.Pattern[str]:
    return re.compile(
        r"[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*|[ \t]*(?:#.*)?\Z"
    )
