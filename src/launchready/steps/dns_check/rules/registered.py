"""Rules on what keeps the domain one's own: its registration, and who may issue certificates."""

from collections.abc import Iterator

from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.dns_check.rules.at import found, listed, shown
from launchready.steps.dns_check.seen import CaaFacts, ExpiryFacts
from launchready.steps.dns_check.settings import DnsCheckSettings

_SOON, _AHEAD = 30, 60
_HELD = frozenset({"client hold", "server hold", "pending delete", "redemption period", "inactive"})
_KNOWN_TAGS = frozenset({"issue", "issuewild", "iodef", "issuemail", "issuevmc", "contactemail"})
_CRITICAL = 128


@rule(ExpiryFacts, Severity.ERROR)
def domain_about_to_expire(seen: ExpiryFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a domain whose registration ends within 30 days, or has ended.

    Site and mail stop at once, and after some weeks anybody may register the domain.

    Renew it now, and switch automatic renewal on; see that the card and the address of the account
    are good.

    Bad:
        example.com ends in 12 days, under the limit of 30
    Good:
        example.com ends in 290 days
    Reference: https://www.icann.org/resources/pages/domain-name-renewal-expiration-faqs-2018-12-07-en
    """
    del settings
    if seen.days is not None and seen.days < _SOON:
        when = f"ends in {seen.days} days" if seen.days >= 0 else f"has ended {-seen.days} days ago"
        message = f"the registration of {shown(seen.domain)} {when}, under the limit of {_SOON}"
        yield found(seen.domain, "NS", message, ("days", seen.days))


@rule(ExpiryFacts, Severity.WARNING)
def domain_expires_soon(seen: ExpiryFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a domain whose registration ends within 60 days.

    Registrars renew some weeks before the end: if that fails, there is little time left.

    See that automatic renewal is on, and that the card and the address of the account are good.

    Bad:
        example.com ends in 45 days, under the limit of 60
    Good:
        example.com ends in 290 days
    Reference: https://www.icann.org/resources/pages/domain-name-renewal-expiration-faqs-2018-12-07-en
    """
    del settings
    if seen.days is not None and _SOON <= seen.days < _AHEAD:
        message = f"the registration of {shown(seen.domain)} ends in {seen.days} days"
        yield found(seen.domain, "NS", f"{message}, under the limit of {_AHEAD}")


@rule(ExpiryFacts, Severity.ERROR)
def domain_on_hold(seen: ExpiryFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a domain that the registry or the registrar has taken out of DNS.

    It is gone for everyone as soon as caches run out: mostly an unconfirmed address of the owner,
    an unpaid bill or a complaint.

    Ask the registrar today; confirm the owner's address where its mail asks for that.

    Bad:
        status: client hold
    Good:
        status: client transfer prohibited
    Reference: https://www.icann.org/epp
    """
    del settings
    states = [state for state in seen.states if state.lower() in _HELD]
    if states:
        message = f"the registry says of {shown(seen.domain)}: {listed(states)}"
        yield found(seen.domain, "NS", message)


@rule(CaaFacts, Severity.ERROR)
def caa_refuses_issuer(seen: CaaFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags CAA records that do not let the authority which issued the certificate in use.

    Its next renewal is refused: the site goes down on the day when the certificate ends.

    Add the authority's domain to the records, before that day; some hosting services use several.

    Bad:
        CAA 0 issue "digicert.com", and a certificate of Let's Encrypt
    Good:
        CAA 0 issue "letsencrypt.org"
    Reference: https://www.rfc-editor.org/rfc/rfc8659#section-4.2
    """
    del settings
    allowed = _allowed(seen)
    if seen.authority and allowed is not None and not allowed & set(seen.authority):
        message = (
            f"{shown(seen.host)} has a certificate of {shown(seen.issuer)}; CAA of"
            f" {shown(seen.place)} lets {listed(frozenset(allowed))}"
        )
        yield found(seen.place, "CAA", message, what=seen.host)


@rule(CaaFacts, Severity.ERROR)
def caa_not_understood(seen: CaaFacts, settings: DnsCheckSettings) -> Iterator[Finding]:
    """Flags a CAA record that is marked critical, with a tag that no authority knows.

    Every authority must refuse then: no certificate is issued or renewed any more.

    Mend the tag, or set the flags to 0.

    Bad:
        CAA 128 isue "letsencrypt.org"
    Good:
        CAA 0 issue "letsencrypt.org"
    Reference: https://www.rfc-editor.org/rfc/rfc8659#section-4.5
    """
    del settings
    for each in seen.records:
        if each.flags & _CRITICAL and each.tag not in _KNOWN_TAGS:
            message = f"CAA of {shown(seen.place)} is critical with the unknown tag {each.tag!r}"
            yield found(seen.place, "CAA", message, what=each.tag)


def _allowed(seen: CaaFacts) -> set[str] | None:
    """The domains that may issue; None where the records do not restrict it."""
    tags = {each.tag for each in seen.records}
    wanted = "issuewild" if seen.is_wildcard and "issuewild" in tags else "issue"
    if wanted not in tags:
        return None
    values = (each.value for each in seen.records if each.tag == wanted)
    return {value.partition(";")[0].strip().lower() for value in values} - {""}


REGISTERED_RULES = (
    domain_about_to_expire,
    domain_expires_soon,
    domain_on_hold,
    caa_refuses_issuer,
    caa_not_understood,
)
