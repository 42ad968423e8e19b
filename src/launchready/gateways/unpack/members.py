"""What an archive's reader yields: its members in order, and what of it cannot be read."""

import re
from dataclasses import dataclass

from launchready.gateways.unpack.stream import Stream

_MOST_CHARACTERS = 1024
_DRIVE = re.compile(r"\A[A-Za-z]:")


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file in an archive. Its stream is to be read before the next member is asked for."""

    name: str
    stream: Stream


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What could not be read, or not to its end, at this path; the rest as in `DamageError`."""

    name: str
    reason: str
    hint: str
    is_opaque: bool = True


Entry = Member | Fault


def text_of(name: bytes) -> str:
    """A member's name as text, whatever its bytes mean; never longer than a report bears."""
    return name.decode("utf-8", "replace")[:_MOST_CHARACTERS]


def inside(name: str) -> str:
    """A member's name as a path below its archive, wherever it wants to be.

    Nothing is ever written there; this is for whoever makes a file name of a report's path.
    """
    parts = _DRIVE.sub("", name.replace("\\", "/")).replace("\0", "?").split("/")
    kept = ("__" if part == ".." else part for part in parts if part not in ("", "."))
    return "/".join(kept) or "unnamed"
