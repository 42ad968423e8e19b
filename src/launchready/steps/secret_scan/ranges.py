"""Says which part of the history a range, or a push, brings.

Whatever cannot be told is `Unchecked`; what is told but brings nothing is said in a note.
"""

from collections.abc import Iterable

from launchready.config.scalars import withheld
from launchready.errors import LaunchReadyError
from launchready.facts.git import HistoryScope, PushedRef
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.git_process import GitError
from launchready.gateways.git_push import objects_of, read_pre_push, read_pre_receive
from launchready.model import Unchecked
from launchready.steps.secret_scan.settings import SecretScanSettings

_FETCH = (
    "fetch the whole history: `fetch-depth: 0` for actions/checkout, `git fetch --unshallow`"
    " elsewhere"
)


@frozen
class Part:
    """`target` is how to name it to a person."""

    target: str
    scope: HistoryScope


def chosen_part(settings: SecretScanSettings, gateways: Gateways) -> Part | Unchecked | None:
    """The part of the history that is asked for, None for all of it. Raises LaunchReadyError."""
    if settings.range is not None:
        return _of_range(settings.range, gateways)
    if settings.pre_receive:
        return _of_received(read_pre_receive(), gateways)
    if settings.pre_push:
        refs, remote = read_pre_push(settings.remote)
        return _of_pushed(refs, remote, gateways)
    return None


def _of_range(given: str, gateways: Gateways) -> Part | Unchecked:
    """`BASE..HEAD`: what HEAD reaches and BASE does not, which is what follows the merge base.

    A base of zeros is what CI systems give for a branch that is new, a head of zeros for one that
    was deleted.
    """
    git, target = gateways.git, f"the range {given}"
    base, dots, head = given.partition("..")
    if not (base and dots) or head.startswith("."):
        raise LaunchReadyError(
            f"range {withheld(given)!r} is not of the form BASE..HEAD",
            hint="name two commits, branches or tags, such as origin/main..HEAD",
        )
    head = head or "HEAD"
    if not head.strip("0"):
        return _nothing(target, "the branch was deleted", gateways)
    tip = git.commit_of(head)
    start = git.commit_of(base) if base.strip("0") else None
    for name, commit in ((head, tip), (base, start)):
        if commit is None and name.strip("0"):
            reason = f"there is no commit {name} in this clone"
            return Unchecked(target=target, reason=reason, hint=_FETCH)
    scope = HistoryScope(tips=(tip or "",), without=(start,) if start else ())
    if start is None:
        gateways.progress.say(f"{target} has no base: all that {head} reaches is scanned")
    elif tip == start:
        return _nothing(target, "both ends are the same commit", gateways)
    elif not git.share_history(tip or "", start):
        gateways.progress.say(f"{target}: the two share no commit: all of {head} is scanned")
    return _whole(Part(target=target, scope=scope), git)


def _of_received(refs: tuple[PushedRef, ...] | Unchecked, gateways: Gateways) -> Part | Unchecked:
    """What no ref here reaches yet. The new objects lie in quarantine, where git finds them."""
    if isinstance(refs, Unchecked):
        return refs
    known = [each.object for each in gateways.git.refs() if each.kind in ("commit", "tag")]
    return _brought(refs, known, gateways)


def _of_pushed(
    refs: tuple[PushedRef, ...] | Unchecked, remote: str | None, gateways: Gateways
) -> Part | Unchecked:
    """What the other side does not have, as far as this clone knows: its branches when they were
    last seen, and what it says that the refs named until now.
    """
    if isinstance(refs, Unchecked):
        return refs
    place = f"refs/remotes/{remote}/" if remote else ""
    known = [
        each.object
        for each in gateways.git.refs()
        if place and each.kind == "commit" and each.name.startswith(place)
    ]
    return _brought(refs, known, gateways)


def _brought(
    refs: tuple[PushedRef, ...], known: Iterable[str], gateways: Gateways
) -> Part | Unchecked:
    git, target = gateways.git, "the push"
    wanted = list(objects_of(refs))
    tips = [git.object_of(each) for each in wanted]
    if None in tips:
        missing = wanted[tips.index(None)]
        return Unchecked(
            target=target, reason=f"there is no object {missing} in this clone", hint=_FETCH
        )
    if not tips:
        return _nothing(target, "it brings no object", gateways)
    olds = [ref.old for ref in refs if ref.old]
    try:
        without = git.present([*known, *olds])
    except GitError as error:
        reason, hint = error.unchecked.reason, error.unchecked.hint
        return Unchecked(target=target, reason=reason, hint=hint)
    scope = HistoryScope(tips=tuple(t for t in tips if t), without=tuple(sorted(without)))
    return _whole(Part(target=target, scope=scope), git)


def _nothing(target: str, reason: str, gateways: Gateways) -> Part:
    gateways.progress.say(f"{target} holds nothing to scan: {reason}")
    return Part(target=target, scope=HistoryScope(tips=()))


def _whole(part: Part, git: Git) -> Part | Unchecked:
    """The part, if no commit of it is one whose parents a shallow clone left out."""
    try:
        is_cut = git.is_cut(part.scope)
    except GitError as error:
        reason, hint = error.unchecked.reason, error.unchecked.hint
        return Unchecked(target=part.target, reason=reason, hint=hint)
    if not is_cut:
        return part
    return Unchecked(
        target=part.target,
        reason="this is a shallow clone: older commits of it are not there",
        hint=_FETCH,
    )
