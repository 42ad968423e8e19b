"""Works on a server that the user names: in databases that we make there and drop, in no other."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from launchready.frozen import frozen
from launchready.gateways.postgres.binaries import OLDEST
from launchready.gateways.postgres.client import Address, PostgresError, QueryError, Session
from launchready.gateways.postgres.server import PostgresServer

_PAIR = re.compile(r"\s*(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)*)\s*")
_MODES = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_HINT = "an address looks like postgresql://user:password@host:5432/database?sslmode=prefer"
_PATIENCE_SECONDS = 30.0


@frozen
class Dsn:
    """What an address says: where, as whom, and the database to come in by."""

    address: Address
    database: str


@contextlib.contextmanager
def borrowed(dsn: str) -> Iterator[PostgresServer]:
    """The server that `dsn` names; afterwards every database that we made there is dropped.

    Raises PostgresError where it does not answer, is too old, or lets us make none.
    """
    there = parse_dsn(dsn)
    try:
        with Session(there.address, there.database, timeout_seconds=_PATIENCE_SECONDS) as session:
            number = int(session.value("SHOW server_version_num") or 0)
            version = session.value("SHOW server_version") or ""
    except QueryError as error:
        raise PostgresError(
            f"the server refuses the session: {error.said.message}",
            "see that the address names a role and a database that are there",
        ) from error
    if number < OLDEST * 10_000:
        raise PostgresError(
            f"the server is PostgreSQL {version}, older than {OLDEST}",
            "name a newer server, or let launchready start one of its own",
        )
    server = PostgresServer(
        address=there.address,
        outside=there.address,
        major=number // 10_000,
        version=f"postgres (PostgreSQL) {version}",
        source="the server that you named",
        maintenance=there.database,
    )
    try:
        yield server
    finally:
        server.drop_all()


def parse_dsn(dsn: str) -> Dsn:
    """An address in either of libpq's two forms. Raises PostgresError; its text holds no password.

    Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
    """
    said = _of_url(dsn) if "://" in dsn else _of_pairs(dsn)
    host, port, mode = said.get("host", ""), said.get("port", ""), said.get("sslmode", "prefer")
    if "," in host or "," in port:
        raise PostgresError("the address names more than one server", "name one of them")
    if mode not in _MODES:
        raise PostgresError(f"sslmode {mode!r} is none that PostgreSQL knows", _HINT)
    if port and not (port.isdecimal() and 0 < int(port) < 1 << 16):
        raise PostgresError(f"port {port!r} is no port", _HINT)
    user = said.get("user", "") or "postgres"
    is_socket = host.startswith("/")
    return Dsn(
        address=Address(
            user=user,
            password=said.get("password", ""),
            host="localhost" if is_socket or not host else host,
            port=int(port or 5432),
            socket=host if is_socket else "",
            encryption="disable" if is_socket else mode,
        ),
        database=said.get("dbname", "") or user,
    )


def _of_url(dsn: str) -> Mapping[str, str]:
    try:
        parts = urlsplit(dsn.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise PostgresError("the address of the server cannot be read", _HINT) from error
    if parts.scheme not in {"postgres", "postgresql"}:
        raise PostgresError(f"the address begins with {parts.scheme!r}", _HINT)
    said = {
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "host": unquote(host),
        "port": str(port or ""),
        "dbname": unquote(parts.path.removeprefix("/")),
    }
    return {**said, **dict(parse_qsl(parts.query))}


def _of_pairs(dsn: str) -> Mapping[str, str]:
    said: dict[str, str] = {}
    at = 0
    while at < len(dsn):
        found = _PAIR.match(dsn, at)
        if found is None:
            raise PostgresError("the address of the server cannot be read", _HINT)
        text = found[2][1:-1] if found[2].startswith("'") else found[2]
        said[found[1]] = re.sub(r"\\(.)", r"\1", text)
        at = found.end()
    return said
