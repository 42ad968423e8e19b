"""Rules on what the delivered scripts hold: secrets, the source, a developer's addresses."""

from collections.abc import Iterator

from launchready.model import Confidence, Evidence, Finding, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.scripts.facts import (
    DeliveredSecretFacts,
    LocalAddressFacts,
    SourceMapsFacts,
)
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(DeliveredSecretFacts, Severity.ERROR)
def secret_in_delivered_script(
    seen: DeliveredSecretFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a secret in a script, or in a page's data for scripts, that every visitor gets.

    It is public: bots find such keys within hours, and what they open is theirs. Keys that are
    meant for browsers, such as Stripe's publishable and Supabase's anonymous ones, are none.

    Revoke it first. Then ask the provider from a server of yours, and let the browser ask that
    server: variables that begin with `NEXT_PUBLIC_`, `VITE_` or `REACT_APP_` end up in the bundle.

    Bad:
        new OpenAI({apiKey: process.env.NEXT_PUBLIC_OPENAI_API_KEY, dangerouslyAllowBrowser: true})
    Good:
        fetch("/api/answer", {method: "POST", body})
    Reference: https://nextjs.org/docs/app/guides/environment-variables
    """
    del settings
    place = f"line {seen.line}" + (f", column {seen.column}" if seen.column else "")
    where = f"{place} of {_plain(seen.inner)}, in the source map" if seen.inner else place
    measured = (("kind", seen.kind), ("line", seen.line), ("column", seen.column))
    yield Finding(
        message=f"{seen.title} in {where}: whoever reads it can {seen.opens}",
        location=UrlLocation(url=seen.url),
        identity=seen.digest,
        subject=f"{seen.title} in a delivered script",
        fix=f"{seen.revoke} Then ask the provider from your server, and not from the browser.",
        confidence=Confidence.HIGH if seen.is_sure else Confidence.MEDIUM,
        evidence=Evidence(measured=measured),
    )


@rule(SourceMapsFacts, Severity.WARNING)
def source_map_public(seen: SourceMapsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags source maps that strangers get, with the source of the product in them.

    Anybody reads the front end as it was written, with comments, routes and names of what is not
    yet announced. Maps of libraries alone are not told.

    Upload the maps to your error tracker in the build, and delete them before the deploy: in Vite
    `build.sourcemap: 'hidden'`, in Next.js leave `productionBrowserSourceMaps` off, in nginx
    `location ~ \\.map$ { return 404; }`.

    Bad:
        GET /assets/index-3f9c2a71.js.map -> 200
    Good:
        GET /assets/index-3f9c2a71.js.map -> 404
    Reference: https://vite.dev/config/build-options#build-sourcemap
    """
    del settings
    script, there, _ = seen.maps[0]
    more = f" ({len(seen.maps)} maps)" if len(seen.maps) > 1 else ""
    sources = sum(count for _, _, count in seen.maps)
    holder = "a source map is public" if there else "a script holds its source map"
    yield Finding(
        message=f"{holder} with {_files(sources)} of source{more}",
        location=UrlLocation(url=there or script),
        identity=seen.page,
        evidence=Evidence(measured=(("maps", len(seen.maps)), ("sources", sources))),
    )


@rule(LocalAddressFacts, Severity.ERROR)
def script_asks_local_address(
    seen: LocalAddressFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a script that sends a request to `localhost` or an address of a private network.

    It works on the developer's machine and nowhere else: for customers, what it asks for fails.

    The address was baked in when the bundle was built: set the variable for production where the
    build runs (Vercel, Netlify, the Dockerfile), not only where the server runs, and build again;
    or ask a path, such as `/api`.

    Bad:
        fetch("http://localhost:8000/api/orders")
    Good:
        fetch("/api/orders")
    Reference: https://vite.dev/guide/env-and-mode
    """
    del settings
    if seen.is_direct:
        yield _asks(seen, "it asks")


@rule(LocalAddressFacts, Severity.WARNING)
def script_may_ask_local_address(
    seen: LocalAddressFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a script that seems to send requests to `localhost` or a private network.

    A name holds such an address, and requests begin with that name. Where nothing sets it
    otherwise, they fail for customers.

    Set the variable for production where the bundle is built, and build again.

    Bad:
        const api = "http://localhost:8000"; fetch(`${api}/orders`)
    Good:
        const api = "https://api.example.com"; fetch(`${api}/orders`)
    Reference: https://vite.dev/guide/env-and-mode
    """
    del settings
    if not seen.is_direct:
        yield _asks(seen, "it seems to ask")


def _asks(seen: LocalAddressFacts, words: str) -> Finding:
    more = f" ({seen.places} places)" if seen.places > 1 else ""
    return Finding(
        message=f"{words} {seen.address}, in line {seen.line}, column {seen.column}{more}",
        location=UrlLocation(url=seen.url),
        identity=f"{seen.url} {seen.address}",
        evidence=Evidence(measured=(("line", seen.line), ("column", seen.column))),
    )


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count:,} files"


def _plain(path: str) -> str:
    """The path of a source, as a map names it: its end, and only plain signs of it."""
    return "".join(sign for sign in path if sign.isalnum() or sign in "-._/@[]()")[-120:]


DELIVERED_RULES = (
    secret_in_delivered_script,
    source_map_public,
    script_asks_local_address,
    script_may_ask_local_address,
)
