"""A rule on secrets that stand in compose files."""

from collections.abc import Iterator

from launchready.facts.environment import Declaration, EnvironmentFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.evidence import (
    Evidence,
    evidence_of,
    is_first_user,
    is_for_trying,
)
from launchready.steps.env_lint.rules.platforms import declared_in, platform_finding
from launchready.steps.env_lint.settings import EnvLintSettings


@rule(EnvironmentFacts, Severity.WARNING)
def inline_secret_in_compose(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A compose file holds a secret in plain text.

    Whoever can read the repository has it, and whoever starts the file runs with the same one.
    Passwords that only make a local database's first user are left out.

    Write `${NAME:?}` in its place, which compose takes from the shell or from `.env`, or use
    `secrets:`; revoke what was committed.

    Bad:
        --- docker-compose.yml
        services:
          web:
            image: shop
            environment:
              STRIPE_SECRET_KEY: <sk_live>

    Good:
        --- docker-compose.yml
        services:
          web:
            image: shop
            environment:
              STRIPE_SECRET_KEY: ${STRIPE_SECRET_KEY:?}
          db:
            image: postgres
            environment:
              POSTGRES_PASSWORD: postgres

    Reference:
        https://docs.docker.com/compose/how-tos/use-secrets/
    """
    for each in declared_in(facts, "compose"):
        evidence = evidence_of(each, settings)
        if evidence is Evidence.CREDENTIAL or (evidence is Evidence.RANDOM and not _is_local(each)):
            yield platform_finding(each, f"service {each.holder!r}")


def _is_local(each: Declaration) -> bool:
    """Whether it is for a machine of a developer, or makes an empty database's first user."""
    return is_for_trying(each) or each.is_override or is_first_user(each)


RULES = (inline_secret_in_compose,)
