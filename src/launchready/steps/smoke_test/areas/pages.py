"""The area `pages`: the declared pages as a browser gets them, for all rules that judge a page."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from launchready.facts.web import Journey, Request
from launchready.model import Looked
from launchready.site import HostKind, RouteKind
from launchready.steps.smoke_test.areas.search import observe_sitemap
from launchready.steps.smoke_test.html_page import Page, page_of
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.plan import hosts_of_kind
from launchready.steps.smoke_test.seen import (
    CorsFacts,
    FilesFacts,
    LoadedFacts,
    PageFacts,
    PagesFacts,
    RobotsFacts,
    StagingFacts,
)
from launchready.steps.smoke_test.session import Session

# Nobody's (RFC 6761, section 6.4).
STRANGER = "https://launchready.invalid"
_PAGES = (RouteKind.PUBLIC, RouteKind.LOGIN, RouteKind.SIGNUP)
_MOST_FILES = 60
_HTML = ("text/html", "application/xhtml+xml")


def observe(session: Session) -> Iterator[object]:
    """Each page once, robots.txt, the staging hosts, and APIs as another site's script asks."""
    urls = {each.url: each for each in session.plan.routes if each.kind in _PAGES}
    seen: set[str] = set()
    cookies: set[str] = set()
    files: dict[str, tuple[str, str]] = {}
    pages: list[PageFacts] = []
    for journey in session.client.all(session.page, urls):
        response = journey.last.response
        if response is None or inconclusive(journey.last) or response.media_type not in _HTML:
            continue  # told by the area `routes`
        if response.url not in seen and response.status == 200:
            seen.add(response.url)
            page = page_of(response.text, response.url)
            files |= {url: (kind, response.url) for kind, url in _files(page)}
            facts = PageFacts(
                response=response,
                kind=urls[journey.urls[0]].kind,
                page=page,
                is_home=journey.urls[0] == session.plan.url,
                is_production=session.plan.is_production,
                canonical=session.plan.origin,
                cookies=tuple(_new_cookies(session, journey, cookies)),
            )
            pages.append(facts)
            yield facts
    yield Looked(name="pages", one="page", many="pages", count=len(seen))
    if pages:
        yield PagesFacts(pages=tuple(pages))
    loaded = tuple(_loaded(session, files))
    yield from loaded
    if whole := tuple(each for each in loaded if isinstance(each, LoadedFacts)):
        yield FilesFacts(files=whole)
    yield from _scripts(session, pages, loaded)
    yield from _robots(session)
    yield from observe_sitemap(session)
    yield from session.client.all(
        lambda host: _staging(session, host), hosts_of_kind(session.settings, HostKind.STAGING)
    )
    yield from _cors(session)


def _new_cookies(session: Session, journey: Journey, seen: set[str]) -> Iterator[str]:
    """The `Set-Cookie` fields of our hosts on the way to a page; each cookie once in a run.

    It is the same where name and attributes are: value and time of its end differ each time.
    """
    for response in (hop.response for hop in journey if hop.response):
        if response.request.host not in session.plan.hosts:
            continue
        for field in response.headers.all("set-cookie"):
            pair, *rest = field.split(";")
            kept = (part for part in rest if " 1970 " in part or "expires=" not in part.lower())
            known = ";".join((pair.partition("=")[0], *kept))
            if known not in seen:
                seen.add(known)
                yield field


def _files(page: Page) -> Iterator[tuple[str, str]]:
    """The scripts and styles that a page loads, each with its kind."""
    yield from (("script", url) for url in page.scripts)
    for tag in page.named("link"):
        address = tag.get("href")
        is_style = "stylesheet" in (tag.get("rel") or "").lower().split()
        if is_style and address and (url := page.absolute(address)):
            yield "style", url


def _loaded(session: Session, files: dict[str, tuple[str, str]]) -> Iterator[object]:
    """The files of all pages that are on declared hosts; others are not ours to ask."""
    own = [url for url in files if urlsplit(url).hostname in session.plan.hosts][:_MOST_FILES]
    for url, journey in zip(own, session.client.all(session.page, own), strict=True):
        kind, page = files[url]
        yield inconclusive(journey.last) or LoadedFacts(page=page, kind=kind, journey=journey)
    yield Looked(name="files", one="script or style", many="scripts and styles", count=len(own))


def _scripts(
    session: Session, pages: list[PageFacts], loaded: tuple[object, ...]
) -> Iterator[object]:
    from launchready.steps.smoke_test.areas.scripts import observe_scripts

    files = [each for each in loaded if isinstance(each, LoadedFacts)]
    yield from observe_scripts(session, pages, files)


def _robots(session: Session) -> Iterator[object]:
    if not session.plan.is_production:
        return
    answer = session.client.ask(Request(url=urljoin(session.plan.origin, "/robots.txt")))
    response = answer.response
    if response and response.status == 200 and response.media_type not in _HTML:
        yield RobotsFacts(response=response)


def _staging(session: Session, host: str) -> object:
    answer = session.client.ask(Request(url=f"https://{host}/"))
    return inconclusive(answer) or StagingFacts(answer=answer)


def _cors(session: Session) -> Iterator[object]:
    kinds = (RouteKind.API, RouteKind.PROTECTED)
    urls = [each.url for each in session.plan.routes if each.kind in kinds]
    headers = (("origin", STRANGER),)
    for answer in session.client.ask_all(Request(url=url, headers=headers) for url in urls):
        if answer.response is not None and urlsplit(answer.request.url).scheme == "https":
            yield CorsFacts(response=answer.response, origin=STRANGER)
