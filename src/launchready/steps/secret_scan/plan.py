"""Decides which texts to scan, and says what is known beforehand not to be seen."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from launchready.errors import LaunchReadyError
from launchready.facts.git import StagedFile
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.files import walk_files, why_unreadable
from launchready.gateways.git import Git
from launchready.model import Unchecked
from launchready.policy.paths import path_matches
from launchready.steps.secret_scan.scanning.shares import Share
from launchready.steps.secret_scan.scanning.sightings import Origin
from launchready.steps.secret_scan.settings import SecretScanSettings

if TYPE_CHECKING:
    from launchready.steps.secret_scan.past import Past


@frozen
class Plan:
    """The texts to scan. `past` is where those of the history come from, if it is scanned.

    With `only_added` the lines that the next commit does not add are of no interest.
    """

    shares: tuple[Share, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    past: "Past | None" = None
    only_added: bool = False


_NOTHING_ASKED = Unchecked(
    target="the repository",
    reason="`history` and `work-tree` are both off, so nothing is looked at",
    hint="turn one of them on, or name artifacts",
)


def plan(settings: SecretScanSettings, gateways: Gateways) -> Plan:
    """What of the repository is asked for, and the artifacts."""
    _refuse_contradictions(settings)
    planned = _repository(settings, gateways)
    if settings.paths and not planned.shares and not planned.unchecked:
        planned = replace(planned, unchecked=(_nothing_in(settings.paths),))
    if settings.github_run is not None:
        planned = replace(planned, shares=(*planned.shares, _run(settings.github_run)))
    if not settings.artifact:
        return planned
    shares, unchecked = _artifacts(settings, gateways.root)
    return replace(
        planned,
        shares=(*planned.shares, *shares),
        unchecked=(*planned.unchecked, *unchecked),
    )


def _nothing_in(paths: Iterable[str]) -> Unchecked:
    return Unchecked(
        target=", ".join(paths),
        reason="there is no file to look at",
        hint="name a folder that holds files, and look at `exclude` in the config",
    )


def _refuse_contradictions(settings: SecretScanSettings) -> None:
    """Of two ways to name a part only one would be heeded, and the other pass unseen."""
    given = [
        name
        for name, is_given in (
            ("PATH", settings.paths),
            ("--staged", settings.staged),
            ("--range", settings.range is not None),
            ("--pre-push", settings.pre_push),
            ("--pre-receive", settings.pre_receive),
        )
        if is_given
    ]
    if len(given) > 1:
        raise LaunchReadyError(
            f"{given[0]} and {given[1]} each name a part to scan in place of everything",
            hint="give one of them; run twice to scan both",
        )


def _run(number: int) -> Share:
    return Share(origin=Origin.RUN, names=(str(number),), paths=(f"github-run-{number}",))


def _artifacts(
    settings: SecretScanSettings, root: Path
) -> tuple[tuple[Share, ...], tuple[Unchecked, ...]]:
    from launchready.gateways.artifacts import find_artifacts, size_of

    names: list[str] = []
    unchecked: list[Unchecked] = []
    for given in settings.artifact:
        found, missed = find_artifacts(root, given)
        names.extend(name for name in found if not _is_excluded(name, settings))
        unchecked.extend(missed)
    kept = tuple(dict.fromkeys(names))
    sizes = tuple(size_of(root, name) for name in kept)
    share = Share(origin=Origin.ARTIFACT, names=kept, paths=kept, sizes=sizes)
    return ((share,) if kept else ()), tuple(unchecked)


def _repository(settings: SecretScanSettings, gateways: Gateways) -> Plan:
    """The named paths, else the staged content if asked for, else the work tree and history."""
    if settings.paths:
        return _named_paths(settings, gateways.root)
    if settings.staged:
        return _staged(settings, gateways)
    if settings.is_partial:
        return _history(settings, gateways)
    if not (settings.history or settings.work_tree or settings.artifact or settings.github_run):
        return Plan(unchecked=(_NOTHING_ASKED,))
    tree = _tree(settings, gateways) if settings.work_tree else Plan()
    history = _history(settings, gateways) if settings.history else Plan()
    return Plan(
        shares=(*history.shares, *tree.shares),
        unchecked=tuple(dict.fromkeys((*history.unchecked, *tree.unchecked))),
        past=history.past,
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
    return Plan(shares=_on_disk(names, settings, root), unchecked=tuple(unchecked))


def _on_disk(names: Iterable[str], settings: SecretScanSettings, root: Path) -> tuple[Share, ...]:
    """These files; among the names are folders of other repositories, which `lib/` excludes too."""
    kept = tuple(
        name
        for name in dict.fromkeys(names)
        if not _is_excluded(name, settings)
        and not (_is_excluded(f"{name}/", settings) and (root / name).is_dir())
    )
    return (Share(origin=Origin.DISK, names=kept, paths=kept),) if kept else ()


def _is_excluded(path: str, settings: SecretScanSettings) -> bool:
    return any(path_matches(glob, path) for glob in settings.exclude)


def _staged(settings: SecretScanSettings, gateways: Gateways) -> Plan:
    """What the next commit records. In CI nobody commits: a job that runs the hooks on all files,
    as `pre-commit run --all-files` does, means the work tree.
    """
    staged = gateways.git.staged()
    if isinstance(staged, Unchecked):
        return Plan(unchecked=(staged,))
    if staged:
        return Plan(shares=_in_index(staged, settings), only_added=True)
    if not gateways.is_ci:
        gateways.progress.say("nothing is staged, so nothing is scanned")
        return Plan()
    gateways.progress.say("nothing is staged, as in any CI job: the work tree is scanned instead")
    return _tree(settings, gateways)


def _in_index(staged: Iterable[StagedFile], settings: SecretScanSettings) -> tuple[Share, ...]:
    files = [file for file in staged if not _is_excluded(file.path, settings)]
    share = Share(
        origin=Origin.INDEX,
        names=tuple(file.blob for file in files),
        paths=tuple(file.path for file in files),
    )
    return (share,) if files else ()


def _tree(settings: SecretScanSettings, gateways: Gateways) -> Plan:
    """The work tree, and what is staged, which may be something else than what is on disk; a folder
    that belongs to no repository is scanned as it is.
    """
    git = gateways.git
    if isinstance(git.state, Unchecked):
        if (gateways.root / ".git").exists():
            return Plan(unchecked=(git.state,))
        return Plan(
            shares=_on_disk(walk_files(gateways.root, gateways.root), settings, gateways.root)
        )
    if git.state.is_bare:
        return Plan()
    names, staged = git.tree_files(), git.beside_head()
    if isinstance(names, Unchecked):
        return Plan(unchecked=(names,))
    on_disk = _on_disk(names, settings, gateways.root)
    elsewhere = tuple(_elsewhere(on_disk, git))
    if isinstance(staged, Unchecked):
        return Plan(shares=on_disk, unchecked=(*elsewhere, staged))
    return Plan(shares=(*on_disk, *_in_index(staged, settings)), unchecked=elsewhere)


def _elsewhere(on_disk: Iterable[Share], git: Git) -> Iterator[Unchecked]:
    """What is here by its pointer only; told once for all of it."""
    names = git.lfs_pointers(name for share in on_disk for name in share.names)
    if names:
        more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        yield Unchecked(
            target=f"{names[0]}{more}",
            reason="git LFS keeps the content elsewhere: only a pointer to it is here",
            hint="run `git lfs pull`, or set `lfs: true` on actions/checkout; or name the files in"
            " `exclude`",
        )


def _history(settings: SecretScanSettings, gateways: Gateways) -> Plan:
    from launchready.steps.secret_scan.past import read_past

    is_excluded = partial(_is_excluded, settings=settings) if settings.exclude else None
    past = read_past(settings, gateways, is_excluded)
    if isinstance(past, Unchecked):
        return Plan(unchecked=(past,))
    return Plan(shares=past.shares, unchecked=past.unchecked, past=past)
