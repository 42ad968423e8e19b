"""Decides which texts to scan, and says what is known beforehand not to be seen."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from launchready.facts.git import HistoryFacts
from launchready.gateways import Gateways
from launchready.gateways.files import walk_files, why_unreadable
from launchready.gateways.git import Git
from launchready.model import Unchecked
from launchready.policy.paths import path_matches
from launchready.steps.secret_scan.scanning.shares import Share
from launchready.steps.secret_scan.scanning.sightings import Origin
from launchready.steps.secret_scan.settings import SecretScanSettings

_SHALLOW = Unchecked(
    target="the git history",
    reason="this is a shallow clone: the older commits are not in it",
    hint="set `fetch-depth: 0` on actions/checkout, or run `git fetch --unshallow`",
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The texts to scan. `history` is what they are attributed by, where it is scanned."""

    shares: tuple[Share, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    history: HistoryFacts | None = None


def plan(settings: SecretScanSettings, gateways: Gateways) -> Plan:
    """The named paths, else the staged content if asked for, else the work tree and history."""
    if settings.paths:
        return _named_paths(settings, gateways.root)
    if settings.staged:
        return _staged(settings, gateways.git)
    tree = _tree(settings, gateways) if settings.work_tree else Plan()
    past = _history(settings, gateways.git) if settings.history else Plan()
    return Plan(
        shares=(*past.shares, *tree.shares),
        unchecked=tuple(dict.fromkeys((*past.unchecked, *tree.unchecked))),
        history=past.history,
    )


def _named_paths(settings: SecretScanSettings, root: Path) -> Plan:
    names: list[str] = []
    unchecked: list[Unchecked] = []
    for given in settings.paths:
        path = Path(os.path.realpath(given))
        if reason := why_unreadable(path):
            hint = "name a file or folder that can be read, relative to the current folder"
            unchecked.append(Unchecked(target=given, reason=reason, hint=hint))
        else:
            names.extend(walk_files(root, path))
    return Plan(shares=_on_disk(names, settings), unchecked=tuple(unchecked))


def _on_disk(names: Iterable[str], settings: SecretScanSettings) -> tuple[Share, ...]:
    kept = tuple(name for name in dict.fromkeys(names) if not _is_excluded(name, settings))
    return (Share(origin=Origin.DISK, names=kept, paths=kept),) if kept else ()


def _is_excluded(path: str, settings: SecretScanSettings) -> bool:
    return any(path_matches(glob, path) for glob in settings.exclude)


def _staged(settings: SecretScanSettings, git: Git) -> Plan:
    staged = git.staged()
    if isinstance(staged, Unchecked):
        return Plan(unchecked=(staged,))
    files = [file for file in staged if not _is_excluded(file.path, settings)]
    share = Share(
        origin=Origin.INDEX,
        names=tuple(file.blob for file in files),
        paths=tuple(file.path for file in files),
    )
    return Plan(shares=(share,) if files else ())


def _tree(settings: SecretScanSettings, gateways: Gateways) -> Plan:
    """The work tree; a folder that belongs to no repository is scanned as it is."""
    git = gateways.git
    if isinstance(git.state, Unchecked):
        if (gateways.root / ".git").exists():
            return Plan(unchecked=(git.state,))
        return Plan(shares=_on_disk(walk_files(gateways.root, gateways.root), settings))
    if git.state.is_bare:
        return Plan()
    names = git.tree_files()
    if isinstance(names, Unchecked):
        return Plan(unchecked=(names,))
    return Plan(shares=_on_disk(names, settings))


def _history(settings: SecretScanSettings, git: Git) -> Plan:
    """Every blob and message that a ref reaches, each once, as they lie in the store."""
    if isinstance(git.state, Unchecked):
        return Plan(unchecked=(git.state,))
    history, unchecked = git.history()
    if git.state.is_shallow:
        unchecked = (_SHALLOW, *unchecked)
    blobs = set(_wanted_blobs(history, settings))
    messages = {name.encode("ascii") for name in (*history.commits, *history.tags)}
    ordered = git.storage_order(blobs | messages)
    if isinstance(ordered, Unchecked):
        unchecked = (*unchecked, ordered)
        ordered = sorted(blobs | messages)
    elif missing := len(blobs) + len(messages) - len(ordered):
        unchecked = (*unchecked, _missing(missing))
    return Plan(
        shares=tuple(_stored(ordered, blobs, messages, history)),
        unchecked=unchecked,
        history=history,
    )


def _wanted_blobs(history: HistoryFacts, settings: SecretScanSettings) -> Iterator[bytes]:
    """The blobs that have at least one path that is not excluded."""
    if not settings.exclude:
        yield from history.blobs
        return
    is_kept = [not _is_excluded(path, settings) for path in history.paths]
    rows = zip(history.entry_blobs, history.entry_paths, strict=True)
    kept = {blob for blob, path in rows if is_kept[path]}
    yield from (name for name, number in history.blobs.items() if number in kept)


def _stored(
    ordered: Sequence[bytes], blobs: set[bytes], messages: set[bytes], history: HistoryFacts
) -> Iterator[Share]:
    newest = history.any_path_of()
    files = [name for name in ordered if name in blobs]
    texts = [name for name in ordered if name in messages]
    if files:
        yield Share(
            origin=Origin.HISTORY,
            names=tuple(name.decode("ascii") for name in files),
            paths=tuple(history.paths[newest[history.blobs[name]]] for name in files),
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
