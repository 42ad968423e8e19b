"""DKIM key records (RFC 6376, section 3.6.1; RFC 8301 and RFC 8463 on keys)."""

import base64
import binascii
from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.email_check.records.tags import Tags, read_tags

_ED25519_BYTES = 32
_BLANKS = Regex(r"\s+")


@frozen
class DkimKey:
    """A key record. `bits` is the size of an RSA key, 256 of Ed25519, 0 where it cannot be read.

    `faults` are clauses that make it no key for receivers.
    """

    text: str
    tags: Tags
    algorithm: str
    bits: int
    is_revoked: bool
    is_testing: bool
    faults: tuple[str, ...]


def looks_like_key(text: str) -> bool:
    """Whether a TXT record below `_domainkey` is meant as a key: `v=` may be left out."""
    tags = read_tags(text)
    return tags.get("p") is not None or (tags.get("v") or "").upper() == "DKIM1"


def read_key(text: str) -> DkimKey:
    """A record's meaning, and what is wrong with it."""
    tags = read_tags(text)
    algorithm = (tags.get("k") or "rsa").lower()
    packed = _BLANKS.sub("", tags.get("p") or "")
    bits = _bits(packed, algorithm) if packed else 0
    flags = [flag.strip().lower() for flag in (tags.get("t") or "").split(":")]
    return DkimKey(
        text=text,
        tags=tags,
        algorithm=algorithm,
        bits=bits,
        is_revoked=tags.get("p") is not None and not packed,
        is_testing="y" in flags,
        faults=(*tags.faults, *_faults(tags, algorithm, packed, bits)),
    )


def _faults(tags: Tags, algorithm: str, packed: str, bits: int) -> Iterator[str]:
    version = tags.get("v")
    if version is not None and (version.upper() != "DKIM1" or tags.pairs[0][0] != "v"):
        yield "`v=DKIM1` must be the first tag"
    if tags.get("p") is None:
        yield "it has no `p`, the key"
    elif packed and not bits:
        yield f"`p` holds no {algorithm} key: characters are missing or too many"
    if algorithm not in ("rsa", "ed25519"):
        yield "`k` is neither rsa nor ed25519"
    hashes = tags.get("h")
    if hashes is not None and "sha256" not in [each.strip().lower() for each in hashes.split(":")]:
        yield "`h` leaves sha256 out"
    services = [each.strip().lower() for each in (tags.get("s") or "*").split(":")]
    if "*" not in services and "email" not in services:
        yield "`s` leaves email out"


def _bits(packed: str, algorithm: str) -> int:
    try:
        der = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return 0
    if algorithm == "ed25519":
        return 256 if len(der) == _ED25519_BYTES else 0
    return _rsa_bits(der)


def _rsa_bits(der: bytes) -> int:
    """The size of the modulus in a SubjectPublicKeyInfo or an RSAPublicKey (RFC 8017, A.1.1)."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key = load_der_public_key(der)
    except Exception:  # noqa: BLE001 - whatever the bytes of a stranger do to the parser
        return 0
    return key.key_size if isinstance(key, RSAPublicKey) else 0
