"""Rules on what production takes from another environment, and the other way round."""

from collections.abc import Iterator

from launchready.catalog.environment.client_prefixes import without_prefix
from launchready.catalog.environment.switches import CALLBACK_NAMES, HOME_NAMES
from launchready.facts.environment import EnvironmentFacts, Stage
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.naming import stages_in
from launchready.steps.env_lint.queries import (
    Given,
    by_place,
    elsewhere,
    finding,
    in_production,
    other_end,
    where,
)
from launchready.steps.env_lint.rules.stores import stores_in
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.addresses import (
    domain_of,
    is_in_cluster,
    other_word,
    production_words,
)
from launchready.steps.env_lint.valuing.shown import shown


def is_home(name: str) -> bool:
    """Whether a variable of this name says where the environment itself is: `API_URL`."""
    return _ends_with(without_prefix(name), HOME_NAMES)


def is_callback(name: str) -> bool:
    """Whether people, mails or webhooks are led to what it says: `NEXTAUTH_URL`, `APP_URL`."""
    return _ends_with(without_prefix(name), CALLBACK_NAMES)


def _ends_with(name: str, names: frozenset[str]) -> bool:
    parts = name.upper().split("_")
    return any("_".join(parts[at:]) in names for at in range(min(len(parts), 3)))


@rule(EnvironmentFacts, Severity.WARNING)
def foreign_environment_url(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """An environment is told that it lives where another one does.

    Sign-in comes back to the wrong environment, mails link to it, and what is tried out on staging
    writes through production's API.

    Set the address of the environment itself; name the variable in `shared` if it is meant.

    Bad:
        --- .env.production
        APP_URL=https://staging.shop.example.com
        API_URL=https://api.shop.example.com

    Good:
        --- .env.production
        APP_URL=https://shop.example.com
        API_URL=https://api.shop.example.com
        AUTH0_DOMAIN=dev-abc123.us.auth0.com

    Reference:
        https://12factor.net/config
    """
    own = tuple(each for each in in_production(facts) if _is_public(each))
    others = tuple(each for each in elsewhere(facts) if _is_public(each))
    yield from _in_production(own, others, settings)
    homes = {each.weight.host: each for each in own if is_callback(each.name)}
    for group in by_place(others):
        first = group[0]
        home = homes.get(first.weight.host)
        if home and is_callback(first.name) and first.name not in settings.shared:
            yield finding(
                group,
                f"`{first.name}` of {where(first)} is {shown(first.weight.host)!r}, production's"
                " own address; expected this environment's",
                related=[other_end(home)],
            )


def _in_production(
    own: tuple[Given, ...], others: tuple[Given, ...], settings: EnvLintSettings
) -> Iterator[Finding]:
    """Production's addresses whose name says another stage, on a domain that is its own."""
    known = {each.weight.host for each in others}
    for group in by_place(own):
        first = group[0]
        host = first.weight.host
        stages = {stage.value for stage in stages_in(host)} - {Stage.PRODUCTION.value}
        if not stages or not is_home(first.name) or first.name in settings.shared:
            continue
        domains = {domain_of(e.weight.host) for e in own if e.weight.host != host}
        if host in known or domain_of(host) in domains:
            yield finding(
                group,
                f"`{first.name}` of {where(first)} is {shown(host)!r}, whose name says"
                f" {' or '.join(sorted(stages))}; expected production's address",
            )


def _is_public(one: Given) -> bool:
    host = one.weight.host
    is_local = one.weight.is_local or one.weight.is_tunnel or is_in_cluster(host)
    return bool(host) and not is_local and one.weight.is_known


@rule(EnvironmentFacts, Severity.WARNING)
def other_resource_in_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Production keeps its data in a database or bucket that is named after another environment.

    What customers store lies where developers delete and try things out, and where nobody makes
    backups.

    Set production's own; name the variable in `shared` if the name is what misleads.

    Bad:
        --- .env.production
        S3_BUCKET=shop-dev-uploads

    Good:
        --- .env.production
        S3_BUCKET=shop-uploads
        DATABASE_URL=postgres://app:<secret>@devices.example.com/devices

    Reference:
        https://12factor.net/dev-prod-parity
    """
    seen: set[str] = set()
    for store in stores_in(in_production(facts)):
        one = store.given
        names = (store.database, store.host if store.is_own else "")
        named = next((name for name in names if other_word(name)), "")
        is_other = named and not production_words(f"{store.host} {store.database}")
        if not is_other or not store.is_shareable or one.name in (*settings.shared, *seen):
            continue
        seen.add(one.name)
        yield finding(
            (one,),
            f"`{one.name}` of {where(one)} is the {store.kind} {shown(named)!r}, whose name says"
            f" {other_word(named)!r}; expected production's own",
        )


RULES = (foreign_environment_url, other_resource_in_production)
