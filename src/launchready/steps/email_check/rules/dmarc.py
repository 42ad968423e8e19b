"""Rules on DMARC, by RFC 9989."""

from collections.abc import Iterator

from launchready.model import DnsLocation, Finding, Severity
from launchready.step import rule
from launchready.steps.email_check.records.dmarc import POLICIES, REMOVED
from launchready.steps.email_check.seen import DmarcFacts
from launchready.steps.email_check.settings import EmailCheckSettings


@rule(DmarcFacts, Severity.ERROR)
def dmarc_missing(seen: DmarcFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a domain without a DMARC record, at itself and above.

    Gmail, Yahoo and Microsoft demand one of who sends in numbers; without it, anyone writes in the
    domain's name and nobody tells you.

    Publish at `_dmarc.` of the domain: `v=DMARC1; p=none; rua=mailto:…`, read the reports for some
    weeks, then `p=quarantine; t=y`, then without `t=y`, then `p=reject`.

    Bad:
        _dmarc.example.com: the name does not exist
    Good:
        _dmarc.example.com TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    del settings
    if not seen.texts:
        yield _finding(seen, f"{seen.domain} has no DMARC record", f"_dmarc.{seen.domain}")


@rule(DmarcFacts, Severity.ERROR)
def dmarc_several_records(seen: DmarcFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags more than one DMARC record.

    Receivers take none of them.

    Keep one.

    Bad:
        "v=DMARC1; p=none" and "v=DMARC1; p=reject"
    Good:
        "v=DMARC1; p=reject"
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    del settings
    if len(seen.texts) > 1:
        yield _finding(seen, f"there are {len(seen.texts)} DMARC records; one may be there")


@rule(DmarcFacts, Severity.ERROR)
def dmarc_broken(seen: DmarcFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a DMARC record with a tag that does not say what it should.

    Receivers take the default in its place, mostly `p=none`: nothing is refused.

    Mend the tag named.

    Bad:
        v=DMARC1; p=quarentine
    Good:
        v=DMARC1; p=quarantine
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    del settings
    for fault in seen.record.faults[:1] if seen.record else ():
        yield _finding(seen, f"the DMARC record is broken: {fault}")


@rule(DmarcFacts, Severity.WARNING)
def dmarc_without_reports(seen: DmarcFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a DMARC record that refuses nothing and asks for no reports.

    It does nothing at all: forged mail passes, and nobody learns which of the own mails fail.

    Add `rua=mailto:…`, to a mailbox or a service that reads them.

    Bad:
        v=DMARC1; p=none
    Good:
        v=DMARC1; p=none; rua=mailto:dmarc@example.com
    Reference: https://www.rfc-editor.org/rfc/rfc9990
    """
    del settings
    record = seen.record
    if record is not None and record.policy == "none" and not record.reports:
        yield _finding(seen, "the DMARC record refuses nothing and asks for no reports")


@rule(DmarcFacts, Severity.NOTE)
def dmarc_refuses_nothing(seen: DmarcFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a DMARC record that still only watches.

    Forged mail in the domain's name arrives.

    When the reports show all your senders passing, take the next step: `p=quarantine; t=y`.

    Bad:
        v=DMARC1; p=none; rua=mailto:dmarc@example.com
    Good:
        v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    del settings
    record = seen.record
    if record is not None and record.policy == "none" and record.reports and not record.faults:
        yield _finding(seen, "forged mail is not refused yet (p=none)")


@rule(DmarcFacts, Severity.WARNING)
def dmarc_weaker_below(seen: DmarcFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a DMARC record that protects the domain and leaves its subdomains open.

    Who forges takes `mail.example.com`, which need not even exist.

    Remove `sp` and `np`, or make them as strict as `p`.

    Bad:
        v=DMARC1; p=reject; sp=none
    Good:
        v=DMARC1; p=reject
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    del settings
    record = seen.record
    if record is None:
        return
    for name, policy in (("sp", record.subdomains), ("np", record.absent)):
        if record.tags.get(name) and POLICIES.index(policy) < POLICIES.index(record.policy):
            yield _finding(seen, f"`{name}={policy}` is weaker than `p={record.policy}`")
            return


@rule(DmarcFacts, Severity.WARNING)
def dmarc_reports_not_taken(seen: DmarcFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags reports that go to a domain which does not say that it takes them.

    Receivers send none there.

    Ask the service for the record `example.com._report._dmarc.service.example TXT "v=DMARC1"`, or
    use the address that it made for this domain.

    Bad:
        rua=mailto:a@service.example, and no record there
    Good:
        rua=mailto:dmarc@example.com
    Reference: https://www.rfc-editor.org/rfc/rfc9990
    """
    del settings
    if seen.unconfirmed:
        yield _finding(seen, f"{seen.unconfirmed[0]} does not say that it takes these reports")


@rule(DmarcFacts, Severity.NOTE)
def dmarc_tag_removed(seen: DmarcFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a tag that DMARC no longer has: `pct`, `rf`, `ri`.

    Receivers pass it over: `pct=25` refuses all, not a quarter.

    Remove it; to try a policy out, write `t=y`.

    Bad:
        v=DMARC1; p=quarantine; pct=25
    Good:
        v=DMARC1; p=quarantine; t=y
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    del settings
    tags = seen.record.tags if seen.record else None
    old = [name for name in REMOVED if tags is not None and tags.get(name) is not None]
    is_default = old == ["pct"] and tags is not None and tags.get("pct") == "100"
    if old and not is_default:
        yield _finding(seen, f"DMARC no longer has {', '.join(f'`{name}`' for name in old)}")


def _finding(seen: DmarcFacts, message: str, place: str = "") -> Finding:
    name = place or f"_dmarc.{seen.place}"
    return Finding(
        message=message, location=DnsLocation(dns_name=name, dns_type="TXT"), identity=name
    )


DMARC_RULES = (
    dmarc_missing,
    dmarc_several_records,
    dmarc_broken,
    dmarc_without_reports,
    dmarc_refuses_nothing,
    dmarc_weaker_below,
    dmarc_reports_not_taken,
    dmarc_tag_removed,
)
