"""Rules on DNSSEC: whether those who validate still get an answer."""

from collections.abc import Iterator

from launchready.facts.dnssec import SigningKey, Trust
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.rules.at import found, listed, shown
from launchready.steps.dns_check.seen import SignedFacts
from launchready.steps.dns_check.settings import DnsCheckSettings

_WEAK = frozenset({1, 3, 5, 6, 7, 12})  # RSA/MD5, DSA, SHA-1 and GOST (RFC 8624, RFC 9905)
_WEAK_DIGESTS = frozenset({1, 3})  # SHA-1 and GOST
_HOURS = 72


@rule(SignedFacts, Severity.ERROR)
def dnssec_bogus(seen: SignedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a signed domain whose signatures do not hold.

    Resolvers that validate, those of Google, Cloudflare and most mobile networks among them, answer
    with an error: site and mail are gone for their users.

    Remove the DS record at the registrar first; wait for its TTL; then sign anew and enter the new
    DS.

    Bad:
        the signature of the SOA records expired on 2026-11-20
    Good:
        example.com: signed and valid
    Reference: https://www.rfc-editor.org/rfc/rfc4035#section-5
    """
    del settings
    signatures = seen.signatures
    if signatures.trust is Trust.BOGUS and not _is_keyless(seen):
        also = "; the resolver refuses to answer" if signatures.refused else ""
        message = f"{shown(seen.zone)} does not validate: {signatures.why}{also}"
        yield found(seen.zone, "DNSKEY", message, ("server", signatures.server))


@rule(SignedFacts, Severity.ERROR)
def ds_without_key(seen: SignedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a domain that its parent calls signed, and that has not the key which is named there.

    Resolvers that validate answer with an error: site and mail are gone for their users. It happens
    when a domain moves to another DNS service and the DS record stays.

    Remove the DS record at the registrar, or replace it by the one that the DNS service shows.

    Bad:
        .com: example.com DS 12345 13 2 …, and no DNSKEY 12345
    Good:
        a DNSKEY for each DS, or no DS
    Reference: https://www.rfc-editor.org/rfc/rfc4035#section-5.2
    """
    del settings
    if _is_keyless(seen):
        tags = listed([str(each.tag) for each in seen.signatures.unmatched])
        yield found(seen.zone, "DS", f"the parent trusts key {tags}, which the zone does not have")


@rule(SignedFacts, Severity.NOTE)
def ds_left_over(seen: SignedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a DS record of a key that is gone, beside one that is there.

    While it stays, whoever has the old key may sign for the domain.

    Remove it at the registrar once the change of keys is done.

    Bad:
        DS 12345 and DS 54321, and only DNSKEY 54321
    Good:
        DS 54321
    Reference: https://www.rfc-editor.org/rfc/rfc6781#section-4.1.2
    """
    del settings
    if seen.signatures.trust is Trust.VALID and seen.signatures.unmatched:
        tags = listed([str(each.tag) for each in seen.signatures.unmatched])
        yield found(seen.zone, "DS", f"the parent still names key {tags}, which is gone")


@rule(SignedFacts, Severity.WARNING)
def signatures_about_to_expire(seen: SignedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags signatures that end within three days.

    When they do, the domain is gone for everybody whose resolver validates.

    Let the signer run: it has stopped. See its log, and its access to the keys.

    Bad:
        the signatures hold for 20 hours more, under the limit of 72
    Good:
        the signatures hold for 200 hours more
    Reference: https://www.rfc-editor.org/rfc/rfc6781#section-4.4.2
    """
    del settings
    hours = seen.signatures.hours_left
    if seen.signatures.trust is Trust.VALID and hours is not None and hours < _HOURS:
        message = f"the signatures hold for {hours:.0f} hours more, under the limit of {_HOURS}"
        yield found(seen.zone, "RRSIG", message, ("hours", round(hours)))


@rule(SignedFacts, Severity.WARNING)
def dnssec_algorithm_weak(seen: SignedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags keys and digests that no longer protect, or that resolvers no longer count.

    Resolvers take the domain for one that is not signed, or refuse it.

    Change to algorithm 13 (ECDSA P-256) with digest 2 (SHA-256), by a rollover of the DNS service.

    Bad:
        a DNSKEY of algorithm 5 (RSASHA1)
    Good:
        a DNSKEY of algorithm 13 (ECDSAP256SHA256)
    Reference: https://www.rfc-editor.org/rfc/rfc8624#section-3
    """
    del settings
    keys = [key for key in seen.signatures.keys if _is_weak(key)]
    digests = {each.digest for each in seen.signatures.anchors}
    if keys:
        each = keys[0]
        yield found(seen.zone, "DNSKEY", f"key {each.tag} is {each.name} of {each.bits} bits")
    elif digests and digests <= _WEAK_DIGESTS:
        yield found(seen.zone, "DS", "the parent names the key by SHA-1 only")


@rule(SignedFacts, Severity.NOTE)
def signed_without_ds(seen: SignedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a zone that is signed, and whose parent does not say so.

    Nobody validates it: the signatures are work for nothing.

    Enter the DS record that the DNS service shows at the registrar, or stop signing.

    Bad:
        example.com has a DNSKEY, and .com has no DS for it
    Good:
        .com: example.com DS 12345 13 2 …
    Reference: https://www.rfc-editor.org/rfc/rfc4035#section-2.4
    """
    del settings
    if seen.signatures.trust is Trust.NO_DS:
        yield found(seen.zone, "DS", f"{shown(seen.zone)} is signed, and its parent has no DS")


@rule(SignedFacts, Severity.NOTE)
def nsec3_iterations(seen: SignedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a signed zone that hashes the names which are not there more than once.

    It protects nothing, and costs every resolver work: above a limit they take the zone for one
    that is not signed, or refuse it.

    Set the iterations to 0 and the salt to none: `nsec3param iterations 0 salt-length 0;` (BIND).

    Bad:
        example.com NSEC3PARAM 1 0 100 ABCD
    Good:
        example.com NSEC3PARAM 1 0 0 -
    Reference: https://www.rfc-editor.org/rfc/rfc9276#section-3.1
    """
    del settings
    count = seen.signatures.nsec3_iterations
    if count:
        message = f"{shown(seen.zone)} hashes absent names {count} times more; 0 is right"
        yield found(seen.zone, "NSEC3PARAM", message, ("iterations", count))


def _is_keyless(seen: SignedFacts) -> bool:
    every = seen.signatures
    return every.trust is Trust.BOGUS and set(every.unmatched) == set(every.anchors)


def _is_weak(key: SigningKey) -> bool:
    return key.algorithm in _WEAK or (key.name.startswith("RSA") and key.bits < 1024)


SIGNED_RULES = (
    dnssec_bogus,
    ds_without_key,
    ds_left_over,
    signatures_about_to_expire,
    dnssec_algorithm_weak,
    signed_without_ds,
    nsec3_iterations,
)
