"""What is special about runs of a workflow: their names, their order, and the run that one is."""

import secrets
from collections.abc import Iterator

import pytest

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deployment, Standing
from launchready.facts.secret import Hidden
from launchready.gateways.github_api import github
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.github_dispatch import Github, GithubSettings, open_github
from tests.hosting.fake import BAD, COMMIT_OF, GOOD, Fake, running
from tests.hosting.fakes.github_dispatch import GithubState

TARGET = Deployment(id=COMMIT_OF[GOOD], commit=COMMIT_OF[GOOD])


@pytest.fixture(scope="module")
def server() -> Iterator[Fake]:
    with running("github_dispatch", secrets.token_urlsafe(24)) as fake:
        yield fake


@pytest.fixture
def state(server: Fake) -> GithubState:
    server.state = state = GithubState()
    server.breaches.clear()
    return state


def met(server: Fake, *, event: str = "", own_run: str = "") -> Github:
    """The adapter."""
    settings = GithubSettings(workflow="deploy.yml", event=event)
    plane = github(server.address, Hidden(server.token), pause_seconds=0)
    return Github(plane, settings, "shop/shop", own_run)


def go_back(provider: Github) -> str:
    """The ticket of a rollback."""
    (effect,) = provider.roll_back(TARGET, "why")
    return provider.perform(effect)


def test_a_repository_dispatch_tells_no_run_and_it_is_found(
    server: Fake, state: GithubState
) -> None:
    provider = met(server, event="rollback")
    state.is_stuck = True
    assert go_back(provider) == ""
    assert provider.confirm(TARGET, "").standing is Standing.PENDING
    state.runs[-1] |= {"status": "completed", "conclusion": "success"}
    assert provider.confirm(TARGET, "").standing is Standing.LIVE
    assert server.breaches == []


@pytest.mark.parametrize("conclusion", ["failure", "cancelled", "timed_out"])
@pytest.mark.parametrize("event", ["", "rollback"])
def test_a_run_that_fails_is_told(
    server: Fake, state: GithubState, event: str, conclusion: str
) -> None:
    """A run that waits may be cancelled by a newer one: that is no rollback."""
    state.conclusion = conclusion
    provider = met(server, event=event)
    told = provider.confirm(TARGET, go_back(provider))
    assert (told.standing, told.live.commit) == (Standing.FAILED, COMMIT_OF[BAD])
    assert told.words == f"run 104 ended with {conclusion}"


def test_a_run_that_does_not_name_its_commit_proves_nothing(
    server: Fake, state: GithubState
) -> None:
    state.is_named = False
    provider = met(server)
    told = provider.confirm(TARGET, go_back(provider))
    assert (told.standing, told.live.id) == (Standing.NOT_TAKEN, "run 104")
    assert told.live.commit == "", "the branch's tip is not what it deployed"


def test_an_old_run_that_was_run_again_is_what_is_live(server: Fake, state: GithubState) -> None:
    state.runs[0]["run_started_at"] = "2026-11-02T00:00:00Z"
    assert met(server).current().commit == COMMIT_OF[GOOD]


def test_a_workflow_that_never_deployed_has_nothing_live(server: Fake, state: GithubState) -> None:
    state.runs = []
    for ask in (met(server).current, lambda: met(server).confirm(TARGET, "")):
        with pytest.raises(HostError, match=r"no run of deploy\.yml succeeded on main"):
            ask()


def test_the_workflow_that_deploys_does_not_roll_back(server: Fake, state: GithubState) -> None:
    """It would stop itself, and its deployment is not known before it ends."""
    with pytest.raises(HostError, match="in a workflow of its own") as caught:
        met(server, own_run="103").in_flight()
    assert caught.value.trouble is Trouble.REFUSED


def test_the_repository_is_that_of_the_run() -> None:
    settings = GithubSettings(workflow="deploy.yml")
    environ = {"GITHUB_TOKEN": "example", "GITHUB_REPOSITORY": "shop/shop"}
    (effect,) = open_github(settings, environ).unpin(TARGET)
    assert effect.shown == "PUT /repos/shop/shop/actions/workflows/deploy.yml/enable"
    with pytest.raises(LaunchReadyError, match="not owner/name"):
        open_github(settings, {"GITHUB_TOKEN": "example"})
