"""Rules on the DKIM keys of the selectors that the config names."""

from collections.abc import Iterator

from launchready.model import DnsLocation, Finding, Severity
from launchready.step import rule
from launchready.steps.email_check.seen import DkimFacts
from launchready.steps.email_check.settings import EmailCheckSettings

_LEAST, _GOOD = 1024, 2048


@rule(DkimFacts, Severity.ERROR)
def dkim_key_missing(seen: DkimFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a declared selector without a key.

    Every mail that is signed with it fails DKIM, and with it DMARC: it is filed away or refused.

    Publish the record that the service shows for the domain, under exactly this name. Some control
    panels append the domain a second time: look for `…example.com.example.com`.

    Bad:
        resend._domainkey.example.com: the name does not exist
    Good:
        resend._domainkey.example.com TXT "p=MIGfMA0…"
    Reference: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.2
    """
    del settings
    if seen.count == 0:
        way = f", though it leads on to {seen.answer.aliases[-1]}" if seen.answer.aliases else ""
        yield _finding(seen, f"{seen.sender.provider} signs with `{seen.selector}`: no key{way}")


@rule(DkimFacts, Severity.ERROR)
def dkim_key_broken(seen: DkimFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a key that receivers cannot use, or two of them under one name.

    Every mail that is signed with it fails DKIM. Mostly the key was cut or folded when it was
    pasted: a TXT record of more than 255 signs is several strings in quotes.

    Paste it anew, whole.

    Bad:
        v=DKIM1; k=rsa; p=MIIBIjANBgkqh… (cut)
    Good:
        v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0…IDAQAB
    Reference: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1
    """
    del settings
    if seen.count > 1:
        yield _finding(seen, f"`{seen.selector}` has {seen.count} keys; one may be there")
    elif seen.key is not None and seen.key.faults and not seen.key.is_revoked:
        yield _finding(seen, f"the key of `{seen.selector}` is broken: {seen.key.faults[0]}")


@rule(DkimFacts, Severity.ERROR)
def dkim_key_revoked(seen: DkimFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a declared selector whose key was taken back: `p=` is empty.

    Every mail that is signed with it fails DKIM.

    Publish the service's present key, or take the selector out of the config.

    Bad:
        v=DKIM1; p=
    Good:
        v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0…
    Reference: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1
    """
    del settings
    if seen.key is not None and seen.key.is_revoked:
        yield _finding(seen, f"the key of `{seen.selector}` was taken back")


@rule(DkimFacts, Severity.ERROR)
def dkim_key_too_short(seen: DkimFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an RSA key of less than 1024 bits.

    Receivers take its signatures for none, and it can be broken on a laptop.

    Let the service make a key of 2048 bits.

    Bad:
        512 bits
    Good:
        2048 bits
    Reference: https://www.rfc-editor.org/rfc/rfc8301#section-3.2
    """
    del settings
    key = seen.key
    if key is not None and key.algorithm == "rsa" and 0 < key.bits < _LEAST:
        yield _finding(
            seen, f"the key of `{seen.selector}` has {key.bits} bits: it counts for none"
        )


@rule(DkimFacts, Severity.NOTE)
def dkim_key_short(seen: DkimFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags an RSA key of less than 2048 bits.

    1024 bits are the least that counts; who has means can break them.

    Let the service make a key of 2048 bits, where it can.

    Bad:
        1024 bits
    Good:
        2048 bits
    Reference: https://www.rfc-editor.org/rfc/rfc8301#section-3.2
    """
    del settings
    key = seen.key
    if key is not None and key.algorithm == "rsa" and _LEAST <= key.bits < _GOOD:
        yield _finding(seen, f"the key of `{seen.selector}` has {key.bits} bits")


@rule(DkimFacts, Severity.WARNING)
def dkim_in_test_mode(seen: DkimFacts, settings: EmailCheckSettings) -> Iterator[Finding]:
    """Flags a key that says it is for trying out: `t=y`.

    Receivers treat its mails as if they were not signed.

    Remove `t=y` from the record.

    Bad:
        v=DKIM1; t=y; p=MIIB…
    Good:
        v=DKIM1; p=MIIB…
    Reference: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1
    """
    del settings
    if seen.key is not None and seen.key.is_testing:
        yield _finding(seen, f"the key of `{seen.selector}` is in test mode (`t=y`)")


def _finding(seen: DkimFacts, message: str) -> Finding:
    name = f"{seen.selector}._domainkey.{seen.domain}"
    return Finding(
        message=message, location=DnsLocation(dns_name=name, dns_type="TXT"), identity=name
    )


DKIM_RULES = (
    dkim_key_missing,
    dkim_key_broken,
    dkim_key_revoked,
    dkim_key_too_short,
    dkim_key_short,
    dkim_in_test_mode,
)
