"""The sitemap, and where the login page sends those who come with another site's address."""

from collections.abc import Iterator
from urllib.parse import quote, urljoin

from launchready.facts.web import Request
from launchready.regex import Regex
from launchready.site import RouteKind
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.routes.asking import is_whole
from launchready.steps.smoke_test.seen import OpenRedirectFacts, SitemapFacts
from launchready.steps.smoke_test.session import Session

_LOC = Regex(r"(?i)<loc>\s*(https?://[^\s<]{1,2000})\s*</loc>")
_MOST_PLACES = 500
# What frameworks call the address to go to after the login: Django, Devise, NextAuth, ASP.NET.
_NAMES = ("next", "redirect", "redirect_to", "return_to", "returnUrl", "callbackUrl", "continue")


def observe_sitemap(session: Session) -> Iterator[SitemapFacts]:
    """The pages that the sitemap of the live site names."""
    if not session.plan.is_production:
        return
    answer = session.client.ask(Request(url=urljoin(session.plan.origin, "/sitemap.xml")))
    response = answer.response
    if response is None or response.status != 200 or "<urlset" not in response.text:
        return
    places = tuple(match[1] for match in _LOC.finditer(response.text))[:_MOST_PLACES]
    if places:
        yield SitemapFacts(url=response.url, places=places, hosts=session.plan.hosts)


def observe_open_redirects(session: Session, stranger: str) -> Iterator[OpenRedirectFacts]:
    """The login pages, asked with another site to go to; by a stranger and by a test account."""
    query = "&".join(f"{name}={quote(f'https://{stranger}/', safe='')}" for name in _NAMES)
    urls = [each.url for each in session.plan.routes if each.kind is RouteKind.LOGIN]
    accounts = [each for each in session.settings.site.identities.values() if is_whole(each)]
    heads = [(), *(tuple(each.headers.items()) for each in accounts[:1])]
    requests = [
        Request(url=f"{url}{'&' if '?' in url else '?'}{query}", headers=head, most_bytes=4096)
        for url in urls[:2]
        for head in heads
    ]
    for answer in session.client.ask_all(requests):
        if answer.response is not None and answer.response.target and not inconclusive(answer):
            yield OpenRedirectFacts(response=answer.response, stranger=stranger)
            return
