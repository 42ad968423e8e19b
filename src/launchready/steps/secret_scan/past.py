"""Decides which objects of the git history to scan, and what of them to remember."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from launchready.facts.git import HistoryFacts, HistoryScope
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.model import Unchecked
from launchready.regex import Regex
from launchready.steps.secret_scan.looks import Look, look_of
from launchready.steps.secret_scan.memory import Memory
from launchready.steps.secret_scan.ranges import chosen_part
from launchready.steps.secret_scan.remember import Recollection, recall, remember
from launchready.steps.secret_scan.scanning.shares import Share
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting
from launchready.steps.secret_scan.settings import SecretScanSettings

_SHALLOW = Unchecked(
    target="the git history",
    reason="this is a shallow clone: the older commits are not in it",
    hint="set `fetch-depth: 0` on actions/checkout, or run with --deepen",
)

_SHOWN = 12
_TARGET = Regex(r" \(blob ([0-9a-f]{12})\)$")
"""How the scanner ends the name of a version of a file that it could not read."""

Versions = Mapping[bytes, Sequence[str]]
"""Blobs with the paths to scan each at: of paths that are judged alike, one stands for all."""

IsExcluded = Callable[[str], bool]


@frozen
class Past:
    """What of the history is scanned. `missing` are the blobs and messages that are not there.

    `is_whole` says that all of it was read; `recollection` is None where nothing is remembered.
    """

    history: HistoryFacts
    shares: tuple[Share, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    missing: frozenset[bytes] = frozenset()
    is_whole: bool = True
    recollection: Recollection | None = None


def read_past(
    settings: SecretScanSettings, gateways: Gateways, is_excluded: IsExcluded | None
) -> Past | Unchecked:
    """Every version of every file and every message that a ref reaches, or that is in the part
    which is asked for, each once.
    """
    git = gateways.git
    if isinstance(git.state, Unchecked):
        return git.state
    if settings.deepen and (failure := git.deepen()):
        return failure
    part = chosen_part(settings, gateways)
    if isinstance(part, Unchecked):
        return part
    if part is not None:
        return _read(gateways, part.scope, is_excluded)
    if git.state.is_shallow or settings.unreachable:
        past = _read(gateways, HistoryScope(is_all_stored=settings.unreachable), is_excluded)
        is_cut = git.state.is_shallow
        return replace(past, unchecked=(_SHALLOW, *past.unchecked)) if is_cut else past
    recollection = recall(settings, gateways)
    scope = recollection.scope if recollection else HistoryScope()
    return _read(gateways, scope, is_excluded, recollection)


def _read(
    gateways: Gateways,
    scope: HistoryScope,
    is_excluded: IsExcluded | None,
    recollection: Recollection | None = None,
) -> Past:
    git = gateways.git
    history, unchecked = git.history(scope)
    is_whole = not unchecked
    memory = recollection.memory if recollection else Memory(key="")
    versions = _versions(history, _rows(history, memory, is_excluded))
    messages = frozenset(_messages(history, memory))
    wanted = messages.union(versions)
    ordered = git.storage_order(wanted)
    if isinstance(ordered, Unchecked):
        return Past(history=history, unchecked=(*unchecked, ordered), is_whole=False)
    missing = wanted.difference(ordered)
    return Past(
        history=history,
        shares=tuple(_shares(ordered, versions, messages)),
        unchecked=(*unchecked, _missing(len(missing))) if missing else unchecked,
        missing=missing,
        is_whole=is_whole,
        recollection=recollection,
    )


def keep(
    past: Past, seen: Sequence[Sighting | Unchecked], on_disk: Collection[str], gateways: Gateways
) -> None:
    """Remember for the next scan where there was something to see, or what could not be seen.

    Where it is not known what was left out, as when a worker was killed, nothing is remembered.
    `on_disk` are the paths that were scanned as they are on disk.
    """
    targets = {each.target for each in seen if isinstance(each, Unchecked)}
    unread = _unread_blobs(targets.difference(on_disk), past.history)
    if past.recollection is None or not past.is_whole or unread is None:
        return
    looks: dict[bytes, set[Look]] = {}
    messages = {name.decode("ascii") for name in past.missing.difference(past.history.blobs)}
    for source in (each.source for each in seen if isinstance(each, Sighting)):
        if source.origin is Origin.MESSAGE:
            messages.add(source.name)
        elif source.origin is Origin.HISTORY:
            looks.setdefault(source.name.encode("ascii"), set()).add(look_of(source.outer_path))
    memory = past.recollection.memory
    left = replace(
        memory,
        tags=frozenset(past.history.tags),
        messages=frozenset(messages),
        places=_places(past.history, looks, past.missing | unread, memory),
    )
    remember(past.recollection, left, gateways)


def _unread_blobs(targets: Iterable[str], history: HistoryFacts) -> frozenset[bytes] | None:
    """The blobs that these targets name, None if one of them names none."""
    starts = [_TARGET.search(target) for target in targets]
    wanted = {match[1].encode("ascii") for match in starts if match}
    found = {name for name in history.blobs if name[:_SHOWN] in wanted} if wanted else set()
    if None in starts or {name[:_SHOWN] for name in found} != wanted:
        return None
    return frozenset(found)


def _places(
    history: HistoryFacts,
    seen: Mapping[bytes, Collection[Look]],
    unseen: Collection[bytes],
    memory: Memory,
) -> Mapping[str, frozenset[str]]:
    """By commit, the hashes of the paths at which it brought what was seen or could not be."""
    looks = {history.blobs[blob]: its for blob, its in seen.items()}
    missing = {history.blobs[name] for name in unseen if name in history.blobs}
    found: dict[str, set[str]] = {}
    rows = zip(history.entry_commits, history.entry_blobs, history.entry_paths, strict=True)
    for commit, blob, number in rows:
        if commit >= 0 and (blob in looks or blob in missing):
            path = history.paths[number]
            if blob in missing or look_of(path) in looks[blob]:
                found.setdefault(history.commits[commit], set()).add(memory.place(path))
    return {commit: frozenset(its) for commit, its in found.items()}


def _rows(
    history: HistoryFacts, memory: Memory, is_excluded: IsExcluded | None
) -> list[tuple[int, int]]:
    """Numbers of blob and path of all that the commits brought; of a commit that was read again
    only what is remembered of it.
    """
    walked = _walked(history)
    rows = zip(history.entry_commits, history.entry_blobs, history.entry_paths, strict=True)
    kept = [
        (blob, path)
        for commit, blob, path in rows
        if commit < walked
        or memory.place(history.paths[path]) in memory.places.get(history.commits[commit], ())
    ]
    if is_excluded is None:
        return kept
    left_out = {path for path in {path for _, path in kept} if is_excluded(history.paths[path])}
    return [(blob, path) for blob, path in kept if path not in left_out]


def _versions(history: HistoryFacts, rows: Sequence[tuple[int, int]]) -> Versions:
    """Of paths that are judged alike the first in the alphabet, so that no order matters."""
    one = dict(rows)
    several: dict[int, set[int]] = {}
    for blob, path in rows:
        if one[blob] != path:
            several.setdefault(blob, {one[blob]}).add(path)
    names = list(history.blobs)
    versions: dict[bytes, Sequence[str]] = {
        names[blob]: (history.paths[path],) for blob, path in one.items()
    }
    for blob, numbers in several.items():
        paths = sorted((history.paths[number] for number in numbers), reverse=True)
        alike = {look_of(path): path for path in paths}
        versions[names[blob]] = sorted(alike.values())
    return versions


def _messages(history: HistoryFacts, memory: Memory) -> Iterator[bytes]:
    """Commits and tags that are new, or whose messages are to be looked at again."""
    tags = frozenset(history.tags)
    yield from (name.encode("ascii") for name in history.commits[: _walked(history)])
    yield from (name.encode("ascii") for name in history.tags if name not in memory.tags)
    for name in memory.messages:
        if name in tags or name not in memory.tags:
            yield name.encode("ascii")


def _walked(history: HistoryFacts) -> int:
    return len(history.commits) - history.alone


def _shares(
    ordered: Sequence[bytes], versions: Versions, messages: Collection[bytes]
) -> Iterator[Share]:
    files = [(name, path) for name in ordered if name in versions for path in versions[name]]
    texts = [name for name in ordered if name in messages]
    if files:
        yield Share(
            origin=Origin.HISTORY,
            names=tuple(name.decode("ascii") for name, _ in files),
            paths=tuple(path for _, path in files),
        )
    if texts:
        yield Share(
            origin=Origin.MESSAGE,
            names=tuple(name.decode("ascii") for name in texts),
            paths=(None,) * len(texts),
        )


def _missing(count: int) -> Unchecked:
    return Unchecked(
        target="the git history",
        reason=f"this clone lacks objects that its commits name: {count:,} of them",
        hint="a partial clone leaves them out: clone again without --filter",
    )
