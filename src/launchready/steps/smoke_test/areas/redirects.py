"""The area `redirects`: every way in ends at the one canonical address, in one hop, with all of it.

Browsers and people come by HTTP and HTTPS, with `www.` and without, and by old links.
"""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from launchready.facts.web import Answer, Request, Silence, Trouble
from launchready.model import Looked, Unchecked
from launchready.site import RouteKind, Slash
from launchready.steps.smoke_test.areas.search import observe_open_redirects
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.seen import EntryFacts, ForgedFacts, MovedFacts, SlashFacts
from launchready.steps.smoke_test.session import Session

PATH = "/launchready-asks/for-a-path?x=1&y=%2Fz"
# Can be nobody's (RFC 6761, section 6.4).
FORGED = "launchready.invalid"
_FEW = 4096


def observe(session: Session) -> Iterator[object]:
    """The ways in, a forged host, moved pages, and the other form of each path."""
    entries = tuple(_entries(session))
    yield from session.client.all(lambda entry: _entry(session, entry), entries)
    if entries:
        yield Looked(
            name="ways_in", one="entry address", many="entry addresses", count=len(entries)
        )
    if _has_usual_port(session):
        yield from _forged(session)
    yield from observe_open_redirects(session, FORGED)
    yield from session.client.all(lambda pair: _moved(session, *pair), _moves(session))
    yield from session.client.all(lambda url: _other_form(session, url), _slashes(session))


def _has_usual_port(session: Session) -> bool:
    return urlsplit(session.plan.url).port is None


def _entries(session: Session) -> Iterator[str]:
    """Scheme and host of every way in but the canonical one."""
    if not _has_usual_port(session):
        return
    for host in (session.plan.host, *session.plan.twins):
        for scheme in ("http", "https"):
            if f"{scheme}://{host}" != session.plan.origin and _is_due(session, scheme):
                yield f"{scheme}://{host}"


def _is_due(session: Session, scheme: str) -> bool:
    """A site that is meant to be without TLS has no way in with it."""
    return session.plan.is_secure or scheme == "http"


def _entry(session: Session, entry: str) -> object:
    journey = session.client.follow(Request(url=entry + PATH, most_bytes=_FEW))
    if unchecked := inconclusive(journey.first):
        return unchecked
    last = journey.first.last
    host = urlsplit(entry).hostname or ""
    if isinstance(last, Silence) and last.trouble is Trouble.TLS:
        return Unchecked(
            target=f"{entry}/",
            reason=f"where it redirects cannot be seen: {last.words}",
            hint="mend the certificate of this host first",
        )
    return EntryFacts(
        entry=entry,
        sent=PATH,
        canonical=session.plan.origin,
        is_declared=host in session.settings.site.redirecting or host == session.plan.host,
        journey=journey,
    )


def _forged(session: Session) -> Iterator[object]:
    """What becomes of a host that the visitor makes up and a proxy would pass on."""
    scheme = "http" if session.plan.is_secure else "https"
    if scheme == "https":
        return
    url = f"{scheme}://{session.plan.host}/"
    headers = (("x-forwarded-host", FORGED),)
    answer = session.client.ask(Request(url=url, headers=headers, most_bytes=_FEW))
    if answer.response is not None and answer.response.location is not None:
        yield ForgedFacts(response=answer.response, forged=FORGED)


def _moves(session: Session) -> tuple[tuple[str, str], ...]:
    return tuple(session.settings.site.moved.items())


def _moved(session: Session, old: str, new: str) -> object:
    plan = session.plan
    journey = session.client.follow(Request(url=urljoin(plan.url, old), most_bytes=_FEW))
    if unchecked := inconclusive(journey.last):
        return unchecked
    if _is_silent_as_the_site(session, journey.last):
        return ()  # told by the area `routes`
    target = urljoin(plan.url, new)
    is_route = any(each.url == target for each in plan.routes)
    return MovedFacts(old=old, target=target, journey=journey, is_route=is_route)


def _is_silent_as_the_site(session: Session, answer: Answer) -> bool:
    """Whether the home page does not answer either, so that this address tells nothing more."""
    home = session.page(session.plan.url).last
    is_silent = isinstance(answer.last, Silence) and isinstance(home.last, Silence)
    return is_silent and answer.request.host == home.request.host


def _slashes(session: Session) -> Iterator[str]:
    """The other form of the declared pages' addresses."""
    form = session.settings.site.slash
    if form is Slash.ANY:
        return
    for planned in session.plan.routes:
        path = urlsplit(planned.url).path
        is_page = planned.kind in (RouteKind.PUBLIC, RouteKind.LOGIN, RouteKind.SIGNUP)
        if is_page and path not in ("", "/") and "." not in path.rpartition("/")[2]:
            bare = planned.url.rstrip("/")
            yield bare if form is Slash.ALWAYS else f"{bare}/"


def _other_form(session: Session, url: str) -> object:
    answer = session.client.ask(Request(url=url, most_bytes=_FEW))
    if unchecked := inconclusive(answer):
        return unchecked
    if _is_silent_as_the_site(session, answer):
        return ()
    wanted = f"{url}/" if session.settings.site.slash is Slash.ALWAYS else url.rstrip("/")
    return SlashFacts(answer=answer, wanted=wanted)
