"""Rules on each host: that it is there, and that everybody sees the same."""

from collections.abc import Iterator

from launchready.catalog.dns_providers import of_address
from launchready.facts.dns import DnsRecord, DnsStatus
from launchready.facts.web import Address
from launchready.gateways.web.reach import is_global
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.rules.at import are_near, found, listed, shown
from launchready.steps.dns_check.seen import HostFacts, View, WildcardFacts
from launchready.steps.dns_check.settings import DnsCheckSettings

_DAY, _LITTLE = 86400, 30


@rule(HostFacts, Severity.ERROR)
def host_missing(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host of the product that has no address.

    Who opens it gets an error page of the browser.

    Publish the record that its hosting service asks for; remove the host from the config where it
    is no longer meant.

    Bad:
        api.example.com: the name does not exist
    Good:
        api.example.com A 203.0.113.7
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-3.6
    """
    del settings
    if _is_missing(seen) and not seen.is_assumed:
        yield found(seen.name, "A", f"{shown(seen.name)} {_absence(seen)}")


@rule(HostFacts, Severity.WARNING)
def www_or_apex_missing(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a site of whose two names, with and without `www.`, one has no address.

    Part of the visitors type the other one, and links of others use it: they get an error page of
    the browser.

    Publish the record that the hosting service asks for, and let it redirect to the other name.

    Bad:
        example.com A 203.0.113.7; www.example.com: the name does not exist
    Good:
        example.com A 203.0.113.7; www.example.com CNAME example.com
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-3.6
    """
    del settings
    if _is_missing(seen) and seen.is_assumed:
        yield found(seen.name, "A", f"{shown(seen.name)} {_absence(seen)}")


@rule(HostFacts, Severity.ERROR)
def answers_differ(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host about which the domain's own name servers say different things.

    Some visitors come to the new server and some to the old one, by chance and for as long as
    nobody looks.

    Bring the name servers to the same zone: see `serials-differ`; where two DNS services are used,
    change both.

    Bad:
        www.example.com at ns1: 203.0.113.7; at ns2: 198.51.100.9
    Good:
        www.example.com at ns1 and ns2: 203.0.113.7
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-4.3.5
    """
    del settings
    by_answer: dict[object, View] = {}
    for view in seen.views:
        if view.is_known:
            by_answer.setdefault(_told(view), view)
    if len(by_answer) < 2 or any(_is_spread(view) for view in seen.views):
        return
    texts = [f"{each.server} says {_words(each)}" for each in by_answer.values()]
    yield found(seen.name, "A", f"{shown(seen.name)}: {'; '.join(texts[:4])}")


@rule(HostFacts, Severity.WARNING)
def not_propagated(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host for which public resolvers still give what its name servers no longer say.

    Their users come to the old place until the time to live has run out.

    Wait for as long as the message says and run again; leave the old server up until then, and
    lower the TTL to 300 a day before the next move.

    Bad:
        www.example.com at 8.8.8.8: 198.51.100.9 for 3,000 s more; at its own servers: 203.0.113.7
    Good:
        www.example.com: 203.0.113.7 everywhere
    Reference: https://www.rfc-editor.org/rfc/rfc1035#section-3.2.1
    """
    del settings
    own = [view for view in seen.views if view.is_known]
    if not own or any(_is_spread(view) for view in own):
        return
    for view in seen.public:
        if view.is_known and not any(_agree(view, each) for each in own):
            wait = max((record.ttl for record in view.v4.records), default=0)
            message = (
                f"{shown(seen.name)} at {view.server}: {_words(view)} for {wait} s more; its own"
                f" name servers say {_words(own[0])}"
            )
            yield found(seen.name, "A", message, ("seconds", wait))
            return


@rule(HostFacts, Severity.ERROR)
def private_address(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host of the public whose address is none of the public internet.

    Nobody outside reaches it, and everybody learns what the inner network looks like; in a café's
    network the address is a stranger's machine.

    Publish the public address; keep inner names in a DNS of their own, or say `private: true` under
    `site.hosts` where it is meant.

    Bad:
        api.example.com A 10.0.3.7
    Good:
        api.example.com A 203.0.113.7
    Reference: https://www.rfc-editor.org/rfc/rfc6890
    """
    del settings
    if seen.is_private:
        return
    every = {ip for view in (seen.seen, *seen.views) for ip in view.addresses}
    inner = frozenset(ip for ip in every if not is_global(Address(ip=ip)))
    if inner:
        kind = "AAAA" if all(":" in ip for ip in inner) else "A"
        message = f"{shown(seen.name)} has {listed(inner)}, which the internet does not reach"
        yield found(seen.name, kind, message)


@rule(HostFacts, Severity.NOTE)
def ttl_long(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host whose records are kept for more than a day.

    When its server fails or moves, visitors go to the old one for that long.

    Set the TTL to 3600, and to 300 a day before a move.

    Bad:
        www.example.com 604800 A 203.0.113.7
    Good:
        www.example.com 3600 A 203.0.113.7
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.2
    """
    del settings
    longest = max((each.ttl for view in seen.views for each in _records(view)), default=0)
    if longest > _DAY:
        message = f"{shown(seen.name)} is kept for {longest} s, over the {_DAY} of a day"
        yield found(seen.name, "A", message, ("ttl", longest))


@rule(HostFacts, Severity.NOTE)
def ttl_tiny(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host whose records are kept for less than half a minute.

    Nearly every page load waits for DNS first, and the site is gone as soon as the name servers
    are.

    Set the TTL to 300 or more once the move is done.

    Bad:
        www.example.com 5 A 203.0.113.7
    Good:
        www.example.com 300 A 203.0.113.7
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.2
    """
    del settings
    ttls = [each.ttl for view in seen.views for each in _records(view)]
    if ttls and not seen.providers and max(ttls) < _LITTLE:
        message = f"{shown(seen.name)} is kept for {max(ttls)} s only, under {_LITTLE}"
        yield found(seen.name, "A", message, ("ttl", max(ttls)))


@rule(HostFacts, Severity.ERROR)
def host_on_two_services(seen: HostFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a host whose addresses belong to two hosting services at once.

    A part of the visitors is sent to the one that no longer has the site, by chance: records of the
    old service were left when those of the new one were added.

    Remove the addresses of the service that is no longer used.

    Bad:
        example.com A 76.76.21.21 (Vercel) and A 185.199.108.153 (GitHub Pages)
    Good:
        example.com A 76.76.21.21
    Reference: https://www.rfc-editor.org/rfc/rfc1794
    """
    del settings
    whose = {ip: of_address(ip) for ip in sorted(seen.seen.addresses)}
    names = {each.id for each in whose.values() if each is not None}
    if len(names) > 1 and not seen.chain:
        parts = [f"{ip} ({each.name})" for ip, each in whose.items() if each is not None]
        yield found(seen.name, "A", f"{shown(seen.name)} has {listed(parts)}")


@rule(WildcardFacts, Severity.WARNING)
def wildcard_record(seen: WildcardFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a domain of which every name has an address, also those that nobody has made.

    Where the wildcard points to a hosting service, anybody with an account there may serve pages
    under a name of yours; slips in links and mail addresses stay unnoticed.

    Remove the `*` record, or say `wildcard: true` under `site` where each customer has a subdomain.

    Bad:
        *.example.com CNAME host.example.net
    Good:
        a record for each name that is used
    Reference: https://www.rfc-editor.org/rfc/rfc4592
    """
    view = seen.view
    if (view.aliases or view.addresses) and not settings.site.wildcard:
        message = f"any name below {shown(seen.zone)} exists: {_words(view)}"
        yield found(f"*.{seen.zone}", "A", message)


def _is_missing(seen: HostFacts) -> bool:
    is_dead_end = seen.is_loop or seen.chain or seen.delegated
    return seen.seen.is_known and not seen.is_there and not is_dead_end


def _absence(seen: HostFacts) -> str:
    is_gone = seen.seen.v4.status is DnsStatus.NO_NAME
    return "does not exist" if is_gone else "has no address"


def _told(view: View) -> object:
    """What a server says of a host, the order aside; where it leads away, only that."""
    return view.aliases[:1] or view.addresses


def _agree(public: View, own: View) -> bool:
    """Whether a resolver's answer is the own servers': by CNAME, or an address of theirs."""
    if own.aliases:
        return own.aliases[0] in public.aliases or own.v4.texts == public.v4.texts
    if not own.v4.texts or not public.v4.texts:
        return own.v4.texts == public.v4.texts
    return are_near(own.v4.texts, public.v4.texts)


def _is_spread(view: View) -> bool:
    """Whether the server gives each asker other addresses, as balancers of load do: they are
    kept for a minute or less.
    """
    return not view.aliases and any(record.ttl <= 60 for record in view.v4.records)


def _words(view: View) -> str:
    if view.aliases:
        return shown(view.aliases[0])
    return listed(view.addresses) if view.addresses else view.v4.status.value


def _records(view: View) -> tuple[DnsRecord, ...]:
    return () if view.aliases else (*view.v4.records, *view.v6.records)


HOST_RULES = (
    host_missing,
    www_or_apex_missing,
    answers_differ,
    not_propagated,
    private_address,
    ttl_long,
    ttl_tiny,
    host_on_two_services,
    wildcard_record,
)
