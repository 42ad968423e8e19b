"""Services that send mail for others: what they need in an SPF record, and how they sign.

From the services' own pages; the selectors of those that make random names are not here.
"""

from launchready.frozen import frozen


@frozen
class Service:
    """`names` are what people call it, the first is shown. `includes` are the domains of its SPF
    records, any of which covers it; `selectors` the usual ones of DKIM, which may be missing.
    """

    names: tuple[str, ...]
    includes: tuple[str, ...]
    selectors: tuple[str, ...] = ()


SERVICES = (
    Service(
        names=("google", "google workspace", "gmail"),
        includes=("_spf.google.com",),
        selectors=("google",),
    ),
    Service(
        names=("microsoft", "microsoft 365", "outlook", "office 365"),
        includes=("spf.protection.outlook.com",),
        selectors=("selector1", "selector2"),
    ),
    Service(names=("ses", "amazon ses", "aws ses"), includes=("amazonses.com",)),
    Service(names=("resend",), includes=("amazonses.com",), selectors=("resend",)),
    Service(names=("postmark",), includes=("spf.mtasv.net",), selectors=("pm",)),
    Service(
        names=("sendgrid", "twilio sendgrid"), includes=("sendgrid.net",), selectors=("s1", "s2")
    ),
    Service(
        names=("mailgun",),
        includes=("mailgun.org", "eu.mailgun.org"),
        selectors=("mg", "mailo", "smtp", "pic", "k1"),
    ),
    Service(names=("mailchimp",), includes=("servers.mcsv.net",), selectors=("k1", "k2", "k3")),
    Service(names=("mandrill",), includes=("spf.mandrillapp.com",), selectors=("mandrill",)),
    Service(
        names=("brevo", "sendinblue"),
        includes=("spf.brevo.com", "spf.sendinblue.com"),
        selectors=("mail", "brevo1", "brevo2"),
    ),
    Service(names=("sparkpost", "bird"), includes=("sparkpostmail.com",), selectors=("sparkpost",)),
    Service(names=("mailjet",), includes=("spf.mailjet.com",), selectors=("mailjet",)),
    Service(names=("mailerlite",), includes=("_spf.mlsend.com",), selectors=("litesrv",)),
    Service(names=("mailersend",), includes=("_spf.mailersend.net",), selectors=("mlsend",)),
    Service(names=("loops",), includes=("amazonses.com",)),
    Service(names=("customer.io", "customerio"), includes=("customeriomail.com",)),
    Service(names=("hubspot",), includes=("hubspotemail.net",), selectors=("hs1", "hs2")),
    Service(names=("klaviyo",), includes=("send.klaviyo.com",), selectors=("kl", "kl2")),
    Service(names=("zendesk",), includes=("mail.zendesk.com",), selectors=("zendesk1", "zendesk2")),
    Service(names=("salesforce",), includes=("_spf.salesforce.com",), selectors=("sf1", "sf2")),
    Service(names=("zoho",), includes=("zoho.com", "zoho.eu"), selectors=("zoho", "zmail")),
    Service(
        names=("fastmail",),
        includes=("spf.messagingengine.com",),
        selectors=("fm1", "fm2", "fm3"),
    ),
    Service(
        names=("proton", "protonmail"),
        includes=("_spf.protonmail.ch",),
        selectors=("protonmail", "protonmail2", "protonmail3"),
    ),
    Service(names=("icloud",), includes=("icloud.com",), selectors=("sig1",)),
    Service(names=("cloudflare", "cloudflare email routing"), includes=("_spf.mx.cloudflare.net",)),
)


def service_named(name: str) -> Service | None:
    """The service that a person means."""
    wanted = name.strip().lower()
    return next((each for each in SERVICES if wanted in each.names), None)


def service_of(include: str) -> Service | None:
    """Whose SPF record a domain is: that domain itself, or one below it."""
    domain = include.lower().removesuffix(".")
    for each in SERVICES:
        if any(domain == known or domain.endswith(f".{known}") for known in each.includes):
            return each
    return None
