"""Judge what has a form of its own: PEM blocks, web tokens, URLs with a password."""

import re
import time

from launchready.catalog.kinds import Pattern
from launchready.model import Confidence
from launchready.steps.secret_scan import checksums, placeholders, places, values
from launchready.steps.secret_scan.candidates import Candidate
from launchready.steps.secret_scan.rarity import is_random
from launchready.steps.secret_scan.tokens import fixture_limit

_LOCAL_HOST = re.compile(
    r"(?:localhost|127\.[\d.]+|0\.0\.0\.0|10\.[\d.]+|192\.168\.[\d.]+|\[?::1\]?|host\.docker\.internal|"
    r"[\w\-]+|[\w.\-]*\.?(?:local|internal|test|example|invalid|localhost|example\.(?:com|org|net)))\Z",
    re.IGNORECASE,
)


def judge(candidate: Candidate, pattern: Pattern) -> Confidence | None:
    """How sure it is that the candidate is a live secret; None if it is not."""
    if placeholders.is_published(candidate.value):
        return None
    if pattern.checksum and not checksums.passes(pattern.checksum, candidate.value):
        return None
    if pattern.is_password:
        return _judge_password(candidate)
    confidence = fixture_limit(candidate, candidate.kind.confidence)
    return Confidence.LOW if _is_expired(candidate.value) else confidence


def _judge_password(candidate: Candidate) -> Confidence | None:
    """A password inside a URL: a stand-in, a reference or a local service's is none to report."""
    value = candidate.value
    if places.is_generated(candidate.path) or values.is_reference(value):
        return None
    if placeholders.is_token_placeholder(value) or value == candidate.groups.get("user"):
        return None
    if not is_random(value) and placeholders.is_value_placeholder(value):
        return None
    if _LOCAL_HOST.match(candidate.groups.get("host", "")):
        return Confidence.LOW
    return fixture_limit(candidate, candidate.kind.confidence)


def _is_expired(value: str) -> bool:
    claims = checksums.claims(value) if value.startswith("eyJ") else None
    expiry = (claims or {}).get("exp")
    return isinstance(expiry, int | float) and expiry < time.time()
