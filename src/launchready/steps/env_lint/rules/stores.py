"""Where an environment keeps what it keeps: databases, caches, buckets, queues and indexes."""

from collections.abc import Iterable, Iterator

from launchready.catalog.environment.hosts import DATA_DOMAINS
from launchready.frozen import frozen
from launchready.steps.env_lint.queries import Given
from launchready.steps.env_lint.valuing.addresses import (
    is_below,
    is_in_cluster,
    is_loopback,
    is_tunnel,
)
from launchready.steps.env_lint.valuing.names import words_of

_KINDS = {
    "redis": "cache", "memcached": "cache", "bucket": "bucket", "amqp": "queue", "nats": "queue",
    "kafka": "queue",
}  # fmt: skip
_SEARCH = frozenset({"elasticsearch", "elastic", "opensearch", "meilisearch", "meili", "typesense",
                     "solr", "qdrant", "weaviate", "chroma", "milvus", "clickhouse"})  # fmt: skip
_HOSTS = frozenset({"db", "database", "postgres", "pg", "mysql", "mariadb", "mongo", "mongodb",
                    "redis", "pghost", "sql", "mssql", "valkey", "rabbitmq", "kafka"})  # fmt: skip
_NAMES = ("NAME", "DATABASE", "DB", "DBNAME")
_LONGEST = 100


@frozen
class Store:
    """`kind` is its noun; `host`, `port` and `database` say which it is, each empty where unknown.

    `is_own` is false for hosts that many customers of a vendor share.
    """

    given: Given
    kind: str
    host: str = ""
    port: int | None = None
    database: str = ""
    is_own: bool = True

    @property
    def key(self) -> tuple[str, str, int, str]:
        """Two with the same key are the same."""
        return (self.kind, self.host, self.port or 0, self.database)

    @property
    def place(self) -> str:
        """Host and name, for people."""
        return "/".join(part for part in (self.host, self.database) if part)

    @property
    def is_shareable(self) -> bool:
        """Whether two environments that name it mean the same: `localhost` and `db` do not."""
        if not self.host:
            return bool(self.database)
        return not (is_loopback(self.host) or is_in_cluster(self.host) or is_tunnel(self.host))


def stores_in(found: Iterable[Given]) -> Iterator[Store]:
    """The stores that values name, each by one variable or by one for its host and one for its
    database.
    """
    every = tuple(each for each in found if each.weight.is_known)
    for each in every:
        yield from _of_url(each)
        yield from _of_name(each)
    yield from _of_hosts(every)


def _of_url(one: Given) -> Iterator[Store]:
    url = one.weight.url
    if url is None:
        return
    if url.keeps_data and (url.host or url.database):
        kind = _KINDS.get(url.family, "database")
        yield Store(
            given=one, kind=kind, host=url.host, port=url.port or _PORTS.get(url.family),
            database=url.database,
        )  # fmt: skip
        return
    domain = next((d for d in DATA_DOMAINS if is_below(url.host, (d,))), "")
    if domain and url.host != domain:
        yield Store(given=one, kind=DATA_DOMAINS[domain], host=url.host, is_own=False)
    elif not _SEARCH.isdisjoint(words_of(one.name)):
        yield Store(given=one, kind="search index", host=url.host, port=url.port)
    elif ".amazonaws.com/" in f"{url.host}/" and url.host.startswith("sqs."):
        name = one.value.reveal().rstrip("/").rpartition("/")[2]
        yield Store(given=one, kind="queue", host=url.host, database=name[:_LONGEST])


def _of_name(one: Given) -> Iterator[Store]:
    words = words_of(one.name)
    text = one.text
    if one.weight.url or not text or len(text) > _LONGEST or one.weight.boolean is not None:
        return
    if words[-1:] == ("bucket",) or words[-2:] == ("bucket", "name"):
        yield Store(given=one, kind="bucket", database=text.lower())


def _of_hosts(found: tuple[Given, ...]) -> Iterator[Store]:
    """`DB_HOST` with `DB_NAME` beside it."""
    beside = {
        (each.declaration.path, each.declaration.holder, each.environment, each.name): each
        for each in found
    }
    for one in found:
        begin, _, last = one.name.rpartition("_")
        is_host = last == "HOST" and not _HOSTS.isdisjoint(words_of(begin))
        if (one.name != "PGHOST" and not is_host) or not one.weight.host:
            continue
        here = (one.declaration.path, one.declaration.holder, one.environment)
        names = ("PGDATABASE",) if one.name == "PGHOST" else [f"{begin}_{n}" for n in _NAMES]
        name = next((beside[(*here, n)] for n in names if (*here, n) in beside), None)
        port = beside.get((*here, "PGPORT" if one.name == "PGHOST" else f"{begin}_PORT"))
        if name is None and "redis" not in words_of(begin):
            continue
        yield Store(
            given=one,
            kind="cache" if "redis" in words_of(begin) else "database",
            host=one.weight.host,
            port=int(port.weight.number or 0) if port else None,
            database=name.text[:_LONGEST] if name else "",
        )


_PORTS = {
    "postgres": 5432, "mysql": 3306, "mongodb": 27017, "redis": 6379, "amqp": 5672,
    "sqlserver": 1433,
}  # fmt: skip
