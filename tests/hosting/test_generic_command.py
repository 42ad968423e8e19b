"""A host that is reached by programs of one's own."""

import secrets
from pathlib import Path

import pytest

from launchready.facts.releases import Deployment, Standing
from launchready.frozen import replace
from launchready.gateways.hosting.calls import Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.generic_command import CommandSettings, open_command
from launchready.gateways.hosting.provider import Provider
from tests.hosting.fake import BAD, COMMIT_OF, GOOD
from tests.hosting.programs import Program

WHY = "smoke-test: `rm -rf /` answers $(500)"
SETTINGS = CommandSettings(
    current=("deployer", "live"),
    releases=("deployer", "list"),
    under_way=("deployer", "busy"),
    cancel=("deployer", "stop", "{id}"),
    roll_back=("deployer", "go", "{id}", "{commit}", "{why}"),
    pin=("deployer", "freeze"),
    unpin=("deployer", "thaw"),
)
TARGET = Deployment(id="good", commit=COMMIT_OF[GOOD])


@pytest.fixture
def deployer(tmp_path: Path) -> Program:
    return Program.of(tmp_path, "deployer", live="bad", busy=["next"], frozen=False)


def met(deployer: Program, **environ: str) -> Provider:
    """The adapter."""
    return open_command(SETTINGS, {**deployer.environ, **environ})


def perform(provider: Provider, effects: tuple[Effect, ...]) -> None:
    """Carry all out."""
    for each in effects:
        provider.perform(each)


def test_the_whole_way_back(deployer: Program) -> None:
    provider = met(deployer)
    assert (provider.current().id, provider.current().commit) == ("bad", COMMIT_OF[BAD])
    target = provider.target("", COMMIT_OF[GOOD])
    assert target == TARGET == provider.target("good", "")
    (busy,) = provider.in_flight()
    perform(provider, provider.cancel(busy))
    assert provider.in_flight() == ()
    assert provider.confirm(target, "").standing is Standing.NOT_TAKEN
    perform(provider, provider.roll_back(target, WHY))
    assert deployer.state["asked"][-1] == ["go", "good", COMMIT_OF[GOOD], WHY], "no shell reads it"
    assert provider.confirm(target, "").standing is Standing.LIVE
    perform(provider, provider.pin(target))
    assert deployer.state["frozen"]
    perform(provider, provider.unpin(target))
    assert not deployer.state["frozen"]


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("says 401 Unauthorized", Trouble.AUTH),
        ("says no such release", Trouble.NOT_FOUND),
        ("says a deploy is already in progress", Trouble.CONFLICT),
        ("says too many requests", Trouble.RATE_LIMIT),
        ("says connection reset", Trouble.UNREACHABLE),
        ("says something else", Trouble.SERVER),
        ("says ", Trouble.SERVER),
    ],
)
def test_what_the_program_complains_of_is_told_apart(
    deployer: Program, fault: str, trouble: Trouble
) -> None:
    provider = met(deployer)
    deployer.set(fault=fault)
    with pytest.raises(HostError) as caught:
        perform(provider, provider.roll_back(TARGET, WHY))
    assert caught.value.trouble is trouble
    assert "it ended with 3" in str(caught.value)
    assert provider.confirm(TARGET, "").standing is Standing.NOT_TAKEN
    assert [each[0] for each in deployer.state["asked"]].count("go") == 1, "it is not repeated"


def test_a_program_that_fails_after_its_work_may_have_done_it(deployer: Program) -> None:
    provider = met(deployer)
    deployer.set(fault="done")
    with pytest.raises(HostError) as caught:
        perform(provider, provider.roll_back(TARGET, WHY))
    assert caught.value.trouble.is_lost
    assert provider.confirm(TARGET, "").standing is Standing.LIVE


def test_a_success_that_did_nothing_is_no_success(deployer: Program) -> None:
    provider = met(deployer)
    deployer.set(fault="idle")
    perform(provider, provider.roll_back(TARGET, WHY))
    assert provider.confirm(TARGET, "").standing is Standing.NOT_TAKEN


def test_a_program_that_does_not_end_is_ended(deployer: Program) -> None:
    provider = open_command(replace(SETTINGS, timeout_seconds=1), deployer.environ)
    deployer.set(fault="sleeps")
    with pytest.raises(HostError, match="did not end within 1 s") as caught:
        perform(provider, provider.roll_back(TARGET, WHY))
    assert caught.value.trouble.is_lost


def test_a_secret_that_the_program_says_is_blotted_out(deployer: Program) -> None:
    secret = secrets.token_urlsafe(24)
    provider = met(deployer, SHOP_TOKEN=secret)
    deployer.set(fault="says bad token $SHOP_TOKEN")
    effects = provider.roll_back(TARGET, WHY)
    with pytest.raises(HostError, match=r"bad token \*\*\*") as caught:
        perform(provider, effects)
    assert secret not in f"{caught.value}{caught.value!r}{effects}"


@pytest.mark.parametrize(
    "says", ["a b c", f"--force {'a' * 40}", "good main", "good\ngood", "\n", "go\x00od"]
)
def test_a_line_that_is_none_is_malformed(deployer: Program, says: str) -> None:
    deployer.set(says=says)
    with pytest.raises(HostError) as caught:
        met(deployer).current()
    assert caught.value.trouble is Trouble.MALFORMED


def test_a_name_that_would_be_an_option_is_none(deployer: Program) -> None:
    provider = open_command(replace(SETTINGS, releases=()), deployer.environ)
    assert provider.target("", COMMIT_OF[GOOD]).id == COMMIT_OF[GOOD]
    with pytest.raises(HostError) as caught:
        provider.roll_back(provider.target("--force", ""), WHY)
    assert caught.value.trouble is Trouble.NOT_FOUND


def test_what_is_gone_and_what_is_not_installed_is_told(deployer: Program) -> None:
    with pytest.raises(HostError) as caught:
        met(deployer).target("older", "")
    assert caught.value.trouble is Trouble.NOT_FOUND
    with pytest.raises(HostError, match="deployer cannot be started") as caught:
        open_command(SETTINGS, {"PATH": "/nonexistent"}).current()
    assert caught.value.trouble is Trouble.REFUSED


def test_without_commands_for_it_nothing_is_stopped_or_pinned() -> None:
    bare = CommandSettings(current=("deployer", "live"), roll_back=("deployer", "go", "{id}"))
    provider = open_command(bare, {})
    assert (provider.in_flight(), provider.cancel(TARGET), provider.pin(TARGET)) == ((), (), ())
    assert provider.traits.warnings == ("The next push may go live: no `pin` is set.",)
    assert met_traits() == ()


def met_traits() -> tuple[str, ...]:
    """The warnings where a pin is set."""
    return open_command(SETTINGS, {}).traits.warnings
