"""Rules on what receivers report of the domain's mail."""

from collections.abc import Iterator

from launchready.model import DnsLocation, FileLocation, Finding, Severity
from launchready.step import rule
from launchready.steps.email_check.records.road import next_record
from launchready.steps.email_check.reports.facts import ReportsFacts, SenderShare
from launchready.steps.email_check.settings import EmailCheckSettings

_LEAST_MESSAGES = 100
_LEAST_DAYS = 14
_FEW = 50  # one in so many may fail: forwarders break some


@rule(ReportsFacts, Severity.WARNING)
def reported_sender_fails(seen: ReportsFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a sender that means well and whose messages fail DMARC.

    They are refused as soon as the policy refuses, and where it does, they are refused now.

    Let the service sign with the domain's own key, or give it a bounce domain below the domain.

    Bad:
        sendgrid: 40 of 120 messages fail
    Good:
        sendgrid: 1 of 120 messages fails
    Reference: https://www.rfc-editor.org/rfc/rfc9990
    """
    for share in seen.shares:
        if share.is_known and not _is_well(share):
            whole = f"{share.failed} of {share.total} messages of {share.name} fail DMARC"
            location = FileLocation(path=seen.folder)
            yield Finding(message=whole, location=location, identity=f"{seen.domain} {share.name}")


@rule(ReportsFacts, Severity.NOTE)
def dmarc_may_be_stricter(seen: ReportsFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a DMARC policy that could refuse more, when the reports show all senders passing.

    Forged mail still arrives, for no sake.

    Publish the record that is named, and look at the reports again in two weeks.

    Bad:
        v=DMARC1; p=none; rua=mailto:dmarc@example.com, all senders pass
    Good:
        v=DMARC1; p=quarantine; t=y; rua=mailto:dmarc@example.com
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    known = [share for share in seen.shares if share.is_known]
    messages = sum(share.total for share in known)
    is_enough = messages >= _LEAST_MESSAGES and seen.days >= _LEAST_DAYS
    if seen.record is None or seen.record.faults or not is_enough:
        return
    following = next_record(seen.record)
    if following is None or not all(_is_well(share) for share in known):
        return
    name = f"_dmarc.{seen.place}"
    shown = "".join(sign if sign.isascii() and sign.isprintable() else "?" for sign in following)
    yield Finding(
        message=f"{messages} messages of {seen.days} days pass: the next step is safe",
        location=DnsLocation(dns_name=name, dns_type="TXT"),
        identity=f"{name} stricter",
        fix=f"Publish at {name}: `{shown[:400].replace('`', '?')}`.",
    )


def _is_well(share: SenderShare) -> bool:
    return share.failed * _FEW <= share.total


REPORT_RULES = (reported_sender_fails, dmarc_may_be_stricter)
