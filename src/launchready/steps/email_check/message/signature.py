"""Signatures of DKIM, verified (RFC 6376; RFC 8301 on algorithms; RFC 8463 on Ed25519)."""

import base64
import binascii
import enum
import hashlib
from collections.abc import Callable, Iterator

from launchready.facts.dns import DnsAnswer
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.email_check.message.parts import HeaderField, Message
from launchready.steps.email_check.records.dkim import DkimKey, looks_like_key, read_key
from launchready.steps.email_check.records.tags import Tags, read_tags

Ask = Callable[[str, str], DnsAnswer]
MOST_SIGNATURES = 10
_MOST_NAMES = 300
_MOST_DIGITS = 12
_BLANKS = Regex(rb"[ \t]+")
_FOLDS = Regex(rb"\r\n(?=[ \t])")
_OWN = Regex(rb"((?:^|;)[ \t\r\n]*b[ \t\r\n]*=)[^;]*")
_TRAILING = Regex(rb"[ \t]+(?=\r\n|$)")
_SPACE = Regex(r"\s+")
_LEAST_BITS = 1024


class Outcome(enum.Enum):
    """What verifying it gave (RFC 8601, section 2.7.1)."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    BROKEN = "permerror"
    UNKNOWN = "temperror"


@frozen
class Signature:
    """A signature: `domain` signed with the key at `selector`; `why` says what is wrong with it.

    `signed` are the names of the fields that it covers, `is_partial` that it leaves the end of the
    body open (`l=`).
    """

    domain: str
    selector: str
    outcome: Outcome
    why: str = ""
    signed: tuple[str, ...] = ()
    is_partial: bool = False


class _Ended(Exception):  # noqa: N818 - the way out of verifying
    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.outcome = outcome


def signatures(message: Message, ask: Ask, now: int) -> Iterator[Signature]:
    """What verifying each signature gives; `now` is in seconds since 1970."""
    for field in message.all("dkim-signature")[:MOST_SIGNATURES]:
        tags = read_tags(field.raw.partition(b":")[2].decode("utf-8", "replace"))
        names = _names(tags)
        domain = (tags.get("d") or "").lower().removesuffix(".")
        outcome, why = Outcome.PASS, ""
        try:
            _verify(message, field, tags, ask, now)
        except _Ended as ended:
            outcome, why = ended.outcome, str(ended)
        yield Signature(
            domain=domain,
            selector=tags.get("s") or "",
            outcome=outcome,
            why=why,
            signed=names,
            is_partial=tags.get("l") is not None,
        )


def _verify(message: Message, field: HeaderField, tags: Tags, ask: Ask, now: int) -> None:
    for fault in _faults(tags, now):
        raise _Ended(Outcome.BROKEN, fault)
    kind, _, hashed = (tags.get("a") or "").lower().partition("-")
    if hashed != "sha256" or kind not in ("rsa", "ed25519"):
        raise _Ended(Outcome.BROKEN, "its algorithm is neither rsa-sha256 nor ed25519-sha256")
    heads, _, bodies = (tags.get("c") or "simple/simple").lower().partition("/")
    bodies = bodies or "simple"
    if {heads, bodies} - {"simple", "relaxed"}:
        raise _Ended(Outcome.BROKEN, "`c` is neither simple nor relaxed")
    key = _key(tags, kind, ask)
    body = canonical_body(message.body, is_relaxed=bodies == "relaxed")
    if (length := tags.get("l")) is not None:
        if int(length) > len(body):
            raise _Ended(Outcome.BROKEN, "`l` is greater than the body")
        body = body[: int(length)]
    if hashlib.sha256(body).digest() != _bytes(tags, "bh"):
        raise _Ended(Outcome.FAIL, "the body was changed after it was signed")
    signed = _signed(message, field, _names(tags), is_relaxed=heads == "relaxed")
    if not _is_right(key, _bytes(tags, "b"), signed):
        raise _Ended(Outcome.FAIL, "a signed header was changed, or the key is another")


def _faults(tags: Tags, now: int) -> Iterator[str]:
    yield from tags.faults
    if tags.get("v") != "1":
        yield "`v` is not 1"
    for name in ("a", "b", "bh", "d", "h", "s"):
        if not tags.get(name):
            yield f"it has no `{name}`"
    if "from" not in _names(tags):
        yield "it does not sign From"
    if (tags.get("q") or "dns/txt").lower() != "dns/txt":
        yield "`q` is not dns/txt"
    domain = (tags.get("d") or "").lower()
    identity = (tags.get("i") or f"@{domain}").lower().rpartition("@")[2]
    if identity != domain and not identity.endswith(f".{domain}"):
        yield "`i` is not of its domain"
    for name in ("l", "t", "x"):
        value = tags.get(name)
        if value is not None and not _is_number(value):
            yield f"`{name}` is no number"
    expires = tags.get("x")
    if expires is not None and _is_number(expires) and int(expires) < now:
        yield "it has expired"


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS


def _names(tags: Tags) -> tuple[str, ...]:
    """The names of `h`, in lower case, each as often as it stands there."""
    named = (tags.get("h") or "").split(":")[:_MOST_NAMES]
    return tuple(name.strip().lower() for name in named if name.strip())


def _bytes(tags: Tags, name: str) -> bytes:
    try:
        return base64.b64decode(_SPACE.sub("", tags.get(name) or ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _Ended(Outcome.BROKEN, f"`{name}` is no base64") from error


def _key(tags: Tags, kind: str, ask: Ask) -> DkimKey:
    answer = ask(f"{tags.get('s')}._domainkey.{tags.get('d')}".lower(), "TXT")
    if not answer.status.is_known:
        raise _Ended(Outcome.UNKNOWN, answer.status.value)
    found = [read_key(text) for text in answer.texts if looks_like_key(text)]
    if len(found) != 1:
        raise _Ended(Outcome.BROKEN, "there is no key for it" if not found else "it has two keys")
    (key,) = found
    if key.is_revoked:
        raise _Ended(Outcome.BROKEN, "its key was taken back")
    if key.faults:
        raise _Ended(Outcome.BROKEN, f"its key is broken: {key.faults[0]}")
    if key.algorithm != kind:
        raise _Ended(Outcome.BROKEN, f"its key is of {key.algorithm}")
    if kind == "rsa" and key.bits < _LEAST_BITS:
        raise _Ended(Outcome.BROKEN, f"its key has {key.bits} bits")
    flags = [flag.strip().lower() for flag in (key.tags.get("t") or "").split(":")]
    identity = (tags.get("i") or "").lower().rpartition("@")[2]
    if "s" in flags and identity and identity != (tags.get("d") or "").lower():
        raise _Ended(Outcome.BROKEN, "its key is not for subdomains")
    return key


def canonical_body(body: bytes, *, is_relaxed: bool) -> bytes:
    """A body as it is hashed (RFC 6376, sections 3.4.3 and 3.4.4)."""
    if is_relaxed:
        body = _TRAILING.sub(b"", _BLANKS.sub(b" ", body))
    end = len(body)
    while body[max(end - 2, 0) : end] == b"\r\n":
        end -= 2
    return body[:end] + b"\r\n" if end or not is_relaxed else b""


def canonical_field(raw: bytes, *, is_relaxed: bool) -> bytes:
    """A field as it is hashed, with its line end (RFC 6376, sections 3.4.1 and 3.4.2)."""
    if not is_relaxed:
        return raw
    name, _, value = raw.partition(b":")
    flat = _BLANKS.sub(b" ", _FOLDS.sub(b"", value)).strip(b" \t\r\n")
    return name.strip().lower() + b":" + flat + b"\r\n"


def _signed(
    message: Message, own: HeaderField, names: tuple[str, ...], *, is_relaxed: bool
) -> bytes:
    """What is signed: of each name the last field that is not taken yet (section 5.4.2)."""
    left: dict[str, list[HeaderField]] = {}
    for field in message.fields:
        left.setdefault(field.name, []).append(field)
    chosen = [left[name].pop() for name in names if left.get(name)]
    parts = [canonical_field(field.raw, is_relaxed=is_relaxed) for field in chosen]
    head, _, value = own.raw.partition(b":")
    bare = head + b":" + _OWN.sub(rb"\1", value.removesuffix(b"\r\n")) + b"\r\n"
    return b"".join(parts) + canonical_field(bare, is_relaxed=is_relaxed).removesuffix(b"\r\n")


def _is_right(key: DkimKey, signature: bytes, signed: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    packed = base64.b64decode(_SPACE.sub("", key.tags.get("p") or ""))
    try:
        if key.algorithm == "ed25519":
            digest = hashlib.sha256(signed).digest()
            Ed25519PublicKey.from_public_bytes(packed).verify(signature, digest)
            return True
        public = load_der_public_key(packed)
        if not isinstance(public, RSAPublicKey):
            return False
        public.verify(signature, signed, PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True
