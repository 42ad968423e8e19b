"""Rules on what takes the place of a secret that is not set."""

from collections.abc import Iterator, Sequence

from launchready.facts.environment import (
    EnvironmentFacts,
    Place,
    Read,
    Stage,
)
from launchready.model import Finding, Related, Severity
from launchready.regex import Regex
from launchready.step import rule
from launchready.steps.env_lint.naming import Naming
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import weigh
from launchready.steps.env_lint.valuing.names import (
    is_own_secret_name,
    is_signing_name,
    words_of,
)


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
        yield _at_read(
            reads,
            f"where nothing sets `{name}`, {_use_of(name)} is a text that stands here for everybody"
            " with the repository to read; expected no default",
        )


def _use_of(name: str) -> str:
    """What a secret is for, as far as its name tells."""
    words = words_of(name)
    if "csrf" in words or "nonce" in words:
        return "what protects forms"
    if "salt" in words or "pepper" in words:
        return "what hashes and hidden numbers are made with"
    if not {"encryption", "encrypt", "crypto", "cipher"}.isdisjoint(words):
        return "the key that data are encrypted with"
    if not {"webhook", "whsec"}.isdisjoint(words):
        return "what tells genuine webhooks"
    if not {"password", "passwd", "pass", "pwd"}.isdisjoint(words):
        return "the password"
    return "what sessions or tokens are signed with" if is_signing_name(name) else "the secret"


_STORES = frozenset(
    {"db", "database", "pg", "pgpassword", "postgres", "postgresql", "mysql", "mariadb", "redis"}
    | {"mongo", "mongodb", "rabbitmq", "amqp", "elastic", "elasticsearch", "opensearch", "mssql"}
    | {"clickhouse", "neo4j", "cassandra", "couchdb", "valkey", "memcached"}
)
"""Servers whose password a client is told."""


def _has_default(read: Read, naming: Naming) -> bool:
    if read.place is not Place.CODE or not read.default or not is_own_secret_name(read.name):
        return False
    if not is_signing_name(read.name) and not _STORES.isdisjoint(words_of(read.name)):
        return False  # it opens nothing that was not set up with it too
    weight = weigh(read.name, read.default)
    if weight.is_empty or weight.is_reference or weight.boolean is not None:
        return False
    environment = naming.of_path(read.path)
    if environment and environment.stage is not Stage.PRODUCTION:
        return False
    # The databases that a compose file starts for developers have passwords that protect nothing.
    return read.language != "compose" or is_signing_name(read.name) or environment is not None


# What draws something new each time, by its name; another call may well read it from elsewhere.
_DRAWS = Regex(
    r"(?i)rand|uuid|token_(?:hex|bytes|urlsafe)|generat|nanoid|cuid|secrets\.|(?:new|make|create)_?"
    r"(?:secret|key|token)"
)


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
        if _DRAWS.search(read.makes_default)
        and read.place is Place.CODE
        and is_own_secret_name(read.name)
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


RULES = (secret_with_public_default, secret_made_at_start)
