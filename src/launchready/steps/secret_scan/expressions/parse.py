"""Reads regular expressions in the syntax of RE2, which Go's `regexp` package has.

Source: https://github.com/google/re2/wiki/Syntax. What is not read: classes of Unicode (`\\pL`),
the flag `U`, and what needs memory, which RE2 has not either: look-around and back-references.
Python's `\\Z` is read too. Letters have two cases from A to Z only.
"""

import re
from dataclasses import dataclass, replace

from launchready.steps.secret_scan.expressions.nodes import (
    LAST,
    At,
    Choice,
    Edge,
    Group,
    Node,
    One,
    Ranges,
    Repeat,
    Row,
    caseless,
    inverted,
    joined,
)

MOST_CHARACTERS = 4000
_MOST_DEPTH = 40
_MOST_TIMES = 1000

_DIGITS: Ranges = ((0x30, 0x39),)
_WORDS: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_BLANKS: Ranges = ((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20))
_SETS = {"d": _DIGITS, "w": _WORDS, "s": _BLANKS}
_SIGNS = {"a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11}
_EDGES = {
    "A": At.TEXT_START,
    "z": At.TEXT_END,
    "Z": At.TEXT_END,
    "b": At.WORD_EDGE,
    "B": At.NO_WORD_EDGE,
}
_POSIX: dict[str, list[tuple[int, int]]] = {
    "alnum": [(0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)],
    "alpha": [(0x41, 0x5A), (0x61, 0x7A)],
    "ascii": [(0, 0x7F)],
    "blank": [(0x09, 0x09), (0x20, 0x20)],
    "cntrl": [(0, 0x1F), (0x7F, 0x7F)],
    "digit": [(0x30, 0x39)],
    "graph": [(0x21, 0x7E)],
    "lower": [(0x61, 0x7A)],
    "print": [(0x20, 0x7E)],
    "punct": [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)],
    "space": [(0x09, 0x0D), (0x20, 0x20)],
    "upper": [(0x41, 0x5A)],
    "word": list(_WORDS),
    "xdigit": [(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)],
}
_TIMES = re.compile(r"\{(\d{1,6})(?:(,)(\d{1,6})?)?\}")
_FLAGS = re.compile(r"\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])")
_NAME = re.compile(r"\(\?P?<([A-Za-z_]\w*)>", re.ASCII)
_HEX = re.compile(r"x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))")
_POSIX_CLASS = re.compile(r"\[:(\^?)([a-z]+):\]")


class ExpressionError(ValueError):
    """This is no regular expression that can be read. The text says why, and quotes none of it."""


def parse(text: str) -> Node:
    """The tree of a regular expression. Raises ExpressionError."""
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(f"it is longer than {MOST_CHARACTERS:,} characters")
    reader = _Reader(text=text)
    node = reader.choice(_Flags(), depth=0)
    if reader.at < len(text):
        raise ExpressionError("a `)` closes nothing")
    return node


@dataclass(frozen=True, kw_only=True)
class _Flags:
    """What `(?ims)` switches on."""

    i: bool = False
    m: bool = False
    s: bool = False


@dataclass
class _Reader:
    """Reads from `at` on; every method leaves `at` behind what it has read."""

    text: str
    at: int = 0

    def choice(self, flags: _Flags, depth: int) -> Node:
        """Everything up to the closing bracket. Flags set in the middle hold up to it."""
        if depth > _MOST_DEPTH:
            raise ExpressionError(f"its brackets are nested deeper than {_MOST_DEPTH}")
        options: list[Node] = []
        row: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at] == "|":
                self.at += 1
                options.append(Row(items=tuple(row)))
                row = []
            elif (found := _FLAGS.match(self.text, self.at)) and found[3] == ")":
                self.at = found.end()
                flags = _switched(flags, found)
            else:
                row.append(self.repeated(flags, depth))
        last = Row(items=tuple(row))
        return Choice(options=(*options, last)) if options else last

    def repeated(self, flags: _Flags, depth: int) -> Node:
        """One thing and how often it may stand there."""
        item = self.item(flags, depth)
        times = self.times()
        if times is None:
            return item
        least, most = times
        is_lazy = self.text.startswith("?", self.at)
        self.at += is_lazy
        if self.text[self.at : self.at + 1] in ("*", "+") or self.times() is not None:
            raise ExpressionError("a repeat follows a repeat")
        return Repeat(item=item, least=least, most=most, is_lazy=is_lazy)

    def times(self) -> tuple[int, int | None] | None:
        """`*`, `+`, `?` or `{…}`, where one stands."""
        sign = self.text[self.at : self.at + 1]
        if sign in ("*", "+", "?"):
            self.at += 1
            return int(sign == "+"), 1 if sign == "?" else None
        found = _TIMES.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        least = int(found[1])
        most = (int(found[3]) if found[3] else None) if found[2] else least
        if max(least, most or 0) > _MOST_TIMES:
            raise ExpressionError(f"it repeats something more than {_MOST_TIMES:,} times")
        if most is not None and most < least:
            raise ExpressionError("a repeat has a greater number before a smaller one")
        return least, most

    def item(self, flags: _Flags, depth: int) -> Node:
        """One character, class, place or group."""
        match self.text[self.at]:
            case "(":
                return self.group(flags, depth)
            case "[":
                return _one(self.members(), flags)
            case "\\":
                return self.escape(flags)
            case "*" | "+" | "?":
                raise ExpressionError("a repeat has nothing before it")
        return self.sign(flags)

    def sign(self, flags: _Flags) -> Node:
        """A character that no other follows up."""
        sign = self.text[self.at]
        self.at += 1
        if sign == ".":
            return One(ranges=((0, LAST),) if flags.s else inverted(((10, 10),)))
        if sign == "^":
            return Edge(at=At.LINE_START if flags.m else At.TEXT_START)
        if sign == "$":
            return Edge(at=At.LINE_END if flags.m else At.TEXT_END)
        return _one(((ord(sign), ord(sign)),), flags)

    def group(self, flags: _Flags, depth: int) -> Node:
        """A group, with or without a name."""
        name = ""
        if found := _NAME.match(self.text, self.at):
            name = found[1]
        elif found := _FLAGS.match(self.text, self.at):
            flags = _switched(flags, found)
        elif self.text.startswith("(?", self.at):
            raise ExpressionError("it looks ahead or behind, or sets what is not known here")
        self.at = found.end() if found else self.at + 1
        item = self.choice(flags, depth + 1)
        if not self.text.startswith(")", self.at):
            raise ExpressionError("a `(` is not closed")
        self.at += 1
        return Group(name=name, item=item) if name else item

    def escape(self, flags: _Flags) -> Node:
        """What a backslash begins, outside of a class."""
        sign = self.text[self.at + 1 : self.at + 2]
        if sign == "Q":
            end = self.text.find("\\E", self.at)
            quoted = self.text[self.at + 2 : end if end >= 0 else None]
            self.at = end + 2 if end >= 0 else len(self.text)
            return Row(items=tuple(_one(((ord(c), ord(c)),), flags) for c in quoted))
        if sign in _EDGES:
            self.at += 2
            return Edge(at=_EDGES[sign])
        return _one(self.escaped(), flags)

    def escaped(self) -> Ranges:
        """The characters that an escape stands for."""
        sign = self.text[self.at + 1 : self.at + 2]
        if found := _HEX.match(self.text, self.at + 1):
            self.at = found.end()
            code = int(found[1] or found[2], 16)
            if code > LAST:
                raise ExpressionError("it names a character that there is not")
            return ((code, code),)
        self.at += 2
        if sign.lower() in _SETS and sign:
            ranges = _SETS[sign.lower()]
            return ranges if sign.islower() else inverted(ranges)
        if sign in _SIGNS:
            return ((_SIGNS[sign], _SIGNS[sign]),)
        if not sign or sign.isalnum():
            raise ExpressionError(r"it has an escape that is not known here, such as \p or \1")
        return ((ord(sign), ord(sign)),)

    def members(self) -> Ranges:
        """A class in square brackets; a `]` right after the opening is a member."""
        is_outside = self.text.startswith("[^", self.at)
        self.at += 1 + is_outside
        first = self.at
        pairs: list[tuple[int, int]] = []
        while self.at == first or not self.text.startswith("]", self.at):
            if self.at >= len(self.text):
                raise ExpressionError("a `[` is not closed")
            pairs += self.member()
        self.at += 1
        ranges = joined(pairs)
        return inverted(ranges) if is_outside else ranges

    def member(self) -> Ranges:
        """A character, an escape, a range or a named class."""
        if found := _POSIX_CLASS.match(self.text, self.at):
            if found[2] not in _POSIX:
                raise ExpressionError("it names a class that is not known here")
            self.at = found.end()
            ranges = joined(_POSIX[found[2]])
            return inverted(ranges) if found[1] else ranges
        low = self.character()
        has_end = self.text.startswith("-", self.at) and self.text[self.at + 1 : self.at + 2] != "]"
        if not has_end or self.at + 1 >= len(self.text):
            return low
        self.at += 1
        high = self.character()
        if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or high[0][0] != high[0][1]:
            raise ExpressionError("a range begins or ends in a class")
        if low[0][0] > high[0][0]:
            raise ExpressionError("a range runs backwards")
        return ((low[0][0], high[0][0]),)

    def character(self) -> Ranges:
        """One member of a class, without what may follow it."""
        if self.text[self.at] == "\\":
            return self.escaped()
        self.at += 1
        return ((ord(self.text[self.at - 1]),) * 2,)


def _one(ranges: Ranges, flags: _Flags) -> One:
    return One(ranges=caseless(ranges) if flags.i else ranges)


def _switched(flags: _Flags, found: re.Match[str]) -> _Flags:
    on, off = found[1], found[2] or ""
    if set(on + off) - {"i", "m", "s"}:
        raise ExpressionError("it sets a flag that is not known here")
    return replace(flags, **dict.fromkeys(on, True), **dict.fromkeys(off, False))
