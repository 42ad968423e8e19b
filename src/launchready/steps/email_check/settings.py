"""The settings of email-check. What is sent and received stands in `site.mail`."""

import dataclasses

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen
from launchready.site import DOMAIN, RESOLVE, SERVER, Site

_VARIABLE = r"^[A-Za-z_][A-Za-z0-9_]*$(?!\n)"
_MAILBOX = r"^[A-Za-z0-9.!#$&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$(?!\n)"


@frozen
class EmailCheckSettings:
    """Which domain is asked about, and whom."""

    site: Site = dataclasses.field(default=Site())
    domain: str | None = setting(
        "The domain behind the `@`, in place of `site.mail.domain`.",
        default=None,
        pattern=DOMAIN,
        takes="a domain",
        surfaces=Surface.OPTION | Surface.INPUT,
        is_argument=True,
        metavar="DOMAIN",
        examples=("example.com", "example.org"),
    )
    resolvers: tuple[str, ...] = setting(
        "Name servers to ask, as ADDRESS or ADDRESS:PORT; without any, the machine's own.",
        default=(),
        pattern=SERVER,
        takes="an address, with a port where it is not 53",
        surfaces=Surface.FILE | Surface.OPTION | Surface.INPUT,
        metavar="ADDRESS",
        examples=(("1.1.1.1",), ("[2606:4700:4700::1111]:53",)),
    )
    resolve: tuple[str, ...] = setting(
        "Ask this address for a host, as HOST:PORT:ADDRESS, before DNS points to it; where it"
        " listens elsewhere, HOST:PORT:ADDRESS:PORT.",
        default=(),
        pattern=RESOLVE,
        takes="HOST:PORT:ADDRESS",
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="HOST:PORT:ADDRESS",
        examples=(("mta-sts.example.com:443:203.0.113.7",),),
    )
    ca_file: str | None = setting(
        "File with further certification authorities, in PEM.",
        default=None,
        surfaces=Surface.FILE | Surface.OPTION,
        metavar="FILE",
    )
    starttls: bool = setting(
        "Also ask the mail servers for TLS, at port 25, which hosted runners mostly close.",
        default=False,
        surfaces=Surface.FILE | Surface.OPTION | Surface.INPUT,
    )
    received: str | None = setting(
        "A message as it arrived, saved as a file: SPF, DKIM, DMARC and its way are verified.",
        default=None,
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="FILE",
        examples=("message.eml",),
    )
    bulk: bool = setting(
        "The message is a newsletter or marketing, which must offer to unsubscribe at one click.",
        default=False,
        surfaces=Surface.OPTION | Surface.INPUT,
    )
    reports: str | None = setting(
        "Folder with aggregate reports of DMARC as they came by mail: XML, gzip, zip.",
        default=None,
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="DIR",
        examples=("dmarc-reports",),
    )
    send: str | None = setting(
        "Send a test message to this mailbox, by the account of `smtp-variable`.",
        default=None,
        pattern=_MAILBOX,
        takes="a mail address",
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="ADDRESS",
        examples=("probe@example.net",),
    )
    send_from: str | None = setting(
        "Whom the test message is from; without it, `launchready@` the domain.",
        default=None,
        pattern=_MAILBOX,
        takes="a mail address",
        examples=("hello@example.com",),
    )
    send_wait: int = setting(
        "Seconds to wait for the test message to arrive.", default=60, minimum=0, maximum=900
    )
    smtp_variable: str = setting(
        "The environment variable with the account that the product sends by, as"
        " `smtps://user:password@host:465`.",
        default="LAUNCHREADY_SMTP",
        pattern=_VARIABLE,
        takes="the name of a variable",
    )
    imap_variable: str = setting(
        "The environment variable with the mailbox where the test message arrives, as"
        " `imaps://user:password@host:993/INBOX`; where it is set, the message is fetched and"
        " judged.",
        default="LAUNCHREADY_IMAP",
        pattern=_VARIABLE,
        takes="the name of a variable",
    )
