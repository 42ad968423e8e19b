"""Gathers the sightings of one secret and says where it is, and since when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from launchready.catalog.kinds import Kind
from launchready.facts.git import HistoryFacts, Introduction
from launchready.facts.secret import CommitFacts, SecretFacts
from launchready.gateways.git import Git
from launchready.model import CommitLocation, FileLocation, Marker
from launchready.steps.secret_scan.adoption.accept import Acceptor
from launchready.steps.secret_scan.adoption.accepted import NOTHING, Adopted
from launchready.steps.secret_scan.descent import in_descent
from launchready.steps.secret_scan.looks import look_of
from launchready.steps.secret_scan.places import (
    Place,
    innermost,
    markers_of,
    path_in,
    present_paths,
)
from launchready.steps.secret_scan.scanning.scan import rank_of
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting
from launchready.steps.secret_scan.standing import with_standing


@dataclass(frozen=True, kw_only=True)
class _Secret:
    """One value: its places, where to look first first, and what only all of them together say."""

    places: tuple[Place, ...]
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
    found: Iterable[Place] = innermost(
        [place for sighting in group for place in _places_of(sighting, past)]
    )
    if acceptor.adopted:
        found = _heeded(found, kinds[_kind_of(group, kinds)], acceptor)
    every = sorted(found, key=lambda place: place.order)
    present = {place.path for place in every if place.is_present}
    places: dict[object, Place] = {}
    for place in every:
        if place.is_present or not place.path:
            places.setdefault(place.location, place)
        elif place.path not in present:
            places.setdefault(place.path, place)
    known = [place.since for place in every if place.since and place.since.commit]
    return _Secret(
        places=tuple(places.values()),
        present=present_paths(every),
        since=min(known, key=lambda since: since.age, default=None),
        is_in_head=any(
            place.is_present and place.sighting.source.origin is Origin.HISTORY for place in every
        ),
        delivered_in=path_in(Origin.ARTIFACT, every),
        left_in=path_in(Origin.RUN, every),
        markers=tuple(dict.fromkeys(markers_of(every))),
    )


def _heeded(places: Iterable[Place], kind: Kind, acceptor: Acceptor) -> list[Place]:
    """The same places, each with what accepts the secret in its file."""
    oldest_first = sorted(
        places, key=lambda each: (each.since is None, each.since.age if each.since else ())
    )
    found = acceptor.accepted(kind, [place.spot for place in oldest_first])
    return [replace(place, adopted=found.get(place.path)) for place in oldest_first]


def _places_of(sighting: Sighting, past: _Past) -> Iterator[Place]:
    name = sighting.source.name
    match sighting.source.origin:
        case Origin.DISK | Origin.INDEX | Origin.ARTIFACT | Origin.RUN:
            location = _in_file(sighting, sighting.source.path or name)
            yield Place(location=location, sighting=sighting, is_present=True)
        case Origin.MESSAGE:
            facts = past.messages.get(name)
            authored = int(facts.date.timestamp()) if facts else 0
            seconds, committed = past.dates.get(name, (authored, authored))
            yield Place(
                location=CommitLocation(commit=name, line=sighting.line),
                sighting=sighting,
                is_present=False,
                since=Introduction(commit=name, path="", seconds=seconds, committed=committed),
            )
        case Origin.HISTORY:
            yield from _places_of_blob(sighting, name.encode("ascii"), past)


def _places_of_blob(sighting: Sighting, blob: bytes, past: _Past) -> Iterator[Place]:
    """Where HEAD has the blob, and every path at which some commit brought it; of those paths
    only the ones that are judged as the sighting's was.
    """
    look = look_of(sighting.source.outer_path)
    brought = [each for each in past.introductions.get(blob, ()) if look_of(each.path) == look]
    for path in past.head_paths.get(blob, ()):
        if look_of(path) == look:
            yield Place(
                location=_in_file(sighting, sighting.source.within(path)),
                sighting=sighting,
                is_present=True,
                since=next((each for each in brought if each.path == path), None),
            )
    for since in brought:
        commit = since.commit or sighting.source.name
        yield Place(
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
