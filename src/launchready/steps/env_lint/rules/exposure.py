"""Rules on secrets that reach browsers, and that stand in templates."""

from collections.abc import Iterator

from launchready.catalog.environment.client_prefixes import ClientPrefix, prefixes_of
from launchready.catalog.environment.credentials import Mode
from launchready.catalog.environment.names import SERVER_ONLY_PROVIDERS
from launchready.facts.environment import EnvironmentFacts, Place
from launchready.model import FileLocation, Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.queries import (
    by_place,
    finding,
    given,
    packages_around,
    told,
)
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import Weight, is_secret_name, weigh
from launchready.steps.env_lint.valuing.addresses import is_in_cluster
from launchready.steps.env_lint.valuing.names import words_of
from launchready.steps.env_lint.valuing.shown import shown

_HARD = frozenset({"secret", "private", "password", "passwd"})


@rule(EnvironmentFacts, Severity.ERROR)
def secret_value_behind_client_prefix(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A variable that the bundler puts into browser code holds a secret.

    Everybody who opens the page can read it in the scripts, and use the account, the database or
    the model at your expense.

    Revoke the secret, rename the variable without the prefix and read it in server code only.

    Bad:
        --- .env
        NEXT_PUBLIC_OPENAI_API_KEY=<openai>

    Good:
        --- .env
        OPENAI_API_KEY=<openai>
        NEXT_PUBLIC_STRIPE_KEY=<pk_live>

    Reference:
        https://nextjs.org/docs/app/guides/environment-variables
        https://vite.dev/guide/env-and-mode
    """
    for group in by_place(given(facts)):
        first = group[0]
        prefix = _client_prefix(facts, first.name, first.declaration.path)
        if prefix and first.name not in settings.public and (what := _proof(first.weight)):
            yield finding(
                group,
                f"`{first.name}` holds {what}, and {prefix.framework} puts what begins with"
                f" {prefix.prefix!r} into browser code",
                identity=first.name,
            )
    for read in facts.reads:
        if read.default and read.place is Place.CODE and read.name not in settings.public:
            prefix = _client_prefix(facts, read.name, read.path)
            what = _proof(weigh(read.name, read.default)) if prefix else ""
            if prefix and what:
                yield Finding(
                    message=f"the default of `{read.name}` is {what}, and {prefix.framework} puts"
                    " it into browser code",
                    location=read.location,
                    identity=read.name,
                )


@rule(EnvironmentFacts, Severity.WARNING)
def secret_name_behind_client_prefix(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A variable that the bundler puts into browser code is called a secret.

    If it is one, everybody who opens the page can read it.

    Rename it without the prefix and read it in server code only; if everybody may know it, name it
    in `public`.

    Bad:
        --- .env.example
        VITE_API_SECRET=

    Good:
        --- .env.example
        API_SECRET=
        VITE_RECAPTCHA_SITE_KEY=

    Reference:
        https://vite.dev/guide/env-and-mode
    """
    proven = {e.name for e in given(facts) if any(prefixes_of(e.name)) and _proof(e.weight)}
    places: dict[str, list[FileLocation]] = {}
    for name, location in _names(facts):
        if name in places or (_is_named_secret(name) and _is_open(facts, name, location.path)):
            places.setdefault(name, []).append(location)
    harmless = _harmless(facts)
    for name, (first, *others) in places.items():
        if name in proven or name in settings.public or name in harmless:
            continue
        prefix = next(prefixes_of(name))
        yield Finding(
            message=f"`{name}` is called a secret, and {prefix.framework} puts what begins with"
            f" {prefix.prefix!r} into browser code",
            location=first,
            identity=name,
            related=tuple(Related(message="and here", location=place) for place in others[:9]),
        )


@rule(EnvironmentFacts, Severity.ERROR)
def real_secret_in_template(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A template or a commented line holds a real secret.

    The file is committed on purpose, for everybody who gets the repository, and the key works.

    Revoke the key and put a placeholder there.

    Bad:
        --- .env.example
        STRIPE_SECRET_KEY=<sk_live>

    Good:
        --- .env.example
        STRIPE_SECRET_KEY=sk_live_...

    Reference:
        https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
    """
    for group in by_place(told(facts)):
        first = group[0]
        credential = first.weight.credential
        if first.name in settings.public or (credential and credential.mode is Mode.TEST):
            continue
        if what := _proof(first.weight):
            yield finding(
                group,
                f"`{first.name}` of a {first.declaration.kind.value} line is {what}; expected a"
                " placeholder",
                identity=first.name,
            )


def _proof(weight: Weight) -> str:
    """What secret the look of a value proves it to be, in words; empty where nothing does."""
    credential, url = weight.credential, weight.url
    if not weight.is_secret:
        return ""
    if credential is not None:
        whose = f" of {credential.provider}" if credential.provider else ""
        if credential.kind == "signed token":
            return ""
        return f"a {credential.kind}" if credential.kind else f"a secret key{whose}"
    if url is not None and url.has_password and "." in url.host and not is_in_cluster(url.host):
        return f"an address of {shown(url.host)!r} with its password" if url.keeps_data else ""
    return ""


def _client_prefix(facts: EnvironmentFacts, name: str, path: str) -> ClientPrefix | None:
    """The prefix for which a bundler of these projects shows the variable to browsers."""
    for prefix in prefixes_of(name):
        if prefix.is_unmistakable or not packages_around(facts, path).isdisjoint(prefix.packages):
            return prefix
    return None


def _is_open(facts: EnvironmentFacts, name: str, path: str) -> bool:
    return _client_prefix(facts, name, path) is not None


def _is_named_secret(name: str) -> bool:
    if not any(prefixes_of(name)) or not is_secret_name(name):
        return False
    words = frozenset(words_of(name))
    return bool(
        words & _HARD
        or {"service", "role"} <= words
        or ("key" in words and words & SERVER_ONLY_PROVIDERS)
    )


def _names(facts: EnvironmentFacts) -> Iterator[tuple[str, FileLocation]]:
    """Every name that is declared, or read by code that customers run, and where."""
    for declaration in facts.declarations:
        yield declaration.name, declaration.location
    for read in facts.reads:
        if read.place is Place.CODE:
            yield read.name, read.location


def _harmless(facts: EnvironmentFacts) -> frozenset[str]:
    """Names of which every value that is given is a switch, or one for everybody."""
    weights: dict[str, list[Weight]] = {}
    for each in given(facts):
        weights.setdefault(each.name, []).append(each.weight)
    return frozenset(
        name
        for name, found in weights.items()
        if all(weight.boolean is not None or weight.is_public for weight in found)
    )


RULES = (
    secret_value_behind_client_prefix,
    secret_name_behind_client_prefix,
    real_secret_in_template,
)
