"""What is special about Coolify: a queue, and a server that may not be reached."""

import secrets

import pytest

from launchready.facts.releases import Deployment, Standing
from launchready.facts.secret import Hidden
from launchready.gateways.hosting.coolify import Coolify, CoolifySettings, open_coolify
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane
from tests.hosting.fake import COMMIT_OF, GOOD, Fault, running
from tests.hosting.fakes.coolify import CoolifyState

TARGET = Deployment(id=COMMIT_OF[GOOD], commit=COMMIT_OF[GOOD])
SETTINGS = CoolifySettings(application="app1")


@pytest.mark.parametrize("ends", ["failed", "cancelled-by-user"])
def test_a_deployment_that_fails_and_a_server_that_is_away(ends: str) -> None:
    with running("coolify", secrets.token_urlsafe(24)) as fake:
        fake.state = state = CoolifyState()
        state.ends = ends
        provider = Coolify(Plane(fake.address, Hidden(fake.token), pause_seconds=0), SETTINGS)
        (effect,) = provider.roll_back(TARGET, "why")
        ticket = provider.perform(effect)
        for told in (provider.confirm(TARGET, ticket), provider.confirm(TARGET, "")):
            assert (told.standing, told.words) == (Standing.FAILED, f"its deployment is {ends}")
        away = Fault(status=200, raw=b'{"current": null, "images": []}')
        fake.faults["list_images"].extend([away, away])
        with pytest.raises(HostError) as caught:
            provider.current()
        assert caught.value.trouble is Trouble.MALFORMED
        with pytest.raises(HostError, match="could not be reached") as caught:
            provider.target(COMMIT_OF[GOOD], "")
        assert caught.value.trouble is Trouble.NOT_FOUND
        assert fake.breaches == []


def test_a_tag_that_is_no_commit_names_none() -> None:
    with running("coolify", secrets.token_urlsafe(24)) as fake:
        fake.state = state = CoolifyState()
        state.live = "v1.2"
        settings = CoolifySettings(application="app1", api=fake.address)
        live = open_coolify(settings, {"COOLIFY_TOKEN": fake.token}).current()
        assert (live.id, live.commit) == ("v1.2", "")
