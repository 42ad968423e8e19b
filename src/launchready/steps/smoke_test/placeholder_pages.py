"""Pages that stand where a product should: a server's first page, a host's empty place, a domain
for sale.

The words are of the pages themselves: nginx `html/index.html`, Debian's `apache2` package, IIS
`iisstart.htm`, and what hosts answer for a name without a project.
"""

from launchready.facts.web import Response
from launchready.regex import Regex

_SIGNS = (
    ("nginx's first page", Regex(r"<title>Welcome to nginx!</title>")),
    ("Apache's first page", Regex(r"<title>Apache2 [A-Z][a-z]+ Default Page|<h1>It works!</h1>")),
    ("IIS's first page", Regex(r"<title>IIS Windows(?: Server)?</title>")),
    ("Caddy's first page", Regex(r"<title>Caddy works!</title>")),
    ("a Vercel address without a deployment", Regex(r"DEPLOYMENT_NOT_FOUND")),
    ("a Heroku address without an app", Regex(r"herokucdn\.com/error-pages/no-such-app\.html")),
    ("a GitHub Pages address without a site", Regex(r"There isn't a GitHub Pages site here")),
    ("a Netlify address without a site", Regex(r"<title>Site not found</title>")),
    (
        "a domain that is parked",
        Regex(
            r"(?i)(?:buy this domain|this domain (?:name )?(?:is|may be) for sale|sedoparking\.com)"
        ),
    ),
)
_MOST = 60_000


def placeholder_sign(response: Response) -> str | None:
    """What a page is in place of the product, None where it is none of these."""
    if response.media_type not in ("text/html", "application/xhtml+xml", "text/plain"):
        return None
    text = response.text[:_MOST]
    return next((name for name, pattern in _SIGNS if pattern.search(text)), None)
