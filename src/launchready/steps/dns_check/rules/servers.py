"""Rules on what each name server does: whether it serves the zone, and the same zone as others."""

from collections.abc import Iterator

from launchready.facts.dns import DnsStatus
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.looks.zone import targets
from launchready.steps.dns_check.rules.at import found, listed, shown
from launchready.steps.dns_check.seen import Serving, ZoneFacts, soa_of
from launchready.steps.dns_check.settings import DnsCheckSettings

_HOUR, _DAY = 3600, 86400
_SILENT = (DnsStatus.TIMEOUT, DnsStatus.UNREACHABLE)


@rule(ZoneFacts, Severity.ERROR)
def name_server_lame(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server that does not know the zone it is named for.

    Part of the visitors ask it first, and get an error or wait: the site is down for them, by
    chance and not for you.

    Set the zone up on it, or take it off the list at the registrar and in the zone.

    Bad:
        example.com SOA asked of ns2.example.net -> the name server refused
    Good:
        example.com SOA asked of ns2.example.net -> an authoritative answer
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.8
    """
    del settings
    for each in _judged(seen):
        if each.soa.status not in _SILENT and not each.answers:
            why = each.soa.status.value if not each.soa.status.is_known else _unknowing(each)
            message = f"{shown(each.name)} ({each.ip}) does not serve the zone: {why}"
            yield found(seen.zone, "NS", message, what=f"{each.name} {each.ip}")


@rule(ZoneFacts, Severity.ERROR)
def name_server_silent(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server that does not answer while others do.

    Part of the visitors wait seconds for it before the next one is asked; when the others fail,
    nothing is left.

    Start it, open UDP port 53 to it, or take it off the list at the registrar and in the zone.

    Bad:
        example.com SOA asked of ns2.example.net -> no answer in time
    Good:
        both name servers answer
    Reference: https://www.rfc-editor.org/rfc/rfc1912#section-2.8
    """
    del settings
    for each in _judged(seen):
        if each.soa.status in _SILENT:
            message = f"{shown(each.name)} ({each.ip}): {each.soa.status.value}"
            yield found(seen.zone, "NS", message, what=f"{each.name} {each.ip}")


@rule(ZoneFacts, Severity.WARNING)
def name_server_without_tcp(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server that answers by UDP only.

    Answers that do not fit a packet, such as long TXT records, many addresses or signatures, never
    arrive.

    Open TCP port 53 to it.

    Bad:
        example.com SOA by TCP -> no answer in time
    Good:
        the same answer by UDP and TCP
    Reference: https://www.rfc-editor.org/rfc/rfc7766#section-5
    """
    del settings
    works = any(each.tcp is not None and each.tcp.status.is_known for each in seen.servings)
    for each in seen.servings:
        if works and each.tcp is not None and not each.tcp.status.is_known:
            message = f"{shown(each.name)} ({each.ip}) by TCP: {each.tcp.status.value}"
            yield found(seen.zone, "SOA", message, what=f"{each.name} {each.ip}")


@rule(ZoneFacts, Severity.ERROR)
def serials_differ(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags name servers that have different versions of the zone.

    A change has reached some of them only: visitors see the old or the new site by chance, and new
    certificates and mail settings fail now and then. Within minutes of a change it is normal.

    Look why the other servers do not take the zone over: NOTIFY, the right to transfer it, TSIG, or
    a second DNS service that nobody keeps up to date.

    Bad:
        ns1: serial 2026112402; ns2: serial 2026112401
    Good:
        ns1 and ns2: serial 2026112402
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-4.3.5
    """
    del settings
    by_serial: dict[int, str] = {}
    for each in seen.servings:
        soa = soa_of(each.soa) if each.answers else None
        if soa is not None:
            by_serial.setdefault(soa.serial, each.name)
    if len(by_serial) > 1:
        texts = [f"{shown(name)} has serial {serial}" for serial, name in by_serial.items()]
        yield found(seen.zone, "SOA", "; ".join(texts[:4]))


@rule(ZoneFacts, Severity.ERROR)
def name_servers_disagree(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags name servers that give different lists of name servers, or different SOA records with
    one serial.

    They hold different zones that nobody brings together: two DNS services, or a copy made by hand.
    Which one a visitor asks decides what they get.

    Let one of them be the source of the other, or change both in the same way.

    Bad:
        ns1: NS ns1, ns2; ns2: NS ns2, ns3
    Good:
        the same list at both
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-4.3.5
    """
    del settings
    serving = [each for each in seen.servings if each.answers]
    lists = {targets(each.names.texts): each.name for each in serving if each.names.records}
    if len(lists) > 1:
        texts = [f"{shown(name)} names {listed(names)}" for names, name in lists.items()]
        yield found(seen.zone, "NS", "; ".join(texts[:4]))
    records = {soa: each.name for each in serving if (soa := soa_of(each.soa))}
    if len(records) > 1 and len({soa.serial for soa in records}) == 1:
        whom = listed(list(records.values()))
        yield found(seen.zone, "SOA", f"{whom} have one serial and different SOA records")


@rule(ZoneFacts, Severity.WARNING)
def name_server_without_edns(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server that refuses questions with EDNS.

    Resolvers ask it twice for each name, and some no longer ask a second time: the domain is gone
    for their users. Signatures and long answers do not work either.

    Bring its software up to date, or a firewall before it that takes EDNS for an attack.

    Bad:
        example.com SOA with EDNS -> format error
    Good:
        example.com SOA with EDNS -> an answer
    Reference: https://www.rfc-editor.org/rfc/rfc6891
    """
    del settings
    for each in seen.servings:
        if each.soa.lacks_edns:
            message = f"{shown(each.name)} ({each.ip}) answers only questions without EDNS"
            yield found(seen.zone, "SOA", message, what=f"{each.name} {each.ip}")


@rule(ZoneFacts, Severity.WARNING)
def zone_transfer_open(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server that gives the whole zone to strangers.

    It is the list of everything you have: staging, internal tools, forgotten servers.

    Let only your secondaries transfer it: `allow-transfer { … };` (BIND), `acl` (Knot).

    Bad:
        example.com AXFR -> the whole zone
    Good:
        example.com AXFR -> the name server refused
    Reference: https://www.rfc-editor.org/rfc/rfc5936#section-5
    """
    del settings
    names = [s.name for s in seen.servings if s.transfer is not None and s.transfer.records]
    if names:
        whom = listed(tuple(dict.fromkeys(names)))
        yield found(seen.zone, "AXFR", f"{whom} gives the whole zone to anybody")


@rule(ZoneFacts, Severity.WARNING)
def recursion_open(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a name server of the domain that looks up any other name for strangers.

    It is used to attack others, gets blocked for it, and can be fed with false answers about your
    own names.

    Switch recursion off on it: `recursion no;` (BIND).

    Bad:
        ns1.example.com answers about iana.org
    Good:
        ns1.example.com refuses to answer about iana.org
    Reference: https://www.rfc-editor.org/rfc/rfc5358
    """
    del settings
    for each in seen.servings:
        answer = each.recursed
        if answer is not None and answer.records and not answer.is_authoritative:
            message = f"{shown(each.name)} ({each.ip}) looks up other names for anybody"
            yield found(seen.zone, "NS", message, what=f"{each.name} {each.ip}")


@rule(ZoneFacts, Severity.NOTE)
def soa_timers_unsafe(seen: ZoneFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags times in the SOA record that make a fault last, or a secondary give up too soon.

    A name that was asked for before it was made stays missing for as long as the last number says;
    a secondary whose primary is down stops to answer after the fourth.

    Use what most zones do: refresh 14400, retry 3600, expire 1209600, minimum 3600 or less.

    Bad:
        SOA … 2026112401 3600 7200 3600 604800
    Good:
        SOA … 2026112401 14400 3600 1209600 300
    Reference: https://www.rfc-editor.org/rfc/rfc2308#section-5
    """
    del settings
    soa = seen.soa
    if soa is None:
        return
    faults = []
    if soa.minimum > _DAY:
        faults.append(f"a missing name stays missing for {soa.minimum // _HOUR} hours")
    if soa.retry >= soa.refresh:
        faults.append(f"it retries after {soa.retry} s and refreshes after {soa.refresh} s")
    if soa.expire < soa.refresh + soa.retry:
        faults.append(f"it expires after {soa.expire} s, before a refresh and a retry")
    if faults:
        yield found(seen.zone, "SOA", f"the SOA's times are unsafe: {'; '.join(faults)}")


def _judged(seen: ZoneFacts) -> tuple[Serving, ...]:
    """The addresses of a kind of which at least one answers: else it is this machine's network."""
    works = {":" in each.ip for each in seen.servings if each.answers}
    return tuple(each for each in seen.servings if (":" in each.ip) in works)


def _unknowing(serving: Serving) -> str:
    if serving.soa.records:
        return "its answer is not authoritative"
    return serving.soa.status.value


SERVER_RULES = (
    name_server_lame,
    name_server_silent,
    name_server_without_tcp,
    serials_differ,
    name_servers_disagree,
    name_server_without_edns,
    zone_transfer_open,
    recursion_open,
    soa_timers_unsafe,
)
