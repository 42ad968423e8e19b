"""The shape language of the catalogue: `sk_live_{alnum:24}` read, and written as other things.

Literal text stands for itself; `{alphabet:n}` or `{alphabet:n-m}` is a run of n to m characters of
one of `catalog.kinds.ALPHABETS`; `{uuid}` is the five runs of a UUID. From one shape come its
regular expression, the plain anchor that finds it, its longest literal, its public prefix and
generated examples.
"""

import functools
import re
from typing import TYPE_CHECKING

from launchready.catalog.kinds import ALPHABETS
from launchready.frozen import frozen

if TYPE_CHECKING:
    import random

_RUN = re.compile(r"\{(\w+):(\d+)(?:-(\d+))?\}")
_UUID = "{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}"
_ANCHOR_RUN = 10
_LONG_RUN = 24
_RARE_LITERAL = 4
_PRINTABLE = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
)


@frozen
class Run:
    """`minimum` to `maximum` characters of the character class `[alphabet]`."""

    alphabet: str
    minimum: int
    maximum: int

    def regex(self) -> str:
        """The run as a regular expression."""
        return f"[{self.alphabet}]{_repeat(self.minimum, self.maximum)}"


Piece = str | Run


@functools.cache
def pieces(shape: str) -> tuple[Piece, ...]:
    """Read a shape. An unknown alphabet is a KeyError: shapes are ours, not a user's."""
    shape = shape.replace("{uuid}", _UUID)
    found: list[Piece] = []
    at = 0
    for match in _RUN.finditer(shape):
        if match.start() > at:
            found.append(shape[at : match.start()])
        name, least, most = match.groups()
        found.append(Run(alphabet=ALPHABETS[name], minimum=int(least), maximum=int(most or least)))
        at = match.end()
    if at < len(shape):
        found.append(shape[at:])
    return tuple(found)


def regex(shape: str) -> str:
    """The whole shape as a regular expression, without boundaries."""
    return "".join(
        piece.regex() if isinstance(piece, Run) else re.escape(piece) for piece in pieces(shape)
    )


def last_alphabet(shape: str) -> str:
    """The characters that could go on with a match's last run; empty where it ends in a literal."""
    characters = ""
    for part in reversed(pieces(shape)):
        if isinstance(part, str):
            break
        characters += part.alphabet
        if part.minimum:
            break
    return characters


def anchor(shape: str) -> str:
    """A short pattern that is found in every match: the longest literal and what is beside it.

    Where no literal is long enough to be rare, it is nearly all of the shape.
    """
    parts = pieces(shape)
    literals = {at: part for at, part in enumerate(parts) if isinstance(part, str)}
    at = max(literals, key=lambda place: len(literals[place]))
    if len(literals[at]) < _RARE_LITERAL:
        return _nearly_all(parts)
    return _beside(parts, at - 1) + re.escape(literals[at]) + _beside(parts, at + 1)


def opening(shape: str) -> str:
    """A short pattern for the beginning of every match."""
    written = ""
    room = _ANCHOR_RUN
    for part in pieces(shape):
        if isinstance(part, str):
            written += re.escape(part)
            room -= len(part)
        else:
            count = min(part.minimum, max(room, 1))
            written += f"[{part.alphabet}]{{{count}}}"
            room -= count
            if count < part.maximum:
                break
        if room <= 0:
            break
    return written


def literal(shape: str) -> str:
    """The longest literal text of the shape: every match holds it. Empty if there is none."""
    return max((part for part in pieces(shape) if isinstance(part, str)), key=len, default="")


def prefix(shape: str) -> str:
    """What the provider publishes of every such token: the literal text that it begins with."""
    first = pieces(shape)[0]
    return first if isinstance(first, str) else ""


def shortest(shape: str) -> int:
    """The least length of a match, in characters."""
    return sum(len(part) if isinstance(part, str) else part.minimum for part in pieces(shape))


def longest(shape: str) -> int:
    """The greatest length of a match, in characters."""
    return sum(len(part) if isinstance(part, str) else part.maximum for part in pieces(shape))


def sample(shape: str, chance: "random.Random") -> str:
    """A random text of this shape."""
    written = []
    for part in pieces(shape):
        if isinstance(part, str):
            written.append(part)
            continue
        length = chance.randint(part.minimum, min(part.maximum, part.minimum + 8))
        written.append("".join(chance.choices(_characters(part.alphabet), k=length)))
    return "".join(written)


@functools.cache
def _characters(alphabet: str) -> str:
    allowed = re.compile(f"[{alphabet}]")
    return "".join(character for character in _PRINTABLE if allowed.match(character))


def _beside(parts: tuple[Piece, ...], at: int) -> str:
    """The nearest characters of the part at `at`; nothing beyond either end."""
    if not 0 <= at < len(parts):
        return ""
    return _end_of(parts[at], _ANCHOR_RUN)


def _nearly_all(parts: tuple[Piece, ...]) -> str:
    """All parts, the runs at both ends cut short: longer runs hold shorter ones."""
    first, *middle, last = parts
    between = (part.regex() if isinstance(part, Run) else re.escape(part) for part in middle)
    return "".join((_end_of(first, _LONG_RUN), *between, _end_of(last, _LONG_RUN)))


def _end_of(part: Piece, most: int) -> str:
    if isinstance(part, str):
        return re.escape(part)
    return f"[{part.alphabet}]{{{min(part.minimum, most)}}}" if part.minimum else ""


def _repeat(minimum: int, maximum: int) -> str:
    return f"{{{minimum}}}" if minimum == maximum else f"{{{minimum},{maximum}}}"
