"""Judge tokens of a published shape: with a mark of their own, or told by the name beside them."""

import re

from launchready.catalog import placeholders
from launchready.catalog.kinds import Assigned, Token
from launchready.catalog.rarity import familiarity, is_random
from launchready.model import Confidence
from launchready.regex import Regex
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.judging import checksums, claims, names, places
from launchready.steps.secret_scan.judging.candidates import Candidate

# Text in words scores above this; 99.9 % of random tokens of 20 signs and more score below.
_WORDS = 5.6
# Base64 of something else, or a pre-signed address (AWS Signature Version 4), which names its key's
# id to everyone and goes stale by itself.
_ACCIDENT = Regex(rb"[A-Za-z0-9+/]{60}\Z|X-Amz-Credential=\Z", re.IGNORECASE)


def judge_token(candidate: Candidate, token: Token) -> Confidence | None:
    """How sure it is that a token with a mark of its own is a live secret; None if it is not."""
    if _ACCIDENT.search(candidate.before(60)):
        return None
    if _is_made_up(candidate):
        return Confidence.LOW if _is_typed(candidate) else None
    return _confidence(candidate, token.checksum)


def judge_assigned(candidate: Candidate, named: Assigned) -> Confidence | None:
    """How sure it is that a value of known shape under a telling name is a secret."""
    if places.is_generated(candidate.path) or not names.holds_secret(candidate.name, named.names):
        return None
    if not _is_mixed(candidate.value):
        return None
    if _is_made_up(candidate) and not _is_typed(candidate):
        return None
    if claims.by_token(candidate.value):
        return None
    if _is_typed(candidate):
        return Confidence.LOW
    return _confidence(candidate, named.checksum)


def fixture_limit(
    candidate: Candidate, confidence: Confidence, *, is_drawn: bool = False
) -> Confidence:
    """`confidence`, or less where people write invented credentials, or say that this is one.

    What `is_drawn` by chance is invented less often: it was issued once, and copied here.
    """
    line = candidate.line
    if placeholders.is_disclaimed(line, candidate.value):
        return Confidence.LOW
    if places.is_fixture(candidate.path) or placeholders.is_hedged(line, candidate.value):
        is_issued = is_drawn and not places.is_document(candidate.path)
        limit = Confidence.MEDIUM if is_issued else candidate.kind.fixture_confidence
        return min(confidence, limit)
    return confidence


def _confidence(candidate: Candidate, checksum: str) -> Confidence:
    if not checksums.passes(checksum, candidate.value):
        return Confidence.LOW
    if checksums.is_proof(checksum):
        return candidate.kind.confidence
    return fixture_limit(candidate, candidate.kind.confidence, is_drawn=is_random(candidate.value))


def _body(candidate: Candidate) -> str:
    """What follows the published prefix: the part that chance has to draw."""
    return candidate.value[len(formats.public_prefix(candidate.kind, candidate.value)) :]


def _is_typed(candidate: Candidate) -> bool:
    """Whether it is an example that has a token's shape: an example, or near to a real one."""
    return not placeholders.is_published(candidate.value) and placeholders.is_typed(
        _body(candidate)
    )


def _is_made_up(candidate: Candidate) -> bool:
    body = _body(candidate)
    if placeholders.is_published(candidate.value) or placeholders.is_token_placeholder(body):
        return True
    if len(body) >= 16 and len(set(body)) < 7:
        return True
    return (familiarity(body, fewest_pairs=8) or 0) > _WORDS


def _is_mixed(value: str) -> bool:
    """Whether letters go with digits, or small letters with capitals."""
    return any(map(str.isdigit, value)) or (value.lower() != value and value.upper() != value)
