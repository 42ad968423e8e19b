"""The step from end to end: reports, ledger, a host and a site on loopback."""

import datetime
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Entry, Safety
from launchready.frozen import replace
from launchready.gateways.metrics import Metric, Source
from launchready.gateways.notify import Channel, Notify
from launchready.site import Release
from launchready.steps.rollback import STEP
from launchready.steps.rollback.ledger import added, parse_ledger
from launchready.steps.rollback.machine import Sent, Stage, State
from launchready.steps.rollback.seen import RollbackFacts
from launchready.steps.rollback.settings import Migrations
from launchready.steps.rollback.state_text import parse_state, state_text
from launchready.steps.rollback.stores import who_runs
from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, COMMIT_OF, GOOD, Fake, Fault, running
from tests.hosting.fakes.vercel import VercelState
from tests.hosting.world import (
    TOKEN_VARIABLE,
    World,
    migration_report,
    settings_for,
    site_of,
    smoke_report,
)

CALL = "request_rollback"
ROLLBACK = "POST /v1/projects/prj_shop/rollback/dpl_good"
REPORTS = ("smoke.json", "safe.json")


def past(deed: Deed, name: str, hours: float, **more: Any) -> Entry:
    """An entry about the good or the bad release, so many hours before now."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    given: dict[str, Any] = {"commit": COMMIT_OF[name], "deployment": VercelState.ids[name]}
    return Entry(deed=deed, at=now - datetime.timedelta(hours=hours), **(given | more))


def write(world: World, *entries: Entry) -> None:
    """The ledger with these entries more."""
    text = world.ledger.read_text() if world.ledger.exists() else ""
    for each in entries:
        text = added(text, each)
    world.ledger.write_text(text)


@pytest.fixture(scope="module")
def host() -> Iterator[tuple[Fake, str]]:
    with running("vercel", secrets.token_urlsafe(24)) as fake, site_of(fake) as site:
        yield fake, site


@pytest.fixture
def world(host: tuple[Fake, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    fake, site = host
    fake.state = VercelState()
    fake.state.building = []
    fake.asked.clear()
    fake.breaches.clear()
    fake.faults.clear()
    monkeypatch.setenv(TOKEN_VARIABLE, fake.token)
    monkeypatch.setenv("GITHUB_RUN_ID", "77")
    made = World(tmp_path, fake, settings_for(fake, site))
    write(
        made,
        past(Deed.DEPLOYED, GOOD, 50, safety=Safety.YES),
        past(Deed.VERIFIED, GOOD, 49),
        past(Deed.DEPLOYED, BAD, 1, safety=Safety.UNKNOWN),
    )
    made.write("smoke.json", smoke_report(commit=COMMIT_OF[BAD]))
    made.write("safe.json", migration_report(COMMIT_OF[BAD], "yes"))
    return made


def deeds(world: World) -> list[Deed]:
    """What the ledger says was done."""
    return [each.deed for each in parse_ledger(world.ledger.read_text())]


def test_a_dry_run_prints_the_calls_and_changes_nothing(world: World) -> None:
    before = world.ledger.read_text()
    fact = world.end(*REPORTS)
    assert fact.state.stage is Stage.PLANNED
    (call,) = fact.calls
    assert call.startswith(f"{ROLLBACK}?description=launchready%3A+smoke-test")
    assert world.ledger.read_text() == before
    assert world.fake.state.live == "dpl_bad"
    assert world.fake.breaches == []
    told = world.told(*REPORTS)
    assert f"would send: {ROLLBACK}" in told.words
    assert "Environment variables and cron jobs go back" in told.words


def test_a_bad_release_is_rolled_back_and_verified(world: World) -> None:
    fact = world.end(*REPORTS, execute=True)
    assert (fact.state.stage, fact.state.is_pinned) == (Stage.DONE, True)
    assert world.fake.state.live == "dpl_good"
    assert world.fake.asked.count(CALL) == 1
    assert world.fake.breaches == []
    assert deeds(world)[3:] == [Deed.TRYING, Deed.ROLLED_BACK]
    assert "rollback: checking" in world.said


def test_who_could_not_be_told_is_a_finding(world: World) -> None:
    hook = Notify(by=Channel.SLACK, variable="UNSET_HOOK")
    fact = world.end(*REPORTS, execute=True, notify=(hook,))
    assert fact.state.stage is Stage.DONE
    assert fact.untold == ("slack: the environment variable UNSET_HOOK is not set",) * 2
    findings = [each.rule for each in STEP.findings(fact, world.settings)]
    assert findings == ["rolled-back", "rollback-untold"]


def test_the_same_trigger_three_times_is_one_rollback(world: World) -> None:
    ends = [world.end(*REPORTS, execute=True).state.stage for _ in range(3)]
    assert ends == [Stage.DONE, Stage.NEEDLESS, Stage.NEEDLESS]
    assert world.fake.asked.count(CALL) == 1


def test_what_was_gone_back_to_and_is_bad_too_is_no_second_hop(world: World) -> None:
    """Even where the reports do not say which release they are about."""
    write(
        world,
        past(Deed.DEPLOYED, GOOD, 90, deployment="dpl_older", commit="f" * 40, safety=Safety.YES),
        past(Deed.VERIFIED, GOOD, 89, deployment="dpl_older"),
        past(Deed.ROLLED_BACK, BAD, 30, to="dpl_good"),
    )
    world.fake.state.live = "dpl_good"
    world.write("smoke.json", smoke_report(commit=""))
    fact = world.end(*REPORTS, execute=True)
    assert fact.state.stage is Stage.REFUSED
    assert "going further back is a guess" in fact.state.words
    assert CALL not in world.fake.asked


def test_an_unsafe_migration_forbids_it_with_its_reasons(world: World) -> None:
    world.write("unsafe.json", migration_report(COMMIT_OF[BAD], "no"))
    fact = world.end("smoke.json", "unsafe.json", execute=True)
    assert fact.state.stage is Stage.REFUSED
    assert "0042_drop_email drops users.email, read at app/mail.py:12" in fact.state.words
    assert CALL not in world.fake.asked
    assert deeds(world)[3:] == []


def test_unknown_migrations_forbid_it_unless_the_settings_say_otherwise(world: World) -> None:
    assert world.end("smoke.json").state.stage is Stage.REFUSED
    assert world.end("smoke.json", migrations=Migrations.NOT_UNSAFE).state.stage is Stage.PLANNED
    assert world.end("smoke.json", migrations=Migrations.NONE).state.stage is Stage.PLANNED


@pytest.mark.parametrize(
    ("rule", "stage"),
    [
        ("", Stage.GOOD),
        ("latency-regression", Stage.HELD),
        ("certificate-about-to-expire", Stage.GOOD),
        ("route-does-not-answer", Stage.PLANNED),
    ],
)
def test_what_a_smoke_test_finds_decides(world: World, rule: str, stage: Stage) -> None:
    world.write("smoke.json", smoke_report(commit=COMMIT_OF[BAD], rule=rule))
    assert world.end(*REPORTS).state.stage is stage


def test_one_failure_of_two_is_inconclusive_where_two_must_fail(world: World) -> None:
    world.write("again.json", smoke_report(commit=COMMIT_OF[BAD], rule=""))
    fact = world.end("again.json", *REPORTS, smoke_failures=2, execute=True)
    assert fact.state.stage is Stage.HELD
    assert fact.decision.words == "smoke-test: 1 of 2 runs failed, 2 must"
    assert CALL not in world.fake.asked


def test_no_report_decides_nothing(world: World) -> None:
    assert world.end(execute=True).state.stage is Stage.HELD
    assert world.end().calls == (), "a dry run prints the calls that a run would make"


def test_metrics_that_do_not_answer_never_roll_back(world: World) -> None:
    dead = Metric(source=Source.HTTP, url=f"{world.fake.address}/counts")
    settings = {"metrics": (dead,), "metrics_seconds": 0.01, "execute": True}
    fact = world.end(**settings)
    assert fact.state.stage is Stage.HELD
    assert "http: " in fact.decision.words
    assert world.end(*REPORTS, **settings).state.stage is Stage.DONE, "the smoke test decides"


@pytest.mark.parametrize("text", ["", "{}", "[]", "7", '{"reports": 7}', "[" * 99999])
def test_a_report_that_cannot_be_read_forbids_it(world: World, text: str) -> None:
    (world.folder / "broken.json").write_text(text)
    given = (*REPORTS, "broken.json")
    assert [each.reason for each in world.unchecked(*given)] == ["it is no report of launchready"]
    assert world.end(*given, execute=True).state.stage is Stage.REFUSED


def test_reports_about_another_release_forbid_it(world: World) -> None:
    world.write("smoke.json", smoke_report(commit="e" * 40))
    assert "somebody else deployed since" in world.end(*REPORTS).state.words


def test_what_the_host_keeps_no_more_forbids_it(world: World) -> None:
    write(
        world,
        past(Deed.DEPLOYED, GOOD, 0.9, deployment="dpl_gone", commit="f" * 40, safety=Safety.YES),
        past(Deed.VERIFIED, GOOD, 0.8, deployment="dpl_gone"),
    )
    assert "cannot go back to ffffffffffff any more" in world.end(*REPORTS).state.words


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (
            [past(Deed.TRYING, BAD, 30, attempt="1"), past(Deed.STOPPED, BAD, 30)],
            "1 rollbacks from",
        ),
        (
            [past(Deed.TRYING, BAD, 3, deployment=f"dpl_{n}", attempt=n) for n in "xy"]
            + [past(Deed.STOPPED, BAD, 3)],
            "2 rollbacks in the last 24 hours, the limit is 2",
        ),
        (
            [past(Deed.TRYING, GOOD, 3, attempt="1"), past(Deed.STOPPED, GOOD, 3)],
            "was itself rolled back from today",
        ),
        ([past(Deed.ROLLED_BACK, GOOD, 3)], "nothing to go back to"),
    ],
    ids=["one per release", "two a day", "a circle", "the target was withdrawn"],
)
def test_the_ledger_forbids_it(world: World, entries: list[Entry], words: str) -> None:
    write(world, *entries)
    fact = world.end(*REPORTS, execute=True)
    assert fact.state.stage is Stage.REFUSED
    assert words in fact.state.words
    assert CALL not in world.fake.asked


def test_a_target_that_was_verified_long_ago_forbids_it(world: World) -> None:
    assert "2 days ago, the limit is 1" in world.end(*REPORTS, oldest_days=1).state.words


def test_a_deploy_under_way_is_stopped_first(world: World) -> None:
    world.fake.state.building = ["dpl_next"]
    fact = world.end(*REPORTS, execute=True)
    assert fact.state.stage is Stage.DONE
    asked = world.fake.asked
    assert asked.index("cancel_deployment") < asked.index(CALL)
    assert fact.calls[0] == "PATCH /v12/deployments/dpl_next/cancel"


# What goes wrong with the one call, and how many are made.
TROUBLES = {
    "lost": (Fault(status=None), 2),
    "lost, and done": (Fault(status=None, is_done=True), 1),
    "out of order": (Fault(status=502), 2),
    "malformed, and done": (Fault(status=200, raw=b"<html>", is_done=True), 1),
    "conflict": (Fault(status=409), 2),
    "busy": (Fault(status=429, headers={"Retry-After": "0"}), 2),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_with_the_call_ends_well_with_one_call_more_at_most(
    world: World, name: str
) -> None:
    fault, calls = TROUBLES[name]
    world.fake.faults[CALL].append(fault)
    assert world.end(*REPORTS, execute=True).state.stage is Stage.DONE
    assert world.fake.asked.count(CALL) == calls
    assert world.fake.state.live == "dpl_good"


@pytest.mark.parametrize("status", [401, 402, 404, 422])
def test_a_refused_call_is_left_to_a_person(world: World, status: int) -> None:
    world.fake.faults[CALL].append(Fault(status=status))
    fact = world.end(*REPORTS, execute=True)
    assert fact.state.stage is Stage.ESCALATED
    assert world.fake.asked.count(CALL) == 1
    assert deeds(world)[3:] == [Deed.TRYING, Deed.STOPPED]


@pytest.mark.parametrize("trait", ["is_stuck", "is_idle"])
def test_what_did_not_take_effect_is_left_to_a_person(world: World, trait: str) -> None:
    setattr(world.fake.state, trait, True)
    fact = world.end(*REPORTS, execute=True, host_seconds=0)
    assert fact.state.stage is Stage.ESCALATED
    assert world.fake.asked.count(CALL) == 1
    again = world.end(*REPORTS, execute=True)
    assert again.state.stage is Stage.REFUSED, "one per release"


def test_a_site_that_stays_bad_is_left_to_a_person(world: World) -> None:
    routes = (replace(world.settings.site.routes[0], status=(204,)),)
    world.settings = replace(world.settings, site=replace(world.settings.site, routes=routes))
    fact = world.end(*REPORTS, execute=True, site_seconds=0)
    assert fact.state.stage is Stage.ESCALATED
    assert "the release was not the cause" in fact.state.words
    assert world.fake.asked.count(CALL) == 1


def test_a_site_that_does_not_tell_the_right_release_is_left_to_a_person(world: World) -> None:
    """The routes answer, and what answers may be a cache."""
    site = replace(world.settings.site, release=Release(path="/", header="x-not-there"))
    world.settings = replace(world.settings, site=site)
    assert world.end(*REPORTS, execute=True, site_seconds=0).state.stage is Stage.ESCALATED


def begun(**more: Any) -> Entry:
    """The line of a run that died when it was about to call."""
    bad = Deployment(id="dpl_bad", commit=COMMIT_OF[BAD])
    good = Deployment(id="dpl_good", commit=COMMIT_OF[GOOD])
    state = State(stage=Stage.CALLING, bad=bad, target=good, is_dry=False, calls=1, sent=Sent.MAYBE)
    return past(
        Deed.TRYING, BAD, 0.001, attempt="a1", to="dpl_good", state=state_text(state), **more
    )


@pytest.mark.parametrize("was_done", [False, True])
def test_a_run_that_died_at_the_call_is_ended_by_the_next(world: World, was_done: bool) -> None:
    write(world, begun(who=who_runs(os.environ)))
    if was_done:
        world.fake.state.go_back("dpl_good")
    fact = world.end(*REPORTS, execute=True)
    assert fact.is_resumed
    assert fact.state.stage is Stage.DONE
    assert world.fake.asked.count(CALL) == (0 if was_done else 1)
    assert world.end(*REPORTS, execute=True).state.stage is Stage.NEEDLESS


def test_while_another_run_is_at_it_nothing_is_done(world: World) -> None:
    write(world, begun(who="somebody/shop/runs/78"))
    with pytest.raises(LaunchReadyError, match=r"another run .somebody/shop/runs/78. is rolling"):
        world.run(*REPORTS, execute=True)
    assert CALL not in world.fake.asked


class Busy(VercelState):
    """A host at which something happens while a run asks for the target."""

    def __init__(self, meanwhile: Callable[["Busy"], None]) -> None:
        super().__init__()
        self.building = []
        self.meanwhile = meanwhile

    def get_deployments(self, asked: Matched) -> tuple[int, Any]:
        self.meanwhile(self)
        self.meanwhile = lambda _: None
        return super().get_deployments(asked)


def test_what_another_run_did_while_this_one_decided_is_seen(world: World) -> None:
    """The same trigger twice at the same time: both decide, and only one calls."""
    done = (past(Deed.TRYING, BAD, 0, attempt="x"), past(Deed.ROLLED_BACK, BAD, 0, to="dpl_good"))
    world.fake.state = Busy(lambda _: write(world, *done))
    with pytest.raises(LaunchReadyError, match="another run has deployed or rolled back"):
        world.run(*REPORTS, execute=True)
    assert CALL not in world.fake.asked


class Breaking(VercelState):
    """A host, and a ledger that breaks once the call is made, or before."""

    def __init__(self, ledger: Path) -> None:
        super().__init__()
        self.building = []
        self.ledger = ledger

    def request_rollback(self, asked: Matched) -> tuple[int, Any]:
        self.ledger.rename(self.ledger.with_name("kept"))
        self.ledger.mkdir()
        return super().request_rollback(asked)


def test_a_ledger_that_breaks_after_the_call_stops_nothing(world: World) -> None:
    world.fake.state = Breaking(world.ledger)
    fact = world.end(*REPORTS, execute=True)
    assert fact.state.stage is Stage.DONE
    (said,) = fact.untold
    assert "the ledger: cannot read the ledger" in said
    # The next run ends what the ledger tells as begun, without a call.
    world.ledger.rmdir()
    world.ledger.with_name("kept").rename(world.ledger)
    again = world.end(*REPORTS, execute=True)
    assert (again.is_resumed, again.state.stage) == (True, Stage.DONE)
    assert world.fake.asked.count(CALL) == 1


def test_without_the_line_in_the_ledger_there_is_no_call(world: World) -> None:
    def break_it(_: Busy) -> None:
        world.ledger.unlink()
        world.ledger.mkdir()

    world.fake.state = Busy(break_it)
    with pytest.raises(LaunchReadyError, match="cannot read the ledger"):
        world.run(*REPORTS, execute=True)
    assert CALL not in world.fake.asked


def test_a_deploy_that_went_live_while_it_was_decided_is_seen(world: World) -> None:
    world.fake.state = Busy(lambda state: setattr(state, "live", "dpl_other"))
    fact = world.end(*REPORTS, execute=True)
    assert fact.state.stage is Stage.REFUSED
    assert fact.state.words == "another release went live since it was judged"


def test_a_state_reads_back() -> None:
    state = State(
        stage=Stage.PINNING,
        bad=Deployment(id="b", commit="1", build="x"),
        target=None,
        calls=2,
        sent=Sent.TAKEN,
        is_pinned=False,
    )
    assert parse_state(state_text(state)) == state
    for text in ("", "7", "{}", state_text(state).replace("pinning", "flying")):
        with pytest.raises(LaunchReadyError):
            parse_state(text)


def test_a_drill_goes_as_far_as_the_last_call(world: World) -> None:
    fact = world.end(drill=True, execute=True, migrations=Migrations.NONE)
    assert fact.state.stage is Stage.PLANNED
    assert fact.calls[0].startswith(ROLLBACK)
    assert world.fake.state.live == "dpl_bad"
    assert deeds(world)[3:] == [Deed.DRILLED]


@pytest.mark.parametrize(
    ("migrations", "words"),
    [
        (Migrations.NONE, "would be live again"),
        (Migrations.SAFE, "it would not be rolled back: "),
    ],
)
def test_a_drill_calls_no_release_bad(world: World, migrations: Migrations, words: str) -> None:
    fact = world.end(drill=True, migrations=migrations)
    settings = replace(world.settings, drill=True)
    judges = [rule.judge for rule in STEP.rules if rule.facts is RollbackFacts]
    (finding,) = [found for judge in judges for found in judge(fact, settings)]
    assert finding.message.startswith(f"if {fact.bad} were bad, ")
    assert words in finding.message


def test_the_runbook_says_what_to_do_without_a_token(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.end(drill=True, execute=True)
    write(world, past(Deed.DEPLOYED, BAD, 0.5, deployment="dpl|<b>`x", who="a"))
    monkeypatch.delenv(TOKEN_VARIABLE)
    page = world.answer(runbook=True)
    assert (
        f"Paths are below {world.fake.address}; the token is the one of `{TOKEN_VARIABLE}`" in page
    )
    today = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
    assert f"Last rehearsed on {today} by {who_runs(os.environ)}." in page
    assert "POST /v1/projects/prj_shop/rollback/DEPLOYMENT?description=by+hand" in page
    assert 'PATCH /v9/projects/prj_shop {"autoAssignCustomDomains": true}' in page
    assert "- Environment variables and cron jobs go back to those of that build." in page
    assert "| dpl??b??x | not verified |" in page
    world.ledger.write_text("")
    assert "**Never rehearsed.**" in world.answer(runbook=True)
    world.ledger.write_text("?")
    assert "**The ledger could not be read**: line 1 of the ledger is no entry" in world.answer(
        runbook=True
    )


def test_pushes_go_live_again_when_it_is_undone(world: World) -> None:
    assert world.end(*REPORTS, execute=True).state.is_pinned
    call = 'PATCH /v9/projects/prj_shop {"autoAssignCustomDomains": true}'
    assert f"would send: {call}" in world.told(undo=True).words
    assert world.told(undo=True, execute=True).words == "Pushes go live again"
    assert world.fake.state.is_pinned is False
    assert deeds(world)[-1] is Deed.UNPINNED


def test_a_host_that_is_silent_is_unchecked(world: World) -> None:
    world.fake.faults["get_project"].append(Fault(status=401))
    (unchecked,) = world.unchecked(*REPORTS, execute=True)
    assert "the token is refused" in unchecked.reason


def test_the_token_is_in_nothing_that_is_said_or_written(world: World) -> None:
    echo = f'{{"message": "token {world.fake.token}"}}'.encode()
    world.fake.faults[CALL].append(Fault(status=401, raw=echo))
    seen = world.run(*REPORTS, execute=True)
    assert "token ***" in "".join(world.said)
    assert world.fake.token not in f"{seen}{world.said}{world.ledger.read_text()}"


def test_a_strangers_change_rolls_nothing_back(world: World) -> None:
    with pytest.raises(LaunchReadyError, match="may be a stranger's must not roll back: a fork"):
        world.run(*REPORTS, why_untrusted="a fork", execute=True)
    assert world.fake.asked == []


def test_without_a_token_or_a_host_it_says_what_is_missing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE)
    with pytest.raises(LaunchReadyError, match=f"variable {TOKEN_VARIABLE} is not set"):
        world.run(*REPORTS)
    world.settings = replace(world.settings, host=type(world.settings.host)())
    with pytest.raises(LaunchReadyError, match="must name exactly one host, and names none"):
        world.run(*REPORTS)
