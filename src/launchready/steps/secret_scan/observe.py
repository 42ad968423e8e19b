"""Scans what the plan names, and turns what was seen into facts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from launchready.facts.changes import LineRange
from launchready.facts.git import HistoryFacts
from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.model import INSIDE, Looked, Unchecked
from launchready.steps.secret_scan.adoption.accepted import Adopted
from launchready.steps.secret_scan.adoption.heed import adopt, say_accepted
from launchready.steps.secret_scan.custom.kinds import every_kind
from launchready.steps.secret_scan.engines.choice import choose_engine
from launchready.steps.secret_scan.looked import looked_at
from launchready.steps.secret_scan.plan import plan
from launchready.steps.secret_scan.public import public, public_fact, public_gap
from launchready.steps.secret_scan.scanning.shares import SMALL, Share, deal
from launchready.steps.secret_scan.scanning.sightings import Advance, Note, Origin, Sighting
from launchready.steps.secret_scan.scanning.workers import Bench, scan_hands
from launchready.steps.secret_scan.settings import SecretScanSettings

if TYPE_CHECKING:
    from launchready.steps.secret_scan.scanning.witness import Witness

_MOST_ALIKE = 20
"""How many texts that could not be read for one reason are named; the rest is counted."""


def observe(
    settings: SecretScanSettings, gateways: Gateways
) -> Iterator[SecretFacts | Unchecked | Looked]:
    """Every secret as one fact with all its places, all that could not be looked at, and how much
    was.
    """
    planned = plan(settings, gateways)
    adopted = adopt(settings, gateways)
    witness = _witness(adopted, settings) if adopted or settings.verify else None
    look = partial(_scan, settings, gateways, witness)
    seen = list(look(planned.shares))
    sightings = [each for each in seen if isinstance(each, Sighting)]
    if planned.past:
        from launchready.steps.secret_scan.past import keep

        keep(planned.past, seen, _on_disk(planned.shares, seen), gateways)
    if planned.only_added:
        sightings = _only_added(sightings, gateways.git)
    elif sightings and planned.past is None:
        head = list(look(_head_versions(sightings, gateways.git)))
        sightings += [each for each in head if isinstance(each, Sighting)]
    history = planned.past.history if planned.past else None
    facts = _attributed(sightings, settings, history, gateways.git, adopted)
    say_accepted(facts, gateways.progress)
    yield from map(public_fact, _verified(facts, sightings, gateways) if settings.verify else facts)
    unread = [each for each in seen if isinstance(each, Unchecked)]
    yield from map(public_gap, _few_alike(dict.fromkeys([*planned.unchecked, *unread])))
    yield from looked_at(planned.shares, planned.past)


def _witness(adopted: Adopted, settings: SecretScanSettings) -> "Witness | None":
    from launchready.steps.secret_scan.scanning.witness import witness_of

    return witness_of(adopted, keeps_values=settings.verify)


def _attributed(
    sightings: Sequence[Sighting],
    settings: SecretScanSettings,
    history: HistoryFacts | None,
    git: Git,
    adopted: Adopted,
) -> tuple[SecretFacts, ...]:
    """The facts of what was seen; who sees nothing loads nothing for it."""
    if not sightings:
        return ()
    from launchready.steps.secret_scan.attribute import attribute

    return tuple(attribute(sightings, every_kind(settings.custom), history, git, adopted))


def _verified(
    facts: Iterable[SecretFacts], sightings: Iterable[Sighting], gateways: Gateways
) -> Iterator[SecretFacts]:
    """The facts with what their providers say, where nobody else may decide what is sent."""
    from launchready.gateways.verifier import Verifier
    from launchready.steps.secret_scan.verify import verified

    verifier = gateways.verifier or Verifier(why_not=gateways.why_untrusted)
    yield from verified(facts, sightings, verifier, gateways.progress)


def _on_disk(shares: Iterable[Share], seen: Iterable[Sighting | Unchecked]) -> frozenset[str]:
    """The paths that were scanned as they are on disk or staged, and those inside of them."""
    origins = (Origin.DISK, Origin.INDEX, Origin.ARTIFACT, Origin.RUN)
    names = {path for share in shares if share.origin in origins for path in share.paths if path}
    targets = {each.target for each in seen if isinstance(each, Unchecked)}
    inside = {each for each in targets if {each.split(INSIDE)[0], each.split("/")[0]} & names}
    return frozenset(names | inside)


def _scan(
    settings: SecretScanSettings,
    gateways: Gateways,
    witness: "Witness | None",
    shares: Sequence[Share],
) -> Iterator[Sighting | Unchecked]:
    total = sum(len(share.names) for share in shares)
    if not total:
        return
    kinds = every_kind(settings.custom)
    bench = Bench(
        root=gateways.root,
        git=gateways.git,
        kinds=kinds,
        minimum=settings.min_confidence,
        engine=choose_engine(
            kinds,
            is_small=sum(each.weight for each in shares) < SMALL,
        ),
        witness=witness,
    )
    gateways.progress.begin("scanning for secrets", total)
    for seen in scan_hands(bench, deal(shares, gateways.jobs)):
        match seen:
            case Advance():
                gateways.progress.advance(seen.texts)
            case Note():
                gateways.progress.say(public(seen.text))
            case _:
                yield seen
    gateways.progress.end()


def _head_versions(sightings: Iterable[Sighting], git: Git) -> tuple[Share, ...]:
    """HEAD's versions of the files on disk that hold secrets: is it committed already?"""
    blobs = git.head_blobs({each.source.outer_path for each in sightings if each.source.path})
    if not blobs:
        return ()
    paths, names = tuple(blobs), tuple(blobs.values())
    return (Share(origin=Origin.HISTORY, names=names, paths=paths),)


def _only_added(sightings: Sequence[Sighting], git: Git) -> list[Sighting]:
    """Those on lines that the next commit adds; the others are in the repository already."""
    if not sightings:
        return []
    lines = git.staged_lines()
    if isinstance(lines, Unchecked):
        return list(sightings)
    return [each for each in sightings if _is_added(each, lines.get(each.source.outer_path, ()))]


def _is_added(each: Sighting, lines: Iterable[LineRange]) -> bool:
    """Whether it is on one of these lines; of a file inside another no lines are known."""
    if each.source.origin in (Origin.ARTIFACT, Origin.RUN):
        return True
    if each.source.inner:
        return any(lines)
    return any(each.line <= last and first <= each.end_line for first, last in lines)


def _few_alike(unchecked: Iterable[Unchecked]) -> Iterator[Unchecked]:
    """The same, with a count in place of those past a limit that have the same reason."""
    alike: Counter[tuple[str, str]] = Counter()
    for each in unchecked:
        kind = (each.reason, each.hint)
        alike[kind] += 1
        if alike[kind] <= _MOST_ALIKE:
            yield each
    for (reason, hint), count in alike.items():
        if count > _MOST_ALIKE:
            yield Unchecked(target=f"{count - _MOST_ALIKE:,} more", reason=reason, hint=hint)
