"""The area `browser`: pages as Chromium shows them, one after the other."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.facts.browser import Rendered
from launchready.gateways.browser.chromium import Chromium, NoBrowserError, Submission, chromium
from launchready.gateways.browser.find import NEEDED, has_playwright, installed_chromium
from launchready.gateways.browser.gate import Gate
from launchready.gateways.browser.trust import can_trust, trusted_keys
from launchready.model import Looked, Unchecked
from launchready.site import Form, RouteKind
from launchready.steps.smoke_test.browsed import BrowsedFacts, SubmittedFacts
from launchready.steps.smoke_test.inconclusive import GATES
from launchready.steps.smoke_test.plan import PlannedRoute
from launchready.steps.smoke_test.routes.expecting import is_shell, tells_nothing
from launchready.steps.smoke_test.routes.html_text import visible_text
from launchready.steps.smoke_test.rules.shown import origin_shown
from launchready.steps.smoke_test.session import Session

_PAGES = (RouteKind.PUBLIC, RouteKind.LOGIN, RouteKind.SIGNUP)
_MOST_PAGES = 12
_SECONDS = 90.0  # for all pages
_HTML = ("text/html", "application/xhtml+xml")


def observe(session: Session) -> Iterator[object]:
    """Its facts, and what could not be looked at."""
    if not session.settings.browser:
        return
    if why := _why_none(session):
        yield why
        return
    planned = _planned(session)
    gate = Gate(session.client)
    pins = tuple(gate.pins(_places(session)))
    settings = session.settings
    keys: tuple[str, ...] = ()
    if settings.ca_file:
        secure = [pin for pin in pins if pin[1] != 80]
        keys = trusted_keys(session.client, secure, seconds=settings.timeout)
    headers = {name: value for name, value in settings.headers.items() if value}
    try:
        with chromium(gate, pins=pins, keys=keys, headers=headers, seconds=_SECONDS) as browser:
            for each in planned[:_MOST_PAGES]:
                yield from _page(session, browser, each)
    except NoBrowserError as error:
        yield _unchecked("the browser", f"it does not start: {error}", _INSTALL)
    for each in planned[_MOST_PAGES:]:
        yield _unchecked(each.url, f"the browser opens {_MOST_PAGES} pages at most", _FEWER)
    opened = min(len(planned), _MOST_PAGES)
    yield Looked(name="browsed", one="page in a browser", many="pages in a browser", count=opened)


_INSTALL = f"{NEEDED}, and `playwright install chromium`, or name one in LAUNCHREADY_CHROMIUM"
_FEWER = "declare the pages that earn money first; leave `--browser` out for the others"


def _why_none(session: Session) -> Unchecked | None:
    """What is missing before a browser can be started."""
    if not has_playwright():
        return _unchecked("the pages in a browser", "playwright is not installed", NEEDED)
    named = installed_chromium()
    if named is not None and not os.access(named, os.X_OK):
        return _unchecked(named, "LAUNCHREADY_CHROMIUM names no program", _INSTALL)
    if session.settings.ca_file and not can_trust():
        reason = "certificates of `ca-file` cannot be read without cryptography"
        return _unchecked("the pages in a browser", reason, "pip install 'launchready[native]'")
    return None


def _planned(session: Session) -> list[PlannedRoute]:
    """Pages, and protected routes whose answer alone does not tell who gets what."""
    pages = {each.url: each for each in session.plan.routes if each.kind in _PAGES}
    for each in session.plan.routes:
        if each.kind is RouteKind.PROTECTED and _tells_nothing(session, each.url):
            pages.setdefault(each.url, each)
    return list(pages.values())


def _tells_nothing(session: Session, url: str) -> bool:
    response = session.page(url).last.response
    return response is not None and response.status == 200 and tells_nothing(response)


def _answer(session: Session, url: str) -> tuple[bool, bool]:
    """Whether the answer is a shell, and whether it is empty for good."""
    response = session.page(url).last.response
    if response is None or response.media_type not in _HTML or response.status != 200:
        return False, False
    shell = is_shell(response)
    return shell, not shell and not visible_text(response.text)


def _places(session: Session) -> Iterator[tuple[str, int]]:
    """Hosts and ports of the declared hosts; of the canonical one its own port."""
    own = urlsplit(session.plan.url)
    for host in sorted(session.plan.hosts):
        yield from ((host, port) for port in (80, 443))
    if own.port and own.port not in (80, 443):
        yield session.plan.host, own.port


def _page(session: Session, browser: Chromium, planned: PlannedRoute) -> Iterator[object]:
    if browser.left <= 0:
        yield _unchecked(planned.url, f"{_SECONDS:.0f} seconds for all pages are over", _FEWER)
        return
    rendered = browser.open(planned.url, seconds=session.settings.timeout)
    if rendered.led_to and planned.kind is RouteKind.PROTECTED:
        return  # to a login elsewhere, which is where a stranger belongs
    if why := _unseen(planned, rendered):
        yield why
        return
    shell, is_empty = _answer(session, planned.url)
    route, shown = planned.route, f"{rendered.html}\n{rendered.text}"
    is_page = planned.kind in _PAGES
    yield BrowsedFacts(
        planned=planned,
        rendered=rendered,
        hosts=session.plan.hosts,
        known=frozenset(each.url for each in rendered.failed if session.knows(each.url)),
        lacking=tuple(text for text in route.contains if is_page and text not in shown),
        unwanted=tuple(text for text in route.lacks if is_page and text in shown),
        is_shell=shell,
        is_alone_empty=is_empty,
    )
    if route.submit is not None:
        yield _submitted(session, browser, planned, route.submit)


def _unseen(planned: PlannedRoute, rendered: Rendered) -> Unchecked | None:
    """Why nothing follows from what the browser shows; the area `routes` tells of bad answers."""
    gate = next((name for name in GATES if name in rendered.headers), None)
    if gate is not None:
        hint = "let the runner through, with a header under `smoke-test.headers` or by its address"
        return _unchecked(planned.url, f"a gate for bots answered (`{gate}`), not the site", hint)
    if rendered.led_to:
        reason = f"it leads to {origin_shown(rendered.led_to)}, where the browser does not go"
        return _unchecked(f"{planned.url} in a browser", reason, "name the host in `site.hosts`")
    if rendered.trouble or rendered.status >= 400:
        said = rendered.trouble or f"it answered {rendered.status}"
        return _unchecked(f"{planned.url} in a browser", said, "look at what `routes` says of it")
    return None


def _submitted(
    session: Session, browser: Chromium, planned: PlannedRoute, form: Form
) -> SubmittedFacts | Unchecked:
    if not planned.route.write or not all(form.fields.values()):
        reason = "the form was not sent: it needs `write: true` and a value for every field"
        return _unchecked(planned.url, reason, "set the variables that `submit.fields` name")
    filled = Submission(fields=form.fields, press=form.press, expects=form.expects)
    rendered = browser.open(planned.url, seconds=session.settings.timeout, form=filled)
    return SubmittedFacts(planned=planned, trouble=rendered.trouble)


def _unchecked(target: str, reason: str, hint: str) -> Unchecked:
    return Unchecked(target=target, reason=reason, hint=hint)
