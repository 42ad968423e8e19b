"""Whether a text looks drawn by chance, as keys are, or written, as names and sentences are."""

import itertools
import string

from launchready.catalog.letters import FAMILIARITY
from launchready.regex import Regex

_PAIRS = {
    first + second: int(FAMILIARITY[row][column])
    for row, first in enumerate(string.ascii_lowercase)
    for column, second in enumerate(string.ascii_lowercase)
}
# Of 3 000 texts of 20 random letters and digits 99 % score below 5.0; of pairs of words 98 % above.
_WRITTEN = 4.9
_FEWEST_PAIRS = 4
# Of texts of 8 random letters 86 % are at or under it; of the words in ten applications 0.3 %.
_UNSPEAKABLE = -4
_FEWEST_ODD_PAIRS = 3
_HEX = Regex(r"(?:[0-9a-f]+|[0-9A-F]+)\Z")
_HEX_RUN = Regex(r"[0-9a-f]{8,}|[0-9A-F]{8,}")


def familiarity(text: str, fewest_pairs: int = _FEWEST_PAIRS) -> float | None:
    """The mean of `FAMILIARITY` over neighbouring letters; None where there are too few to tell.

    Runs of hexadecimal digits are left out: pairs of their six letters are common in words.
    """
    lower = _HEX_RUN.sub("-", text).lower()
    scores = [_PAIRS[pair] for pair in map("".join, itertools.pairwise(lower)) if pair in _PAIRS]
    return sum(scores) / len(scores) if len(scores) >= fewest_pairs else None


def is_hex(text: str) -> bool:
    """Whether the text is hexadecimal, dashes aside: its letters say nothing of words."""
    return bool(_HEX.match(text.replace("-", "")))


def switches(text: str) -> int:
    """How often the text changes between letters, capitals, digits and other signs."""
    classes = [_sort(character) for character in text]
    return sum(before != after for before, after in itertools.pairwise(classes))


def is_unspeakable(text: str) -> bool:
    """Whether its letters follow each other as they do in no word, though it may be short.

    The sum of `FAMILIARITY` over pairs, 5 for chance taken off each, is the logarithm to base 2 of
    how much likelier a word is to hold them than chance is to draw them.
    """
    lower = _HEX_RUN.sub("-", text).lower()
    odds = [_PAIRS[pair] - 5 for pair in map("".join, itertools.pairwise(lower)) if pair in _PAIRS]
    return len(odds) >= _FEWEST_ODD_PAIRS and sum(odds) <= _UNSPEAKABLE and len(set(lower)) >= 4


def is_random(text: str) -> bool:
    """Whether the text has the look of chance: many kinds of signs mixed, and no words in it."""
    if is_unspeakable(text):
        return True
    if len(text) < 8 or len(set(text.lower())) < min(8, len(text) * 2 // 3):
        return False
    if is_hex(text):
        return len(text) >= 16 and any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    score = familiarity(text)
    turns = switches(text)
    if score is not None and score >= _WRITTEN and turns * 3 < len(text) * 2:
        return False
    return turns * 4 >= len(text) or (score is not None and score < 4.2)


def _sort(character: str) -> str:
    if character.islower():
        return "a"
    if character.isupper():
        return "A"
    return "0" if character.isdigit() else "-"
