"""Scans what the plan names, and turns what was seen into facts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.model import Unchecked
from launchready.steps.secret_scan.attribute import attribute
from launchready.steps.secret_scan.custom.kinds import every_kind
from launchready.steps.secret_scan.engines.choice import choose_engine
from launchready.steps.secret_scan.past import keep
from launchready.steps.secret_scan.plan import Plan, plan
from launchready.steps.secret_scan.scanning.shares import SMALL, Share, deal
from launchready.steps.secret_scan.scanning.sightings import Advance, Note, Origin, Sighting
from launchready.steps.secret_scan.scanning.workers import Bench, scan_hands
from launchready.steps.secret_scan.settings import SecretScanSettings

_MOST_ALIKE = 20
"""How many texts that could not be read for one reason are named; the rest is counted."""


def observe(settings: SecretScanSettings, gateways: Gateways) -> Iterator[SecretFacts | Unchecked]:
    """Every secret as one fact with all its places, and all that could not be looked at."""
    planned = plan(settings, gateways)
    seen = list(_scan(planned.shares, settings, gateways))
    sightings = [each for each in seen if isinstance(each, Sighting)]
    if planned.past and _was_read(planned, seen):
        keep(planned.past, sightings, gateways)
    if settings.staged:
        sightings = _only_added(sightings, gateways.git)
    elif sightings and planned.past is None:
        head = list(_scan(_head_versions(sightings, gateways.git), settings, gateways))
        sightings += [each for each in head if isinstance(each, Sighting)]
    history = planned.past.history if planned.past else None
    yield from attribute(sightings, every_kind(settings.custom), history, gateways.git)
    unread = [each for each in seen if isinstance(each, Unchecked)]
    yield from _few_alike([*planned.unchecked, *unread])


def _was_read(planned: Plan, seen: Iterable[Sighting | Unchecked]) -> bool:
    """Whether every text of the history that is there was scanned to its end."""
    on_disk = {
        name for share in planned.shares if share.origin is Origin.DISK for name in share.names
    }
    return all(each.target in on_disk for each in seen if isinstance(each, Unchecked))


def _scan(
    shares: Sequence[Share], settings: SecretScanSettings, gateways: Gateways
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
        engine=choose_engine(kinds, is_small=total < SMALL),
    )
    gateways.progress.begin("scanning for secrets", total)
    for seen in scan_hands(bench, deal(shares, gateways.jobs)):
        match seen:
            case Advance():
                gateways.progress.advance(seen.texts)
            case Note():
                gateways.progress.say(seen.text)
            case _:
                yield seen
    gateways.progress.end()


def _head_versions(sightings: Iterable[Sighting], git: Git) -> tuple[Share, ...]:
    """HEAD's versions of the files on disk that hold secrets: is it committed already?"""
    blobs = git.head_blobs({each.source.path for each in sightings if each.source.path})
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
    return [
        each
        for each in sightings
        if any(
            each.line <= last and first <= each.end_line
            for first, last in lines.get(each.source.path or "", ())
        )
    ]


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
