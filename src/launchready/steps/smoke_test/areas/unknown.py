"""The area `unknown`: what the site says of addresses that it does not have."""

from collections.abc import Iterator
from urllib.parse import urljoin

from launchready.facts.web import Request
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.seen import UnknownFacts
from launchready.steps.smoke_test.session import Session

# Fixed, and not made by chance, so that a second run asks what the first did.
PATH = "/launchready-asks-for-what-is-not-here"
# No application decodes it (RFC 3986, section 2.1), so it comes to the server's own error page.
MALFORMED = "/%ff%fe-launchready"


def observe(session: Session) -> Iterator[object]:
    """An address that does not exist, and one that is malformed."""
    urls = [urljoin(session.plan.origin, path) for path in (PATH, MALFORMED)]
    for answer in session.client.ask_all(Request(url=url) for url in urls):
        if unchecked := inconclusive(answer):
            yield unchecked
        elif answer.response is not None:
            is_absent = answer.response.request.path == PATH
            yield UnknownFacts(response=answer.response, is_absent=is_absent)
