"""From the settings to facts: decide, and where it is asked and safe, go back."""

import datetime
import os
from collections.abc import Callable, Iterator

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Entry, Release
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.hosts import named, open_host
from launchready.gateways.hosting.provider import Provider
from launchready.gateways.ledger import Store
from launchready.model import Told, Unchecked
from launchready.steps.rollback.decision import Decision, Judgement, Signal, decide, judge_smoke
from launchready.steps.rollback.driver import Driver, Pace
from launchready.steps.rollback.guards import (
    Circumstances,
    Guard,
    Limits,
    guards,
    is_gone_back_to,
    refusals,
)
from launchready.steps.rollback.health import client_for, site_health
from launchready.steps.rollback.journal import LedgerJournal, Run, attempt_id, resumed
from launchready.steps.rollback.ledger import (
    added,
    crossed,
    is_live,
    parse_ledger,
    releases,
    target_of,
)
from launchready.steps.rollback.machine import Health, Seen, State
from launchready.steps.rollback.rates import rate_signals
from launchready.steps.rollback.reports import Judged, read_reports
from launchready.steps.rollback.seen import RollbackFacts
from launchready.steps.rollback.settings import Migrations, RollbackSettings
from launchready.steps.rollback.stores import open_store, who_runs
from launchready.steps.rollback.unpinning import undo

_MARGIN = datetime.timedelta(minutes=2)


def observe(settings: RollbackSettings, gateways: Gateways) -> Iterator[object]:
    """What was decided and done, as one fact; and what could not be seen."""
    if settings.execute and gateways.why_untrusted:
        raise LaunchReadyError(
            f"a change that may be a stranger's must not roll back: {gateways.why_untrusted}",
            hint="run it on pushes to your own branch, or after the deploy",
        )
    provider = open_host(settings.host, os.environ)
    store = open_store(settings, gateways)
    try:
        if settings.undo:
            yield undo(provider, store, run_of(settings), is_dry=not settings.execute)
            return
        yield from _Rollback(settings, gateways, provider, store).facts()
    except HostError as error:
        hint = "set the token's variable, and see that it may act for this project"
        if error.trouble is not Trouble.AUTH:
            hint = "look at the host's own page of the project, and run it again"
        yield Unchecked(target=f"the host ({provider.traits.title})", reason=str(error), hint=hint)


def run_of(settings: RollbackSettings) -> Run:
    """Who is at work, and for how long its word holds."""
    return Run(
        who=who_runs(os.environ),
        provider=" ".join(named(settings.host)),
        lease=datetime.timedelta(seconds=settings.host_seconds + settings.site_seconds) + _MARGIN,
        now=lambda: datetime.datetime.now(datetime.UTC).replace(microsecond=0),
    )


@frozen
class _Plan:
    """What one run is about. `state` is where it begins."""

    state: State
    attempt: str
    target: Release | None
    guards: tuple[Guard, ...]
    is_resumed: bool = False


class _Rollback:
    """One run of the step."""

    def __init__(
        self, settings: RollbackSettings, gateways: Gateways, provider: Provider, store: Store
    ) -> None:
        self._settings = settings
        self._gateways = gateways
        self._provider = provider
        self._store = store
        self._run = run_of(settings)

    def facts(self) -> Iterator[object]:
        """The fact, what it means for others, and what was not seen."""
        judged = read_reports(
            (self._gateways.root / path for path in self._settings.judge_by),
            frozenset(self._settings.smoke_rules),
        )
        yield from judged.unchecked
        live = self._provider.current()
        entries = parse_ledger(self._store.read())
        decision = self._decided(judged, entries, live)
        plan = self._planned(judged, entries, live)
        seen = self._carried_out(plan, decision, live)
        if self._settings.drill and self._settings.execute:
            self._write_down_the_drill(seen)
        yield seen
        yield told(seen, self._provider)

    def _decided(self, judged: Judged, entries: tuple[Entry, ...], live: Deployment) -> Decision:
        if self._settings.drill:
            words = "this is a drill"
            return decide([Signal(source="drill", judgement=Judgement.BAD, words=words)])
        settings = self._settings
        own = [each for each in releases(entries) if is_live(each, live)]
        signals = list(
            rate_signals(
                settings.metrics,
                own[-1].recorded if own else live.created,
                pause_seconds=settings.metrics_seconds,
                now=self._run.now,
            )
        )
        if settings.judge_by or not signals:
            signals.insert(0, judge_smoke(judged.looks, least_bad=settings.smoke_failures))
        return decide(signals)

    def _planned(self, judged: Judged, entries: tuple[Entry, ...], live: Deployment) -> _Plan:
        known = releases(entries)
        going = resumed(entries, live)
        if going and self._settings.execute and not self._settings.drill:
            state, attempt = going
            return _Plan(state=state, attempt=attempt, target=None, guards=(), is_resumed=True)
        if judged.commit and is_gone_back_to(entries, live, judged.commit):
            done = State(bad=live, target=live, is_dry=True)  # this trigger has had its rollback
            return _Plan(state=done, attempt="", target=None, guards=())
        release = target_of(known, live)
        seen = Circumstances(
            now=self._run.now(),
            live=live,
            judged=judged.commit,
            target=release,
            crossed=crossed(known, release, live) if release else (),
            entries=entries,
            reported=judged.safety,
            reasons=judged.reasons,
        )
        words = guards(seen, _limits(self._settings))
        target, more = self._target(release)
        is_dry = not self._settings.execute or self._settings.drill
        return _Plan(
            state=State(bad=live, target=target, is_dry=is_dry),
            attempt=attempt_id(entries, live, target),
            target=release,
            guards=(*words, *more, _all_were_read(judged)),
        )

    def _target(self, release: Release | None) -> tuple[Deployment | None, tuple[Guard, ...]]:
        """The release as the host has it, with the guard that the host still has it."""
        if release is None:
            return None, ()
        name = "the host can still go back to it"
        try:
            found = self._provider.target(release.deployment, release.commit)
        except HostError as error:
            if error.trouble is not Trouble.NOT_FOUND:
                raise
            words = f"the host cannot go back to {release.shown} any more: {error.words}"
            return None, (Guard(name=name, holds=False, words=words),)
        return found, (Guard(name=name, holds=True, words=name),)

    def _carried_out(self, plan: _Plan, decision: Decision, live: Deployment) -> RollbackFacts:
        driver = Driver(
            self._provider,
            LedgerJournal(self._store, self._run, plan.attempt, decision.words),
            Pace(
                host=self._settings.host_seconds,
                site=self._settings.site_seconds,
                pause=self._settings.poll_seconds,
            ),
            why=f"launchready: {decision.words}"[:200],
            look_at_site=self._site(plan.state.target),
            say=self._gateways.progress.say,
        )
        if plan.is_resumed:
            state = driver.run(plan.state, driver.look(plan.state, None))
        else:
            state = driver.run(plan.state, self._first(plan, decision, live))
        return RollbackFacts(
            place=self._settings.site.url or live.url or live.id,
            state=state,
            decision=decision,
            guards=plan.guards,
            live=live,
            target=plan.target,
            calls=tuple(driver.made) or self._calls(plan, decision),
            is_resumed=plan.is_resumed,
        )

    def _write_down_the_drill(self, seen: RollbackFacts) -> None:
        entry = Entry(
            deed=Deed.DRILLED,
            at=self._run.now(),
            commit=seen.live.commit,
            deployment=seen.live.id,
            provider=self._run.provider,
            who=self._run.who,
            words=seen.state.words,
            to=seen.state.target.serves if seen.state.target else "",
        )
        self._store.amend(lambda text: added(text, entry), f"Drilled: {seen.live.id}")

    def _first(self, plan: _Plan, decision: Decision, live: Deployment) -> Seen:
        flying = self._provider.in_flight()
        return Seen(
            judgement=decision.judgement,
            refusals=refusals(plan.guards),
            live=live,
            in_flight=len(flying),
            can_cancel=all(self._provider.cancel(each) for each in flying),
            can_pin=bool(self._provider.pin()),
        )

    def _calls(self, plan: _Plan, decision: Decision) -> tuple[str, ...]:
        """What a run would send that changes something."""
        if not plan.state.is_dry or plan.state.target is None:
            return ()
        flying = self._provider.in_flight()
        why = f"launchready: {decision.words}"[:200]
        effects = [effect for each in flying for effect in self._provider.cancel(each)]
        effects += self._provider.roll_back(plan.state.target, why)
        effects += () if self._provider.traits.pins_itself else self._provider.pin()
        return tuple(each.shown for each in effects)

    def _site(self, target: Deployment | None) -> Callable[[], Health]:
        site = self._settings.site
        commit = target.commit if target else ""
        client = client_for(site)
        return lambda: site_health(site, client, commit)


def told(seen: RollbackFacts, provider: Provider) -> Told:
    """What other steps and people read."""
    lines = [f"Rollback: {seen.state.stage.value}: {seen.state.words}"]
    lines += [f"  {'yes' if each.holds else 'NO '}  {each.words}" for each in seen.guards]
    if seen.state.is_dry:
        lines += [f"  would send: {call}" for call in seen.calls]
    lines += [f"  {words}" for words in provider.traits.warnings if seen.calls]
    return Told(
        name="rollback",
        value={
            "stage": seen.state.stage.value,
            "words": seen.state.words,
            "judgement": seen.decision.judgement.value,
            "because": seen.decision.words,
            "from": {"deployment": seen.state.bad.id, "commit": seen.state.bad.commit},
            "to": {
                "deployment": seen.state.target.id if seen.state.target else None,
                "commit": seen.state.target.commit if seen.state.target else None,
            },
            "is_dry_run": seen.state.is_dry,
            "is_pinned": seen.state.is_pinned,
            "calls": list(seen.calls),
            "guards": [{"name": g.name, "holds": g.holds, "words": g.words} for g in seen.guards],
        },
        words="\n".join(lines),
    )


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
