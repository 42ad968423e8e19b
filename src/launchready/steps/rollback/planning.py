"""What a run decides and is about to do: from reports, ledger and host, changing nothing."""

import datetime

from launchready.facts.releases import Deployment, Entry, Release
from launchready.frozen import frozen
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.provider import Provider
from launchready.steps.rollback.decision import Decision, Judgement, Signal, decide, judge_smoke
from launchready.steps.rollback.guards import (
    Circumstances,
    Guard,
    Limits,
    guards,
    is_gone_back_to,
)
from launchready.steps.rollback.journal import Run, attempt_id, resumed
from launchready.steps.rollback.ledger import crossed, is_live, releases, target_of
from launchready.steps.rollback.machine import State
from launchready.steps.rollback.rates import rate_signals
from launchready.steps.rollback.reports import Judged
from launchready.steps.rollback.settings import Migrations, RollbackSettings


@frozen
class Plan:
    """What one run is about. `state` is where it begins."""

    state: State
    attempt: str
    target: Release | None
    guards: tuple[Guard, ...]
    is_resumed: bool = False


@frozen
class Known:
    """What is known before anything is decided: the reports, the ledger, and what is live."""

    judged: Judged
    entries: tuple[Entry, ...]
    live: Deployment


def decided(settings: RollbackSettings, run: Run, known: Known) -> Decision:
    """Whether the live release is bad."""
    if settings.drill:
        words = "this is a drill"
        return decide([Signal(source="drill", judgement=Judgement.BAD, words=words)])
    live = known.live
    own = [each for each in releases(known.entries) if is_live(each, live)]
    signals = list(
        rate_signals(
            settings.metrics,
            own[-1].recorded if own else live.created,
            pause_seconds=settings.metrics_seconds,
            now=run.now,
        )
    )
    if settings.judge_by or not signals:
        signals.insert(0, judge_smoke(known.judged.looks, least_bad=settings.smoke_failures))
    return decide(signals)


def planned(settings: RollbackSettings, run: Run, provider: Provider, known: Known) -> Plan:
    """Where the machine begins, and the word of every guard. Raises HostError."""
    judged, entries, live = known.judged, known.entries, known.live
    told = releases(entries)
    going = resumed(entries, live)
    if going and settings.execute and not settings.drill:
        state, attempt = going
        return Plan(state=state, attempt=attempt, target=None, guards=(), is_resumed=True)
    if judged.commit and is_gone_back_to(entries, live, judged.commit):
        done = State(bad=live, target=live, is_dry=True)  # this trigger has had its rollback
        return Plan(state=done, attempt="", target=None, guards=())
    release = target_of(told, live)
    seen = Circumstances(
        now=run.now(),
        live=live,
        judged=judged.commit,
        target=release,
        crossed=crossed(told, release, live) if release else (),
        entries=entries,
        reported=judged.safety,
        reasons=judged.reasons,
    )
    words = guards(seen, _limits(settings))
    target, more = _target(provider, release)
    is_dry = not settings.execute or settings.drill
    return Plan(
        state=State(bad=live, target=target, is_dry=is_dry),
        attempt=attempt_id(entries, live, target),
        target=release,
        guards=(*words, *more, _all_were_read(judged)),
    )


def _target(
    provider: Provider, release: Release | None
) -> tuple[Deployment | None, tuple[Guard, ...]]:
    """The release as the host has it, with the guard that the host still has it."""
    if release is None:
        return None, ()
    name = "the host can still go back to it"
    try:
        found = provider.target(release.deployment, release.commit)
    except HostError as error:
        if error.trouble is not Trouble.NOT_FOUND:
            raise
        words = f"the host cannot go back to {release.shown} any more: {error.words}"
        return None, (Guard(name=name, holds=False, words=words),)
    return found, (Guard(name=name, holds=True, words=name),)


def _all_were_read(judged: Judged) -> Guard:
    name = "every report that was given could be read"
    unread = ", ".join(each.target for each in judged.unchecked)
    return Guard(name=name, holds=not unread, words=f"not read: {unread}" if unread else name)


def _limits(settings: RollbackSettings) -> Limits:
    return Limits(
        per_release=settings.per_release,
        per_day=settings.per_day,
        oldest=datetime.timedelta(days=settings.oldest_days),
        takes_unknown_migrations=settings.migrations is Migrations.NOT_UNSAFE,
        has_migrations=settings.migrations is not Migrations.NONE,
    )
