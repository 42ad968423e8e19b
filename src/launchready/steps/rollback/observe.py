"""From the settings to facts: decide, and where it is asked and safe, go back."""

import datetime
import os
from collections.abc import Callable, Iterator

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Entry
from launchready.gateways import Gateways
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.hosts import named, open_host
from launchready.gateways.hosting.provider import Provider
from launchready.gateways.ledger import Store
from launchready.model import Unchecked
from launchready.steps.rollback.decision import Decision
from launchready.steps.rollback.driver import Driver, Pace
from launchready.steps.rollback.guards import refusals
from launchready.steps.rollback.health import client_for, site_health
from launchready.steps.rollback.journal import LedgerJournal, Run
from launchready.steps.rollback.ledger import added, parse_ledger
from launchready.steps.rollback.machine import Health, Seen, Stage, State
from launchready.steps.rollback.planning import Known, Plan, decided, planned
from launchready.steps.rollback.reports import read_reports
from launchready.steps.rollback.saying import told
from launchready.steps.rollback.seen import RollbackFacts
from launchready.steps.rollback.settings import RollbackSettings
from launchready.steps.rollback.stores import open_store, who_runs
from launchready.steps.rollback.telling import About, Telling
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
        known = Known(judged=judged, entries=entries, live=live)
        decision = decided(self._settings, self._run, known)
        plan = planned(self._settings, self._run, self._provider, known)
        seen = self._carried_out(plan, decision, known)
        if self._settings.drill and self._settings.execute:
            self._write_down_the_drill(seen)
        yield seen
        yield told(seen, self._provider)

    def _carried_out(self, plan: Plan, decision: Decision, known: Known) -> RollbackFacts:
        live = known.live
        telling = self._telling(plan, decision)
        driver = Driver(
            self._provider,
            LedgerJournal(self._store, self._run, plan.attempt, decision.words, known.entries),
            Pace(
                host=self._settings.host_seconds,
                site=self._settings.site_seconds,
                pause=self._settings.poll_seconds,
            ),
            why=f"launchready: {decision.words}"[:200],
            look_at_site=self._site(plan.state.target),
            say=self._saying(telling),
            begins=telling.begins,
        )
        if plan.is_resumed:
            state = driver.run(plan.state, driver.look(plan.state, None))
        else:
            state = driver.run(plan.state, self._first(plan, decision))
        if self._settings.execute and not self._settings.drill:
            telling.ends(state)
        return RollbackFacts(
            place=self._settings.site.url or live.url or live.id,
            state=state,
            decision=decision,
            guards=plan.guards,
            live=live,
            target=plan.target,
            calls=tuple(driver.made) or self._calls(state, decision),
            is_resumed=plan.is_resumed,
            untold=(*telling.untold, *filter(None, (driver.unwritten,))),
        )

    def _telling(self, plan: Plan, decision: Decision) -> Telling:
        state = plan.state
        good = state.target.commit[:12] or state.target.id if state.target else "nothing"
        about = About(
            bad=state.bad.commit[:12] or state.bad.id,
            good=good,
            why=decision.words,
            place=self._settings.site.host or self._provider.traits.title,
        )
        return Telling(
            self._settings.notify,
            about,
            at_github=self._settings.github and self._settings.execute,
            environment=self._settings.environment,
        )

    def _saying(self, telling: Telling) -> Callable[[str], None]:
        def say(words: str) -> None:
            telling.heard(words)
            self._gateways.progress.say(words)

        return say

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

    def _first(self, plan: Plan, decision: Decision) -> Seen:
        """What there is to see at the start. What is live is asked anew: to decide took time."""
        flying, live = self._provider.in_flight(), self._provider.current()
        return Seen(
            judgement=decision.judgement,
            refusals=refusals(plan.guards),
            live=live,
            in_flight=len(flying),
            can_cancel=all(self._provider.cancel(each) for each in flying),
            can_pin=bool(self._provider.pin(live)),
        )

    def _calls(self, state: State, decision: Decision) -> tuple[str, ...]:
        """What a run would send that changes something."""
        target = state.target
        if state.stage is not Stage.PLANNED or target is None:
            return ()
        flying = self._provider.in_flight()
        why = f"launchready: {decision.words}"[:200]
        effects = [effect for each in flying for effect in self._provider.cancel(each)]
        effects += self._provider.roll_back(target, why)
        effects += () if self._provider.traits.pins_itself else self._provider.pin(target)
        return tuple(each.shown for each in effects)

    def _site(self, target: Deployment | None) -> Callable[[], Health]:
        site = self._settings.site
        commit = target.commit if target else ""
        client = client_for(site)
        return lambda: site_health(site, client, commit)
