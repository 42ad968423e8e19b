"""Decide whether a candidate is a secret, and how sure that is.

The engine finds candidates by anchors; here the full format is asked for, then everything that
speaks against it. Entropy alone never makes a finding.
"""

from collections.abc import Iterator

from launchready.catalog.kinds import Assigned, Keyword, Kind, Pattern, Token
from launchready.facts.secret import MASK
from launchready.frozen import frozen
from launchready.model import Confidence
from launchready.regex import Regex
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.formats.matching import matches
from launchready.steps.secret_scan.judging import candidates, keywords, operators, patterns, tokens

# A PEM body is the same key however its lines are parted: by line ends, by `\n`, by `" + "`.
_LAYOUT = Regex(rb"\\{1,3}[rn]|[\"'`]\s{0,8}\+\s|\s+|[\"'`,>|\\]")


@frozen
class Hit:
    """A confirmed secret in a window of bytes; `start` and `end` are the value's byte offsets.

    `digest` is the SHA-256 of the value in hex (of a key over several lines: without its line
    ends); it never leaves the process.
    `redacted` is what a report may show: the prefix that the provider publishes, and a mask.
    """

    kind_id: str
    start: int
    end: int
    digest: str
    redacted: str
    confidence: Confidence


def confirm(kind: Kind, window: bytes, path: str | None) -> tuple[Hit, ...]:
    """All secrets of `kind` in `window`, a part of the file at `path` (None: of no file)."""
    return tuple(_hits(kind, window, path))


def _hits(kind: Kind, window: bytes, path: str | None) -> Iterator[Hit]:
    for candidate in _candidates(kind, window, path):
        confidence = _judge(candidate)
        if confidence is None:
            continue
        yield Hit(
            kind_id=kind.id,
            start=candidate.start,
            end=candidate.end,
            digest=_digest(candidate),
            redacted=formats.public_prefix(kind, candidate.value) + MASK,
            confidence=confidence,
        )


def _candidates(kind: Kind, window: bytes, path: str | None) -> Iterator[candidates.Candidate]:
    """What the kind's pattern finds, and of lists the items after the first."""
    for match in matches(kind, window):
        candidate = candidates.from_match(kind, match, path)
        yield candidate
        if candidate.is_quoted and operators.is_list(candidate):
            yield from candidates.following(candidate)


def _digest(candidate: candidates.Candidate) -> str:
    import hashlib  # loads OpenSSL, which takes longer than to find nothing

    return hashlib.sha256(_normal(candidate)).hexdigest()


def _normal(candidate: candidates.Candidate) -> bytes:
    """The value's bytes; of a value over several lines without what parts them."""
    if isinstance(candidate.kind.format, Pattern) and not candidate.kind.format.is_password:
        return _LAYOUT.sub(b"", candidate.raw)
    return candidate.raw


def _judge(candidate: candidates.Candidate) -> Confidence | None:
    match candidate.kind.format:
        case Token() as token:
            return tokens.judge_token(candidate, token)
        case Assigned() as named:
            return tokens.judge_assigned(candidate, named)
        case Keyword() as keyword:
            return keywords.judge(candidate, keyword)
        case Pattern() as pattern:
            return patterns.judge(candidate, pattern)
