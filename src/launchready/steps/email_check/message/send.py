"""A test message, sent by the user's own account to a mailbox that the user names."""

import os
import secrets
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import formatdate

from launchready.gateways import Gateways
from launchready.gateways.dns.client import DnsClient
from launchready.gateways.mailing import MailingError, fetch, is_set, send
from launchready.model import Told, Unchecked
from launchready.steps.email_check.message.observe import observe_message
from launchready.steps.email_check.message.parts import BadMessageError, read_message
from launchready.steps.email_check.settings import EmailCheckSettings

_PAUSE = 2.0
_TARGET = "the test message"


def send_and_judge(
    settings: EmailCheckSettings, gateways: Gateways, client: DnsClient, domain: str, to: str
) -> Iterator[object]:
    """Send it; where a mailbox is known to be read, judge it as it arrives."""
    ca_file = settings.ca_file and os.fspath(gateways.root / settings.ca_file)
    mail = message_to(settings.send_from or f"launchready@{domain}", to, domain)
    try:
        send(mail, settings.smtp_variable, ca_file)
        if not is_set(settings.imap_variable):
            words = f"a test message went to {to}: save it as it arrives, and give it to --received"
            yield Told(name="sent", value=str(mail["Message-ID"]), words=words)
            return
        content = _arrived(settings, str(mail["Message-ID"]), ca_file)
    except MailingError as error:
        yield Unchecked(target=_TARGET, reason=str(error), hint="mend the account, and run again")
        return
    if content is None:
        yield Unchecked(
            target=_TARGET,
            reason=f"it did not arrive within {settings.send_wait} s",
            hint="look into the folder for spam; give more time by `send-wait`",
        )
        return
    try:
        message = read_message(content)
    except BadMessageError as error:
        yield Unchecked(target=_TARGET, reason=str(error), hint="save it, and use --received")
        return
    yield from observe_message(message, _TARGET, client, domain)


def message_to(sender: str, to: str, domain: str) -> EmailMessage:
    """What is sent: harmless, and told from all others by its id."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = "A test by launchready email-check"
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<launchready-{secrets.token_hex(12)}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("This message was sent to see whether mail of this domain arrives.\n")
    return mail


def _arrived(settings: EmailCheckSettings, message_id: str, ca_file: str | None) -> bytes | None:
    end = time.monotonic() + settings.send_wait
    while True:
        content = fetch(message_id, settings.imap_variable, ca_file)
        if content is not None or time.monotonic() + _PAUSE > end:
            return content
        time.sleep(_PAUSE)
