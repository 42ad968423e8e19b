"""Hosts and names of databases, buckets and queues as a message may show them."""

from launchready.catalog.rarity import is_random, is_unspeakable
from launchready.regex import Regex

_PIECE = Regex(r"[A-Za-z0-9+=~%]+")
_SHORTEST = 12
_LONG = 20
"""Shorter pieces guard nothing: regions, versions, short ids. No word is as long as `_LONG`."""


def shown(text: str) -> str:
    """The text with `…` in place of every piece that looks drawn by chance: a key that somebody put
    where a name belongs stays unseen, and so does a random name.
    """
    return _PIECE.sub(lambda found: "…" if _may_be_secret(found[0]) else found[0], text)


def _may_be_secret(piece: str) -> bool:
    if len(piece) < _SHORTEST:
        return False
    is_mixed = any(c.isdigit() for c in piece) and any(c.isalpha() for c in piece)
    return is_mixed or len(piece) >= _LONG or is_random(piece) or is_unspeakable(piece)


_LONG_NAME = 20


def is_no_name(name: str) -> bool:
    """Whether what stands before `=` is rather a key of its own, such as base64 with its padding:
    it must be shown no more than a value.
    """
    return len(name) >= _LONG_NAME and any(map(_is_mixed, _NAME_PIECE.findall(name)))


_NAME_PIECE = Regex(r"[A-Za-z0-9]{8,}")


def _is_mixed(piece: str) -> bool:
    """Capitals, small letters and digits in one word, or a word longer than any."""
    has_all = any(c.isupper() for c in piece) and any(c.islower() for c in piece)
    return (has_all and any(c.isdigit() for c in piece)) or len(piece) >= 32
