"""An app that Kamal deploys, by a stand-in of it that has two servers and a lock."""

import secrets
from pathlib import Path

import pytest

from launchready.facts.releases import Deployment, Standing
from launchready.gateways.hosting.calls import Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.kamal import KamalSettings, open_kamal
from launchready.gateways.hosting.provider import Provider
from tests.hosting.fake import BAD, COMMIT_OF, GOOD
from tests.hosting.programs import Program

TARGET = Deployment(id=COMMIT_OF[GOOD], commit=COMMIT_OF[GOOD])
SOMEBODY = "Locked by: Ann at 2026-11-01T10:00:00Z\nVersion: x\nMessage: Automatic deploy lock"


@pytest.fixture
def kamal(tmp_path: Path) -> Program:
    both = [COMMIT_OF[GOOD], COMMIT_OF[BAD]]
    return Program.of(tmp_path, "kamal", live=[COMMIT_OF[BAD]] * 2, containers=both, lock="")


def met(kamal: Program, **environ: str) -> Provider:
    """The adapter."""
    return open_kamal(KamalSettings(destination="production"), {**kamal.environ, **environ})


def perform(provider: Provider, effects: tuple[Effect, ...]) -> None:
    """Carry all out."""
    for each in effects:
        provider.perform(each)


def test_the_whole_way_back(kamal: Program) -> None:
    provider = met(kamal)
    assert provider.current().commit == COMMIT_OF[BAD]
    assert provider.target("", COMMIT_OF[GOOD]) == TARGET == provider.target(COMMIT_OF[GOOD], "")
    assert provider.in_flight() == ()
    assert provider.confirm(TARGET, "").standing is Standing.NOT_TAKEN
    (effect,) = provider.roll_back(TARGET, "why")
    assert effect.shown == f"kamal rollback {COMMIT_OF[GOOD]} --destination=production"
    provider.perform(effect)
    assert provider.confirm(TARGET, "").standing is Standing.LIVE
    perform(provider, provider.pin(TARGET))
    assert provider.confirm(TARGET, "").is_pinned
    assert provider.in_flight() == (), "our own lock is no deploy"
    perform(provider, provider.unpin(TARGET))
    assert provider.confirm(TARGET, "").is_pinned is False


def test_who_holds_the_lock_is_at_work_and_is_not_stopped(kamal: Program) -> None:
    kamal.set(lock=SOMEBODY)
    provider = met(kamal)
    (flying,) = provider.in_flight()
    assert flying.id == "Locked by: Ann at 2026-11-01T10:00:00Z"
    assert provider.cancel(flying) == ()
    for effects in (provider.roll_back(TARGET, "why"), provider.pin(TARGET)):
        with pytest.raises(HostError) as caught:
            perform(provider, effects)
        assert caught.value.trouble is Trouble.CONFLICT
    assert provider.confirm(TARGET, "").is_pinned is False, "it is not ours"


def test_a_container_that_was_pruned_is_told_though_kamal_ends_well(kamal: Program) -> None:
    kamal.set(containers=[COMMIT_OF[BAD]])
    provider = met(kamal)
    for ask in (
        lambda: provider.target(COMMIT_OF[GOOD], ""),
        lambda: perform(provider, provider.roll_back(TARGET, "why")),
        lambda: provider.roll_back(Deployment(id="--hosts=x"), "why"),
    ):
        with pytest.raises(HostError) as caught:
            ask()
        assert caught.value.trouble is Trouble.NOT_FOUND


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("says Net::SSH::AuthenticationFailed: permission denied", Trouble.AUTH),
        ("says Net::SSH::ConnectionTimeout", Trouble.UNREACHABLE),
        ("says docker exit status: 125", Trouble.SERVER),
    ],
)
def test_what_kamal_complains_of_is_told_apart(
    kamal: Program, fault: str, trouble: Trouble
) -> None:
    kamal.set(fault=fault)
    provider = met(kamal)
    with pytest.raises(HostError) as caught:
        perform(provider, provider.roll_back(TARGET, "why"))
    assert caught.value.trouble is trouble
    assert provider.confirm(TARGET, "").standing is Standing.NOT_TAKEN


def test_a_hook_that_fails_comes_after_the_work(kamal: Program) -> None:
    kamal.set(fault="hook")
    provider = met(kamal)
    with pytest.raises(HostError, match="post-deploy") as caught:
        perform(provider, provider.roll_back(TARGET, "why"))
    assert caught.value.trouble.is_lost
    assert provider.confirm(TARGET, "").standing is Standing.LIVE


def test_half_of_the_servers_are_no_release(kamal: Program) -> None:
    kamal.set(fault="half")
    provider = met(kamal)
    with pytest.raises(HostError):
        perform(provider, provider.roll_back(TARGET, "why"))
    with pytest.raises(HostError, match="the servers run different versions"):
        provider.confirm(TARGET, "")


def test_a_success_that_did_nothing_is_no_success(kamal: Program) -> None:
    kamal.set(fault="idle")
    provider = met(kamal)
    perform(provider, provider.roll_back(TARGET, "why"))
    assert provider.confirm(TARGET, "").standing is Standing.NOT_TAKEN


def test_an_answer_that_is_none_is_malformed(kamal: Program) -> None:
    kamal.set(says="App Host: 192.0.2.1\n\n", lock=" ")
    for ask in (met(kamal).current, met(kamal).in_flight):
        with pytest.raises(HostError) as caught:
            ask()
        assert caught.value.trouble is Trouble.MALFORMED


def test_a_secret_that_kamal_says_is_blotted_out(kamal: Program) -> None:
    secret = secrets.token_urlsafe(24)
    kamal.set(fault="says login with $KAMAL_REGISTRY_PASSWORD")
    provider = met(kamal, KAMAL_REGISTRY_PASSWORD=secret)
    with pytest.raises(HostError, match=r"login with \*\*\*") as caught:
        perform(provider, provider.roll_back(TARGET, "why"))
    assert secret not in str(caught.value)
