"""The name of a finding that outlives moved lines, renamed files and re-indented code."""

from launchready.model import Finding

DEFAULT_KEY = b"launchready fingerprint 1"
"""The key where there is no baseline. It is public, so it protects nothing; see `fingerprint`."""

DIGITS = 32
"""Hex digits of a fingerprint: 128 bits, so that two findings share one only by being the same."""


def fingerprint(key: bytes, finding: Finding) -> str:
    """32 hex digits: HMAC-SHA256 (RFC 2104) of the finding's rule and identity, cut to 128 bits.

    Path, line and message stay out: the same fault found twice has the same fingerprint twice.

    Why a key: an identity may come from a secret that people can guess, such as a short password.
    A bare hash in a published report would let anyone test guesses against it. With a baseline's
    random salt as the key, a report alone gives nothing away, and equal secrets in two repositories
    do not show as equal. It does not protect against someone who holds the baseline file: the salt
    is in it, beside the fingerprints. Whoever can read the repository can read the secret anyway.
    """
    import hmac  # loads OpenSSL, which takes longer than to find nothing

    message = f"{finding.rule}\0{finding.identity}".encode("utf-8", "surrogatepass")
    return hmac.digest(key, message, "sha256").hex()[:DIGITS]


def normalise(text: str) -> str:
    """Source text as an identity takes it: every run of white space one blank, none at the ends."""
    return " ".join(text.split())
