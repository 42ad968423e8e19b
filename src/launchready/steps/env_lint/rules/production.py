"""Rules on what production must not be given."""

from collections.abc import Iterator

from launchready.catalog.environment.switches import (
    DEBUG_NAMES,
    GUARDS_OFF,
    GUARDS_ON,
    LOG_LEVELS,
    OPEN_TO_ALL,
    VERBOSE,
)
from launchready.facts.environment import EnvironmentFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.queries import (
    Given,
    by_place,
    finding,
    in_production,
    where,
)
from launchready.steps.env_lint.rules.homes import is_home
from launchready.steps.env_lint.rules.listening import listens, runs_beside
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing.addresses import is_in_cluster
from launchready.steps.env_lint.valuing.shown import shown

_NOWHERE = (".test", ".local", ".localdomain", ".lan", ".internal", ".home.arpa")


@rule(EnvironmentFacts, Severity.ERROR)
def local_address_in_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Production is given an address of this machine or of a tunnel to a developer's.

    Sign-in redirects, links in mails and webhooks lead customers to their own machine, or the
    product waits for a database that is not there; through a tunnel, one developer sees it all.

    Set the address that production has.

    Bad:
        --- .env.production
        NEXTAUTH_URL=http://localhost:3000

    Good:
        --- .env.production
        NEXTAUTH_URL=https://shop.example.com
        HOST=0.0.0.0
        OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318

    Reference:
        https://next-auth.js.org/configuration/options#nextauth_url
    """
    own = tuple(in_production(facts))
    for group in by_place(own):
        first = group[0]
        if not (first.weight.is_local or first.weight.is_tunnel):
            continue
        if listens(first) or runs_beside(first, own):
            continue
        what = "a tunnel to one machine" if first.weight.is_tunnel else "this machine itself"
        if first.weight.host.endswith(_NOWHERE):
            what = "a name that no public DNS resolves"
        yield finding(
            group,
            f"`{first.name}` of {where(first)} leads to {shown(first.weight.host)!r}, {what};"
            " expected production's address",
        )


@rule(EnvironmentFacts, Severity.ERROR)
def debug_in_production(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Debugging is switched on in production, or a guard is switched off.

    Error pages then show strangers the source, settings and queries; without rate limits, sign-in
    or certificate checks anybody walks in.

    Switch it off there.

    Bad:
        --- .env.production
        DJANGO_DEBUG=True

    Good:
        --- .env.production
        DJANGO_DEBUG=False
        DEBUG=app:*

    Reference:
        https://docs.djangoproject.com/en/stable/ref/settings/#debug
    """
    for group in by_place(in_production(facts)):
        first = group[0]
        is_on = first.weight.boolean
        if is_on is None or not _is_open(first.name, is_on=is_on):
            continue
        yield finding(
            group,
            f"`{first.name}` is {'on' if is_on else 'off'} in {where(first)}; expected"
            f" {'off' if is_on else 'on'}",
        )


def _is_open(name: str, *, is_on: bool) -> bool:
    if name in GUARDS_ON:
        return not is_on
    return is_on and (name in DEBUG_NAMES or name in GUARDS_OFF or name.endswith("_DEBUG"))


@rule(EnvironmentFacts, Severity.WARNING)
def verbose_logs_in_production(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Production logs everything.

    Logs at that level hold requests, queries and often tokens and customers' data, which all who
    can read logs then see, and they cost money to keep.

    Set the level to `info` or above.

    Bad:
        --- .env.production
        LOG_LEVEL=debug

    Good:
        --- .env.production
        LOG_LEVEL=info

    Reference:
        https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html
    """
    for group in by_place(in_production(facts)):
        first = group[0]
        level = first.text.lower()
        if first.name in LOG_LEVELS and level in VERBOSE:
            yield finding(
                group, f"`{first.name}` is {level!r} in {where(first)}; expected 'info' or above"
            )


@rule(EnvironmentFacts, Severity.WARNING)
def open_production_setting(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Production takes every origin or host, or has an address without encryption.

    Any page that a customer visits can then call the API in their name, and what goes over `http://`
    can be read and changed on the way.

    Name the origins and hosts that are yours; write `https://`.

    Bad:
        --- .env.production
        CORS_ORIGIN=*

    Good:
        --- .env.production
        CORS_ORIGIN=https://shop.example.com
        INTERNAL_API_URL=http://api:8080

    Reference:
        https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts
        https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS
    """
    for group in by_place(in_production(facts)):
        first = group[0]
        text = first.text.strip("[]\"'")
        if first.name in OPEN_TO_ALL and text == "*":
            yield finding(
                group,
                f"`{first.name}` is '*' in {where(first)}: {OPEN_TO_ALL[first.name]}; expected"
                " the names that are yours",
            )
        elif _is_plain(first):
            yield finding(
                group,
                f"`{first.name}` of {where(first)} is an address of {shown(first.weight.host)!r}"
                " with 'http://'; expected 'https://'",
            )


def _is_plain(one: Given) -> bool:
    url, host = one.weight.url, one.weight.host
    if url is None or url.scheme not in ("http", "ws") or "." not in host or not is_home(one.name):
        return False
    return not (one.weight.is_local or one.weight.is_tunnel or is_in_cluster(host))


RULES = (
    local_address_in_production,
    debug_in_production,
    verbose_logs_in_production,
    open_production_setting,
)
