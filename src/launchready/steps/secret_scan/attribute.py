"""Gathers the sightings of one secret and says where it is, and since when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from launchready.catalog.kinds import Kind
from launchready.facts.git import HistoryFacts, Introduction
from launchready.facts.secret import CommitFacts, SecretFacts
from launchready.gateways.git import Git
from launchready.model import INSIDE, CommitLocation, FileLocation, Marker
from launchready.steps.secret_scan.adoption.accept import Acceptor, Spot
from launchready.steps.secret_scan.adoption.accepted import NOTHING, Adopted
from launchready.steps.secret_scan.descent import in_descent
from launchready.steps.secret_scan.looks import look_of, outer_path
from launchready.steps.secret_scan.scanning.scan import rank_of
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting
from launchready.steps.secret_scan.standing import with_standing

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
class _Place:
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


@dataclass(frozen=True, kw_only=True)
class _Secret:
    """One value: its places, where to look first first, and what only all of them together say."""

    places: tuple[_Place, ...]
    present: tuple[str, ...]
    since: Introduction | None
    is_in_head: bool
    delivered_in: str
    left_in: str
    markers: tuple[Marker, ...]


@dataclass(frozen=True, kw_only=True)
class _Past:
    """What is known of the blobs and messages that hold secrets."""

    introductions: Mapping[bytes, tuple[Introduction, ...]]
    head_paths: Mapping[bytes, tuple[str, ...]]
    messages: Mapping[str, CommitFacts]
    dates: Mapping[str, tuple[int, int]]


def attribute(
    sightings: Iterable[Sighting],
    kinds: Sequence[Kind],
    history: HistoryFacts | None,
    git: Git,
    adopted: Adopted = NOTHING,
) -> Iterator[SecretFacts]:
    """One fact per secret value, in a stable order; of two kinds for it the more specific one."""
    acceptor = Acceptor(adopted=adopted)
    groups: dict[str, list[Sighting]] = {}
    for each in sightings:
        groups.setdefault(each.digest, []).append(each)
    past = _read_past(chain.from_iterable(groups.values()), history, git)
    secrets = [_gathered(group, past, kinds, acceptor) for group in groups.values()]
    commits = git.commits(each.since.commit for each in secrets if each.since and each.since.commit)
    facts = [_fact(each, kinds, commits) for each in secrets]
    if history is not None:
        seen = chain.from_iterable(groups.values())
        facts = with_standing(facts, seen, past.introductions, history, git)
    yield from sorted(facts, key=lambda fact: (fact.kind, repr(fact.location), fact.digest))


def _read_past(sightings: Iterable[Sighting], history: HistoryFacts | None, git: Git) -> _Past:
    names: dict[Origin, set[str]] = {origin: set() for origin in Origin}
    for each in sightings:
        names[each.source.origin].add(each.source.name)
    blobs = {name.encode("ascii") for name in names[Origin.HISTORY]}
    return _Past(
        introductions=in_descent(history.introductions(blobs), git) if history else {},
        head_paths=git.head_paths(blobs),
        messages=git.commits(sorted(names[Origin.MESSAGE])),
        dates=history.dates(names[Origin.MESSAGE]) if history else {},
    )


def _gathered(
    group: Sequence[Sighting], past: _Past, kinds: Sequence[Kind], acceptor: Acceptor
) -> _Secret:
    """All places of one secret in the order to look at them: of the past, one per file."""
    found: Iterable[_Place] = _innermost(
        [place for sighting in group for place in _places_of(sighting, past)]
    )
    if acceptor.adopted:
        found = _heeded(found, kinds[_kind_of(group, kinds)], acceptor)
    every = sorted(found, key=lambda place: place.order)
    present = {place.path for place in every if place.is_present}
    places: dict[object, _Place] = {}
    for place in every:
        if place.is_present or not place.path:
            places.setdefault(place.location, place)
        elif place.path not in present:
            places.setdefault(place.path, place)
    known = [place.since for place in every if place.since and place.since.commit]
    return _Secret(
        places=tuple(places.values()),
        present=_present(every),
        since=min(known, key=lambda since: since.age, default=None),
        is_in_head=any(
            place.is_present and place.sighting.source.origin is Origin.HISTORY for place in every
        ),
        delivered_in=_path_in(Origin.ARTIFACT, every),
        left_in=_path_in(Origin.RUN, every),
        markers=tuple(dict.fromkeys(_markers(every))),
    )


def _present(places: Sequence[_Place]) -> tuple[str, ...]:
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


def _is_built(place: _Place) -> bool:
    """Whether it is in what was made of the repository, not in what people edit."""
    return place.sighting.source.origin in (Origin.ARTIFACT, Origin.RUN)


def _path_in(origin: Origin, places: Iterable[_Place]) -> str:
    """The path of the first of these places that comes from there, empty if none does."""
    return next((place.path for place in places if place.sighting.source.origin is origin), "")


def _innermost(places: Sequence[_Place]) -> Iterator[_Place]:
    """The places without those whose text holds the text of another one: they are the same."""
    holders: set[tuple[str, str | None]] = set()
    for place in places:
        outer, _, _ = place.path.rpartition(INSIDE)
        while outer:
            holders.add((outer, place.location.commit))
            outer, _, _ = outer.rpartition(INSIDE)
    yield from (p for p in places if (p.path, p.location.commit) not in holders)


def _heeded(places: Iterable[_Place], kind: Kind, acceptor: Acceptor) -> list[_Place]:
    """The same places, each with what accepts the secret in its file."""
    oldest_first = sorted(
        places, key=lambda each: (each.since is None, each.since.age if each.since else ())
    )
    found = acceptor.accepted(kind, [place.spot for place in oldest_first])
    return [replace(place, adopted=found.get(place.path)) for place in oldest_first]


def _places_of(sighting: Sighting, past: _Past) -> Iterator[_Place]:
    name = sighting.source.name
    match sighting.source.origin:
        case Origin.DISK | Origin.INDEX | Origin.ARTIFACT | Origin.RUN:
            location = _in_file(sighting, sighting.source.path or name)
            yield _Place(location=location, sighting=sighting, is_present=True)
        case Origin.MESSAGE:
            facts = past.messages.get(name)
            authored = int(facts.date.timestamp()) if facts else 0
            seconds, committed = past.dates.get(name, (authored, authored))
            yield _Place(
                location=CommitLocation(commit=name, line=sighting.line),
                sighting=sighting,
                is_present=False,
                since=Introduction(commit=name, path="", seconds=seconds, committed=committed),
            )
        case Origin.HISTORY:
            yield from _places_of_blob(sighting, name.encode("ascii"), past)


def _places_of_blob(sighting: Sighting, blob: bytes, past: _Past) -> Iterator[_Place]:
    """Where HEAD has the blob, and every path at which some commit brought it; of those paths
    only the ones that are judged as the sighting's was.
    """
    look = look_of(outer_path(sighting.source))
    brought = [each for each in past.introductions.get(blob, ()) if look_of(each.path) == look]
    for path in past.head_paths.get(blob, ()):
        if look_of(path) == look:
            yield _Place(
                location=_in_file(sighting, sighting.source.within(path)),
                sighting=sighting,
                is_present=True,
                since=next((each for each in brought if each.path == path), None),
            )
    for since in brought:
        commit = since.commit or sighting.source.name
        yield _Place(
            location=replace(_in_file(sighting, sighting.source.within(since.path)), commit=commit),
            sighting=sighting,
            is_present=False,
            since=since,
        )


def _in_file(sighting: Sighting, path: str) -> FileLocation:
    return FileLocation(
        path=path,
        line=sighting.line,
        column=sighting.column if sighting.source.has_columns else None,
        end_line=sighting.end_line,
        end_column=sighting.end_column if sighting.source.has_columns else None,
    )


def _fact(
    secret: _Secret, kinds: Sequence[Kind], commits: Mapping[str, CommitFacts]
) -> SecretFacts:
    first = secret.places[0]
    sightings = [place.sighting for place in secret.places]
    kind = _kind_of(sightings, kinds)
    return SecretFacts(
        kind=kinds[kind].id,
        digest=first.sighting.digest,
        redacted=next(each.redacted for each in sightings if each.kind == kind),
        confidence=max(each.confidence for each in sightings),
        location=first.location,
        code=(first.sighting.code,),
        introduced=commits.get(secret.since.commit or "") if secret.since else None,
        is_in_head=secret.is_in_head,
        delivered_in=secret.delivered_in,
        left_in=secret.left_in,
        is_staged=first.sighting.source.origin is Origin.INDEX,
        hidden=first.sighting.hidden,
        others=tuple(place.location for place in secret.places[1:]),
        present=secret.present,
        markers=secret.markers,
    )


def _kind_of(sightings: Iterable[Sighting], kinds: Sequence[Kind]) -> int:
    """The number of the most specific kind."""
    return min((each.kind for each in sightings), key=lambda one: (rank_of(kinds[one]), one))


def _markers(places: Sequence[_Place]) -> Iterator[Marker]:
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
