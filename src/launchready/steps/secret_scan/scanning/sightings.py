"""What a scan yields: one confirmed secret in one text, with all that the text is needed for."""

import enum
from dataclasses import dataclass, replace

from launchready.facts.secret import Hidden
from launchready.facts.text import Inner, Reading
from launchready.frozen import frozen
from launchready.model import INSIDE, CodeLine, Confidence, Marker, Unchecked
from launchready.steps.secret_scan.adoption.answer import NO_ANSWER, Answer


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
    ARTIFACT = "artifact"
    """A file that is delivered; its name is the path."""
    RUN = "run"
    """What a run of GitHub Actions left, artifacts and logs; its name is the run's number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One text. `path` is where it lies, or one of the paths where it ever lay, if any is known.

    Of a text inside another, `inner` is the path there, and `path` ends with `!/` and it. `reading`
    and `has_columns` as in `Inner`.
    """

    origin: Origin
    name: str
    path: str | None
    inner: str = ""
    reading: Reading = Reading.WHOLE
    has_columns: bool = True

    @property
    def outer_path(self) -> str:
        """The path of the text, or of the file that holds it."""
        path = self.path or ""
        return path.removesuffix(f"{INSIDE}{self.inner}") if self.inner else path

    def within(self, path: str) -> str:
        """The path of this text where the outer one lies at `path`."""
        return f"{path}{INSIDE}{self.inner}" if self.inner else path

    def holding(self, inner: Inner) -> "Source":
        """A text inside this one, or this one read in another way."""
        return replace(
            self,
            path=inner.path,
            inner=inner.path[len(self.path or "") + len(INSIDE) :],
            reading=inner.reading,
            has_columns=inner.has_columns,
        )


@frozen
class Sighting:
    """One secret in one text; `kind` is the number of its kind in the catalogue.

    Lines and columns count from 1, columns in characters. `code` is the line of its first
    character, redacted; `markers` the inline suppressions that speak for that line, without path.
    `hidden` says how it is encoded, from the outermost on; empty if it is not.
    `answer` is what adopted files accept of its text; `value` is kept only for `--verify`.
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
    hidden: str = ""
    markers: tuple[Marker, ...] = ()
    answer: Answer = NO_ANSWER
    value: Hidden | None = None


@frozen
class Advance:
    """So many more texts are done."""

    texts: int


@frozen
class Note:
    """What a person should know though it is no finding and nothing was missed."""

    text: str


Seen = Sighting | Unchecked | Advance | Note
