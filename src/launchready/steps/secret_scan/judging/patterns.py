"""Judge what has a form of its own: PEM blocks, web tokens, URLs with a password."""

import re
import time

from launchready.catalog import placeholders
from launchready.catalog.kinds import Pattern
from launchready.catalog.rarity import is_random
from launchready.model import Confidence
from launchready.regex import Regex
from launchready.steps.secret_scan.judging import checksums, claims, names, places, values
from launchready.steps.secret_scan.judging.candidates import Candidate
from launchready.steps.secret_scan.judging.tokens import fixture_limit

# In the thousands of characters of a key any four letters come together by chance.
_SHORT = 300
_LEAST_ASSIGNED = 20
# This machine, and the neighbours of a compose file.
_LOCAL_HOST = Regex(
    r"(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[?::1\]?|[\w\-]+|[\w.\-]+\.(?:local|internal))"
    r"(?::\d{1,5})?\Z",
    re.IGNORECASE,
)
# The names that RFC 2606 and RFC 6761 reserve for examples and tests.
_RESERVED_HOST = Regex(
    r"(?:[\w.\-]+\.(?:test|example|invalid|localhost)|(?:[\w\-]+\.)*example\.(?:com|org|net))"
    r"(?::\d{1,5})?\Z",
    re.IGNORECASE,
)


def judge(candidate: Candidate, pattern: Pattern) -> Confidence | None:
    """How sure it is that the candidate is a live secret; None if it is not."""
    value = candidate.value
    is_passed = not pattern.checksum or checksums.passes(pattern.checksum, value)
    is_typed = pattern.is_contextual and not is_passed and _is_typed(value)
    if not (is_passed or is_typed) or not _may_stand_here(candidate, pattern):
        return None
    if placeholders.is_published(value) or _is_claimed(candidate, pattern):
        return None
    if is_typed:
        return Confidence.LOW
    if pattern.is_password:
        return _judge_password(candidate)
    if not pattern.checksum and len(value) <= _SHORT and placeholders.is_token_placeholder(value):
        return Confidence.LOW if placeholders.is_typed(value) else None
    confidence = fixture_limit(
        candidate, candidate.kind.confidence, is_drawn=_is_drawn(pattern.checksum, value)
    )
    return Confidence.LOW if _is_expired(value) else confidence


def _may_stand_here(candidate: Candidate, pattern: Pattern) -> bool:
    if pattern.is_contextual and places.is_generated(candidate.path):
        return False
    return not pattern.path or bool(re.search(pattern.path, candidate.path or ""))


def _is_typed(value: str) -> bool:
    """Whether it has the form of a key, but counts: an example of one."""
    return placeholders.is_typed(value) and values.refusal(value) in {None, "uuid"}


def _is_claimed(candidate: Candidate, pattern: Pattern) -> bool:
    """Whether another kind reports the value."""
    if claims.by_format(candidate):
        return True
    return pattern.is_contextual and _is_assigned_elsewhere(candidate)


def _is_assigned_elsewhere(candidate: Candidate) -> bool:
    """Whether another kind is told by the name before the value; those pass over most UUIDs."""
    is_assigned = not {":", "="}.isdisjoint(candidate.groups.get("operator", ""))
    if not is_assigned:
        return False
    if values.is_uuid(candidate.value.lower()) and not names.is_issued(candidate.name):
        return False
    if " " in candidate.name and placeholders.is_typed(candidate.value):
        return False  # without the service's name those kinds pass over it
    is_short = len(candidate.value) < _LEAST_ASSIGNED
    return is_short or claims.by_name(candidate.kind, candidate.name, candidate.value)


def _judge_password(candidate: Candidate) -> Confidence | None:
    """A password inside a URL: a stand-in or a reference is none, a local service's hardly one."""
    value = candidate.value
    if places.is_generated(candidate.path) or values.is_reference(value):
        return None
    if placeholders.is_token_placeholder(value) or value == candidate.groups.get("user"):
        return None
    by_chance = is_random(value)
    if not by_chance and placeholders.is_value_placeholder(value):
        return None
    host = candidate.groups.get("host", "")
    if _RESERVED_HOST.match(host):
        return Confidence.LOW
    if not by_chance and (_LOCAL_HOST.match(host) or places.is_rehearsal(candidate.path)):
        return Confidence.LOW
    is_sure = by_chance and not _LOCAL_HOST.match(host)
    confidence = candidate.kind.confidence if is_sure else Confidence.MEDIUM
    return fixture_limit(candidate, confidence, is_drawn=by_chance)


def _is_drawn(checksum: str, value: str) -> bool:
    """Whether a machine made the value; in a login's base64 that is for its password to say."""
    if checksum != "basic":
        return bool(checksum)
    return is_random(checksums.password_of(value))


def _is_expired(value: str) -> bool:
    """Whether a JSON Web Token says that its time is over (RFC 7519, section 4.1.4)."""
    payload = checksums.claims(value) if value.startswith("eyJ") else None
    expiry = (payload or {}).get("exp")
    return isinstance(expiry, int | float) and expiry < time.time()
