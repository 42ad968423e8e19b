"""`${NAME:default}` of Spring, in annotations and in files of properties.

Source: https://docs.spring.io/spring-boot/reference/features/external-config.html: a name with dots
is a property's, which a file mostly sets; one in capitals is a variable's.
"""

import bisect
import re
from collections.abc import Iterator
from typing import Protocol

from launchready.facts.environment import CodeFacts, Need, Read, SourceFile, Value
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import MOST

_PLACEHOLDER = Regex(rb"\\?\$\{([A-Z_][A-Z0-9_]*)(?:(:)([^${}\n]*)(\$)?)?")
_KEY = Regex(rb"([\w.-]+)\s*[:=][^:=\n]*\Z")
_PORT = Regex(rb"(?:^|[._-])port\Z", re.IGNORECASE)


class Placed(Protocol):
    """A file whose bytes have places."""

    content: bytes
    file: SourceFile

    def location(self, start: int, end: int) -> FileLocation:
        """The place of these bytes."""
        ...


def placeholders(code: Placed, start: int, end: int, language: str) -> Iterator[Read]:
    """The reads between two bytes."""
    for number, match in enumerate(_PLACEHOLDER.finditer(code.content, start, end)):
        if number >= MOST:
            return
        default = match[3].decode("utf-8", "replace") if match[2] and not match[4] else None
        line = code.content.rfind(b"\n", 0, match.start()) + 1
        key = _KEY.search(code.content[max(line, match.start() - 200) : match.start()])
        yield Read(
            name=match[1].decode(),
            location=code.location(*match.span(1)),
            need=Need.DEFAULT if match[2] else Need.REQUIRED,
            language=language,
            place=code.file.place,
            default=None if default is None else Value(default),
            takes_as="port" if key and _PORT.search(key[1]) else "",
        )


def read(file: SourceFile) -> CodeFacts:
    """What `application.yml`, `application-prod.properties` and the like read."""
    lines = Lines(file)
    reads = placeholders(lines, 0, len(file.content), "spring")
    return CodeFacts(
        reads=tuple(each for each in reads if not lines.is_comment(each.location.line or 1))
    )


class Lines:
    """A file by its lines."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.content = file.content
        self._starts = [0, *(match.end() for match in re.finditer(rb"\n", file.content))]

    def location(self, start: int, end: int) -> FileLocation:
        line = bisect.bisect_right(self._starts, start)
        begin = self._starts[line - 1]
        column = len(self.content[begin:start].decode("utf-8", "replace")) + 1
        width = len(self.content[start:end].decode("utf-8", "replace"))
        return FileLocation(
            path=self.file.path, line=line, column=column, end_column=column + width
        )

    def is_comment(self, line: int) -> bool:
        begin = self._starts[line - 1]
        return self.content[begin : begin + 400].lstrip(b" \t").startswith((b"#", b"!"))
