"""Rules on a message that arrived."""

from collections import Counter
from collections.abc import Iterator

from launchready.model import DnsLocation, FileLocation, Finding, Location, Severity
from launchready.regex import Regex
from launchready.step import rule
from launchready.steps.email_check.message.facts import MessageFacts
from launchready.steps.email_check.message.parts import domains_of
from launchready.steps.email_check.message.signature import Outcome
from launchready.steps.email_check.rules.spf_places import shown
from launchready.steps.email_check.settings import EmailCheckSettings
from launchready.steps.email_check.spf.evaluate import Result

_SIGNED = ("from", "to", "subject", "date", "reply-to")
_HTTPS = Regex(r"(?i)<\s*https://[^>]+>")


@rule(MessageFacts, Severity.ERROR)
def message_fails_dmarc(seen: MessageFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a message for which neither SPF nor DKIM stands for the domain of its From.

    Receivers take it for forged: it is filed as spam, or refused.

    Let the service sign with the domain's own key, or send with a bounce domain below it.

    Bad:
        From: hi@example.com, signed by sendgrid.net, sent as em.sendgrid.net
    Good:
        From: hi@example.com, signed by example.com
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    if seen.author and not seen.passes and seen.spf is not None:
        signers = ", ".join(shown(each.domain) for each in seen.signatures) or "nobody"
        message = f"neither SPF ({shown(seen.mail_from)}) nor DKIM ({signers}) stands for"
        yield _finding(seen, f"{message} {shown(seen.author)}")


@rule(MessageFacts, Severity.ERROR)
def message_not_signed(seen: MessageFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a message without any DKIM signature.

    Gmail and Yahoo demand one of who sends in numbers, and a forwarded message fails without.

    Switch DKIM on where it is sent.

    Bad:
        (no DKIM-Signature)
    Good:
        DKIM-Signature: v=1; a=rsa-sha256; d=example.com; …
    Reference: https://support.google.com/a/answer/81126
    """
    if not seen.signatures:
        yield _finding(seen, "the message is not signed")


@rule(MessageFacts, Severity.ERROR)
def message_signature_fails(seen: MessageFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a DKIM signature that does not verify.

    It counts for none.

    Mend what is named: the key in DNS, or what changes messages after they are signed.

    Bad:
        d=example.com: the body was changed after it was signed
    Good:
        d=example.com: pass
    Reference: https://www.rfc-editor.org/rfc/rfc6376#section-6
    """
    for each in seen.signatures:
        if each.outcome in (Outcome.FAIL, Outcome.BROKEN):
            yield _finding(seen, f"the signature of {shown(each.domain)} fails: {each.why}")


@rule(MessageFacts, Severity.WARNING)
def message_signed_by_others(seen: MessageFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a message whose right signatures are all of other domains than its From.

    DMARC hangs on SPF alone: a forwarded message fails.

    Let the service sign with the domain's own key.

    Bad:
        From: hi@example.com, d=sendgrid.net
    Good:
        From: hi@example.com, d=example.com
    Reference: https://www.rfc-editor.org/rfc/rfc9989
    """
    right = [each for each in seen.signatures if each.outcome is Outcome.PASS]
    if seen.author and right and not seen.signed_by_author and seen.passes:
        yield _finding(
            seen, f"only {shown(right[0].domain)} signs, and From is {shown(seen.author)}"
        )


@rule(MessageFacts, Severity.WARNING)
def message_fails_spf(seen: MessageFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a message from an address that the SPF record of its bounce domain does not let send.

    Some receivers file it as spam though it is signed.

    Add the sender to that record, before `all`.

    Bad:
        203.0.113.7 -> softfail
    Good:
        203.0.113.7 -> pass
    Reference: https://www.rfc-editor.org/rfc/rfc7208#section-4
    """
    if seen.spf is not None and seen.spf is not Result.PASS and seen.hop is not None:
        said = f"SPF of {shown(seen.mail_from)} says {seen.spf.value}"
        yield _finding(seen, f"{said} to {seen.hop.address}")


@rule(MessageFacts, Severity.WARNING)
def message_signed_in_part(seen: MessageFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a signature that leaves a part open: the end of the body (`l=`), or a field of note.

    Who forwards it can change what the reader sees, and the signature stays right.

    Sign without `l=`, and let `h=` name From, To, Subject, Date and Reply-To.

    Bad:
        h=from:date; l=120
    Good:
        h=from:to:subject:date:reply-to
    Reference: https://www.rfc-editor.org/rfc/rfc6376#section-8.2
    """
    for each in seen.signed_by_author:
        there = [name for name in _SIGNED if seen.message.all(name)]
        missing = [name for name in there if name not in each.signed]
        if each.is_partial:
            yield _finding(seen, f"the signature of {shown(each.domain)} covers a part of the body")
        elif missing:
            yield _finding(seen, f"{shown(each.domain)} does not sign {', '.join(missing)}")


@rule(MessageFacts, Severity.ERROR)
def message_from_unclear(seen: MessageFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a message with no author, several, or a field twice that may stand once.

    Receivers refuse it.

    Write one `From` with one address, and From, To, Subject, Date and Message-ID once each.

    Bad:
        From: a@example.com, From: b@example.com
    Good:
        From: a@example.com
    Reference: https://www.rfc-editor.org/rfc/rfc5322#section-3.6
    """
    counts = Counter(field.name for field in seen.message.fields)
    twice = [name for name in (*_SIGNED, "cc", "message-id") if counts[name] > 1]
    authors = len(domains_of(seen.message.value("from")))
    if twice:
        yield _finding(seen, f"`{twice[0]}` stands {counts[twice[0]]} times")
    elif authors != 1:
        yield _finding(seen, f"From names {authors} addresses; one may be there")
    elif missing := [name for name in ("date", "message-id") if not counts[name]]:
        yield _finding(seen, f"the message has no `{missing[0]}`")


@rule(MessageFacts, Severity.ERROR)
def message_of_another_domain(
    seen: MessageFacts, settings: EmailCheckSettings
) -> Iterator[Finding]:
    """Flags a message whose From is not of the domain that is checked.

    A test sender of the service, such as `onboarding@resend.dev`, or a free mailbox: customers do
    not know it, and receivers refuse a free mailbox's name from elsewhere.

    Send from an address of the domain.

    Bad:
        From: onboarding@resend.dev
    Good:
        From: hi@example.com
    Reference: https://www.rfc-editor.org/rfc/rfc5322#section-3.6.2
    """
    is_own = seen.author == seen.domain or seen.author.endswith(f".{seen.domain}")
    if seen.author and not is_own and not seen.domain.endswith(f".{seen.author}"):
        yield _finding(seen, f"From is of {shown(seen.author)}, not of {seen.domain}")


@rule(MessageFacts, Severity.WARNING)
def message_came_in_clear(seen: MessageFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a message that was handed to its receiver without TLS.

    Gmail demands TLS of who sends, and shows the reader a broken lock.

    Let the server that sends use STARTTLS.

    Bad:
        Received: from mail.example.com … with ESMTP
    Good:
        Received: from mail.example.com … with ESMTPS
    Reference: https://support.google.com/a/answer/81126
    """
    if seen.hop is not None and not seen.hop.is_encrypted:
        yield _finding(seen, f"{seen.hop.address} handed the message over without TLS")


@rule(MessageFacts, Severity.ERROR)
def message_without_unsubscribe(
    seen: MessageFacts, settings: EmailCheckSettings
) -> Iterator[Finding]:
    """Flags a newsletter that cannot be unsubscribed at one click.

    Gmail and Yahoo file it as spam; so do its readers.

    Send `List-Unsubscribe` with an `https:` address and `List-Unsubscribe-Post`, both signed.

    Bad:
        List-Unsubscribe: <mailto:stop@example.com>
    Good:
        List-Unsubscribe: <https://example.com/stop?u=1>, List-Unsubscribe-Post: List-Unsubscribe=One-Click
    Reference: https://www.rfc-editor.org/rfc/rfc8058
    """  # noqa: E501
    message = seen.message
    is_list = bool(message.all("list-id")) or message.value("precedence").lower() in _BULK
    if not settings.bulk and not is_list:
        return
    post = "".join(message.value("list-unsubscribe-post").lower().split())
    names = ("list-unsubscribe", "list-unsubscribe-post")
    if not _HTTPS.search(message.value("list-unsubscribe")[:4000]):
        yield _finding(seen, "the newsletter has no `https:` address to unsubscribe at")
    elif post != "list-unsubscribe=one-click":
        yield _finding(
            seen, "the newsletter has no `List-Unsubscribe-Post`: one click is not enough"
        )
    elif not any(set(names) <= set(each.signed) for each in seen.signed_by_author):
        yield _finding(seen, "the newsletter's way to unsubscribe is not signed")


_BULK = ("bulk", "list")


def _finding(seen: MessageFacts, message: str) -> Finding:
    location: Location = DnsLocation(dns_name=seen.domain, dns_type="TXT")
    if seen.path is not None:
        location = FileLocation(path=seen.path)
    return Finding(message=message, location=location, identity=f"{seen.domain} {message}")


MESSAGE_RULES = (
    message_fails_dmarc,
    message_not_signed,
    message_signature_fails,
    message_signed_by_others,
    message_fails_spf,
    message_signed_in_part,
    message_from_unclear,
    message_of_another_domain,
    message_came_in_clear,
    message_without_unsubscribe,
)
