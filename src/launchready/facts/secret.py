"""What secret-scan sees: one credential, already redacted, and every place that holds it."""

import datetime
from dataclasses import dataclass

from launchready.model import CodeLine, Confidence, Location, Marker


@dataclass(frozen=True, kw_only=True)
class CommitFacts:
    """Who committed what when. `date` is the author date."""

    id: str
    author: str
    date: datetime.datetime


@dataclass(frozen=True, kw_only=True)
class SecretFacts:
    """One secret value of one kind.

    `digest` is the SHA-256 of the value, in hex: it tells equal values apart and never leaves the
    process. `location` is where to look first: the present tree if the secret is still there, else
    the commit that brought it. `others` are further places, at most ten; `places` counts them all.
    """

    kind: str
    digest: str
    redacted: str
    confidence: Confidence
    location: Location
    code: tuple[CodeLine, ...]
    introduced: CommitFacts | None
    is_in_head: bool
    is_staged: bool = False
    others: tuple[Location, ...] = ()
    places: int = 1
    markers: tuple[Marker, ...] = ()
