"""Rules on the way from the parent to the zone: the names of its servers, and their addresses."""

from collections.abc import Iterator

from launchready.facts.dns import DnsStatus
from launchready.facts.web import Address
from launchready.gateways.web.reach import is_global
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.looks.zone import targets
from launchready.steps.dns_check.rules.at import found, listed, network_of, shown
from launchready.steps.dns_check.seen import MissingFacts, NamedServer, ZoneFacts
from launchready.steps.dns_check.settings import DnsCheckSettings


@rule(MissingFacts, Severity.ERROR)
def domain_missing(seen: MissingFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a domain that does not exist.

    Nobody reaches the product, and mail to it comes back; where the registration has ended, whoever
    is quicker gets the domain.

    Register it, or renew it at the registrar today; mend the name in the config where it is a slip.

    Bad:
        exmaple.com: the name does not exist
    Good:
        example.com NS ns1.example.net
    Reference: https://www.rfc-editor.org/rfc/rfc1035
    """
    del settings
    yield found(seen.domain, "NS", f"{shown(seen.domain)} does not exist")


@rule(ZoneFacts, Severity.ERROR)
def name_server_domain_free(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server whose own domain nobody has registered.

    Whoever registers it answers for the whole domain: web, mail and certificates are theirs.

    Remove the name server at the registrar and in the zone now.

    Bad:
        example.com NS ns1.gone-hoster.net, and gone-hoster.net is free
    Good:
        example.com NS ns1.example.net
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.8
    """
    del settings
    for server in seen.servers:
        if server.is_free:
            message = f"the domain of the name server {shown(server.name)} is not registered"
            yield found(seen.zone, "NS", message, what=server.name)


@rule(ZoneFacts, Severity.ERROR)
def name_server_without_address(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server whose name has no address.

    Part of the visitors wait for it in vain before the next one is asked.

    Give the name an A record, or take the name server off the list at the registrar and in the
    zone.

    Bad:
        example.com NS ns3.example.net, and ns3.example.net does not exist
    Good:
        ns3.example.net A 203.0.113.53
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.8
    """
    del settings
    for server in seen.servers:
        if server.is_known and not server.addresses and not server.is_free:
            message = f"the name server {shown(server.name)} has no address"
            yield found(seen.zone, "NS", message, what=server.name)


@rule(ZoneFacts, Severity.ERROR)
def name_server_private(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server whose address is none of the public internet.

    Nobody outside reaches it: part of the visitors wait for it in vain before the next one is
    asked.

    Give it its public address, or take it off the list at the registrar and in the zone.

    Bad:
        ns2.example.com A 10.0.0.53
    Good:
        ns2.example.com A 203.0.113.53
    Reference: https://www.rfc-editor.org/rfc/rfc6890
    """
    del settings
    for server in seen.servers:
        inner = [ip for ip in server.addresses if not is_global(Address(ip=ip))]
        if inner:
            message = (
                f"the name server {shown(server.name)} has the private address {shown(inner[0])}"
            )
            yield found(seen.zone, "NS", message, what=server.name)


@rule(ZoneFacts, Severity.WARNING)
def name_server_is_alias(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server whose name is a CNAME.

    Resolvers may refuse it, and some do: the domain is gone for their users.

    Give the name its own A and AAAA records.

    Bad:
        ns1.example.com CNAME host.example.net
    Good:
        ns1.example.com A 203.0.113.53
    Reference: https://www.rfc-editor.org/rfc/rfc2181#section-10.3
    """
    del settings
    for server in seen.servers:
        if server.v4.aliases:
            message = (
                f"the name server {shown(server.name)} is an alias of {shown(server.v4.aliases[0])}"
            )
            yield found(seen.zone, "NS", message, what=server.name)


@rule(ZoneFacts, Severity.WARNING)
def name_server_single(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a domain with one name server, or with several of one address.

    While it is down or moved, the product is gone for everyone, mail too.

    Add a second name server at another address; every DNS service gives two or more.

    Bad:
        example.com NS ns1.example.net, and no other
    Good:
        example.com NS ns1.example.net, ns2.example.org
    Reference: https://www.rfc-editor.org/rfc/rfc2182#section-5
    """
    del settings
    if not all(server.is_known for server in seen.servers):
        return
    names = [server for server in seen.servers if server.addresses]
    addresses = {ip for server in names for ip in server.addresses}
    if len(seen.servers) == 1:
        yield found(seen.zone, "NS", f"{shown(seen.servers[0].name)} is the only name server")
    elif len(addresses) == 1 and len(names) > 1:
        message = f"all {len(names)} name servers have the address {listed(list(addresses))}"
        yield found(seen.zone, "NS", message)


@rule(ZoneFacts, Severity.NOTE)
def name_servers_in_one_network(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags name servers that are all in one network.

    A fault of that network, or an attack on it, takes all of them at once.

    Have one of them elsewhere: most DNS services and registrars offer a secondary.

    Bad:
        192.0.2.53 and 192.0.2.54
    Good:
        192.0.2.53 and 198.51.100.53
    Reference: https://www.rfc-editor.org/rfc/rfc2182#section-3.1
    """
    del settings
    addresses = {ip for server in seen.servers for ip in server.addresses}
    networks = {network_of(ip) for ip in addresses}
    if len(addresses) > 1 and len(networks) == 1:
        yield found(seen.zone, "NS", f"all name servers are in the network {networks.pop()}")


@rule(ZoneFacts, Severity.ERROR)
def delegation_differs(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags name servers that the parent has and the zone has not, or the other way round.

    Visitors get one list or the other by chance: after a move to another DNS service, part of them
    see the old records until both agree.

    Enter at the registrar exactly the name servers that the zone itself has.

    Bad:
        .com: ns1.old.example, ns2.old.example; the zone: ns1.new.example, ns2.new.example
    Good:
        the same two in both
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-4.2.2
    """
    del settings
    own = frozenset(
        name for each in seen.servings if each.answers for name in targets(each.names.texts)
    )
    parents = frozenset(seen.delegated)
    if parents and own and parents != own:
        only_there, only_here = parents - own, own - parents
        message = (
            f"the parent names {listed(only_there)} beside the zone's own"
            if not only_here
            else f"the parent names {listed(parents)}, the zone itself {listed(own)}"
        )
        yield found(seen.zone, "NS", message)


@rule(ZoneFacts, Severity.ERROR)
def glue_missing(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server below the domain itself whose address the parent does not give.

    To reach it one must ask it first: it cannot be found, and the domain hangs on the others.

    Enter the address of the name server at the registrar ("host record", "glue").

    Bad:
        example.com NS ns1.example.com, and no address of it from .com
    Good:
        example.com NS ns1.example.com; ns1.example.com A 203.0.113.53 from .com as well
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-4.2.1
    """
    del settings
    for server in _inside(seen):
        if not server.glue:
            message = f"{shown(seen.parent or '.')} gives no address of {shown(server.name)}"
            yield found(seen.zone, "NS", message, what=server.name)


@rule(ZoneFacts, Severity.ERROR)
def glue_differs(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server whose address at the parent is not the one that it has.

    Who comes by the parent asks a machine that may not be there any more, or be a stranger's.

    Enter its present address at the registrar ("host record", "glue").

    Bad:
        .com: ns1.example.com A 203.0.113.1; the zone: ns1.example.com A 203.0.113.53
    Good:
        the same address in both
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-4.2.2
    """
    del settings
    for server in _inside(seen):
        stale = frozenset(server.glue) - frozenset(server.addresses)
        if stale and server.addresses:
            message = (
                f"the parent gives {listed(stale)} as address of {shown(server.name)}, which has"
                f" {listed(server.addresses)}"
            )
            yield found(seen.zone, "NS", message, what=server.name)


def _inside(seen: ZoneFacts) -> Iterator[NamedServer]:
    """The delegated servers whose names are below the zone, and that were asked about."""
    for server in seen.servers:
        is_there = server.v4.status is not DnsStatus.NO_NAME
        is_inside = f".{server.name}".endswith(f".{seen.zone}")
        if is_inside and is_there and server.name in seen.delegated:
            yield server


DELEGATION_RULES = (
    domain_missing,
    name_server_domain_free,
    name_server_without_address,
    name_server_private,
    name_server_is_alias,
    name_server_single,
    name_servers_in_one_network,
    delegation_differs,
    glue_missing,
    glue_differs,
)
