"""Secrets in scripts, by the engine of secret-scan; what vendors mean for browsers is none here."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from launchready.catalog.kinds import Keyword, Kind
from launchready.catalog.secrets import KINDS
from launchready.gateways.unpack.bounds import COMMITTED
from launchready.gateways.unpack.texts import open_content
from launchready.model import Confidence
from launchready.steps.secret_scan.engines.choice import choose_engine
from launchready.steps.secret_scan.public import public
from launchready.steps.secret_scan.scanning.opening import described
from launchready.steps.secret_scan.scanning.scan import Scanner
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting, Source
from launchready.steps.smoke_test.scripts.delivered import Script
from launchready.steps.smoke_test.scripts.facts import DeliveredSecretFacts

if TYPE_CHECKING:
    from launchready.facts.text import Inner

_ENOUGH_FOR_TABLES = 4 << 20  # bytes from which compiling the fast engine pays
# A name that every file gets, since names such as `docs/app.min.js` would say that it is of no
# account; what is delivered is.
_NAME = "script.js"
# Keys that a browser must have, or that name no provider: webhooks for forms, tokens of visitors.
_MEANT_FOR_BROWSERS = frozenset(
    {
        "google-api-key",  # Firebase and Maps: bound to the site's address, not kept secret
        "json-web-token",  # anonymous roles; the ones that are known to be powerful have own kinds
        "rollbar-token",  # post_client_item
        "zapier-webhook",
        "password-hash",
        "login-call-password",
        "command-line-password",
        # What only a name tells: in bundles these were words of other languages and public keys,
        # eight times in the builds of nine products, and never a secret.
        "generic-api-key",
        "generic-key",
        "generic-password",
        "generic-secret",
        "named-service-key",
        "shaped-service-key",
    }
)
# Google's models are asked with a key of the same look, which then is one to pay by.
_PAID_BY_KEY = ("generativelanguage", "x-goog-api-key")


def secrets_in(scripts: Iterable[Script]) -> Iterator[DeliveredSecretFacts]:
    """Each secret once, where it stands first."""
    texts = [script for script in scripts if script.text.strip()]
    if not texts:
        return
    is_small = sum(len(script.text) for script in texts) < _ENOUGH_FOR_TABLES
    scanner = Scanner(
        kinds=KINDS,
        engine=choose_engine(KINDS, is_small=is_small),
        minimum=Confidence.MEDIUM,
    )
    found: dict[str, DeliveredSecretFacts] = {}
    for script in texts:
        for sighting in _sightings(scanner, script):
            kind = KINDS[sighting.kind]
            if _is_secret_here(kind, sighting):
                found.setdefault(sighting.digest, _fact(script, kind, sighting))
    yield from found.values()


def _sightings(scanner: Scanner, script: Script) -> Iterator[Sighting]:
    inners: list[Inner] = []
    sources: list[Source] = []
    outer = Source(origin=Origin.ARTIFACT, name=_NAME, path=_name_of(script))
    texts = open_content(script.text.encode(), outer.path or _NAME, COMMITTED, inners)
    for seen in scanner.scan_inner(described(texts, outer, inners, sources), sources):
        if isinstance(seen, Sighting):
            yield seen


def _name_of(script: Script) -> str:
    """A source map is opened by its name."""
    return "script.js.map" if script.url.partition("?")[0].endswith(".map") else _NAME


def _is_secret_here(kind: Kind, sighting: Sighting) -> bool:
    if kind.id == "google-api-key":
        return any(word in sighting.code.text.lower() for word in _PAID_BY_KEY)
    return kind.id not in _MEANT_FOR_BROWSERS


def _fact(script: Script, kind: Kind, sighting: Sighting) -> DeliveredSecretFacts:
    is_inside = bool(sighting.source.inner)
    line, column = sighting.line, sighting.column
    if not is_inside:
        line, column = script.shifted(line, column)
    return DeliveredSecretFacts(
        url=public(script.url),
        kind=kind.id,
        title=kind.title,
        opens=kind.opens,
        revoke=kind.revoke,
        inner=public(sighting.source.inner) if is_inside else "",
        line=line,
        column=column if sighting.source.has_columns else None,
        digest=sighting.digest,
        is_sure=not isinstance(kind.format, Keyword),
    )
