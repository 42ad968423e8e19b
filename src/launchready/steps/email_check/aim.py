"""Which domain's mail is asked about where only the address of a site is given."""

from launchready.catalog.dns_providers import of_host
from launchready.frozen import replace
from launchready.model import LeftOut
from launchready.regex import Regex
from launchready.site import domain_in
from launchready.steps.email_check.settings import EmailCheckSettings

# What people register: a name below a top-level domain, or below the few that registries of
# countries keep for it.
_REGISTERED = Regex(r"[^.]+\.(?:[^.]+|(?:co|com|net|org)\.[a-z]{2})")


def aimed(settings: EmailCheckSettings, url: str) -> EmailCheckSettings | LeftOut:
    """The declared domain where the site is within it, else the address's own.

    Of a host below it, such as `app.`, nothing says that mail is sent in its name.
    """
    domain = domain_in(url)
    if domain is None:
        return _left_out(f"{url} names no domain")
    declared = (settings.site.mail.domain or settings.site.host).lower().removeprefix("www.")
    if declared and f".{domain}".endswith(f".{declared}"):
        return settings
    if (provider := of_host(domain)) is not None:
        return _left_out(f"{domain} is a domain of {provider.name}, and no mail of yours is")
    if not _REGISTERED.fullmatch(domain):
        return _left_out(f"which domain sends the mail of {domain} is told by `site.mail.domain`")
    return replace(settings, domain=domain)


def _left_out(reason: str) -> LeftOut:
    return LeftOut(step="email-check", reason=reason)
