"""Rules on sandboxes of providers and their live sides."""

from collections.abc import Iterator

from launchready.catalog.environment.credentials import LIVE_WORDS, MODE_NAMES, TEST_WORDS, Mode
from launchready.catalog.environment.hosts import ENDPOINTS
from launchready.facts.environment import EnvironmentFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.queries import (
    Given,
    by_place,
    elsewhere,
    finding,
    in_production,
    where,
)
from launchready.steps.env_lint.rules.credentials import names_mode
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.addresses import is_below


@rule(EnvironmentFacts, Severity.WARNING)
def sandbox_endpoint_in_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Production talks to a provider's sandbox.

    Payments, mails or pushes seem to succeed and reach nobody.

    Set the provider's live host or mode.

    Bad:
        --- .env.production
        PAYPAL_API_URL=https://api-m.sandbox.paypal.com

    Good:
        --- .env.production
        PAYPAL_API_URL=https://api-m.paypal.com

    Reference:
        https://developer.paypal.com/api/rest/sandbox/
    """
    for group in by_place(in_production(facts)):
        provider, mode = _endpoint(group[0])
        if mode is Mode.TEST and group[0].name not in settings.shared:
            yield finding(
                group,
                f"`{group[0].name}` of {where(group[0])} is the sandbox of {provider}; expected"
                " live",
            )


@rule(EnvironmentFacts, Severity.WARNING)
def live_endpoint_elsewhere(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """An environment other than production talks to the live side of a provider that has a sandbox.

    What is tried out there moves money or reaches people.

    Set the provider's sandbox host or mode.

    Bad:
        --- .env.development
        PLAID_ENV=production

    Good:
        --- .env.development
        PLAID_ENV=sandbox

    Reference:
        https://plaid.com/docs/sandbox/
    """
    for group in by_place(elsewhere(facts)):
        provider, mode = _endpoint(group[0])
        if mode is Mode.LIVE and group[0].name not in settings.shared:
            yield finding(
                group,
                f"`{group[0].name}` of {where(group[0])} is the live side of {provider}; expected"
                " the sandbox",
            )


def _endpoint(one: Given) -> tuple[str, Mode | None]:
    """Whose sandbox or live side a value names."""
    if provider := MODE_NAMES.get(one.name):
        word = one.text.lower()
        if one.name.endswith("_SANDBOX"):
            is_on = one.weight.boolean
            return provider, None if is_on is None else Mode.TEST if is_on else Mode.LIVE
        modes = {**dict.fromkeys(TEST_WORDS, Mode.TEST), **dict.fromkeys(LIVE_WORDS, Mode.LIVE)}
        return provider, modes.get(word)
    host = one.weight.host
    if host and not names_mode(one.name, TEST_WORDS | LIVE_WORDS):
        for each in ENDPOINTS:
            if is_below(host, each.sandbox):
                return each.provider, Mode.TEST
            if is_below(host, each.live):
                return each.provider, Mode.LIVE
    return "", None


RULES = (sandbox_endpoint_in_production, live_endpoint_elsewhere)
