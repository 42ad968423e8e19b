"""What a response's header fields say of caches: may a shared one keep it, and did one?

RFC 9111 (freshness, `private`, `no-store`), RFC 9211 (`Cache-Status`), and the fields of the CDNs:
Cloudflare `cf-cache-status` (developers.cloudflare.com/cache/concepts/cache-responses), Vercel
`x-vercel-cache` (vercel.com/docs/edge-cache), CloudFront and Fastly `x-cache`, Netlify's
`Cache-Status`.
"""

from collections.abc import Iterator

from launchready.facts.web import Headers, Response
from launchready.regex import Regex

_SECONDS = Regex(r"^(?:s-maxage|max-age)\s*=\s*\"?(\d{1,12})")
# A hit is a hit when the first word says so: `HIT from cache`, `Hit from cloudfront`, `HIT, MISS`.
_FIELDS = ("cf-cache-status", "x-vercel-cache", "x-cache", "x-cache-status", "x-proxy-cache")
_STORED = ("hit", "stale", "updating", "revalidated", "prerender")
_CDNS = {
    "cf-ray": "Cloudflare",
    "x-vercel-id": "Vercel",
    "x-nf-request-id": "Netlify",
    "x-amz-cf-id": "CloudFront",
    "x-fastly-request-id": "Fastly",
    "x-akamai-transformed": "Akamai",
    "cdn-requestid": "Bunny",
    "x-azure-ref": "Azure Front Door",
    "fly-request-id": "Fly",
    "x-render-origin-server": "Render",
}


def was_stored(headers: Headers) -> str:
    """The field that says that a shared cache gave this answer, "" where none does."""
    for name in _FIELDS:
        value = (headers.get(name) or "").strip().lower()
        if value.split(",")[-1].strip().startswith(_STORED) or value.startswith(_STORED):
            return name
    if any(";" in hop and "hit" in map(str.strip, hop.split(";")) for hop in _hops(headers)):
        return "cache-status"
    age = (headers.get("age") or "").strip()
    return "age" if age.isdigit() and int(age) > 0 else ""


def is_prerendered(response: Response) -> bool:
    """Whether it was made at build time for everybody, as Next.js says: nobody's data is in it."""
    return "x-nextjs-prerender" in response.headers


def is_shareable(response: Response) -> bool:
    """Whether the header lets a shared cache keep it, plainly: nothing is read into its silence."""
    tokens = _controls(response.headers)
    if any(token.split("=")[0] in ("private", "no-store", "no-cache") for token in tokens):
        return False
    seconds = [int(match[1]) for token in tokens if (match := _SECONDS.search(token))]
    shared = [int(m[1]) for t in tokens if t.startswith("s-maxage") and (m := _SECONDS.search(t))]
    return any(shared or seconds) or ("public" in tokens and not seconds)


def is_kept_private(response: Response) -> bool:
    """Whether the header forbids a shared cache to keep it."""
    names = {token.split("=")[0] for token in _controls(response.headers)}
    return bool(names & {"private", "no-store", "no-cache"}) or "max-age=0" in _controls(
        response.headers
    )


def seconds_fresh(response: Response) -> int:
    """For how many seconds a browser may keep it without asking; 0 where it says nothing."""
    tokens = _controls(response.headers)
    ages = [int(m[1]) for t in tokens if t.startswith("max-age") and (m := _SECONDS.search(t))]
    return ages[0] if ages and not {"no-store", "no-cache"} & set(tokens) else 0


def cdn_of(headers: Headers) -> str:
    """Whose network answered, "" where no field of one is there."""
    return next((name for field, name in _CDNS.items() if field in headers), "")


def _controls(headers: Headers) -> tuple[str, ...]:
    """The directives for the cache nearest to the visitor."""
    for name in ("cdn-cache-control", "cache-control"):
        if name in headers:
            return headers.tokens(name)
    return ()


def _hops(headers: Headers) -> Iterator[str]:
    for value in headers.all("cache-status"):
        yield from value.lower().split(",")
