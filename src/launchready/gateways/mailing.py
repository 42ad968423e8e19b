"""Mail servers that the user has an account at: hand a message over by SMTP, fetch it by IMAP.

The addresses, `smtps://user:password@host:465` and `imaps://user:password@host:993/INBOX`, stand in
the environment and are secrets: no word of an error quotes them, nor what a server says.
"""

import imaplib
import os
import smtplib
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, unquote, urlsplit

from launchready.facts.web import LOOPBACK

if TYPE_CHECKING:
    import ssl

_SECONDS = 20
_MOST_BYTES = 32 << 20
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "the server refuses the user or the password"),
    (smtplib.SMTPRecipientsRefused, "the server refuses the recipient"),
    (smtplib.SMTPSenderRefused, "the server refuses the sender"),
    (smtplib.SMTPNotSupportedError, "the server offers no TLS"),
    (imaplib.IMAP4.abort, "the mailbox's server broke off"),
    (imaplib.IMAP4.error, "the mailbox's server refuses the user, the password or a command"),
    (TimeoutError, "no answer in time"),
)


class MailingError(Exception):
    """It did not go; the text holds no secret."""


def deliver(mail: EmailMessage, address: str, ca_file: str | None = None) -> None:
    """Hand a message to the server at an address; in clear only to this machine.

    Raises MailingError, OSError, SMTPException and ValueError, whose words may quote the address.
    """
    parts = _parts(address, "smtp", "smtps")
    context = _context(ca_file)
    is_tls = parts.scheme == "smtps"
    options: dict[str, Any] = {"context": context} if is_tls else {}
    kind = smtplib.SMTP_SSL if is_tls else smtplib.SMTP
    port = parts.port or (465 if is_tls else 587)
    with kind(parts.hostname or "", port, timeout=_SECONDS, **options) as server:
        if not is_tls and parts.hostname not in LOOPBACK:
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(mail)


def send(mail: EmailMessage, variable: str, ca_file: str | None = None) -> None:
    """Hand a message to the server whose address a variable holds. Raises MailingError."""
    try:
        deliver(mail, _held(variable), ca_file)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise MailingError(_words(error)) from None


def fetch(message_id: str, variable: str, ca_file: str | None = None) -> bytes | None:
    """The message of this id from the mailbox whose address a variable holds, None while it is not
    there. Nothing in the mailbox is changed. Raises MailingError.
    """
    try:
        return _fetched(message_id, _parts(_held(variable), "imap", "imaps"), ca_file)
    except (OSError, ValueError, imaplib.IMAP4.error) as error:
        raise MailingError(_words(error)) from None


def is_set(variable: str) -> bool:
    """Whether the environment holds such an address."""
    return bool(os.environ.get(variable, "").strip())


def _fetched(message_id: str, parts: SplitResult, ca_file: str | None) -> bytes | None:
    host = parts.hostname or ""
    if parts.scheme == "imaps":
        context = _context(ca_file)
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            host, parts.port or 993, ssl_context=context, timeout=_SECONDS
        )
    elif host in LOOPBACK:
        server = imaplib.IMAP4(host, parts.port or 143, timeout=_SECONDS)
    else:
        raise MailingError("the mailbox must be read by TLS: imaps://")
    with server:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.removeprefix("/")) or "INBOX"
        quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
        if server.select(f'"{quoted}"', readonly=True)[0] != "OK":
            raise MailingError("the mailbox has no such folder")
        _, found = server.search(None, "HEADER", "Message-ID", f'"{message_id}"')
        numbers = (found[0] or b"").split()
        if not numbers:
            return None
        _, pieces = server.fetch(numbers[-1].decode("ascii"), f"(BODY.PEEK[]<0.{_MOST_BYTES}>)")
    return next((bytes(each[1]) for each in pieces if isinstance(each, tuple)), None)


def _held(variable: str) -> str:
    address = os.environ.get(variable, "").strip()
    if not address:
        raise MailingError(f"the environment variable {variable} is not set")
    return address


def _parts(address: str, *schemes: str) -> SplitResult:
    parts = urlsplit(address)
    if parts.scheme not in schemes or not parts.hostname:
        raise MailingError(
            f"the variable holds no address such as {schemes[-1]}://user:password@host"
        )
    return parts


def _context(ca_file: str | None) -> "ssl.SSLContext":
    import ssl

    return ssl.create_default_context(cafile=ca_file)


def _words(error: Exception) -> str:
    for kind, words in _REASONS:
        if isinstance(error, kind):
            return words
    return f"it failed ({type(error).__name__})"  # its words may quote the address
