"""Rules on what two environments must not have in common."""

from collections.abc import Iterator

from launchready.catalog.environment.switches import MODE_NAMES, STAGE_NAMES
from launchready.facts.environment import EnvironmentFacts, Kind, Stage
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.naming import Naming
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
from launchready.steps.env_lint.rules.stores import stores_in
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.addresses import (
    domain_of,
    is_loopback,
    is_tunnel,
    production_words,
)
from launchready.steps.env_lint.valuing.shown import shown

_NEAR = {Stage.DEVELOPMENT, Stage.TEST}


@rule(EnvironmentFacts, Severity.ERROR)
def same_secret_in_two_environments(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Two environments have the same secret value.

    Whoever gets the secret from development or staging, where guards are low and everybody has
    access, holds production's too and can sign in as its users; a rotation of one breaks the other.

    Draw a new value for each environment, starting with production's; name the variable in
    `shared` if one value for all is meant.

    Bad:
        --- .env.production
        JWT_SECRET=<secret:one>
        --- .env.staging
        JWT_SECRET=<secret:one>

    Good:
        --- .env.production
        JWT_SECRET=<secret:one>
        --- .env.staging
        JWT_SECRET=<secret:two>

    Reference:
        https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
        https://12factor.net/config
    """
    groups: dict[bytes, list[Given]] = {}
    for each in given(facts):
        if each.stage and each.weight.is_secret and not _is_accepted(each.name, settings):
            groups.setdefault(each.value.digest(facts.key), []).append(each)
    for group in groups.values():
        stages = {each.stage for each in group}
        if len(stages) < 2 or stages <= _NEAR:
            continue
        first, *others = sorted(group, key=lambda each: each.stage is Stage.PRODUCTION)
        ends = [each for each in others if each.stage is not first.stage]
        names = sorted({each.name for each in group})
        yield finding(
            (first,),
            f"`{first.name}` of {where(first)} has the same secret value as `{ends[0].name}` of"
            f" {where(ends[0])}; expected a value of its own for each",
            identity=" ".join([*names, *sorted({each.environment for each in group})]),
            related=[other_end(each) for each in ends[:9]],
        )


@rule(EnvironmentFacts, Severity.ERROR)
def shared_database_with_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Another environment uses production's database, cache, bucket, queue or search index.

    A test, a seed script or a migration tried out on staging then changes or deletes what customers
    have stored, and their data can be read by whoever has access to development.

    Give the environment a database of its own with a user that cannot reach production's; name the
    variable in `shared` if it is meant (a read replica).

    Bad:
        --- .env.production
        DATABASE_URL=postgres://app:<secret:a>@db.shop.example.com:5432/shop
        --- .env.development
        DATABASE_URL=postgres://dev:<secret:b>@db.shop.example.com:5432/shop

    Good:
        --- .env.production
        DATABASE_URL=postgres://app:<secret:a>@db.shop.example.com:5432/shop
        --- .env.development
        DATABASE_URL=postgres://dev:<secret:b>@localhost:5432/shop

    Reference:
        https://12factor.net/backing-services
    """
    own = {store.key: store for store in stores_in(in_production(facts)) if store.is_shareable}
    seen: set[tuple[str, str]] = set()
    for store in stores_in(elsewhere(facts)):
        twin = own.get(store.key)
        first = store.given
        if twin is None or first.name in settings.shared or (first.name, first.environment) in seen:
            continue
        seen.add((first.name, first.environment))
        yield finding(
            (first,),
            f"`{first.name}` of {where(first)} is production's {store.kind} {shown(store.place)!r};"
            " expected one of its own",
            related=[other_end(twin.given)],
        )


@rule(EnvironmentFacts, Severity.ERROR)
def production_resource_elsewhere(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A database, bucket or host whose name says production is given to another environment.

    What is tried out there reaches what customers use: their data is read, changed or deleted from
    a laptop or a preview that nobody watches.

    Point the variable at a resource of that environment; name it in `shared` if it is meant.

    Bad:
        --- .env.development
        DATABASE_URL=postgres://dev:<secret>@prod-db.shop.example.com/shop

    Good:
        --- .env.development
        DATABASE_URL=postgres://dev:<secret>@localhost/shop_dev
        CATALOGUE_URL=https://product-api.example.com

    Reference:
        https://12factor.net/dev-prod-parity
    """
    own = {store.key for store in stores_in(in_production(facts)) if store.is_shareable}
    domains = _domains(facts)
    for group in by_place(elsewhere(facts)):
        first = group[0]
        if first.name in settings.shared or any(s.key in own for s in stores_in(group[:1])):
            continue
        if named := _production_name(first, domains):
            yield finding(
                group,
                f"`{first.name}` of {where(first)} is {shown(named)!r}, whose name says production;"
                " expected a resource of that environment",
            )


@rule(EnvironmentFacts, Severity.ERROR)
def contradicting_environment_name(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A variable names another environment than the one it is given to.

    Code that asks it sends mail, takes payments or reports errors as the wrong environment, or runs
    in production with what is meant for developers: slow, and telling strangers what failed.

    Set it to the environment's own name. `NODE_ENV=production` in staging is right and not found.

    Bad:
        --- .env.production
        APP_ENV=development

    Good:
        --- .env.production
        APP_ENV=production
        --- .env.staging
        NODE_ENV=production
        ENVIRONMENT=staging

    Reference:
        https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production
    """
    naming = Naming.of(settings)
    for group in by_place(given(facts)):
        first = group[0]
        if first.stage is None or len(first.value.reveal()) > 64:
            continue
        named = naming.named(first.value.reveal())
        if named is not None and _contradicts(first, named.stage):
            yield finding(
                group,
                f"`{first.name}` says {named.name!r} and stands in {where(first)}, which is"
                f" {first.stage.value}",
            )


def _contradicts(one: Given, named: Stage) -> bool:
    own = one.stage
    if own is named or {own, named} <= _NEAR:
        return False
    if one.name in STAGE_NAMES:
        return own is Stage.PRODUCTION or one.declaration.kind is Kind.REAL
    if one.name not in MODE_NAMES:
        return False
    if own is Stage.PRODUCTION:
        return named in _NEAR
    # A container for a developer or a test may well run what production runs.
    return own in _NEAR and named is Stage.PRODUCTION and one.declaration.kind is Kind.REAL


def _is_accepted(name: str, settings: EnvLintSettings) -> bool:
    return name in settings.shared or name in settings.public


def _domains(facts: EnvironmentFacts) -> frozenset[str]:
    """The domains of production's own addresses."""
    hosts = (each.weight.host for each in in_production(facts))
    return frozenset(domain_of(h) for h in hosts if h and "." in h and not is_loopback(h))


def _production_name(one: Given, domains: frozenset[str]) -> str:
    """The host, database or bucket of a value that says production; empty if none does."""
    for store in stores_in((one,)):
        if production_words(store.database):
            return store.database
        if production_words(store.host) and store.is_own:
            return store.host
    host = one.weight.host
    if not host or is_loopback(host) or is_tunnel(host) or domain_of(host) not in domains:
        return ""
    return host if production_words(host) else ""


RULES = (
    same_secret_in_two_environments,
    shared_database_with_production,
    production_resource_elsewhere,
    contradicting_environment_name,
)
