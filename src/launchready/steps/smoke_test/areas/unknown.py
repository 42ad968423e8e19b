"""The area `unknown`: what the site says of addresses that it does not have."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from launchready.facts.web import Request, Response
from launchready.steps.smoke_test.debug_pages import debug_sign
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.routes.expecting import is_shell
from launchready.steps.smoke_test.seen import MissingScriptFacts, UnknownFacts
from launchready.steps.smoke_test.session import Session

# Fixed, and not made by chance, so that a second run asks what the first did.
PATH = "/launchready-asks-for-what-is-not-here"
# No application decodes it (RFC 3986, section 2.1), so it comes to the server's own error page.
MALFORMED = "/%ff%fe-launchready"
# The name that a script of another release would have.
SCRIPT = "launchready-asks-0a1b2c3d.js"


def observe(session: Session) -> Iterator[object]:
    """An address that does not exist, one that is malformed, and of an application a lost script.

    The malformed one tells nothing more where both show the same page for developers.
    """
    urls = [urljoin(session.plan.origin, path) for path in (PATH, MALFORMED)]
    signs: set[str | None] = {None}
    for answer in session.client.ask_all(Request(url=url) for url in urls):
        response = answer.response
        if unchecked := inconclusive(answer):
            yield unchecked
        elif response is not None and response.request.path == PATH:
            if _is_down(session, response):
                continue  # told by the area `routes`
            signs.add(debug_sign(response))
            is_app = _is_app(session, response)
            yield UnknownFacts(response=response, is_absent=True, is_app=is_app)
            if is_app:
                yield from _script(session)
        elif response is not None and debug_sign(response) not in signs - {None}:
            yield UnknownFacts(response=response, is_absent=False)


def _is_down(session: Session, response: Response) -> bool:
    """Whether the home page breaks in the same way: then it is not the error page that is ill."""
    home = session.page(session.plan.url).last.response
    return response.status >= 500 and home is not None and home.status == response.status


def _is_app(session: Session, response: Response) -> bool:
    """Whether it is the page of an application whose router in the browser decides what is there.

    It waits for scripts, or is the home page with them.
    """
    if response.status != 200 or "<script" not in response.text.lower():
        return False
    home = session.page(session.plan.url).last.response
    return is_shell(response) or (home is not None and home.body == response.body)


def _script(session: Session) -> Iterator[object]:
    """A script that no release has, beside those of the home page."""
    home = session.page(session.plan.url).last.response
    scripts = page_of(home.text, home.url).scripts if home else ()
    own = (url for url in scripts if urlsplit(url).hostname == session.plan.host)
    url = urljoin(next(own, urljoin(session.plan.origin, "/assets/")), SCRIPT)
    answer = session.client.ask(Request(url=url, most_bytes=4096))
    if answer.response is not None and not inconclusive(answer):
        yield MissingScriptFacts(response=answer.response)
