"""Addresses in values: their parts without what opens them, and whether they are this machine."""

import ipaddress
import re

from launchready.catalog.environment import hosts
from launchready.catalog.environment.stand_ins import is_first_guess
from launchready.frozen import frozen
from launchready.regex import Regex

_URL = Regex(r"(?:jdbc:)?([A-Za-z][A-Za-z0-9+.\-]{0,30})://(\S*)")
_QUERY = Regex(r"[\w.\-]+=|$")
_END = Regex(r"[/?#]")
_HOST = Regex(
    r"(?:\[[0-9a-fA-F:.]+\]|(?:[A-Za-z0-9_](?:[A-Za-z0-9_\-]*[A-Za-z0-9_])?\.)*"
    r"[A-Za-z0-9_](?:[A-Za-z0-9_\-]*[A-Za-z0-9_])?)\.?(?::([0-9]{1,5}))?(?:/[^\s]*)?"
)
_PAIR = Regex(r"\s*([A-Za-z][A-Za-z _]*?)\s*=\s*([^;]*)")
_FAMILIES = {
    "postgres": "postgres", "postgresql": "postgres", "postgis": "postgres", "pg": "postgres",
    "psql": "postgres", "cockroachdb": "postgres", "mysql": "mysql", "mysql2": "mysql",
    "mariadb": "mysql", "mongodb": "mongodb", "redis": "redis", "rediss": "redis",
    "valkey": "redis", "amqp": "amqp", "amqps": "amqp", "s3": "bucket", "gs": "bucket",
    "sqlserver": "sqlserver", "mssql": "sqlserver", "libsql": "libsql", "clickhouse": "clickhouse",
    "nats": "nats", "kafka": "kafka", "neo4j": "neo4j", "bolt": "neo4j", "couchdb": "couchdb",
    "cassandra": "cassandra", "memcached": "memcached", "prisma": "prisma", "oracle": "oracle",
    "http": "http", "https": "http", "ws": "http", "wss": "http", "smtp": "smtp", "smtps": "smtp",
}  # fmt: skip
_KEPT = frozenset(
    {"postgres", "mysql", "mongodb", "redis", "amqp", "bucket", "sqlserver", "libsql", "clickhouse",
     "nats", "kafka", "neo4j", "couchdb", "cassandra", "oracle"}
)  # fmt: skip
_NO_HOST = Regex(r"[$<>{}\[\]%*]")


@frozen
class Url:
    """The parts of an address that are no secret.

    `scheme` in small letters without a driver ("postgresql" of `postgresql+asyncpg`); `family`
    what speaks it ("postgres", "redis", "http", …), empty where unknown. `host` in small letters,
    empty where it is made by interpolation. `database` is the database's, queue's or bucket's name,
    or Redis's number; empty for others. `has_password` says that a password stands in it.
    """

    scheme: str
    family: str
    host: str
    port: int | None = None
    database: str = ""
    has_password: bool = False
    is_password_weak: bool = False

    @property
    def keeps_data(self) -> bool:
        """Whether a database, cache, queue or bucket is behind it."""
        return self.family in _KEPT


def url_of(text: str) -> Url | None:
    """The address that a value is, None where it is none. Never shows a password or a path."""
    match = _URL.match(text)
    if match is None:
        return _of_pairs(text)
    scheme = match[1].lower().partition("+")[0]
    family = _FAMILIES.get(scheme, "")
    credentials, place = _parted(match[2], family)
    authority = _END.split(place, maxsplit=1)[0]
    host, port = _host_and_port(authority.partition(",")[0])
    if family == "bucket":
        return Url(scheme=scheme, family=family, host="", database=host)
    user, _, password = credentials.partition(":")
    return Url(
        scheme=scheme,
        family=family,
        host=host,
        port=port,
        database=_database(family, place[len(authority) :]),
        has_password=bool(password) and not _NO_HOST.search(password),
        is_password_weak=_is_weak(password, user),
    )


def _parted(rest: str, family: str) -> tuple[str, str]:
    """What stands before the host, and all from the host on.

    A password may hold `@`, `/`, `?` and `#`, though it should not: the last `@` ends it. In the
    path of a web page an `@` means nothing.
    """
    authority = _END.split(rest, maxsplit=1)[0]
    _, colon, port = authority.partition(":")
    is_cut = bool(colon) and not port.isdecimal()
    if "@" not in authority and not is_cut and family in ("http", ""):
        return "", rest
    before, question, after = rest.partition("?")
    if "@" not in before or not _QUERY.match(after):
        before, question, after = rest, "", ""
    credentials, _, place = before.rpartition("@")
    return credentials, f"{place}{question}{after}"


def _is_weak(password: str, user: str) -> bool:
    return bool(password) and (password == user or is_first_guess(password))


def _host_and_port(place: str) -> tuple[str, int | None]:
    if _NO_HOST.search(re.sub(r"^\[[0-9A-Fa-f:.]+\]", "", place)):
        return "", None
    if place.startswith("["):
        host, _, rest = place[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        host, _, port = place.partition(":")
    number = int(port) if port.isascii() and port.isdigit() and len(port) < 7 else None
    return host.lower().rstrip("."), number


def _database(family: str, path: str) -> str:
    if family not in _KEPT:
        return ""
    first = _END.split(path.lstrip("/"), maxsplit=1)[0]
    if _NO_HOST.search(first):
        return ""
    return first or ("0" if family == "redis" else "")


def _of_pairs(text: str) -> Url | None:
    """`Server=db;Database=app;User Id=…;Password=…` of .NET, `host=… dbname=…` of libpq."""
    if "=" not in text or len(text) > 4000:
        return None
    parts = text.split(";") if ";" in text else text.split()
    found = {
        pair[1].lower().replace(" ", "").replace("_", ""): pair[2].strip()
        for part in parts
        if (pair := _PAIR.fullmatch(part))
    }
    server = next((found[k] for k in ("server", "datasource", "host") if found.get(k)), "")
    name = next((found[k] for k in ("database", "initialcatalog", "dbname") if found.get(k)), "")
    if not server or not name:
        return None
    server = server.removeprefix("tcp:").replace(",", ":")
    host, port = _host_and_port(server)
    password = found.get("password") or found.get("pwd") or ""
    port = port or (int(found["port"]) if found.get("port", "").isdecimal() else None)
    return Url(
        scheme="",
        family="postgres" if "dbname" in found or "host" in found else "sqlserver",
        host=host,
        port=port,
        database=name,
        has_password=bool(password),
        is_password_weak=_is_weak(password, found.get("userid") or found.get("user") or ""),
    )


def host_of(text: str) -> tuple[str, int | None]:
    """Host and port of a value that is a host without a scheme; empty where it is none.

    One label alone is a host only if it is a name of this machine: any word is one label.
    """
    if len(text) > 300 or not _HOST.fullmatch(text):
        return "", None
    host, port = _host_and_port(text.partition("/")[0])
    if host in hosts.LOOPBACK_NAMES or _ip(host):
        return host, port
    last = host.rpartition(".")[2]
    if "." in host and last.isalpha() and len(last) >= 2:
        return host, port
    return "", None


def is_below(host: str, domains: tuple[str, ...] | frozenset[str]) -> bool:
    """Whether a host is one of these domains or below one."""
    return any(host == domain or host.endswith("." + domain) for domain in domains)


def is_loopback(host: str) -> bool:
    """Whether the host is the machine itself, or a name that no public DNS resolves."""
    if not host:
        return False
    address = _ip(host)
    if address is not None:
        return address.is_loopback or address.is_unspecified
    return is_below(host, hosts.LOOPBACK_NAMES) or (
        is_below(host, hosts.LOCAL_DOMAINS) and not is_in_cluster(host)
    )


def is_in_cluster(host: str) -> bool:
    """Whether the name means another machine in each network: `db`, `db.svc.cluster.local`."""
    address = _ip(host)
    if address is not None:
        return address.is_private
    if host in hosts.LOOPBACK_NAMES:
        return False
    return "." not in host or is_below(host, hosts.CLUSTER_DOMAINS)


def is_tunnel(host: str) -> bool:
    """Whether the host is a road to a developer's machine."""
    return is_below(host, hosts.TUNNEL_DOMAINS)


def domain_of(host: str) -> str:
    """What somebody registered: `example.com` of `api.example.com`; nearly right for `co.uk`."""
    if _ip(host) is not None:
        return host
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


_PRODUCTION = Regex(r"(?:^|[^a-z])(?:prod|prd|production)[0-9]{0,3}(?:[^a-z]|$)")


_OTHERS = Regex(
    r"(?:^|[^a-z])(dev|development|stg|staging|test|testing|qa|uat)[0-9]{0,3}(?:[^a-z]|$)"
)


def other_word(text: str) -> str:
    """The word by which a host, database or bucket says that it is not production's: `shop-dev`."""
    found = _OTHERS.search(text.lower())
    return found[1] if found else ""


def production_words(text: str) -> bool:
    """Whether the name of a host, database or bucket says production: `prod-db`, `shop_production`.

    `productboard` and `product-api` do not.
    """
    return bool(_PRODUCTION.search(text.lower()))
