"""Rules on test and live credentials, endpoints and pairs."""

from collections.abc import Iterator

from launchready.catalog.environment.credentials import (
    LIVE_WORDS,
    TEST_WORDS,
    Mode,
    Role,
)
from launchready.facts.environment import EnvironmentFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.queries import (
    Given,
    by_place,
    elsewhere,
    finding,
    given,
    in_production,
    other_end,
    where,
)
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.names import words_of


@rule(EnvironmentFacts, Severity.ERROR)
def test_credential_in_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Production is given a credential of a provider's test mode.

    Customers seem to pay and no money moves, or everybody passes the captcha; nobody notices until
    the month is counted.

    Give production the live key; name the variable in `shared` if the environment is a demo.

    Bad:
        --- .env.production
        STRIPE_SECRET_KEY=<sk_test>

    Good:
        --- .env.production
        STRIPE_SECRET_KEY=<sk_live>
        --- .env.production.example
        STRIPE_SECRET_KEY=sk_test_...

    Reference:
        https://docs.stripe.com/keys
    """
    for group in by_place(in_production(facts)):
        first = group[0]
        if first.name in settings.shared or names_mode(first.name, TEST_WORDS):
            continue
        credential = first.weight.credential
        if credential and credential.mode is Mode.TEST:
            yield finding(
                group,
                f"`{first.name}` of {where(first)} is a key of {credential.provider}'s test mode;"
                " expected a live one",
            )
        elif first.weight.tester:
            yield finding(
                group,
                f"`{first.name}` of {where(first)} is the test key that {first.weight.tester}"
                " publishes for everybody; expected your own",
            )


@rule(EnvironmentFacts, Severity.ERROR)
def live_credential_outside_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """An environment other than production is given a live credential.

    Tests and previews then charge real cards, mail real customers and use up real quotas, and the
    key lies on laptops.

    Give that environment a key of the provider's test mode.

    Bad:
        --- .env.staging
        STRIPE_SECRET_KEY=<sk_live>

    Good:
        --- .env.staging
        STRIPE_SECRET_KEY=<sk_test>

    Reference:
        https://docs.stripe.com/keys
    """
    for group in by_place(elsewhere(facts)):
        first = group[0]
        credential = first.weight.credential
        if first.name in settings.shared or names_mode(first.name, LIVE_WORDS):
            continue
        if credential and credential.mode is Mode.LIVE:
            yield finding(
                group,
                f"`{first.name}` of {where(first)} is a live key of {credential.provider};"
                " expected one of its test mode",
            )


def names_mode(name: str, words: frozenset[str]) -> bool:
    """`STRIPE_TEST_SECRET_KEY` beside `STRIPE_LIVE_SECRET_KEY`: the code chooses."""
    return not words.isdisjoint(words_of(name))


@rule(EnvironmentFacts, Severity.ERROR)
def mismatched_key_pair(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Two keys that belong together are of different modes or projects.

    Checkout or sign-in fails for every customer: the page speaks to one account and the server to
    another.

    Take both from the same account and mode.

    Bad:
        --- .env.production
        STRIPE_SECRET_KEY=<sk_live>
        NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=<pk_test>

    Good:
        --- .env.production
        STRIPE_SECRET_KEY=<sk_live>
        NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY=<pk_live>

    Reference:
        https://docs.stripe.com/keys
        https://supabase.com/docs/guides/api/api-keys
    """
    groups: dict[tuple[str, str, str], list[Given]] = {}
    for each in given(facts):
        if each.stage is not None:
            key = (each.declaration.path, each.environment, each.declaration.holder)
            groups.setdefault(key, []).append(each)
    for group in groups.values():
        yield from _modes(group)
        yield from _projects(group)


def _modes(group: list[Given]) -> Iterator[Finding]:
    by_role: dict[tuple[str, Role], dict[Mode, Given]] = {}
    for each in group:
        credential = each.weight.credential
        if credential and credential.mode and credential.provider:
            roles = by_role.setdefault((credential.provider, credential.role), {})
            roles.setdefault(credential.mode, each)
    for provider in sorted({provider for provider, _ in by_role}):
        secret = by_role.get((provider, Role.SECRET), {})
        shown = by_role.get((provider, Role.PUBLISHABLE), {})
        # Where one side has both modes the code chooses.
        if len(secret) == len(shown) == 1 and secret.keys() != shown.keys():
            (mode, one), (other_mode, other) = (*secret.items(), *shown.items())
            yield finding(
                (one,),
                f"`{one.name}` of {where(one)} is {provider}'s {mode.value} key and"
                f" `{other.name}` beside it its {other_mode.value} one; expected one mode",
                related=[other_end(other)],
            )


def _projects(group: list[Given]) -> Iterator[Finding]:
    """Keys of Supabase name their project; so does its address."""
    named = [(each, _project(each)) for each in group]
    known = [(each, project) for each, project in named if project]
    if not known:
        return
    first, project = known[0]
    for each, other in known[1:]:
        if other != project:
            yield finding(
                (each,),
                f"`{each.name}` of {where(each)} is of another Supabase project than"
                f" `{first.name}` beside it; expected one project",
                related=[other_end(first)],
            )
            return


def _project(one: Given) -> str:
    credential = one.weight.credential
    if credential and credential.provider == "Supabase":
        return credential.project
    url = one.weight.url
    if url and url.host.endswith(".supabase.co") and url.family == "http":
        return url.host.removesuffix(".supabase.co")
    return ""


RULES = (
    test_credential_in_production,
    live_credential_outside_production,
    mismatched_key_pair,
)
