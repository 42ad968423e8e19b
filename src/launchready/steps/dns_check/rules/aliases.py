"""Rules on aliases: how the name of a host leads on to others."""

from collections.abc import Iterator

from launchready.catalog.dns_providers import of_host
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.rules.at import found, listed, shown
from launchready.steps.dns_check.seen import HostFacts
from launchready.steps.dns_check.settings import DnsCheckSettings

_MOST_HOPS = 3


@rule(HostFacts, Severity.ERROR)
def cname_at_apex(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a CNAME at the domain itself.

    A name with a CNAME has nothing else: resolvers take the mail's MX, the name servers and the
    proofs of ownership for the other name's, and mail is lost.

    Use the A and AAAA records that the hosting service names, or an ALIAS, ANAME or flattened CNAME
    of the DNS service.

    Bad:
        example.com CNAME cname.vercel-dns.com
    Good:
        example.com A 76.76.21.21
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.4
    """
    del settings
    if seen.name == seen.zone and (target := _own_alias(seen)):
        yield found(seen.name, "CNAME", f"{shown(seen.name)} is a CNAME to {shown(target)}")


@rule(HostFacts, Severity.ERROR)
def cname_beside_records(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name that has a CNAME and other records as well.

    Which of them counts depends on who asks and what was asked before: mail and proofs of ownership
    come and go.

    Move the other records to the name that the CNAME leads to, or replace the CNAME by addresses.

    Bad:
        app.example.com CNAME host.example.net, and app.example.com MX 10 mx.example.net
    Good:
        app.example.com CNAME host.example.net, and nothing else
    Reference: https://www.rfc-editor.org/rfc/rfc2181#section-10.1
    """
    del settings
    if seen.beside and seen.name != seen.zone:
        message = f"{shown(seen.name)} has a CNAME, and {listed(seen.beside)} records beside it"
        yield found(seen.name, "CNAME", message)


@rule(HostFacts, Severity.ERROR)
def cname_loop(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags CNAME records that lead in a circle.

    The name has no address: nobody reaches it.

    Point the last of them to the host that serves it.

    Bad:
        a.example.com CNAME b.example.com, and b.example.com CNAME a.example.com
    Good:
        a.example.com CNAME b.example.com, and b.example.com A 203.0.113.7
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2
    """
    del settings
    if seen.is_loop:
        way = " -> ".join(map(shown, (seen.name, *seen.chain[:6])))
        yield found(seen.name, "CNAME", f"the CNAMEs lead in a circle: {way}")


@rule(HostFacts, Severity.WARNING)
def cname_chain_long(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name that leads through more than three CNAMEs.

    Each is a question more before the page begins to load, and one more name whose owner can take
    the host away; some resolvers stop on the way.

    Point the name to the last one that the hosting service promises to keep.

    Bad:
        www -> a -> b -> c -> d
    Good:
        www.example.com CNAME cname.vercel-dns.com
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2
    """
    del settings
    known = (at for at, name in enumerate(seen.chain) if of_host(name))
    own = seen.chain[: next(known, len(seen.chain) - 1) + 1]  # what a service does is its own
    if len(own) > _MOST_HOPS and not seen.is_loop:
        way = " -> ".join(map(shown, (seen.name, *own[:8])))
        yield found(seen.name, "CNAME", f"{len(own)} CNAMEs on the way: {way}")


def _own_alias(seen: HostFacts) -> str:
    """Where the name's own CNAME leads; a resolver's word is not enough, it may flatten."""
    return next((view.aliases[0] for view in seen.views if view.aliases), "")


ALIAS_RULES = (cname_at_apex, cname_beside_records, cname_loop, cname_chain_long)
