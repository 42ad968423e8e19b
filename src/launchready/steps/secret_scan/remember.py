"""Recalls what the last scan of this history left, and leaves the same for the next."""

from dataclasses import replace
from pathlib import Path

from launchready.catalog.secrets import KINDS
from launchready.facts.git import HistoryScope
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.git_process import GitError
from launchready.gateways.remembered import (
    NotOursError,
    code_digest,
    read_remembered,
    write_remembered,
)
from launchready.steps.secret_scan.memory import Memory, key_of, parse_memory, render_memory
from launchready.steps.secret_scan.settings import SecretScanSettings

_FILE = "secret-scan-history.json"


@frozen
class Recollection:
    """`file` is where the memory is kept, `memory` what of it still holds; `tips` are those that
    this scan begins at. `scope` is what is left to read.
    """

    file: Path
    memory: Memory
    tips: frozenset[str]
    scope: HistoryScope


def recall(settings: SecretScanSettings, gateways: Gateways) -> Recollection | None:
    """What is remembered of this repository: nothing at all if it has no place to be kept."""
    file = _file(settings, gateways)
    if file is None:
        return None
    key = key_of(settings, KINDS, code_digest())
    tips = _tips(gateways.git)
    memory = _believed(file, key, gateways)
    try:
        kept = _still_there(memory, tips, gateways)
    except GitError:
        kept = Memory(key=key)
    return Recollection(
        file=file,
        memory=kept,
        tips=tips,
        scope=HistoryScope(
            without=tuple(sorted(kept.tips)), alone=tuple(sorted(kept.commits - kept.tags))
        ),
    )


def remember(recollection: Recollection, left: Memory, gateways: Gateways) -> None:
    """Leave this for the next scan. Tips that moved while they were read are not counted as seen.

    That it cannot be kept is no reason to stop.
    """
    seen = replace(left, tips=recollection.tips & _tips(gateways.git))
    if seen == recollection.memory:
        return
    try:
        write_remembered(recollection.file, render_memory(seen))
    except OSError as error:
        gateways.progress.say(
            f"the scan's cache {recollection.file} cannot be written: {error.strerror}"
        )


def _file(settings: SecretScanSettings, gateways: Gateways) -> Path | None:
    if settings.no_cache:
        return None
    if settings.cache:
        return Path(settings.cache).absolute() / _FILE
    folder = gateways.git.folder()
    return folder / "launchready" / _FILE if folder else None


def _tips(git: Git) -> frozenset[str]:
    head = git.commit_of("HEAD")
    named = {each.object for each in git.refs() if each.kind in ("commit", "tag")}
    return frozenset(named | ({head} if head else set()))


def _believed(file: Path, key: str, gateways: Gateways) -> Memory:
    """The file's memory if it may be believed and was made by the same rules, else an empty one."""
    nothing = Memory(key=key)
    try:
        content = read_remembered(file)
        if content is not None and gateways.git.is_tracked(file):
            raise NotOursError("it is a file of the repository that is examined")
    except (NotOursError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        gateways.progress.say(f"the scan's cache {file} is not used: {reason}")
        return nothing
    if content is None:
        return nothing
    memory = parse_memory(content)
    if memory is None or memory.key != key:
        reason = "it is broken" if memory is None else "the rules or settings have changed"
        gateways.progress.say(f"the scan's cache is made anew: {reason}")
        return nothing
    return memory


def _still_there(memory: Memory, tips: frozenset[str], gateways: Gateways) -> Memory:
    """The same without what a deleted or rewritten branch took with it. Raises GitError."""
    git = gateways.git
    vanished = memory.tips - tips
    present = git.present(sorted(vanished))
    if memory.tips and vanished == memory.tips and not present:
        gateways.progress.say("the scan's cache is made anew: it is of another repository")
        return Memory(key=memory.key)
    known = replace(memory, tips=memory.tips & (tips | present))
    if present == vanished and git.are_reached(vanished):
        return known
    reached = git.reached(memory.commits) | memory.tags
    return replace(
        known,
        messages=memory.messages & reached,
        places={commit: its for commit, its in memory.places.items() if commit in reached},
    )
