"""What is special about Cloud Run: traffic that is split, that fails, and revisions never ready."""

import secrets
from collections.abc import Iterator

import pytest

from launchready.facts.releases import Standing
from launchready.gateways.hosting.cloud_run import CloudRunSettings, open_cloud_run
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.provider import Provider
from tests.hosting.fake import BAD, COMMIT_OF, GOOD, Fake, Fault, running
from tests.hosting.fakes.cloud_run import CloudRunState

GOOD_ID, BAD_ID = CloudRunState.ids[GOOD], CloudRunState.ids[BAD]


@pytest.fixture(scope="module")
def server() -> Iterator[Fake]:
    with running("cloud_run", secrets.token_urlsafe(24)) as fake:
        yield fake


@pytest.fixture
def state(server: Fake) -> CloudRunState:
    server.state = state = CloudRunState()
    return state


def met(server: Fake) -> Provider:
    """The adapter."""
    settings = CloudRunSettings(
        project="shop", region="europe-west1", service="web", api=server.address
    )
    return open_cloud_run(settings, {"GOOGLE_OAUTH_ACCESS_TOKEN": server.token})


def test_traffic_that_is_split_is_no_release(server: Fake, state: CloudRunState) -> None:
    state.serving = {GOOD_ID: 10, BAD_ID: 90}
    with pytest.raises(HostError, match="traffic is split between web-00001-abc, web-00002-def"):
        met(server).current()


def test_traffic_that_the_host_cannot_move_is_told(server: Fake, state: CloudRunState) -> None:
    state.condition = "CONDITION_FAILED"
    provider = met(server)
    assert provider.current().id == BAD_ID
    (effect,) = provider.roll_back(provider.target(GOOD_ID, ""), "why")
    told = provider.confirm(provider.target(GOOD_ID, ""), provider.perform(effect))
    assert (told.standing, told.words, told.live.id) == (Standing.FAILED, "HEALTH_CHECK", BAD_ID)


def test_traffic_that_is_asked_for_and_not_so_is_not_taken(
    server: Fake, state: CloudRunState
) -> None:
    provider = met(server)
    state.traffic[0] = {"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", "revision": GOOD_ID}
    told = provider.confirm(provider.target(GOOD_ID, ""), "")
    assert told.standing is Standing.NOT_TAKEN
    state.is_stuck = True
    told = provider.confirm(provider.target(GOOD_ID, ""), "")
    assert told.standing is Standing.PENDING


def test_a_revision_that_never_became_ready_is_no_target(
    server: Fake, state: CloudRunState
) -> None:
    state.broken = GOOD_ID
    for asked in ((GOOD_ID, ""), ("", COMMIT_OF[GOOD])):
        with pytest.raises(HostError) as caught:
            met(server).target(*asked)
        assert caught.value.trouble is Trouble.NOT_FOUND


@pytest.mark.parametrize(
    ("operation", "raw"),
    [("get_service", b'{"trafficStatuses": []}'), ("get_revision", b'{"conditions": []}')],
)
def test_an_answer_without_a_name_is_malformed(
    server: Fake, state: CloudRunState, operation: str, raw: bytes
) -> None:
    server.faults[operation].append(Fault(status=200, raw=raw))
    with pytest.raises(HostError) as caught:
        met(server).current()
    assert caught.value.trouble is Trouble.MALFORMED
