"""The places of one secret: which come first, which are there now, and what accepts them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from launchready.facts.git import Introduction
from launchready.model import INSIDE, CommitLocation, FileLocation, Marker
from launchready.steps.secret_scan.adoption.accept import Spot
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting

_NEAREST_FIRST = (
    Origin.DISK,
    Origin.INDEX,
    Origin.ARTIFACT,
    Origin.RUN,
    Origin.HISTORY,
    Origin.MESSAGE,
)
"""Of one line that was read twice, which reading speaks for it."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a sighting lies; `is_present` if in HEAD, on disk or staged; `since` if known.

    `adopted` says which line of another scanner's file accepts it.
    """

    location: FileLocation | CommitLocation
    sighting: Sighting
    is_present: bool
    since: Introduction | None = None
    adopted: Marker | None = None

    @property
    def path(self) -> str:
        """The file's, empty for a message."""
        return self.location.path if isinstance(self.location, FileLocation) else ""

    @property
    def is_marked(self) -> bool:
        """Whether something accepts it here."""
        return bool(self.sighting.markers or self.adopted)

    @property
    def spot(self) -> Spot:
        """The place as other scanners name it."""
        commit = (self.since.commit if self.since else None) or ""
        line = self.location.line or 0
        return Spot(path=self.path, line=line, commit=commit, answer=self.sighting.answer)

    @property
    def order(self) -> tuple[object, ...]:
        """Where to look first: what is there now, without a marker; else the oldest."""
        is_marked = self.is_present and self.is_marked
        age = self.since.age if self.since and not self.is_present else (0, 0, 0)
        origin = _NEAREST_FIRST.index(self.sighting.source.origin)
        place = (self.path, self.location.line or 0, self.sighting.column)
        return (
            not self.is_present,
            is_marked,
            _is_built(self),
            age,
            place,
            origin,
            self.location.commit or "",
        )


def present_paths(places: Sequence[Place]) -> tuple[str, ...]:
    """The files that hold it now: those of HEAD or the others, whichever are more. A file that was
    renamed and not committed yet has two names, and is one.
    """
    head: set[str] = set()
    here: set[str] = set()
    for place in places:
        if place.is_present and isinstance(place.location, FileLocation):
            is_head = place.sighting.source.origin is Origin.HISTORY
            (head if is_head else here).add(place.location.in_file.path)
    return tuple(sorted(here if len(here) >= len(head) else head))


def _is_built(place: Place) -> bool:
    """Whether it is in what was made of the repository, not in what people edit."""
    return place.sighting.source.origin in (Origin.ARTIFACT, Origin.RUN)


def path_in(origin: Origin, places: Iterable[Place]) -> str:
    """The path of the first of these places that comes from there, empty if none does."""
    return next((place.path for place in places if place.sighting.source.origin is origin), "")


def innermost(places: Sequence[Place]) -> Iterator[Place]:
    """The places without those whose text holds the text of another one: they are the same."""
    holders: set[tuple[str, str | None]] = set()
    for place in places:
        outer, _, _ = place.path.rpartition(INSIDE)
        while outer:
            holders.add((outer, place.location.commit))
            outer, _, _ = outer.rpartition(INSIDE)
    yield from (p for p in places if (p.path, p.location.commit) not in holders)


def markers_of(places: Sequence[Place]) -> Iterator[Marker]:
    """The suppressions that speak for the secret.

    While it is present, every present place must have one: the unmarked places come first. Once
    it is gone, an inline one in any of its places was written for this very value; what another
    scanner's file accepts counts when all places are accepted.
    """
    if places[0].is_present and not places[0].is_marked:
        return
    counted = [place for place in places if place.is_present] or places
    are_all_marked = all(place.is_marked for place in counted)
    for place in counted:
        yield from (replace(marker, path=place.path) for marker in place.sighting.markers)
        if are_all_marked and place.adopted:
            yield place.adopted
