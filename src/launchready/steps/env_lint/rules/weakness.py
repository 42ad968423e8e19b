"""Rules on secrets that can be guessed, and on values that were never filled in."""

from collections.abc import Iterator

from launchready.facts.environment import (
    EnvironmentFacts,
    Kind,
    Stage,
)
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.queries import (
    Given,
    by_place,
    finding,
    in_production,
    told,
    where,
)
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.addresses import is_in_cluster
from launchready.steps.env_lint.valuing.names import (
    is_own_secret_name,
    is_signing_name,
)
from launchready.steps.env_lint.valuing.shown import shown


@rule(EnvironmentFacts, Severity.ERROR)
def weak_secret_in_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A secret of production can be guessed.

    Who guesses a signing key makes sessions for any user; guessing starts with such words and takes
    seconds.

    Draw a new one: `openssl rand -base64 32`.

    Bad:
        --- .env.production
        JWT_SECRET=supersecret

    Good:
        --- .env.production
        JWT_SECRET=<secret>

    Reference:
        https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html
    """
    for group in by_place(in_production(facts)):
        first = group[0]
        if first.name in settings.public:
            continue
        if weakness := _weakness(first):
            yield finding(
                group,
                f"`{first.name}` of {where(first)} is {weakness}; expected one drawn by chance",
            )


def _weakness(one: Given) -> str:
    url = one.weight.url
    if url is None:
        return one.weight.weakness if is_own_secret_name(one.name) else ""
    is_reached = url.keeps_data and not is_in_cluster(url.host) and not one.weight.is_local
    if url.is_password_weak and is_reached and url.host:
        return (
            f"an address of {shown(url.host)!r} whose password is among the first that people try"
        )
    return ""


@rule(EnvironmentFacts, Severity.ERROR)
def placeholder_in_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A value of production was never filled in.

    The product starts and then fails where it uses it, or, if it is a secret, everybody who reads
    the template knows it.

    Set the real value, or leave the variable out so that the start fails.

    Bad:
        --- .env.production
        SESSION_SECRET=changeme

    Good:
        --- .env.production
        SESSION_SECRET=<secret>
        --- .env.production.example
        SESSION_SECRET=changeme

    Reference:
        https://12factor.net/config
    """
    for group in by_place(in_production(facts)):
        first = group[0]
        # A manifest with `your-host` in it is a template that fails at once; `changeme` works.
        is_loaded = first.declaration.kind is Kind.REAL or is_own_secret_name(first.name)
        if first.weight.is_placeholder and is_loaded and first.name not in settings.public:
            yield finding(
                group, f"`{first.name}` of {where(first)} is a placeholder; expected its value"
            )


@rule(EnvironmentFacts, Severity.WARNING)
def usable_secret_in_production_template(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A template for production suggests a secret that works as it stands.

    Whoever copies the file and overlooks the line runs production with a secret that everybody
    knows; nothing fails, so nobody notices.

    Leave the value empty, or write what must be replaced so that it cannot work: `<random text>`.

    Bad:
        --- .env.production.example
        NEXTAUTH_SECRET=mysecret

    Good:
        --- .env.production.example
        NEXTAUTH_SECRET=
        SALT=<random text>
        --- .env.example
        NEXTAUTH_SECRET=mysecret

    Reference:
        https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
    """
    for group in by_place(told(facts)):
        first = group[0]
        is_template = first.declaration.kind is Kind.TEMPLATE and first.stage is Stage.PRODUCTION
        if is_template and first.weight.weakness and _signs(first.name):
            yield finding(
                group,
                f"`{first.name}` of a template for {where(first)} works and is"
                f" {first.weight.weakness}; expected none",
            )


def _signs(name: str) -> bool:
    return is_own_secret_name(name) and is_signing_name(name)


RULES = (
    weak_secret_in_production,
    placeholder_in_production,
    usable_secret_in_production_template,
)
