"""Names that are almost the same: slips of a finger, and a client prefix put or left out."""

import re
from collections.abc import Iterable

from launchready.regex import Regex

_PREFIX = Regex(
    r"^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|NUXT|PUBLIC|EXPO_PUBLIC|GATSBY|STORYBOOK)_"
)
_SHORTEST = 6
"""Shorter names are near to too many others."""
_LONGEST = 200
_MOST_ALIKE = 64
"""Of more names that differ in one word, a person numbered them or a program wrote them."""
_MOST_WORDS = 16


class Names:
    """Names to be asked which of them was probably meant, in a time that does not grow with them.

    Near names have the same words but one, so they are kept by what is left without each word.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._alike: dict[str, list[tuple[int, str]]] = {}
        for number, name in enumerate(names):
            for key in _keys(name):
                alike = self._alike.setdefault(key, [])
                if len(alike) < _MOST_ALIKE:
                    alike.append((number, name))

    def nearest(self, name: str) -> str:
        """The first name that was probably meant, or nothing."""
        if len(name) < _SHORTEST:
            return ""
        found = sorted({each for key in _keys(name) for each in self._alike.get(key, ())})
        return next((other for _, other in found if is_near(name, other)), "")


def nearest(name: str, others: Iterable[str]) -> str:
    """The first of `others` that was probably meant, or nothing."""
    return Names(others).nearest(name)


def _keys(name: str) -> set[str]:
    """The name without its client prefix, and without each of its words."""
    if len(name) > _LONGEST:
        return set()
    words = name.split("_", _MOST_WORDS)
    return {
        f"={_PREFIX.sub('', name)}",
        *("_".join((*words[:i], "*", *words[i + 1 :])) for i in range(len(words))),
    }


def is_near(one: str, other: str) -> bool:
    """Whether two names differ by one or two slips, or by a client prefix alone.

    A digit, or a last letter more, makes another variable: KEY_1 and KEY_2, KEY and KEYS.
    """
    if one == other:
        return False
    if _PREFIX.sub("", one) == _PREFIX.sub("", other):
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST:
        return False
    if re.sub(r"\d+", "", one) == re.sub(r"\d+", "", other) or one.rstrip("S") == other.rstrip("S"):
        return False
    return one.count("_") == other.count("_") and _is_slip(one, other)


def _is_slip(one: str, other: str) -> bool:
    """One letter more, less or other in a word of five or more, or two neighbours swapped."""
    words = [(a, b) for a, b in zip(one.split("_"), other.split("_"), strict=True) if a != b]
    if len(words) != 1:
        return False
    a, b = words[0]
    if min(len(a), len(b)) < 5:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return True
    rest, other_rest = a[start:], b[start:]
    is_swapped = len(a) == len(b) and rest[:2] == other_rest[:2][::-1]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (is_swapped and rest[2:] == other_rest[2:])
    )
