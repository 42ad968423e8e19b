"""The area `release`: whether every address of the site serves the release that is expected."""

import time
from collections.abc import Iterator
from urllib.parse import urljoin

from launchready.facts.web import Address, Request, Silence
from launchready.model import Looked, Told, Unchecked
from launchready.steps.smoke_test.areas.nodes import observe_nodes
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.releases import is_same, release_of
from launchready.steps.smoke_test.seen import ReleaseFacts, ServedBy
from launchready.steps.smoke_test.session import Session

_CONNECTIONS = 3  # to each address: behind one, a balancer may have several nodes
_PAUSE = 2.0


def observe(session: Session) -> Iterator[object]:
    """Who serves what, once the wait is over."""
    expected, where = session.settings.release, session.settings.site.release
    if expected is None and where is None:
        if session.settings.wait:
            _wait_for_any(session)
        yield from observe_nodes(session)
        return
    url = urljoin(session.plan.url, where.path if where else "/")
    asked = Request(url=url)
    lookup = session.client.names.lookup(asked.host, asked.port)
    if lookup.trouble:
        yield Unchecked(target=url, reason=lookup.trouble.value, hint="look at the DNS record")
        return
    started = time.monotonic()
    served = _served(session, url, lookup.addresses)
    while not _is_settled(served, expected) and _may_wait(session, started):
        time.sleep(_PAUSE)
        served = _served(session, url, lookup.addresses)
    yield from _told(session, url, expected, served, round(time.monotonic() - started))
    yield from observe_nodes(session)


def _wait_for_any(session: Session) -> None:
    started = time.monotonic()
    while True:
        response = session.client.ask(Request(url=session.plan.url)).response
        if (response and response.status < 500) or not _may_wait(session, started):
            return
        time.sleep(_PAUSE)


def _may_wait(session: Session, started: float) -> bool:
    is_early = time.monotonic() - started + _PAUSE < session.settings.wait
    return is_early and session.client.allowance.left > session.client.allowance.most // 2


def _served(session: Session, url: str, addresses: tuple[Address, ...]) -> tuple[ServedBy, ...]:
    requests = [
        Request(url=url, address=address, is_fresh=True, headers=(("cache-control", "no-cache"),))
        for address in addresses
        for _ in range(_CONNECTIONS)
    ]
    expected, where = session.settings.release, session.settings.site.release
    return tuple(
        ServedBy(
            address=request.address or addresses[0],
            answer=answer,
            release=release_of(answer.response, where, expected) if answer.response else None,
        )
        for request, answer in zip(requests, session.client.ask_all(requests), strict=True)
    )


def _is_settled(served: tuple[ServedBy, ...], expected: str | None) -> bool:
    """Whether waiting would change nothing."""
    if expected is None:
        return True
    seen = [each.release for each in served if not isinstance(each.answer.last, Silence)]
    return bool(seen) and all(each and is_same(each, expected) for each in seen)


def _told(
    session: Session, url: str, expected: str | None, served: tuple[ServedBy, ...], waited: int
) -> Iterator[object]:
    for each in {each.address: each for each in served}.values():
        if unchecked := inconclusive(each.answer):
            yield Unchecked(
                target=f"{url} at {each.address.ip}", reason=unchecked.reason, hint=unchecked.hint
            )
    conclusive = tuple(each for each in served if inconclusive(each.answer) is None)
    if conclusive and not any(each.release for each in conclusive):
        yield Unchecked(
            target=f"the release at {url}",
            reason="the site does not say which release it is",
            hint="answer with a header such as `x-release: COMMIT`, and name it in `site.release`",
        )
        return
    if conclusive:
        yield ReleaseFacts(url=url, expected=expected, served=conclusive, waited=waited)
    addresses = {each.address for each in conclusive}
    yield Looked(name="addresses", one="address", many="addresses", count=len(addresses))
    names = sorted({each.release for each in conclusive if each.release})
    if names:
        words = f"live: release {' and '.join(names)}"
        yield Told(name="release", value={"seen": names, "expected": expected}, words=words)
