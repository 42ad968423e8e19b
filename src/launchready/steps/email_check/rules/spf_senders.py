"""Rules on who may send by SPF, beside who is meant to."""

import ipaddress
from collections.abc import Iterator

from launchready.catalog.mail_senders import service_named, service_of
from launchready.model import DnsLocation, FileLocation, Finding, Severity
from launchready.site import MailSender
from launchready.step import rule
from launchready.steps.email_check.rules.spf_places import finding, shown
from launchready.steps.email_check.seen import SentFacts, SpfFacts, UsedServiceFacts
from launchready.steps.email_check.settings import EmailCheckSettings
from launchready.steps.email_check.spf.evaluate import Result
from launchready.steps.email_check.spf.grammar import Term


@rule(SpfFacts, Severity.WARNING)
def spf_sender_not_approved(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a service or address that the SPF record lets send and the config does not name.

    A service that nobody uses any more, or that somebody added alone, sends in the company's name.

    Name it under `site.mail.senders`, or remove it from the record.

    Bad:
        include:servers.mcsv.net, and no Mailchimp under `site.mail.senders`
    Good:
        senders: [{provider: mailchimp}]
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-10.1
    """
    del settings
    if not seen.mail.senders or seen.record is None:
        return
    for term in seen.record.terms:
        is_sender = term.name in ("include", "redirect", "ip4", "ip6", "exists")
        if is_sender and "%" not in term.value and not _is_approved(term, seen.mail.senders):
            service = service_of(term.value) if term.name in ("include", "redirect") else None
            whose = f" ({service.names[0]})" if service else ""
            yield finding(seen, f"`{shown(term.text)}`{whose} may send, and is not approved")


@rule(SpfFacts, Severity.ERROR)
def spf_lacks_sender(seen: SpfFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a service that sends by the config, and that the SPF record does not let.

    Its mails fail SPF: they are filed as spam, or refused.

    Add its include to the record, before `all`.

    Bad:
        senders: [{provider: postmark}], and no include:spf.mtasv.net
    Good:
        v=spf1 include:spf.mtasv.net ~all
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-5.2
    """
    del settings
    if seen.record is None:
        return
    for sender in (seen.sender,) if seen.sender else seen.mail.senders:
        is_elsewhere = sender.return_path is not None and sender.return_path.lower() != seen.domain
        needs = _needs(sender)
        if needs and not is_elsewhere and not any(_is_there(need, seen) for need in needs):
            yield finding(seen, f"{sender.provider} may not send: `include:{needs[0]}` is missing")


@rule(SentFacts, Severity.ERROR)
def spf_refuses_sender(seen: SentFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an address of a sender that does not pass SPF, evaluated as receivers do.

    What is sent from it is filed as spam, or refused.

    Add the sender's include or its address to the record, before `all`; where the evaluation ends
    in an error, mend that first.

    Bad:
        203.0.113.7 -> softfail
    Good:
        203.0.113.7 -> pass
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-4
    """
    del settings
    if seen.result is not Result.PASS:
        why = f" ({seen.why})" if seen.why else ""
        message = f"{seen.sender.provider} from {seen.address}: SPF says {seen.result.value}{why}"
        yield Finding(
            message=message,
            location=DnsLocation(dns_name=seen.domain, dns_type="TXT"),
            identity=f"{seen.domain} {seen.address}",
        )


@rule(UsedServiceFacts, Severity.WARNING)
def mail_service_not_declared(
    seen: UsedServiceFacts, settings: EmailCheckSettings
) -> Iterator[Finding]:
    """Flags a mail service whose package the code uses and that the config does not name.

    Whether its mails pass SPF and DKIM is looked at by nobody.

    Name it under `site.mail.senders`, with its selectors and its bounce domain; or remove the
    package.

    Bad:
        "resend" in package.json, and no resend under `site.mail.senders`
    Good:
        senders: [{provider: resend, selectors: [resend], return-path: send.example.com}]
    Reference: https://support.google.com/a/answer/81126
    """
    if not seen.is_declared:
        name = seen.service.names[0]
        yield Finding(
            message=f"the code uses {name}, and it is not among the senders of {seen.domain}",
            location=FileLocation(path=seen.path),
            identity=f"{seen.domain} uses {name}",
        )


def _needs(sender: MailSender) -> tuple[str, ...]:
    """Any of these in the record covers a sender; none where nothing is known of it."""
    if sender.includes:
        return sender.includes
    service = service_named(sender.provider)
    return service.includes if service else ()


def _is_there(need: str, seen: SpfFacts) -> bool:
    """Whether a term of the record, or of one that it includes, covers a need."""
    terms = [*(seen.record.terms if seen.record else ()), *(b.term for b in seen.branches)]
    terms += [term for b in seen.branches if b.record for term in b.record.terms]
    return any(_covers(term, need) for term in terms)


def _covers(term: Term, need: str) -> bool:
    wanted = need.lower().removesuffix(".")
    if term.name in ("include", "redirect"):
        value = term.value.lower().removesuffix(".")
        return value == wanted or value.endswith(f".{wanted}")
    return term.name in ("ip4", "ip6") and _network(term) == _as_network(need)


def _is_approved(term: Term, senders: tuple[MailSender, ...]) -> bool:
    return any(_covers(term, need) for sender in senders for need in _needs(sender))


def _network(term: Term) -> str:
    bits = term.bits4 if term.name == "ip4" else term.bits6
    return _as_network(term.value if bits is None else f"{term.value}/{bits}")


def _as_network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return ""


SPF_SENDER_RULES = (
    spf_sender_not_approved,
    spf_lacks_sender,
    spf_refuses_sender,
    mail_service_not_declared,
)
