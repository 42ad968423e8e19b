"""The home page of every address of the site's host beside the others."""

from collections.abc import Iterator

from launchready.facts.web import Address, Request, Response
from launchready.steps.smoke_test.html_page import title_of
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.seen import NodesFacts
from launchready.steps.smoke_test.session import Session

_MOST = 8


def observe_nodes(session: Session) -> Iterator[NodesFacts]:
    """What each address answers. One that fails or is not reached is told of elsewhere.

    Asked twice: a page that is another one each time, or a roll-out under way, tells nothing.
    """
    asked = Request(url=session.plan.url)
    lookup = session.client.names.lookup(asked.host, asked.port)
    if lookup.trouble or len(lookup.addresses) < 2:
        return
    addresses = lookup.addresses[:_MOST]
    first, again = (_asked(session, addresses) for _ in range(2))
    kept = tuple(
        response
        for address, response in first.items()
        if address in again and _is_same(response, again[address])
    )
    if len(kept) > 1:
        yield NodesFacts(responses=kept)


def _asked(session: Session, addresses: tuple[Address, ...]) -> dict[Address, Response]:
    requests = [Request(url=session.plan.url, address=address) for address in addresses]
    answers = zip(addresses, session.client.ask_all(requests), strict=True)
    return {
        address: answer.response
        for address, answer in answers
        if answer.response and answer.response.status < 500 and not inconclusive(answer)
    }


def _is_same(one: Response, other: Response) -> bool:
    return one.status == other.status and title_of(one.text) == title_of(other.text)
