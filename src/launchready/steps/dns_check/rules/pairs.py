"""Rules on two hosts together: the bare domain and `www`, and staging beside production."""

from collections.abc import Iterator

from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.rules.at import are_near, found, listed, shown
from launchready.steps.dns_check.seen import HostFacts, PairFacts
from launchready.steps.dns_check.settings import DnsCheckSettings


@rule(PairFacts, Severity.ERROR)
def apex_and_www_differ(seen: PairFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a bare domain and a `www` that lead to different services.

    Half of the visitors come to the old site, or to one whose certificate is for another name.

    Point both to the service that has the site; let it redirect one to the other.

    Bad:
        example.com A 76.76.21.21 (Vercel); www.example.com CNAME shop.herokudns.com (Heroku)
    Good:
        example.com A 76.76.21.21; www.example.com CNAME cname.vercel-dns.com
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-3.6
    """
    del settings
    first, second = seen.first, seen.second
    if seen.is_staging or not (first.is_there and second.is_there):
        return
    if are_near(first.seen.addresses, second.seen.addresses):
        return
    if first.providers and second.providers:
        is_other = not set(first.providers) & set(second.providers)
    else:
        is_other = not first.chain and not second.chain and not first.providers + second.providers
    if is_other:
        yield found(first.name, "A", f"{_of(first)}, and {_of(second)}")


@rule(PairFacts, Severity.NOTE)
def ipv6_on_one_only(seen: PairFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a site that is reached over IPv6 by one of its two names only.

    In networks without IPv4, as mobile ones are more and more, one name works through a translator
    or not at all: a fault that only some visitors can tell you of.

    Publish AAAA records for both, or for neither.

    Bad:
        example.com AAAA 2001:db8::7; www.example.com has no AAAA
    Good:
        both have AAAA records
    Reference: https://www.rfc-editor.org/rfc/rfc3596
    """
    del settings
    hosts = (seen.first, seen.second)
    if seen.is_staging or not all(host.is_there and host.seen.is_known for host in hosts):
        return
    with_v6 = [host for host in hosts if host.seen.v6.texts]
    if len(with_v6) == 1:
        other = next(host for host in hosts if host is not with_v6[0])
        message = f"{shown(with_v6[0].name)} has IPv6 addresses, {shown(other.name)} has none"
        yield found(other.name, "AAAA", message)


@rule(PairFacts, Severity.WARNING)
def staging_on_production(seen: PairFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host of staging that leads to the machine of production.

    Trials write into what customers use, and a fault of staging stops production.

    Give staging a server of its own, or remove the record where it is no longer used.

    Bad:
        staging.example.com A 203.0.113.7; example.com A 203.0.113.7
    Good:
        staging.example.com A 203.0.113.9
    Reference: https://12factor.net/dev-prod-parity
    """
    del settings
    staging, live = seen.first, seen.second
    if not seen.is_staging or staging.providers or live.providers:
        return  # what many customers share says nothing
    shared = staging.seen.addresses & live.seen.addresses
    if shared:
        message = (
            f"{shown(staging.name)} (staging) and {shown(live.name)} are both at {listed(shared)}"
        )
        yield found(staging.name, "A", message, what=live.name)


def _of(host: HostFacts) -> str:
    where = listed([each.name for each in host.providers]) if host.providers else ""
    place = shown(host.chain[0]) if host.chain else listed(host.seen.addresses)
    return f"{shown(host.name)} leads to {place}{f' ({where})' if where else ''}"


PAIR_RULES = (apex_and_www_differ, ipv6_on_one_only, staging_on_production)
