"""`--verify`: asks providers about the secrets that were found, where a person asked for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from launchready.catalog.verification import endpoint_of
from launchready.facts.secret import Hidden, SecretFacts
from launchready.gateways.progress import Progress
from launchready.gateways.verifier import Outcome, Verifier
from launchready.model import Confidence
from launchready.steps.secret_scan.scanning.sightings import Sighting


def verified(
    facts: Iterable[SecretFacts],
    sightings: Iterable[Sighting],
    verifier: Verifier,
    progress: Progress,
) -> Iterator[SecretFacts]:
    """The facts with what their providers say; one that works is sure.

    A refusal changes nothing but the evidence: the key may work elsewhere, or again.
    """
    if verifier.why_not:
        progress.say(f"no provider is asked: {verifier.why_not}")
    values = _values(sightings)
    for fact in facts:
        value = values.get(fact.digest)
        endpoint = endpoint_of(fact.kind, value.reveal()) if value else None
        if value is None or endpoint is None:
            yield fact
            continue
        answer = verifier.ask(endpoint, value)
        is_sure = answer.outcome is Outcome.ACCEPTED
        yield replace(
            fact,
            verified=answer.text,
            confidence=Confidence.HIGH if is_sure else fact.confidence,
        )


def _values(sightings: Iterable[Sighting]) -> Mapping[str, Hidden]:
    """One way to write each secret; all of them are the same value."""
    return {each.digest: each.value for each in sightings if each.value}
