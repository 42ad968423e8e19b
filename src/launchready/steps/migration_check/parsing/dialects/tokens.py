"""The tokens of a statement of MySQL, MariaDB or SQLite, and a cursor that reads them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing.spelling import QUOTES

_COMMENTS = r"--[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)"
_REST = r"(?P<word>[@\w$\x80-\U0010ffff]+)|(?P<sign><=>|->>|->|<=|>=|<>|!=|:=|\|\||&&|[^\s\w])"
_NUMBER = r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w$])|0[xX][0-9a-fA-F]+)"
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class WrongSyntaxError(Exception):
    """A statement is not written as it must be; `at` is the character."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class Token(NamedTuple):
    """`kind` is `word`, `name` (quoted), `string`, `number` or `sign`; `text` is what it says,
    without quotes; `upper` is a bare word or sign in capitals, "" of others.
    """

    kind: str
    text: str
    upper: str
    start: int
    end: int


def tokens_of(sql: str, engine: Engine) -> list[Token]:
    """All tokens of a statement, comments left out."""
    is_mysql = engine is not Engine.SQLITE
    found: list[Token] = []
    for match in _tokens(engine).finditer(sql):
        kind, text = match.lastgroup, match[0]
        if kind in ("word", "sign"):
            found.append(Token(kind, text, text.upper(), match.start(), match.end()))
        elif kind == "number":
            found.append(Token(kind, text, "", match.start(), match.end()))
        elif kind == "quoted":
            quoted = _unquoted(text, is_mysql=is_mysql)
            found.append(Token(*quoted, "", match.start(), match.end()))
    return found


@cache
def _tokens(engine: Engine) -> re.Pattern[str]:
    comments = rf"{_COMMENTS}|\#[^\n]*+" if engine is not Engine.SQLITE else _COMMENTS
    return re.compile(rf"\s++|{comments}|(?P<quoted>{QUOTES[engine]})|{_NUMBER}|{_REST}")


def _unquoted(text: str, *, is_mysql: bool) -> tuple[str, str]:
    quote, inside = text[0], text[1:-1] if len(text) > 1 else ""
    if quote in "`[":
        return "name", inside.replace("``", "`")
    if quote == '"' and not is_mysql:
        return "name", inside.replace('""', '"')
    inside = inside.replace(quote * 2, quote)
    return "string", _ESCAPE.sub(r"\1", inside) if is_mysql and "\\" in inside else inside


class Cursor:
    """Reads tokens from one end to the other. A part of them has a cursor of its own."""

    def __init__(self, sql: str, tokens: list[Token], start: int = 0, end: int | None = None):
        self.sql = sql
        self.tokens = tokens
        self.at = start
        self.end = len(tokens) if end is None else end

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.at >= self.end

    @property
    def place(self) -> int:
        """The character at which the next token stands."""
        return self.tokens[self.at].start if self.at < self.end else len(self.sql)

    def peek(self, ahead: int = 0) -> str:
        """A word or sign to come, in capitals; "" if it is none."""
        at = self.at + ahead
        return self.tokens[at].upper if at < self.end else ""

    def take(self, *words: str) -> bool:
        """Passes over words, if they come next in this order."""
        if all(self.peek(ahead) == word for ahead, word in enumerate(words)):
            self.at += len(words)
            return True
        return False

    def take_any(self, *words: str) -> str:
        """Passes over one of some words, and says which; "" if none of them comes next."""
        word = self.peek()
        if word and word in words:
            self.at += 1
            return word
        return ""

    def name(self) -> str:
        """A name, perhaps of several parts."""
        parts = [self._part()]
        while self.peek() == "." and self.at + 1 < self.end:
            self.at += 1
            parts.append(self._part())
        return ".".join(parts[1:] if len(parts) > 1 and parts[0] == "main" else parts)

    def _part(self) -> str:
        if self.at >= self.end or self.tokens[self.at].kind in ("sign", "number"):
            raise WrongSyntaxError(self.place)
        self.at += 1
        return self.tokens[self.at - 1].text

    def group(self) -> "Cursor":
        """What stands in the parentheses that come next."""
        if self.peek() != "(":
            raise WrongSyntaxError(self.place)
        start, depth = self.at + 1, 0
        while self.at < self.end:
            sign = self.tokens[self.at].upper
            depth += {"(": 1, ")": -1}.get(sign, 0)
            self.at += 1
            if not depth:
                return Cursor(self.sql, self.tokens, start, self.at - 1)
        raise WrongSyntaxError(self.place)

    def parts(self) -> Iterator["Cursor"]:
        """What commas part, each with a cursor of its own; nothing is left behind."""
        start, depth = self.at, 0
        for at in range(self.at, self.end):
            sign = self.tokens[at].upper
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if sign == "," and not depth:
                yield Cursor(self.sql, self.tokens, start, at)
                start = at + 1
        self.at = self.end
        if start < self.end:
            yield Cursor(self.sql, self.tokens, start, self.end)

    def until(self, *words: str) -> "Cursor":
        """What comes before one of some words that is in no parentheses."""
        start, depth = self.at, 0
        while self.at < self.end:
            sign = self.tokens[self.at].upper
            if not depth and sign in words:
                break
            depth += {"(": 1, ")": -1}.get(sign, 0)
            self.at += 1
        return Cursor(self.sql, self.tokens, start, self.at)

    def text(self) -> str:
        """What is left, as it is written."""
        if self.is_done:
            return ""
        return self.sql[self.tokens[self.at].start : self.tokens[self.end - 1].end]

    def left(self) -> list[Token]:
        """The tokens that are left."""
        return self.tokens[self.at : self.end]
