"""One rule per kind of secret in the catalogue; all of them judge alike."""

from collections.abc import Iterator
from functools import partial

from launchready.catalog.kinds import Kind
from launchready.catalog.secrets import KINDS
from launchready.facts.secret import SecretFacts
from launchready.model import Evidence, Finding, JsonScalar, Related, RuleInfo
from launchready.step import Rule
from launchready.steps.secret_scan.settings import SecretScanSettings

_FROM_ENVIRONMENT = "Keep the new one out of the repository and read it from the environment."
_PURGE = (
    "Revoke first: copies of the history keep what a purge (git filter-repo) takes out of yours."
)
_UNCOMMITTED = (
    "It is not committed yet: take it out, read it from the environment, and revoke it if it was"
    " ever shared."
)


def _judge(kind: Kind, facts: SecretFacts, settings: SecretScanSettings) -> Iterator[Finding]:
    if facts.kind != kind.id or facts.confidence < settings.min_confidence:
        return
    yield Finding(
        message=f"{kind.title} {facts.redacted} {_standing(facts)}",
        location=facts.location,
        identity=facts.digest,
        fix=_remedy(kind, facts),
        confidence=facts.confidence,
        related=tuple(Related(message="here too", location=place) for place in facts.others),
        evidence=Evidence(measured=tuple(_measured(facts)), code=facts.code),
        introduced=facts.introduced.id if facts.introduced else None,
        markers=facts.markers,
    )


def _standing(facts: SecretFacts) -> str:
    """Where the secret stands: what makes it urgent, or already public."""
    if facts.is_staged:
        return "is staged: the next commit would publish it"
    if facts.introduced is None:
        return "is in the work tree" + (" and in HEAD" if facts.is_in_head else ", uncommitted")
    since = f"since {facts.introduced.id[:12]} of {facts.introduced.date:%Y-%m-%d}"
    if facts.is_in_head:
        return f"is in HEAD, {since}"
    return f"is no longer in HEAD but in the history {since}: every clone can read it"


def _remedy(kind: Kind, facts: SecretFacts) -> str:
    if facts.introduced is None and not facts.is_in_head:
        return f"{_UNCOMMITTED} {kind.revoke}"
    return f"{kind.revoke} {_FROM_ENVIRONMENT if facts.is_in_head else _PURGE}"


def _measured(facts: SecretFacts) -> Iterator[tuple[str, JsonScalar]]:
    yield "places", facts.places
    yield "in_head", facts.is_in_head
    if facts.introduced:
        yield "first_commit", facts.introduced.id
        yield "first_author", facts.introduced.author
        yield "first_date", facts.introduced.date.isoformat()


def _page(kind: Kind) -> RuleInfo:
    return RuleInfo(
        id=kind.id,
        severity=kind.severity,
        summary=f"Flags a {kind.title} in files, in the history or in staged changes.",
        why=f"Whoever holds it can {kind.opens}.",
        fix=f"{kind.revoke} {_FROM_ENVIRONMENT}",
        references=(kind.reference,),
    )


RULES = tuple(
    Rule(info=_page(kind), facts=SecretFacts, judge=partial(_judge, kind)) for kind in KINDS
)
