"""Tells people: a webhook of Slack or Discord, one of your own, or mail. Addresses are secrets.

Sources: https://api.slack.com/messaging/webhooks,
https://discord.com/developers/docs/resources/webhook#execute-webhook. A message that is sent twice
does no harm, so that a sender that is busy is asked again.
"""

import enum
import json
import os
import smtplib
from collections.abc import Mapping
from urllib.parse import urlsplit

from launchready.config.setting import setting
from launchready.facts.web import LOOPBACK
from launchready.frozen import frozen
from launchready.model import Json

_SECONDS = 10
_MOST_DISCORD = 2000
_MOST_SLACK = 3000


class Channel(enum.Enum):
    """How people are told."""

    SLACK = "slack"
    DISCORD = "discord"
    WEBHOOK = "webhook"
    EMAIL = "email"


@frozen
class Notify:
    """Who is told, and how."""

    by: Channel = setting("How.", examples=(Channel.SLACK,))
    variable: str = setting(
        "The environment variable with the webhook's address, or for email the server as"
        " `smtps://user:password@host:465`.",
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*$(?!\n)",
        takes="the name of a variable",
        examples=("SLACK_WEBHOOK",),
    )
    to: tuple[str, ...] = setting("For email, who gets it.", default=())
    sender: str = setting("For email, whom it is from.", default="launchready@localhost")
    escalation: bool = setting(
        "Only what needs a person: a rollback that was refused, or did not end well.",
        default=False,
    )


@frozen
class Message:
    """What people are told. `title` is one line; `details` are for a program."""

    title: str
    lines: tuple[str, ...]
    details: Mapping[str, Json]

    @property
    def text(self) -> str:
        """All of it, as plain text."""
        return "\n".join((self.title, *self.lines))


def send(notify: Notify, message: Message, environ: Mapping[str, str] | None = None) -> str:
    """Why it could not be sent, in words that hold no secret; "" where it was."""
    address = (os.environ if environ is None else environ).get(notify.variable, "").strip()
    if not address:
        return f"the environment variable {notify.variable} is not set"
    try:
        if notify.by is Channel.EMAIL:
            return _mailed(notify, message, address)
        return _posted(address, payload(notify.by, message))
    except (OSError, ValueError, smtplib.SMTPException) as error:
        return f"it failed ({type(error).__name__})"  # its words may quote the address


def payload(by: Channel, message: Message) -> dict[str, Json]:
    """What a webhook gets. What a message quotes can neither mention nor mark up anything."""
    if by is Channel.SLACK:
        text = message.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return {"text": text[:_MOST_SLACK], "mrkdwn": False}
    if by is Channel.DISCORD:
        text = message.text.replace("`", "'")[: _MOST_DISCORD - 8]
        return {"content": f"```\n{text}\n```", "allowed_mentions": {"parse": []}}
    return {"title": message.title, "text": message.text, **message.details}


def _posted(address: str, document: dict[str, Json]) -> str:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.exceptions import HTTPError

    from launchready.gateways.hosting.plane import patient

    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        return "the address is no https address"
    with requests.Session() as session:
        session.auth = lambda request: request  # else ~/.netrc would be asked
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=patient(0.5)))
        headers = {"Content-Type": "application/json", "User-Agent": "launchready"}
        try:
            response = session.post(
                address,
                data=json.dumps(document).encode(),
                headers=headers,
                timeout=_SECONDS,
                allow_redirects=False,
            )
        except (requests.RequestException, HTTPError) as error:
            return f"it failed ({type(error).__name__})"
    return "" if 200 <= response.status_code < 300 else f"it answers {response.status_code}"


def _mailed(notify: Notify, message: Message, address: str) -> str:
    from email.message import EmailMessage

    from launchready.gateways.mailing import MailingError, deliver

    if not notify.to:
        return "nobody is named who gets it"
    mail = EmailMessage()
    mail["Subject"] = message.title.replace("\r", " ").replace("\n", " ")[:200]
    mail["From"], mail["To"] = notify.sender, ", ".join(notify.to)
    mail.set_content(message.text)
    try:
        deliver(mail, address)
    except MailingError as error:
        return str(error)
    return ""
