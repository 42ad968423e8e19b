"""Reads by their places in a text, for files that need no tree."""

import bisect
import re

from launchready.facts.environment import Need, Place, Read, SourceFile, Value
from launchready.model import FileLocation


class Places:
    """Places in a text by its characters."""

    def __init__(self, file: SourceFile, text: str) -> None:
        self._file = file
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def read(
        self, language: str, span: tuple[int, int], need: Need, default: Value | None = None
    ) -> Read:
        """The read of the name that stands there."""
        start, end = span
        line = bisect.bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        return Read(
            name=self._text[start:end],
            location=FileLocation(
                path=self._file.path, line=line, column=column, end_column=column + end - start
            ),
            need=need,
            language=language,
            place=Place.SCRIPT if self._file.place is Place.CODE else self._file.place,
            default=default,
        )

    def is_comment(self, start: int) -> bool:
        """Whether it stands in a line that is a comment."""
        begin = self._starts[bisect.bisect_right(self._starts, start) - 1]
        return self._text[begin : begin + 200].lstrip().startswith("#")
