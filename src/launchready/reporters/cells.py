"""How wide text is on a terminal, in cells, and how it is cut and folded to a width."""

import functools
import itertools
from collections.abc import Iterator

from launchready.regex import Regex
from launchready.reporters.style import BOLD, Style

INDENT = "  "
_NARROWEST = 40
_BEYOND_ASCII = Regex("[^\x00-\x7f]")


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
    import textwrap

    return tuple(
        textwrap.wrap(
            text,
            width=width,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def labelled(label: str, text: str, style: Style, indent: str = INDENT) -> Iterator[str]:
    """`text`, which is visible, folded beside its label."""
    head = f"{indent}{label}: "
    first, *rest = fold(head + text, width_of(style), len(head)) or (head,)
    yield indent + style.paint(f"{label}:", BOLD) + first[len(head) - 1 :]
    yield from rest


def width_of(style: Style) -> int:
    """The reader's width in cells; a terminal may claim to have none."""
    return max(style.width, _NARROWEST)


def _take(text: str, width: int) -> str:
    used = itertools.accumulate(map(_cells_of, text))
    return text[: sum(1 for _ in itertools.takewhile(lambda cells: cells <= width, used))]


def _cells_of(character: str) -> int:
    import unicodedata

    if unicodedata.combining(character) or character in "\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
