"""Every adapter: the whole way back, and every fault told apart, against its vendor's contract."""

import gc
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from launchready.facts.releases import Deployment, Standing
from launchready.facts.secret import Hidden
from launchready.frozen import replace
from launchready.gateways.hosting.calls import Call, Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.provider import Provider
from tests.hosting.fake import BAD, COMMIT_OF, GOOD, Fake, Fault, running
from tests.hosting.table import ROWS, Row

WHY = "smoke-test: /checkout answers 500"


@dataclass
class Met:
    """An adapter and the host that it asks."""

    row: Row
    fake: Fake
    provider: Provider

    @property
    def target(self) -> Deployment:
        """The good release, as the host tells it."""
        return self.provider.target(self.row.state.ids[GOOD], "")

    def perform(self, effects: tuple[Effect, ...]) -> str:
        """Carry all out; the last ticket."""
        ticket = ""
        for effect in effects:
            ticket = self.provider.perform(effect) or ticket
        return ticket

    def go_back(self) -> str:
        """Roll back to the good release."""
        return self.perform(self.provider.roll_back(self.target, WHY))

    def trouble(self, *faults: Fault) -> HostError:
        """What the adapter says when the rollback call meets these faults."""
        target = self.target
        self.fake.faults[self.row.goes_back].extend(faults)
        with pytest.raises(HostError) as caught:
            self.perform(self.provider.roll_back(target, WHY))
        return caught.value


@pytest.fixture(scope="module")
def fakes() -> Iterator[dict[str, Fake]]:
    """Every host, running; each test gives it a new state."""
    with ExitStack() as stack:
        yield {
            row.name: stack.enter_context(running(row.name, secrets.token_urlsafe(24)))
            for row in ROWS
        }


@pytest.fixture(params=ROWS, ids=lambda row: row.name)
def met(request: pytest.FixtureRequest, fakes: dict[str, Fake]) -> Met:
    row: Row = request.param
    fake = fakes[row.name]
    fake.state = row.state()
    fake.asked.clear()
    fake.breaches.clear()
    fake.faults.clear()
    return Met(row, fake, row.opened(fake.address, Hidden(fake.token)))


def test_the_whole_way_back(met: Met) -> None:
    provider, state = met.provider, met.fake.state
    live = provider.current()
    assert (live.id, live.commit) == (state.live, COMMIT_OF[BAD])
    assert provider.target("", COMMIT_OF[GOOD]).commit == COMMIT_OF[GOOD]
    under_way = provider.in_flight()
    assert [each.id for each in under_way] == state.building
    if under_way and met.row.cancels:
        met.perform(provider.cancel(under_way[0]))
        assert met.fake.state.building == []
    else:
        assert not any(map(provider.cancel, under_way))

    target = met.target
    assert provider.confirm(target, "").standing is Standing.NOT_TAKEN
    ticket = met.go_back()
    confirmation = provider.confirm(target, ticket)
    assert confirmation.standing is Standing.LIVE
    assert confirmation.live.commit == COMMIT_OF[GOOD]
    assert provider.confirm(target, "").standing is Standing.LIVE, "the ticket may be lost"
    if met.row.pins:
        met.perform(provider.pin(target))
        assert state.is_pinned
        assert provider.confirm(target, ticket).is_pinned in (True, None)
        met.perform(provider.unpin(target))
        assert met.fake.state.is_pinned is False
    else:
        assert (*provider.pin(target), *provider.unpin(target)) == ()
    assert met.fake.breaches == []
    unasked = met.fake.contract.operations - set(met.fake.asked)
    assert unasked == met.row.unasked, "the contract holds what nobody asks"


def test_what_is_gone_is_told(met: Met) -> None:
    for name in ("rel_of_another_year", *met.row.unfit):
        with pytest.raises(HostError) as caught:
            met.provider.target(name, "")
        assert caught.value.trouble is Trouble.NOT_FOUND
    with pytest.raises(HostError) as caught:
        met.provider.target("", "d" * 40)
    assert caught.value.trouble is Trouble.NOT_FOUND


# What a mistake in the adapter would send, and what would come of it.
WRONG: dict[str, tuple[Callable[[Call], Call], str]] = {
    "verb": (lambda call: replace(call, method="PUT"), "does not take PUT"),
    "path": (lambda call: replace(call, path=f"/v0{call.path}"), "no such path"),
    "body": (lambda call: replace(call, body={"to": "rel_good"}), "body|additional|required"),
    "query": (lambda call: replace(call, query=(("to", "rel_good"),)), "no parameter to"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_wrong_call_breaks_the_contract(met: Met, mistake: str) -> None:
    change, words = WRONG[mistake]
    effects = [each for each in met.provider.roll_back(met.target, WHY) if isinstance(each, Call)]
    with pytest.raises(HostError):
        met.provider.perform(change(effects[-1]))
    (breach,) = met.fake.breaches
    assert re.search(words, breach, re.IGNORECASE), breach
    assert met.fake.state.live == met.row.state.ids[BAD]


def test_another_token_is_refused(met: Met) -> None:
    other = met.row.opened(met.fake.address, Hidden("another"))
    with pytest.raises(HostError) as caught:
        other.current()
    assert caught.value.trouble is Trouble.AUTH


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault(status=403), Trouble.AUTH),
        (Fault(status=404), Trouble.NOT_FOUND),
        (Fault(status=409), Trouble.CONFLICT),
        (Fault(status=422), Trouble.REFUSED),
        (Fault(status=500), Trouble.SERVER),
        (Fault(status=503), Trouble.SERVER),
        (Fault(status=302, headers={"Location": "https://evil.example"}), Trouble.REFUSED),
        (Fault(status=None), Trouble.UNREACHABLE),
        (Fault(status=200, raw=b"<html>"), Trouble.MALFORMED),
    ],
    ids=lambda each: each.status if isinstance(each, Fault) else each.name,
)
def test_a_failed_rollback_is_told_apart_and_not_repeated(
    met: Met, fault: Fault, trouble: Trouble
) -> None:
    error = met.trouble(fault, Fault(status=418))
    assert error.trouble is trouble, error
    assert met.fake.asked.count(met.row.goes_back) == 1
    assert met.fake.token not in str(error)
    assert met.provider.confirm(met.target, "").standing is Standing.NOT_TAKEN


def test_a_busy_host_says_when_to_come_back(met: Met) -> None:
    error = met.trouble(Fault(status=429, headers={"Retry-After": "7"}))
    assert (error.trouble, error.retry_after) == (Trouble.RATE_LIMIT, 7)
    assert met.fake.asked.count(met.row.goes_back) == 1


def test_a_rollback_whose_answer_is_lost_is_seen(met: Met) -> None:
    """It was done: whoever looks before asking again does not ask twice."""
    error = met.trouble(Fault(status=None, is_done=True))
    assert error.trouble.is_lost
    assert met.provider.confirm(met.target, "").standing is Standing.LIVE


def test_a_host_may_repeat_the_token_in_its_words(met: Met) -> None:
    echo = f'{{"message": "bad token {met.fake.token}"}}'.encode()
    error = met.trouble(Fault(status=401, raw=echo))
    assert "bad token ***" in str(error)
    assert met.fake.token not in repr(error) + str(error)


@pytest.mark.parametrize("status", [429, 502, 503])
def test_what_only_reads_is_asked_again(met: Met, status: int) -> None:
    busy = Fault(status=status, headers={"Retry-After": "0"})
    met.fake.faults[met.row.reads].extend([busy, Fault(status=503)])
    assert met.provider.current().commit == COMMIT_OF[BAD]
    assert met.fake.asked[:3] == [met.row.reads] * 3
    assert met.fake.asked.count(met.row.reads) == 3


@pytest.mark.parametrize(
    "raw", [b"<html>", b"[]", b"{}", b"null", b"", b'{"id": 7}', b"[[[" * 9999]
)
def test_an_answer_that_is_none_is_malformed(met: Met, raw: bytes) -> None:
    met.fake.faults[met.row.reads].append(Fault(status=200, raw=raw))
    gc.disable()  # a finaliser that runs at the recursion limit would warn
    try:
        with pytest.raises(HostError) as caught:
            met.provider.current()
    finally:
        gc.enable()
    assert caught.value.trouble is Trouble.MALFORMED


def test_a_stuck_job_is_no_success(met: Met) -> None:
    met.fake.state.is_stuck = True
    ticket = met.go_back()
    assert met.provider.confirm(met.target, ticket).standing is met.row.stuck


def test_a_success_that_did_nothing_is_no_success(met: Met) -> None:
    met.fake.state.is_idle = True
    ticket = met.go_back()
    assert met.provider.confirm(met.target, ticket).standing is met.row.idle


def test_the_token_is_shown_nowhere(met: Met) -> None:
    effects = (*met.provider.roll_back(met.target, WHY), *met.provider.pin(met.target))
    shown = repr(met.provider) + "".join(f"{each!r}{each.shown}" for each in effects)
    assert effects
    assert met.fake.token not in shown
