"""Rules on certificates."""

import datetime
from collections.abc import Iterator

from launchready.facts.tls import Certificate, Distrust, TlsFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.smoke_test.rules.tls_places import finding
from launchready.steps.smoke_test.seen import HostTlsFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings

_WEAK_HASHES = ("md5", "sha1")
_LEAST_BITS = {"RSA": 2048, "EC": 256}
# CA/Browser Forum Baseline Requirements, ballot SC-081v3: the most days by the day of issue.
_MOST_DAYS = (
    (datetime.date(2029, 3, 15), 47),
    (datetime.date(2027, 3, 15), 100),
    (datetime.date(2026, 3, 15), 200),
    (datetime.date(2020, 9, 1), 398),
)


@rule(TlsFacts, Severity.ERROR)
def certificate_not_trusted(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a certificate that browsers refuse.

    Visitors see a red warning in place of the page, and programs get nothing.

    Renew it, serve the whole chain (`fullchain.pem`), or get one that has this name among its names
    and is signed by a public authority.

    Bad:
        www.example.com: the certificate is for another name (example.com)
    Good:
        www.example.com: a certificate for example.com and www.example.com
    Reference: https://www.rfc-editor.org/rfc/rfc5280#section-6
    """
    del settings
    is_told = seen.distrust is Distrust.WEAK and any(map(_weakness, seen.chain))
    if seen.distrust is not None and not is_told:
        yield finding(seen, f"browsers refuse the certificate: {_why(seen, seen.distrust)}")


@rule(TlsFacts, Severity.ERROR)
def certificate_about_to_expire(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a certificate in the last sixth of its life, or its last week where that is shorter.

    The automatic renewal should have replaced it long ago: it will not, and then the site is down
    for everyone at once.

    Look at the log of the ACME client, at the CAA record and at the challenge's path; renew by hand
    today.

    Bad:
        expires in 5 of 90 days
    Good:
        expires in 60 of 90 days
    Reference: https://letsencrypt.org/docs/integration-guide/#when-to-renew
    """
    del settings
    if (left := _left(seen)) is not None and _is_last(left, seen):
        yield finding(seen, f"the certificate expires in {left.days} days")


@rule(TlsFacts, Severity.WARNING)
def certificate_renewal_late(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a certificate in the last third of its life.

    Clients that renew by themselves do it when a third is left: this one did not.

    Look at the log of the ACME client, or at the host's page for this domain.

    Bad:
        expires in 25 of 90 days
    Good:
        expires in 60 of 90 days
    Reference: https://letsencrypt.org/docs/integration-guide/#when-to-renew
    """
    del settings
    leaf, left = seen.leaf, _left(seen)
    if leaf and left is not None and left < leaf.lifetime / 3 and not _is_last(left, seen):
        days = leaf.lifetime.days
        yield finding(seen, f"the certificate expires in {left.days} of {days} days")


@rule(TlsFacts, Severity.ERROR)
def certificate_without_names(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a certificate that names its host only in the subject.

    Browsers have not looked there since 2017: they refuse it, while curl and Python take it.

    Get one with the host as a subject alternative name.

    Bad:
        CN=www.example.com, no subjectAltName
    Good:
        subjectAltName: DNS:www.example.com
    Reference: https://www.rfc-editor.org/rfc/rfc9525#section-2
    """
    del settings
    if seen.leaf is not None and not seen.leaf.names and seen.distrust is None:
        yield finding(seen, "the certificate has no subject alternative name: browsers refuse it")


@rule(TlsFacts, Severity.ERROR)
def certificate_lives_too_long(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a certificate that is valid for longer than browsers accept.

    They refuse it however good it is otherwise: 398 days, 200 since March 2026, 100 from March
    2027, 47 from March 2029.

    Get a shorter one, renewed by a program.

    Bad:
        issued in May 2026 for 365 days
    Good:
        issued in May 2026 for 90 days
    Reference: https://cabforum.org/working-groups/server/baseline-requirements/
    """
    del settings
    leaf = seen.leaf
    if leaf is None or seen.is_private_authority:
        return
    most = next((days for day, days in _MOST_DAYS if leaf.not_before.date() >= day), None)
    if most is not None and leaf.lifetime > datetime.timedelta(days=most):
        yield finding(
            seen, f"the certificate lives {leaf.lifetime.days} days, browsers take {most}"
        )


@rule(TlsFacts, Severity.ERROR)
def certificate_is_weak(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a certificate with a key or a signature that can be forged.

    Browsers refuse it, or soon will.

    Get one with an EC key of 256 bits or an RSA key of 2048, signed with SHA-256.

    Bad:
        RSA 1024
    Good:
        EC 256
    Reference: https://www.rfc-editor.org/rfc/rfc9325#section-4.5
    """
    del settings
    for each in seen.chain:
        if weak := _weakness(each):
            yield finding(seen, f"the certificate {_place(each, seen)} is weak: {weak}")
            return


@rule(TlsFacts, Severity.NOTE)
def chain_in_disorder(seen: TlsFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a chain whose certificates do not follow each other, or that sends the root as well.

    Old clients follow the order that is sent; the root makes every handshake longer for nothing.

    Serve the server's own certificate first, then the one that signed it, and no root.

    Bad:
        server, root, intermediate
    Good:
        server, intermediate
    Reference: https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2
    """
    del settings
    if seen.distrust is not None:
        return  # there is more to say of this chain
    pairs = zip(seen.chain, seen.chain[1:], strict=False)
    if any(here.issuer != there.subject for here, there in pairs):
        yield finding(seen, "the chain's certificates do not follow each other")
    elif len(seen.chain) > 1 and seen.chain[-1].is_self_issued:
        yield finding(seen, "the chain holds the root, which every client has")


@rule(HostTlsFacts, Severity.WARNING)
def addresses_differ_in_certificate(
    seen: HostTlsFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a host whose addresses show certificates that end weeks apart.

    One node was forgotten by the renewal: for a share of the visitors the site ends first.

    Renew on every node, or let one place in front of them hold the certificate.

    Bad:
        203.0.113.7: until March, 203.0.113.8: until January
    Good:
        203.0.113.7 and 203.0.113.8: until March
    Reference: https://letsencrypt.org/docs/integration-guide/
    """
    del settings
    ends = {
        facts.address: facts.leaf.not_after
        for facts in seen.addresses
        if facts.leaf and facts.distrust is None  # what is refused is told already
    }
    if ends and max(ends.values()) - min(ends.values()) > datetime.timedelta(days=14):
        first = min(ends, key=lambda address: ends[address])
        facts = next(each for each in seen.addresses if each.address == first)
        yield finding(facts, "this address's certificate ends weeks before the others'")


def _why(seen: TlsFacts, why: Distrust) -> str:
    names = seen.leaf.names[:3] if seen.leaf else ()
    shown = [name for name in names if all(sign.isalnum() or sign in "-.*:" for sign in name)]
    is_named = why is Distrust.OTHER_NAME and shown
    return f"{why.value} ({', '.join(shown)})" if is_named else why.value


def _left(seen: TlsFacts) -> datetime.timedelta | None:
    """How long it is still valid, None where it is refused anyway."""
    if seen.leaf is None or seen.distrust is not None:
        return None
    return seen.leaf.not_after - seen.at


def _is_last(left: datetime.timedelta, seen: TlsFacts) -> bool:
    week = datetime.timedelta(days=7)
    return seen.leaf is not None and left < min(seen.leaf.lifetime / 6, week)


def _weakness(each: Certificate) -> str:
    least = _LEAST_BITS.get(each.key)
    if least is not None and each.bits < least:
        return f"{each.key} {each.bits}"
    is_signed = not each.is_self_issued  # nobody looks at a root's own signature
    return each.signature.upper() if is_signed and each.signature in _WEAK_HASHES else ""


def _place(each: Certificate, seen: TlsFacts) -> str:
    return "of the server" if each is seen.leaf else "of an authority in the chain"


CERTIFICATE_RULES = (
    certificate_not_trusted,
    certificate_about_to_expire,
    certificate_renewal_late,
    certificate_without_names,
    certificate_lives_too_long,
    certificate_is_weak,
    chain_in_disorder,
    addresses_differ_in_certificate,
)
