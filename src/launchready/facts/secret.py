"""What secret-scan sees: one credential, already redacted, and every place that holds it."""

import datetime

from launchready.frozen import frozen
from launchready.model import CodeLine, Confidence, Location, Marker

MASK = "********"
"""What a report shows in place of a secret."""


class Hidden:
    """A secret on its way to the provider that is asked about it: nothing shows it by accident."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The secret itself, for the one request that carries it."""
        return self._text

    def __repr__(self) -> str:
        return "Hidden()"


@frozen
class CommitFacts:
    """Who committed what when. `date` is the author date."""

    id: str
    author: str
    date: datetime.datetime


@frozen
class SecretFacts:
    """One secret value of one kind.

    `digest` is the SHA-256 of the value, in hex: it tells equal values apart and never leaves the
    process. `location` is where to look first: the present tree if the secret is still there, else
    the commit that brought it. `others` are all further places. `present` are the paths at which
    it is now: in HEAD, or on disk, staged and delivered, whichever are more.
    `commits` counts the commits that brought it to a file or name it in their message. `branches`
    are those at whose tips it stands, at most five of `branch_count`. Without `is_reached` no
    branch or tag leads to it any more.
    `hidden` says how it is encoded at `location`, such as "in base64"; empty if it is not.
    `delivered_in` is the path of a delivered file that holds it, `left_in` that of an artifact or
    log of a CI run; empty if none does. `verified` is what its provider said, if it was asked.
    """

    kind: str
    digest: str
    redacted: str
    confidence: Confidence
    location: Location
    code: tuple[CodeLine, ...]
    introduced: CommitFacts | None
    is_in_head: bool
    delivered_in: str = ""
    left_in: str = ""
    is_staged: bool = False
    hidden: str = ""
    commits: int = 0
    branches: tuple[str, ...] = ()
    branch_count: int = 0
    is_reached: bool = True
    others: tuple[Location, ...] = ()
    present: tuple[str, ...] = ()
    markers: tuple[Marker, ...] = ()
    verified: str = ""

    @property
    def places(self) -> int:
        """How many there are."""
        return 1 + len(self.others)

    @property
    def is_delivered(self) -> bool:
        """Whether it is in what customers get."""
        return bool(self.delivered_in)
