"""Heroku: what releases lead back to, and what cannot be stopped."""

import secrets
from collections.abc import Iterator

import pytest

from launchready.facts.releases import Standing
from launchready.facts.secret import Hidden
from tests.hosting.fake import BAD, GOOD, Fake, running
from tests.hosting.fakes.heroku import HerokuState
from tests.hosting.table import heroku


@pytest.fixture
def fake() -> Iterator[Fake]:
    with running("heroku", secrets.token_urlsafe(24)) as fake:
        fake.state = HerokuState()
        yield fake


def test_rollbacks_of_rollbacks_serve_the_first(fake: Fake) -> None:
    provider = heroku(fake.address, Hidden(fake.token))
    good = provider.target(HerokuState.ids[GOOD], "")
    provider.perform(*provider.roll_back(good, "why"))
    third = provider.current()
    assert (third.id != good.id, third.serves) == (True, good.serves)
    bad = provider.target(HerokuState.ids[BAD], "")
    provider.perform(*provider.roll_back(bad, "why"))
    provider.perform(*provider.roll_back(third, "why"))
    assert provider.current().serves == good.serves
    assert provider.confirm(good, "").standing is Standing.LIVE
    assert fake.breaches == []


def test_a_release_phase_that_runs_cannot_be_stopped(fake: Fake) -> None:
    provider = heroku(fake.address, Hidden(fake.token))
    fake.state.building, fake.state.is_stuck = [], True
    provider.perform(*provider.roll_back(provider.target(HerokuState.ids[GOOD], ""), "why"))
    (pending,) = provider.in_flight()
    assert provider.cancel(pending) == ()
