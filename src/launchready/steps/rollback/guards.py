"""What must hold before a release is gone back from: pure, of the ledger and the host's word.

A rollback that makes things worse is worse than none. Every guard says yes, or no with the reason.
"""

import datetime
from collections.abc import Iterator, Sequence

from launchready.facts.releases import Deed, Deployment, Entry, Release, Safety
from launchready.frozen import frozen

_DAY = datetime.timedelta(days=1)


@frozen
class Limits:
    """What the settings allow. `oldest` bounds how long ago the target was verified."""

    per_release: int = 1
    per_day: int = 2
    oldest: datetime.timedelta = datetime.timedelta(days=30)
    takes_unknown_migrations: bool = False
    has_migrations: bool = True


@frozen
class Circumstances:
    """What the guards judge. `judged` is the commit that the reports are about, "" where they do
    not say; `live` is what the host serves. `target` is what may be gone back to, None for none.
    `crossed` are the releases that would be undone, `live` among them, as far as the ledger has
    them; `reported` is what a report of migration-check says of the newest.
    """

    now: datetime.datetime
    live: Deployment
    judged: str
    target: Release | None
    crossed: tuple[Release, ...]
    entries: tuple[Entry, ...]
    reported: Safety | None = None
    reasons: tuple[str, ...] = ()


@frozen
class Guard:
    """One guard's word. `name` is what a person knows it by."""

    name: str
    holds: bool
    words: str


def guards(seen: Circumstances, limits: Limits) -> tuple[Guard, ...]:
    """The word of every guard, those that hold too: a person reads what was looked at."""
    return (
        _the_judged_is_live(seen),
        *_of_target(seen, limits),
        _migrations(seen, limits),
        *_budget(seen, limits),
        _no_circle(seen),
        _no_second_hop(seen),
    )


def refusals(told: Sequence[Guard]) -> tuple[str, ...]:
    """The reasons of those that do not hold."""
    return tuple(each.words for each in told if not each.holds)


def is_commit(one: str, other: str) -> bool:
    """Whether two names are of the same commit, one of them perhaps cut to seven signs or more."""
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    return len(shorter) >= 7 and longer.startswith(shorter)


def _the_judged_is_live(seen: Circumstances) -> Guard:
    name = "the release that was judged is the one that is live"
    if not seen.judged or not seen.live.commit or is_commit(seen.judged, seen.live.commit):
        return Guard(name=name, holds=True, words=name)
    words = (
        f"the reports are about {seen.judged[:12]}, and {seen.live.commit[:12]} is live: somebody"
        " else deployed since"
    )
    return Guard(name=name, holds=False, words=words)


def _of_target(seen: Circumstances, limits: Limits) -> Iterator[Guard]:
    name = "there is a verified release to go back to"
    target = seen.target
    if target is None:
        words = "the ledger has no other release that was verified: there is nothing to go back to"
        yield Guard(name=name, holds=False, words=words)
        return
    yield Guard(name=name, holds=True, words=f"{target.shown} was verified")
    age = seen.now - (target.verified or target.recorded)
    days = limits.oldest.days
    yield Guard(
        name="it is recent enough",
        holds=age <= limits.oldest,
        words=f"{target.shown} was verified {age.days} days ago, the limit is {days}",
    )


def _migrations(seen: Circumstances, limits: Limits) -> Guard:
    name = "the old code can run on the database as it is"
    if not limits.has_migrations:
        return Guard(name=name, holds=True, words="the settings say that there is no database")
    told = [(each.shown, each.safety, each.reasons) for each in seen.crossed]
    if seen.reported is not None and told:  # nearer than what was recorded of the newest
        told[-1] = (told[-1][0], seen.reported, seen.reasons)
    elif seen.reported is not None:
        told = [(seen.judged[:12] or "the release", seen.reported, seen.reasons)]
    for shown, safety, reasons in told:
        if safety is Safety.NO:
            why = "; ".join(reasons) or "migration-check says so"
            return Guard(
                name=name, holds=False, words=f"the migrations of {shown} forbid it: {why}"
            )
    unknown = [shown for shown, safety, _ in told if safety is not Safety.YES]
    if (unknown or not told) and not limits.takes_unknown_migrations:
        what = ", ".join(unknown) or "the live release"
        words = f"nobody knows what the migrations of {what} did: migration-check did not say"
        return Guard(name=name, holds=False, words=words)
    return Guard(name=name, holds=True, words=name)


def _budget(seen: Circumstances, limits: Limits) -> Iterator[Guard]:
    done = _begun(seen.entries)
    of_release = sum(e.deployment == seen.live.id for e in done)
    yield Guard(
        name="this release was not rolled back before",
        holds=of_release < limits.per_release,
        words=f"{of_release} rollbacks from this release, the limit is {limits.per_release}",
    )
    today = sum(seen.now - e.at < _DAY for e in done)
    yield Guard(
        name="there were not too many rollbacks today",
        holds=today < limits.per_day,
        words=f"{today} rollbacks in the last 24 hours, the limit is {limits.per_day}",
    )


def _no_circle(seen: Circumstances) -> Guard:
    name = "it is no circle"
    target = seen.target
    is_circle = target is not None and any(
        e.deployment == target.deployment and seen.now - e.at < _DAY for e in _begun(seen.entries)
    )
    words = f"{target.shown} was itself rolled back from today" if target and is_circle else name
    return Guard(name=name, holds=not is_circle, words=words)


def _no_second_hop(seen: Circumstances) -> Guard:
    """What was gone back to and is bad too was not the cause, or there is another one."""
    name = "the live release is not itself one that was gone back to"
    is_hop = is_gone_back_to(seen.entries, seen.live)
    words = "the live release is the one that was gone back to: going further back is a guess"
    return Guard(name=name, holds=not is_hop, words=words if is_hop else name)


def is_gone_back_to(entries: Sequence[Entry], live: Deployment, judged: str = "") -> bool:
    """Whether the live release is there by the newest rollback; from the release `judged`, where
    one is named.
    """
    kinds = (Deed.ROLLED_BACK, Deed.DEPLOYED)
    newest = next((each for each in reversed(entries) if each.deed in kinds), None)
    if newest is None or newest.deed is not Deed.ROLLED_BACK or newest.to != live.serves:
        return False
    return not judged or is_commit(newest.commit, judged)


def _begun(entries: Sequence[Entry]) -> list[Entry]:
    """The first entry of every attempt that came as far as a call."""
    first = {e.attempt: e for e in reversed(entries) if e.deed is Deed.TRYING}
    return list(first.values())
