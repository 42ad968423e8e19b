"""Finds the matches of a format in a window by what they begin with.

`re` searches for a literal many times faster than it tries a pattern at every byte.
"""

import functools
import re
from collections.abc import Callable, Iterator

from launchready.catalog import shapes
from launchready.catalog.kinds import Assigned, Keyword, Kind, Token
from launchready.regex import Regex
from launchready.steps.secret_scan.formats import assignment, formats

_LONGEST_OPTION = 40  # bytes
_OPTION = Regex(rf"{assignment.OPTION}\Z".encode("ascii"))

Starts = Callable[[bytes], Iterator[int]]


def matches(kind: Kind, window: bytes) -> Iterator[re.Match[bytes]]:
    """The same as `formats.compiled(kind).finditer(window)`, and of names those in values too.

    A name in another one's value may have a value of its own: `name: DB_PASSWORD` over
    `value: DB_PASSWD="..."`. Which of them is read first depends on where the window begins.
    """
    regex = formats.compiled(kind)
    starts = _starts(kind)
    if starts is None:
        yield from regex.finditer(window)
        return
    is_named = isinstance(kind.format, Assigned | Keyword)
    end = 0
    for start in starts(window):
        if start >= end and (match := regex.match(window, start)):
            yield match
            end = match.start("secret") if is_named else match.end()


@functools.cache
def _starts(kind: Kind) -> Starts | None:
    """Where matches may begin, ascending; None where that may be at any byte."""
    match kind.format:
        case Token(shapes=forms):
            first = [shapes.pieces(form)[0] for form in forms]
            texts = [piece.encode("ascii") for piece in first if isinstance(piece, str)]
            if len(texts) == len(forms):
                return functools.partial(_literals, tuple(dict.fromkeys(texts)))
        case Assigned(names=names) | Keyword(names=names):
            words = re.compile(assignment.word_regex(names).encode("ascii"))
            return functools.partial(_names, words)
        case _:
            pass
    return None


def _literals(texts: tuple[bytes, ...], window: bytes) -> Iterator[int]:
    found: set[int] = set()
    for text in texts:
        at = window.find(text)
        while at >= 0:
            found.add(at)
            at = window.find(text, at + 1)
    yield from sorted(found)


def _names(words: re.Pattern[bytes], window: bytes) -> Iterator[int]:
    """Where a name begins, and before it the command line's option that it is the end of."""
    lowered = window.lower()
    found: set[int] = set()
    name = words.search(lowered)
    while name:
        start = name.start()
        found.add(start)
        if option := _OPTION.search(window, max(0, start - _LONGEST_OPTION), start):
            found.add(option.start())
        name = words.search(lowered, start + 1)
    yield from sorted(found)
