"""What a scan yields: one confirmed secret in one text, with all that the text is needed for."""

import enum
from dataclasses import dataclass

from launchready.model import CodeLine, Confidence, Marker, Unchecked


class Origin(enum.Enum):
    """Where a text comes from."""

    HISTORY = "history"
    """A blob that some commit holds; its name is the blob's id."""
    MESSAGE = "message"
    """The message of a commit or annotated tag; its name is that object's id."""
    DISK = "disk"
    """A file as it is on disk; its name is the path."""
    INDEX = "index"
    """A file as it is staged; its name is the blob's id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One text. `path` is where it lies, or one of the paths where it ever lay, if any is known."""

    origin: Origin
    name: str
    path: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """One secret in one text; `kind` is the number of its kind in the catalogue.

    Lines and columns count from 1, columns in characters. `code` is the line of its first
    character, redacted; `markers` the inline suppressions that speak for that line, without path.
    """

    kind: int
    digest: str
    redacted: str
    confidence: Confidence
    source: Source
    line: int
    column: int
    end_line: int
    end_column: int
    code: CodeLine
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Advance:
    """So many more texts are done."""

    texts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What a person should know though it is no finding and nothing was missed."""

    text: str


Seen = Sighting | Unchecked | Advance | Note
