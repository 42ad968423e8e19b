"""What one scan of a history leaves for the next: which tips it saw, and where to look again.

Nothing in it is made from a secret or from the content of a file: it holds ids of commits and tags,
and, to tell the files of a commit apart, salted hashes of paths. What those places hold is read
from the repository again.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, fields
from typing import Any

from launchready import __version__
from launchready.catalog.kinds import Kind
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.secret_scan.settings import SecretScanSettings

_FORM = 1
_PLACE_BYTES = 8
_ID = Regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HEX = Regex(r"[0-9a-f]{16,64}")

# What chooses the texts and says nothing about how one is judged.
_CHOICES = frozenset(
    {
        "verify",
        "adopt",
        "paths",
        "staged",
        "history",
        "work_tree",
        "artifact",
        "range",
        "pre_push",
        "remote",
        "pre_receive",
        "deepen",
        "cache",
        "no_cache",
    }
)


@frozen
class Memory:
    """`key` is of the rules and settings that judged. All that `tips` reach was scanned, and of it
    only these places are to be looked at again: files that `places` names by their commits and by
    hashes of their paths, and `messages` of commits and tags. `tags` are the tags that were read.
    """

    key: str
    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    tips: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def commits(self) -> frozenset[str]:
        """Every commit, and tag, that something is remembered of."""
        return frozenset(self.places) | self.messages

    def place(self, path: str) -> str:
        """What stands for a path."""
        text = path.encode("utf-8", "surrogateescape")
        salt = bytes.fromhex(self.salt)
        return hashlib.blake2b(text, key=salt, digest_size=_PLACE_BYTES).hexdigest()


def key_of(settings: SecretScanSettings, kinds: Sequence[Kind], code: str) -> str:
    """A hash of all that decides what is found in a text. `code` is one of the program itself."""
    judging = {
        each.name: repr(getattr(settings, each.name))
        for each in fields(settings)
        if each.name not in _CHOICES
    }
    parts = (__version__, code, repr(kinds), repr(sorted(judging.items())))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def render_memory(memory: Memory) -> bytes:
    """The text of the file."""
    document = {
        "form": _FORM,
        "key": memory.key,
        "salt": memory.salt,
        "tips": sorted(memory.tips),
        "tags": sorted(memory.tags),
        "messages": sorted(memory.messages),
        "places": {name: sorted(memory.places[name]) for name in sorted(memory.places)},
    }
    return json.dumps(document, separators=(",", ":")).encode("ascii")


def parse_memory(content: bytes) -> Memory | None:
    """What the file says, None if it is broken or of another form."""
    try:
        document: Any = json.loads(content)
        if document["form"] != _FORM:
            return None
        return Memory(
            key=_all_match(_HEX, [document["key"]])[0],
            salt=_all_match(_HEX, [document["salt"]])[0],
            tips=frozenset(_all_match(_ID, document["tips"])),
            tags=frozenset(_all_match(_ID, document["tags"])),
            messages=frozenset(_all_match(_ID, document["messages"])),
            places={
                commit: frozenset(_all_match(_HEX, document["places"][commit]))
                for commit in _all_match(_ID, document["places"])
            },
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _all_match(pattern: Regex[str], texts: Iterable[Any]) -> list[str]:
    found = [text for text in texts if isinstance(text, str) and pattern.fullmatch(text)]
    if len(found) != sum(1 for _ in texts):
        raise ValueError("not what a memory holds")
    return found
