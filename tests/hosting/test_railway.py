"""Railway: what GraphQL refuses comes with status 200."""

import json
import secrets
from collections.abc import Iterator

import pytest

from launchready.facts.releases import Deployment
from launchready.facts.secret import Hidden
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.plane import Plane
from launchready.gateways.hosting.railway import Railway, RailwaySettings
from tests.hosting.fake import Fake, Fault, running
from tests.hosting.fakes.railway import RailwayState
from tests.hosting.table import railway

TARGET = Deployment(id="d-1-good")


@pytest.fixture(scope="module")
def fake() -> Iterator[Fake]:
    with running("railway", secrets.token_urlsafe(24)) as fake:
        fake.state = RailwayState()
        yield fake


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("Not Authorized", Trouble.AUTH),
        ("Bad Access", Trouble.AUTH),
        ("Deployment not found", Trouble.NOT_FOUND),
        ("You are being rate limited", Trouble.RATE_LIMIT),
        ("Problem processing request", Trouble.SERVER),
        ("Cannot roll back", Trouble.REFUSED),
    ],
)
def test_a_refusal_with_status_200_is_told_apart(fake: Fake, words: str, trouble: Trouble) -> None:
    provider = railway(fake.address, Hidden(fake.token))
    errors = {"errors": [{"message": f"{words} {fake.token}"}], "data": None}
    fake.faults["back"].append(Fault(status=200, raw=json.dumps(errors).encode()))
    with pytest.raises(HostError) as caught:
        provider.perform(*provider.roll_back(TARGET, "why"))
    assert caught.value.trouble is trouble
    assert words in str(caught.value)
    assert fake.token not in str(caught.value)


def test_false_is_a_refusal(fake: Fake) -> None:
    provider = railway(fake.address, Hidden(fake.token))
    no = b'{"data": {"deploymentRollback": false}}'
    fake.faults["back"].append(Fault(status=200, raw=no))
    with pytest.raises(HostError) as caught:
        provider.perform(*provider.roll_back(TARGET, "why"))
    assert caught.value.trouble is Trouble.REFUSED


def test_a_project_token_cannot_pin() -> None:
    settings = RailwaySettings(project="p", environment="e", service="s", project_token=True)
    provider = Railway(Plane(settings.api, Hidden("t")), settings)
    assert (*provider.pin(TARGET), *provider.unpin(TARGET)) == ()
