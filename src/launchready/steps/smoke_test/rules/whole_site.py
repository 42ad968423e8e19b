"""Rules on what all pages, files or addresses of a site say together, each told once."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from launchready.facts.web import Response
from launchready.frozen import replace
from launchready.model import Finding, Related, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.caching import seconds_fresh
from launchready.steps.smoke_test.html_page import title_of
from launchready.steps.smoke_test.policies import blocked_scripts
from launchready.steps.smoke_test.rules.at import at
from launchready.steps.smoke_test.rules.shown import origin_shown
from launchready.steps.smoke_test.seen import (
    FilesFacts,
    NodesFacts,
    OpenRedirectFacts,
    PageFacts,
    PagesFacts,
    SitemapFacts,
)
from launchready.steps.smoke_test.settings import SmokeTestSettings

_A_DAY = 86_400
_A_WEEK = 7 * _A_DAY
_LARGE = 32 << 10


@rule(NodesFacts, Severity.ERROR)
def address_serves_another_page(seen: NodesFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an address of the site's host that answers with another page than the others.

    Browsers take one of the addresses, mostly IPv6 where there is one: a share of the customers
    gets the server's default site, an old deployment or an error, and whoever looks from elsewhere
    does not see it.

    Let the same server block listen there (nginx: `listen [::]:443 ssl;` beside `listen 443 ssl;`),
    or take the AAAA record out of DNS.

    Bad:
        203.0.113.7 -> 200, [2001:db8::7] -> 404
    Good:
        203.0.113.7 -> 200, [2001:db8::7] -> 200
    Reference: https://nginx.org/en/docs/http/request_processing.html
    """
    del settings
    first, *others = seen.responses
    for other in others:
        if title_of(other.text) != title_of(first.text) or other.status != first.status:
            what = f"{other.status}, not {first.status}" if other.status != first.status else "200"
            words = f"{other.address} answers with another page than {first.address} ({what})"
            yield at(first.url, words, ("addresses", len(seen.responses)))
            return


@rule(PagesFacts, Severity.WARNING)
def page_kept_too_long(seen: PagesFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page that browsers may keep for more than a week without asking.

    After a deploy, those who came before see the old page, whose scripts may be gone; no purge at
    the CDN reaches their browsers.

    Send `Cache-Control: no-cache` or a few minutes with HTML, and a year with files whose names
    change with their content; a CDN may keep pages by `s-maxage`.

    Bad:
        GET / -> text/html, Cache-Control: public, max-age=31536000
    Good:
        GET / -> text/html, Cache-Control: public, max-age=0, s-maxage=3600
    Reference: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1
    """
    del settings
    kept = [each.response for each in seen.pages if seconds_fresh(each.response) > _A_WEEK]
    if kept:
        days = seconds_fresh(kept[0]) // _A_DAY
        yield _together(kept, "browsers keep {} for " + f"{days:,} days without asking")


@rule(PageFacts, Severity.ERROR)
def csp_blocks_own_script(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a page whose Content-Security-Policy blocks a script that the page itself holds.

    The page answers 200, and what the script does is dead for everybody: forms, payment, analytics.

    Name the script's host in `script-src`; give scripts inside the page a nonce. Try a policy with
    `Content-Security-Policy-Report-Only` first.

    Bad:
        script-src 'self' and <script src="https://js.stripe.com/v3/">
    Good:
        script-src 'self' https://js.stripe.com and <script src="https://js.stripe.com/v3/">
    Reference: https://www.w3.org/TR/CSP3/#directive-script-src
    """
    del settings
    url = seen.response.url
    metas = (
        tag.get("content") or ""
        for tag in seen.page.named("meta")
        if (tag.get("http-equiv") or "").lower() == "content-security-policy"
    )
    headers = ",".join(seen.response.headers.all("content-security-policy")).split(",")
    found = list(blocked_scripts(seen.page, url, (*headers, *metas)))
    if found:
        first = found[0]
        what = f"of {origin_shown(first.url)}" if first.url else "inside the page"
        words = f"the page's own policy blocks the script {what} in line {first.line}"
        yield at(url, words, ("scripts", len(found)))


@rule(FilesFacts, Severity.NOTE)
def file_not_compressed(seen: FilesFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags large scripts and styles that come without compression.

    They are three times as long as they need be: visitors on a phone wait for it.

    nginx: `gzip on; gzip_types text/css text/javascript application/javascript;`. Vercel, Netlify
    and Cloudflare compress by themselves.

    Bad:
        GET /assets/app.3f9c2a71.js -> 400 KiB, no Content-Encoding
    Good:
        GET /assets/app.3f9c2a71.js -> Content-Encoding: gzip
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-8.4
    """
    del settings
    plain = [
        response
        for each in seen.files
        if (response := each.journey.last.response) is not None
        and response.status == 200
        and len(response.body) >= _LARGE
        and "content-encoding" not in response.headers
    ]
    if plain:
        size = sum(len(each.body) for each in plain) >> 10
        yield _together(plain, f"without compression ({size:,} KiB): " + "{}", "this file")


@rule(OpenRedirectFacts, Severity.WARNING)
def login_redirects_anywhere(
    seen: OpenRedirectFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a login page that redirects to whatever host its address names.

    A link that begins with your domain ends at a page that looks like yours and asks for the
    password again.

    Take only paths of your own: one that begins with `/` and not with `//`. Django:
    `url_has_allowed_host_and_scheme`; Rails: `allow_other_host: false`.

    Bad:
        GET /login?next=https://evil.example/ -> 302 to https://evil.example/
    Good:
        GET /login?next=https://evil.example/ -> 302 to /account
    Reference: https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html
    """
    del settings
    if urlsplit(seen.response.target).hostname == seen.stranger:
        path = seen.response.url.partition("?")[0]
        yield at(path, "this page redirects to any host that its address names")


@rule(SitemapFacts, Severity.WARNING)
def sitemap_names_other_host(seen: SitemapFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a sitemap whose pages are of another host than the site.

    Search engines leave out addresses of hosts that the sitemap does not belong to: of the new
    pages they learn nothing.

    Set the production address where the sitemap is built: `siteUrl`, `metadataBase`, Django's
    `Site`.

    Bad:
        https://www.example.com/sitemap.xml: <loc>http://localhost:3000/pricing</loc>
    Good:
        https://www.example.com/sitemap.xml: <loc>https://www.example.com/pricing</loc>
    Reference: https://www.sitemaps.org/protocol.html#location
    """
    del settings
    others = [place for place in seen.places if urlsplit(place).hostname not in seen.hosts]
    if len(others) * 2 > len(seen.places):
        words = f"{len(others)} of its {len(seen.places)} addresses are of another host"
        yield at(seen.url, f"{words} ({origin_shown(others[0])})")


def _together(responses: list[Response], words: str, one: str = "this page") -> Finding:
    """One finding at the first place, which names the others."""
    first, *others = responses
    what = f"{one} and {len(others)} more" if others else one
    found = at(first.url, words.replace("{}", what))
    related = (Related(message="this too", location=UrlLocation(url=o.url)) for o in others[:9])
    return replace(found, related=tuple(related))


WHOLE_SITE_RULES = (
    address_serves_another_page,
    page_kept_too_long,
    csp_blocks_own_script,
    file_not_compressed,
    login_redirects_anywhere,
    sitemap_names_other_host,
)
