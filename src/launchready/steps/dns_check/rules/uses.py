"""Rules on the services that the domain points to, beside those that are meant."""

from collections.abc import Iterator

from launchready.catalog.dns_providers import named
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.rules.at import found, listed, shown
from launchready.steps.dns_check.seen import UseFacts, UsesFacts
from launchready.steps.dns_check.settings import DnsCheckSettings


@rule(UsesFacts, Severity.WARNING)
def provider_not_named(seen: UsesFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a record that points to a service which the config does not name.

    It is left over from a service that is no longer used, and kept by nobody; or somebody has set
    something up that the team does not know of.

    Name the service under `site.providers`, or remove the record.

    Bad:
        old.example.com CNAME example.herokuapp.com, and `providers: [vercel, google]`
    Good:
        providers: [vercel, google, heroku]
    Reference: https://www.rfc-editor.org/rfc/rfc1912
    """
    for each in _strangers(seen, settings):
        if each.role != "proof":
            record = f"{shown(each.name)} {each.type} {shown(each.text)}"
            message = f"{record} points to {each.who}, which `site.providers` does not name"
            yield found(each.name, each.type, message, what=each.text)


@rule(UsesFacts, Severity.NOTE)
def proof_left_over(seen: UsesFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a proof of ownership for a service that the config does not name.

    Whoever has the account there, a former contractor for one, keeps rights over the domain: to
    read its search figures, to send in its name, to sign people in.

    Remove the record where the service is no longer used, or name it under `site.providers`.

    Bad:
        example.com TXT atlassian-domain-verification=…, and `providers: [vercel, google]`
    Good:
        providers: [vercel, google, atlassian]
    Reference: https://datatracker.ietf.org/doc/draft-ietf-dnsop-domain-verification-techniques/
    """
    for each in _strangers(seen, settings):
        if each.role == "proof":
            message = (
                f"{shown(each.name)} proves itself to {each.who}, which `site.providers` does not"
                " name"
            )
            yield found(each.name, each.type, message, what=each.who)


@rule(UsesFacts, Severity.WARNING)
def mail_at_two_services(seen: UsesFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a domain whose mail goes to two services.

    Part of the mail arrives in mailboxes that nobody reads any more: the records of the old service
    were left when those of the new one were added.

    Remove the MX records of the service that is no longer used.

    Bad:
        example.com MX 1 smtp.google.com, MX 10 mx.zoho.com
    Good:
        example.com MX 1 smtp.google.com
    Reference: https://www.rfc-editor.org/rfc/rfc5321#section-5.1
    """
    del settings
    whose = {each.provider.id: each for each in seen.uses if each.role == "mail" and each.provider}
    if len(whose) > 1:
        parts = [f"{each.text} ({each.who})" for each in whose.values()]
        yield found(seen.zone, "MX", f"the mail of {shown(seen.zone)} goes to {listed(parts)}")


def _strangers(seen: UsesFacts, settings: DnsCheckSettings) -> Iterator[UseFacts]:
    texts = settings.site.providers
    known = {provider for text in texts if (provider := named(text))}
    for each in seen.uses if texts else ():
        if each.provider is not None and each.provider not in known:
            yield each


USE_RULES = (provider_not_named, proof_left_over, mail_at_two_services)
