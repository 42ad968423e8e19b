"""Rules on records that are declared: live as written, once, and not hidden."""

from collections.abc import Iterator

from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.expect.wanted import told
from launchready.steps.dns_check.rules.at import found, listed, shown
from launchready.steps.dns_check.seen import WantedFacts
from launchready.steps.dns_check.settings import DnsCheckSettings


@rule(WantedFacts, Severity.ERROR)
def record_differs(seen: WantedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags records that are not what was declared.

    The site, the mail or a proof of ownership is not where you believe it to be: a change was not
    made, was made by hand, or has not reached all name servers.

    Make the change at the DNS service, or change what is declared where the live records are right.

    Bad:
        www.example.com A: 198.51.100.9, wanted 203.0.113.7
    Good:
        www.example.com A: 203.0.113.7, as wanted
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-3.6
    """
    del settings
    wanted = frozenset(seen.values)
    for answer in seen.answers if not seen.shadow else ():
        there = frozenset(told(seen.type, text) for text in answer.texts)
        is_met = bool(there) and there <= wanted if seen.type == "ALIAS" else there == wanted
        if not is_met:
            got = listed(there) if there else answer.status.value
            message = (
                f"{shown(seen.name)} {seen.type} at {answer.server}: {got}; {shown(seen.source)}"
                f" wants {listed(wanted)}"
            )
            yield found(seen.name, seen.type, message, what=seen.source)
            return


@rule(WantedFacts, Severity.WARNING)
def record_shadowed(seen: WantedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a declared record below a name that is handed over to other name servers.

    Nobody asks for it here: it is dead, whatever it says, and changes to it do nothing.

    Publish it at the name servers of the zone below, and remove it here; or remove the NS records
    of that name.

    Bad:
        app.example.com NS ns1.example.net, and www.app.example.com A 203.0.113.7 beside it
    Good:
        www.app.example.com A 203.0.113.7 in the zone app.example.com
    Reference: https://www.rfc-editor.org/rfc/rfc1034#section-4.2
    """
    del settings
    if seen.shadow:
        message = (
            f"{shown(seen.name)} {seen.type} of {shown(seen.source)} is hidden by the zone"
            f" {shown(seen.shadow)}"
        )
        yield found(seen.name, seen.type, message, what=seen.source)


@rule(WantedFacts, Severity.NOTE)
def record_declared_twice(seen: WantedFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags records that are declared twice.

    Who changes one of them believes that it is done.

    Remove one.

    Bad:
        two entries for www.example.com A 203.0.113.7
    Good:
        one
    Reference: https://www.rfc-editor.org/rfc/rfc2181#section-5
    """
    del settings
    if seen.times > 1:
        message = f"{shown(seen.source)} declares {shown(seen.name)} {seen.type} {seen.times} times"
        yield found(seen.name, seen.type, message, what=seen.source)


WANTED_RULES = (record_differs, record_shadowed, record_declared_twice)
