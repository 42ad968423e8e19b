"""Validates the signatures of one zone, from its parent's DS records down (RFC 4035, section 5).

The zones above are not the domain's owner's to mend, so the chain begins at the parent's word.
"""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.facts.dnssec import Anchor, Signatures, SigningKey, Trust
from launchready.frozen import replace
from launchready.gateways.dns.client import DnsClient, How, NameServer

if TYPE_CHECKING:
    from dns.message import Message
    from dns.rrset import RRset

_SIGNED = How(recurses=False, signed=True, unvalidated=True)
_CARELESS = How(unvalidated=True)
_NOBODYS = "launchready-asks-for-what-nobody-has-made"
_PROOFS = (47, 50)  # NSEC and NSEC3
_MOST = 12  # keys or signatures of one set; more cost a validator time (CVE-2023-50387)


class Unsigned(Exception):  # noqa: N818 - it is what was found, and no error of ours
    """A set of records whose signatures do not hold; the text says why."""


def look_at_signatures(
    client: DnsClient,
    servers: Iterable[NameServer],
    zone: str,
    anchored: DnsAnswer,
    names: Iterable[str],
) -> Signatures | DnsAnswer:
    """The signatures of a zone at each of its servers; an answer where one could not be asked.

    `anchored` are the parent's DS records, `names` those whose addresses are looked at as well.
    """
    anchors = tuple(_anchor(text) for text in anchored.texts[:_MOST])
    seen = Signatures(trust=Trust.UNSIGNED, anchors=anchors)
    for at, server in enumerate(servers):
        asked = client.ask_of(server, zone, "DNSKEY", _SIGNED)
        if not asked.status.is_known:
            return asked
        others = [(zone, "SOA"), (f"{_NOBODYS}.{zone}", "A")]
        others += [(name, "A") for name in (names if at == 0 else ())]
        answers = [client.ask_of(server, name, kind, _SIGNED) for name, kind in others]
        seen = _judged(asked, answers, anchored, seen)
        if asked.records and at == 0:
            seen = replace(seen, nsec3_iterations=_iterations(client, server, zone))
        if seen.trust is Trust.BOGUS:
            return replace(seen, server=str(server), refused=_is_refused(client, zone))
    return seen


def _judged(
    asked: DnsAnswer, answers: list[DnsAnswer], anchored: DnsAnswer, seen: Signatures
) -> Signatures:
    """What one server's keys and answers make of the zone."""
    import dns.name

    if not asked.records:
        why = "the parent says that it is signed, and it has no key"
        bogus = replace(seen, trust=Trust.BOGUS, why=why, unmatched=seen.anchors)
        return bogus if seen.anchors else seen
    message, owner = _message(asked), dns.name.from_text(asked.name)
    keys = _find(message, asked)
    if message is None or keys is None or len(keys) > _MOST:
        return replace(seen, trust=Trust.BOGUS, why="its keys cannot be read, or are too many")
    seen = replace(seen, keys=tuple(_key(each) for each in keys))
    if not seen.anchors:
        return replace(seen, trust=Trust.NO_DS)
    trusted, unmatched = _trusted(anchored, owner, keys)
    seen = replace(seen, unmatched=unmatched)
    hours = [seen.hours_left] if seen.hours_left is not None else []
    try:
        if not trusted:
            raise Unsigned("none of its keys is the one of the parent")
        hours.append(_validate(message, keys, owner, trusted, "DNSKEY"))
        for answer in answers:
            reply = _message(answer)
            found = _find(reply, answer)
            if answer.is_authoritative and reply is not None and found is not None:
                hours.append(_validate(reply, found, owner, keys, answer.type))
            elif answer.is_authoritative and reply is not None and not answer.aliases:
                hours += _denied(reply, owner, keys)
    except Unsigned as error:
        return replace(seen, trust=Trust.BOGUS, why=str(error))
    return replace(seen, trust=Trust.VALID, hours_left=min(hours))


def _validate(message: "Message", found: "RRset", zone: Any, keys: Any, kind: str) -> float:
    """How many hours the best signature still holds. Raises Unsigned."""
    import dns.dnssec
    import dns.exception

    signatures = _signatures(message, found.name, kind)
    if not signatures:
        raise Unsigned(f"the {kind} records are not signed")
    why, now = "", time.time()
    for each in signatures[:_MOST]:
        try:
            dns.dnssec.validate_rrsig(found, each, {zone: keys}, now=now)
        except (dns.exception.DNSException, ValueError) as error:
            why = why or _why(each, now, error)
        else:
            return (float(each.expiration) - now) / 3600
    raise Unsigned(f"the signature of the {kind} records {why}")


def _denied(message: "Message", zone: Any, keys: Any) -> list[float]:
    """How many hours the proofs hold that a name or type is not there. Raises Unsigned."""
    import dns.rdatatype

    proofs = [each for each in message.authority if each.rdtype in _PROOFS]
    if not proofs:
        raise Unsigned("nothing proves that a name is not there")
    kinds = ((each, dns.rdatatype.to_text(each.rdtype)) for each in proofs[:_MOST])
    return [_validate(message, each, zone, keys, kind) for each, kind in kinds]


def _why(signature: Any, now: float, error: Exception) -> str:
    if signature.expiration < now:
        day = time.strftime("%Y-%m-%d", time.gmtime(signature.expiration))
        return f"expired on {day}"
    if signature.inception > now:
        return "is not valid yet"
    if "unknown key" in str(error):
        return f"is by the key {signature.key_tag}, which is not there"
    return "does not fit the records"


def _trusted(anchored: DnsAnswer, owner: Any, keys: Any) -> tuple[Any, tuple[Anchor, ...]]:
    """The keys that the parent trusts, and the parent's records that no key answers."""
    import dns.dnssec
    import dns.exception
    import dns.rdataset

    trusted = dns.rdataset.Rdataset(keys.rdclass, keys.rdtype)
    unmatched = []
    for text in anchored.texts[:_MOST]:
        wanted = _anchor(text)
        digest = text.split()[3:]
        is_met = False
        for key in keys:
            if dns.dnssec.key_id(key) != wanted.tag:
                continue
            try:
                made = dns.dnssec.make_ds(owner, key, _digest(wanted.digest), validating=True)
            except (dns.exception.DNSException, ValueError):
                continue
            if made.digest.hex() == "".join(digest).lower():
                trusted.add(key)
                is_met = True
        if not is_met:
            unmatched.append(wanted)
    return trusted, tuple(unmatched)


def _digest(number: int) -> Any:
    import dns.dnssectypes

    return dns.dnssectypes.DSDigest.make(number)


def _anchor(text: str) -> Anchor:
    tag, algorithm, digest = (*text.split()[:3], "0", "0", "0")[:3]
    return Anchor(tag=int(tag), algorithm=int(algorithm), digest=int(digest))


def _key(rdata: Any) -> SigningKey:
    import dns.dnssec

    name = dns.dnssec.algorithm_to_text(rdata.algorithm)
    is_rsa = name.startswith("RSA")
    bits = _rsa_bits(rdata.key) if is_rsa else len(rdata.key) * 8
    tag = dns.dnssec.key_id(rdata)
    return SigningKey(tag=tag, algorithm=int(rdata.algorithm), name=name, bits=bits)


def _rsa_bits(key: bytes) -> int:
    """The size of the modulus (RFC 3110, section 2)."""
    if not key:
        return 0
    start = 1 + key[0] if key[0] else 3 + int.from_bytes(key[1:3], "big")
    return int.from_bytes(key[start:], "big").bit_length()


def _message(answer: DnsAnswer) -> "Message | None":
    import dns.exception
    import dns.message

    try:
        return dns.message.from_wire(answer.signed) if answer.signed else None
    except (dns.exception.DNSException, ValueError):
        return None


def _find(message: "Message | None", answer: DnsAnswer) -> "RRset | None":
    """The records of the name and type that were asked for."""
    import dns.name
    import dns.rdataclass
    import dns.rdatatype

    if message is None:
        return None
    wanted, owner = dns.rdatatype.from_text(answer.type), dns.name.from_text(answer.name)
    return message.get_rrset(message.answer, owner, dns.rdataclass.IN, wanted)


def _signatures(message: "Message", owner: Any, kind: str) -> list[Any]:
    import dns.rdataclass
    import dns.rdatatype

    of = dns.rdatatype.from_text(kind)
    section = message.authority if of in _PROOFS else message.answer
    rrsig = dns.rdatatype.RRSIG
    return list(message.get_rrset(section, owner, dns.rdataclass.IN, rrsig, of) or ())


def _iterations(client: DnsClient, server: NameServer, zone: str) -> int:
    """What NSEC3PARAM says: `1 0 10 AB` hashes ten times more."""
    for text in client.ask_of(server, zone, "NSEC3PARAM").texts:
        words = text.split()
        if len(words) > 2 and words[2].isdecimal():
            return int(words[2])
    return 0


def _is_refused(client: DnsClient, zone: str) -> bool:
    """Whether the resolver gives an answer only to who does not want it validated."""
    server = client.servers[0]
    is_failed = client.ask_at(server, zone, "SOA").status is DnsStatus.FAILED
    return is_failed and client.ask_at(server, zone, "SOA", _CARELESS).status.is_known
