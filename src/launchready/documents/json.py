"""JSON, and JSON with comments and commas too many (wrangler.jsonc, devcontainer.json) -> nodes."""

import functools
import json
import re
from bisect import bisect_right
from dataclasses import dataclass

from launchready.config.nodes import Mapping, Node, Scalar, Sequence, UnreadableError
from launchready.documents import MOST_DEPTH, MOST_VALUES, decode
from launchready.model import JsonScalar

_WORDS: dict[str, JsonScalar] = {"true": True, "false": False, "null": None}


@functools.cache
def _token() -> re.Pattern[str]:
    """One token after blanks and comments; possessive, so that no text is looked at twice."""
    return re.compile(
        r'(?:[ \t\r\n]++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+(?:(?P<string>"(?:[^"\\\n]|\\.)*+")'
        r"|(?P<sign>[\[\]{},:])|(?P<word>[^\s\[\]{},:\"/]++)|(?P<end>\Z))",
        re.DOTALL,
    )


def json_document(content: bytes) -> Node:
    """The one value of a file; an empty file is the empty value. Raises UnreadableError."""
    text = decode(content)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    scanner = _Scanner(text=text, starts=starts)
    if not scanner.peek():
        return Scalar(value=None, line=1, column=1)
    root = scanner.node(1)
    if scanner.peek():
        raise scanner.stop("something follows its end")
    return root


@dataclass
class _Scanner:
    text: str
    starts: list[int]
    position: int = 0
    values: int = 0

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def stop(self, message: str) -> UnreadableError:
        line, column = self.place(min(self.position, len(self.text)))
        return UnreadableError(message, line=line, column=column)

    def match(self) -> re.Match[str]:
        found = _token().match(self.text, self.position)
        if found is None:
            raise self.stop("it is no valid JSON")
        return found

    def peek(self) -> str:
        """The next token, which stays; empty at the end."""
        found = self.match()
        return found[found.lastgroup or "end"]

    def take(self) -> tuple[str, int]:
        """The next token and where it begins."""
        found = self.match()
        self.position = found.end()
        group = found.lastgroup or "end"
        return found[group], found.start(group)

    def expect(self, sign: str) -> None:
        before = self.position
        if self.take()[0] != sign:
            self.position = before
            raise self.stop(f"a {sign} is missing")

    def node(self, depth: int) -> Node:
        self.values += 1
        if depth > MOST_DEPTH or self.values > MOST_VALUES:
            raise self.stop("it is too deep or too long")
        piece, start = self.take()
        line, column = self.place(start)
        if piece == "{":
            return self.mapping(depth, line, column)
        if piece == "[":
            return self.sequence(depth, line, column)
        return Scalar(value=self.value(piece), line=line, column=column)

    def value(self, piece: str) -> JsonScalar:
        if piece.startswith('"'):
            try:
                return str(json.loads(piece, strict=False))
            except ValueError as error:
                raise self.stop("it is no valid JSON") from error
        if piece in _WORDS:
            return _WORDS[piece]
        if not re.fullmatch(r"[-+.\w]++", piece):
            raise self.stop("it is no valid JSON")
        return piece

    def mapping(self, depth: int, line: int, column: int) -> Mapping:
        found: list[tuple[Scalar, Node]] = []
        while self.peek() != "}":
            piece, start = self.take()
            if not piece.startswith('"'):
                raise self.stop("a name in quotes is missing")
            key_line, key_column = self.place(start)
            key = Scalar(value=self.value(piece), line=key_line, column=key_column)
            self.expect(":")
            found.append((key, self.node(depth + 1)))
            if self.peek() != "}":
                self.expect(",")
        self.take()
        return Mapping(items=tuple(found), line=line, column=column)

    def sequence(self, depth: int, line: int, column: int) -> Sequence:
        found: list[Node] = []
        while self.peek() != "]":
            found.append(self.node(depth + 1))
            if self.peek() != "]":
                self.expect(",")
        self.take()
        return Sequence(items=tuple(found), line=line, column=column)
