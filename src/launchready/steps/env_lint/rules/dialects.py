"""Rules on what loaders make of a value: two that differ, and names that nothing stands for."""

from collections.abc import Iterator

from launchready.facts.environment import (
    Declaration,
    EnvFileFacts,
    EnvironmentFacts,
    Kind,
    LoaderDifference,
)
from launchready.model import FileLocation, Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.dialects.loading import loaders_of
from launchready.steps.env_lint.dialects.references import Reference, references_of
from launchready.steps.env_lint.index import Index, index_of
from launchready.steps.env_lint.projects import project_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

_BARE = frozenset(
    {"dotenv-expand", "dotenv-expand-12", "dotenvx", "next", "vite", "bun", "compose", "godotenv"}
    | {"ruby", "ruby-2", "symfony", "bash", "direnv", "rust"}
)
"""These put something in for `$NAME`."""
_BRACED = _BARE | {"python-dotenv"}
"""These for `${NAME}` (phpdotenv leaves one that it does not know as it is)."""
_DIGIT_FIRST = frozenset({"next", "bun", "ruby", "ruby-2", "bash", "direnv", "rust"})
"""These for `$1ST` too, in part or whole."""
_LOOKS_AHEAD = frozenset({"next", "vite", "bun"})
"""These know a variable that stands later in the file."""


def _seen(facts: EnvFileFacts) -> str:
    return "seen: " + "; ".join(f"{loader} by {how}" for loader, how in facts.loaders)


def _in_words(difference: LoaderDifference) -> str:
    by_reading: dict[str, list[str]] = {}
    for loader, reading in difference.readings:
        by_reading.setdefault(reading, []).append(loader)
    return "; ".join(f"{', '.join(names)}: {reading}" for reading, names in by_reading.items())


def _named(names: list[str]) -> str:
    """`A is`, `A and B are`, `A, B and 5 more are`."""
    if len(names) < 3:
        return " and ".join(names) + (" is" if len(names) == 1 else " are")
    return f"{names[0]}, {names[1]} and {len(names) - 2} more are"


@rule(EnvFileFacts, Severity.ERROR)
def secret_differs_by_loader(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Two loaders that the repository uses read a secret differently.

    It works on the laptop, where the framework takes off the quotes and reads `$` as a sign, and
    fails in the container, where `docker run --env-file` does not, or the other way round: logins,
    payments and webhooks fail in one place only.

    Write the secret so that both read it alike: without quotes, `$`, `#`, backslashes and blanks.

    Bad:
        --- package.json
        {"dependencies": {"next": "16.0.0"}, "scripts": {"up": "docker run --env-file .env shop"}}
        --- .env
        DB_PASSWORD="<secret>"

    Good:
        --- package.json
        {"dependencies": {"next": "16.0.0"}, "scripts": {"up": "docker run --env-file .env shop"}}
        --- .env
        DB_PASSWORD=<secret>

    Reference:
        https://docs.docker.com/reference/cli/docker/container/run/#env
        https://nextjs.org/docs/app/guides/environment-variables
    """
    for each in facts.differences:
        if each.is_secret:
            yield Finding(
                message=f"{each.name} is read differently: {_in_words(each)} ({_seen(facts)})",
                location=FileLocation(path=facts.path, line=each.line),
                identity=f"{facts.path} {each.name}",
            )


@rule(EnvFileFacts, Severity.WARNING)
def value_differs_by_loader(facts: EnvFileFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Two loaders that the repository uses read a value differently.

    The program behaves in one way where one of them loads the file and in another where the other
    does: what was tried at home is not what customers get.

    Write the value so that both read it alike: without quotes, `$`, `#`, backslashes and blanks.

    Bad:
        --- package.json
        {"dependencies": {"next": "16.0.0"}, "scripts": {"up": "docker run --env-file .env shop"}}
        --- .env
        SHOP_TITLE="Our shop" # shown in mails

    Good:
        --- package.json
        {"dependencies": {"next": "16.0.0"}, "scripts": {"up": "docker run --env-file .env shop"}}
        --- .env
        # shown in mails
        SHOP_TITLE=Our shop
    """
    alike: dict[str, list[LoaderDifference]] = {}
    for each in facts.differences:
        if not each.is_secret:
            alike.setdefault(_in_words(each), []).append(each)
    for words, found in alike.items():
        names = _named([each.name for each in found])
        yield Finding(
            message=f"{names} read differently: {words} ({_seen(facts)})",
            location=FileLocation(path=facts.path, line=found[0].line),
            identity=f"{facts.path} {words}",
        )


@rule(EnvironmentFacts, Severity.WARNING)
def undefined_interpolation(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A value has `${NAME}` or `$NAME` in it, and nothing gives that name, or only a later line.

    The loader puts nothing in its place: an address loses its host, and a password with a `$` in it
    loses all from there on.

    Set the name in an earlier line. A `$` that is meant as a sign is written `\\$`, or stands in
    apostrophes where the loader heeds them (Next.js, Vite and Bun do not).

    Bad:
        --- package.json
        {"dependencies": {"next": "16.0.0"}}
        --- .env
        API_URL=https://${API_HSOT}/v1

    Good:
        --- package.json
        {"dependencies": {"next": "16.0.0"}}
        --- .env
        API_HOST=api.shop.example
        API_URL=https://${API_HOST}/v1

    Reference:
        https://nextjs.org/docs/app/guides/environment-variables#referencing-other-variables
    """
    index = index_of(facts)
    for each in facts.declarations:
        if each.source != "dotenv" or each.kind is Kind.COMMENTED or not each.value:
            continue
        for reference in references_of(each.value.reveal()):
            if reason := _why_undefined(each, reference, index, settings):
                yield Finding(
                    message=f"{each.name} is made of `{_short(reference)}`, {reason}",
                    location=each.location,
                    identity=f"{each.path} {each.name} {reference.name}",
                )


def _short(reference: Reference) -> str:
    """The reference as it is written; of what may be a part of a password only the sign."""
    return f"${{{reference.name}}}" if reference.is_braced else "$…"


def _why_undefined(
    each: Declaration, reference: Reference, index: Index, settings: EnvLintSettings
) -> str:
    """In words; empty where the name is given or nothing expands it."""
    is_own = reference.name == each.name or reference.name not in each.references
    if reference.has_default or is_own:
        return ""
    project = project_of(index.facts.projects, each.path)
    expanding = _BRACED if reference.is_braced else _BARE
    if reference.name[0].isdigit():
        expanding = _DIGIT_FIRST
    loaders = [one for one in loaders_of(project, each.path) if one.loader in expanding]
    if not loaders or supplier_of(reference.name, settings):
        return ""
    declared = index.declared.get(reference.name, ())
    if not declared:
        return "a name that no file gives"
    is_later = all(
        one.path == each.path and (one.location.line or 0) > (each.location.line or 0)
        for one in declared
    )
    behind = [one for one in loaders if one.loader not in _LOOKS_AHEAD]
    return "a name that only a later line gives" if is_later and behind else ""


RULES = (secret_differs_by_loader, value_differs_by_loader, undefined_interpolation)
