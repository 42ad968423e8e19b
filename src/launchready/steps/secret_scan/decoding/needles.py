"""What the engines look for where a secret is encoded: the published part of every kind.

A needle is a short stretch that every secret of a kind holds; each place of it is the bytes, in
ascending order, that may stand there: the published letters one each, then what the alphabet
allows.
"""

import functools
import re
from collections.abc import Iterator, Sequence

from launchready.catalog import shapes
from launchready.catalog.kinds import Kind, Pattern, Token

Needle = tuple[bytes, ...]

_MOST_LITERAL = 10
_BESIDE = 6
_SHORT_LITERAL = 6
_FEWEST = 4
_SCHEME_END = "://"
_SCHEME = "a-z0-9"
_USER = r"A-Za-z0-9_.~%+:\-"


@functools.cache
def needles(kinds: tuple[Kind, ...]) -> tuple[Needle, ...]:
    """The needles of all kinds that prove themselves by their look."""
    found: dict[Needle, None] = {}
    for kind in kinds:
        match kind.format:
            case Token(shapes=forms):
                found.update(dict.fromkeys(_of_shape(form) for form in forms))
            case Pattern(path="", is_contextual=False) as pattern:
                found.update(dict.fromkeys(_of_pattern(pattern)))
    return tuple(found)


def literal(needle: Needle) -> bytes:
    """The published letters of a needle."""
    return b"".join(place for place in needle if len(place) == 1)


def regex(needle: Needle) -> bytes:
    """The needle as a regular expression."""
    return b"".join(map(one_of, needle))


def one_of(place: bytes) -> bytes:
    """A regular expression for one of these bytes."""
    return re.escape(place) if len(place) == 1 else b"[" + re.escape(place) + b"]"


def _of_shape(form: str) -> Needle:
    """The longest literal of a shape; a short one with what its neighbours allow."""
    parts = shapes.pieces(form)
    text = shapes.literal(form)
    at = parts.index(text)
    exact = _exact(text[-_MOST_LITERAL:])
    if len(text) >= _SHORT_LITERAL:
        return exact
    after = _places(parts[at + 1 :])[:_BESIDE]
    if len(after) == _BESIDE:
        return (*exact, *after)
    return (*_places(parts[:at])[-_BESIDE:], *exact)


def _places(parts: Sequence[shapes.Piece]) -> Needle:
    """What stands at each place of some pieces, as far as their lengths are known."""
    found: list[bytes] = []
    for part in parts:
        if isinstance(part, str):
            found.extend(_exact(part))
            continue
        found.extend([_alphabet(part.alphabet)] * part.minimum)
        if part.minimum != part.maximum:
            break
    return tuple(found)


def _of_pattern(pattern: Pattern) -> Iterator[Needle]:
    """The literals of a pattern in the case that they are written in; URLs by what parts them."""
    if any(_SCHEME_END in text for text in (*pattern.literals, *pattern.samples)):
        yield (*[_alphabet(_SCHEME)] * 2, *_exact(_SCHEME_END), *[_alphabet(_USER)] * 3)
        return
    for text in pattern.literals:
        yield from (_exact(each[:_MOST_LITERAL]) for each in sorted(_written(text, pattern)))


def _written(text: str, pattern: Pattern) -> set[str]:
    """A literal in small letters as it is written in the wild."""
    if len(text) < _FEWEST:
        return set()
    if not pattern.is_caseless:
        return {text}
    caseless = re.compile(re.escape(text), re.IGNORECASE)
    return {text} | {found[0] for sample in pattern.samples for found in caseless.finditer(sample)}


def _exact(text: str) -> Needle:
    return tuple(character.encode("ascii") for character in text)


@functools.cache
def _alphabet(alphabet: str) -> bytes:
    allowed = re.compile(f"[{alphabet}]")
    return bytes(code for code in range(128) if allowed.match(chr(code)))
