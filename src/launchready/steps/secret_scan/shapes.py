"""The shape language of the catalogue: `sk_live_{alnum:24}` read, and written as other things.

Literal text stands for itself; `{alphabet:n}` or `{alphabet:n-m}` is a run of n to m characters of
one of `catalog.kinds.ALPHABETS`. From one shape come its regular expression, the plain anchor that
finds it, its rarest literal, its public prefix and generated examples.
"""

import functools
import random
import re
import string
from dataclasses import dataclass

from launchready.catalog.kinds import ALPHABETS

_RUN = re.compile(r"\{(\w+):(\d+)(?:-(\d+))?\}")
_ANCHOR_RUN = 10
_PRINTABLE = string.ascii_letters + string.digits + string.punctuation


@dataclass(frozen=True, kw_only=True)
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
    """The character class that the shape ends in; empty where it ends in literal text."""
    last = pieces(shape)[-1]
    return last.alphabet if isinstance(last, Run) else ""


def anchor(shape: str) -> str:
    """A short pattern that is found in every match: the longest literal and what is beside it.

    A shape without literal text is anchored by the start of its longest run.
    """
    parts = pieces(shape)
    at = _anchor_place(parts)
    part = parts[at]
    if isinstance(part, Run):
        return f"[{part.alphabet}]{{{min(part.minimum, 2 * _ANCHOR_RUN)}}}"
    before, after = (_beside(parts, at - 1), _beside(parts, at + 1))
    return before + re.escape(part) + after


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


def sample(shape: str, chance: random.Random) -> str:
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


def _anchor_place(parts: tuple[Piece, ...]) -> int:
    """The index of the longest literal; of the longest run where there is no literal."""
    literals = {at: len(part) for at, part in enumerate(parts) if isinstance(part, str)}
    runs = {at: part.minimum for at, part in enumerate(parts) if isinstance(part, Run)}
    lengths = literals or runs
    return max(lengths, key=lengths.__getitem__)


def _beside(parts: tuple[Piece, ...], at: int) -> str:
    if not 0 <= at < len(parts):
        return ""
    part = parts[at]
    if isinstance(part, str):
        return re.escape(part)
    return f"[{part.alphabet}]{{{min(part.minimum, _ANCHOR_RUN)}}}" if part.minimum else ""


def _repeat(minimum: int, maximum: int) -> str:
    return f"{{{minimum}}}" if minimum == maximum else f"{{{minimum},{maximum}}}"
