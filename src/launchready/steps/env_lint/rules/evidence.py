"""How sure it is that a declaration holds a secret, for rules on files that others can read."""

import enum
import re
from collections.abc import Iterator

from launchready.catalog.environment.credentials import Mode
from launchready.catalog.rarity import is_random
from launchready.facts.environment import Declaration, Place, Stage
from launchready.model import Related
from launchready.regex import Regex
from launchready.steps.env_lint.naming import place_of
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.valuing import Weight, weigh
from launchready.steps.env_lint.valuing.addresses import is_in_cluster
from launchready.steps.env_lint.valuing.shown import shown

_LONGEST = 200
_PIECES = Regex(r"[^a-z0-9]+")
_TRYING = frozenset(
    ("ci", "cypress", "playwright", "e2e", "test", "tests", "dev", "local", "development", "demo",
     "example", "examples", "sample", "fixtures", "mock", "selenium", "benchmark", "loadtest")
)  # fmt: skip
# What the images of databases and the like take, to make the first user of an empty one.
_SERVERS = (
    "POSTGRES_", "POSTGRESQL_", "MYSQL_", "MARIADB_", "MONGO_", "MONGODB_", "MINIO_", "RABBITMQ_",
    "REDIS_", "PGADMIN_", "CLICKHOUSE_", "ELASTIC", "OPENSEARCH_", "MSSQL_", "SA_PASSWORD",
    "GF_SECURITY_", "KEYCLOAK_", "KC_", "NEO4J_", "INFLUXDB_", "COUCHDB_",
)  # fmt: skip


class Evidence(enum.Enum):
    """CREDENTIAL: a provider's format, or a password to a host that others reach. RANDOM: a value
    drawn by chance under a secret's name. CHOSEN: one that somebody wrote.
    """

    CREDENTIAL = "credential"
    RANDOM = "random"
    CHOSEN = "chosen"


def evidence_of(declaration: Declaration, settings: EnvLintSettings) -> Evidence | None:
    """What the value tells; None where it is no secret, or not one that matters to anybody."""
    if declaration.value is None or declaration.name in settings.public:
        return None
    weight = weigh(declaration.name, declaration.value)
    if not weight.is_known or weight.is_published or not weight.is_secret:
        return None
    if weight.credential is not None:
        is_live = weight.credential.mode is not Mode.TEST
        return Evidence.CREDENTIAL if is_live or not _is_for_tests(declaration) else None
    if weight.url is not None and weight.url.has_password:
        return _of_url(weight, declaration)
    text = declaration.value.reveal()
    if "<" in text and ">" in text:
        return None  # parts of it are to be filled in
    is_drawn = len(text) <= _LONGEST and is_random(text)
    return Evidence.RANDOM if is_drawn else Evidence.CHOSEN


def _of_url(weight: Weight, declaration: Declaration) -> Evidence | None:
    """A password to a machine that only this network knows opens nothing to others."""
    if weight.is_local or weight.is_placeholder or (weight.url and weight.url.is_password_weak):
        return None
    if not weight.host or is_in_cluster(weight.host):
        return Evidence.CHOSEN if weight.host and not _is_for_tests(declaration) else None
    return Evidence.CREDENTIAL


def _is_for_tests(declaration: Declaration) -> bool:
    environment = declaration.environment
    return environment is not None and environment.stage in (Stage.TEST, Stage.DEVELOPMENT)


def is_for_trying(declaration: Declaration) -> bool:
    """Whether it belongs to development or tests, or stands in examples, docs or tests."""
    return _is_for_tests(declaration) or is_path_for_trying(declaration.path)


def is_path_for_trying(path: str) -> bool:
    """Whether a file is for development, tests, examples or docs, as its path tells."""
    return place_of(path) is not Place.CODE or not _TRYING.isdisjoint(_PIECES.split(path.lower()))


def is_first_user(declaration: Declaration) -> bool:
    """Whether an image takes it to make the first user of an empty database, not in production."""
    environment = declaration.environment
    is_production = environment is not None and environment.stage.is_production
    return not is_production and declaration.name.startswith(_SERVERS)


def described(declaration: Declaration) -> str:
    """What the value looks like, in words: `a Stripe key`, `a password in an address`."""
    weight = weigh(declaration.name, declaration.value)
    if weight.credential is not None:
        who = weight.credential.kind or weight.credential.provider
        mode = f", {weight.credential.mode.value} mode" if weight.credential.mode else ""
        return f"a credential ({who}{mode})" if who else "a credential"
    if weight.url is not None and weight.url.has_password:
        is_plain = re.fullmatch(r"[a-z0-9.-]+", weight.host)
        return f"an address with a password, of {shown(weight.host)}" if is_plain else "a password"
    return "a secret"


def once(declarations: Iterator[Declaration]) -> Iterator[Declaration]:
    """The first of those at one place: an anchor's names count for each service that takes them."""
    seen = set()
    for each in declarations:
        key = each.name, each.location
        if key not in seen:
            seen.add(key)
            yield each


def others(declarations: tuple[Declaration, ...], message: str) -> tuple[Related, ...]:
    """The places of further declarations."""
    return tuple(Related(message=message, location=each.location) for each in declarations[:10])
