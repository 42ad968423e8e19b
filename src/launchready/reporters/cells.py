"""How wide text is on a terminal, in cells, and how it is cut and folded to a width."""

import functools
import itertools
import re
import textwrap
import unicodedata

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def cells(text: str) -> int:
    """The number of terminal cells that `text` takes (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return len(text) + sum(_cells_of(character) - 1 for character in _BEYOND_ASCII.findall(text))


def keep_left(text: str, width: int) -> str:
    """As much of the beginning as fits into `width` cells, with dots where the rest was."""
    if cells(text) <= width:
        return text
    return _take(text, width - 3) + "..."


def keep_right(text: str, width: int) -> str:
    """As much of the end as fits into `width` cells, with dots where the rest was."""
    if cells(text) <= width:
        return text
    return "..." + _take(text[::-1], width - 3)[::-1]


def pad(text: str, width: int) -> str:
    """`text` filled up with blanks to `width` cells."""
    return text + " " * (width - cells(text))


@functools.lru_cache(maxsize=1024)
def fold(text: str, width: int, indent: int) -> tuple[str, ...]:
    """`text` as lines of at most `width` cells, all but the first indented; words stay whole."""
    if cells(text) <= width:
        return (text,)
    return tuple(
        textwrap.wrap(
            text,
            width=width,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _take(text: str, width: int) -> str:
    used = itertools.accumulate(map(_cells_of, text))
    return text[: sum(1 for _ in itertools.takewhile(lambda cells: cells <= width, used))]


def _cells_of(character: str) -> int:
    if unicodedata.combining(character) or character in "\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
