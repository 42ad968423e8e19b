"""Hosts and names of databases, buckets and queues as a message may show them."""

import re

from launchready.catalog.rarity import is_random, is_unspeakable

_PIECE = re.compile(r"[A-Za-z0-9+=~%]+")
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
