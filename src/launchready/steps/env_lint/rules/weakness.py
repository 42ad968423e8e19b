"""Rules on secrets that can be guessed, and on values that were never filled in."""

from collections.abc import Iterator, Sequence

from launchready.facts.environment import (
    EnvironmentFacts,
    Kind,
    Place,
    Read,
    Stage,
)
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.naming import Naming
from launchready.steps.env_lint.queries import (
    Given,
    by_place,
    finding,
    in_production,
    told,
    where,
)
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import weigh
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


@rule(EnvironmentFacts, Severity.WARNING)
def secret_with_public_default(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """Code or a compose file has a default for a secret.

    Where the variable is forgotten, production runs with a secret that stands in the repository,
    and nothing fails.

    Drop the default, so that the start fails without the variable, or keep it for development only.

    Bad:
        --- src/session.ts
        const secret = process.env.SESSION_SECRET ?? "keyboard cat";

    Good:
        --- src/session.ts
        const secret = process.env.SESSION_SECRET;
        if (!secret) throw new Error("SESSION_SECRET is not set");

    Reference:
        https://cwe.mitre.org/data/definitions/1392.html
    """
    naming = Naming.of(settings)
    found = [read for read in facts.reads if _has_default(read, naming)]
    for name, reads in _by_name(found, settings):
        first = reads[0]
        yield _at_read(
            reads,
            f"`{name}` is a secret and has a default in {first.language or 'code'}; expected none",
        )


def _has_default(read: Read, naming: Naming) -> bool:
    if read.place is not Place.CODE or not read.default or not is_own_secret_name(read.name):
        return False
    weight = weigh(read.name, read.default)
    if weight.is_empty or weight.is_reference or weight.boolean is not None:
        return False
    environment = naming.of_path(read.path)
    if environment and environment.stage is not Stage.PRODUCTION:
        return False
    # The databases that a compose file starts for developers have passwords that protect nothing.
    return read.language != "compose" or is_signing_name(read.name) or environment is not None


@rule(EnvironmentFacts, Severity.WARNING)
def secret_made_at_start(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A secret is drawn when the program starts, if the variable is not set.

    Every deploy signs out all users and breaks what was encrypted, and two processes do not accept
    each other's sessions.

    Require the variable.

    Bad:
        --- src/session.ts
        const secret = process.env.SESSION_SECRET ?? randomBytes(32).toString("hex");

    Good:
        --- src/session.ts
        const secret = process.env.SESSION_SECRET;
        if (!secret) throw new Error("SESSION_SECRET is not set");

    Reference:
        https://docs.djangoproject.com/en/stable/ref/settings/#secret-key
    """
    found = [
        read
        for read in facts.reads
        if read.makes_default and read.place is Place.CODE and is_own_secret_name(read.name)
    ]
    for name, reads in _by_name(found, settings):
        yield _at_read(
            reads,
            f"`{name}` is made anew by {reads[0].makes_default[:60]!r} at each start where it is"
            " not set; expected it to be required",
        )


def _by_name(reads: Sequence[Read], settings: EnvLintSettings) -> Iterator[tuple[str, list[Read]]]:
    names: dict[str, list[Read]] = {}
    for read in reads:
        if read.name not in settings.public:
            names.setdefault(read.name, []).append(read)
    return iter(names.items())


def _at_read(reads: list[Read], message: str) -> Finding:
    first, *others = reads
    return Finding(
        message=message,
        location=first.location,
        identity=first.name,
        related=tuple(
            Related(message="the same again", location=each.location) for each in others[:9]
        ),
    )


RULES = (
    weak_secret_in_production,
    placeholder_in_production,
    usable_secret_in_production_template,
    secret_with_public_default,
    secret_made_at_start,
)
